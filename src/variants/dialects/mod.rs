//! How each caller writes down what it counted.
//!
//! A file often mixes dialects (ensembles, merged files), so each record is asked by the fields it has; the caller named in
//! the header decides only where two callers give the same field another meaning. Counts come before fractions. Counts that
//! cannot be (more reads with the allele than reads, a list that is too short) make no fraction: another field that has
//! whole counts is asked, else the evidence says what is wrong with them.

mod allele_depth;
mod base_tiers;
mod cell;
mod extras;
mod fraction;
mod freebayes;
mod info_counts;
mod ion_torrent;
mod local_alleles;
mod platypus;
mod sanger;
mod small;
mod strand_sums;
mod structural;
mod vardict;
mod varscan;

pub(crate) use cell::Cell;

use crate::evidence::{CountsNote, Evidence};

/// A dialect: evidence where the record speaks it.
type Dialect = fn(&Cell<'_>) -> Option<Evidence>;

/// Every dialect; those with the most particular fields first, for many also write an `AD`.
const DIALECTS: [Dialect; 26] = [
    base_tiers::snv,
    base_tiers::indel,
    sanger::caveman,
    sanger::pindel,
    sanger::recounted,
    structural::gridss,
    structural::scanitd,
    ion_torrent::read,
    small::smcounter,
    vardict::read,
    varscan::read,
    freebayes::read,
    platypus::read,
    local_alleles::read,
    allele_depth::read,
    strand_sums::format,
    small::ivar,
    structural::manta,
    structural::read_pairs,
    small::strand_depths,
    strand_sums::info,
    info_counts::read,
    small::longshot,
    allele_depth::alternate_only,
    structural::support_only,
    fraction::read,
];

/// Reads the evidence of the normal where the tumor's own cell holds it: ClairS has one column with `NAD`, `NDP`, `NAF`.
pub(crate) fn inline_normal(cell: &Cell<'_>) -> Option<Evidence> {
    let depth = cell.format_count("NDP")?;
    let alternate = cell
        .format_counts("NAD")
        .and_then(|counts| cell.of_allele(&counts));
    let fraction = || {
        cell.format("NAF")
            .and_then(|text| cell.of_allele(&cell::fractions(text)))
    };
    match alternate {
        Some(alternate) => Some(Evidence::from_counts(alternate, depth, "NAD/NDP")),
        None => Some(Evidence::from_fraction(
            fraction()?,
            Some(depth),
            CountsNote::NoCounts {
                field: "NAF".to_owned(),
            },
        )),
    }
}

/// Reads the evidence of one allele in one sample. Where the record has neither counts nor a fraction, all that is left is
/// the depth, if any.
pub(crate) fn evidence(cell: &Cell<'_>) -> Evidence {
    let mut evidence = best(DIALECTS.iter().filter_map(|read| read(cell))).unwrap_or_else(|| Evidence {
        depth: cell.depth(),
        ..Evidence::default()
    });
    extras::add(cell, &mut evidence);
    evidence
}

/// Returns the first evidence that can be, else the first that says why it cannot.
fn best(found: impl Iterator<Item = Evidence>) -> Option<Evidence> {
    let mut set_aside: Option<Evidence> = None;
    for evidence in found {
        let faulty = evidence.vaf.is_none() && evidence.depth != Some(0) && !evidence.counts_from.is_empty();
        if faulty {
            set_aside.get_or_insert(evidence);
            continue;
        }
        // A fraction that the caller made of counts that cannot be is no better than they are.
        let of_those =
            evidence.alt_count.is_none() && set_aside.as_ref().is_some_and(|e| e.alt_count.is_some());
        if of_those {
            break;
        }
        return Some(evidence);
    }
    set_aside
}
