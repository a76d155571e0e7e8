//! Which reads and bases count.

use std::sync::Arc;

use super::primers::Primers;

/// Flags that exclude a read by default: unmapped, secondary, failed, duplicate, supplementary.
pub const EXCLUDED_FLAGS: u16 = 0x4 | 0x100 | 0x200 | 0x400 | 0x800;

/// Base quality from which a base counts as of high quality; Illumina's binned qualities have their top bin (37) above and
/// their middle bin (25) below.
pub(crate) const HIGH_QUALITY: u8 = 30;

/// Conditions on reads and bases, all of which must hold.
#[allow(clippy::struct_excessive_bools, reason = "independent switches of the user")]
#[derive(Clone, Debug, PartialEq)]
pub struct ReadFilter {
    /// Smallest mapping quality (phred).
    pub min_mapping_quality: u8,
    /// Smallest base quality (phred); a base below it is no vote.
    pub min_base_quality: u8,
    /// SAM flags of which a read may have none.
    pub excluded_flags: u16,
    /// Largest NM (mismatches and indel bases) of a read; reads without the tag pass.
    pub max_mismatches: Option<u32>,
    /// Smallest number of raw reads behind a consensus read (tag `cD`, or `aD` + `bD`); reads without the tags pass.
    pub min_family_size: u32,
    /// Whether only duplex consensus reads count: both strands of the molecule behind them (`aD` and `bD` above 0).
    pub duplex_only: bool,
    /// Whether the file's reads are UMI consensus reads, so that their tags are read.
    pub consensus: bool,
    /// Whether the bases of the whole read are kept, clips with them: for realignment.
    pub keep_bases: bool,
    /// Whether overlapping mates are one fragment; otherwise each read counts for itself.
    pub mates_are_one: bool,
    /// Primers of amplicons, whose bases do not count.
    pub primers: Arc<Primers>,
}

impl Default for ReadFilter {
    fn default() -> Self {
        Self {
            min_mapping_quality: 20,
            min_base_quality: 20,
            excluded_flags: EXCLUDED_FLAGS,
            max_mismatches: None,
            min_family_size: 1,
            duplex_only: false,
            consensus: false,
            keep_bases: false,
            mates_are_one: true,
            primers: Arc::default(),
        }
    }
}

impl ReadFilter {
    /// Whether a decision needs the tags of a read.
    pub fn needs_tags(&self) -> bool {
        self.max_mismatches.is_some() || self.min_family_size > 1 || self.duplex_only || self.consensus
    }

    /// Returns the same filter for a library with these primers.
    #[must_use]
    pub fn with_primers(self, primers: Arc<Primers>) -> Self {
        Self { primers, ..self }
    }

    /// Whether the library is amplicons, whose strands and read ends are those of the primers.
    pub(crate) fn is_of_amplicons(&self) -> bool {
        !self.primers.is_empty()
    }

    /// Returns the same filter for a place that the genome holds twice, where aligners give mapping quality 0 to good reads.
    #[must_use]
    pub fn with_any_mapping_quality(&self) -> Self {
        Self {
            min_mapping_quality: 0,
            ..self.clone()
        }
    }
}
