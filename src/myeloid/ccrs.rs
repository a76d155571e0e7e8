//! CCRS, the Clonal Cytopenia Risk Score (Xie et al., Blood 2024;144(19):2033), for CCUS.

mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use table::{CcrsRow, CcrsTable};

/// Splicing genes. The abstract of Xie 2024, read, says "splicing mutation" and names no gene: that it means the four which a meta-analysis
/// of splicing mutations in MDS counts (Medicine 2019, PMC6571257, abstract) is an assumption.
pub const SPLICING_GENES: [&str; 4] = ["SF3B1", "SRSF2", "U2AF1", "ZRSR2"];

/// Platelets below this, 10^9/L, count (Xie 2024, abstract).
const LOW_PLATELETS: f64 = 100.0;
/// Score from which the risk is intermediate, and high (Xie 2024, abstract).
const INTERMEDIATE_FROM: f64 = 2.5;
const HIGH_FROM: f64 = 5.0;

/// What the score is computed from. `None` is "not known".
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CcrsInput {
    /// A mutation of a splicing gene.
    pub splicing_mutation: Option<bool>,
    /// Platelets, 10^9/L.
    pub platelets: Option<f64>,
    /// Number of driver mutations.
    pub mutations: Option<u32>,
}

/// Group of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum CcrsGroup {
    /// Below 2.5.
    Low,
    /// 2.5 to below 5.
    Intermediate,
    /// 5 and more.
    High,
}

/// A feature of the score, named as its input column.
#[allow(missing_docs)] // Names say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CcrsFeature {
    SplicingMutation,
    Platelets,
    Mutations,
}

impl CcrsFeature {
    /// Returns the input column.
    pub const fn column(self) -> &'static str {
        match self {
            Self::SplicingMutation => "splicing_mutation",
            Self::Platelets => "platelets",
            Self::Mutations => "mutations",
        }
    }
}

/// Points of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CcrsPoints {
    /// The feature.
    pub feature: CcrsFeature,
    /// Points; `None` where it is not known.
    pub points: Option<f64>,
    /// Most points that it can have.
    pub most: f64,
}

/// CCRS of one person.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CcrsResult {
    /// The score; `None` where a feature is not known.
    pub score: Option<f64>,
    /// The group; known too where every score still possible falls in one.
    pub group: Option<CcrsGroup>,
    /// Lowest and highest score still possible.
    pub possible: [f64; 2],
    /// Points of each feature.
    pub points: [CcrsPoints; 3],
}

impl CcrsGroup {
    /// The groups from the best to the worst.
    pub const ALL: [Self; 3] = [Self::Low, Self::Intermediate, Self::High];

    /// Returns the group of a score.
    pub fn of(score: f64) -> Self {
        if score < INTERMEDIATE_FROM {
            Self::Low
        } else if score < HIGH_FROM {
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

    /// Returns the share with a myeloid neoplasm within two years, per cent (Xie 2024, abstract; 357 patients).
    pub const fn two_year_myeloid_neoplasm_percent(self) -> f64 {
        match self {
            Self::Low => 6.4,
            Self::Intermediate => 14.1,
            Self::High => 37.2,
        }
    }
}

/// Computes CCRS (Xie 2024, abstract).
pub fn score(input: &CcrsInput) -> CcrsResult {
    let points = [
        (CcrsFeature::SplicingMutation, input.splicing_mutation, 2.0),
        (
            CcrsFeature::Platelets,
            input.platelets.map(|p| p < LOW_PLATELETS),
            2.5,
        ),
        (CcrsFeature::Mutations, input.mutations.map(|n| n >= 2), 3.0),
    ]
    .map(|(feature, answer, most)| CcrsPoints {
        feature,
        points: answer.map(|yes| if yes { most } else { 0.0 }),
        most,
    });
    let lowest: f64 = points.iter().map(|p| p.points.unwrap_or(0.0)).sum();
    let highest: f64 = points.iter().map(|p| p.points.unwrap_or(p.most)).sum();
    let (low, high) = (CcrsGroup::of(lowest), CcrsGroup::of(highest));
    CcrsResult {
        score: points.iter().all(|p| p.points.is_some()).then_some(lowest),
        group: (low == high).then_some(low),
        possible: [lowest, highest],
        points,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: [f64; 2], b: [f64; 2]) -> bool {
        a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12)
    }

    #[test]
    fn every_combination_has_its_score_and_group() {
        for (splicing, platelets, mutations, expected, group) in [
            (false, 100.0, 1, 0.0, CcrsGroup::Low),
            (true, 100.0, 1, 2.0, CcrsGroup::Low),
            (false, 99.9, 1, 2.5, CcrsGroup::Intermediate),
            (false, 100.0, 2, 3.0, CcrsGroup::Intermediate),
            (true, 99.9, 1, 4.5, CcrsGroup::Intermediate),
            (true, 100.0, 2, 5.0, CcrsGroup::High),
            (false, 99.9, 2, 5.5, CcrsGroup::High),
            (true, 99.9, 3, 7.5, CcrsGroup::High),
        ] {
            let actual = score(&CcrsInput {
                splicing_mutation: Some(splicing),
                platelets: Some(platelets),
                mutations: Some(mutations),
            });
            assert_eq!(
                (actual.score, actual.group),
                (Some(expected), Some(group)),
                "{splicing} {platelets} {mutations}"
            );
        }
    }

    #[test]
    fn what_is_missing_leaves_a_range() {
        let actual = score(&CcrsInput {
            splicing_mutation: Some(true),
            platelets: None,
            mutations: Some(2),
        });
        assert_eq!(actual.score, None);
        assert!(same(actual.possible, [5.0, 7.5]));
        assert_eq!(actual.group, Some(CcrsGroup::High));
        let unknown = score(&CcrsInput::default());
        assert_eq!(unknown.group, None);
        assert!(same(unknown.possible, [0.0, 7.5]));
        assert!(CcrsGroup::Low.two_year_myeloid_neoplasm_percent() < 7.0);
    }
}
