//! What follows from the stage: progression, follow-up, tests and evidence, each with its source.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Stage;
use super::risk::{Group, RiskModel};
use crate::patient::{HeavyChain, PlasmaInput};

/// A sentence by its key, with its sources and the numbers in it that a page may want to draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// Key of its words.
    pub key: String,
    /// Source keys.
    pub sources: Vec<String>,
    /// Interval of visits in months, smallest and largest, where it names one that lasts.
    pub interval_months: Option<(u32, u32)>,
    /// Its figures were carried from memory of the paper and not seen in print; no statement of this version does.
    pub from_memory: bool,
    /// Level of evidence, where its source states one (the lecture's scale: 1b a randomized trial, 2a a review of cohorts).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
}

impl Statement {
    fn new(key: &str, sources: &[&str]) -> Self {
        Self {
            key: key.to_owned(),
            sources: sources.iter().map(|s| (*s).to_owned()).collect(),
            interval_months: None,
            from_memory: false,
            level: None,
        }
    }

    fn every(mut self, least: u32, most: u32) -> Self {
        self.interval_months = Some((least, most));
        self
    }

    fn level(mut self, level: &str) -> Self {
        self.level = Some(level.to_owned());
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
        Stage::SolitaryPlasmacytoma | Stage::SolitaryPlasmacytomaMinimalMarrow => {
            vec![Statement::new(
                "progression.solitary_plasmacytoma_by_flow",
                &["plasmacytoma_flow_2014"],
            )]
        }
        _ => Vec::new(),
    }
}

/// Estimated filtration below which kidney disease is spoken of, mL/min (KDIGO 2012 and 2024: 60 mL/min/1.73 m²).
const LOW_FILTRATION: f64 = 60.0;

/// What the statements look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case<'a> {
    /// The stage.
    pub stage: Stage,
    /// The latest values.
    pub values: &'a PlasmaInput,
    /// Every visit, in order.
    pub visits: &'a [PlasmaInput],
    /// The models.
    pub models: &'a [RiskModel],
}

/// Whether a model puts a case into its highest group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HighRisk {
    /// By at least one model.
    Yes,
    /// By none.
    No,
    /// By none so far, but values are missing.
    Open,
}

impl Case<'_> {
    fn high_risk(&self) -> HighRisk {
        let could = |m: &&RiskModel| m.groups_possible.contains(&Group::High);
        if self.models.iter().any(|m| m.group == Some(Group::High)) {
            HighRisk::Yes
        } else if self.models.iter().any(|m| could(&m)) {
            HighRisk::Open
        } else {
            HighRisk::No
        }
    }

    /// Light chains alone: immunofixation was done and shows no heavy chain.
    fn is_light_chain_smm(&self) -> bool {
        self.stage == Stage::Smm && self.values.heavy_chain == Some(HeavyChain::None)
    }

    /// Whether the kidney filters little, or a fourth less than at the visit where it filtered most.
    fn kidney_is_failing(&self) -> bool {
        if let Some(latest) = self.values.egfr {
            let best = self.visits.iter().filter_map(|v| v.egfr).fold(latest, f64::max);
            return latest < LOW_FILTRATION || latest <= best * (1.0 - FALL_OF_FILTRATION);
        }
        self.creatinine_says_failing()
    }

    /// The same by creatinine, where no estimate of the filtration is given.
    fn creatinine_says_failing(&self) -> bool {
        let Some(latest) = self.values.creatinine else {
            return false;
        };
        let earlier = self.visits.iter().filter_map(|v| v.creatinine);
        let best = earlier.fold(latest, f64::min).max(CREATININE_OF_ONE_SLOPE);
        latest > HIGH_CREATININE || latest >= best * RISE_OF_CREATININE
    }
}

/// Creatinine above which no adult filters 60 mL/min/1.73 m² by CKD-EPI 2021 (a man of 18 at 149: 59.8), µmol/L.
const HIGH_CREATININE: f64 = 149.0;

