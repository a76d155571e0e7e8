//! The seven myeloma-defining events, one by one (Rajkumar, Lancet Oncol 2014;15:e538).
//!
//! Each event is met, not met, partly assessed (what is known does not meet it, what is missing could), not assessed, or
//! put down to another cause by the physician. Only CRAB features can be put down to another cause: the biomarkers S, Li
//! and M define the disease by themselves.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Settings;
use crate::patient::tidy;
use crate::patient::{Crab, PlasmaInput};

/// Calcium above which hypercalcemia is met, mmol/L (Rajkumar 2014; 11 mg/dL).
pub(super) const CALCIUM: f64 = 2.75;

/// Calcium above its upper limit by more than this, mmol/L (Rajkumar 2014; 1 mg/dL).
pub(super) const CALCIUM_OVER_ULN: f64 = 0.25;

/// Lowest upper limit of calcium that laboratories use, mmol/L; below this plus 0.25 an unknown limit cannot matter.
pub(crate) const LOWEST_CALCIUM_ULN: f64 = 2.4;

/// Creatinine clearance below which renal insufficiency is met, mL/min (Rajkumar 2014).
pub(super) const CLEARANCE: f64 = 40.0;

/// Creatinine above which renal insufficiency is met, µmol/L (Rajkumar 2014; 2 mg/dL).
pub(super) const CREATININE: f64 = 177.0;

/// Creatinine at which CKD-EPI 2021 gives no adult up to 100 years a rate below 40 (a woman of 100: 50), µmol/L; 1 mg/dL.
pub(crate) const CREATININE_CLEARLY_FINE: f64 = 88.5;

/// Rate at which no adult has a creatinine above 2 mg/dL by CKD-EPI 2021 (a man of 18 at 2.0 mg/dL: 48), mL/min.
pub(crate) const CLEARANCE_CLEARLY_FINE: f64 = 60.0;

/// Hemoglobin below which anemia is met, g/dL (Rajkumar 2014).
pub(super) const HB: f64 = 10.0;

/// Hemoglobin below its lower limit by more than this, g/dL (Rajkumar 2014).
pub(super) const HB_BELOW_LLN: f64 = 2.0;

/// Highest lower limit of hemoglobin that laboratories use for adults, g/dL; above this minus 2 an unknown limit cannot matter.
pub(crate) const HIGHEST_HB_LLN: f64 = 14.0;

/// Osteolytic lesions that meet B with a marrow of 10 % or more (Rajkumar 2014).
const BONE_LESIONS: u32 = 1;

/// Osteolytic lesions that meet B below 10 %, to tell it from solitary plasmacytoma (Rajkumar 2014, table footnote; from memory).
const BONE_LESIONS_LOW_MARROW: u32 = 2;

/// Clonal plasma cells that open the diagnosis of myeloma, % (Rajkumar 2014).
pub(super) const MARROW: f64 = 10.0;

/// Clonal plasma cells that define myeloma by themselves, % (Rajkumar 2014).
pub(super) const MARROW_SIXTY: f64 = 60.0;

/// Involved/uninvolved free light chains (Rajkumar 2014).
pub(super) const FLC_RATIO: f64 = 100.0;

/// Involved free light chain that the ratio needs, mg/L (Rajkumar 2014).
pub(super) const FLC_INVOLVED: f64 = 100.0;

/// Focal lesions of at least 5 mm on MRI: more than one (Rajkumar 2014).
pub(super) const MRI_LESIONS: u32 = 2;

/// The letter of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum EventCode {
    /// Hypercalcemia.
    C,
    /// Renal insufficiency.
    R,
    /// Anemia.
    A,
    /// Bone lesions.
    B,
    /// Sixty per cent clonal plasma cells.
    S,
    /// Free light-chain ratio.
    Li,
    /// MRI focal lesions.
    M,
}

impl EventCode {
    /// Returns the letters as doctors write them (SLiM-CRAB); tables, keys of words and the JSON have the same.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::C => "C",
            Self::R => "R",
            Self::A => "A",
            Self::B => "B",
            Self::S => "S",
            Self::Li => "Li",
            Self::M => "M",
        }
    }
}

