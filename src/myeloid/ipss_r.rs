//! IPSS-R and its age-adjusted form (Greenberg et al., Blood 2012;120:2454).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CytogeneticRisk;
use super::rounding::round_half_up;

mod table;

pub use table::IpssrTable;

/// Decimals of the age-adjusted score (published calculator).
const AGE_ADJUSTED_DECIMALS: i32 = 4;

/// What IPSS-R is computed from. `None` is "not known".
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct IpssrInput {
    /// Hemoglobin, g/dL.
    pub hemoglobin: Option<f64>,
    /// Platelets, 10^9/L.
    pub platelets: Option<f64>,
    /// Absolute neutrophil count, 10^9/L.
    pub neutrophils: Option<f64>,
    /// Marrow blasts, per cent.
    pub marrow_blasts: Option<f64>,
    /// Cytogenetic group.
    pub cytogenetics: Option<CytogeneticRisk>,
    /// Best and worst group that are possible where the group is not known; `None`: any.
    pub cytogenetics_range: Option<[CytogeneticRisk; 2]>,
    /// Age, years; only for the age-adjusted score.
    pub age: Option<f64>,
}

/// Risk category of IPSS-R (Greenberg 2012, Table 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)] // Names say it.
pub enum IpssrCategory {
    #[serde(rename = "Very Low")]
    VeryLow,
    Low,
    Intermediate,
    High,
    #[serde(rename = "Very High")]
    VeryHigh,
}

/// What happened to patients of a category: Greenberg 2012, 7,012 patients.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IpssrOutcome {
    /// Share of the cohort, per cent.
    pub share_percent: f64,
    /// Median overall survival, years.
    pub median_survival_years: f64,
    /// Years until a quarter has acute leukemia; `None` where that was not reached.
    pub years_to_25_percent_leukemia: Option<f64>,
}

/// The five variables of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IpssrVariable {
    /// Cytogenetic group.
    Cytogenetics,
    /// Marrow blasts.
    MarrowBlasts,
    /// Hemoglobin.
    Hemoglobin,
    /// Platelets.
    Platelets,
    /// Neutrophils.
    Neutrophils,
}

/// Points of a variable; `None` where it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IpssrPoints {
    /// The variable.
    pub variable: IpssrVariable,
    /// Its points.
    pub points: Option<f64>,
    /// Most points that it can have.
    pub most: f64,
}

/// A score with its category.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IpssrScore {
    /// Points.
    pub score: f64,
    /// Category.
    pub category: IpssrCategory,
}

/// IPSS-R of one patient.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IpssrResult {
    /// The score; `None` where a variable is not known.
    pub score: Option<IpssrScore>,
    /// The score adjusted for age; for survival, not for progression to leukemia.
    pub age_adjusted: Option<IpssrScore>,
    /// The score if everything missing were at its best and at its worst.
    pub possible: [IpssrScore; 2],
    /// Points of each variable.
    pub points: [IpssrPoints; 5],
}

impl IpssrVariable {
    /// Returns the column that gives it.
    pub const fn column(self) -> &'static str {
        match self {
            Self::Cytogenetics => "CYTO_IPSSR",
            Self::MarrowBlasts => "BM_BLAST",
            Self::Hemoglobin => "HB",
            Self::Platelets => "PLT",
            Self::Neutrophils => "ANC",
        }
    }

    /// Returns the most points that it can have (Greenberg 2012, Table 3).
    const fn most(self) -> f64 {
        match self {
            Self::Cytogenetics => 4.0,
            Self::MarrowBlasts => 3.0,
            Self::Hemoglobin => 1.5,
            Self::Platelets => 1.0,
            Self::Neutrophils => 0.5,
        }
    }
}

impl IpssrCategory {
    /// The categories from the best to the worst.
    pub const ALL: [Self; 5] = [
        Self::VeryLow,
        Self::Low,
        Self::Intermediate,
        Self::High,
        Self::VeryHigh,
    ];

    /// Highest score of each category but the last (Greenberg 2012, Table 4).
    const UPPER: [f64; 4] = [1.5, 3.0, 4.5, 6.0];

    /// Returns the category of a score.
    pub fn of(score: f64) -> Self {
        Self::UPPER
            .iter()
            .position(|upper| score <= *upper)
            .map_or(Self::VeryHigh, |index| Self::ALL[index])
    }

    /// Returns the name as the published tables write it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::VeryLow => "Very Low",
            Self::Low => "Low",
            // As the published calculator and the cohort of Bernard 2022 print it.
            Self::Intermediate => "Int",
            Self::High => "High",
            Self::VeryHigh => "Very High",
        }
    }

    /// Returns what happened to patients of the category (Greenberg 2012, Table 4).
    pub const fn outcome(self) -> IpssrOutcome {
        let (share_percent, median_survival_years, years_to_25_percent_leukemia) = match self {
            Self::VeryLow => (19.0, 8.8, None),
            Self::Low => (38.0, 5.3, Some(10.8)),
            Self::Intermediate => (20.0, 3.0, Some(3.2)),
            Self::High => (13.0, 1.6, Some(1.4)),
            Self::VeryHigh => (10.0, 0.8, Some(0.7)),
        };
        IpssrOutcome {
            share_percent,
            median_survival_years,
            years_to_25_percent_leukemia,
        }
    }
}

