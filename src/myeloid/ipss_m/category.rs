use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::words::Phrase;

/// Risk category of IPSS-M (Bernard 2022).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)] // Names say it.
pub enum IpssmCategory {
    #[serde(rename = "Very Low")]
    VeryLow,
    Low,
    #[serde(rename = "Moderate Low")]
    ModerateLow,
    #[serde(rename = "Moderate High")]
    ModerateHigh,
    High,
    #[serde(rename = "Very High")]
    VeryHigh,
}

/// What happened to patients of a category: Bernard 2022, 2,701 patients.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IpssmOutcome {
    /// Share of the cohort, per cent.
    pub share_percent: f64,
    /// Leukemia-free survival in years: lower quartile, median, upper quartile.
    pub leukemia_free_survival_years: [f64; 3],
    /// Overall survival in years: lower quartile, median, upper quartile.
    pub overall_survival_years: [f64; 3],
    /// Cumulative incidence of acute leukemia after 1, 2 and 4 years, per cent; death without it competes.
    pub leukemia_percent_at_1_2_4_years: [f64; 3],
}

const fn outcome(
    share_percent: f64,
    leukemia_free_survival_years: [f64; 3],
    overall_survival_years: [f64; 3],
    leukemia_percent_at_1_2_4_years: [f64; 3],
) -> IpssmOutcome {
    IpssmOutcome {
        share_percent,
        leukemia_free_survival_years,
        overall_survival_years,
        leukemia_percent_at_1_2_4_years,
    }
}

impl IpssmCategory {
    /// The categories from the best to the worst.
    pub const ALL: [Self; 6] = [
        Self::VeryLow,
        Self::Low,
        Self::ModerateLow,
        Self::ModerateHigh,
        Self::High,
        Self::VeryHigh,
    ];

    /// Highest score of each category but the last (Bernard 2022, Table 2).
    const UPPER: [f64; 5] = [-1.5, -0.5, 0.0, 0.5, 1.5];

    /// Returns the category of a score that has been rounded to two decimals.
    pub fn of_rounded(score: f64) -> Self {
        Self::UPPER
            .iter()
            .position(|upper| score <= *upper)
            .map_or(Self::VeryHigh, |index| Self::ALL[index])
    }

    /// Returns its name in words.
    pub const fn words(self) -> Phrase {
        match self {
            Self::VeryLow => Phrase::new("IpssmCategory", "VeryLow"),
            Self::Low => Phrase::new("IpssmCategory", "Low"),
            Self::ModerateLow => Phrase::new("IpssmCategory", "ModerateLow"),
            Self::ModerateHigh => Phrase::new("IpssmCategory", "ModerateHigh"),
            Self::High => Phrase::new("IpssmCategory", "High"),
            Self::VeryHigh => Phrase::new("IpssmCategory", "VeryHigh"),
        }
    }

    /// Returns its English name, as published tables write it.
    pub fn label(self) -> &'static str {
        self.words().en()
    }

    /// Returns what happened to patients of the category. Shares, survival and leukemia at one year are published
    /// (Bernard 2022); leukemia at two and four years is computed from the published cohort.
    pub const fn outcome(self) -> IpssmOutcome {
        match self {
            Self::VeryLow => outcome(14.0, [2.5, 9.7, 17.4], [5.1, 10.6, 17.4], [0.0, 1.2, 2.8]),
            Self::Low => outcome(33.0, [2.6, 5.9, 12.0], [3.0, 6.0, 12.8], [1.7, 3.4, 5.0]),
            Self::ModerateLow => outcome(11.0, [2.0, 4.5, 7.4], [2.0, 4.6, 7.4], [4.9, 8.8, 11.4]),
            Self::ModerateHigh => outcome(11.0, [0.9, 2.3, 4.5], [1.2, 2.8, 5.5], [9.5, 14.0, 18.8]),
            Self::High => outcome(14.0, [0.8, 1.5, 2.8], [1.0, 1.7, 3.0], [14.3, 21.2, 29.1]),
            Self::VeryHigh => outcome(17.0, [0.33, 0.76, 1.5], [0.5, 1.0, 1.8], [28.2, 38.6, 42.8]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_border_belongs_to_the_lower_category() {
        for (score, expected) in [
            (-4.69, IpssmCategory::VeryLow),
            (-1.5, IpssmCategory::VeryLow),
            (-1.49, IpssmCategory::Low),
            (-0.5, IpssmCategory::Low),
            (-0.49, IpssmCategory::ModerateLow),
            (0.0, IpssmCategory::ModerateLow),
            (0.01, IpssmCategory::ModerateHigh),
            (0.5, IpssmCategory::ModerateHigh),
            (0.51, IpssmCategory::High),
            (1.5, IpssmCategory::High),
            (1.51, IpssmCategory::VeryHigh),
        ] {
            assert_eq!(IpssmCategory::of_rounded(score), expected, "{score}");
        }
    }

    #[test]
    fn outcomes_worsen_with_the_category() {
        for pair in IpssmCategory::ALL.windows(2) {
            let (better, worse) = (pair[0].outcome(), pair[1].outcome());
            for quartile in 0..3 {
                assert!(better.overall_survival_years[quartile] >= worse.overall_survival_years[quartile]);
                assert!(
                    better.leukemia_percent_at_1_2_4_years[quartile]
                        < worse.leukemia_percent_at_1_2_4_years[quartile]
                );
            }
            assert!(better.leukemia_free_survival_years[1] > worse.leukemia_free_survival_years[1]);
            assert!(pair[0] < pair[1] && pair[0].words().ja().contains(pair[0].label()));
        }
        let total: f64 = IpssmCategory::ALL.iter().map(|c| c.outcome().share_percent).sum();
        assert!((total - 100.0).abs() < 1e-9);
    }
}
