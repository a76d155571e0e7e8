//! The mean depth over targets, with the bases around them: what capture yields of each.

use super::column_depth::ColumnDepth;
use crate::alignments::input::reference::Reference;
use crate::alignments::input::region::TargetRegion;

/// Columns beside a target whose bases count for its GC: about half of what a fragment is longer than an exon.
const AROUND: u32 = 75;

/// The depth over a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TargetDepth {
    /// The target.
    pub region: TargetRegion,
    /// Mean depth in fragments.
    pub depth: f64,
    /// Share of G and C among the bases of the target and around it; `None` where none is known.
    pub gc: Option<f64>,
}

/// Returns the depths of targets; columns that were not looked at are 0. `depths` ascend.
pub fn target_depths(
    depths: &[ColumnDepth],
    targets: &[TargetRegion],
    reference: &Reference,
) -> Vec<TargetDepth> {
    let depth = |region: &TargetRegion| {
        let begin = depths.partition_point(|d| (d.contig, d.column) < (region.contig, region.start));
        let within = depths[begin..]
            .iter()
            .take_while(|d| (d.contig, d.column) < (region.contig, region.end));
        let all: u64 = within.map(|d| u64::from(d.depth())).sum();
        TargetDepth {
            region: *region,
            depth: all as f64 / f64::from((region.end - region.start).max(1)),
            gc: gc(region, reference),
        }
    };
    targets.iter().map(depth).collect()
}

fn gc(region: &TargetRegion, reference: &Reference) -> Option<f64> {
    let codes = reference.codes(
        region.contig,
        region.start.saturating_sub(AROUND),
        region.end.saturating_add(AROUND),
    );
    let count = |wanted: [u8; 2]| codes.iter().filter(|c| wanted.contains(c)).count() as f64;
    // htslib's codes: A 1, C 2, G 4, T 8.
    let (strong, weak) = (count([2, 4]), count([1, 8]));
    (strong + weak > 0.0).then(|| strong / (strong + weak))
}
