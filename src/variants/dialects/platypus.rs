//! Platypus: `NV` reads with the variant of `NR` reads over it, one of each per alternative allele. Version 0.1 writes NR
//! alone; for one sample INFO has `TR` of `TC`.

use super::cell::{Cell, counts};
use crate::evidence::Evidence;
use crate::variants::caller::Caller;

pub(super) fn read(cell: &Cell<'_>) -> Option<Evidence> {
    let total = cell.format_counts("NR");
    if let (Some(total), Some(variant)) = (&total, cell.format_counts("NV")) {
        let depth = cell
            .of_allele(total)
            .or_else(|| total.first().copied().flatten())?;
        let alternate = cell.of_allele(&variant)?;
        return Some(Evidence::from_counts(alternate, depth, "NV/NR"));
    }
    if total.is_none() && cell.caller != Caller::Platypus {
        return None;
    }
    if let (Some(depth), Some(variant)) = (cell.info("TC"), cell.info("TR")) {
        let alternate = cell.of_allele(&counts(variant))?;
        return Some(Evidence::from_counts(
            alternate,
            super::cell::count(depth)?,
            "TR/TC",
        ));
    }
    // NR and nothing else: a depth without a variant count.
    if cell.format("GL").is_some() && cell.record.format.len() <= 6 {
        return total
            .and_then(|t| t.first().copied().flatten())
            .map(|depth| Evidence {
                depth: Some(depth),
                ..Evidence::default()
            });
    }
    None
}
