//! Several visits of one person: is the M protein or the hemoglobin evolving?
//!
//! The definition is that of Ravi (Blood Cancer J 2016;6:e454), made for smoldering myeloma with the day of diagnosis as
//! baseline. The first visit given is taken as that day; the result says so. The immunoglobulin half of the definition (500
//! mg/dL) is not assessed: it needs quantitative immunoglobulins.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::risk::{Comparison, Factor, Group, ModelBuilder, Outcome, RiskModel};
use super::smm;
use crate::patient::tidy;
use crate::patient::{Date, PlasmaInput};

/// Rise of the M protein within six months, % of baseline, where the baseline is at least [`EARLY_BASELINE`] (Ravi 2016).
pub(super) const EARLY_RISE: f64 = 10.0;

/// Baseline M protein that the six-month rule needs, g/dL (Ravi 2016).
pub(super) const EARLY_BASELINE: f64 = 3.0;

/// Rise of the M protein within twelve months, % of baseline (Ravi 2016).
pub(super) const LATE_RISE: f64 = 25.0;

/// Smallest rise that counts, g/dL (Ravi 2016).
pub(super) const LEAST_RISE: f64 = 0.5;

/// Fall of hemoglobin within twelve months, g/dL (Ravi 2016).
pub(super) const HB_FALL: f64 = 0.5;

const EARLY_MONTHS: u8 = 6;
const LATE_MONTHS: u8 = 12;

/// Whether something evolves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Evolving {
    /// The definition is met.
    Yes,
    /// Measured within the windows, and not met.
    No,
    /// Not measured within the windows.
    NotAssessed,
}

/// One value against the baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// Date of the value.
    pub date: Date,
    /// The value, g/dL.
    pub value: f64,
    /// Difference from the baseline, g/dL.
    pub difference: f64,
    /// Difference in % of the baseline; none for a baseline of 0.
    pub percent: Option<f64>,
    /// `m_protein.six_months`, `m_protein.twelve_months`, `hb.twelve_months`: the rules that it meets.
    pub rules: Vec<String>,
    /// Later than twelve months after the baseline: shown, but outside the definition.
    pub outside_window: bool,
}

/// What several visits say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Serial {
    /// Dates of all visits, in order.
    pub visits: Vec<Date>,
    /// The first visit, taken as the day of diagnosis.
    pub baseline: Date,
    /// M protein.
    pub m_protein: Evolving,
    /// Its values after the baseline.
    pub m_protein_changes: Vec<Change>,
    /// Hemoglobin.
    pub hb: Evolving,
    /// Its values after the baseline.
    pub hb_changes: Vec<Change>,
    /// Source keys of the definition.
    pub sources: Vec<String>,
}

/// Compares visits; `None` below two dated visits. They must be in order of date.
pub(crate) fn compare(visits: &[PlasmaInput]) -> Option<Serial> {
    let dates: Vec<Date> = visits.iter().filter_map(|v| v.date).collect();
    let baseline = *dates.first().filter(|_| dates.len() > 1)?;
    let m_protein_changes = changes(visits, baseline, |v| v.m_protein, m_protein_rules);
    let hb_changes = changes(visits, baseline, |v| v.hb, hb_rules);
    Some(Serial {
        visits: dates,
        baseline,
        m_protein: evolving(&m_protein_changes),
        m_protein_changes,
        hb: evolving(&hb_changes),
        hb_changes,
        sources: vec!["ravi_2016".to_owned()],
    })
}

/// What a rule sees of a value.
struct Step {
    baseline: f64,
    difference: f64,
    within_six: bool,
    within_twelve: bool,
}

