//! What a comparison must reach: `sensitivity>=0.99@vaf>=0.02, precision>=0.99`.
//!
//! ```text
//! requirements = requirement, requirement, …
//! requirement  = figure comparison number [@ condition & condition & …]
//! comparison   = >= | > | <= | < | =
//! condition    = vaf comparison number | type = snv|mnv|… | gene = SYMBOL|… | sample = NAME
//! ```

use std::fmt;

use super::change::ChangeType;
use super::evaluate::{ComparedChange, Comparison, CountedAllele, Outcome};
use super::metrics::{Figures, vaf_of};
use crate::tables::{nearest, short};

/// One thing that must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// As it was written, without blanks.
    text: String,
    figure: Figure,
    comparison: Operator,
    bound: f64,
    conditions: Vec<Condition>,
}

/// Figures that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Figure {
    Sensitivity,
    SensitivityLow,
    Precision,
    PrecisionLow,
    F1,
    Missed,
    False,
    NotAssessed,
    VafBias,
    VafRmse,
    VafError,
    IntervalCoverage,
    LimitSensitivity,
}

impl Figure {
    const ALL: [Self; 13] = [
        Self::Sensitivity,
        Self::SensitivityLow,
        Self::Precision,
        Self::PrecisionLow,
        Self::F1,
        Self::Missed,
        Self::False,
        Self::NotAssessed,
        Self::VafBias,
        Self::VafRmse,
        Self::VafError,
        Self::IntervalCoverage,
        Self::LimitSensitivity,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Sensitivity => "sensitivity",
            Self::SensitivityLow => "sensitivity_low",
            Self::Precision => "precision",
            Self::PrecisionLow => "precision_low",
            Self::F1 => "f1",
            Self::Missed => "missed",
            Self::False => "false",
            Self::NotAssessed => "not_assessed",
            Self::VafBias => "vaf_bias",
            Self::VafRmse => "vaf_rmse",
            Self::VafError => "vaf_error",
            Self::IntervalCoverage => "interval_coverage",
            Self::LimitSensitivity => "limit_sensitivity",
        }
    }

    /// Whether it needs a truth that lists all there is.
    const fn needs_all(self) -> bool {
        matches!(
            self,
            Self::Precision | Self::PrecisionLow | Self::F1 | Self::False
        )
    }

    fn value(self, figures: &Figures) -> Option<f64> {
        let count = |n: u32| Some(f64::from(n));
        match self {
            Self::Sensitivity => figures.sensitivity.value(),
            Self::SensitivityLow => figures.sensitivity.interval().map(|i| i.low),
            Self::Precision => figures.precision.value(),
            Self::PrecisionLow => figures.precision.interval().map(|i| i.low),
            Self::F1 => f1(figures.sensitivity.value()?, figures.precision.value()?),
            // None missed of none is nothing shown.
            Self::Missed => figures
                .sensitivity
                .value()
                .and_then(|_| count(figures.sensitivity.total - figures.sensitivity.count)),
            Self::False => count(figures.precision.total - figures.precision.count),
            Self::NotAssessed => count(figures.not_assessed),
            Self::VafBias => figures.deviation.bias().map(f64::abs),
            Self::VafRmse => figures.deviation.rmse(),
            Self::VafError => figures.deviation.largest(),
            Self::IntervalCoverage => figures.in_interval.value(),
            Self::LimitSensitivity => figures.above_limit.value(),
        }
    }

    /// Whether a change is one of those that speak against it.
    fn is_against(self, change: &ComparedChange, bound: f64) -> bool {
        match self {
            Self::Sensitivity | Self::SensitivityLow | Self::Missed => change.outcome == Outcome::Missed,
            Self::Precision | Self::PrecisionLow | Self::False => change.outcome == Outcome::False,
            Self::F1 => matches!(change.outcome, Outcome::Missed | Outcome::False),
            Self::NotAssessed => change.outcome == Outcome::NotAssessed,
            Self::VafBias | Self::VafRmse | Self::VafError => {
                let apart = change
                    .truth_vaf
                    .zip(change.observed_vaf)
                    .map(|(t, o)| (t - o).abs());
                change.outcome == Outcome::Found && apart.is_some_and(|apart| apart > bound)
            }
            Self::IntervalCoverage => change.outcome == Outcome::Found && change.in_interval() == Some(false),
            Self::LimitSensitivity => change.outcome == Outcome::Missed && change.above_limit() == Some(true),
        }
    }
}

fn f1(sensitivity: f64, precision: f64) -> Option<f64> {
    let sum = sensitivity + precision;
    (sum > 0.0)
        .then(|| 2.0 * sensitivity * precision / sum)
        .or(Some(0.0))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    AtLeast,
    Above,
    AtMost,
    Below,
    Equal,
}

