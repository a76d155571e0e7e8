use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ProteinMap;
use crate::panel::{GeneClass, IpssmRole, RiskFact};

/// What is known of a gene in a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GeneState {
    /// Has a driver, or a driver to review.
    Mutated,
    /// No driver, and a record that contradicts the reference: what it meant is not known.
    Undecided,
    /// Has calls, none of them a driver.
    NoDriver,
    /// The whole target was covered well enough for the threshold and no driver was found.
    NotDetected,
    /// Part of the target was covered well enough.
    PartlyAssessed,
    /// The input does not say whether the gene was covered: absence of a call is no negative.
    NotAssessed,
}

/// One panel gene in one sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GeneResult {
    /// Gene symbol.
    pub gene: String,
    /// Transcript of the panel.
    pub transcript: String,
    /// What the gene does.
    pub class: GeneClass,
    /// What IPSS-M makes of it.
    pub ipssm: IpssmRole,
    /// Whether the CHRS counts it as high-risk.
    pub chrs_high_risk: bool,
    /// What is known.
    pub state: GeneState,
    /// Number of drivers.
    pub drivers: usize,
    /// Number of drivers to review.
    pub drivers_to_review: usize,
    /// Number of other calls.
    pub other_calls: usize,
    /// VAF of the largest driver or driver to review.
    pub largest_vaf: Option<f64>,
    /// Coding bases and splice sites of the gene, also those that `--targets` leaves out.
    pub target_bases: u32,
    /// Of them, bases within `--targets`, where these leave some of the gene out; 0 where they leave out all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub targeted_bases: Option<u32>,
    /// Of them, bases that the file shows with at least the minimum depth (reference blocks or depths in records).
    pub assessed_bases: u32,
    /// The laboratory states that the gene was covered in full (`covered_genes`), which the file does not show.
    #[serde(default)]
    pub coverage_stated: bool,
    /// Lowest depth the file shows over the assessed bases.
    pub min_depth: Option<u32>,
    /// Smallest VAF that could have been called with 95 % power; only where depth is known over the target.
    pub detection_limit: Option<f64>,
    /// The same for 95 % of the target's bases: a single base that is hard to see does not decide it.
    pub detection_limit_95: Option<f64>,
    /// Cited facts on the risk of its mutations; none where it has neither a driver nor one to review.
    pub facts: Vec<RiskFact>,
    /// What the panel's rules say of its protein, place by place; none where it has neither a driver nor one to review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protein: Option<ProteinMap>,
}
