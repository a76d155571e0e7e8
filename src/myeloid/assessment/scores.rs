//! The scores that apply to the stage, or to a stage still possible.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ipss_m::{Derived, IpssmColumn};
use crate::myeloid::ccrs::{self, CcrsGroup, CcrsInput, CcrsResult, SPLICING_GENES};
use crate::myeloid::chrs::{self, ChrsGroup, ChrsInput, ChrsOutcome, ChrsResult, HIGH_RISK_GENES};
use crate::myeloid::classify::Classification;
use crate::myeloid::findings::Findings;
use crate::myeloid::ipss_m::{
    self, HemoglobinLimits, IpssmCategory, IpssmInput, IpssmOutcome, IpssmResult, MissingVariable,
};
use crate::myeloid::ipss_r::{self, IpssrInput, IpssrOutcome, IpssrResult};
use crate::myeloid::limits::AML_BLASTS;
use crate::myeloid::stage::{Stage, StageResult};
use crate::panel::Text;
use crate::patient::Clinical;

/// VAF that CHRS counts (Weeks 2023).
const CHRS_VAF: f64 = 0.2;

/// IPSS-R and IPSS-RA.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IpssrSection {
    /// The stage is MDS for certain; else the score holds only if it is.
    pub stage_is_certain: bool,
    /// The score.
    pub result: IpssrResult,
    /// What happened to patients of the category.
    pub outcome: Option<IpssrOutcome>,
    /// Where score and outcome come from.
    pub source: String,
}

/// IPSS-M.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IpssmSection {
    /// The stage is MDS for certain; else the score holds only if it is.
    pub stage_is_certain: bool,
    /// The gene columns as they went in, and what each rests on.
    pub columns: Vec<IpssmColumn>,
    /// The score.
    pub result: IpssmResult,
    /// Where the stage is not MDS: what it is, by whom. The study scored such patients too.
    #[serde(default)]
    pub beside: Option<Text>,
    /// What is missing, the most important first.
    pub missing: Vec<MissingVariable>,
    /// What happened to patients of the category.
    pub outcome: Option<IpssmOutcome>,
    /// Where score and outcome come from.
    pub source: String,
}

/// CHRS.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChrsSection {
    /// The stage is CHIP or CCUS for certain; else the score holds only if it is.
    pub stage_is_certain: bool,
    /// The score.
    pub result: ChrsResult,
    /// What happened to people of the group.
    pub outcome: Option<ChrsOutcome>,
    /// The score if the genes that it asks for and the panel lacks are not mutated; `None` where they were looked at, or another
    /// mutation decides.
    #[serde(default)]
    pub if_not_mutated: Option<IfNotMutated<ChrsGroup>>,
    /// Where score and outcome come from.
    pub source: String,
}

/// CCRS.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CcrsSection {
    /// The stage is CCUS for certain; else the score holds only if it is.
    pub stage_is_certain: bool,
    /// The score.
    pub result: CcrsResult,
    /// Myeloid neoplasm within two years, per cent.
    pub two_year_myeloid_neoplasm_percent: Option<f64>,
    /// The score if the genes that it asks for and the panel lacks are not mutated; `None` where they were looked at, or another
    /// mutation decides.
    #[serde(default)]
    pub if_not_mutated: Option<IfNotMutated<CcrsGroup>>,
    /// Where score and outcome come from.
    pub source: String,
}

impl ChrsSection {
    /// Returns the group, else the one that holds if the genes off the panel are not mutated.
    pub fn group_as_far_as_seen(&self) -> Option<ChrsGroup> {
        self.result.group.or_else(|| self.if_not_mutated.as_ref()?.group)
    }
}

impl CcrsSection {
    /// Returns the group, else the one that holds if the genes off the panel are not mutated.
    pub fn group_as_far_as_seen(&self) -> Option<CcrsGroup> {
        self.result.group.or_else(|| self.if_not_mutated.as_ref()?.group)
    }
}

pub(super) fn ipss_r(stage: &StageResult, values: &IpssmInput, findings: &Findings) -> Option<IpssrSection> {
    if !is_asked(stage, values, findings) {
        return None;
    }
    let result = ipss_r::score(&IpssrInput {
        hemoglobin: findings.hemoglobin,
        platelets: findings.platelets,
        neutrophils: findings.neutrophils,
        marrow_blasts: findings.marrow_blasts,
        cytogenetics: values.cytogenetics,
        cytogenetics_range: values.cytogenetics_range,
        age: findings.age,
    });
    Some(IpssrSection {
        stage_is_certain: stage.is_certainly(&[Stage::Mds]),
        outcome: result.score.map(|s| s.category.outcome()),
        result,
        source: "Greenberg PL, et al. Blood 2012;120:2454-2465".to_owned(),
    })
}

