use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AllelicRatio, Inheritance, IpssmOpinion, Reason, RuleMatch};
use crate::evidence::{Evidence, FileAllele, Phase, PopulationFrequency};
use crate::genome::Allele;
use crate::panel::RuleSet;
use crate::transcript::Consequence;

/// A variant of one sample with everything that was decided about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Call {
    /// The variant in normal form, or the event.
    pub variant: Allele,
    /// The allele as the file writes it.
    pub file_allele: FileAllele,
    /// What it does to the panel's transcript.
    pub consequence: Consequence,
    /// The name clinicians know where it differs from the panel's numbering, `L265P` for MYD88 `L252P`.
    pub common_name: Option<String>,
    /// Read evidence of this sample.
    pub evidence: Evidence,
    /// The same allele counted anew in the sample's alignments, where they came with the calls.
    pub recount: Option<Evidence>,
    /// Read evidence of the matched normal, where the file holds one.
    pub normal: Option<Evidence>,
    /// FILTER of the caller, `PASS` or the names joined by `;`; `None` where the file has `.`.
    pub caller_filter: Option<String>,
    /// Highest population allele frequency that the file carries, and the field it stands in.
    pub population: Option<PopulationFrequency>,
    /// Mutated to wild type molecules, of an internal tandem duplication of FLT3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allelic_ratio: Option<AllelicRatio>,
    /// On which copy of the chromosome it lies, where the file or the reads tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// Our decision.
    pub status: CallStatus,
    /// Id of the rule that decided, the first of `rules` in the chosen set.
    pub rule: Option<String>,
    /// Every rule that matched, of every set, exclusions included.
    pub rules: Vec<RuleMatch>,
    /// The sets by which this is a driver.
    pub rule_sets: Vec<RuleSet>,
    /// The sets that cover the gene but do not call this a driver.
    pub rule_sets_against: Vec<RuleSet>,
    /// Whether the gene is one of the 31 of IPSS-M.
    pub ipssm_gene: bool,
    /// What IPSS-M makes of the call; `None` for a gene that it does not know.
    #[serde(default)]
    pub ipssm: Option<IpssmOpinion>,
    /// How likely the variant is inherited, and what the number was made of; `None` without counts or a fraction.
    #[serde(default)]
    pub inheritance: Option<Inheritance>,
    /// The VAF threshold that was applied, 0 to 1.
    pub vaf_threshold: f64,
    /// Every reason behind the status, in the order they were weighed.
    pub reasons: Vec<Reason>,
}

/// What a call is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallStatus {
    /// A driver by the chosen rules, at or above the threshold, with nothing against it.
    Driver,
    /// A driver that a germline or artifact flag, or disagreement between the sets, puts in doubt: a person must look.
    DriverReview,
    /// A panel gene, but no rule matches, or what is needed to match one is not known.
    Uncertain,
    /// Looks inherited.
    GermlineSuspected,
    /// Looks like an error of sequencing or alignment.
    ArtifactSuspected,
    /// Below the VAF, depth or read threshold.
    BelowThreshold,
    /// The record's REF is not what the reference has: nothing can be said of it.
    ReferenceMismatch,
}

impl CallStatus {
    /// Every status, in the order of reports.
    pub const ALL: [Self; 7] = [
        Self::Driver,
        Self::DriverReview,
        Self::Uncertain,
        Self::GermlineSuspected,
        Self::ArtifactSuspected,
        Self::BelowThreshold,
        Self::ReferenceMismatch,
    ];

    /// Whether it is a driver, be it one to review.
    pub const fn is_driver_or_review(self) -> bool {
        matches!(self, Self::Driver | Self::DriverReview)
    }

    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Driver => "driver",
            Self::DriverReview => "driver_review",
            Self::Uncertain => "uncertain",
            Self::GermlineSuspected => "germline_suspected",
            Self::ArtifactSuspected => "artifact_suspected",
            Self::BelowThreshold => "below_threshold",
            Self::ReferenceMismatch => "reference_mismatch",
        }
    }
}
