//! BAM and CRAM: from reads to counts, calls and the clone that could not have been seen.
//!
//! Columns are 0-based and half-open here, as in BAM; what leaves the room is 1-based. Only this room names htslib,
//! which reads BAM and SAM; CRAM is read by `input::cram`.
//!
//! Its own rooms know those before them in this list, and none behind them:
//!
//! ```rooms
//! input, reads, counts, errors, calling, limits
//! ```

mod calling;
mod counts;
#[cfg(test)]
mod dice;
mod errors;
mod input;
mod limits;
mod reads;

pub use calling::background_counts::BackgroundCounts;
pub use calling::call::{CalledSample, call, quality_warning};
pub use calling::called_variant::CalledVariant;
pub use calling::clips::UnexplainedClips;
pub use calling::copied_columns::{CopiedColumns, FALSE_COPIES, FalseCopy, copy_warnings};
pub use calling::lost_reads::lost_columns;
pub use calling::options::{CallOptions, CallingRule, DEFAULT_QUALITY};
pub use calling::vcf::write_calls;
pub use calling::verdict::CallFilter;
pub use counts::column_depth::ColumnDepth;
pub use counts::count::{COUNT_COLUMNS, ColumnCounts, CountError, column_counts, write_count_rows};
pub use counts::forced::ForcedAllele;
pub use counts::readcount::{READCOUNT_EXCLUDED_FLAGS, readcount_filter, write_readcount};
pub use counts::substitution::{Context, Exposure};
pub use counts::target_depth::{TargetDepth, target_depths};
pub use errors::background::{Background, BackgroundError};
pub use errors::damage::{ErrorExcess, error_excess, usual_error_rate};
pub use input::error::{AlignmentError, TargetError};
pub use input::file::{Access, AlignmentFile, CramDecoder};
pub use input::format::AlignmentFormat;
pub use input::header::Contig;
pub use input::human::{PlaceError, panel_regions, present_regions, recognized};
pub use input::reference::Reference;
pub(crate) use input::region::merged;
pub use input::region::{TargetRegion, contig_by_any_name, read_bed};
pub use limits::alleles::{coverage, evidence, sample_alleles, variant_of};
pub use limits::called_limit::limit_of_allele;
pub use limits::detection::DetectionLimits;
pub use limits::duplication::{STEP as DUPLICATION_STEP, duplication_limits};
pub use limits::site::{POWER, Site};
pub use reads::filter::{EXCLUDED_FLAGS, ReadFilter};
pub use reads::junctions::{JunctionRegion, TandemJunction};
pub use reads::pileup::pileups;
pub use reads::primer_learning::primers_of;
pub use reads::primers::{PrimerChoice, PrimerError, PrimerOrigin, Primers};

/// Returns the version of the built-in htslib as its releases spell it.
pub fn htslib_version() -> String {
    /// A release as digits, two of them for each part but the first: 101901 is 1.19.1 (htslib/hts.h, `HTS_VERSION`).
    const DIGITS: u32 = rust_htslib::htslib::HTS_VERSION;
    let (major, minor, patch) = (DIGITS / 100_000, DIGITS / 100 % 1000, DIGITS % 100);
    if patch == 0 {
        format!("{major}.{minor}")
    } else {
        format!("{major}.{minor}.{patch}")
    }
}