impl Operator {
    /// Every one with its sign, longer signs first.
    const SIGNS: [(&'static str, Self); 5] = [
        (">=", Self::AtLeast),
        ("<=", Self::AtMost),
        (">", Self::Above),
        ("<", Self::Below),
        ("=", Self::Equal),
    ];

    /// Rounding must not decide: 0.99 of 100 is 0.99.
    const SLACK: f64 = 1e-12;

    fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Self::AtLeast => value >= bound - Self::SLACK,
            Self::Above => value > bound + Self::SLACK,
            Self::AtMost => value <= bound + Self::SLACK,
            Self::Below => value < bound - Self::SLACK,
            Self::Equal => (value - bound).abs() <= Self::SLACK,
        }
    }

    /// Splits `name>=value`.
    fn split(text: &str) -> Option<(&str, Self, &str)> {
        let at = text.find(['>', '<', '='])?;
        let (name, behind) = text.split_at(at);
        let (sign, operator) = Self::SIGNS
            .into_iter()
            .find(|(sign, _)| behind.starts_with(sign))?;
        Some((name.trim(), operator, behind[sign.len()..].trim()))
    }
}

/// Which changes count.
#[derive(Clone, Debug, PartialEq)]
enum Condition {
    Vaf(Operator, f64),
    Types(Vec<ChangeType>),
    Genes(Vec<String>),
    Sample(String),
}

impl Condition {
    fn holds(&self, sample: &str, kind: ChangeType, gene: Option<&str>, vaf: Option<f64>) -> bool {
        match self {
            Self::Vaf(operator, bound) => vaf.is_some_and(|vaf| operator.holds(vaf, *bound)),
            Self::Types(types) => types.contains(&kind),
            Self::Genes(genes) => gene.is_some_and(|gene| genes.iter().any(|g| g == gene)),
            Self::Sample(name) => name == sample,
        }
    }
}

/// Why requirements cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("--require: part {number}, {part:?}: {problem}")]
pub struct RequirementError {
    /// Which of the parts, from 1.
    pub number: usize,
    /// The part.
    pub part: String,
    /// What is wrong and what would be right.
    pub problem: String,
}

/// Reads requirements, separated by commas.
pub fn read_requirements(text: &str) -> Result<Vec<Requirement>, RequirementError> {
    let parts = text.split(',').enumerate();
    parts
        .map(|(index, part)| {
            let part = part.trim();
            read(part).map_err(|problem| RequirementError {
                number: index + 1,
                part: short(part).into_owned(),
                problem,
            })
        })
        .collect()
}

fn read(part: &str) -> Result<Requirement, String> {
    if part.is_empty() {
        return Err("nothing between the commas; write for example sensitivity>=0.99@vaf>=0.02".to_owned());
    }
    let (figure, conditions) = match part.split_once('@') {
        Some((figure, conditions)) => (figure, Some(conditions)),
        None => (part, None),
    };
    let Some((name, comparison, bound)) = Operator::split(figure) else {
        return Err(format!(
            "{:?} has no comparison; write for example sensitivity>=0.99",
            short(figure)
        ));
    };
    let names = || Figure::ALL.map(Figure::name);
    let figure = Figure::ALL
        .into_iter()
        .find(|f| f.name() == name)
        .ok_or_else(|| {
            format!(
                "unknown figure {:?}{}; known: {}",
                short(name),
                hint(name, &names()),
                names().join(", ")
            )
        })?;
    let conditions = conditions.map_or_else(|| Ok(Vec::new()), |c| c.split('&').map(condition).collect())?;
    Ok(Requirement {
        text: part.split_whitespace().collect(),
        figure,
        comparison,
        bound: number(bound)?,
        conditions,
    })
}

fn hint(name: &str, known: &[&'static str]) -> String {
    nearest(name, known.iter().copied()).map_or_else(String::new, |near| format!(" ({near}?)"))
}

fn number(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(format!(
            "{:?} is no number; write it with a decimal point, such as 0.99",
            short(text)
        )),
    }
}

