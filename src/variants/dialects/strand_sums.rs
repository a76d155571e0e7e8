//! Allele depths where `AD` is not: counts by strand alone (`bcftools mpileup -a ADF,ADR`), or in INFO of a file of one
//! sample (`-a INFO/AD`, `-a INFO/ADF,INFO/ADR`).

use super::cell::{Cell, sum};
use crate::evidence::Evidence;

/// FORMAT `ADF` and `ADR`; VarScan's are of the alternative allele, with `RDF` and `RDR` of the reference.
pub(super) fn format(cell: &Cell<'_>) -> Option<Evidence> {
    let (forward, reverse) = (cell.format_counts("ADF")?, cell.format_counts("ADR")?);
    if forward.len() == cell.alternates() + 1 {
        return per_allele(cell, &added(&forward, &reverse)?, "ADF+ADR");
    }
    let reference = cell
        .format_count("RDF")?
        .saturating_add(cell.format_count("RDR")?);
    let alternates = added(&forward, &reverse)?;
    if alternates.len() != cell.alternates() {
        return None;
    }
    let depth = reference.saturating_add(sum(&alternates));
    Some(Evidence {
        ref_count: Some(reference),
        ..Evidence::from_counts(alternates[cell.allele - 1]?, depth, "ADF+ADR/(RDF+RDR+ADF+ADR)")
    })
}

/// INFO `AD`, else `ADF` and `ADR`.
pub(super) fn info(cell: &Cell<'_>) -> Option<Evidence> {
    if let Some(counts) = cell
        .info_counts("AD")
        .filter(|c| c.len() == cell.alternates() + 1)
    {
        return per_allele(cell, &counts, "INFO AD");
    }
    let (forward, reverse) = (cell.info_counts("ADF")?, cell.info_counts("ADR")?);
    let counts = added(&forward, &reverse).filter(|c| c.len() == cell.alternates() + 1)?;
    per_allele(cell, &counts, "INFO ADF+ADR")
}

fn per_allele(cell: &Cell<'_>, counts: &[Option<u32>], from: &str) -> Option<Evidence> {
    if counts.iter().any(Option::is_none) {
        return None;
    }
    Some(Evidence {
        ref_count: counts[0],
        ..Evidence::from_counts(counts[cell.allele]?, sum(counts), from)
    })
}

fn added(forward: &[Option<u32>], reverse: &[Option<u32>]) -> Option<Vec<Option<u32>>> {
    if forward.len() != reverse.len() {
        return None;
    }
    let pairs = forward.iter().zip(reverse);
    Some(pairs.map(|(f, r)| Some((*f)?.saturating_add((*r)?))).collect())
}
