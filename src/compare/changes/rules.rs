//! Which fields may differ, and by how much.

use crate::tables::short;

/// Fields that may differ: all the way, or within a bound.
#[derive(Clone, Debug, Default)]
pub struct FieldRules {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct Rule {
    field: Vec<String>,
    bound: Bound,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Bound {
    /// As far as this.
    Absolute(f64),
    /// As far as this share of the earlier value.
    Relative(f64),
    /// Whatever it is.
    Any,
}

/// Why a rule cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldRuleError {
    /// A tolerance is no `field=number`.
    #[error("--tolerance {0:?}: write the field and how far it may lie off, such as vaf=0.001 or depth=5%")]
    Tolerance(String),
    /// No field is named.
    #[error("--ignore {0:?}: write a field with those that it lies in, such as panel.version")]
    Field(String),
}

impl FieldRules {
    /// Adds a tolerance: `vaf=0.001`, `evidence.depth=5%`.
    pub fn tolerate(&mut self, text: &str) -> Result<(), FieldRuleError> {
        let error = || FieldRuleError::Tolerance(short(text).into_owned());
        let (field, bound) = text.split_once('=').ok_or_else(error)?;
        let (number, is_relative) = match bound.trim().strip_suffix('%') {
            Some(number) => (number, true),
            None => (bound, false),
        };
        let number: f64 = number.trim().parse().map_err(|_| error())?;
        if !(number.is_finite() && number >= 0.0) {
            return Err(error());
        }
        let bound = if is_relative {
            Bound::Relative(number / 100.0)
        } else {
            Bound::Absolute(number)
        };
        self.add(field, bound).ok_or_else(error)
    }

    /// Adds a field that may differ.
    pub fn ignore(&mut self, field: &str) -> Result<(), FieldRuleError> {
        self.add(field, Bound::Any)
            .ok_or_else(|| FieldRuleError::Field(short(field).into_owned()))
    }

    fn add(&mut self, field: &str, bound: Bound) -> Option<()> {
        let field: Vec<String> = field.trim().split('.').map(str::to_owned).collect();
        if field.iter().any(String::is_empty) {
            return None;
        }
        self.rules.push(Rule { field, bound });
        Some(())
    }

    /// Whether a field may differ, from the first to the second number where it has one.
    pub(super) fn allow(&self, fields: &[String], numbers: Option<(f64, f64)>) -> bool {
        /// Rounding must not decide: 0.101 is 0.001 from 0.1.
        const SLACK: f64 = 1e-12;
        let within = |rule: &Rule| match (rule.bound, numbers) {
            (Bound::Any, _) => true,
            (Bound::Absolute(bound), Some((before, after))) => (after - before).abs() <= bound + SLACK,
            (Bound::Relative(share), Some((before, after))) => {
                (after - before).abs() <= share * before.abs() + SLACK
            }
            (_, None) => false,
        };
        self.rules.iter().any(|rule| rule.names(fields) && within(rule))
    }
}

impl Rule {
    /// A field is named by its end (`vaf`, `evidence.vaf`); an ignored one also by what it lies in (`panel`, `calls.consequence`).
    /// What is said by code is named with what is said in words (`warnings`, `warnings_coded`).
    fn names(&self, fields: &[String]) -> bool {
        let is_one =
            |(own, field): (&String, &String)| own == field || field.strip_suffix("_coded") == Some(own);
        let one_by_one = |part: &[String]| self.field.iter().zip(part).all(is_one);
        let length = self.field.len();
        let (Some(last), Some(first)) = (fields.len().checked_sub(length), fields.get(..length)) else {
            return false;
        };
        one_by_one(&fields[last..]) || (self.bound == Bound::Any && one_by_one(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Vec<String> {
        text.split('.').map(str::to_owned).collect()
    }

    #[test]
    fn reads_bounds_and_refuses_what_is_none() {
        let mut rules = FieldRules::default();
        rules.tolerate("vaf=0.001").unwrap();
        rules.tolerate("evidence.depth = 5 %").unwrap();
        rules.ignore("panel.version").unwrap();
        rules.ignore("sources").unwrap();
        let allowed = |field: &str, numbers| rules.allow(&path(field), numbers);
        assert!(allowed("calls.evidence.vaf", Some((0.1, 0.101))));
        assert!(!allowed("calls.evidence.vaf", Some((0.1, 0.1011))));
        assert!(!allowed("ch.largest_vaf", Some((0.1, 0.1001))));
        assert!(allowed("calls.evidence.depth", Some((1000.0, 950.0))));
        assert!(!allowed("calls.evidence.depth", Some((1000.0, 949.0))));
        // A number that came or went is no difference of numbers.
        assert!(!allowed("calls.evidence.vaf", None));
        assert!(allowed("panel.version", None) && allowed("sources.bick2020.doi", None));
        assert!(!allowed("panel.name", None));
        assert!(allowed("sources_coded.code", None) && !allowed("sources_of", None));
        for text in ["vaf", "vaf=", "vaf=x", "=0.1", "vaf=-1", "a..b=1", "vaf=inf"] {
            let error = rules.clone().tolerate(text).unwrap_err().to_string();
            assert!(error.contains("vaf=0.001"), "{error}");
        }
        assert!(rules.clone().ignore("").is_err());
    }
}
