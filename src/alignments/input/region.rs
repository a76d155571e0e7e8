//! Target regions of any genome: how the work on them is divided, and how a BED file names them.

mod bed;
mod stretch;

pub(crate) use bed::{PrimerRegion, read_primers};
pub use bed::{contig_by_any_name, read_bed};
pub use stretch::TargetRegion;
pub(crate) use stretch::{Chunk, Span, beside, chunks, merged, spans};
