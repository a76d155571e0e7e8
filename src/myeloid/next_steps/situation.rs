//! What advice looks at, and the conditions of its table.

use super::super::assessment::{CcrsSection, ChrsSection, IfNotMutated, IpssmSection, IpssrSection};
use super::super::ccrs::CcrsGroup;
use super::super::chrs::ChrsGroup;
use super::super::findings::Findings;
use super::super::limits::{MDS_AML_BLASTS, RING_SIDEROBLASTS};
use super::super::stage::{Stage, StageResult};
use crate::patient::Clinical;

/// Highest IPSS-R of lower-risk MDS (Cazzola, N Engl J Med 2020;383:1358, as pages that cite it state it).
const LOWER_RISK_IPSS_R: f64 = 3.5;
/// Highest IPSS-M of lower-risk MDS: the border of Moderate Low and Moderate High, the risk of the average patient of Bernard 2022.
/// No publication that was seen draws the line; it is this program's assumption, and the sentence says so.
const LOWER_RISK_IPSS_M: f64 = 0.0;
/// Type of WHO 2022 with both alleles of TP53 hit.
pub(super) const BI_TP53: &str = "MDS-biTP53";
/// Types of WHO 2022 that are of higher risk whatever the scores say.
pub(super) const NEAR_AML: &[&str] = &[BI_TP53, "MDS-IB2"];
/// Marrow blasts below which the trial of luspatercept enrolled, per cent (COMMANDS).
const COMMANDS_BLASTS: f64 = 5.0;

/// Lower or higher risk, on which the treatment of MDS turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MdsRisk {
    /// Lower.
    Lower,
    /// Higher.
    Higher,
}

/// The group of a score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Grouped<G> {
    /// The score is not for this stage.
    #[default]
    NotAsked,
    /// It is, and cannot be given.
    Open,
    /// The group.
    Of(G),
}

impl<G> Grouped<G> {
    fn of(group: Option<G>) -> Self {
        group.map_or(Self::Open, Self::Of)
    }
}

/// What advice looks at. `None` is "not known".
#[derive(Clone, Debug, Default)]
pub struct Situation {
    stage: Option<Stage>,
    possible: Vec<Stage>,
    cytopenia: Option<bool>,
    anemia: Option<bool>,
    chrs: Grouped<ChrsGroup>,
    ccrs: Grouped<CcrsGroup>,
    by_ipss_m: Option<MdsRisk>,
    by_ipss_r: Option<MdsRisk>,
    del5q: Option<bool>,
    del5q_disputed: bool,
    /// Type by WHO 2022, where it is certain, and those that are possible where it is not.
    who5: Option<String>,
    who5_possible: Vec<String>,
    may_be_inherited: bool,
    /// Genes off the panel without whose mutation alone the group of CHRS holds, and of CCRS; empty where it holds anyway.
    pub(super) chrs_without: Vec<String>,
    pub(super) ccrs_without: Vec<String>,
    findings: Findings,
}

/// The scores of a patient, where they were asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScoresOfSituation<'a> {
    /// IPSS-R.
    pub ipss_r: Option<&'a IpssrSection>,
    /// IPSS-M.
    pub ipss_m: Option<&'a IpssmSection>,
    /// CHRS.
    pub chrs: Option<&'a ChrsSection>,
    /// CCRS.
    pub ccrs: Option<&'a CcrsSection>,
}

impl Situation {
    /// Puts together what advice looks at.
    pub fn new(
        stage: &StageResult,
        findings: &Findings,
        clinical: &Clinical,
        scores: ScoresOfSituation<'_>,
    ) -> Self {
        let read = findings.karyotype.as_ref().and_then(|k| k.known(|f| f.del5q));
        let del5q_disputed = clinical
            .del5q
            .zip(read)
            .is_some_and(|(given, read)| given != read);
        Self {
            stage: stage.stage,
            possible: stage.possible.clone(),
            cytopenia: stage.cytopenia.any(),
            anemia: stage.cytopenia.anemia,
            chrs: scores
                .chrs
                .map_or(Grouped::NotAsked, |s| Grouped::of(s.group_as_far_as_seen())),
            ccrs: scores
                .ccrs
                .map_or(Grouped::NotAsked, |s| Grouped::of(s.group_as_far_as_seen())),
            by_ipss_m: scores.ipss_m.and_then(by_ipss_m),
            by_ipss_r: scores.ipss_r.and_then(by_ipss_r),
            del5q: clinical
                .del5q
                .or_else(|| findings.chromosomes(|f| f.del5q))
                .filter(|_| !del5q_disputed),
            del5q_disputed,
            who5: stage.who5.name.clone(),
            who5_possible: stage.who5.possible.clone(),
            may_be_inherited: false,
            chrs_without: scores
                .chrs
                .map(|s| without(s.result.group.is_some(), s.if_not_mutated.as_ref()))
                .unwrap_or_default(),
            ccrs_without: scores
                .ccrs
                .map(|s| without(s.result.group.is_some(), s.if_not_mutated.as_ref()))
                .unwrap_or_default(),
            findings: findings.clone(),
        }
    }