/// What is known of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventState {
    /// Met.
    Met,
    /// Not met, whatever is missing.
    NotMet,
    /// Not met by what is known; what is missing could meet it.
    PartlyAssessed,
    /// Nothing is known.
    NotAssessed,
    /// Met by its number, but put down to another cause by the physician.
    OtherCause,
}

/// One myeloma-defining event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Its letter.
    pub code: EventCode,
    /// What is known.
    pub state: EventState,
    /// The half of the rule that decided, as a key of the words: `c.absolute`, `c.over_uln`, …
    pub rule: String,
    /// The values looked at, with their units, ready to print.
    pub values: Vec<String>,
    /// Inputs that are missing and could still meet it.
    pub needs: Vec<String>,
    /// Source keys.
    pub sources: Vec<String>,
}

/// An event while it is being judged.
struct Finding {
    state: EventState,
    rule: &'static str,
    needs: Vec<&'static str>,
}

impl Finding {
    fn met(rule: &'static str) -> Self {
        Self {
            state: EventState::Met,
            rule,
            needs: Vec::new(),
        }
    }

    fn not_met(rule: &'static str) -> Self {
        Self {
            state: EventState::NotMet,
            rule,
            needs: Vec::new(),
        }
    }

    fn open(state: EventState, rule: &'static str, needs: &[&'static str]) -> Self {
        Self {
            state,
            rule,
            needs: needs.to_vec(),
        }
    }
}

/// Judges all seven events, in the order C, R, A, B, S, Li, M.
pub(super) fn events(input: &PlasmaInput, settings: Settings) -> Vec<Event> {
    let flc = input.free_light_chains();
    let calcium = input.effective_calcium(settings.correct_calcium);
    [
        (EventCode::C, hypercalcemia(calcium, input.calcium_uln)),
        (EventCode::R, renal(input.creatinine, input.egfr)),
        (EventCode::A, anemia(input.hb, input.hb_lln)),
        (EventCode::B, bone(input.bone_lesions, input.plasma_cells)),
        (EventCode::S, sixty(input.plasma_cells)),
        (EventCode::Li, light_chain(flc.involved_ratio, flc.involved_mg_l)),
        (EventCode::M, mri(input.mri_lesions)),
    ]
    .into_iter()
    .map(|(code, finding)| Event {
        code,
        state: attributed(code, finding.state, &input.other_cause),
        rule: finding.rule.to_owned(),
        values: values(code, input, settings),
        needs: finding.needs.into_iter().map(str::to_owned).collect(),
        sources: vec!["rajkumar_2014".to_owned()],
    })
    .collect()
}

/// The values that an event looks at, those that are known.
fn values(code: EventCode, input: &PlasmaInput, settings: Settings) -> Vec<String> {
    let flc = input.free_light_chains();
    let cells = ("plasma_cells", input.plasma_cells, " %");
    let looked_at = match code {
        EventCode::C => vec![
            (
                "calcium",
                input.effective_calcium(settings.correct_calcium),
                " mmol/L",
            ),
            ("calcium_uln", input.calcium_uln, " mmol/L"),
        ],
        EventCode::R => vec![
            ("creatinine", input.creatinine, " µmol/L"),
            ("egfr", input.egfr, " mL/min"),
        ],
        EventCode::A => vec![("hb", input.hb, " g/dL"), ("hb_lln", input.hb_lln, " g/dL")],
        EventCode::B => vec![("bone_lesions", input.bone_lesions.map(f64::from), ""), cells],
        EventCode::S => vec![cells],
        EventCode::Li => vec![
            ("involved_flc_ratio", flc.involved_ratio, ""),
            ("involved_flc", flc.involved_mg_l, " mg/L"),
        ],
        EventCode::M => vec![("mri_lesions", input.mri_lesions.map(f64::from), "")],
    };
    looked_at
        .into_iter()
        .filter_map(|(name, value, unit)| Some(format!("{name} {}{unit}", value?)))
        .collect()
}

