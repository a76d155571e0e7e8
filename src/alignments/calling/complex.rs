//! Indels with substitutions beside them on the same molecules: one change, which an aligner writes in pieces.
//!
//! Each piece alone would have a consequence that no molecule has. The whole is built from the pieces as they are aligned, and counted
//! by haplotypes like any other.

use std::collections::{BTreeMap, BTreeSet};

use super::called_variant::CalledVariant;
use super::realign::RealignedSite;
use crate::alignments::counts::forced::{ForcedAllele, Simplest, simplest};
use crate::alignments::counts::indel::{Indel, applied};
use crate::alignments::counts::observation::BaseObservation;
use crate::alignments::counts::tally::Tally;
use crate::alignments::input::reference::{Reference, letter};
use crate::alignments::reads::read::DELETED;

/// Fragments that must show the pieces together.
const FEWEST: usize = 3;
/// Columns beside the indel in which a substitution counts as part of it.
const REACH: u32 = 2;
/// Share of the fragments with the indel that must show the substitution, and of those with the substitution that must show the
/// indel: an inherited variant next to a clone's indel is on many others.
const TOGETHER: f64 = 0.7;

/// Returns changes made of an indel, as alignments write it, and the substitutions beside it, with the fragments that show them.
pub(crate) fn complex_indels(
    written: &BTreeMap<Indel, BTreeSet<u32>>,
    tally: &Tally,
    reference: &Reference,
) -> Vec<(Indel, usize)> {
    written
        .iter()
        .filter(|(_, fragments)| fragments.len() >= FEWEST)
        .filter_map(|(indel, fragments)| {
            let beside = substitutions_beside(indel, fragments, tally);
            let whole = joined(indel, &beside, reference)?;
            Some((whole, fragments.len()))
        })
        .collect()
}

/// Returns column and code of the substitutions that go with an indel.
fn substitutions_beside(indel: &Indel, fragments: &BTreeSet<u32>, tally: &Tally) -> Vec<(u32, u8)> {
    let from = (indel.after + 1).saturating_sub(REACH).max(tally.start);
    let behind = indel.behind() + REACH;
    let near = |o: &&BaseObservation| tally.start + o.column < behind;
    let first = tally
        .observations
        .partition_point(|o| tally.start + o.column < from);
    let mut counts: BTreeMap<(u32, u8), (usize, usize)> = BTreeMap::new();
    for o in tally.observations[first..].iter().take_while(near) {
        if o.code == DELETED {
            continue;
        }
        let (all, with) = counts.entry((tally.start + o.column, o.code)).or_default();
        *all += 1;
        *with += usize::from(fragments.contains(&o.fragment));
    }
    let goes_with = |(all, with): (usize, usize)| {
        with as f64 >= TOGETHER * fragments.len() as f64 && with as f64 >= TOGETHER * all as f64
    };
    counts
        .into_iter()
        .filter(|(_, counts)| goes_with(*counts))
        .map(|(place, _)| place)
        .collect()
}

/// Returns an indel and substitutions as one change; `None` without substitutions, or where together they are no change.
fn joined(indel: &Indel, substitutions: &[(u32, u8)], reference: &Reference) -> Option<Indel> {
    if substitutions.is_empty() {
        return None;
    }
    let start = indel.after.saturating_sub(REACH);
    let bases = reference.codes(indel.contig, start, indel.behind() + REACH + 1);
    let mut changed = bases.clone();
    for (column, code) in substitutions {
        *changed.get_mut(column.checked_sub(start)? as usize)? = *code;
    }
    let text = |codes: &[u8]| codes.iter().map(|c| char::from(letter(*c))).collect();
    let whole = simplest(&ForcedAllele {
        contig: indel.contig,
        column: start,
        reference: text(&bases),
        alternate: text(&applied(&changed, indel, start)),
    })?;
    match whole {
        Simplest::Indel(whole) => Some(whole.leftmost(reference)),
        Simplest::Substitution(_) => None,
    }
}

/// Takes out the substitutions that are but part of a change that was called as a whole.
pub(crate) fn remove_pieces(variants: &mut Vec<CalledVariant>, sites: &[RealignedSite]) {
    let wholes: Vec<(&Indel, u32)> = sites
        .iter()
        .flat_map(|site| site.indels.iter().zip(site.counts.either.iter().skip(1)))
        .filter(|(indel, count)| indel.is_replacement() && **count as usize >= FEWEST)
        .map(|(indel, count)| (indel, *count))
        .collect();
    variants.retain(|v| {
        let is_substitution = v.reference.len() == 1 && v.alternate.len() == 1;
        let is_piece = |(whole, count): &(&Indel, u32)| {
            v.contig == whole.contig
                && (whole.after + 1..whole.behind()).contains(&v.column)
                && f64::from(*count) >= TOGETHER * f64::from(v.alt_count)
        };
        v.forced || !is_substitution || !wholes.iter().any(is_piece)
    });
}
