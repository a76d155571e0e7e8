//! freebayes: `AO` per alternative allele, `RO` of the reference. INFO AF is the genotype's, not the reads'.

use super::cell::{Cell, count, counts, sum};
use crate::evidence::Evidence;

pub(super) fn read(cell: &Cell<'_>) -> Option<Evidence> {
    let get = |key: &str| match &cell.values {
        Some(_) => cell.format(key),
        None => cell.info(key),
    };
    let observed = counts(get("AO")?);
    let reference = count(get("RO")?)?;
    if observed.len() != cell.alternates() {
        return None;
    }
    let alternate = observed[cell.allele - 1]?;
    let depth = reference.saturating_add(sum(&observed));
    Some(Evidence {
        ref_count: Some(reference),
        ..Evidence::from_counts(alternate, depth, "AO/(RO+AO)")
    })
}
