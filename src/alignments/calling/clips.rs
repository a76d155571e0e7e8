//! What soft clips hide: long insertions, duplications and deletions, also with bases between that are neither copy's.

use std::collections::{BTreeMap, BTreeSet};

use crate::alignments::counts::forced::{ForcedAllele, Simplest, simplest};
use crate::alignments::counts::indel::{Indel, applied};
use crate::alignments::counts::observation::{Clip, IndelChange};
use crate::alignments::input::base_codes::is_known;
use crate::alignments::input::reference::{Reference, letter};
use crate::genome::as_count;

/// Fragments with the same clip before a hidden indel is searched.
pub(crate) const MIN_CLIPPED: usize = 3;
/// Columns in which the continuation of a clip is searched: the length of internal tandem duplications that can be found.
const REACH: u32 = 400;
/// Clipped bases that must be found again: right behind the aligned part, and behind bases that are found nowhere. The latter
/// has so many more places at which it could fit by chance.
pub(crate) const SEED: usize = 12;
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
pub(crate) struct ClipPlace {
    /// The aligned column (0-based) next to the clipped bases.
    pub column: u32,
    /// Whether they lie before it.
    pub left: bool,
}

/// Searches the continuation of soft clips nearby: a duplication where it lies behind, a deletion where it lies ahead, each also
/// behind bases that are found nowhere.
pub(crate) fn hidden_indels(contig: u32, clips: &[Clip], reference: &Reference) -> Vec<Indel> {
    by_place(clips)
        .into_iter()
        .filter(|(_, clips)| clips.len() >= MIN_CLIPPED)
        .filter_map(|(place, clips)| hidden_indel(contig, place, &majority(&clips, place.left), reference))
        .map(|indel| indel.leftmost(reference))
        .collect()
}

/// Reads that are clipped at one place alike, on both strands, while nothing that was found explains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnexplainedClips {
    /// Contig number.
    pub contig: u32,
    /// The aligned column (0-based) next to the clipped bases.
    pub column: u32,
    /// Whether they lie before it.
    pub left: bool,
    /// Reads clipped here.
    pub clipped: u32,
    /// Reads over the column.
    pub reads: u32,
    /// The clipped bases next to the aligned part, letters in the order of the reference.
    pub bases: String,
}

impl UnexplainedClips {
    /// Whether no detection limit holds for what lies in columns from `first` to before `behind`, because it might be hidden here.
    pub(crate) fn void(&self, contig: u32, first: u32, behind: u32) -> bool {
        self.contig == contig && self.column + VOID_AROUND >= first && self.column < behind + VOID_AROUND
    }
}

/// Columns around unexplained clips for which no detection limit holds: what hides there may be as long as that.
const VOID_AROUND: u32 = 150;

/// Fewest fragments and share of the reads that are clipped at a place before it is a finding.
const FEWEST_UNEXPLAINED: usize = 10;
const LEAST_SHARE: f64 = 0.01;
/// Share of them on the rarer strand at least: tags and adapters lie at one end of the reads.
const LEAST_OF_STRAND: f64 = 0.15;
/// Clipped bases that are compared, share of them that agree, and share of differing ones that a known sequence explains.
const TOLD_BY: usize = 20;
const AGREEING: f64 = 0.9;
const EXPLAINED: f64 = 0.2;
/// Aligned bases that are searched for together with the clipped ones.
const ANCHOR: usize = 12;
/// Columns around a place in which an indel may explain its clips.
const EXPLAINING: u32 = 300;
/// Starts of adapters, as behind short fragments: TruSeq, Nextera and small RNA of Illumina.
const ADAPTERS: [&[u8]; 3] = [b"AGATCGGAAG", b"CTGTCTCTTA", b"TGGAATTCTC"];

