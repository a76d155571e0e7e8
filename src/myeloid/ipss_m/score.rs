use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{IpssmVariable, MODEL, VariableSpec};
use super::{HemoglobinLimits, IpssmCategory, IpssmInput};
use crate::myeloid::rounding::round_as_r;

/// Decimals of a score (published implementation).
const DECIMALS: i32 = 2;
/// How far worst and best may lie apart for the mean to be reported as the score (published implementation).
const REPORTABLE_RANGE: f64 = 1.0;

/// Score under one assumption on what is missing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioScore {
    /// Sum of the contributions.
    pub raw: f64,
    /// The sum rounded to two decimals.
    pub score: f64,
    /// Category of the rounded score.
    pub category: IpssmCategory,
}

/// What is reported and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum IpssmComment {
    /// Nothing is missing that could change the score.
    #[serde(rename = "no uncertainty (no missing data)")]
    NoUncertainty,
    /// Worst and best lie at most one unit apart.
    #[serde(rename = "range (worst - best) below limit")]
    BelowLimit,
    /// They lie farther apart but fall in one category.
    #[serde(rename = "range (worst - best) above limit, but stable category")]
    StableCategory,
    /// They lie farther apart.
    #[serde(rename = "range (worst - best) above limit")]
    AboveLimit,
}

impl IpssmComment {
    /// Returns the text of the published R package.
    pub const fn text(self) -> &'static str {
        match self {
            Self::NoUncertainty => "no uncertainty (no missing data)",
            Self::BelowLimit => "range (worst - best) below limit",
            Self::StableCategory => "range (worst - best) above limit, but stable category",
            Self::AboveLimit => "range (worst - best) above limit",
        }
    }
}

/// The score to report.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IpssmReport {
    /// The score; `None` where too much is missing.
    pub score: Option<f64>,
    /// The category; `None` where too much is missing.
    pub category: Option<IpssmCategory>,
    /// Which rule decided.
    pub comment: IpssmComment,
}

/// What a variable adds to the score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Contribution {
    /// The variable.
    pub variable: IpssmVariable,
    /// Its value, as the model takes it; `None` where it is not known.
    pub value: Option<f64>,
    /// What it adds if it is the best it can be.
    pub best: f64,
    /// What it adds in the mean scenario; all three are equal where the value is known.
    pub mean: f64,
    /// What it adds if it is the worst it can be.
    pub worst: f64,
}

/// A variable that is not known and what knowing it could change.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MissingVariable {
    /// The variable.
    pub variable: IpssmVariable,
    /// Distance between the scores with its worst and its best value.
    pub range: f64,
}

/// IPSS-M of one patient.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IpssmResult {
    /// What is reported.
    pub report: IpssmReport,
    /// Everything missing is at its best.
    pub best: ScenarioScore,
    /// Everything missing is at its mean.
    pub mean: ScenarioScore,
    /// Everything missing is at its worst.
    pub worst: ScenarioScore,
    /// What each variable adds, in the order of the model.
    pub contributions: [Contribution; 22],
}

impl IpssmResult {
    /// Returns what is missing, the most important first.
    pub fn missing(&self) -> Vec<MissingVariable> {
        let mut missing: Vec<_> = self
            .contributions
            .iter()
            .filter(|c| c.value.is_none())
            .map(|c| MissingVariable {
                variable: c.variable,
                range: c.worst - c.best,
            })
            .collect();
        missing.sort_by(|a, b| b.range.total_cmp(&a.range));
        missing
    }
}

/// Computes IPSS-M.
pub fn score(input: &IpssmInput, limits: HemoglobinLimits) -> IpssmResult {
    let values = input.model_values(limits);
    let residual = input.residual();
    let contributions: [Contribution; 22] = std::array::from_fn(|index| {
        let spec = &MODEL[index];
        match values.get(index) {
            Some(Some(value)) => contribution(spec, Some(*value), [*value; 3]),
            Some(None) => contribution(spec, None, open_values(spec, input)),
            // The residual genes stand last; they are known when no gap among them could change their number.
            None => {
                let known = (residual[2] - residual[0]).abs() < f64::EPSILON;
                contribution(spec, known.then_some(residual[0]), residual)
            }
        }
    });
    let best = scenario(contributions.iter().map(|c| c.best));
    let mean = scenario(contributions.iter().map(|c| c.mean));
    let worst = scenario(contributions.iter().map(|c| c.worst));
    IpssmResult {
        report: report(best, mean, worst),
        best,
        mean,
        worst,
        contributions,
    }
}

