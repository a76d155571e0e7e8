//! CHRS, the Clonal Hematopoiesis Risk Score (Weeks et al., NEJM Evid 2023;2(5):EVIDoa2200310).
//!
//! For clonal hematopoiesis with or without cytopenia, not for a patient with a myeloid neoplasm. The points are those of
//! its Table 2 as public texts quote it; borders are "at least", as the abstract words them.

mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use table::{ChrsRow, ChrsTable};
pub(in crate::myeloid) use table::{agreed, makes_clone, too_small};

/// Genes whose mutation is high-risk (Weeks 2023, Table 2, as a public calculator specification quotes it). U2AF1 is not
/// in the printed list.
pub const HIGH_RISK_GENES: [&str; 9] = [
    "SRSF2", "SF3B1", "ZRSR2", "IDH1", "IDH2", "FLT3", "RUNX1", "JAK2", "TP53",
];

/// VAF of a large clone (Weeks 2023, abstract).
const LARGE_VAF: f64 = 0.2;
/// Wide red cell distribution, per cent (Weeks 2023).
const WIDE_RDW: f64 = 15.0;
/// Large red cells, fL (Weeks 2023).
const LARGE_MCV: f64 = 100.0;
/// Age, years (Weeks 2023).
const OLD_AGE: f64 = 65.0;
/// Highest score of the low group (Weeks 2023).
const LOW_UP_TO: f64 = 9.5;
/// Highest score of the intermediate group: scores go by halves and the high group begins at 12.5 (Weeks 2023).
const INTERMEDIATE_UP_TO: f64 = 12.0;

/// What the score is computed from. `None` is "not known".
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ChrsInput {
    /// Exactly one mutation, and it is in DNMT3A.
    pub single_dnmt3a: Option<bool>,
    /// A mutation in a high-risk gene.
    pub high_risk_mutation: Option<bool>,
    /// Number of driver mutations.
    pub mutations: Option<u32>,
    /// Largest VAF, 0 to 1.
    pub largest_vaf: Option<f64>,
    /// Red cell distribution width, per cent.
    pub rdw: Option<f64>,
    /// Mean corpuscular volume, fL.
    pub mcv: Option<f64>,
    /// Cytopenia without another cause: CCUS.
    pub cytopenia: Option<bool>,
    /// Age, years.
    pub age: Option<f64>,
}

/// Group of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum ChrsGroup {
    /// Up to 9.5.
    Low,
    /// 10 to 12.
    Intermediate,
    /// 12.5 and more.
    High,
}

/// What happened to people of a group: Weeks 2023, 11,337 people of the UK Biobank.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChrsOutcome {
    /// Share of people, per cent.
    pub share_percent: f64,
    /// Myeloid neoplasm within ten years, per cent.
    pub ten_year_myeloid_neoplasm_percent: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// A feature of the score, named as its input column.
#[allow(missing_docs)] // Names say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChrsFeature {
    SingleDnmt3a,
    HighRiskMutation,
    Mutations,
    MaxVaf,
    Rdw,
    Mcv,
    Cytopenia,
    Age,
}

impl ChrsFeature {
    /// Returns the input column.
    pub const fn column(self) -> &'static str {
        match self {
            Self::SingleDnmt3a => "single_dnmt3a",
            Self::HighRiskMutation => "high_risk_mutation",
            Self::Mutations => "mutations",
            Self::MaxVaf => "max_vaf",
            Self::Rdw => "rdw",
            Self::Mcv => "mcv",
            Self::Cytopenia => "cytopenia",
            Self::Age => "age",
        }
    }
}

/// Points of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChrsPoints {
    /// The feature.
    pub feature: ChrsFeature,
    /// Fewest points possible.
    pub lowest: f64,
    /// Most points possible; equal to the fewest where the feature is known.
    pub highest: f64,
    /// Whether it is known.
    pub known: bool,
}

/// CHRS of one person.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChrsResult {
    /// The score; `None` where a feature is not known.
    pub score: Option<f64>,
    /// The group; known too where every score still possible falls in one.
    pub group: Option<ChrsGroup>,
    /// Lowest and highest score still possible.
    pub possible: [f64; 2],
    /// Points of each feature.
    pub points: [ChrsPoints; 8],
}

impl ChrsGroup {
    /// The groups from the best to the worst.
    pub const ALL: [Self; 3] = [Self::Low, Self::Intermediate, Self::High];

    /// Returns the group of a score.
    pub fn of(score: f64) -> Self {
        if score <= LOW_UP_TO {
            Self::Low
        } else if score <= INTERMEDIATE_UP_TO {
            Self::Intermediate
        } else {
            Self::High
        }
    }

    /// Returns its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Intermediate => "Intermediate",
            Self::High => "High",
        }
    }

    /// Returns what happened to people of the group (Weeks 2023).
    pub const fn outcome(self) -> ChrsOutcome {
        let (share_percent, ten_year_myeloid_neoplasm_percent, standard_error) = match self {
            Self::Low => (88.4, 0.67, 0.083),
            Self::Intermediate => (10.5, 7.83, 0.81),
            Self::High => (1.1, 52.2, 4.96),
        };
        ChrsOutcome {
            share_percent,
            ten_year_myeloid_neoplasm_percent,
            standard_error,
        }
    }
}

