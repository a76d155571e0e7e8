//! What the risk models have in common: factors with their boundary, totals, groups and outcomes.
//!
//! A missing factor leaves a range. Where every total of the range falls into one group the group is given; else all groups
//! that remain possible are listed and no single figure is printed.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A risk group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Low.
    Low,
    /// Low-intermediate.
    LowIntermediate,
    /// Intermediate.
    Intermediate,
    /// High-intermediate.
    HighIntermediate,
    /// Not high, in lists that know only high and not high.
    NotHigh,
    /// High.
    High,
    /// Stage I.
    StageI,
    /// Stage II.
    StageIi,
    /// Stage III.
    StageIii,
    /// Stage IV.
    StageIv,
}

impl Group {
    /// The name in JSON, tables and words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::LowIntermediate => "low_intermediate",
            Self::Intermediate => "intermediate",
            Self::HighIntermediate => "high_intermediate",
            Self::NotHigh => "not_high",
            Self::High => "high",
            Self::StageI => "stage_i",
            Self::StageIi => "stage_ii",
            Self::StageIii => "stage_iii",
            Self::StageIv => "stage_iv",
        }
    }
}

/// How a value is held against its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Comparison {
    /// The limit itself counts.
    #[serde(rename = ">=")]
    AtLeast,
    /// The limit itself does not count.
    #[serde(rename = ">")]
    MoreThan,
}

impl Comparison {
    fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Self::AtLeast => value >= limit,
            Self::MoreThan => value > limit,
        }
    }

    /// The sign.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::MoreThan => ">",
        }
    }
}

/// Whether a factor is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactorState {
    /// It counts.
    Present,
    /// It does not count.
    Absent,
    /// Not known.
    NotAssessed,
}

/// One factor of a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Factor {
    /// Key of its words.
    pub id: String,
    /// The value held against the limit.
    pub value: Option<f64>,
    /// Unit of value and limit.
    pub unit: String,
    /// How it is compared.
    pub comparison: Option<Comparison>,
    /// The limit.
    pub limit: Option<f64>,
    /// Whether it is there.
    pub state: FactorState,
    /// Points that it adds, if known.
    pub points: Option<u32>,
    /// Every number of points that it can add.
    pub points_possible: Vec<u32>,
}

/// A step of a point scale: values up to `top` (included) give `points`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Band {
    top: f64,
    points: u32,
}

impl Band {
    pub(crate) const fn up_to(top: f64, points: u32) -> Self {
        Self { top, points }
    }

    pub(crate) const fn above(points: u32) -> Self {
        Self {
            top: f64::INFINITY,
            points,
        }
    }
}

impl Factor {
    fn new(id: &str, present: Option<bool>) -> Self {
        Self {
            id: id.to_owned(),
            value: None,
            unit: String::new(),
            comparison: None,
            limit: None,
            state: match present {
                Some(true) => FactorState::Present,
                Some(false) => FactorState::Absent,
                None => FactorState::NotAssessed,
            },
            points: present.map(u32::from),
            points_possible: present.map_or(vec![0, 1], |p| vec![u32::from(p)]),
        }
    }

    pub(crate) fn yes_no(id: &str, present: Option<bool>) -> Self {
        Self::new(id, present)
    }

    pub(crate) fn number(id: &str, value: Option<f64>, unit: &str, how: Comparison, limit: f64) -> Self {
        Self {
            value,
            unit: unit.to_owned(),
            comparison: Some(how),
            limit: Some(limit),
            ..Self::new(id, value.map(|v| how.holds(v, limit)))
        }
    }

    /// A factor whose points rise with its value.
    pub(crate) fn banded(id: &str, value: Option<f64>, unit: &str, bands: &[Band]) -> Self {
        let points = value.and_then(|v| bands.iter().find(|b| v <= b.top).map(|b| b.points));
        Self {
            value,
            unit: unit.to_owned(),
            points,
            points_possible: points.map_or_else(|| bands.iter().map(|b| b.points).collect(), |p| vec![p]),
            ..Self::new(id, points.map(|p| p > 0))
        }
    }

    /// The same factor, worth so many points instead of one.
    pub(crate) fn worth(mut self, points: u32) -> Self {
        self.points = self.points.map(|p| p * points);
        for p in &mut self.points_possible {
            *p *= points;
        }
        self
    }
}

/// What a group is said to mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Outcome {
    group: Group,
    percent: Option<f64>,
    competing: Option<f64>,
    relative_risk: Option<f64>,
    median_months: Option<f64>,
    survival: Option<f64>,
}

impl Outcome {
    pub(crate) const fn new(group: Group) -> Self {
        Self {
            group,
            percent: None,
            competing: None,
            relative_risk: None,
            median_months: None,
            survival: None,
        }
    }

    pub(crate) const fn percent(mut self, value: f64) -> Self {
        self.percent = Some(value);
        self
    }

    pub(crate) const fn competing(mut self, value: f64) -> Self {
        self.competing = Some(value);
        self
    }

