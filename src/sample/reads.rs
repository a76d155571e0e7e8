//! What is known of a sample from its alignments, beside alleles and depths.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{EventLimit, HotspotCount};
use crate::evidence::{ExonDepth, Junction};

/// What is known of a sample from its alignments, beside alleles and depths.
#[derive(Clone, Debug, Default)]
pub struct ReadsInput {
    /// Reads over the panel that passed the filters.
    pub reads: u64,
    /// Errors per fragment of the median substitution, among bases of high quality.
    pub usual_error_rate: f64,
    /// Substitutions that the sample's errors have too much of.
    pub error_signs: Vec<ErrorSign>,
    /// Panel genes whose reads have another place in the genome that fits as well.
    pub not_unique: Vec<String>,
    /// Hotspots as counted.
    pub hotspots: Vec<HotspotCount>,
    /// Duplications that are sought, by length; not settled yet.
    pub event_limits: Vec<EventLimit>,
    /// Depth by exon of the panel.
    pub exons: Vec<ExonDepth>,
    /// Places that reads join as the copies of a long tandem duplication are joined.
    pub junctions: Vec<Junction>,
    /// Whether the library is of amplicons.
    pub amplicons: bool,
}

/// A substitution that the sample's errors have too much of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ErrorSign {
    /// As sequenced, `G>T`.
    pub substitution: String,
    /// Whether on the second read of the pair; `None` where on both.
    pub second_read: Option<bool>,
    /// Errors per fragment.
    pub rate: f64,
    /// Median rate of the other substitutions.
    pub usual: f64,
}