fn points(feature: ChrsFeature, answer: Option<bool>, no: f64, yes: f64) -> ChrsPoints {
    let (lowest, highest) = match answer {
        Some(true) => (yes, yes),
        Some(false) => (no, no),
        None => (no.min(yes), no.max(yes)),
    };
    ChrsPoints {
        feature,
        lowest,
        highest,
        known: answer.is_some(),
    }
}

/// Computes CHRS (Weeks 2023, Table 2).
pub fn score(input: &ChrsInput) -> ChrsResult {
    let points = [
        points(ChrsFeature::SingleDnmt3a, input.single_dnmt3a, 1.0, 0.5),
        points(ChrsFeature::HighRiskMutation, input.high_risk_mutation, 1.0, 2.5),
        points(ChrsFeature::Mutations, input.mutations.map(|n| n >= 2), 1.0, 2.0),
        points(
            ChrsFeature::MaxVaf,
            input.largest_vaf.map(|v| v >= LARGE_VAF),
            1.0,
            2.0,
        ),
        points(ChrsFeature::Rdw, input.rdw.map(|r| r >= WIDE_RDW), 1.0, 2.5),
        points(ChrsFeature::Mcv, input.mcv.map(|m| m >= LARGE_MCV), 1.0, 2.5),
        points(ChrsFeature::Cytopenia, input.cytopenia, 1.0, 1.5),
        points(ChrsFeature::Age, input.age.map(|a| a >= OLD_AGE), 1.0, 1.5),
    ];
    // Points are halves, so that the sums are exact.
    let lowest: f64 = points.iter().map(|p| p.lowest).sum();
    let highest: f64 = points.iter().map(|p| p.highest).sum();
    let (low, high) = (ChrsGroup::of(lowest), ChrsGroup::of(highest));
    ChrsResult {
        score: points.iter().all(|p| p.known).then_some(lowest),
        group: (low == high).then_some(low),
        possible: [lowest, highest],
        points,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lowest() -> ChrsInput {
        ChrsInput {
            single_dnmt3a: Some(true),
            high_risk_mutation: Some(false),
            mutations: Some(1),
            largest_vaf: Some(0.199),
            rdw: Some(14.9),
            mcv: Some(99.9),
            cytopenia: Some(false),
            age: Some(64.9),
        }
    }

    fn same(a: [f64; 2], b: [f64; 2]) -> bool {
        a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12)
    }

    type Set = fn(&mut ChrsInput);

    #[test]
    fn every_row_of_the_table_gives_its_points() {
        let rows: [(Set, f64); 10] = [
            (|_| (), 7.5),
            (|i| i.single_dnmt3a = Some(false), 8.0),
            (|i| i.high_risk_mutation = Some(true), 9.0),
            (|i| i.mutations = Some(2), 8.5),
            (|i| i.mutations = Some(9), 8.5),
            (|i| i.largest_vaf = Some(0.2), 8.5),
            (|i| i.rdw = Some(15.0), 9.0),
            (|i| i.mcv = Some(100.0), 9.0),
            (|i| i.cytopenia = Some(true), 8.0),
            (|i| i.age = Some(65.0), 8.0),
        ];
        for (index, (set, expected)) in rows.into_iter().enumerate() {
            let mut input = lowest();
            set(&mut input);
            let actual = score(&input);
            assert_eq!(actual.score, Some(expected), "row {index}");
            assert_eq!(actual.group, Some(ChrsGroup::Low), "row {index}");
        }
        let highest = ChrsInput {
            single_dnmt3a: Some(false),
            high_risk_mutation: Some(true),
            mutations: Some(3),
            largest_vaf: Some(0.4),
            rdw: Some(16.0),
            mcv: Some(110.0),
            cytopenia: Some(true),
            age: Some(80.0),
        };
        assert_eq!(score(&highest).score, Some(15.5));
        assert_eq!(score(&highest).group, Some(ChrsGroup::High));
    }

    #[test]
    fn each_border_of_the_groups() {
        for (score, expected) in [
            (7.5, ChrsGroup::Low),
            (9.5, ChrsGroup::Low),
            (10.0, ChrsGroup::Intermediate),
            (12.0, ChrsGroup::Intermediate),
            (12.5, ChrsGroup::High),
            (15.5, ChrsGroup::High),
        ] {
            assert_eq!(ChrsGroup::of(score), expected, "{score}");
        }
        assert!(ChrsGroup::Low.outcome().ten_year_myeloid_neoplasm_percent < 1.0);
        let total: f64 = [ChrsGroup::Low, ChrsGroup::Intermediate, ChrsGroup::High]
            .iter()
            .map(|g| g.outcome().share_percent)
            .sum();
        assert!((total - 100.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_missing_leaves_a_range() {
        let input = ChrsInput {
            rdw: None,
            ..lowest()
        };
        let actual = score(&input);
        assert_eq!(actual.score, None);
        assert!(same(actual.possible, [7.5, 9.0]));
        // Either way it is low.
        assert_eq!(actual.group, Some(ChrsGroup::Low));
        let unknown = score(&ChrsInput::default());
        assert_eq!((unknown.score, unknown.group), (None, None));
        assert!(same(unknown.possible, [7.5, 15.5]));
    }
}