/// Whether the score is asked: MDS is possible, or its inputs of blood and marrow are all there. The study scored patients whom WHO 2022
/// or ICC 2022 call AML by a gene alone, and some without cytopenia; from 20 % blasts on it held none. A marrow in which dysplasia was
/// looked for and not found is none of them.
fn is_asked(stage: &StageResult, values: &IpssmInput, findings: &Findings) -> bool {
    let looked_at = values.hemoglobin.is_some() && values.platelets.is_some();
    let below = values.marrow_blasts.is_some_and(|b| b < AML_BLASTS)
        && findings.blood_blasts.is_none_or(|b| b < AML_BLASTS);
    let unremarkable = findings.dysplastic_lineages == Some(0) && !stage.could_be(Stage::Aml);
    // By a rearrangement alone, whatever else is known: the range of the score says what is missing.
    let by_fusion = stage.could_be(Stage::Aml) && below && !findings.fusions.is_empty();
    stage.could_be(Stage::Mds) || by_fusion || (looked_at && below && !unremarkable)
}

/// Says what the stage is where it is not MDS.
fn beside(stage: &StageResult) -> Option<Text> {
    if stage.could_be(Stage::Mds) {
        // Increased blasts without a cytopenia.
        return (stage.cytopenia.any() == Some(false)).then(|| {
            Text::new(
                "Not MDS by WHO 2022 and ICC 2022, which ask for a cytopenia: no count is below its limit. The study behind IPSS-M \
                 scored such patients",
                "血球減少がなく、これを必要とするWHO 2022・ICC 2022のMDSには当たらない。IPSS-Mの元の研究はこのような患者も対象としている",
            )
        });
    }
    let label = |japanese: bool| {
        let stages: Vec<&str> = stage
            .possible
            .iter()
            .map(|s| if japanese { s.words().ja() } else { s.label() })
            .collect();
        stages.join(" / ")
    };
    let name = |c: &Classification| c.name.clone().unwrap_or_else(|| "-".to_owned());
    let (who5, icc) = (name(&stage.who5), name(&stage.icc));
    let no_cytopenia = stage.cytopenia.any() == Some(false);
    let (en, ja) = if no_cytopenia {
        ("; no count is below its limit", "。血球減少なし")
    } else {
        ("", "")
    };
    Some(Text::new(
        format!(
            "Not MDS by the stage, which is {} (WHO 2022: {who5}; ICC 2022: {icc}){en}. The study behind IPSS-M scored such patients",
            label(false)
        ),
        format!(
            "病期はMDSではなく{}（WHO 2022：{who5}、ICC 2022：{icc}）{ja}。IPSS-Mの元の研究はこのような患者も対象としている",
            label(true)
        ),
    ))
}

pub(super) fn ipss_m(stage: &StageResult, derived: Derived, findings: &Findings) -> Option<IpssmSection> {
    if !is_asked(stage, &derived.values, findings) {
        return None;
    }
    let result = ipss_m::score(&derived.values, HemoglobinLimits::Published);
    Some(IpssmSection {
        stage_is_certain: stage.is_certainly(&[Stage::Mds]),
        columns: derived.columns,
        beside: beside(stage),
        missing: result.missing(),
        outcome: result.report.category.map(IpssmCategory::outcome),
        result,
        source: "Bernard E, et al. NEJM Evid 2022;1(7):EVIDoa2200008".to_owned(),
    })
}

/// What a score is if the genes that were not looked at and that it asks for are not mutated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IfNotMutated<G> {
    /// These genes: they are not on the panel, and nothing is stated of them.
    pub genes: Vec<String>,
    /// The score; `None` where something else is missing too.
    pub score: Option<f64>,
    /// Its group; known too where every score still possible falls in one.
    pub group: Option<G>,
    /// Lowest and highest score still possible.
    pub possible: [f64; 2],
}

