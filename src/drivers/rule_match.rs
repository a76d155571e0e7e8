//! A rule that matched, as calls keep it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::panel::{ExcludedAs, RuleSet};

/// A rule that matched a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleMatch {
    /// Id of the rule.
    pub id: String,
    /// The sets that state it.
    pub sets: Vec<RuleSet>,
    /// Keys of the panel's sources.
    pub sources: Vec<String>,
    /// Whether it excludes instead of including.
    pub exclude: bool,
    /// Whether the exclusion belongs to a platform other than the chosen one and only marks the call.
    pub platform_specific: bool,
    /// What an exclusion takes the change for.
    pub excluded_as: Option<ExcludedAs>,
    /// Whether the rule matches but asks for a higher VAF, so that it does not count.
    pub vaf_too_low: bool,
    /// Remark of the panel.
    pub note: Option<String>,
}

#[cfg(test)]
impl RuleMatch {
    /// Returns the match of an including rule, for tests to fill in.
    pub(super) fn of(id: &str, sets: &[RuleSet]) -> Self {
        Self {
            id: id.to_owned(),
            sets: sets.to_vec(),
            sources: Vec::new(),
            exclude: false,
            platform_specific: false,
            excluded_as: None,
            vaf_too_low: false,
            note: None,
        }
    }

    /// Returns the match of a rule that excludes, everywhere or on another platform alone.
    pub(super) fn of_exclusion(id: &str, sets: &[RuleSet], platform_specific: bool) -> Self {
        Self {
            exclude: true,
            platform_specific,
            ..Self::of(id, sets)
        }
    }

    /// Returns the match of a rule that asks for a higher VAF.
    pub(super) fn of_too_low_a_vaf(id: &str, sets: &[RuleSet]) -> Self {
        Self {
            vaf_too_low: true,
            ..Self::of(id, sets)
        }
    }
}
