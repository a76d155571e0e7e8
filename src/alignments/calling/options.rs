//! What is called, and from where on.

use super::copied_columns::CopiedColumns;
use crate::alignments::counts::forced::ForcedAllele;
use crate::alignments::errors::background::Background;
use crate::alignments::reads::filter::ReadFilter;
use crate::alignments::reads::junctions::JunctionRegion;

/// What is called.
#[derive(Clone, Debug)]
pub struct CallOptions {
    /// Reads and bases that count.
    pub filter: ReadFilter,
    /// Smallest quality (phred of the chance that errors look as convincing) of a call that passes.
    pub min_quality: f64,
    /// Fewest fragments of a call that passes.
    pub min_count: u32,
    /// Smallest fraction of a call that passes.
    pub min_vaf: f64,
    /// Alleles that are counted and listed whether or not a read shows them.
    pub forced: Vec<ForcedAllele>,
    /// Whether depths by column are kept, for detection limits.
    pub depths: bool,
    /// Columns whose reads the aligner shared with a false copy of the place.
    pub copied: CopiedColumns,
    /// Errors of single sites, learned from normals.
    pub background: Background,
    /// Where junctions of long tandem duplications are looked for.
    pub junctions: Option<JunctionRegion>,
}

impl CallOptions {
    /// Returns when counts become a call.
    pub fn rule(&self) -> CallingRule {
        CallingRule {
            min_quality: self.min_quality,
            min_count: self.min_count,
            min_vaf: self.min_vaf,
        }
    }
}

impl Default for CallOptions {
    fn default() -> Self {
        Self {
            filter: ReadFilter::default(),
            min_quality: DEFAULT_QUALITY,
            min_count: 3,
            min_vaf: 0.002,
            forced: Vec::new(),
            depths: false,
            copied: CopiedColumns::default(),
            background: Background::default(),
            junctions: None,
        }
    }
}

/// Quality that a call needs: errors look as convincing once in 316,000 alleles tested, of the mean substitution. A panel of
/// 60,000 bases has 180,000. At 60 a clone of three fragments was missed where 300 cover it; below 55 false calls double.
pub const DEFAULT_QUALITY: f64 = 55.0;

/// When counts become a call; soft filters, which look at other things than counts, are not part of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CallingRule {
    /// Smallest quality (phred).
    pub min_quality: f64,
    /// Fewest fragments.
    pub min_count: u32,
    /// Smallest fraction.
    pub min_vaf: f64,
}