/// Points for marrow blasts in per cent (Greenberg 2012, Table 3).
fn blast_points(blasts: f64) -> f64 {
    if blasts <= 2.0 {
        0.0
    } else if blasts < 5.0 {
        1.0
    } else if blasts <= 10.0 {
        2.0
    } else {
        3.0
    }
}

/// Points for hemoglobin in g/dL (Greenberg 2012, Table 3).
fn hemoglobin_points(hemoglobin: f64) -> f64 {
    if hemoglobin >= 10.0 {
        0.0
    } else if hemoglobin >= 8.0 {
        1.0
    } else {
        1.5
    }
}

/// Points for platelets in 10^9/L (Greenberg 2012, Table 3).
fn platelet_points(platelets: f64) -> f64 {
    if platelets >= 100.0 {
        0.0
    } else if platelets >= 50.0 {
        0.5
    } else {
        1.0
    }
}

/// Points for neutrophils in 10^9/L (Greenberg 2012, Table 3).
fn neutrophil_points(neutrophils: f64) -> f64 {
    if neutrophils >= 0.8 { 0.0 } else { 0.5 }
}

/// Computes IPSS-R and IPSS-RA.
pub fn score(input: &IpssrInput) -> IpssrResult {
    let points = [
        (
            IpssrVariable::Cytogenetics,
            input.cytogenetics.map(|c| f64::from(c.points())),
        ),
        (IpssrVariable::MarrowBlasts, input.marrow_blasts.map(blast_points)),
        (IpssrVariable::Hemoglobin, input.hemoglobin.map(hemoglobin_points)),
        (IpssrVariable::Platelets, input.platelets.map(platelet_points)),
        (
            IpssrVariable::Neutrophils,
            input.neutrophils.map(neutrophil_points),
        ),
    ]
    .map(|(variable, points)| IpssrPoints {
        variable,
        points,
        most: variable.most(),
    });
    // Points are halves, so that the sums are exact.
    let range = input.cytogenetics_range.map(|r| r.map(|c| f64::from(c.points())));
    let open = |p: &IpssrPoints| match range {
        Some(range) if p.variable == IpssrVariable::Cytogenetics => range,
        _ => [0.0, p.most],
    };
    let lowest: f64 = points.iter().map(|p| p.points.unwrap_or(open(p)[0])).sum();
    let highest: f64 = points.iter().map(|p| p.points.unwrap_or(open(p)[1])).sum();
    let known = points.iter().all(|p| p.points.is_some());
    let score = known.then(|| with_category(lowest));
    IpssrResult {
        score,
        age_adjusted: score
            .zip(input.age)
            .map(|(s, age)| with_category(age_adjusted(s.score, age))),
        possible: [with_category(lowest), with_category(highest)],
        points,
    }
}

fn with_category(score: f64) -> IpssrScore {
    IpssrScore {
        score,
        category: IpssrCategory::of(score),
    }
}

