//! Torrent Variant Caller: flow-space counts `FAO` / `FDP`, which it evaluates itself, else `AO` / `DP`; in FORMAT, and in
//! INFO for one sample.

use super::cell::{Cell, counts};
use crate::evidence::Evidence;

pub(super) fn read(cell: &Cell<'_>) -> Option<Evidence> {
    let get = |key: &str| cell.format(key).or_else(|| cell.info(key));
    let alternates = counts(get("FAO")?);
    let depth = super::cell::count(get("FDP")?)?;
    let alternate = cell.of_allele(&alternates)?;
    let reference = get("FRO").and_then(super::cell::count);
    // Where the flow evaluation failed FDP is 0, but the reads are there.
    if depth == 0 {
        let alternate = cell.of_allele(&counts(get("AO")?))?;
        let depth = get("DP").and_then(super::cell::count)?;
        return Some(Evidence::from_counts(alternate, depth, "AO/DP"));
    }
    Some(Evidence {
        ref_count: reference,
        ..Evidence::from_counts(alternate, depth, "FAO/FDP")
    })
}
