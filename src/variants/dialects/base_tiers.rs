//! Strelka's somatic files: no genotype, counts of each base (`AU` …) or of indel and reference reads (`TIR`, `TAR`) in two
//! tiers of mapping quality; the first tier is used, as its user guide does for the allele fraction:
//! alt / (alt + ref), Strelka user guide, "Somatic variant allele frequencies". In a record merged of several the counts of
//! an indel do not tell whose they are: no fraction.

use super::cell::Cell;
use crate::evidence::{CountsNote, Evidence};

/// Counts of the four bases.
pub(super) fn snv(cell: &Cell<'_>) -> Option<Evidence> {
    let of = |allele| tier1(cell, cell.base(allele)?);
    let reference = of(cell.record.reference)?;
    let alternate = of(cell.record.alternates[cell.allele - 1])?;
    let mut depth = reference;
    for allele in &cell.record.alternates {
        depth = depth.saturating_add(of(allele).unwrap_or(0));
    }
    Some(Evidence {
        ref_count: Some(reference),
        ..Evidence::from_counts(alternate, depth, "tier 1 AU,CU,GU,TU")
    })
}

fn tier1(cell: &Cell<'_>, base: &str) -> Option<u32> {
    let key = match base {
        "A" | "a" => "AU",
        "C" | "c" => "CU",
        "G" | "g" => "GU",
        "T" | "t" => "TU",
        _ => return None,
    };
    two_tiers(cell, key)
}

/// A single value is another caller's field of the same name (ClairS).
fn two_tiers(cell: &Cell<'_>, key: &str) -> Option<u32> {
    match &*cell.format_counts(key)? {
        [first, _] => *first,
        _ => None,
    }
}

/// Counts of an indel.
pub(super) fn indel(cell: &Cell<'_>) -> Option<Evidence> {
    let alternate = two_tiers(cell, "TIR")?;
    let reference = two_tiers(cell, "TAR")?;
    if cell.real_alternates() != 1 {
        if cell.base(cell.record.alternates[cell.allele - 1]).is_some() {
            return None;
        }
        return Some(Evidence {
            depth: cell.depth(),
            ..Evidence::with_note(CountsNote::OneOfSeveral {
                field: "tier 1 TIR,TAR".to_owned(),
            })
        });
    }
    Some(Evidence {
        ref_count: Some(reference),
        ..Evidence::from_counts(alternate, reference.saturating_add(alternate), "tier 1 TIR,TAR")
    })
}