fn attributed(code: EventCode, state: EventState, other: &[Crab]) -> EventState {
    let crab = match code {
        EventCode::C => Crab::C,
        EventCode::R => Crab::R,
        EventCode::A => Crab::A,
        EventCode::B => Crab::B,
        EventCode::S | EventCode::Li | EventCode::M => return state,
    };
    if state == EventState::Met && other.contains(&crab) {
        EventState::OtherCause
    } else {
        state
    }
}

fn hypercalcemia(calcium: Option<f64>, uln: Option<f64>) -> Finding {
    match (calcium, uln) {
        (None, _) => Finding::open(EventState::NotAssessed, "c.missing", &["calcium"]),
        (Some(ca), _) if ca > CALCIUM => Finding::met("c.absolute"),
        (Some(ca), Some(uln)) if tidy(ca - uln) > CALCIUM_OVER_ULN => Finding::met("c.over_uln"),
        (Some(ca), None) if ca > LOWEST_CALCIUM_ULN + CALCIUM_OVER_ULN => {
            Finding::open(EventState::PartlyAssessed, "c.uln_missing", &["calcium_uln"])
        }
        _ => Finding::not_met("c.normal"),
    }
}

fn renal(creatinine: Option<f64>, clearance: Option<f64>) -> Finding {
    match (creatinine, clearance) {
        (None, None) => Finding::open(EventState::NotAssessed, "r.missing", &["creatinine", "egfr"]),
        (_, Some(c)) if c < CLEARANCE => Finding::met("r.clearance"),
        (Some(c), _) if c > CREATININE => Finding::met("r.creatinine"),
        (Some(c), None) if c > CREATININE_CLEARLY_FINE => {
            Finding::open(EventState::PartlyAssessed, "r.clearance_missing", &["egfr"])
        }
        (None, Some(c)) if c < CLEARANCE_CLEARLY_FINE => Finding::open(
            EventState::PartlyAssessed,
            "r.creatinine_missing",
            &["creatinine"],
        ),
        _ => Finding::not_met("r.normal"),
    }
}

fn anemia(hb: Option<f64>, lln: Option<f64>) -> Finding {
    match (hb, lln) {
        (None, _) => Finding::open(EventState::NotAssessed, "a.missing", &["hb"]),
        (Some(hb), _) if hb < HB => Finding::met("a.absolute"),
        (Some(hb), Some(lln)) if tidy(lln - hb) > HB_BELOW_LLN => Finding::met("a.below_lln"),
        (Some(hb), None) if hb < HIGHEST_HB_LLN - HB_BELOW_LLN => {
            Finding::open(EventState::PartlyAssessed, "a.lln_missing", &["hb_lln"])
        }
        _ => Finding::not_met("a.normal"),
    }
}

fn bone(lesions: Option<u32>, plasma_cells: Option<f64>) -> Finding {
    match (lesions, plasma_cells) {
        (None, _) => Finding::open(EventState::NotAssessed, "b.missing", &["bone_lesions"]),
        (Some(n), _) if n >= BONE_LESIONS_LOW_MARROW => Finding::met("b.lesions"),
        (Some(n), Some(cells)) if n >= BONE_LESIONS && cells >= MARROW => Finding::met("b.lesion"),
        (Some(n), None) if n >= BONE_LESIONS => {
            Finding::open(EventState::PartlyAssessed, "b.marrow_missing", &["plasma_cells"])
        }
        (Some(0), _) => Finding::not_met("b.none"),
        _ => Finding::not_met("b.single_lesion_low_marrow"),
    }
}

fn sixty(plasma_cells: Option<f64>) -> Finding {
    match plasma_cells {
        None => Finding::open(EventState::NotAssessed, "s.missing", &["plasma_cells"]),
        Some(cells) if cells >= MARROW_SIXTY => Finding::met("s.sixty"),
        Some(_) => Finding::not_met("s.below"),
    }
}

