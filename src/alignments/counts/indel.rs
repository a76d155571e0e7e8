//! Insertions and deletions worth a closer look: what the alignments write, and what soft clips hide.

use std::collections::{BTreeMap, BTreeSet};

use super::observation::{IndelChange, IndelObservation};
use crate::alignments::input::base_codes::is_known;
use crate::alignments::input::reference::{Reference, letter};
use crate::alignments::input::region::TargetRegion;
use crate::genome::as_distance;

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

/// Bases of an insertion from which every description of it counts, not the leftmost alone: hardly any slip of a run makes as many.
pub(crate) const LONG: usize = 6;

/// Reference columns that an indel may wander to the left.
const FARTHEST: u32 = 500;
/// Fragments that show an indel in their alignment before it is looked at.
pub(crate) const MIN_ALIGNED: usize = 2;

impl Indel {
    /// Returns bases gained (positive) or lost (negative).
    pub fn growth(&self) -> i64 {
        match &self.change {
            IndelChange::Insertion(bases) => as_distance(bases.len()),
            IndelChange::Deletion(length) => -i64::from(*length),
            IndelChange::Replacement { lost, gained } => as_distance(gained.len()) - i64::from(*lost),
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

    /// Whether it, or for a long insertion an equal description of it, touches one of the targets: of a duplication that begins in an intron the
    /// leftmost description lies there, however much of an exon is copied.
    pub fn reaches(&self, targets: &[TargetRegion], reference: &Reference) -> bool {
        if self.touches(targets) {
            return true;
        }
        let is_long = matches!(&self.change, IndelChange::Insertion(bases) if bases.len() >= LONG);
        is_long && {
            let last = self.after + self.slack(reference);
            targets
                .iter()
                .any(|t| t.contig == self.contig && self.after < t.end && last + 1 >= t.start)
        }
    }

    /// Returns column and alleles as a VCF writes an indel: with the base before.
    pub(crate) fn letters(&self, reference: &Reference) -> (u32, String, String) {
        let text = |codes: &[u8]| -> String { codes.iter().map(|c| char::from(letter(*c))).collect() };
        let lost = reference.codes(self.contig, self.after, self.behind());
        let before = text(&lost[..1]);
        match &self.change {
            IndelChange::Insertion(bases) => (self.after, before.clone(), before + &text(bases)),
            IndelChange::Deletion(_) => (self.after, text(&lost), before),
            IndelChange::Replacement { gained, .. } => (self.after, text(&lost), before + &text(gained)),
        }
    }

    /// Whether it touches one of the targets: changes a base of it, or inserts between two of its bases or at its edge.
    pub fn touches(&self, targets: &[TargetRegion]) -> bool {
        targets
            .iter()
            .any(|t| t.contig == self.contig && self.after < t.end && self.behind() >= t.start)
    }
}

/// Returns a sequence that begins at column `start` with an indel in it.
pub(crate) fn applied(bases: &[u8], indel: &Indel, start: u32) -> Vec<u8> {
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
pub(crate) fn written_indels(
    contig: u32,
    observations: &[IndelObservation],
) -> BTreeMap<Indel, BTreeSet<u32>> {
    let mut written: BTreeMap<Indel, BTreeSet<u32>> = BTreeMap::new();
    for o in observations {
        // A base that was not read is no sequence that a molecule could have.
        if let IndelChange::Insertion(bases) = &o.change
            && !bases.iter().all(|b| is_known(*b))
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
pub(crate) fn aligned_indels(
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
