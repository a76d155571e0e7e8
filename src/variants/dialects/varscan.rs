//! VarScan 2: `AD` holds the alternative reads alone, `RD` the reference reads.

use super::cell::{Cell, sum};
use crate::evidence::Evidence;

pub(super) fn read(cell: &Cell<'_>) -> Option<Evidence> {
    cell.format("FREQ")
        .or_else(|| cell.format("RBQ"))
        .or_else(|| cell.format("DP4"))?;
    // VarDict writes two numbers into RD.
    let reference = match &*cell.format_counts("RD")? {
        [one] => (*one)?,
        _ => return None,
    };
    let counts = cell.format_counts("AD")?;
    if counts.len() != cell.alternates() {
        return None;
    }
    let alternate = counts[cell.allele - 1]?;
    let depth = reference.saturating_add(sum(&counts));
    Some(Evidence {
        ref_count: Some(reference),
        ..Evidence::from_counts(alternate, depth, "AD/(RD+AD)")
    })
}
