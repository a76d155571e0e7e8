//! `AD`: GATK, Mutect2, Sentieon, DRAGEN, bcftools, Pindel, MuSE, Octopus and most others; one count per allele.
//!
//! The denominator is the sum over the alleles, except where the caller itself divides by `DP` and says so in a fraction
//! beside it.

use super::cell::{Cell, no_count, sum};
use crate::evidence::{CountsFrom, CountsNote, Evidence};
use crate::variants::caller::Caller;
use crate::variants::header::Number;

/// Fields with one count per allele and the depth that goes with each, in order of preference.
const FIELDS: [(&str, &str); 5] = [
    ("AD", "DP"),
    // DRAGEN's targeted callers count gene and pseudogene together and give no AD.
    ("JAD", "JDP"),
    // Old bcftools.
    ("DPR", "DP"),
    // CLC Genomics Workbench.
    ("CLCAD2", "DP"),
    // Octopus.
    ("ADP", "DP"),
];

pub(super) fn read(cell: &Cell<'_>) -> Option<Evidence> {
    super::best(
        FIELDS
            .iter()
            .filter_map(|(field, depth)| per_allele(cell, field, depth)),
    )
}

fn per_allele(cell: &Cell<'_>, field: &str, depth_field: &str) -> Option<Evidence> {
    if let Some(note) = not_counts(cell, field) {
        return Some(Evidence {
            depth: cell.depth(),
            ..Evidence::with_note(note)
        });
    }
    let counts = cell.format_counts(field)?;
    if counts.len() < 2 || is_alternate_only(cell, field, counts.len()) {
        return None;
    }
    if counts.len() != cell.alternates() + 1 && !is_of_real_alleles(cell, counts.len()) {
        return Some(of_another_length(cell, field, &counts));
    }
    let alternate = counts.get(cell.allele).copied().flatten()?;
    let reference = counts[0];
    // Pindel's converter writes 0 for the reference where it did not count it, and makes the genotype of that.
    if cell.caller == Caller::Pindel && reference == Some(0) && alternate > 0 {
        return Some(Evidence {
            alt_count: Some(alternate),
            ..Evidence::with_note(CountsNote::ReferenceNotCounted {
                field: field.to_owned(),
            })
        });
    }
    let depth = cell.format_count(depth_field).or_else(|| {
        if depth_field == "DP" {
            cell.any_depth()
        } else {
            None
        }
    });
    let complete = counts.iter().all(Option::is_some);
    let (depth, from) = match depth {
        Some(depth) if divides_by_depth(cell) => (depth, format!("{field}/{depth_field}")),
        Some(depth) if !complete => (depth, format!("{field}/{depth_field}")),
        _ if complete => (sum(&counts), field.to_owned()),
        _ => {
            return Some(Evidence {
                alt_count: Some(alternate),
                ref_count: reference,
                ..Evidence::with_note(CountsNote::Incomplete {
                    field: field.to_owned(),
                })
            });
        }
    };
    let from: CountsFrom = if field == "JAD" {
        CountsNote::JointOverCopies { field: from }.into()
    } else {
        from.into()
    };
    Some(Evidence {
        ref_count: reference,
        ..Evidence::from_counts(alternate, depth, from)
    })
}

/// What is said of a list with a value that is no count: the others say nothing either, for the cell is damaged.
fn not_counts(cell: &Cell<'_>, field: &str) -> Option<CountsNote> {
    let wrong = no_count(cell.format(field)?)?;
    Some(CountsNote::NoCount {
        field: field.to_owned(),
        value: wrong.to_owned(),
    })
}

