//! Counts in INFO, where INFO speaks of one sample: LoFreq (no sample columns), bcftools without AD, VarDict's INFO.

use super::cell::{Cell, count, sum};
use crate::evidence::Evidence;
use crate::variants::caller::Caller;

pub(super) fn read(cell: &Cell<'_>) -> Option<Evidence> {
    if cell.real_alternates() != 1 {
        return None;
    }
    if let Some(&[Some(rf), Some(rr), Some(af), Some(ar)]) = cell.info_counts("DP4").as_deref() {
        let reference = Some(rf.saturating_add(rr));
        // LoFreq's AF is of DP, which also counts other bases; the DP of bcftools is before any quality filter.
        let lofreq = cell.caller == Caller::LoFreq || cell.info("AF").is_some() && cell.info("AC").is_none();
        let depth = cell.info("DP").and_then(count).filter(|&d| lofreq && d > 0);
        let (depth, from) = depth.map_or_else(
            || (sum(&[Some(rf), Some(rr), Some(af), Some(ar)]), "INFO DP4"),
            |d| (d, "INFO DP4/DP"),
        );
        return Some(Evidence {
            ref_count: reference,
            ..Evidence::from_counts(af.saturating_add(ar), depth, from)
        });
    }
    if cell.info("VARBIAS").is_some() || cell.caller == Caller::VarDict {
        let variant = cell.info("VD").and_then(count)?;
        let depth = cell.info("DP").and_then(count)?;
        return Some(Evidence::from_counts(variant, depth, "INFO VD/DP"));
    }
    None
}
