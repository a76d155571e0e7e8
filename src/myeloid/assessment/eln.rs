//! The ELN risks of a sample in which acute myeloid leukemia is possible.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SequencedSample;
use super::genes::{calls_of, is_open};
use crate::drivers::{Call, CallStatus};
use crate::myeloid::eln::{self, ElnResult, ElnRisk};
use crate::myeloid::findings::Findings;
use crate::myeloid::stage::{Stage, StageResult};
use crate::patient::Clinical;
use crate::transcript::{EventName, ProteinChangeKind};

/// Residues of exons 14 and 15 of FLT3, NM_004119.3, in which tandem duplications lie (the panel's rule for them).
const FLT3_DUPLICATIONS: std::ops::RangeInclusive<u32> = 569..=649;

/// The ELN risks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ElnSection {
    /// The stage is AML for certain; else the risk holds only if it is.
    pub stage_is_certain: bool,
    /// By the classification of 2022, made on patients with intensive chemotherapy.
    pub eln_2022: ElnResult,
    /// Median overall survival of the risk of 2022 after intensive chemotherapy, months; `None` where it was not reached or the risk is open.
    pub median_survival_months: Option<f64>,
    /// By the classification of 2024 for less-intensive therapy.
    pub eln_2024: ElnResult,
    /// Genes that the classifications ask for and that are not known to be without a mutation.
    pub open_genes: Vec<String>,
    /// The risk of 2022 if the genes that it asks for and the panel lacks are not mutated; `None` where the risk is known, or something
    /// else is missing too.
    #[serde(default)]
    pub eln_2022_if_not_mutated: Option<RiskIfNotMutated>,
    /// The same for the risk of 2024.
    #[serde(default)]
    pub eln_2024_if_not_mutated: Option<RiskIfNotMutated>,
    /// Where the classification of 2022 comes from.
    pub source_2022: String,
    /// Where its survival comes from.
    pub source_survival: String,
    /// Where the classification of 2024 comes from.
    pub source_2024: String,
}

/// The risk if genes that were not looked at are not mutated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RiskIfNotMutated {
    /// These genes: they are not on the panel, and nothing is stated of them.
    pub genes: Vec<String>,
    /// The risk.
    pub risk: ElnRisk,
}

/// Returns the risk if the genes off the panel are not mutated, where that alone leaves it open.
fn without_off_panel(
    sample: &SequencedSample<'_>,
    findings: &Findings,
    asks: fn(&str) -> bool,
    risk: impl Fn(&Findings) -> Option<ElnRisk>,
) -> Option<RiskIfNotMutated> {
    if risk(findings).is_some() {
        return None;
    }
    let mut genes: Vec<String> = eln::asked_genes()
        .filter(|g| {
            asks(g) && findings.mutated(g, 0.0).is_none() && sample.genes.iter().all(|r| r.gene != *g)
        })
        .map(str::to_owned)
        .collect();
    genes.sort_unstable();
    let mut without = findings.clone();
    without.open_genes.retain(|g| !genes.contains(g));
    without.off_panel.retain(|g| !genes.contains(g));
    Some(RiskIfNotMutated {
        risk: risk(&without)?,
        genes,
    })
}

/// Returns the risks; `None` where AML is not possible, and for acute promyelocytic leukemia, of which they say nothing.
pub(super) fn section(
    sample: &SequencedSample<'_>,
    clinical: &Clinical,
    findings: &Findings,
    stage: &StageResult,
) -> Option<ElnSection> {
    if !stage.could_be(Stage::Aml) || eln::is_acute_promyelocytic(findings) {
        return None;
    }
    let mut findings = findings.clone();
    for gene in eln::asked_genes() {
        let stated = clinical.genes.contains_key(gene);
        let open = is_open(sample, clinical, gene) || gene == "FLT3" && itd_is_open(sample, clinical);
        if !stated && open && !findings.open_genes.iter().any(|g| g == gene) {
            findings.open_genes.push(gene.to_owned());
        }
    }
    let mut open_genes: Vec<String> = eln::asked_genes()
        .filter(|g| findings.is_open(g) && findings.mutated(g, 0.0) != Some(true))
        .map(str::to_owned)
        .collect();
    open_genes.sort_unstable();
    let called = flt3_itd(sample.calls).filter(|is_itd| *is_itd || !itd_is_open(sample, clinical));
    let itd = clinical.flt3_itd.or(called);
    let answers = eln::answers(&findings, itd);
    let risk_2022 = |f: &Findings| eln::eln_2022(&eln::answers(f, itd)).risk;
    let risk_2024 = |f: &Findings| eln::eln_2024(&eln::answers(f, itd)).risk;
    let eln_2022 = eln::eln_2022(&answers);
    Some(ElnSection {
        stage_is_certain: stage.is_certainly(&[Stage::Aml]),
        median_survival_months: eln_2022.risk.and_then(eln::ElnRisk::median_survival_months),
        eln_2022,
        eln_2024: eln::eln_2024(&answers),
        eln_2022_if_not_mutated: without_off_panel(sample, &findings, eln::is_asked_2022, risk_2022),
        eln_2024_if_not_mutated: without_off_panel(sample, &findings, eln::is_asked_2024, risk_2024),
        open_genes,
        source_2022: "Döhner H, et al. Blood 2022;140:1345-1377, table 6".to_owned(),
        source_survival: "Lachowiez CA, et al. Blood Adv 2023;7:1899-1909 (abstract)".to_owned(),
        source_2024: "Döhner H, et al. Blood 2024;144:2169-2173, table 1".to_owned(),
    })
}

/// Whether the reads would have missed a usual internal tandem duplication, and no test or statement on coverage answers for them.
fn itd_is_open(sample: &SequencedSample<'_>, clinical: &Clinical) -> bool {
    sample.misses_itd() && clinical.flt3_itd.is_none() && !clinical.states_coverage_of("FLT3")
}

/// Whether a driver, sure or to be reviewed, is a tandem duplication of FLT3.
pub fn holds_flt3_itd(calls: &[Call]) -> bool {
    calls_of(calls, "FLT3")
        .filter(|c| c.status.is_driver_or_review())
        .any(|c| is_duplication(c) == Some(true))
}

/// Whether a driver of FLT3 is a tandem duplication; `None` without a driver, and where its change of the protein is not known.
fn flt3_itd(calls: &[Call]) -> Option<bool> {
    let drivers: Vec<&Call> = calls_of(calls, "FLT3")
        .filter(|c| c.status == CallStatus::Driver)
        .collect();
    if drivers.iter().any(|c| is_duplication(c) == Some(true)) {
        return Some(true);
    }
    let sure = !drivers.is_empty() && drivers.iter().all(|c| is_duplication(c).is_some());
    // Another duplication may be among the calls in doubt.
    let doubt = calls_of(calls, "FLT3").any(|c| c.status == CallStatus::DriverReview);
    (sure && !doubt).then_some(false)
}

fn is_duplication(call: &Call) -> Option<bool> {
    if let Some(event) = &call.consequence.event {
        return Some(event.name == EventName::Flt3Itd);
    }
    let change = call.consequence.protein_change.as_ref()?;
    let within = change.start <= *FLT3_DUPLICATIONS.end() && change.end >= *FLT3_DUPLICATIONS.start();
    let longer = match &change.kind {
        ProteinChangeKind::Duplication | ProteinChangeKind::Insertion { .. } => true,
        ProteinChangeKind::Delins { residues } => {
            let before = usize::try_from(change.end.saturating_sub(change.start) + 1).unwrap_or(usize::MAX);
            residues.chars().count() > before
        }
        _ => false,
    };
    Some(within && longer)
}