/// Creatinine from which the filtration falls with its power of -1.2 in both sexes (CKD-EPI 2021: 0.9 mg/dL in men), µmol/L.
const CREATININE_OF_ONE_SLOPE: f64 = 79.6;

/// Rise of creatinine, as a factor, with which the filtration falls by a fourth: 0.75 to the power of -1/1.2.
const RISE_OF_CREATININE: f64 = 1.271;

/// Share of the filtration whose loss is taken as a fall, this program's assumption: laboratory and biology scatter below it.
const FALL_OF_FILTRATION: f64 = 0.25;

/// How often to look again, and what follows from the risk.
pub(crate) fn follow_up(case: &Case<'_>) -> Vec<Statement> {
    let mut list = visits_of(case);
    let stage = case.stage;
    if stage == Stage::Smm {
        list.extend(by_risk(case));
    }
    if (stage.is_mgus() || stage == Stage::Smm) && case.kidney_is_failing() {
        let by_creatinine = case.values.egfr.is_none().then_some("ckd_epi_2021");
        let sources: Vec<&str> = ["leung_2019", "kdigo_ckd"]
            .into_iter()
            .chain(by_creatinine)
            .collect();
        list.push(Statement::new("follow_up.mgrs", &sources));
    }
    list
}

fn visits_of(case: &Case<'_>) -> Vec<Statement> {
    let lecture = |key| Statement::new(key, &["yoshida_lecture"]);
    let imwg = |key| Statement::new(key, &["kyle_2010"]);
    match case.stage {
        Stage::NonIgmMgus | Stage::IgmMgus | Stage::MgusTypeNotGiven | Stage::LightChainMgus => {
            // Only a certain "low" earns the long interval; missing factors and light-chain MGUS do not.
            let low = case
                .models
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

/// What the risk of smoldering myeloma asks for; where it is open, what closes it.
fn by_risk(case: &Case<'_>) -> Vec<Statement> {
    let mut list = match case.high_risk() {
        HighRisk::Yes => vec![Statement::new(
            "follow_up.smm.daratumumab",
            &["dimopoulos_2024", "fda_2025", "ec_2025"],
        )],
        HighRisk::Open => vec![Statement::new("follow_up.smm.risk_open", &["mateos_2020"])],
        HighRisk::No => Vec::new(),
    };
    if case.is_light_chain_smm() {
        list.push(Statement::new(
            "follow_up.smm.light_chain",
            &["mateos_2020", "light_chain_smm_2014"],
        ));
    }
    list
}

/// Tests of a follow-up visit (the lecture's tables of tests and follow-up; of MGUS also BMJ Best Practice).
pub(crate) fn tests(stage: Stage) -> Vec<Statement> {
    let lecture = |key: &&str| Statement::new(key, &["yoshida_lecture"]);
    let visit = |key: &&str| Statement::new(key, &["bmj_best_practice_1173"]);
    let (own, common): (&[&str], &[&str]) = match stage {
        Stage::LightChainMgus => (
            &["test.flc", "test.urine"],
            &["test.cbc", "test.calcium", "test.creatinine"],
        ),
        s if s.is_mgus() => (
            &["test.m_protein", "test.flc"],
            &["test.cbc", "test.calcium", "test.creatinine"],
        ),
        Stage::Smm => (
            &[
                "test.m_protein",
                "test.flc",
                "test.cbc",
                "test.creatinine",
                "test.whole_body_mri",
            ],
            &[],
        ),
        _ => (&[], &[]),
    };
    own.iter().map(lecture).chain(common.iter().map(visit)).collect()
}

/// Trials that bear on the stage: of daratumumab where a model says high risk, or may.
pub(crate) fn evidence(case: &Case<'_>) -> Vec<Statement> {
    if case.stage != Stage::Smm || case.high_risk() == HighRisk::No {
        return Vec::new();
    }
    vec![
        Statement::new("evidence.aquila", &["dimopoulos_2024"]).level("1b"),
        Statement::new("evidence.aquila_entry", &["aquila_post_hoc_2025"]),
        Statement::new("evidence.fda", &["fda_2025"]),
        Statement::new("evidence.ec", &["ec_2025"]),
    ]
}

/// What the lecture teaches about the stage; the words are kept by key.
pub(crate) fn background(stage: Stage) -> Vec<Statement> {
    let lecture = |key: &&str| Statement::new(key, &["yoshida_lecture"]);
    let tests = [
        "background.spep",
        "background.flc",
        "background.marrow_flow",
        "background.urine",
    ];
    let keys: Vec<&str> = match stage {
        s if s.is_mgus() => [
            &["background.mgus_prevalence"],
            &tests[..],
            &["background.no_symptoms"],
        ]
        .concat(),
        Stage::Smm => [
            &tests[..],
            &[
                "background.mri",
                "background.immune_escape",
                "background.no_symptoms",
            ],
        ]
        .concat(),
        Stage::Mm => vec!["background.urine", "background.ldh", "background.bone"],
        _ => Vec::new(),
    };
    keys.iter().map(lecture).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// MGRS was named by the clearance alone: a creatinine of 160 µmol/L without one said nothing.
    #[test]
    fn a_failing_kidney_is_seen_by_clearance_or_creatinine() {
        let visit = |egfr: Option<f64>, creatinine: Option<f64>| PlasmaInput {
            creatinine,
            egfr,
            ..PlasmaInput::default()
        };
        let failing = |visits: &[PlasmaInput]| {
            let case = Case {
                stage: Stage::NonIgmMgus,
                values: visits.last().unwrap(),
                visits,
                models: &[],
            };
            follow_up(&case).iter().any(|s| s.key == "follow_up.mgrs")
        };
        for (egfr, creatinine, expected) in [
            (Some(60.0), None, false),
            (Some(59.9), None, true),
            (None, Some(149.0), false),
            (None, Some(149.1), true),
            // The clearance that is given counts.
            (Some(60.0), Some(160.0), false),
            (None, None, false),
        ] {
            assert_eq!(
                failing(&[visit(egfr, creatinine)]),
                expected,
                "{egfr:?} {creatinine:?}"
            );
        }
        for (first, last, expected) in [
            (visit(Some(100.0), None), visit(Some(75.1), None), false),
            (visit(Some(100.0), None), visit(Some(75.0), None), true),
            (visit(None, Some(90.0)), visit(None, Some(114.3)), false),
            (visit(None, Some(90.0)), visit(None, Some(114.4)), true),
            // Below 0.9 mg/dL the filtration hardly follows.
            (visit(None, Some(50.0)), visit(None, Some(90.0)), false),
        ] {
            assert_eq!(
                failing(&[first.clone(), last.clone()]),
                expected,
                "{first:?} {last:?}"
            );
        }
    }

    /// What the lecture teaches goes with the stage, and nothing with none.
    #[test]
    fn background_goes_with_the_stage() {
        let keys = |stage| -> Vec<String> {
            let of_key = |s: &Statement| s.key.trim_start_matches("background.").to_owned();
            background(stage).iter().map(of_key).collect()
        };
        let of_mgus = [
            "mgus_prevalence",
            "spep",
            "flc",
            "marrow_flow",
            "urine",
            "no_symptoms",
        ];
        assert_eq!(keys(Stage::NonIgmMgus), of_mgus);
        assert_eq!(keys(Stage::LightChainMgus), of_mgus);
        let of_smm = [
            "spep",
            "flc",
            "marrow_flow",
            "urine",
            "mri",
            "immune_escape",
            "no_symptoms",
        ];
        assert_eq!(keys(Stage::Smm), of_smm);
        assert_eq!(keys(Stage::Mm), ["urine", "ldh", "bone"]);
        assert_eq!(keys(Stage::Undetermined), [""; 0]);
    }
}
