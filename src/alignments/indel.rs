//! Insertions and deletions worth a closer look: what the alignments write, and what soft clips hide.

use std::collections::{BTreeMap, BTreeSet};

use super::observation::{Clip, IndelChange, IndelObservation};
use super::reference::Reference;
use super::region::TargetRegion;

/// An insertion, a deletion, or both in one place, in its leftmost form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Indel {
    /// Contig number.
    pub contig: u32,
    /// The column (0-based) before it.
    pub after: u32,
    /// What happens.
    pub change: IndelChange,
}

/// Reference columns that an indel may wander to the left.
const FARTHEST: u32 = 500;
/// Fragments that show an indel in their alignment before it is looked at.
pub const MIN_ALIGNED: usize = 2;
/// Fragments with the same clip before a hidden indel is searched.
const MIN_CLIPPED: usize = 3;
/// Columns in which the continuation of a clip is searched: the length of internal tandem duplications that can be found.
const CLIP_REACH: u32 = 400;
/// Clipped bases that must be found again.
const CLIP_SEED: usize = 12;
/// Clipped bases compared.
const CLIP_COMPARED: usize = 40;

impl Indel {
    /// Returns bases gained (positive) or lost (negative).
    pub fn growth(&self) -> i64 {
        match &self.change {
            IndelChange::Insertion(bases) => i64::try_from(bases.len()).unwrap_or(i64::MAX),
            IndelChange::Deletion(length) => -i64::from(*length),
            IndelChange::Replacement { lost, gained } => {
                i64::try_from(gained.len()).unwrap_or(i64::MAX) - i64::from(*lost)
            }
        }
    }

    /// Returns the number of reference columns that it replaces.
    pub fn lost(&self) -> u32 {
        match self.change {
            IndelChange::Insertion(_) => 0,
            IndelChange::Deletion(length) | IndelChange::Replacement { lost: length, .. } => length,
        }
    }

    /// Whether bases are both lost and gained.
    pub fn is_replacement(&self) -> bool {
        matches!(self.change, IndelChange::Replacement { .. })
    }

    /// Returns the column behind what it replaces.
    pub fn behind(&self) -> u32 {
        self.after + 1 + self.lost()
    }

    /// Shifts it to the left as far as the same sequence results.
    #[must_use]
    pub fn leftmost(mut self, reference: &Reference) -> Self {
        let start = self.after.saturating_sub(FARTHEST);
        let bases = reference.codes(self.contig, start, self.behind());
        let at = |column: u32| bases[(column - start) as usize];
        match &mut self.change {
            IndelChange::Insertion(inserted) => {
                while self.after > start && inserted.last() == Some(&at(self.after)) {
                    inserted.rotate_right(1);
                    self.after -= 1;
                }
            }
            IndelChange::Deletion(length) => {
                while self.after > start && at(self.after) == at(self.after + *length) {
                    self.after -= 1;
                }
            }
            IndelChange::Replacement { .. } => {}
        }
        self
    }

    /// Returns how many columns to the right the same sequence can be written.
    pub fn slack(&self, reference: &Reference) -> u32 {
        let first = self.after + 1;
        let bases = reference.codes(self.contig, first, self.behind() + FARTHEST);
        let mut shift = 0;
        match &self.change {
            IndelChange::Insertion(inserted) => {
                let n = inserted.len();
                while shift < FARTHEST as usize && bases[shift] == inserted[shift % n] {
                    shift += 1;
                }
            }
            IndelChange::Deletion(length) => {
                let length = *length as usize;
                while shift < FARTHEST as usize && bases[shift] == bases[shift + length] {
                    shift += 1;
                }
            }
            // Its ends differ from the reference: there is one way to write it.
            IndelChange::Replacement { .. } => {}
        }
        u32::try_from(shift).unwrap_or(FARTHEST)
    }

    /// Whether it touches one of the targets: changes a base of it, or inserts between two of its bases or at its edge.
    pub fn touches(&self, targets: &[TargetRegion]) -> bool {
        targets
            .iter()
            .any(|t| t.contig == self.contig && self.after < t.end && self.behind() >= t.start)
    }
}

/// Returns a sequence that begins at column `start` with an indel in it.
pub fn applied(bases: &[u8], indel: &Indel, start: u32) -> Vec<u8> {
    let at = (indel.after + 1 - start) as usize;
    let mut changed = bases.to_vec();
    match &indel.change {
        IndelChange::Insertion(inserted) => {
            changed.splice(at..at, inserted.iter().copied());
        }
        IndelChange::Deletion(length) => {
            changed.drain(at..at + *length as usize);
        }
        IndelChange::Replacement { lost, gained } => {
            changed.splice(at..at + *lost as usize, gained.iter().copied());
        }
    }
    changed
}

