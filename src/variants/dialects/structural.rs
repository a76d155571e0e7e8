//! Callers of structural variants, which write an insertion with its sequence (an internal tandem duplication of FLT3) as
//! any other record: reads for the reference and for the change, by pairs that span it and by reads that are split at it.

use super::cell::Cell;
use crate::evidence::{CountsNote, Evidence};
use crate::genome::as_count;

/// Pairs tell nothing of an event much shorter than a fragment: GRIDSS leaves them out below this length.
const SHORTEST_FOR_PAIRS: u32 = 1_000;

/// Manta (and DRAGEN, which took it over): `SR` and `PR` hold reads of the reference and of the change. A fragment may stand in
/// both, and pairs do not see a short insertion: split reads first.
pub(super) fn manta(cell: &Cell<'_>) -> Option<Evidence> {
    let two = |key: &str| match &*cell.format_counts(key)? {
        &[Some(reference), Some(alternate)] => Some((reference, alternate)),
        _ => None,
    };
    if cell.real_alternates() != 1 {
        return None;
    }
    let (split, pairs) = (two("SR"), two("PR"));
    // Lancet's SR are strands of the reference; its change stands in SA.
    if cell.format("SA").is_some() {
        return None;
    }
    let seen = |counts: &(u32, u32)| counts.0.saturating_add(counts.1) > 0;
    let (counts, from) = match (split.filter(seen), pairs) {
        (Some(split), _) => (split, "SR"),
        (None, Some(pairs)) => (pairs, "PR"),
        (None, None) => (split?, "SR"),
    };
    Some(of_two(counts, from))
}

/// Delly (`RR`, `RV` of split reads where the breakpoint is exact, else `DR`, `DV` of pairs), Sniffles, cuteSV, Severus (`DR`,
/// `DV` of reads), nanomonsv (`VR` of `TR`).
pub(super) fn read_pairs(cell: &Cell<'_>) -> Option<Evidence> {
    if cell.real_alternates() != 1 {
        return None;
    }
    let both = |reference: &str, alternate: &str| {
        Some((cell.format_count(reference)?, cell.format_count(alternate)?))
    };
    let imprecise = cell.record.info.has("IMPRECISE");
    if let Some(split) = both("RR", "RV").filter(|c| !imprecise && c.0.saturating_add(c.1) > 0) {
        return Some(of_two(split, "RV/(RR+RV)"));
    }
    if let Some(reads) = both("DR", "DV") {
        return Some(of_two(reads, "DV/(DR+DV)"));
    }
    let (total, variant) = both("TR", "VR")?;
    Some(Evidence::from_counts(variant, total, "VR/TR"))
}

fn of_two((reference, alternate): (u32, u32), from: &str) -> Evidence {
    Evidence {
        ref_count: Some(reference),
        ..Evidence::from_counts(alternate, reference.saturating_add(alternate), from)
    }
}

/// GRIDSS (and its heirs): fragments with the change (`VF`, of a single breakend `BVF`), reads and pairs of the reference.
pub(super) fn gridss(cell: &Cell<'_>) -> Option<Evidence> {
    let reads = cell.format_count("REF")?;
    let pairs = cell.format_count("REFPAIR")?;
    let alternate = cell.record.alternates[cell.allele - 1];
    let single = alternate.len() > 1 && (alternate.starts_with('.') || alternate.ends_with('.'));
    let variant = cell.format_count(if single { "BVF" } else { "VF" })?;
    let (reference, from) = if length(cell, alternate).is_some_and(|n| n < SHORTEST_FOR_PAIRS) {
        (reads, "VF/(VF+REF)")
    } else {
        (reads.saturating_add(pairs), "VF/(VF+REF+REFPAIR)")
    };
    Some(of_two((reference, variant), from))
}

/// Returns how far apart the ends of a change are, where they lie on one contig.
fn length(cell: &Cell<'_>, alternate: &str) -> Option<u32> {
    let mate = alternate.split(['[', ']']).find(|part| part.contains(':'));
    let Some(mate) = mate else {
        let lengths = (alternate.len(), cell.record.reference.len());
        let is_sequence = alternate.bytes().all(|b| b.is_ascii_alphabetic());
        return is_sequence.then(|| as_count(lengths.0.abs_diff(lengths.1)));
    };
    let (contig, position) = mate.rsplit_once(':')?;
    let position: u32 = position.parse().ok()?;
    (contig == cell.record.contig).then(|| position.abs_diff(cell.record.position))
}

/// ScanITD: reads for the duplication, those rescued among them, of all at the place; both in INFO.
pub(super) fn scanitd(cell: &Cell<'_>) -> Option<Evidence> {
    cell.info("SVMETHOD").filter(|m| m.starts_with("ScanITD"))?;
    let count = |key| cell.info(key)?.parse().ok();
    Some(Evidence::from_counts(count("AO")?, count("DP")?, "INFO AO/DP"))
}

/// Lumpy without genotyping: reads for the change (`SU`) and nothing that they are a share of.
pub(super) fn support_only(cell: &Cell<'_>) -> Option<Evidence> {
    if cell.real_alternates() != 1 {
        return None;
    }
    Some(Evidence {
        alt_count: Some(cell.format_count("SU")?),
        ..Evidence::with_note(CountsNote::NoDepth {
            field: "SU".to_owned(),
        })
    })
}