    pub(crate) const fn relative_risk(mut self, value: f64) -> Self {
        self.relative_risk = Some(value);
        self
    }

    pub(crate) const fn survival(mut self, percent: f64) -> Self {
        self.survival = Some(percent);
        self
    }

    pub(crate) const fn median_months(mut self, value: f64) -> Self {
        self.median_months = Some(value);
        self
    }
}

/// A model with its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RiskModel {
    /// Key of its words.
    pub id: String,
    /// False where the stage is not certain and the model would hold only for one of the possible stages.
    pub stage_is_certain: bool,
    /// A condition that must hold before factors are counted.
    pub required: Option<Factor>,
    /// Its factors.
    pub factors: Vec<Factor>,
    /// Sum of factors or points, if all are known.
    pub total: Option<u32>,
    /// Smallest sum that is possible.
    pub total_min: u32,
    /// Largest sum that is possible.
    pub total_max: u32,
    /// The group, if it is certain.
    pub group: Option<Group>,
    /// Every group that is possible, the mildest first.
    pub groups_possible: Vec<Group>,
    /// Progression within the horizon, %.
    pub progression_percent: Option<f64>,
    /// The same with death competing, %.
    pub progression_percent_competing: Option<f64>,
    /// Lowest and highest progression of the possible groups, %.
    pub progression_percent_range: Option<(f64, f64)>,
    /// Years that the percentage speaks of.
    pub horizon_years: Option<u32>,
    /// Overall survival at the horizon, %.
    #[serde(default)]
    pub survival_percent: Option<f64>,
    /// Lowest and highest survival of the possible groups, %.
    #[serde(default)]
    pub survival_percent_range: Option<(f64, f64)>,
    /// Risk relative to the lowest group.
    pub relative_risk: Option<f64>,
    /// Median time to progression, months.
    pub median_months_to_progression: Option<f64>,
    /// Some figure of the model was carried from memory of the paper and not seen in print.
    pub from_memory: bool,
    /// Source keys.
    pub sources: Vec<String>,
}

pub(crate) struct ModelBuilder {
    id: &'static str,
    horizon: u32,
    sources: &'static [&'static str],
    from_memory: bool,
    required: Option<Factor>,
    factors: Vec<Factor>,
}