    /// Says whether a driver of a gene of inherited predisposition could be inherited, which calls know and findings do not.
    #[must_use]
    pub fn with_inheritance(self, may_be_inherited: bool) -> Self {
        Self {
            may_be_inherited,
            ..self
        }
    }

    /// Whether the stage is not certain.
    pub(super) fn is_open(&self) -> bool {
        self.stage.is_none()
    }

    /// Whether the person is a child, for whom other types, scores and treatments hold.
    pub(super) fn is_child(&self) -> bool {
        self.findings.is_child()
    }

    /// Returns the risk of MDS; IPSS-M leads, since it holds what IPSS-R holds and the genes with it. Both alleles of TP53 hit, and MDS-IB2,
    /// may be treated as AML (Khoury, Leukemia 2022;36:1703), of which IPSS-R knows nothing.
    fn risk(&self) -> Option<MdsRisk> {
        if self.is_type(NEAR_AML) {
            return Some(MdsRisk::Higher);
        }
        self.by_ipss_m.or(self.by_ipss_r)
    }

    /// Whether the type by WHO 2022 is certain and one of these.
    fn is_type(&self, starts: &[&str]) -> bool {
        self.who5
            .as_deref()
            .is_some_and(|name| starts.iter().any(|start| name.starts_with(start)))
    }
}

/// Returns the genes without whose mutation alone a group holds.
fn without<G>(is_certain: bool, held: Option<&IfNotMutated<G>>) -> Vec<String> {
    held.filter(|held| !is_certain && held.group.is_some())
        .map(|held| held.genes.clone())
        .unwrap_or_default()
}

/// Returns the risk by two scores that bound what is possible; `None` where they fall on both sides of the line.
fn between(best: f64, worst: f64, lower_up_to: f64) -> Option<MdsRisk> {
    match (best <= lower_up_to, worst <= lower_up_to) {
        (true, true) => Some(MdsRisk::Lower),
        (false, false) => Some(MdsRisk::Higher),
        _ => None,
    }
}

fn by_ipss_m(section: &IpssmSection) -> Option<MdsRisk> {
    let result = &section.result;
    // The mean stands for the patient where the study's own rule reports it.
    match result.report.score {
        Some(score) => between(score, score, LOWER_RISK_IPSS_M),
        None => between(result.best.score, result.worst.score, LOWER_RISK_IPSS_M),
    }
}

fn by_ipss_r(section: &IpssrSection) -> Option<MdsRisk> {
    let [best, worst] = section.result.possible;
    between(best.score, worst.score, LOWER_RISK_IPSS_R)
}

fn is_mutated(findings: &Findings) -> bool {
    findings
        .clone_drivers()
        .is_some_and(|drivers| !drivers.is_empty())
}