fn changes(
    visits: &[PlasmaInput],
    baseline: Date,
    value_of: impl Fn(&PlasmaInput) -> Option<f64>,
    rules: impl Fn(&Step) -> Vec<&'static str>,
) -> Vec<Change> {
    // A value that was not measured at the first visit has no baseline: later values cannot stand in for it.
    let Some(first) = visits
        .iter()
        .find(|v| v.date == Some(baseline))
        .and_then(&value_of)
    else {
        return Vec::new();
    };
    visits
        .iter()
        .filter_map(|v| Some((v.date?, value_of(v)?)))
        .filter(|(date, _)| *date > baseline)
        .map(|(date, value)| {
            let step = Step {
                baseline: first,
                difference: tidy(value - first),
                within_six: date <= baseline.plus_months(EARLY_MONTHS),
                within_twelve: date <= baseline.plus_months(LATE_MONTHS),
            };
            Change {
                date,
                value,
                difference: step.difference,
                percent: (first > 0.0).then(|| tidy(step.difference / first * 100.0)),
                rules: rules(&step).into_iter().map(str::to_owned).collect(),
                outside_window: !step.within_twelve,
            }
        })
        .collect()
}

fn m_protein_rules(step: &Step) -> Vec<&'static str> {
    // Multiplied, not divided, so that a baseline of 0 needs no exception.
    let risen = |percent: f64| {
        step.difference >= LEAST_RISE && step.difference >= tidy(step.baseline * percent / 100.0)
    };
    let mut rules = Vec::new();
    if step.within_six && step.baseline >= EARLY_BASELINE && risen(EARLY_RISE) {
        rules.push("m_protein.six_months");
    }
    if step.within_twelve && risen(LATE_RISE) {
        rules.push("m_protein.twelve_months");
    }
    rules
}

fn hb_rules(step: &Step) -> Vec<&'static str> {
    if step.within_twelve && -step.difference >= HB_FALL {
        vec!["hb.twelve_months"]
    } else {
        Vec::new()
    }
}

fn evolving(changes: &[Change]) -> Evolving {
    if changes.iter().any(|c| !c.rules.is_empty()) {
        Evolving::Yes
    } else if changes.iter().any(|c| !c.outside_window) {
        Evolving::No
    } else {
        Evolving::NotAssessed
    }
}

/// Median time to progression 12.3, 5.1, 2.0 and 1.0 years; 90.5 % within 2 years with all three (Ravi 2016, abstract).
const RAVI: [Outcome; 4] = [
    Outcome::new(Group::Low).median_months(147.6),
    Outcome::new(Group::LowIntermediate).median_months(61.2),
    Outcome::new(Group::Intermediate).median_months(24.0),
    Outcome::new(Group::High).percent(90.5).median_months(12.0),
];

