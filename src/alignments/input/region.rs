//! Target regions of any genome: how the work on them is divided, and how a BED file names them.

mod bed;
mod stretch;

pub use bed::{contig_by_any_name, read_bed};
pub use stretch::{Chunk, Span, TargetRegion, chunks, merged, spans};
