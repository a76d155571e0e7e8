//! Reads over a call, as a small picture shows them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Some of the reads over a variant. Reads, not fragments: both mates of a pair that cover the place are there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pileup {
    /// The variant in one word, as in every table.
    pub variant_key: String,
    /// Position of the first column, 1-based.
    pub first: u32,
    /// Reference bases, one a column.
    pub reference: String,
    /// Position of the first base of the variant's REF, 1-based.
    pub position: u32,
    /// Number of bases of REF.
    pub length: u32,
    /// Reads that cover REF, pass the filters and show the variant.
    pub reads_with: u32,
    /// Reads that cover REF, pass the filters and do not.
    pub reads_without: u32,
    /// Some of them, those with the variant first, each kind in the order of the genome.
    pub rows: Vec<PileupRow>,
}

/// One read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own of the read"
)]
pub struct PileupRow {
    /// Whether it shows the variant.
    pub has_variant: bool,
    /// On the reverse strand.
    pub reverse: bool,
    /// Second read of its pair.
    pub second: bool,
    /// Mapping quality.
    pub mapping_quality: u8,
    /// A character a column: `.` as the reference, a letter for another base (a small one where its quality is below 20), `-` deleted,
    /// a space where the read is not.
    pub bases: String,
    /// Insertions: the position before each, 1-based, and how many bases.
    pub insertions: Vec<(u32, u32)>,
}
