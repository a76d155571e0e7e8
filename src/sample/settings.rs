//! What was in force when a sample was analyzed.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::panel::{Filters, Thresholds};

/// Cut-offs and options in force, each recorded so that the report can be repeated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Settings {
    /// VAF, depth and read thresholds after options and profile.
    pub thresholds: Thresholds,
    /// Every filter with its value; `null` and `false` are off.
    pub filters: Filters,
    /// The sequencing platform, where one was given: exclusions of the panel that are specific to it hold.
    pub platform: Option<String>,
    /// File names of the population frequencies, where any were given, in the order given.
    pub population: Vec<String>,
    /// File name of the list of recurrent alleles, if one was given.
    pub recurrent: Option<String>,
    /// File name of the reference FASTA, if one was given.
    pub reference: Option<String>,
    /// File name of the target BED, if one was given.
    pub targets: Option<String>,
    /// Options that the laboratory's profile (`--config`) or the command line set away from their defaults.
    pub overrides: IndexMap<String, String>,
}
