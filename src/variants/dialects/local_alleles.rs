//! VCF 4.5, section 1.6.2: `LAD` holds a count of REF and one of each allele that `LAA` names. An allele that it does not
//! name has no reads in the sample.

use super::cell::{Cell, no_count, sum};
use crate::evidence::{CountsNote, Evidence};

pub(super) fn read(cell: &Cell<'_>) -> Option<Evidence> {
    let counts = cell.format_counts("LAD")?;
    let local = cell.local_alternates()?;
    if counts.len() != local.len() + 1 {
        return Some(Evidence {
            depth: cell.depth(),
            ..Evidence::with_note(CountsNote::OtherNumber {
                field: "LAD".to_owned(),
                values: counts.len(),
                alleles: local.len() + 1,
            })
        });
    }
    let alleles = cell.record.alternates.len();
    if let Some(other) = local.iter().find(|a| !(1..=alleles).contains(*a)) {
        return Some(Evidence {
            depth: cell.depth(),
            ..Evidence::with_note(CountsNote::AlleleBeyond {
                field: "LAD".to_owned(),
                named: *other,
                alleles,
            })
        });
    }
    if let Some(twice) = (1..local.len()).find(|n| local[..*n].contains(&local[*n])) {
        return Some(Evidence {
            depth: cell.depth(),
            ..Evidence::with_note(CountsNote::AlleleTwice {
                field: "LAD".to_owned(),
                named: local[twice],
            })
        });
    }
    if let Some(wrong) = cell.format("LAD").and_then(no_count) {
        return Some(Evidence {
            depth: cell.depth(),
            ..Evidence::with_note(CountsNote::NoCount {
                field: "LAD".to_owned(),
                value: wrong.to_owned(),
            })
        });
    }
    let alternate = match local.iter().position(|a| *a == cell.allele) {
        Some(place) => counts[place + 1]?,
        None => 0,
    };
    if counts.iter().any(Option::is_none) {
        return None;
    }
    Some(Evidence {
        ref_count: counts[0],
        ..Evidence::from_counts(alternate, sum(&counts), "LAD")
    })
}
