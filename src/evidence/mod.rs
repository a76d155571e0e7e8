//! What the reads say about one allele: counts, fraction, interval, strands.

mod allele;
mod annotation;
mod counts_note;
mod coverage;
mod exon_depth;
mod file_oddity;
mod interval;
mod normal;
mod pileup;
#[cfg(test)]
pub(crate) mod random;
mod recurrence;
pub mod statistics;
mod warning;

pub use allele::{FileAllele, Phase, PopulationFrequency, SampleAllele};
pub use annotation::{AnnotationSource, FileAnnotation};
pub use counts_note::{CountedUnit, CountsFrom, CountsNote};
pub(crate) use coverage::CoverageBuilder;
pub use coverage::{Coverage, DepthRange};
pub use exon_depth::{ExonDepth, Junction, NormalDepth};
pub use file_oddity::FileOddity;
pub(crate) use interval::Z_975;
pub use interval::{Interval, wilson_95};
pub use normal::MatchedNormal;
pub use pileup::{Pileup, PileupRow};
pub use recurrence::Recurrence;
pub use warning::{SpanOddity, Warning};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The read evidence of one alternative allele in one sample.
///
/// Everything a caller did not write stays `None`; nothing is filled with zero.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Fragments (or reads, as the caller counts them) behind the fraction: the denominator of `vaf`.
    pub depth: Option<u32>,
    /// Fragments with the reference allele.
    pub ref_count: Option<u32>,
    /// Fragments with this alternative allele.
    pub alt_count: Option<u32>,
    /// Variant allele fraction, 0 to 1: `alt_count / depth`, or the caller's own fraction where it writes no counts.
    pub vaf: Option<f64>,
    /// 95 % Wilson score interval of `vaf`; only from counts.
    pub interval: Option<Interval>,
    /// Counts by strand.
    pub strands: Option<StrandCounts>,
    /// Counts by read-pair orientation.
    pub orientations: Option<OrientationCounts>,
    /// Mean or median base quality (phred) of the alternative allele, as the caller defines it.
    pub base_quality: Option<f64>,
    /// Mean or median mapping quality (phred) of the alternative allele's reads, as the caller defines it.
    pub mapping_quality: Option<f64>,
    /// The fields that the counts or the fraction came from, for example `AD`, `VD/DP`, `DP4`, `AF (no counts)`.
    pub counts_from: String,
    /// What must be known of the counts, by code; `None` where the fields are all that is to be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_note: Option<Box<CountsNote>>,
    /// The fraction that the caller itself printed, where it prints one: kept to show beside ours.
    pub caller_vaf: Option<f64>,
}

impl Evidence {
    /// Makes evidence from an allele count and the depth it is a share of.
    ///
    /// A depth of zero leaves the fraction unknown. An `alt_count` above `depth` (seen where callers count the two
    /// differently) is no share of it: depth and fraction stay unknown, and `counts_from` says why.
    pub fn from_counts(alt_count: u32, depth: u32, counts_from: impl Into<CountsFrom>) -> Self {
        let CountsFrom { text, note } = counts_from.into();
        if alt_count > depth {
            return Self {
                alt_count: Some(alt_count),
                ..Self::with_note(CountsNote::Impossible {
                    field: text,
                    alt: alt_count,
                    depth,
                })
            };
        }
        Self {
            depth: Some(depth),
            alt_count: Some(alt_count),
            vaf: (depth > 0).then(|| f64::from(alt_count) / f64::from(depth)),
            interval: wilson_95(alt_count, depth),
            counts_from: text,
            counts_note: note.map(Box::new),
            ..Self::default()
        }
    }

    /// Makes evidence from a fraction that came without counts; it has no interval.
    pub fn from_fraction(vaf: f64, depth: Option<u32>, counts_from: impl Into<CountsFrom>) -> Self {
        let CountsFrom { text, note } = counts_from.into();
        Self {
            depth,
            vaf: Some(vaf),
            counts_from: text,
            counts_note: note.map(Box::new),
            ..Self::default()
        }
    }

    /// Makes evidence of which nothing is known but what makes it so.
    pub fn with_note(note: CountsNote) -> Self {
        Self {
            counts_from: note.to_string(),
            counts_note: Some(Box::new(note)),
            ..Self::default()
        }
    }
}

/// Fragments by strand of the read, reference and alternative allele.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StrandCounts {
    /// Reference allele on the forward strand.
    pub ref_forward: u32,
    /// Reference allele on the reverse strand.
    pub ref_reverse: u32,
    /// Alternative allele on the forward strand.
    pub alt_forward: u32,
    /// Alternative allele on the reverse strand.
    pub alt_reverse: u32,
}

/// Fragments by orientation of the pair, reference and alternative allele (GATK's F1R2 and F2R1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrientationCounts {
    /// Reference allele, first read forward.
    pub ref_f1r2: u32,
    /// Reference allele, second read forward.
    pub ref_f2r1: u32,
    /// Alternative allele, first read forward.
    pub alt_f1r2: u32,
    /// Alternative allele, second read forward.
    pub alt_f2r1: u32,
}