/// Returns score, group and range as if those of a score's genes that were not looked at were not mutated; `None` where another
/// mutation decides, or all were looked at.
fn without_off_panel<G>(
    findings: &Findings,
    asked: &[&str],
    score: impl FnOnce(&Findings) -> (Option<f64>, Option<G>, [f64; 2]),
) -> Option<IfNotMutated<G>> {
    if findings.any_mutated_of_all(asked).is_some() {
        return None;
    }
    let genes: Vec<String> = asked
        .iter()
        .filter(|g| findings.is_off_panel(g))
        .map(|g| (*g).to_owned())
        .collect();
    (!genes.is_empty()).then(|| {
        let mut without = findings.clone();
        without.off_panel.retain(|g| !genes.contains(g));
        let (score, group, possible) = score(&without);
        IfNotMutated {
            genes,
            score,
            group,
            possible,
        }
    })
}

/// Whether a further mutation may be there: in a gene of the panel that is open, or in one of the score's genes that was not looked
/// at and would decide. Other genes off the panel are not counted, as in every panel smaller than the study's.
fn may_hold_more(findings: &Findings, asked: &[&str]) -> bool {
    !findings.open_genes.is_empty() || findings.any_mutated_of_all(asked).is_none()
}

/// Returns the number of drivers; one alone is known only where no other can be there.
fn mutations(findings: &Findings, asked: &[&str]) -> Option<u32> {
    let found = findings.drivers.as_ref()?.len();
    u32::try_from(found)
        .ok()
        .filter(|n| *n >= 2 || !may_hold_more(findings, asked))
}

pub(super) fn chrs(stage: &StageResult, findings: &Findings, clinical: &Clinical) -> Option<ChrsSection> {
    findings.drivers.as_deref().filter(|d| !d.is_empty())?;
    if !stage.could_be(Stage::Chip) && !stage.could_be(Stage::Ccus) {
        return None;
    }
    let explained = clinical.causes_excluded == Some(false);
    let cytopenia = stage.cytopenia.any().map(|c| c && !explained);
    let score = |findings: &Findings| chrs::score(&chrs_input(findings, clinical, cytopenia));
    let result = score(findings);
    Some(ChrsSection {
        stage_is_certain: stage.is_certainly(&[Stage::Chip, Stage::Ccus]),
        outcome: result.group.map(ChrsGroup::outcome),
        if_not_mutated: without_off_panel(findings, &HIGH_RISK_GENES, |without| {
            let result = score(without);
            (result.score, result.group, result.possible)
        }),
        result,
        source: "Weeks LD, et al. NEJM Evid 2023;2(5):EVIDoa2200310".to_owned(),
    })
}

fn chrs_input(findings: &Findings, clinical: &Clinical, cytopenia: Option<bool>) -> ChrsInput {
    let drivers = findings.drivers.as_deref().unwrap_or_default();
    let count = mutations(findings, &HIGH_RISK_GENES);
    let only_dnmt3a = matches!(drivers, [only] if only.gene == "DNMT3A");
    let largest = drivers.iter().filter_map(|d| d.vaf).max_by(f64::total_cmp);
    let all_measured = drivers.iter().all(|d| d.vaf.is_some()) && !may_hold_more(findings, &HIGH_RISK_GENES);
    ChrsInput {
        single_dnmt3a: if only_dnmt3a {
            count.map(|n| n == 1)
        } else {
            Some(false)
        },
        high_risk_mutation: findings.any_mutated_of_all(&HIGH_RISK_GENES),
        mutations: count,
        // A larger clone may lie in a gene that is open.
        largest_vaf: largest.filter(|v| all_measured || *v >= CHRS_VAF),
        rdw: clinical.rdw,
        mcv: clinical.mcv,
        cytopenia,
        age: findings.age,
    }
}

pub(super) fn ccrs(stage: &StageResult, findings: &Findings) -> Option<CcrsSection> {
    findings.drivers.as_deref().filter(|d| !d.is_empty())?;
    if !stage.could_be(Stage::Ccus) {
        return None;
    }
    let score = |findings: &Findings| {
        ccrs::score(&CcrsInput {
            splicing_mutation: findings.any_mutated_of_all(&SPLICING_GENES),
            platelets: findings.platelets,
            mutations: mutations(findings, &SPLICING_GENES),
        })
    };
    let result = score(findings);
    Some(CcrsSection {
        stage_is_certain: stage.is_certainly(&[Stage::Ccus]),
        two_year_myeloid_neoplasm_percent: result.group.map(CcrsGroup::two_year_myeloid_neoplasm_percent),
        if_not_mutated: without_off_panel(findings, &SPLICING_GENES, |without| {
            let result = score(without);
            (result.score, result.group, result.possible)
        }),
        result,
        source: "Xie Z, et al. Blood 2024;144(19):2033-2044 (abstract)".to_owned(),
    })
}
