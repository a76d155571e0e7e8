//! VarDict: `VD` alternative reads of `DP`; DP also counts reads with other alleles, so it may exceed the sum of `AD`.

use super::cell::Cell;
use crate::evidence::Evidence;

pub(super) fn read(cell: &Cell<'_>) -> Option<Evidence> {
    let variant = cell.format_counts("VD")?;
    let depth = cell.any_depth()?;
    let depths = cell.format_counts("AD");
    let reference = depths
        .as_ref()
        .filter(|ad| ad.len() == cell.alternates() + 1)
        .and_then(|ad| ad[0]);
    // VD has one value; in a merged multi-allelic record it belongs to none of the alleles.
    let (alternate, from) = if variant.len() == cell.alternates() {
        (variant[cell.allele - 1]?, "VD/DP")
    } else {
        (cell.of_allele(&depths?)?, "AD/DP")
    };
    Some(Evidence {
        ref_count: reference,
        ..Evidence::from_counts(alternate, depth, from)
    })
}
