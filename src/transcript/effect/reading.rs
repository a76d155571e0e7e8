//! The reference and the edited reading frame side by side: bases, residues, and the first place where they part.

use super::super::consequence::SoTerm;
use super::super::protein::{ProteinChange, ProteinChangeKind};
use super::super::residue::translate_codon;
use super::super::spliced::{Edit, Spliced};
use crate::genome::{as_count, as_distance};

/// What an edit does to the protein.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::transcript) struct Effect {
    pub(in crate::transcript) terms: Vec<SoTerm>,
    pub(in crate::transcript) change: Option<ProteinChange>,
    pub(in crate::transcript) nmd_escape: Option<bool>,
    /// Whether the sequence that was needed is known.
    pub(in crate::transcript) determined: bool,
}

impl Effect {
    pub(super) fn of(terms: &[SoTerm], change: Option<ProteinChange>) -> Self {
        Self {
            terms: terms.to_vec(),
            change,
            nmd_escape: None,
            determined: true,
        }
    }

    pub(super) fn undetermined(terms: &[SoTerm]) -> Self {
        Self {
            determined: false,
            ..Self::of(terms, None)
        }
    }
}

/// The reference and the edited reading frame side by side.
pub(super) struct Reading<'a> {
    pub(super) spliced: &'a Spliced,
    pub(super) edit: &'a Edit<'a>,
    /// Where translation of the edited transcript begins.
    pub(super) start: usize,
}

impl Reading<'_> {
    /// Returns where the edited transcript goes on as the reference does.
    pub(super) fn behind(&self) -> usize {
        self.edit.from + self.edit.inserted.len()
    }

    /// Returns by how many bases the edit lengthens the coding sequence.
    pub(super) fn delta(&self) -> i64 {
        let moved = as_distance(self.start) - as_distance(self.spliced.start);
        self.edit.delta() - moved
    }

    /// Returns a reference base, from the variant's own REF where the source does not know it.
    pub(super) fn reference_base(&self, at: usize) -> u8 {
        let base = self.spliced.base(at);
        if base == b'N' && (self.edit.from..self.edit.to).contains(&at) {
            return self
                .edit
                .deleted
                .get(at - self.edit.from)
                .copied()
                .unwrap_or(b'N');
        }
        base
    }

    pub(super) fn reference_residue(&self, index: usize) -> u8 {
        let known = self.spliced.residue(index);
        if known != b'X' {
            return known;
        }
        let at = self.spliced.start + 3 * index;
        translate_codon([at, at + 1, at + 2].map(|i| self.reference_base(i)))
    }

    /// Returns a base of the edited transcript; `None` behind its end.
    pub(super) fn edited_base(&self, at: usize) -> Option<u8> {
        let (from, inserted) = (self.edit.from, self.edit.inserted);
        if at < from {
            return Some(self.spliced.base(at));
        }
        if let Some(base) = inserted.get(at - from) {
            return Some(*base);
        }
        self.spliced
            .bases
            .get(at - inserted.len() - from + self.edit.to)
            .copied()
    }

    /// Returns a residue of the edited frame; `X` where a base is unknown, `None` behind the end.
    pub(super) fn edited_residue(&self, index: usize) -> Option<u8> {
        let at = self.start + 3 * index;
        if at + 3 <= self.edit.from && self.start == self.spliced.start {
            return Some(self.spliced.residue(index));
        }
        let behind = self.behind();
        if at >= behind && self.delta() % 3 == 0 {
            // In frame again: the stop codon is one even where it was not read.
            let original = (at - behind + self.edit.to).checked_sub(self.spliced.start)? / 3;
            if original <= self.spliced.residues() {
                return Some(self.spliced.residue(original));
            }
        }
        let codon = [
            self.edited_base(at)?,
            self.edited_base(at + 1)?,
            self.edited_base(at + 2)?,
        ];
        Some(if index == 0 { b'M' } else { translate_codon(codon) })
    }

    /// Finds the next stop of the edited frame at or behind a residue; `None` where there is none or it is unknown.
    pub(super) fn next_stop(&self, from: usize) -> Option<usize> {
        let mut index = from;
        loop {
            match self.edited_residue(index)? {
                b'*' => return Some(index),
                b'X' => return None,
                _ => index += 1,
            }
        }
    }

    /// Returns the first residue at or behind `from` that the edit changes, with both residues.
    pub(super) fn first_difference(&self, from: usize) -> Option<(usize, u8, Option<u8>)> {
        for index in from..=self.spliced.residues() {
            let (old, new) = (self.reference_residue(index), self.edited_residue(index));
            if new != Some(old) || old == b'X' {
                return Some((index, old, new));
            }
        }
        None
    }

    pub(super) fn first_codon(&self) -> usize {
        self.edit.from.saturating_sub(self.spliced.start) / 3
    }
}

pub(super) fn single(index: usize, reference: u8, kind: ProteinChangeKind) -> ProteinChange {
    change(index + 1, index + 1, (reference, reference), kind)
}

pub(super) fn change(start: usize, end: usize, residues: (u8, u8), kind: ProteinChangeKind) -> ProteinChange {
    ProteinChange {
        start: narrow(start),
        end: narrow(end),
        reference_start: char::from(residues.0),
        reference_end: char::from(residues.1),
        kind,
    }
}

/// Proteins are shorter than 2^32 residues.
pub(super) fn narrow(n: usize) -> u32 {
    as_count(n)
}