/// Returns the indels of a chunk's alignments as they are written, with the fragments that show them; insertions with an N are left out.
pub fn written_indels(contig: u32, observations: &[IndelObservation]) -> BTreeMap<Indel, BTreeSet<u32>> {
    let mut written: BTreeMap<Indel, BTreeSet<u32>> = BTreeMap::new();
    for o in observations {
        // A base that was not read is no sequence that a molecule could have.
        if let IndelChange::Insertion(bases) = &o.change
            && !bases.iter().all(|b| matches!(b, 1 | 2 | 4 | 8))
        {
            continue;
        }
        let indel = Indel {
            contig,
            after: o.after,
            change: o.change.clone(),
        };
        written.entry(indel).or_default().insert(o.fragment);
    }
    written
}

/// Brings indels into their leftmost form.
pub fn aligned_indels(
    written: &BTreeMap<Indel, BTreeSet<u32>>,
    reference: &Reference,
) -> BTreeMap<Indel, BTreeSet<u32>> {
    let mut leftmost: BTreeMap<Indel, BTreeSet<u32>> = BTreeMap::new();
    for (indel, fragments) in written {
        leftmost
            .entry(indel.clone().leftmost(reference))
            .or_default()
            .extend(fragments);
    }
    leftmost
}

/// Searches the continuation of soft clips nearby: a tandem duplication where it lies behind, a deletion where it lies ahead.
pub fn hidden_indels(contig: u32, clips: &[Clip], reference: &Reference) -> Vec<Indel> {
    let mut places: BTreeMap<(u32, bool), Vec<&Clip>> = BTreeMap::new();
    for clip in clips {
        places.entry((clip.column, clip.left)).or_default().push(clip);
    }
    places
        .into_iter()
        .filter(|(_, clips)| clips.len() >= MIN_CLIPPED)
        .filter_map(|((column, left), clips)| {
            let bases = majority(&clips, left);
            hidden_indel(contig, column, left, &bases, reference)
        })
        .map(|indel| indel.leftmost(reference))
        .collect()
}

/// Returns the most frequent base at each distance from the aligned part, as far as [`MIN_CLIPPED`] clips reach; in the order
/// away from the aligned part.
fn majority(clips: &[&Clip], left: bool) -> Vec<u8> {
    let mut bases = Vec::new();
    for distance in 0..CLIP_COMPARED {
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

fn hidden_indel(contig: u32, column: u32, left: bool, bases: &[u8], reference: &Reference) -> Option<Indel> {
    if bases.len() < CLIP_SEED {
        return None;
    }
    let start = column.saturating_sub(CLIP_REACH);
    let around = reference.codes(contig, start, column + CLIP_REACH);
    let n = bases.len();
    // Of a left clip the bases run away from the aligned part, against the reference.
    let matches = |at: usize| -> bool {
        let differing = (0..n)
            .filter(|i| {
                let index = if left { at.checked_sub(*i) } else { Some(at + i) };
                index.and_then(|i| around.get(i)) != Some(&bases[*i])
            })
            .count();
        differing * 20 <= n
    };
    let mut found = (0..around.len()).filter(|at| matches(*at));
    let at = found.next()?;
    if found.next().is_some() {
        return None; // A repeat: the place cannot be told.
    }
    let there = start + u32::try_from(at).ok()?;
    let (after, change) = if left {
        // The aligned part begins at `column`; what was clipped ends at `there`.
        if there >= column {
            let duplicated = reference.codes(contig, column, there + 1);
            (column.checked_sub(1)?, IndelChange::Insertion(duplicated))
        } else {
            let lost = column - there - 1;
            (there, IndelChange::Deletion(lost))
        }
    } else if there <= column {
        let duplicated = reference.codes(contig, there, column + 1);
        (column, IndelChange::Insertion(duplicated))
    } else {
        (column, IndelChange::Deletion(there - column - 1))
    };
    let is_change = match &change {
        IndelChange::Insertion(bases) => bases.iter().all(|b| matches!(b, 1 | 2 | 4 | 8)),
        IndelChange::Deletion(length) => *length > 0,
        IndelChange::Replacement { .. } => true,
    };
    is_change.then_some(Indel {
        contig,
        after,
        change,
    })
}