/// A list of another length does not tell whose its counts are (HiFiCNV writes two whatever the number of alleles). The second
/// of two is the allele's that the genotype holds, where it holds one; the mark says that this was needed.
fn of_another_length(cell: &Cell<'_>, field: &str, counts: &[Option<u32>]) -> Evidence {
    let note = CountsNote::OtherNumber {
        field: field.to_owned(),
        values: counts.len(),
        alleles: cell.alternates() + 1,
    };
    let genotype = cell.genotype().unwrap_or_default();
    let mut held: Vec<usize> = genotype
        .split(['/', '|'])
        .filter_map(|a| a.parse().ok())
        .collect();
    held.retain(|a| *a > 0);
    held.dedup();
    match counts {
        &[Some(reference), Some(alternate)] if held == [cell.allele] => Evidence {
            ref_count: Some(reference),
            ..Evidence::from_counts(alternate, reference.saturating_add(alternate), note)
        },
        _ => Evidence {
            depth: cell.depth(),
            ..Evidence::with_note(note)
        },
    }
}

/// Whether a list has a value for each allele but `<NON_REF>` and its like, which stand behind all others.
fn is_of_real_alleles(cell: &Cell<'_>, values: usize) -> bool {
    let real = cell.real_alternates();
    values == real + 1
        && cell.allele <= real
        && cell.record.alternates[..real]
            .iter()
            .all(|a| !crate::variants::record::Record::is_no_variant(a))
}

/// Callers whose own fraction is `AD / DP`: reads of no counted allele are part of the depth.
fn divides_by_depth(cell: &Cell<'_>) -> bool {
    match cell.caller {
        Caller::DeepVariant
        | Caller::DeepSomatic
        | Caller::Pisces
        | Caller::Sage
        | Caller::Clair3
        | Caller::ClairS => true,
        Caller::Generic | Caller::Ensemble => cell.format("VF").is_some() || cell.format("VAF").is_some(),
        _ => false,
    }
}

/// Whether a list holds no count of the reference: it says so, or the reference has a field of its own.
fn is_alternate_only(cell: &Cell<'_>, field: &str, values: usize) -> bool {
    // Pisces leaves the reference out of AD where both alleles of the genotype are alternative.
    let pisces = cell.caller == Caller::Pisces
        && values >= 2
        && cell.genotype().is_some_and(|gt| {
            gt.split(['/', '|'])
                .all(|a| a.parse::<usize>().is_ok_and(|a| a > 0))
        });
    values == cell.alternates()
        && (matches!(cell.declared(field), Some(Number::Alternates | Number::Count(1)))
            || pisces
            || ["RD", "RO"].iter().any(|key| cell.format_count(key).is_some()))
}

/// An `AD` of one number: the alternative reads alone (`Number=1` or `A`).
pub(super) fn alternate_only(cell: &Cell<'_>) -> Option<Evidence> {
    if not_counts(cell, "AD").is_some() {
        return None;
    }
    let counts = cell.format_counts("AD")?;
    let single = counts.len() == 1 && cell.alternates() == 1 && cell.declared("AD") != Some(Number::Alleles);
    if !single && !is_alternate_only(cell, "AD", counts.len()) {
        return None;
    }
    if is_forced_reference(cell) {
        return None;
    }
    let alternate = counts[cell.allele - 1]?;
    let reference = ["RD", "RO"].iter().find_map(|key| cell.format_count(key));
    if let Some(reference) = reference {
        let depth = reference.saturating_add(sum(&counts));
        return Some(Evidence {
            ref_count: Some(reference),
            ..Evidence::from_counts(alternate, depth, "AD/(RD+AD)")
        });
    }
    Some(match cell.any_depth() {
        Some(depth) => Evidence::from_counts(alternate, depth, "AD/DP"),
        None => Evidence {
            alt_count: Some(alternate),
            ..Evidence::with_note(CountsNote::NoDepth {
                field: "AD".to_owned(),
            })
        },
    })
}

/// Pisces writes the reads of the reference alone for an allele it was told to genotype and did not find (`0/0`, VF 0).
fn is_forced_reference(cell: &Cell<'_>) -> bool {
    cell.caller == Caller::Pisces
        && cell
            .genotype()
            .is_some_and(|gt| gt.split(['/', '|']).all(|allele| allele == "0"))
}
