//! What follows from the stage: progression, follow-up, tests and evidence, each with its source.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::diagnosis::Stage;
use super::risk::{Group, RiskModel};

/// A sentence by its key, with its sources and the numbers in it that a page may want to draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// Key of its words.
    pub key: String,
    /// Source keys.
    pub sources: Vec<String>,
    /// Interval of visits in months, smallest and largest, where it names one that lasts.
    pub interval_months: Option<(u32, u32)>,
    /// Its figures were carried from memory of the paper and not seen in print.
    pub from_memory: bool,
}

impl Statement {
    fn new(key: &str, sources: &[&str]) -> Self {
        Self {
            key: key.to_owned(),
            sources: sources.iter().map(|s| (*s).to_owned()).collect(),
            interval_months: None,
            from_memory: false,
        }
    }

    fn every(mut self, least: u32, most: u32) -> Self {
        self.interval_months = Some((least, most));
        self
    }

    fn remembered(mut self) -> Self {
        self.from_memory = true;
        self
    }
}

/// Progression of the stage as published.
pub(crate) fn progression(stage: Stage) -> Vec<Statement> {
    let table = |key| Statement::new(key, &["blood_table_7583955"]);
    let overall = || Statement::new("progression.mgus_overall", &["kyle_2010"]);
    match stage {
        Stage::NonIgmMgus => vec![table("progression.non_igm_mgus"), overall()],
        Stage::IgmMgus => vec![table("progression.igm_mgus"), overall()],
        Stage::LightChainMgus => vec![table("progression.light_chain_mgus")],
        Stage::MgusTypeNotGiven => vec![overall()],
        Stage::Smm => vec![Statement::new("progression.smm", &["kyle_2010"])],
        Stage::SolitaryPlasmacytoma => {
            vec![Statement::new("progression.solitary_plasmacytoma", &["rajkumar_2014"]).remembered()]
        }
        Stage::SolitaryPlasmacytomaMinimalMarrow => {
            vec![
                Statement::new(
                    "progression.solitary_plasmacytoma_minimal_marrow",
                    &["rajkumar_2014"],
                )
                .remembered(),
            ]
        }
        _ => Vec::new(),
    }
}

/// How often to look again.
pub(crate) fn follow_up(stage: Stage, models: &[RiskModel]) -> Vec<Statement> {
    let lecture = |key| Statement::new(key, &["yoshida_lecture"]);
    let imwg = |key| Statement::new(key, &["kyle_2010"]);
    match stage {
        Stage::NonIgmMgus | Stage::IgmMgus | Stage::MgusTypeNotGiven | Stage::LightChainMgus => {
            // Only a certain "low" earns the long interval; missing factors and light-chain MGUS do not.
            let low = models
                .iter()
                .any(|m| m.id == "mayo_mgus_2005" && m.group == Some(Group::Low));
            let published = if low {
                imwg("follow_up.mgus_low.imwg").every(24, 36)
            } else {
                imwg("follow_up.mgus_other.imwg").every(12, 12)
            };
            vec![published, lecture("follow_up.mgus.lecture").every(6, 24)]
        }
        Stage::Smm => vec![
            imwg("follow_up.smm.imwg").every(6, 12),
            lecture("follow_up.smm.lecture").every(3, 6),
        ],
        Stage::NoMonoclonalProtein => vec![Statement::new("follow_up.none", &[])],
        Stage::Undetermined | Stage::Review => {
            vec![Statement::new("follow_up.complete_values", &[])]
        }
        Stage::Mm => vec![lecture("follow_up.refer_now")],
        Stage::SolitaryPlasmacytoma
        | Stage::SolitaryPlasmacytomaMinimalMarrow
        | Stage::IgmBeyondMgus
        | Stage::AmyloidosisWorkup => vec![Statement::new("follow_up.refer_now", &[])],
    }
}

/// Tests of a follow-up visit (the lecture's tables of tests and follow-up).
pub(crate) fn tests(stage: Stage) -> Vec<Statement> {
    let keys: &[&str] = match stage {
        Stage::LightChainMgus => &["test.flc", "test.urine", "test.creatinine"],
        s if s.is_mgus() => &["test.m_protein", "test.flc"],
        Stage::Smm => &[
            "test.m_protein",
            "test.flc",
            "test.cbc",
            "test.creatinine",
            "test.whole_body_mri",
        ],
        _ => &[],
    };
    keys.iter()
        .map(|key| Statement::new(key, &["yoshida_lecture"]))
        .collect()
}

/// Trials that bear on the stage.
pub(crate) fn evidence(stage: Stage) -> Vec<Statement> {
    if stage == Stage::Smm {
        vec![
            Statement::new("evidence.aquila", &["dimopoulos_2024"]),
            Statement::new("evidence.aquila_entry", &["aquila_post_hoc_2025"]),
            Statement::new("evidence.fda", &["fda_2025"]),
        ]
    } else {
        Vec::new()
    }
}

/// What every report says.
pub(crate) fn notices() -> Vec<Statement> {
    ["notice.support", "notice.not_assessed", "road.continuum"]
        .into_iter()
        .map(|key| {
            let sources: &[&str] = if key == "road.continuum" {
                &["yoshida_lecture"]
            } else {
                &[]
            };
            Statement::new(key, sources)
        })
        .collect()
}
