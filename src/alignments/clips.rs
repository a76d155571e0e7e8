//! What soft clips hide: long insertions, duplications and deletions, also with bases between that are neither copy's.

use std::collections::BTreeMap;

use super::forced::{ForcedAllele, Simplest, simplest};
use super::indel::Indel;
use super::observation::{Clip, IndelChange};
use super::reference::{Reference, letter};

/// Fragments with the same clip before a hidden indel is searched.
const MIN_CLIPPED: usize = 3;
/// Columns in which the continuation of a clip is searched: the length of internal tandem duplications that can be found.
const REACH: u32 = 400;
/// Clipped bases that must be found again: right behind the aligned part, and behind bases that are found nowhere. The latter
/// has so many more places at which it could fit by chance.
const SEED: usize = 12;
const SEED_BEHIND_FILLER: usize = 16;
/// Bases at the most between the copies of a duplication or the ends of a deletion that belong to neither.
const LONGEST_FILLER: usize = 32;
/// Clipped bases compared.
const COMPARED: usize = LONGEST_FILLER + 40;
/// Bases that must fit exactly where a copy begins.
const EXACT: usize = 10;
/// Compared bases of which one may differ.
const ONE_OF: usize = 20;

/// Where reads are clipped, and on which side of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClipPlace {
    /// The aligned column (0-based) next to the clipped bases.
    pub column: u32,
    /// Whether they lie before it.
    pub left: bool,
}

/// Searches the continuation of soft clips nearby: a duplication where it lies behind, a deletion where it lies ahead, each also
/// behind bases that are found nowhere.
pub fn hidden_indels(contig: u32, clips: &[Clip], reference: &Reference) -> Vec<Indel> {
    by_place(clips)
        .into_iter()
        .filter(|(_, clips)| clips.len() >= MIN_CLIPPED)
        .filter_map(|(place, clips)| hidden_indel(contig, place, &majority(&clips, place.left), reference))
        .map(|indel| indel.leftmost(reference))
        .collect()
}

fn by_place(clips: &[Clip]) -> BTreeMap<ClipPlace, Vec<&Clip>> {
    let mut places: BTreeMap<ClipPlace, Vec<&Clip>> = BTreeMap::new();
    for clip in clips {
        let place = ClipPlace {
            column: clip.column,
            left: clip.left,
        };
        places.entry(place).or_default().push(clip);
    }
    places
}

/// Returns the most frequent base at each distance from the aligned part, as far as [`MIN_CLIPPED`] clips reach; in the order
/// away from the aligned part.
fn majority(clips: &[&Clip], left: bool) -> Vec<u8> {
    let mut bases = Vec::new();
    for distance in 0..COMPARED {
        let mut counts = [0_usize; 4];
        for clip in clips {
            let n = clip.bases.len();
            let index = if left {
                n.checked_sub(distance + 1)
            } else {
                Some(distance)
            };
            let base = index.and_then(|i| clip.bases.get(i));
            if let Some(place) = base.and_then(|b| [1, 2, 4, 8].iter().position(|c| c == b)) {
                counts[place] += 1;
            }
        }
        let (place, most) = counts
            .iter()
            .enumerate()
            .fold((0, 0), |best, (i, n)| if *n > best.1 { (i, *n) } else { best });
        if most < MIN_CLIPPED {
            break;
        }
        bases.push(1 << place);
    }
    bases
}

/// Returns what explains a clip; `bases` run away from the aligned part.
fn hidden_indel(contig: u32, place: ClipPlace, bases: &[u8], reference: &Reference) -> Option<Indel> {
    let start = place.column.saturating_sub(REACH);
    let around = reference.codes(contig, start, place.column + REACH);
    let fillers = 0..=LONGEST_FILLER.min(bases.len());
    let (filler, at) = fillers.into_iter().find_map(|filler| {
        let rest = &bases[filler..];
        let seed = if filler == 0 { SEED } else { SEED_BEHIND_FILLER };
        if rest.len() < seed {
            return None;
        }
        let mut found = (0..around.len()).filter(|at| continues(rest, &around, *at, place.left));
        let at = found.next()?;
        // A repeat: the place cannot be told, be it with more bases between.
        Some((filler, found.next().is_none().then_some(at)))
    })?;
    let there = start + u32::try_from(at?).ok()?;
    joined(contig, place, there, &bases[..filler], reference)
}

/// Whether bases that run away from the aligned part lie in the reference from a place on.
fn continues(bases: &[u8], around: &[u8], at: usize, left: bool) -> bool {
    // Of a left clip the bases run away from the aligned part, against the reference.
    let differs = |(i, base): &(usize, &u8)| {
        let index = if left { at.checked_sub(*i) } else { Some(at + i) };
        index.and_then(|i| around.get(i)) != Some(*base)
    };
    let mut compared = bases.iter().enumerate();
    // The first bases say where the copy begins: one that differs there is part of what lies between.
    !compared.by_ref().take(EXACT).any(|pair| differs(&pair))
        && compared.filter(differs).count() * ONE_OF <= bases.len()
}

/// Returns the change of a molecule that goes on at `there` behind the bases between.
fn joined(contig: u32, place: ClipPlace, there: u32, filler: &[u8], reference: &Reference) -> Option<Indel> {
    let column = place.column;
    let mut between = filler.to_vec();
    if place.left {
        between.reverse();
    }
    // The last column before what changes, the bases gained, and the first column behind.
    let (after, gained, behind) = if place.left {
        // The aligned part begins at `column`; what was clipped ends at `there`.
        if there >= column {
            let mut gained = reference.codes(contig, column, there + 1);
            gained.extend(between);
            (column.checked_sub(1)?, gained, column)
        } else {
            (there, between, column)
        }
    } else if there <= column {
        let mut gained = between;
        gained.extend(reference.codes(contig, there, column + 1));
        (column, gained, column + 1)
    } else {
        (column, between, there)
    };
    if !gained.iter().all(|b| matches!(b, 1 | 2 | 4 | 8)) {
        return None;
    }
    let lost = behind - after - 1;
    let change = match (lost, gained.is_empty()) {
        (0, true) => return None,
        (0, false) => IndelChange::Insertion(gained),
        (_, true) => IndelChange::Deletion(lost),
        (_, false) => return replaced(contig, after, lost, &gained, reference),
    };
    Some(Indel {
        contig,
        after,
        change,
    })
}

/// Returns a replacement without what both sides share.
fn replaced(contig: u32, after: u32, lost: u32, gained: &[u8], reference: &Reference) -> Option<Indel> {
    let text = |codes: &[u8]| -> String { codes.iter().map(|c| char::from(letter(*c))).collect() };
    let before = reference.codes(contig, after, after + 1);
    let whole = simplest(&ForcedAllele {
        contig,
        column: after,
        reference: text(&reference.codes(contig, after, after + 1 + lost)),
        alternate: text(&[&before, gained].concat()),
    })?;
    match whole {
        Simplest::Indel(indel) => Some(indel),
        Simplest::Substitution(_) => None,
    }
}
