//! How each caller writes down what it counted.
//!
//! A file often mixes dialects (ensembles, merged files), so each record is asked by the fields it has; the caller named in
//! the header decides only where two callers give the same field another meaning. Counts come before fractions.

mod allele_depth;
mod base_tiers;
mod cell;
mod extras;
mod fraction;
mod freebayes;
mod info_counts;
mod ion_torrent;
mod platypus;
mod small;
mod vardict;
mod varscan;

pub(crate) use cell::Cell;

use crate::evidence::Evidence;

/// A dialect: evidence where the record speaks it.
type Dialect = fn(&Cell<'_>) -> Option<Evidence>;

/// Every dialect; those with the most particular fields first, for many also write an `AD`.
const DIALECTS: [Dialect; 14] = [
    base_tiers::snv,
    base_tiers::indel,
    ion_torrent::read,
    small::smcounter,
    vardict::read,
    varscan::read,
    freebayes::read,
    platypus::read,
    allele_depth::read,
    small::ivar,
    small::strand_depths,
    info_counts::read,
    allele_depth::alternate_only,
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
            "NAF (no counts)",
        )),
    }
}

/// Reads the evidence of one allele in one sample. Where the record has neither counts nor a fraction, all that is left is
/// the depth, if any.
pub(crate) fn evidence(cell: &Cell<'_>) -> Evidence {
    let mut evidence = DIALECTS
        .iter()
        .find_map(|read| read(cell))
        .unwrap_or_else(|| Evidence {
            depth: cell.depth(),
            ..Evidence::default()
        });
    extras::add(cell, &mut evidence);
    evidence
}
