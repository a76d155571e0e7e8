//! The reasons behind a status, by what they say.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ReasonValues;

/// One reason behind a status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// What it is; the report has a sentence for each code in both languages.
    pub code: ReasonCode,
    /// The values it rests on in a line: `0.0123 < 0.02`.
    pub detail: String,
    /// The values it rests on; words of every language are made from these, never from `detail`.
    #[serde(default)]
    pub values: ReasonValues,
    /// How often it was met.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub times: u64,
    /// How many more of the same code, with other values, are not told.
    #[serde(default, skip_serializing_if = "is_none_more")]
    pub more: u64,
}

const fn once() -> u64 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
const fn is_once(times: &u64) -> bool {
    *times == 1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
const fn is_none_more(more: &u64) -> bool {
    *more == 0
}

impl Reason {
    /// Makes a reason that was met once.
    pub fn new(code: ReasonCode, values: impl Into<ReasonValues>) -> Self {
        let values = values.into();
        Self {
            code,
            detail: values.to_string(),
            values,
            times: once(),
            more: 0,
        }
    }

    /// Tells how often it was met, and how many more there are.
    pub(super) fn counted(mut self, times: u64, more: u64) -> Self {
        let mut detail = self.values.to_string();
        if times > 1 {
            detail = match detail.as_str() {
                "" => format!("{times} times"),
                _ => format!("{detail} ({times} times)"),
            };
        }
        if more > 0 {
            detail = format!("{detail} (and {more} more)");
        }
        (self.detail, self.times, self.more) = (detail, times, more);
        self
    }
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
    IpssmOnly = "ipssm_only", "Only this panel's own statement calls it a driver.";
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
    DepthOnly = "depth_only", "Suggested by the depth of exons alone: to be confirmed by another method.";
    EventImprecise = "event_imprecise", "The file gives the ends of the event only about, or in contradiction.";
    OutsideJuxtamembrane = "outside_juxtamembrane", "An internal tandem duplication of FLT3 before the juxtamembrane domain, where hardly any lie.";
    ReachesIntron = "reaches_intron", "The duplication reaches into an intron: which of its bases splicing keeps, and in what frame, is not known.";
    OutOfFrame = "out_of_frame", "An internal tandem duplication after which the reading frame does not go on, or with a stop: as told it activates nothing.";
    LongInsertion = "long_insertion", "Reads that do not span a long insertion may be counted as wild type: the fraction may be too low.";
    UnphasedCodon = "unphased_codon", "Another change of the same codon; whether on the same molecule is not known.";
}
