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
