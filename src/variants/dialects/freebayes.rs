//! freebayes: `AO` per alternative allele, `RO` of the reference. INFO AF is the genotype's, not the reads'.

use super::cell::{Cell, count, counts, sum};
use crate::evidence::Evidence;

pub(super) fn read(cell: &Cell<'_>) -> Option<Evidence> {
    let get = |key: &str| match &cell.values {
        Some(_) => cell.format(key),
        None => cell.info(key),
    };
    let observed = counts(get("AO")?);
    if observed.len() != cell.alternates() {
        return None;
    }
    let alternate = observed[cell.allele - 1]?;
    let Some(reference) = get("RO").and_then(count) else {
        return without_reference(cell, alternate);
    };
    let depth = reference.saturating_add(sum(&observed));
    Some(Evidence {
        ref_count: Some(reference),
        ..Evidence::from_counts(alternate, depth, "AO/(RO+AO)")
    })
}

/// Pipelines that slim freebayes files (megSAP) keep `DP` and `AO` alone.
fn without_reference(cell: &Cell<'_>, alternate: u32) -> Option<Evidence> {
    let depth = match &cell.values {
        Some(_) => cell.depth(),
        None => cell.any_depth(),
    }?;
    (alternate <= depth).then(|| Evidence::from_counts(alternate, depth, "AO/DP"))
}
