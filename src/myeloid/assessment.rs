//! Stage, classification and scores of one sample, from its calls, its coverage and what is known of the patient.
//!
//! What was not covered is missing and never wild-type; what the laboratory states overrides what was derived, and where the
//! two disagree the result says so.

mod cebpa;
mod contradictions;
mod eln;
mod genes;
mod ipss_m;
mod road;
mod scores;
mod sequenced;
mod tp53_loh;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::findings::Findings;
use super::ipss_m::IpssmInput;
use super::next_steps::{
    DISCLAIMER, DISCLAIMER_SOURCE, NextStep, ScoresOfSituation, Situation, StageRisk, risks, steps,
};
use super::stage::{Stage, StageResult, stage};
use crate::karyotype::KaryotypeAssessment;
use crate::panel::Text;
use crate::patient::Clinical;

use cebpa::CebpaCopies;
use genes::Genes;

pub(in crate::myeloid) use contradictions::between_given;

pub use eln::{ElnSection, RiskIfNotMutated, holds_flt3_itd};
pub use genes::{GeneBasis, GeneState, asked_genes};
pub use ipss_m::{IpssmColumn, IpssmColumnCall};
pub use road::{MyeloidRoad, RoadSegment};
pub use scores::{CcrsSection, ChrsSection, IfNotMutated, IpssmSection, IpssrSection};
pub use sequenced::{MissedDuplications, SequencedSample};
pub use tp53_loh::{IpssmOfAnswer, Tp53LohAnswer, Tp53LohAnswers};

/// A sentence with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourcedText {
    /// The sentence.
    pub text: Text,
    /// Where it comes from.
    pub source: String,
}

/// The myeloid section of a sample: present where anything clinical is known of the patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MyeloidResult {
    /// What was given, in the units of the formulas.
    pub given: Clinical,
    /// Stage with both classifications.
    pub stage: StageResult,
    /// How the karyotype was read.
    pub karyotype: Option<KaryotypeAssessment>,
    /// What given values and calls, or two given values, do not agree on.
    pub contradictions: Vec<Text>,
    /// What was assumed or could not be looked at.
    pub notes: Vec<Text>,
    /// IPSS-R and IPSS-RA; where MDS is possible.
    pub ipss_r: Option<IpssrSection>,
    /// IPSS-M; where MDS is possible.
    pub ipss_m: Option<IpssmSection>,
    /// CHRS; where CHIP or CCUS is possible and a clone was found.
    pub chrs: Option<ChrsSection>,
    /// CCRS; where CCUS is possible and a clone was found.
    pub ccrs: Option<CcrsSection>,
    /// ELN 2022 and 2024; where AML is possible.
    #[serde(default)]
    pub eln: Option<ElnSection>,
    /// What follows from either answer, where sequencing suggests that the other allele of TP53 is lost and nothing is stated of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_tp53_loh: Option<Tp53LohAnswers>,
    /// Published risks of the stage.
    pub risks: Vec<StageRisk>,
    /// What to do next.
    pub next_steps: Vec<NextStep>,
    /// What every report says with these sentences.
    pub disclaimer: SourcedText,
    /// The place on the road.
    pub road: MyeloidRoad,
}

/// Returns what is known of a patient, from calls and from statements.
fn findings(sample: &SequencedSample<'_>, clinical: &Clinical, genes: &Genes) -> Findings {
    Findings {
        drivers: Some(genes.drivers.clone()),
        open_genes: genes.open.clone(),
        off_panel: genes.off_panel.clone(),
        cebpa_on_one_copy: cebpa::copies(sample.calls) == Some(CebpaCopies::One),
        ..clinical.findings(sample.sex, sample.age)
    }
}

/// Assesses a sample; `None` where nothing clinical is known.
pub fn assess(sample: &SequencedSample<'_>, clinical: &Clinical) -> Option<MyeloidResult> {
    if clinical.is_empty() {
        return None;
    }
    // Who assesses without analyzing gives the names as a laboratory wrote them.
    let panel: Vec<&str> = sample.genes.iter().map(|g| g.gene.as_str()).collect();
    let clinical = &clinical.clone().naming_genes_as(&panel);
    let genes = Genes::new(sample, clinical);
    let findings = findings(sample, clinical, &genes);
    let stage = stage(&findings);
    let input = ipss_m::input(sample, clinical, &findings);
    let mut notes = genes.notes(sample);
    notes.extend(cebpa::copies(sample.calls).map(CebpaCopies::note));
    if stage.could_be(Stage::Mds) {
        notes.extend(input.notes.iter().cloned());
    }
    let ipss_r = scores::ipss_r(&stage, &input.values, &findings);
    let values = input.values;
    let ipss_m = scores::ipss_m(&stage, input, &findings);
    let if_tp53_loh = tp53_loh::answers(sample, clinical, &findings, (&values, ipss_m.is_some()));
    notes.extend(if_tp53_loh.as_ref().map(Tp53LohAnswers::note));
    let chip = scores::chrs(&stage, &findings, clinical);
    let ccus = scores::ccrs(&stage, &findings);
    let leukemia = eln::section(sample, clinical, &findings, &stage);
    let on_road = road::Scores {
        ipss_r: ipss_r.as_ref(),
        ipss_m: ipss_m.as_ref(),
        chip: chip.as_ref(),
        ccus: ccus.as_ref(),
    };
    let of_scores = ScoresOfSituation {
        ipss_r: ipss_r.as_ref(),
        ipss_m: ipss_m.as_ref(),
        chrs: chip.as_ref(),
        ccrs: ccus.as_ref(),
    };
    let situation = Situation::new(&stage, &findings, clinical, of_scores)
        .with_inheritance(genes::may_be_inherited(sample.calls));
    Some(MyeloidResult {
        contradictions: contradictions::contradictions(sample, clinical, &findings),
        notes,
        road: road::road(&stage, on_road),
        risks: risks(&situation),
        next_steps: steps(&situation),
        disclaimer: SourcedText {
            text: Text::from(DISCLAIMER),
            source: DISCLAIMER_SOURCE.to_owned(),
        },
        given: clinical.clone(),
        karyotype: findings.karyotype,
        stage,
        ipss_r,
        ipss_m,
        chrs: chip,
        ccrs: ccus,
        eln: leukemia,
        if_tp53_loh,
    })
}

/// Returns what advice looks at for a row of a table, which holds drivers and findings but no calls; IPSS-M asks for those.
pub(in crate::myeloid) fn situation_of_row(
    stage: &StageResult,
    findings: &Findings,
    clinical: &Clinical,
) -> Situation {
    let karyotype = findings.karyotype.as_ref();
    let values = IpssmInput {
        hemoglobin: findings.hemoglobin,
        platelets: findings.platelets,
        marrow_blasts: findings.marrow_blasts,
        cytogenetics: clinical.cytogenetics.or_else(|| karyotype.and_then(|k| k.risk)),
        cytogenetics_range: karyotype.and_then(KaryotypeAssessment::risk_range),
        ..IpssmInput::default()
    };
    let ipss_r = scores::ipss_r(stage, &values, findings);
    let chip = scores::chrs(stage, findings, clinical);
    let ccus = scores::ccrs(stage, findings);
    let of_scores = ScoresOfSituation {
        ipss_r: ipss_r.as_ref(),
        ipss_m: None,
        chrs: chip.as_ref(),
        ccrs: ccus.as_ref(),
    };
    Situation::new(stage, findings, clinical, of_scores)
}