/// A condition of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum When {
    /// The stage is known, and it is this.
    Stage(Stage),
    /// The stage is not certain.
    StageOpen,
    /// The stage is not certain, and this one is possible.
    Possible(Stage),
    /// One stage fits, but a disease beside the road must be excluded first.
    OtherDiseaseFirst,
    /// A count is low.
    Cytopenia,
    /// Whether a count is low is not known.
    CountsOpen,
    /// Whether there is a clone is not known.
    CloneOpen,
    /// A mutation makes the clone.
    MutatedClone,
    /// The karyotype shows a clone, and no mutation makes one.
    ClonalKaryotypeAlone,
    /// Other causes of the cytopenia were not yet excluded.
    CausesOpen,
    /// How long the cytopenia has lasted is not known.
    DurationOpen,
    /// Group of CHRS.
    Chrs(ChrsGroup),
    /// CHRS is asked and cannot be given.
    ChrsOpen,
    /// Group of CCRS.
    Ccrs(CcrsGroup),
    /// CCRS is asked and cannot be given.
    CcrsOpen,
    /// CCRS is asked and not high, as far as is known.
    CcrsNotHigh,
    /// Risk of MDS.
    Risk(MdsRisk),
    /// It cannot be told.
    RiskOpen,
    /// The type by WHO 2022 is one that begins like one of these.
    Type(&'static [&'static str]),
    /// It is none of them, or not certain.
    NotType(&'static [&'static str]),
    /// It is not certain, and one that begins like this is possible.
    TypePossible(&'static str),
    /// The person is a child, and something was found or is open.
    Child,
    /// No clone was found, and none is open.
    NoClone,
    /// A clone was found, or is open.
    CloneNotExcluded,
    /// IPSS-R and IPSS-M say the opposite.
    ScoresDiffer,
    /// Hemoglobin is low.
    Anemia,
    /// del(5q) is there.
    Del5q,
    /// del(5q) is not there.
    NoDel5q,
    /// Whether del(5q) is there is not known.
    Del5qOpen,
    /// What is stated of del(5q) and what the karyotype says are opposites.
    Del5qDisputed,
    /// Marrow blasts as the trial of luspatercept enrolled.
    FewBlasts,
    /// SF3B1 is mutated, or ring sideroblasts are many.
    RingSideroblasts,
    /// The gene is mutated.
    Mutated(&'static str),
    /// One of the genes is mutated.
    AnyMutated(&'static [&'static str]),
    /// Whether the gene is mutated is not known.
    GeneOpen(&'static str),
    /// The rearrangement was found.
    Fusion(&'static str),
    /// The rearrangement was not found.
    NoFusion(&'static str),
    /// Fusions were not looked for, neither by a karyotype that was read in full nor by another search.
    FusionsOpen,
    /// Blasts near those of leukemia.
    ManyBlasts,
    /// A driver of a gene of inherited predisposition has a VAF that fits an inherited variant.
    MayBeInherited,
}

impl When {
    /// Whether the condition holds.
    pub(super) fn holds(self, s: &Situation) -> bool {
        let open = s.stage.is_none();
        let has_fusion = |name| s.findings.fusions.iter().any(|f| f == name);
        match self {
            Self::Stage(stage) => s.stage == Some(stage),
            Self::StageOpen => open,
            Self::Possible(stage) => open && s.possible.len() > 1 && s.possible.contains(&stage),
            Self::OtherDiseaseFirst => open && s.possible.len() == 1,
            Self::Cytopenia => s.cytopenia == Some(true),
            Self::CountsOpen => s.cytopenia.is_none(),
            Self::CloneOpen => s.findings.has_clone().is_none(),
            Self::MutatedClone => is_mutated(&s.findings),
            Self::ClonalKaryotypeAlone => s.findings.has_clonal_karyotype() && !is_mutated(&s.findings),
            Self::CausesOpen => s.findings.causes_excluded.is_none(),
            Self::DurationOpen => s.findings.cytopenia_months.is_none(),
            Self::Chrs(group) => s.chrs == Grouped::Of(group),
            Self::ChrsOpen => s.chrs == Grouped::Open,
            Self::Ccrs(group) => s.ccrs == Grouped::Of(group),
            Self::CcrsOpen => s.ccrs == Grouped::Open,
            Self::CcrsNotHigh => !matches!(s.ccrs, Grouped::NotAsked | Grouped::Of(CcrsGroup::High)),
            Self::Risk(risk) => s.risk() == Some(risk),
            Self::RiskOpen => s.risk().is_none(),
            Self::Type(starts) => s.is_type(starts),
            Self::NotType(starts) => !s.is_type(starts),
            Self::TypePossible(start) => s.who5_possible.iter().any(|name| name.starts_with(start)),
            Self::Child => s.is_child() && s.stage != Some(Stage::NoCh),
            Self::NoClone => s.findings.has_clone() == Some(false),
            Self::CloneNotExcluded => s.findings.has_clone() != Some(false),
            Self::ScoresDiffer => s.by_ipss_m.zip(s.by_ipss_r).is_some_and(|(m, r)| m != r),
            Self::Anemia => s.anemia == Some(true),
            Self::Del5q => s.del5q == Some(true),
            Self::NoDel5q => s.del5q == Some(false),
            Self::Del5qOpen => s.del5q.is_none() && !s.del5q_disputed,
            Self::Del5qDisputed => s.del5q_disputed,
            Self::FewBlasts => s.findings.marrow_blasts.is_some_and(|b| b < COMMANDS_BLASTS),
            Self::RingSideroblasts => {
                s.findings.mutated("SF3B1", 0.0) == Some(true)
                    || s.findings
                        .ring_sideroblasts
                        .is_some_and(|r| r >= RING_SIDEROBLASTS)
            }
            Self::Mutated(gene) => s.findings.mutated(gene, 0.0) == Some(true),
            Self::AnyMutated(genes) => genes
                .iter()
                .any(|gene| s.findings.mutated(gene, 0.0) == Some(true)),
            Self::GeneOpen(gene) => s.findings.mutated(gene, 0.0).is_none(),
            Self::Fusion(name) => has_fusion(name),
            Self::NoFusion(name) => !has_fusion(name),
            Self::FusionsOpen => s.findings.are_fusions_open(),
            Self::MayBeInherited => s.may_be_inherited,
            Self::ManyBlasts => [s.findings.marrow_blasts, s.findings.blood_blasts]
                .iter()
                .flatten()
                .any(|b| *b >= MDS_AML_BLASTS),
        }
    }
}