/// The model of Ravi: marrow at the first visit, evolving M protein, evolving hemoglobin. The names of the groups are ours.
pub(crate) fn ravi(first: &PlasmaInput, serial: &Serial) -> RiskModel {
    let known = |e| match e {
        Evolving::Yes => Some(true),
        Evolving::No => Some(false),
        Evolving::NotAssessed => None,
    };
    ModelBuilder::new("ravi_2016", 2, &["ravi_2016"])
        .factor(Factor::number(
            "plasma_cells",
            first.plasma_cells,
            "%",
            Comparison::AtLeast,
            smm::CELLS,
        ))
        .factor(Factor::yes_no("evolving_m_protein", known(serial.m_protein)))
        .factor(Factor::yes_no("evolving_hb", known(serial.hb)))
        .by_count(&RAVI)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(date: &str, m: Option<f64>, hb: Option<f64>) -> PlasmaInput {
        PlasmaInput {
            date: Date::parse(date),
            m_protein: m,
            hb,
            ..Default::default()
        }
    }

    fn m(first: f64, date: &str, later: f64) -> (Evolving, Vec<String>) {
        let serial = compare(&[
            visit("2025-01-31", Some(first), None),
            visit(date, Some(later), None),
        ])
        .unwrap();
        (
            serial.m_protein,
            serial
                .m_protein_changes
                .into_iter()
                .flat_map(|c| c.rules)
                .collect(),
        )
    }

    #[test]
    fn six_month_rule_needs_ten_percent_half_a_gram_and_three_grams() {
        let six = "2025-07-31";
        assert_eq!(m(5.0, six, 5.5).1, ["m_protein.six_months"]);
        assert_eq!(m(5.0, six, 5.49).0, Evolving::No);
        assert_eq!(m(3.0, six, 3.5).1, ["m_protein.six_months"]);
        // 10 % but not half a gram.
        assert_eq!(m(3.0, six, 3.4).0, Evolving::No);
        // Half a gram but not 10 %.
        assert_eq!(m(6.0, six, 6.5).0, Evolving::No);
        assert_eq!(m(6.0, six, 6.6).0, Evolving::Yes);
        // Below 3 g/dL only the twelve-month rule holds.
        assert_eq!(m(2.9, six, 3.5).0, Evolving::No);
        // One day after six months.
        assert_eq!(m(5.0, "2025-08-01", 5.5).0, Evolving::No);
    }

    #[test]
    fn twelve_month_rule_needs_a_quarter_and_half_a_gram() {
        let twelve = "2026-01-31";
        assert_eq!(m(2.0, twelve, 2.5).1, ["m_protein.twelve_months"]);
        assert_eq!(m(2.0, twelve, 2.49).0, Evolving::No);
        assert_eq!(m(2.4, twelve, 3.0).0, Evolving::Yes);
        assert_eq!(m(2.4, twelve, 2.99).0, Evolving::No);
        // 40 % but not half a gram.
        assert_eq!(m(1.0, twelve, 1.4).0, Evolving::No);
        assert_eq!(m(0.0, twelve, 0.5).0, Evolving::Yes);
        assert_eq!(m(0.0, twelve, 0.4).0, Evolving::No);
        assert_eq!(m(2.0, "2026-02-01", 4.0).0, Evolving::NotAssessed);
    }

    #[test]
    fn hemoglobin_falls_by_half_a_gram_within_twelve_months() {
        let hb = |date: &str, later| {
            compare(&[
                visit("2025-01-31", None, Some(13.1)),
                visit(date, None, Some(later)),
            ])
            .unwrap()
            .hb
        };
        assert_eq!(hb("2026-01-31", 12.6), Evolving::Yes);
        assert_eq!(hb("2026-01-31", 12.7), Evolving::No);
        assert_eq!(hb("2025-02-01", 13.9), Evolving::No);
        assert_eq!(hb("2026-02-01", 10.0), Evolving::NotAssessed);
    }

    #[test]
    fn a_value_missing_at_the_first_visit_has_no_baseline() {
        let serial = compare(&[
            visit("2025-01-01", None, None),
            visit("2025-02-01", Some(3.0), Some(12.0)),
            visit("2025-03-01", Some(6.0), Some(9.0)),
        ])
        .unwrap();
        assert_eq!(
            (serial.m_protein, serial.hb),
            (Evolving::NotAssessed, Evolving::NotAssessed)
        );
        assert!(serial.m_protein_changes.is_empty());
        assert_eq!(compare(&[visit("2025-01-01", Some(1.0), None)]), None);
        let from_zero = compare(&[
            visit("2025-01-01", Some(0.0), None),
            visit("2025-02-01", Some(1.0), None),
        ])
        .unwrap();
        assert_eq!(from_zero.m_protein_changes[0].percent, None);
    }

    #[test]
    fn the_model_counts_marrow_from_twenty() {
        let mut first = visit("2025-01-31", Some(5.0), Some(13.0));
        let second = visit("2025-06-30", Some(6.0), Some(12.0));
        first.plasma_cells = Some(20.0);
        let serial = compare(&[first.clone(), second]).unwrap();
        let actual = ravi(&first, &serial);
        assert_eq!(
            (
                actual.total,
                actual.progression_percent,
                actual.median_months_to_progression
            ),
            (Some(3), Some(90.5), Some(12.0))
        );
        first.plasma_cells = Some(19.9);
        let months = |first: &PlasmaInput, serial: &Serial| {
            let model = ravi(first, serial);
            (model.total.unwrap(), model.median_months_to_progression.unwrap())
        };
        assert_eq!(months(&first, &serial), (2, 24.0));
        let stable = Serial {
            hb: Evolving::No,
            ..serial
        };
        assert_eq!(months(&first, &stable), (1, 61.2));
        let stable = Serial {
            m_protein: Evolving::No,
            ..stable
        };
        assert_eq!(months(&first, &stable), (0, 147.6));
    }
}
