//! Dialects of a few lines each.

use super::cell::{Cell, count, counts, sum};
use crate::evidence::Evidence;
use crate::variants::header::Number;

/// smCounter and smCounter2: molecules, not reads; `VMT` of `UMT`, in INFO.
pub(super) fn smcounter(cell: &Cell<'_>) -> Option<Evidence> {
    let get = |key: &str| cell.format(key).or_else(|| cell.info(key));
    let molecules = count(get("UMT")?)?;
    let variant = cell.of_allele(&counts(get("VMT")?))?;
    Some(Evidence::from_counts(variant, molecules, "VMT/UMT"))
}

/// iVar as VCF: `ALT_DP` of `REF_DP`, INFO DP over all bases.
pub(super) fn ivar(cell: &Cell<'_>) -> Option<Evidence> {
    let alternate = cell.of_allele(&cell.format_counts("ALT_DP")?)?;
    let reference = cell.format_count("REF_DP");
    let (depth, from) = match (cell.any_depth(), reference) {
        (Some(depth), _) => (depth, "ALT_DP/DP"),
        (None, Some(reference)) => (reference.saturating_add(alternate), "ALT_DP/(REF_DP+ALT_DP)"),
        (None, None) => return None,
    };
    Some(Evidence {
        ref_count: reference,
        ..Evidence::from_counts(alternate, depth, from)
    })
}

/// FORMAT `DP4` (reference forward, reverse, alternative forward, reverse): SomaticSniper, SomaticSeq. With several
/// alternative alleles SomaticSniper's `BCOUNT` (A, C, G, T) tells them apart. Old samtools: `DV` of `DP`.
pub(super) fn strand_depths(cell: &Cell<'_>) -> Option<Evidence> {
    if cell.real_alternates() == 1 {
        if let Some(&[Some(rf), Some(rr), Some(af), Some(ar)]) = cell.format_counts("DP4").as_deref() {
            let depth = sum(&[Some(rf), Some(rr), Some(af), Some(ar)]);
            return Some(Evidence {
                ref_count: Some(rf.saturating_add(rr)),
                ..Evidence::from_counts(af.saturating_add(ar), depth, "DP4")
            });
        }
        if let (Some(variant), Some(depth)) = (cell.format_count("DV"), cell.depth()) {
            return Some(Evidence::from_counts(variant, depth, "DV/DP"));
        }
    }
    let bases = cell.format_counts("BCOUNT").filter(|b| b.len() == 4)?;
    let of = |allele| {
        let base = cell.base(allele)?;
        let place = ["A", "C", "G", "T"]
            .iter()
            .position(|b| b.eq_ignore_ascii_case(base))?;
        bases[place]
    };
    let alternate = of(cell.record.alternates[cell.allele - 1])?;
    Some(Evidence {
        ref_count: of(cell.record.reference),
        ..Evidence::from_counts(alternate, sum(&bases), "BCOUNT")
    })
}

/// Longshot: INFO `AC` holds the reads of each allele, REF first; elsewhere AC counts genotypes, one value per ALT.
pub(super) fn longshot(cell: &Cell<'_>) -> Option<Evidence> {
    let declared = cell.header.infos.get("AC").map(|d| d.number);
    let counts = cell.info_counts("AC")?;
    let of_reads = declared == Some(Number::Alleles) && counts.len() == cell.alternates() + 1;
    if !of_reads || counts.iter().any(Option::is_none) {
        return None;
    }
    Some(Evidence {
        ref_count: counts[0],
        ..Evidence::from_counts(counts[cell.allele]?, sum(&counts), "INFO AC")
    })
}
