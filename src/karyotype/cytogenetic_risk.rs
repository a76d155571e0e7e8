//! The five cytogenetic groups of IPSS-R, which IPSS-M uses too.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Cytogenetic group of IPSS-R (Schanz, J Clin Oncol 2012;30:820; Greenberg, Blood 2012;120:2454, Table 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum CytogeneticRisk {
    /// -Y; del(11q).
    #[serde(rename = "Very Good")]
    VeryGood,
    /// Normal; del(5q); del(12p); del(20q); double with del(5q).
    Good,
    /// del(7q); +8; +19; i(17q); any other single or double; independent clones.
    Intermediate,
    /// -7; inv(3)/t(3q)/del(3q); double with -7/del(7q); complex with three changes.
    Poor,
    /// Complex with more than three changes.
    #[serde(rename = "Very Poor")]
    VeryPoor,
}

/// Text that names no cytogenetic group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of Very Good, Good, Intermediate, Poor, Very Poor")]
pub struct NoCytogeneticRisk;

impl CytogeneticRisk {
    /// The groups from the best to the worst.
    pub const ALL: [Self; 5] = [
        Self::VeryGood,
        Self::Good,
        Self::Intermediate,
        Self::Poor,
        Self::VeryPoor,
    ];

    /// Returns the group's name as the published tables write it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::VeryGood => "Very Good",
            Self::Good => "Good",
            Self::Intermediate => "Intermediate",
            Self::Poor => "Poor",
            Self::VeryPoor => "Very Poor",
        }
    }

    /// Returns the points that IPSS-R gives it, 0 to 4 (Greenberg 2012, Table 3); the `CYTOVEC` of IPSS-M is the same.
    pub const fn points(self) -> u8 {
        match self {
            Self::VeryGood => 0,
            Self::Good => 1,
            Self::Intermediate => 2,
            Self::Poor => 3,
            Self::VeryPoor => 4,
        }
    }

    /// Returns the median overall survival of the group in years (Schanz 2012, as the IPSS-R table prints it).
    pub const fn median_survival_years(self) -> f64 {
        match self {
            Self::VeryGood => 5.4,
            Self::Good => 4.8,
            Self::Intermediate => 2.7,
            Self::Poor => 1.5,
            Self::VeryPoor => 0.7,
        }
    }
}

impl FromStr for CytogeneticRisk {
    type Err = NoCytogeneticRisk;

    /// Reads a group in any case, with blank, hyphen, underscore or nothing between the words; `Int` is Intermediate, as
    /// in the tables of the published IPSS-M cohort.
    fn from_str(text: &str) -> Result<Self, NoCytogeneticRisk> {
        let letters = || {
            text.bytes()
                .filter(|b| !matches!(b, b' ' | b'-' | b'_'))
                .map(|b| b.to_ascii_lowercase())
        };
        [
            ("verygood", Self::VeryGood),
            ("good", Self::Good),
            ("intermediate", Self::Intermediate),
            ("int", Self::Intermediate),
            ("poor", Self::Poor),
            ("verypoor", Self::VeryPoor),
        ]
        .into_iter()
        .find(|(name, _)| name.bytes().eq(letters()))
        .map(|(_, group)| group)
        .ok_or(NoCytogeneticRisk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_group_in_each_spelling() {
        for group in CytogeneticRisk::ALL {
            for text in [
                group.label().to_owned(),
                group.label().to_lowercase(),
                group.label().replace(' ', "-"),
                group.label().replace(' ', "_").to_uppercase(),
                group.label().replace(' ', ""),
            ] {
                assert_eq!(text.parse(), Ok(group), "{text}");
            }
        }
        assert_eq!("Int".parse(), Ok(CytogeneticRisk::Intermediate));
        assert_eq!("".parse::<CytogeneticRisk>(), Err(NoCytogeneticRisk));
        assert_eq!("Very".parse::<CytogeneticRisk>(), Err(NoCytogeneticRisk));
    }

    #[test]
    fn orders_from_good_to_bad() {
        for pair in CytogeneticRisk::ALL.windows(2) {
            assert!(pair[0] < pair[1]);
            assert_eq!(pair[0].points() + 1, pair[1].points());
            assert!(pair[0].median_survival_years() > pair[1].median_survival_years());
        }
    }
}
