use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Inheritance, IpssmOpinion};
use crate::evidence::{Evidence, FileAllele, PopulationFrequency};
use crate::genome::Variant;
use crate::panel::{ExcludedAs, RuleSet};
use crate::transcript::Consequence;

/// A variant of one sample with everything that was decided about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Call {
    /// The variant in normal form.
    pub variant: Variant,
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

/// One reason behind a status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// What it is; the report has a sentence for each code in both languages.
    pub code: ReasonCode,
    /// The values it rests on, free of language: `0.0123 < 0.02`.
    pub detail: String,
}

macro_rules! reason_codes {
    ($($variant:ident = $name:literal, $doc:literal;)*) => {
        /// Reasons, by what they say.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum ReasonCode {
            $(#[doc = $doc] #[serde(rename = $name)] $variant,)*
        }

        impl ReasonCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the name used in tables.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

reason_codes! {
    RuleMatched = "rule_matched", "A driver rule of the chosen set matches.";
    ConsensusOfSets = "consensus_of_sets", "Vlasschaert, or two other sets, call it a driver.";
    OneSetOnly = "one_set_only", "Only one of the other sets calls it a driver.";
    NoRuleMatched = "no_rule_matched", "No driver rule matches.";
    RuleExcluded = "rule_excluded", "A rule matches, but the source excludes this change.";
    ConsensusLimit = "consensus_limit", "The consensus departs from the count of the sets here; the panel says why.";
    IpssmOnly = "ipssm_only", "Only the statement for IPSS-M genes calls it a driver; no published list covers it.";
    RuleVafTooLow = "rule_vaf_too_low", "The rule asks for a higher VAF.";
    PlatformArtifact = "platform_artifact", "Listed as a recurrent artifact on another platform.";
    ProteinChangeUnknown = "protein_change_unknown", "The protein change could not be determined.";
    VafBelowThreshold = "vaf_below_threshold", "VAF below the threshold.";
    VafUnknown = "vaf_unknown", "The file has neither counts nor a fraction.";
    DepthBelowMinimum = "depth_below_minimum", "Depth below the minimum.";
    AltBelowMinimum = "alt_below_minimum", "Too few alternative fragments.";
    XLinkedThreshold = "x_linked_threshold", "The X-linked threshold of males was applied.";
    SexUnknown = "sex_unknown", "X-linked gene, sex not given: between the two thresholds.";
    CallerFilter = "caller_filter", "The caller itself filtered the record.";
    CallerFilterGermline = "caller_filter_germline", "The caller's filter says germline.";
    CallerFilterArtifact = "caller_filter_artifact", "The caller's filter says artifact.";
    GermlineVaf = "germline_vaf", "VAF fits an inherited heterozygous or homozygous variant.";
    PopulationFrequency = "population_frequency", "Common in the population.";
    PopulationRescued = "population_rescued", "Seen in the population, but a known driver: population sets hold clonal hematopoiesis.";
    InNormal = "in_normal", "Present in the matched normal.";
    AbsentInNormal = "absent_in_normal", "Absent from the matched normal.";
    NormalNotAssessed = "normal_not_assessed", "The matched normal shows no depth here: nothing can be said.";
    GermlineWindow = "germline_window", "VAF in the window that was set for inherited variants.";
    GermlineGene = "germline_gene", "A gene with inherited predisposition: confirm in non-hematopoietic tissue.";
    StrandBias = "strand_bias", "Alternative reads lie on the strands otherwise than the reference reads.";
    BothStrands = "both_strands", "Too few alternative reads on one of the strands.";
    OrientationBias = "orientation_bias", "Alternative reads lie in the pair orientations otherwise than the reference reads.";
    BothOrientations = "both_orientations", "Too few reads in one of the pair orientations.";
    Homopolymer = "homopolymer", "Change in a homopolymer run, with little evidence.";
    LowComplexity = "low_complexity", "Neighborhood of low complexity.";
    LongIndel = "long_indel", "Long insertion or deletion.";
    Multiallelic = "multiallelic", "The sample holds several alternative alleles at this place.";
    Clustered = "clustered", "Several calls of the sample lie close together.";
    Recurrent = "recurrent", "Many other samples hold the allele: recurrent artifact suspected.";
    RecurrentRescued = "recurrent_rescued", "Many other samples hold the allele, but it is a known somatic change.";
    HighVaf = "high_vaf", "VAF from which a call goes to review.";
    ManyDrivers = "many_drivers", "The sample has many drivers: its quality is to be looked at.";
    LowBaseQuality = "low_base_quality", "Low base quality of the alternative reads.";
    LowMappingQuality = "low_mapping_quality", "Low mapping quality of the alternative reads.";
    NoReadCounts = "no_read_counts", "The fraction came without read counts: no interval, no depth test.";
    NumberingConverted = "numbering_converted", "Rule stated on another transcript, converted.";
    DuplicateRecord = "duplicate_record", "The same variant stands in the file more than once.";
    MergedMnv = "merged_mnv", "Changes on one molecule that stand apart in the file were read as one.";
    PartOfMnv = "part_of_mnv", "Some molecules carry a neighboring change too; that combination is a call of its own.";
    ReadsDisagree = "reads_disagree", "The sample's alignments show another fraction than the caller's counts.";
    ReferenceMismatch = "reference_mismatch", "REF of the record is not what the reference has there.";
    UnphasedCodon = "unphased_codon", "Another change of the same codon; whether on the same molecule is not known.";
}