/// Returns the places at which many fragments are clipped and neither a candidate nor the reference itself says why.
///
/// `reads_at` gives the reads over a column; `found` are the candidates of the surroundings.
pub(crate) fn unexplained_clips<'c>(
    contig: u32,
    clips: impl IntoIterator<Item = &'c Clip>,
    reads_at: &dyn Fn(u32) -> u32,
    found: &BTreeMap<Indel, usize>,
    reference: &Reference,
) -> Vec<UnexplainedClips> {
    let told = |(place, clips): (ClipPlace, Vec<&Clip>)| {
        let long: Vec<&Clip> = clips
            .iter()
            .copied()
            .filter(|c| c.bases.len() >= TOLD_BY)
            .collect();
        let reads = reads_at(place.column);
        let reverse = long.iter().filter(|c| c.reverse).count();
        let rarer = reverse.min(long.len() - reverse);
        let fragments: BTreeSet<u32> = long.iter().map(|c| c.fragment).collect();
        if fragments.len() < FEWEST_UNEXPLAINED
            || (clips.len() as f64) < LEAST_SHARE * f64::from(reads)
            || (rarer as f64) < LEAST_OF_STRAND * long.len() as f64
        {
            return None;
        }
        let mut bases = majority(&long, place.left);
        bases.truncate(TOLD_BY);
        let agreeing: usize = long
            .iter()
            .map(|c| TOLD_BY - differing_of(c, &bases, place.left))
            .sum();
        if (agreeing as f64) < AGREEING * (TOLD_BY * long.len()) as f64 || is_foreign(&bases, place.left) {
            return None;
        }
        if place.left {
            bases.reverse();
        }
        let near = found.keys().filter(|indel| {
            indel.after < place.column + EXPLAINING && place.column < indel.behind() + EXPLAINING
        });
        (!is_explained(contig, place, &bases, near, reference)).then(|| UnexplainedClips {
            contig,
            column: place.column,
            left: place.left,
            clipped: as_count(clips.len()),
            reads,
            bases: bases.iter().map(|c| char::from(letter(*c))).collect(),
        })
    };
    by_place(clips).into_iter().filter_map(told).collect()
}

/// Returns how many of the first clipped bases differ from others, both in the order away from the aligned part.
fn differing_of(clip: &Clip, bases: &[u8], left: bool) -> usize {
    let differing = |(i, base): &(usize, &u8)| {
        let index = if left { clip.bases.len() - 1 - i } else { *i };
        clip.bases.get(index) != Some(*base)
    };
    bases.iter().enumerate().filter(differing).count()
}

/// Whether bases away from the aligned part are an adapter, or hardly more than one base again and again, as of dark cycles.
fn is_foreign(bases: &[u8], left: bool) -> bool {
    let most = [1, 2, 4, 8].map(|code| bases.iter().map(|b| usize::from(*b == code)).sum::<usize>());
    if most.into_iter().max().unwrap_or(0) * 5 >= bases.len() * 4 {
        return true;
    }
    // In a left clip the adapter runs the other way, complemented.
    let of_read: Vec<u8> = bases
        .iter()
        .map(|code| letter(if left { complement(*code) } else { *code }))
        .collect();
    let holds = |adapter: &&[u8]| of_read.windows(adapter.len()).any(|w| w == *adapter);
    ADAPTERS.iter().any(holds)
}

/// Returns the code of the base on the other strand.
const fn complement(code: u8) -> u8 {
    match code {
        1 => 8,
        2 => 4,
        4 => 2,
        8 => 1,
        other => other,
    }
}

/// Whether the clipped bases with the aligned ones beside them lie in the reference, or in it with one of the indels.
fn is_explained<'i>(
    contig: u32,
    place: ClipPlace,
    bases: &[u8],
    found: impl Iterator<Item = &'i Indel>,
    reference: &Reference,
) -> bool {
    let anchor = as_count(ANCHOR);
    let aligned = if place.left {
        reference.codes(contig, place.column, place.column + anchor)
    } else {
        reference.codes(
            contig,
            (place.column + 1).saturating_sub(anchor),
            place.column + 1,
        )
    };
    let wanted = if place.left {
        [bases, &aligned].concat()
    } else {
        [&aligned, bases].concat()
    };
    let most = (EXPLAINED * TOLD_BY as f64).floor();
    let lies_in = |sequence: &[u8]| {
        sequence.windows(wanted.len()).any(|window| {
            let differing = window.iter().zip(&wanted).filter(|(a, b)| a != b).count();
            differing as f64 <= most
        })
    };
    let start = place.column.saturating_sub(2 * EXPLAINING);
    let around = reference.codes(contig, start, place.column + 2 * EXPLAINING);
    lies_in(&around)
        || found
            .filter(|indel| indel.after >= start && indel.behind() <= place.column + 2 * EXPLAINING)
            .any(|indel| lies_in(&applied(&around, indel, start)))
}

fn by_place<'c>(clips: impl IntoIterator<Item = &'c Clip>) -> BTreeMap<ClipPlace, Vec<&'c Clip>> {
    let mut places: BTreeMap<ClipPlace, Vec<&'c Clip>> = BTreeMap::new();
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
    if !gained.iter().all(|b| is_known(*b)) {
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