/// Returns what a variable that is not known can be: best, mean, worst.
fn open_values(spec: &VariableSpec, input: &IpssmInput) -> [f64; 3] {
    match (spec.variable, input.cytogenetics_range) {
        (IpssmVariable::Cytogenetics, Some(range)) => {
            let [best, worst] = range.map(|c| f64::from(c.points()));
            [best, spec.mean.clamp(best, worst), worst]
        }
        _ => [spec.best, spec.mean, spec.worst],
    }
}

fn contribution(spec: &VariableSpec, value: Option<f64>, values: [f64; 3]) -> Contribution {
    let [best, mean, worst] = values.map(|x| (x - spec.mean) * spec.beta / std::f64::consts::LN_2);
    Contribution {
        variable: spec.variable,
        value,
        best,
        mean,
        worst,
    }
}

fn scenario(contributions: impl Iterator<Item = f64>) -> ScenarioScore {
    let raw = contributions.sum();
    let score = round_as_r(raw, DECIMALS);
    ScenarioScore {
        raw,
        score,
        category: IpssmCategory::of_rounded(score),
    }
}

fn report(best: ScenarioScore, mean: ScenarioScore, worst: ScenarioScore) -> IpssmReport {
    // On purpose the difference of two rounded doubles, as published: 1.07 - 0.07 is 1 and 2.3 - 1.3 is just below.
    let range = worst.score - best.score;
    let comment = if range.abs() <= 0.0 {
        IpssmComment::NoUncertainty
    } else if range <= REPORTABLE_RANGE {
        IpssmComment::BelowLimit
    } else if best.category == worst.category {
        IpssmComment::StableCategory
    } else {
        IpssmComment::AboveLimit
    };
    IpssmReport {
        score: matches!(comment, IpssmComment::NoUncertainty | IpssmComment::BelowLimit)
            .then_some(mean.score),
        category: (comment != IpssmComment::AboveLimit).then_some(mean.category),
        comment,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{GeneStates, IpssmGene};
    use super::*;
    use crate::myeloid::CytogeneticRisk;
    use crate::patient::Tp53Count;

    /// Hb 9.6, platelets 120, blasts 3, normal karyotype, no mutation.
    fn base() -> IpssmInput {
        IpssmInput {
            hemoglobin: Some(9.6),
            platelets: Some(120.0),
            marrow_blasts: Some(3.0),
            cytogenetics: Some(CytogeneticRisk::Good),
            cytogenetics_range: None,
            del5q: Some(false),
            del7_7q: Some(false),
            del17_17p: Some(false),
            complex: Some(false),
            tp53_mutations: Some(Tp53Count::None),
            tp53_max_vaf: Some(0.0),
            tp53_loh: Some(false),
            genes: GeneStates::UNMUTATED,
        }
    }

    fn published(input: &IpssmInput) -> IpssmResult {
        score(input, HemoglobinLimits::Published)
    }

    #[test]
    fn each_gene_with_a_weight_of_its_own_adds_it() {
        let without = published(&base()).best.raw;
        for spec in &MODEL {
            let IpssmVariable::Gene(gene) = spec.variable else {
                continue;
            };
            let mut input = base();
            input.genes[gene] = Some(true);
            let added = published(&input).best.raw - without;
            assert!(
                (added - spec.beta / std::f64::consts::LN_2).abs() < 1e-9,
                "{gene:?}"
            );
        }
        for gene in IpssmGene::RESIDUAL {
            let mut input = base();
            input.genes[gene] = Some(true);
            let added = published(&input).best.raw - without;
            assert!((added - 0.231 / std::f64::consts::LN_2).abs() < 1e-9, "{gene:?}");
        }
    }

    #[test]
    #[allow(clippy::float_cmp)] // Exact values are what is tested.
    fn a_group_that_is_open_in_part_bounds_the_scenarios() {
        use CytogeneticRisk::{Good, Poor, VeryPoor};
        let at = |group| {
            let known = IpssmInput {
                cytogenetics: Some(group),
                ..base()
            };
            published(&known).mean.score
        };
        let open = published(&IpssmInput {
            cytogenetics: None,
            cytogenetics_range: Some([Poor, VeryPoor]),
            ..base()
        });
        let scores = [open.best.score, open.mean.score, open.worst.score];
        // The mean of the cohort, 1.39, is better than what is possible here.
        assert_eq!(scores, [at(Poor), at(Poor), at(VeryPoor)]);
        let wider = published(&IpssmInput {
            cytogenetics: None,
            cytogenetics_range: Some([Good, VeryPoor]),
            ..base()
        });
        assert!(wider.best.score < wider.mean.score && wider.mean.score < wider.worst.score);
        assert_eq!(wider.best.score, at(Good));
    }

    #[test]
    fn limits_hold_where_they_are_published() {
        let with = |hemoglobin: f64, limits| {
            let input = IpssmInput {
                hemoglobin: Some(hemoglobin),
                ..base()
            };
            score(&input, limits).best.raw
        };
        let same = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(same(
            with(3.1, HemoglobinLimits::Published),
            with(4.0, HemoglobinLimits::Published)
        ));
        assert!(same(
            with(21.0, HemoglobinLimits::Published),
            with(20.0, HemoglobinLimits::Published)
        ));
        assert!(!same(
            with(3.1, HemoglobinLimits::None),
            with(4.0, HemoglobinLimits::None)
        ));
        assert!(same(
            with(4.0, HemoglobinLimits::None),
            with(4.0, HemoglobinLimits::Published)
        ));
    }

    #[test]
    fn says_what_is_missing_and_what_it_could_change() {
        let mut input = base();
        input.genes[IpssmGene::Flt3] = None;
        input.genes[IpssmGene::Wt1] = None;
        let actual = published(&input);
        let names: Vec<_> = actual
            .missing()
            .iter()
            .map(|m| (m.variable.label(), m.range))
            .collect();
        assert_eq!(names[0].0, "FLT3");
        assert!((names[0].1 - 0.798 / std::f64::consts::LN_2).abs() < 1e-9);
        assert_eq!(names[1].0, "nRes2");
        assert!((names[1].1 - 0.231 / std::f64::consts::LN_2).abs() < 1e-9);
        let total: f64 = actual.missing().iter().map(|m| m.range).sum();
        assert!((total - (actual.worst.raw - actual.best.raw)).abs() < 1e-9);
        assert!(published(&base()).missing().is_empty());
    }

    #[test]
    fn a_missing_residual_gene_beyond_the_second_changes_nothing() {
        let mut input = base();
        for gene in [IpssmGene::Bcor, IpssmGene::Stag2] {
            input.genes[gene] = Some(true);
        }
        input.genes[IpssmGene::Wt1] = None;
        let actual = published(&input);
        assert_eq!(actual.report.comment, IpssmComment::NoUncertainty);
        assert!(actual.missing().is_empty());
    }

    fn at(score: f64) -> ScenarioScore {
        ScenarioScore {
            raw: score,
            score,
            category: IpssmCategory::of_rounded(score),
        }
    }

    #[test]
    fn reports_by_each_row_of_the_rule() {
        for (best, mean, worst, score, category, comment) in [
            (
                0.3,
                0.3,
                0.3,
                Some(0.3),
                Some(IpssmCategory::ModerateHigh),
                IpssmComment::NoUncertainty,
            ),
            (
                0.3,
                0.4,
                1.3,
                Some(0.4),
                Some(IpssmCategory::ModerateHigh),
                IpssmComment::BelowLimit,
            ),
            (0.3, 0.4, 1.31, None, None, IpssmComment::AboveLimit),
            (
                1.6,
                2.0,
                2.6,
                Some(2.0),
                Some(IpssmCategory::VeryHigh),
                IpssmComment::BelowLimit,
            ),
            (
                1.6,
                2.0,
                2.61,
                None,
                Some(IpssmCategory::VeryHigh),
                IpssmComment::StableCategory,
            ),
            (1.5, 2.0, 2.61, None, None, IpssmComment::AboveLimit),
        ] {
            let actual = report(at(best), at(mean), at(worst));
            assert_eq!(
                actual,
                IpssmReport {
                    score,
                    category,
                    comment
                },
                "{best} {mean} {worst}"
            );
        }
    }
}
