//! Columns that lost their reads to another place of the genome that they fit as well.

use std::collections::{HashMap, HashSet};

use super::copies::depths_of_any_mapping_quality;
use super::options::CallOptions;
use crate::alignments::counts::column_depth::ColumnDepth;
use crate::alignments::input::error::AlignmentError;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::reference::Reference;
use crate::alignments::input::region::{TargetRegion, merged};

/// Fragments of any mapping quality from which a column counts as one that lost its reads.
const FEWEST_LOST: u32 = 20;

/// Returns the columns, by contig and 0-based column, of which most reads were left out because they fit another place as well.
///
/// Only columns of little depth are looked at again: elsewhere nothing is missing.
pub fn lost_columns(
    file: &AlignmentFile,
    reference: &Reference,
    options: &CallOptions,
    depths: &[ColumnDepth],
) -> Result<HashSet<(u32, u32)>, AlignmentError> {
    let mut sorted: Vec<u32> = depths.iter().map(ColumnDepth::depth).collect();
    sorted.sort_unstable();
    let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
    let low = depths
        .iter()
        .filter(|d| d.depth() <= usual / 2 && !options.copied.has(d.contig, d.column));
    let columns: HashMap<(u32, u32), u32> = low.map(|d| ((d.contig, d.column), d.depth())).collect();
    let region = |(contig, column): &(u32, u32)| TargetRegion {
        contig: *contig,
        start: *column,
        end: column + 1,
    };
    let regions = merged(columns.keys().map(region).collect());
    if regions.is_empty() || options.filter.min_mapping_quality == 0 {
        return Ok(HashSet::new());
    }
    let any = depths_of_any_mapping_quality(file, reference, &regions, &options.filter)?;
    let is_lost = |d: &&ColumnDepth| {
        let kept = columns.get(&(d.contig, d.column)).copied().unwrap_or(0);
        d.depth() >= FEWEST_LOST && kept < d.depth() / 2
    };
    Ok(any.iter().filter(is_lost).map(|d| (d.contig, d.column)).collect())
}
