//! A variant with what the reads say of it.

use super::verdict::CallFilter;

/// A variant with what the reads say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct CalledVariant {
    /// Contig number.
    pub contig: u32,
    /// First column of the reference allele, 0-based.
    pub column: u32,
    /// Reference allele, letters; indels with the base before.
    pub reference: String,
    /// Alternative allele.
    pub alternate: String,
    /// Phred of the chance that errors alone look as convincing, over the odds that a clone has such an allele.
    pub quality: f64,
    /// Why it does not pass; empty: it passes.
    pub filters: Vec<CallFilter>,
    /// Fragments counted: the sum of all alleles.
    pub depth: u32,
    /// Fragments with the reference allele.
    pub ref_count: u32,
    /// Fragments with the alternative allele.
    pub alt_count: u32,
    /// Reference forward, reverse, alternative forward, reverse.
    pub strands: [u32; 4],
    /// Reference F1R2, F2R1, alternative F1R2, F2R1; of substitutions.
    pub orientations: Option<[u32; 4]>,
    /// Alternative fragments that both mates show; of substitutions.
    pub both_mates: Option<u32>,
    /// Mean base quality of the alternative; of substitutions.
    pub base_quality: Option<f64>,
    /// Mean mapping quality of the alternative.
    pub mapping_quality: Option<f64>,
    /// Errors expected.
    pub expected_errors: f64,
    /// Whether it was asked for.
    pub forced: bool,
    /// Numbers of the fragments that show it, ascending, the first some hundred; of substitutions.
    pub fragments: Vec<u32>,
    /// First column of the chunk within which they are numbered: numbers of different chunks cannot be compared.
    pub chunk: u32,
    /// Whether the counts are sums over two copies of the place.
    pub copies: bool,
}

impl CalledVariant {
    /// Whether a report shows an allele: what is called, what only a sign of an artifact speaks against, and what errors at random
    /// explain only if its fraction would make it a finding. The rest is the noise of every sequencer at every base.
    pub fn is_shown(&self, min_vaf: f64) -> bool {
        use CallFilter::{FewFragments, LowFraction, LowQuality};
        let is_noise = self
            .filters
            .iter()
            .any(|f| matches!(f, LowQuality | FewFragments | LowFraction));
        let vaf = f64::from(self.alt_count) / f64::from(self.depth.max(1));
        self.alt_count > 0 && (!is_noise || (self.alt_count > 1 && vaf >= min_vaf))
    }
}