fn condition(text: &str) -> Result<Condition, String> {
    const KNOWN: [&str; 4] = ["vaf", "type", "gene", "sample"];
    let Some((name, operator, value)) = Operator::split(text) else {
        return Err(format!(
            "condition {:?} has no comparison; write for example @vaf>=0.02",
            short(text)
        ));
    };
    if name != "vaf" && operator != Operator::Equal && KNOWN.contains(&name) {
        return Err(format!("condition {name} takes = only, as in {name}=…"));
    }
    let values = || value.split('|').map(str::trim);
    match name {
        "vaf" => Ok(Condition::Vaf(operator, number(value)?)),
        "type" => {
            let known = || ChangeType::ALL.map(ChangeType::name).join(", ");
            let read = |v| {
                ChangeType::parse(v).ok_or_else(|| format!("unknown type {:?}; known: {}", short(v), known()))
            };
            values().map(read).collect::<Result<_, _>>().map(Condition::Types)
        }
        "gene" => Ok(Condition::Genes(values().map(str::to_owned).collect())),
        "sample" => Ok(Condition::Sample(value.to_owned())),
        _ => Err(format!(
            "unknown condition {:?}{}; known: {}",
            short(name),
            hint(name, &KNOWN),
            KNOWN.join(", ")
        )),
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What became of a requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The requirement as written.
    pub requirement: String,
    /// Whether it is met. What cannot be told is not met: it was not shown.
    pub is_met: bool,
    /// The figure; `None` where nothing is in the stratum.
    pub value: Option<f64>,
    /// The changes that speak against it, by their places in the comparison; none where it is met.
    pub against: Vec<usize>,
}

impl Requirement {
    /// Whether the truth must list all there is for it to be told.
    pub fn needs_all(&self) -> bool {
        self.figure.needs_all()
    }

    /// Judges a comparison.
    pub fn judge(&self, comparison: &Comparison) -> Verdict {
        let change = |c: &&ComparedChange| {
            let (kind, gene) = (c.change.change_type(), c.gene.as_deref());
            self.conditions
                .iter()
                .all(|x| x.holds(&c.sample, kind, gene, vaf_of(c)))
        };
        let counted = |a: &&CountedAllele| {
            let holds = |x: &Condition| x.holds(&a.sample, a.kind, a.gene.as_deref(), a.vaf);
            self.conditions.iter().all(holds)
        };
        let figures = Figures::over(
            comparison.is_complete,
            comparison.changes.iter().filter(change),
            comparison.counted.iter().filter(counted),
        );
        // Nothing false is observed where nothing is observed.
        let may_be_empty = matches!(self.figure, Figure::False | Figure::NotAssessed);
        let figures =
            figures.or_else(|| (may_be_empty && !comparison.samples.is_empty()).then(Figures::default));
        let value = figures.and_then(|figures| self.figure.value(&figures));
        let is_met = value.is_some_and(|value| self.comparison.holds(value, self.bound));
        let is_against = |c: &ComparedChange| change(&c) && self.figure.is_against(c, self.bound);
        let against = comparison
            .changes
            .iter()
            .enumerate()
            .filter(|(_, c)| !is_met && is_against(c));
        Verdict {
            requirement: self.text.clone(),
            is_met,
            value,
            against: against.map(|(place, _)| place).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_figures_bounds_and_conditions() {
        let read = read_requirements(
            "sensitivity >= 0.99 @ vaf>=0.02 & type=snv|mnv, precision>0.9, vaf_bias<=0.01@gene=TET2&sample=S 1",
        )
        .unwrap();
        assert_eq!(read.len(), 3);
        assert_eq!(read[0].to_string(), "sensitivity>=0.99@vaf>=0.02&type=snv|mnv");
        assert_eq!(
            read[0].conditions,
            [
                Condition::Vaf(Operator::AtLeast, 0.02),
                Condition::Types(vec![ChangeType::Snv, ChangeType::Mnv])
            ]
        );
        assert_eq!(
            (read[1].figure, read[1].comparison),
            (Figure::Precision, Operator::Above)
        );
        assert_eq!(
            read[2].conditions,
            [
                Condition::Genes(vec!["TET2".to_owned()]),
                Condition::Sample("S 1".to_owned())
            ]
        );
    }

    #[test]
    fn says_which_part_is_wrong() {
        for (text, expected) in [
            (
                "precision>=0.9, sensitivty>=0.99",
                "part 2, \"sensitivty>=0.99\": unknown figure \"sensitivty\" (sensitivity?)",
            ),
            (
                "sensitivity",
                "part 1, \"sensitivity\": \"sensitivity\" has no comparison",
            ),
            ("sensitivity>=0,99", "part 2, \"99\": \"99\" has no comparison"),
            ("sensitivity>=99%", "\"99%\" is no number"),
            ("sensitivity>=", "\"\" is no number"),
            ("sensitivity>=0.9@vaff>=0.02", "unknown condition \"vaff\" (vaf?)"),
            ("sensitivity>=0.9@vaf", "condition \"vaf\" has no comparison"),
            ("sensitivity>=0.9@type>snv", "condition type takes = only"),
            ("sensitivity>=0.9@type=snq", "unknown type \"snq\"; known: snv"),
            ("precision>=0.9,", "part 2, \"\": nothing between the commas"),
            ("sensitivity==0.9", "\"=0.9\" is no number"),
        ] {
            let error = read_requirements(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn an_empty_stratum_is_not_met() {
        let requirement = &read_requirements("sensitivity>=0").unwrap()[0];
        let verdict = requirement.judge(&Comparison::default());
        assert_eq!((verdict.is_met, verdict.value), (false, None));
    }

    #[test]
    fn rounding_decides_nothing() {
        assert!(Operator::AtLeast.holds(0.1 + 0.2, 0.3) && Operator::AtMost.holds(0.1 + 0.2, 0.3));
        assert!(!Operator::Above.holds(0.1 + 0.2, 0.3) && Operator::Equal.holds(0.1 + 0.2, 0.3));
    }
}