fn light_chain(ratio: Option<f64>, involved: Option<f64>) -> Finding {
    match (ratio, involved) {
        (None, None) => Finding::open(
            EventState::NotAssessed,
            "li.missing",
            &["kappa_flc", "lambda_flc"],
        ),
        (Some(r), Some(mg)) if r >= FLC_RATIO && mg >= FLC_INVOLVED => Finding::met("li.ratio_and_involved"),
        (Some(r), Some(_)) if r >= FLC_RATIO => Finding::not_met("li.involved_below_100"),
        (Some(r), None) if r >= FLC_RATIO => Finding::open(
            EventState::PartlyAssessed,
            "li.involved_missing",
            &["involved_flc"],
        ),
        (None, Some(mg)) if mg >= FLC_INVOLVED => Finding::open(
            EventState::PartlyAssessed,
            "li.ratio_missing",
            &["kappa_flc", "lambda_flc"],
        ),
        _ => Finding::not_met("li.below"),
    }
}

fn mri(lesions: Option<u32>) -> Finding {
    match lesions {
        None => Finding::open(EventState::NotAssessed, "m.missing", &["mri_lesions"]),
        Some(n) if n >= MRI_LESIONS => Finding::met("m.focal_lesions"),
        Some(_) => Finding::not_met("m.at_most_one"),
    }
}

#[cfg(test)]
mod tests {
    use super::EventState::{Met, NotAssessed, NotMet, OtherCause, PartlyAssessed};
    use super::*;

    fn check(actual: &Finding, state: EventState, rule: &str) {
        assert_eq!((actual.state, actual.rule), (state, rule));
        assert_eq!(
            actual.needs.is_empty(),
            matches!(state, Met | NotMet),
            "{rule} must say what it needs"
        );
    }

    #[test]
    fn calcium_rows() {
        check(&hypercalcemia(None, Some(2.5)), NotAssessed, "c.missing");
        check(&hypercalcemia(Some(2.76), None), Met, "c.absolute");
        check(&hypercalcemia(Some(2.75), None), PartlyAssessed, "c.uln_missing");
        check(&hypercalcemia(Some(2.66), None), PartlyAssessed, "c.uln_missing");
        check(&hypercalcemia(Some(2.65), None), NotMet, "c.normal");
        check(&hypercalcemia(Some(2.75), Some(2.5)), NotMet, "c.normal");
        check(&hypercalcemia(Some(2.74), Some(2.48)), Met, "c.over_uln");
        check(&hypercalcemia(Some(2.731), Some(2.48)), Met, "c.over_uln");
        check(&hypercalcemia(Some(2.73), Some(2.48)), NotMet, "c.normal");
        check(&hypercalcemia(Some(2.76), Some(2.6)), Met, "c.absolute");
    }

    #[test]
    fn renal_rows() {
        check(&renal(None, None), NotAssessed, "r.missing");
        check(&renal(None, Some(39.9)), Met, "r.clearance");
        check(&renal(Some(80.0), Some(39.9)), Met, "r.clearance");
        check(&renal(None, Some(40.0)), PartlyAssessed, "r.creatinine_missing");
        check(&renal(None, Some(59.9)), PartlyAssessed, "r.creatinine_missing");
        check(&renal(None, Some(60.0)), NotMet, "r.normal");
        check(&renal(Some(177.0), Some(40.0)), NotMet, "r.normal");
        check(&renal(Some(177.1), Some(40.0)), Met, "r.creatinine");
        check(&renal(Some(177.1), None), Met, "r.creatinine");
        check(&renal(Some(177.0), None), PartlyAssessed, "r.clearance_missing");
        check(&renal(Some(88.6), None), PartlyAssessed, "r.clearance_missing");
        check(&renal(Some(88.5), None), NotMet, "r.normal");
    }

    #[test]
    fn anemia_rows() {
        check(&anemia(None, Some(13.0)), NotAssessed, "a.missing");
        check(&anemia(Some(9.9), None), Met, "a.absolute");
        check(&anemia(Some(10.0), None), PartlyAssessed, "a.lln_missing");
        check(&anemia(Some(11.9), None), PartlyAssessed, "a.lln_missing");
        check(&anemia(Some(12.0), None), NotMet, "a.normal");
        check(&anemia(Some(11.0), Some(13.0)), NotMet, "a.normal");
        check(&anemia(Some(10.9), Some(13.0)), Met, "a.below_lln");
        check(&anemia(Some(10.99), Some(13.0)), Met, "a.below_lln");
        check(&anemia(Some(11.2), Some(13.2)), NotMet, "a.normal");
        check(&anemia(Some(9.9), Some(11.0)), Met, "a.absolute");
        check(&anemia(Some(10.0), Some(11.0)), NotMet, "a.normal");
    }

