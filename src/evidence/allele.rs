//! An allele of one sample with its evidence: what the rooms that read files hand to the analysis.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Evidence, FileAnnotation, MatchedNormal};
use crate::genome::{Allele, Event, Variant};

/// One alternative allele in one sample.
#[derive(Clone, Debug)]
pub struct SampleAllele {
    /// The allele: a sequence in its shortest form, or an event.
    pub allele: Allele,
    /// The allele as the file writes it.
    pub file_allele: FileAllele,
    /// Read evidence of this sample.
    pub evidence: Evidence,
    /// The same allele counted anew in the sample's alignments, where they came with the calls.
    pub recount: Option<Evidence>,
    /// What the matched normal shows.
    pub normal: MatchedNormal,
    /// FILTER of the caller; `None` where the file has `.`.
    pub caller_filter: Option<String>,
    /// Highest population allele frequency that the file carries.
    pub population: Option<PopulationFrequency>,
    /// Annotations that the file carries.
    pub annotations: Vec<FileAnnotation>,
    /// Which alleles lie on one chromosome copy with this.
    pub phase: Option<Phase>,
    /// GT as written.
    pub genotype: Option<String>,
}

impl SampleAllele {
    /// Returns the allele where it is a sequence.
    pub fn sequence(&self) -> Option<&Variant> {
        self.allele.sequence()
    }

    /// Returns the allele where it is an event.
    pub fn event(&self) -> Option<&Event> {
        self.allele.event()
    }
}

/// Phase of an allele.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Phase {
    /// Alleles with the same set that share one of `copies` lie on one copy of the chromosome.
    pub set: String,
    /// Phased genotype, `0|1`.
    pub genotype: String,
    /// Places in `genotype` that hold this allele, from 0; empty where it does not say which copy does.
    pub copies: Vec<usize>,
}

impl Phase {
    /// Whether two alleles lie on one copy of the chromosome; `None` where the phases do not say.
    pub fn is_shared_with(&self, other: &Self) -> Option<bool> {
        if self.set != other.set || self.copies.is_empty() || other.copies.is_empty() {
            return None;
        }
        Some(self.copies.iter().any(|copy| other.copies.contains(copy)))
    }
}

/// An allele as its file writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileAllele {
    /// Contig name in the file.
    pub contig: String,
    /// POS in the file, 1-based.
    pub position: u32,
    /// REF in the file.
    pub reference: String,
    /// ALT in the file.
    pub alternate: String,
}

/// A population allele frequency found in the input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PopulationFrequency {
    /// Highest allele frequency over the populations given, 0 to 1.
    pub frequency: f64,
    /// Where it was read, `INFO/gnomAD_AF` or `CSQ gnomADe_AF`.
    pub field: String,
}