impl ModelBuilder {
    /// A horizon of 0 years: the model gives no percentage.
    pub(crate) fn new(id: &'static str, horizon: u32, sources: &'static [&'static str]) -> Self {
        Self {
            id,
            horizon,
            sources,
            from_memory: false,
            required: None,
            factors: Vec::new(),
        }
    }

    pub(crate) fn remembered(mut self) -> Self {
        self.from_memory = true;
        self
    }

    pub(crate) fn required(mut self, factor: Factor) -> Self {
        self.required = Some(factor);
        self
    }

    pub(crate) fn factor(mut self, factor: Factor) -> Self {
        self.factors.push(factor);
        self
    }

    /// One outcome per number of factors.
    pub(crate) fn by_count(self, outcomes: &[Outcome]) -> RiskModel {
        self.finish(|total| {
            let index = usize::try_from(total).unwrap_or(usize::MAX);
            outcomes.get(index).or(outcomes.last()).copied()
        })
    }

    /// As `by_count`; `high` is the number from which the list calls the risk high.
    pub(crate) fn by_count_from(self, outcomes: &[Outcome], high: u32) -> RiskModel {
        debug_assert!(
            outcomes
                .iter()
                .zip(0..)
                .all(|(o, n)| (o.group == Group::High) == (n >= high))
        );
        self.by_count(outcomes)
    }

    /// One outcome for each sum, which is a code of what was found and no count: it is not told.
    pub(crate) fn by_code(self, outcome: impl Fn(u32) -> Option<Outcome>) -> RiskModel {
        let mut model = self.finish(outcome);
        for factor in &mut model.factors {
            factor.points = None;
            factor.points_possible.clear();
        }
        RiskModel {
            total: None,
            total_min: 0,
            total_max: 0,
            ..model
        }
    }

    /// The outcome of the first entry whose largest total is not exceeded.
    pub(crate) fn by_points(self, groups: &[(u32, Outcome)]) -> RiskModel {
        self.finish(|total| groups.iter().find(|(top, _)| total <= *top).map(|(_, o)| *o))
    }

    fn totals(&self) -> BTreeSet<u32> {
        let mut totals = BTreeSet::from([0]);
        for factor in &self.factors {
            totals = totals
                .iter()
                .flat_map(|t| factor.points_possible.iter().map(move |p| t + p))
                .collect();
        }
        match self.required.as_ref().map(|r| r.state) {
            Some(FactorState::Absent) => BTreeSet::from([0]),
            Some(FactorState::NotAssessed) => {
                totals.insert(0);
                totals
            }
            Some(FactorState::Present) | None => totals,
        }
    }

    fn finish(self, outcome: impl Fn(u32) -> Option<Outcome>) -> RiskModel {
        let totals = self.totals();
        let outcomes: Vec<Outcome> = totals.iter().filter_map(|t| outcome(*t)).collect();
        let mut groups: Vec<Group> = outcomes.iter().map(|o| o.group).collect();
        groups.sort();
        groups.dedup();
        let agreed = outcomes
            .first()
            .filter(|first| outcomes.iter().all(|o| o == *first))
            .copied();
        let range = |of: fn(&Outcome) -> Option<f64>| {
            let all: Vec<f64> = outcomes.iter().filter_map(of).collect();
            let smallest = all.iter().copied().reduce(f64::min);
            smallest.zip(all.iter().copied().reduce(f64::max))
        };
        let (low, high) = (totals.first().copied(), totals.last().copied());
        RiskModel {
            id: self.id.to_owned(),
            stage_is_certain: true,
            required: self.required,
            factors: self.factors,
            total: low.filter(|_| totals.len() == 1),
            total_min: low.unwrap_or(0),
            total_max: high.unwrap_or(0),
            group: groups.first().copied().filter(|_| groups.len() == 1),
            groups_possible: groups,
            progression_percent: agreed.and_then(|o| o.percent),
            progression_percent_competing: agreed.and_then(|o| o.competing),
            progression_percent_range: range(|o| o.percent),
            survival_percent: agreed.and_then(|o| o.survival),
            survival_percent_range: range(|o| o.survival),
            horizon_years: (self.horizon > 0).then_some(self.horizon),
            relative_risk: agreed.and_then(|o| o.relative_risk),
            median_months_to_progression: agreed.and_then(|o| o.median_months),
            from_memory: self.from_memory,
            sources: self.sources.iter().map(|s| (*s).to_owned()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: [Outcome; 3] = [
        Outcome::new(Group::Low).percent(1.0),
        Outcome::new(Group::High).percent(9.0),
        Outcome::new(Group::High).percent(9.0),
    ];

    fn model(a: Option<bool>, b: Option<bool>) -> RiskModel {
        ModelBuilder::new("x", 2, &["s"])
            .factor(Factor::yes_no("a", a))
            .factor(Factor::yes_no("b", b))
            .by_count(&TABLE)
    }

    #[test]
    fn a_missing_factor_leaves_a_range_and_no_figure() {
        let actual = model(Some(false), None);
        assert_eq!((actual.total, actual.total_min, actual.total_max), (None, 0, 1));
        assert_eq!((actual.group, actual.progression_percent), (None, None));
        assert_eq!(actual.groups_possible, [Group::Low, Group::High]);
        assert_eq!(actual.progression_percent_range, Some((1.0, 9.0)));
    }

    #[test]
    fn a_missing_factor_that_cannot_change_the_group_leaves_it() {
        let actual = model(Some(true), None);
        assert_eq!((actual.total, actual.total_min, actual.total_max), (None, 1, 2));
        assert_eq!(
            (actual.group, actual.progression_percent),
            (Some(Group::High), Some(9.0))
        );
    }

    #[test]
    fn a_condition_that_fails_counts_nothing() {
        let build = |required| {
            ModelBuilder::new("x", 0, &["s"])
                .required(Factor::yes_no("r", required))
                .factor(Factor::yes_no("a", Some(true)))
                .factor(Factor::yes_no("b", Some(true)))
                .by_count(&TABLE)
        };
        assert_eq!(build(Some(true)).total, Some(2));
        assert_eq!(build(Some(false)).total, Some(0));
        assert_eq!(build(None).groups_possible, [Group::Low, Group::High]);
        assert_eq!(build(None).horizon_years, None);
        assert_eq!(model(Some(true), Some(true)).horizon_years, Some(2));
    }

    #[test]
    fn limits_belong_where_the_sign_says() {
        let state = |how, v| Factor::number("x", Some(v), "", how, 20.0).state;
        assert_eq!(state(Comparison::AtLeast, 20.0), FactorState::Present);
        assert_eq!(state(Comparison::AtLeast, 19.9), FactorState::Absent);
        assert_eq!(state(Comparison::MoreThan, 20.0), FactorState::Absent);
        assert_eq!(state(Comparison::MoreThan, 20.1), FactorState::Present);
        assert_eq!(
            Factor::number("x", None, "", Comparison::MoreThan, 1.0).state,
            FactorState::NotAssessed
        );
    }

    #[test]
    fn points_of_a_missing_band_are_all_of_them() {
        let bands = [Band::up_to(1.5, 0), Band::up_to(3.0, 3), Band::above(4)];
        let missing = Factor::banded("m", None, "g/dL", &bands);
        assert_eq!(missing.points_possible, [0, 3, 4]);
        assert_eq!(missing.state, FactorState::NotAssessed);
        let state = |v| Factor::banded("m", Some(v), "g/dL", &bands).state;
        assert_eq!(
            (state(1.5), state(1.6)),
            (FactorState::Absent, FactorState::Present)
        );
        assert_eq!(Factor::yes_no("f", None).worth(2).points_possible, [0, 2]);
        assert_eq!(Factor::yes_no("f", Some(true)).worth(2).points, Some(2));
    }
}
