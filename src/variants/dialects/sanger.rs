//! Callers of the Sanger Institute: CaVEMan, cgpPindel, and cgpVAF, which counts again for both (vafCorrect).

use super::cell::{Cell, sum};
use crate::evidence::{Evidence, StrandCounts};

const BASES: [&str; 4] = ["A", "C", "G", "T"];
/// Reads of each base on the forward and on the reverse strand.
const FORWARD: [&str; 4] = ["FAZ", "FCZ", "FGZ", "FTZ"];
const REVERSE: [&str; 4] = ["RAZ", "RCZ", "RGZ", "RTZ"];
/// The same of both strands together, before CaVEMan 1.
const BOTH: [&str; 4] = ["AA", "CA", "GA", "TA"];

/// CaVEMan: reads of each base and strand; the fraction is of all eight.
pub(super) fn caveman(cell: &Cell<'_>) -> Option<Evidence> {
    let (counts, from) = match (bases(cell, &FORWARD), bases(cell, &REVERSE)) {
        (Some(forward), Some(reverse)) => {
            let both = [0, 1, 2, 3].map(|i| forward[i].saturating_add(reverse[i]));
            (both, "FAZ..RTZ")
        }
        // Two letters are a name for anything: the caller's own fraction must stand beside them.
        _ if cell.format("PM").is_some() => (bases(cell, &BOTH)?, "AA,CA,GA,TA"),
        _ => return None,
    };
    let alternate = counts[base(cell, cell.record.alternates[cell.allele - 1])?];
    let reference = counts[base(cell, cell.record.reference)?];
    Some(Evidence {
        ref_count: Some(reference),
        ..Evidence::from_counts(alternate, sum(&counts.map(Some)), from)
    })
}

/// Returns CaVEMan's counts by strand.
pub(super) fn strands(cell: &Cell<'_>) -> Option<StrandCounts> {
    let (forward, reverse) = (bases(cell, &FORWARD)?, bases(cell, &REVERSE)?);
    let (r, a) = (
        base(cell, cell.record.reference)?,
        base(cell, cell.record.alternates[cell.allele - 1])?,
    );
    Some(StrandCounts {
        ref_forward: forward[r],
        ref_reverse: reverse[r],
        alt_forward: forward[a],
        alt_reverse: reverse[a],
    })
}

fn bases(cell: &Cell<'_>, keys: &[&str; 4]) -> Option<[u32; 4]> {
    let mut counts = [0; 4];
    for (count, key) in counts.iter_mut().zip(keys) {
        *count = cell.format_count(key)?;
    }
    Some(counts)
}

fn base<'a>(cell: &Cell<'a>, allele: &'a str) -> Option<usize> {
    let base = cell.base(allele)?;
    BASES.iter().position(|b| b.eq_ignore_ascii_case(base))
}

/// cgpPindel: fragments with the change of all (`FC`, `FD`); older releases the unique calls of both strands of the reads
/// there (`PU`, `NU` of `PR`, `NR`).
pub(super) fn pindel(cell: &Cell<'_>) -> Option<Evidence> {
    if cell.real_alternates() != 1 {
        return None;
    }
    let count = |key: &str| cell.format_count(key);
    if let (Some(depth), Some(calls)) = (count("FD"), count("FC")) {
        return Some(Evidence::from_counts(calls, depth, "FC/FD"));
    }
    let calls = count("PU")?.saturating_add(count("NU")?);
    let depth = count("PR")?.saturating_add(count("NR")?);
    Some(Evidence::from_counts(calls, depth, "(PU+NU)/(PR+NR)"))
}

/// cgpVAF: reads of the change and of the reference (`MTR`, `WTR`); those that tell nothing are left out, as it does.
pub(super) fn recounted(cell: &Cell<'_>) -> Option<Evidence> {
    if cell.real_alternates() != 1 {
        return None;
    }
    let (alternate, reference) = (cell.format_count("MTR")?, cell.format_count("WTR")?);
    let depth = alternate.saturating_add(reference);
    Some(Evidence {
        ref_count: Some(reference),
        ..Evidence::from_counts(alternate, depth, "MTR/(WTR+MTR)")
    })
}
