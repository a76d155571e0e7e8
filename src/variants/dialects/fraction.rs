//! A fraction without counts: Clair3, varlociraptor and whoever else writes only that. It has no interval.

use super::cell::{Cell, fractions};
use crate::evidence::Evidence;
use crate::variants::caller::Caller;

/// FORMAT fields that hold the allele fraction of the reads.
const FIELDS: [&str; 10] = [
    "AF", "VAF", "VF", "FREQ", "FA", "VMF", "ALT_FREQ", "MAP_VAF", "TVAF", "JAF",
];

/// INFO AF is the reads' fraction only in these; elsewhere it is the genotypes' or a population's.
const INFO_AF: [Caller; 6] = [
    Caller::LoFreq,
    Caller::VarDict,
    Caller::Tvc,
    Caller::Outlyzer,
    Caller::Ivar,
    Caller::SmCounter,
];

pub(super) fn read(cell: &Cell<'_>) -> Option<Evidence> {
    let (field, vaf) = printed(cell)?;
    let depth = if field.starts_with("INFO") {
        cell.any_depth()
    } else {
        cell.depth()
    };
    Some(Evidence::from_fraction(
        vaf,
        depth,
        format!("{field} (no counts)"),
    ))
}

/// Returns the fraction that the caller prints, and its field.
pub(super) fn printed(cell: &Cell<'_>) -> Option<(String, f64)> {
    for field in FIELDS {
        if let Some(vaf) = cell
            .format(field)
            .and_then(|text| cell.of_allele(&fractions(text)))
        {
            return Some((field.to_owned(), vaf));
        }
    }
    let info = |field: &str| {
        let vaf = cell
            .info(field)
            .and_then(|text| cell.of_allele(&fractions(text)))?;
        Some((format!("INFO {field}"), vaf))
    };
    if INFO_AF.contains(&cell.caller) {
        return info("AF").or_else(|| info("VMF"));
    }
    info("VAF").or_else(|| info("VMF")).or_else(|| {
        if cell.values.is_none() {
            lofreq_like(cell).and_then(|()| info("AF"))
        } else {
            None
        }
    })
}

/// A file without samples whose INFO has DP4 beside AF is LoFreq's, whatever its header lost.
fn lofreq_like(cell: &Cell<'_>) -> Option<()> {
    (cell.info("DP4").is_some() && cell.info("AC").is_none()).then_some(())
}