/// Adjusts a score for age in years, rounded to four decimals as the published calculator does (Greenberg 2012: 70 years change nothing).
fn age_adjusted(score: f64, age: f64) -> f64 {
    round_half_up(
        score + (age - 70.0) * (0.05 - 0.005 * score),
        AGE_ADJUSTED_DECIMALS,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lowest() -> IpssrInput {
        IpssrInput {
            hemoglobin: Some(10.0),
            platelets: Some(100.0),
            neutrophils: Some(0.8),
            marrow_blasts: Some(2.0),
            cytogenetics: Some(CytogeneticRisk::VeryGood),
            cytogenetics_range: None,
            age: None,
        }
    }

    type Set = fn(&mut IpssrInput, f64);

    fn points_of(input: &IpssrInput) -> f64 {
        score(input).score.unwrap().score
    }

    #[test]
    #[allow(clippy::float_cmp)] // Exact values are what is tested.
    fn a_group_that_is_open_in_part_bounds_the_score() {
        let open = |range| {
            score(&IpssrInput {
                cytogenetics: None,
                cytogenetics_range: range,
                ..lowest()
            })
            .possible
            .map(|p| p.score)
        };
        assert_eq!(open(None), [0.0, 4.0]);
        assert_eq!(
            open(Some([CytogeneticRisk::Poor, CytogeneticRisk::VeryPoor])),
            [3.0, 4.0]
        );
    }

    #[test]
    fn every_border_gives_the_points_of_the_table() {
        assert!(points_of(&lowest()).abs() < 1e-12);
        // The web calculator codes "<5 % blasts" as "<=4.99"; the table says <5, so 4.995 has 1 point.
        let rows: [(Set, f64, f64); 15] = [
            (|i, x| i.hemoglobin = Some(x), 25.0, 0.0),
            (|i, x| i.hemoglobin = Some(x), 9.99, 1.0),
            (|i, x| i.hemoglobin = Some(x), 8.0, 1.0),
            (|i, x| i.hemoglobin = Some(x), 7.99, 1.5),
            (|i, x| i.platelets = Some(x), 99.9, 0.5),
            (|i, x| i.platelets = Some(x), 50.0, 0.5),
            (|i, x| i.platelets = Some(x), 49.9, 1.0),
            (|i, x| i.neutrophils = Some(x), 0.79, 0.5),
            (|i, x| i.marrow_blasts = Some(x), 0.0, 0.0),
            (|i, x| i.marrow_blasts = Some(x), 2.01, 1.0),
            (|i, x| i.marrow_blasts = Some(x), 4.995, 1.0),
            (|i, x| i.marrow_blasts = Some(x), 5.0, 2.0),
            (|i, x| i.marrow_blasts = Some(x), 10.0, 2.0),
            (|i, x| i.marrow_blasts = Some(x), 10.01, 3.0),
            (|i, x| i.marrow_blasts = Some(x), 100.0, 3.0),
        ];
        for (set, value, expected) in rows {
            let mut input = lowest();
            set(&mut input, value);
            let actual = points_of(&input);
            assert!((actual - expected).abs() < 1e-12, "{value}: {actual}");
        }
        for group in CytogeneticRisk::ALL {
            let input = IpssrInput {
                cytogenetics: Some(group),
                ..lowest()
            };
            assert!(
                (points_of(&input) - f64::from(group as u8)).abs() < 1e-12,
                "{group:?}"
            );
        }
    }

    #[test]
    fn each_border_belongs_to_the_lower_category() {
        for (score, expected) in [
            (0.0, IpssrCategory::VeryLow),
            (1.5, IpssrCategory::VeryLow),
            (1.500_1, IpssrCategory::Low),
            (3.0, IpssrCategory::Low),
            (3.000_1, IpssrCategory::Intermediate),
            (4.5, IpssrCategory::Intermediate),
            (4.500_1, IpssrCategory::High),
            (6.0, IpssrCategory::High),
            (6.000_1, IpssrCategory::VeryHigh),
            (10.0, IpssrCategory::VeryHigh),
        ] {
            assert_eq!(IpssrCategory::of(score), expected, "{score}");
        }
    }

    #[test]
    fn adjusts_for_age_like_the_published_calculator() {
        let worked = |hb, anc, plt, blasts, cytogenetics, age| {
            score(&IpssrInput {
                hemoglobin: Some(hb),
                platelets: Some(plt),
                neutrophils: Some(anc),
                marrow_blasts: Some(blasts),
                cytogenetics: Some(cytogenetics),
                cytogenetics_range: None,
                age: Some(age),
            })
        };
        let first = worked(10.0, 1.8, 150.0, 2.0, CytogeneticRisk::Poor, 28.0);
        assert_eq!(first.score, Some(with_category(3.0)));
        assert_eq!(first.score.unwrap().category, IpssrCategory::Low);
        assert_eq!(first.age_adjusted, Some(with_category(1.53)));
        assert_eq!(first.age_adjusted.unwrap().category, IpssrCategory::Low);
        let second = worked(8.2, 0.72, 239.0, 0.0, CytogeneticRisk::Good, 63.5);
        assert_eq!(second.score, Some(with_category(2.5)));
        // Exactly 2.25625: a tie, rounded up as published.
        assert_eq!(second.age_adjusted, Some(with_category(2.2563)));
        let at_seventy = worked(7.0, 0.5, 20.0, 15.0, CytogeneticRisk::VeryPoor, 70.0);
        assert_eq!(at_seventy.age_adjusted, at_seventy.score);
        assert_eq!(at_seventy.score.unwrap().category, IpssrCategory::VeryHigh);
    }

    #[test]
    fn what_is_missing_leaves_a_range() {
        let input = IpssrInput {
            cytogenetics: None,
            neutrophils: None,
            age: Some(80.0),
            ..lowest()
        };
        let actual = score(&input);
        assert_eq!((actual.score, actual.age_adjusted), (None, None));
        assert_eq!(actual.possible, [with_category(0.0), with_category(4.5)]);
        let unknown = score(&IpssrInput::default());
        assert_eq!(unknown.possible, [with_category(0.0), with_category(10.0)]);
    }

    #[test]
    fn outcomes_worsen_with_the_category() {
        for pair in IpssrCategory::ALL.windows(2) {
            assert!(pair[0] < pair[1]);
            assert!(pair[0].outcome().median_survival_years > pair[1].outcome().median_survival_years);
        }
        let total: f64 = IpssrCategory::ALL.iter().map(|c| c.outcome().share_percent).sum();
        assert!((total - 100.0).abs() < 1e-9);
    }
}