    #[test]
    fn bone_rows() {
        check(&bone(None, Some(12.0)), NotAssessed, "b.missing");
        check(&bone(Some(2), None), Met, "b.lesions");
        check(&bone(Some(2), Some(0.0)), Met, "b.lesions");
        check(&bone(Some(1), Some(10.0)), Met, "b.lesion");
        check(&bone(Some(1), Some(9.9)), NotMet, "b.single_lesion_low_marrow");
        check(&bone(Some(1), None), PartlyAssessed, "b.marrow_missing");
        check(&bone(Some(0), None), NotMet, "b.none");
        check(&bone(Some(0), Some(50.0)), NotMet, "b.none");
    }

    #[test]
    fn biomarker_rows() {
        check(&sixty(None), NotAssessed, "s.missing");
        check(&sixty(Some(60.0)), Met, "s.sixty");
        check(&sixty(Some(59.9)), NotMet, "s.below");
        check(&light_chain(None, None), NotAssessed, "li.missing");
        check(
            &light_chain(Some(100.0), Some(100.0)),
            Met,
            "li.ratio_and_involved",
        );
        check(
            &light_chain(Some(100.0), Some(99.9)),
            NotMet,
            "li.involved_below_100",
        );
        check(&light_chain(Some(99.9), Some(500.0)), NotMet, "li.below");
        check(
            &light_chain(Some(100.0), None),
            PartlyAssessed,
            "li.involved_missing",
        );
        check(&light_chain(Some(99.9), None), NotMet, "li.below");
        check(
            &light_chain(None, Some(100.0)),
            PartlyAssessed,
            "li.ratio_missing",
        );
        check(&light_chain(None, Some(99.9)), NotMet, "li.below");
        check(&mri(None), NotAssessed, "m.missing");
        check(&mri(Some(2)), Met, "m.focal_lesions");
        check(&mri(Some(1)), NotMet, "m.at_most_one");
    }

    #[test]
    fn only_crab_can_have_another_cause() {
        use EventCode::{A, B, C, Li, M, R, S};
        let all = [Crab::C, Crab::R, Crab::A, Crab::B];
        for (code, expected) in [
            (C, OtherCause),
            (R, OtherCause),
            (A, OtherCause),
            (B, OtherCause),
            (S, Met),
            (Li, Met),
            (M, Met),
        ] {
            assert_eq!(attributed(code, Met, &all), expected);
            assert_eq!(attributed(code, NotMet, &all), NotMet);
            assert_eq!(attributed(code, Met, &[]), Met);
        }
        assert_eq!(attributed(C, Met, &[Crab::R, Crab::A, Crab::B]), Met);
        assert_eq!(attributed(R, Met, &[Crab::C, Crab::A, Crab::B]), Met);
        assert_eq!(attributed(A, Met, &[Crab::C, Crab::R, Crab::B]), Met);
        assert_eq!(attributed(B, Met, &[Crab::C, Crab::R, Crab::A]), Met);
    }

    #[test]
    fn events_come_in_order_with_their_values() {
        use EventCode::{A, B, C, Li, M, R, S};
        let input = PlasmaInput {
            calcium: Some(2.6),
            calcium_uln: Some(2.5),
            plasma_cells: Some(61.0),
            ..Default::default()
        };
        let actual = events(&input, Settings::default());
        let codes: Vec<EventCode> = actual.iter().map(|e| e.code).collect();
        assert_eq!(codes, [C, R, A, B, S, Li, M]);
        assert_eq!(actual[0].values, ["calcium 2.6 mmol/L", "calcium_uln 2.5 mmol/L"]);
        assert_eq!(actual[4].values, ["plasma_cells 61 %"]);
        assert_eq!(actual[4].state, Met);
        assert_eq!(actual[2].needs, ["hb"]);
    }
}
