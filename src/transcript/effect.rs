//! What an edit of the spliced transcript does to the protein: reads the reference and the edited frame side by side.

mod reading;
mod start;

pub(super) use self::reading::Effect;
use self::reading::{Reading, change, narrow, single};
use self::start::Start;
use super::consequence::SoTerm;
use super::nmd::nmd_escape;
use super::protein::{ProteinChange, ProteinChangeKind};
use super::spliced::{Edit, Spliced};
use crate::genome::as_distance;

/// Predicts the effect of an edit that touches the coding sequence.
pub(super) fn effect(spliced: &Spliced, edit: &Edit<'_>) -> Effect {
    let mut reading = Reading {
        spliced,
        edit,
        start: spliced.start,
    };
    match reading.start() {
        Start::Untouched => reading.effect(),
        Start::Retained(start) => {
            reading.start = start;
            reading.start_retained()
        }
        Start::Lost => reading.start_lost(),
        Start::Unknown => Effect {
            determined: false,
            ..reading.start_lost()
        },
    }
}

impl Reading<'_> {
    fn effect(&self) -> Effect {
        let mut effect = if self.edit.to > self.spliced.end {
            self.past_the_stop()
        } else if self.delta() % 3 == 0 {
            self.in_frame()
        } else {
            self.frameshift()
        };
        effect.nmd_escape = nmd_escape(self.spliced, self.edit, self.start, effect.change.as_ref());
        effect
    }

    fn start_retained(&self) -> Effect {
        let mut effect = self.effect();
        let before = self.edit.from < self.spliced.start;
        if before && effect.terms == [SoTerm::Synonymous] {
            effect.terms.clear();
            effect.change = Some(single(0, b'M', ProteinChangeKind::Synonymous));
        }
        effect.terms.push(SoTerm::StartRetained);
        if before {
            effect.terms.push(SoTerm::FivePrimeUtr);
        }
        effect
    }

    fn start_lost(&self) -> Effect {
        let mut terms = vec![SoTerm::StartLost];
        if self.edit.from < self.spliced.start {
            terms.push(SoTerm::FivePrimeUtr);
        }
        if self.edit.delta() % 3 != 0 {
            terms.push(SoTerm::Frameshift);
        }
        Effect::of(&terms, Some(ProteinChange::start_lost()))
    }

    fn frameshift(&self) -> Effect {
        let stop = self.spliced.residues();
        let touches_stop = self.edit.to.max(self.edit.from + 1) > self.spliced.end - 3;
        let Some((index, old, new)) = self.first_difference(self.first_codon()) else {
            return Effect::of(
                &[SoTerm::StopRetained],
                Some(single(stop, b'*', ProteinChangeKind::Synonymous)),
            );
        };
        let Some(new) = new.filter(|n| *n != b'X' && old != b'X') else {
            return Effect::undetermined(&[SoTerm::Frameshift]);
        };
        let mut terms = vec![SoTerm::Frameshift];
        if touches_stop {
            terms.push(SoTerm::StopLost);
        }
        let kind = if old == b'*' {
            let stop_after = self.next_stop(index).map(|next| narrow(next - index));
            ProteinChangeKind::Extension {
                to: char::from(new),
                stop_after,
            }
        } else if new == b'*' {
            terms = vec![SoTerm::StopGained, SoTerm::Frameshift];
            ProteinChangeKind::Nonsense
        } else {
            let stop_after = self.next_stop(index).map(|next| narrow(next - index + 1));
            ProteinChangeKind::Frameshift {
                new: char::from(new),
                stop_after,
            }
        };
        Effect::of(&terms, Some(single(index, old, kind)))
    }

    /// A deletion from the coding sequence into the bases behind the stop.
    fn past_the_stop(&self) -> Effect {
        let terms = [SoTerm::StopLost, SoTerm::ThreePrimeUtr];
        match self.first_difference(self.first_codon()) {
            None => {
                let change = single(self.spliced.residues(), b'*', ProteinChangeKind::Synonymous);
                Effect::of(&[SoTerm::StopRetained, SoTerm::ThreePrimeUtr], Some(change))
            }
            Some((index, b'*', Some(new))) if new != b'X' => {
                let stop_after = self.next_stop(index).map(|next| narrow(next - index));
                let kind = ProteinChangeKind::Extension {
                    to: char::from(new),
                    stop_after,
                };
                Effect::of(&terms, Some(single(index, b'*', kind)))
            }
            Some((index, old, Some(b'*'))) if old != b'X' => {
                // The protein ends before it did, not behind.
                let terms = [SoTerm::StopGained, SoTerm::ThreePrimeUtr];
                Effect::of(&terms, Some(single(index, old, ProteinChangeKind::Nonsense)))
            }
            Some((index, old, Some(new))) if old != b'X' && new != b'X' => {
                let stop_after = self.next_stop(index).map(|next| narrow(next - index + 1));
                let kind = ProteinChangeKind::Frameshift {
                    new: char::from(new),
                    stop_after,
                };
                Effect::of(&terms, Some(single(index, old, kind)))
            }
            Some(_) => Effect::undetermined(&terms),
        }
    }

    fn in_frame(&self) -> Effect {
        let (from, to, start) = (self.edit.from, self.edit.to, self.spliced.start);
        let first = self.first_codon();
        let behind = if to > from || from.saturating_sub(start) % 3 != 0 {
            (to.max(from + 1) - 1 - start) / 3 + 1
        } else {
            first
        };
        let count = as_distance(behind - first) + self.delta() / 3;
        let count = usize::try_from(count).unwrap_or(0);
        let old: Vec<u8> = (first..behind).map(|i| self.reference_residue(i)).collect();
        let new: Vec<u8> = (first..first + count)
            .map(|i| self.edited_residue(i).unwrap_or(b'X'))
            .collect();
        if new.contains(&b'X') || old.contains(&b'X') {
            return self.unknown_in_frame(&old);
        }
        let stop_touched = old.last() == Some(&b'*');
        let stop_kept = new.iter().position(|r| *r == b'*');
        match stop_kept {
            None if stop_touched => self.stop_lost(first, &old, &new),
            Some(at) if !(stop_touched && at + 1 == new.len()) => self.stop_gained(first, &old, &new[..=at]),
            _ => self.replaced(first, &old, &new),
        }
    }

    /// Returns what the coordinates alone say of an in-frame edit.
    fn unknown_in_frame(&self, old: &[u8]) -> Effect {
        let edit = self.edit;
        // Every stop codon begins with T: another first base ends it, whatever the rest.
        let stop = self.spliced.end - 3;
        if old == b"*" && edit.from == stop && edit.to == stop + 1 && edit.inserted.len() == 1 {
            return Effect::undetermined(&[SoTerm::StopLost]);
        }
        let pure_deletion = edit.inserted.is_empty() && old.last() != Some(&b'*');
        Effect::undetermined(if pure_deletion {
            &[SoTerm::InframeDeletion]
        } else {
            &[SoTerm::CodingSequence]
        })
    }

    fn stop_lost(&self, first: usize, old: &[u8], new: &[u8]) -> Effect {
        let stop = self.spliced.residues();
        let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let mut terms = vec![SoTerm::StopLost];
        terms.extend(self.length_term(old, new));
        if first + same != stop {
            return self.replaced_to_new_stop(first + same, &terms);
        }
        let Some(to) = self.edited_residue(stop).filter(|r| *r != b'X') else {
            return Effect::undetermined(&terms);
        };
        let stop_after = self.next_stop(stop).map(|next| narrow(next - stop));
        let kind = ProteinChangeKind::Extension {
            to: char::from(to),
            stop_after,
        };
        Effect::of(&terms, Some(single(stop, b'*', kind)))
    }

    /// Residues before the stop change too: everything up to the next stop is new.
    fn replaced_to_new_stop(&self, from: usize, terms: &[SoTerm]) -> Effect {
        let Some(next) = self.next_stop(from) else {
            return Effect::undetermined(terms);
        };
        let residues: Vec<u8> = (from..=next).filter_map(|i| self.edited_residue(i)).collect();
        let stop = self.spliced.residues();
        let ends = (self.reference_residue(from), b'*');
        let kind = ProteinChangeKind::Delins {
            residues: text(&residues),
        };
        Effect::of(terms, Some(change(from + 1, stop + 1, ends, kind)))
    }

    /// `new` ends with a stop that the reference does not have there.
    fn stop_gained(&self, first: usize, old: &[u8], new: &[u8]) -> Effect {
        // Nothing follows the stop, so the new residues are compared with the reference as far as they go.
        let same = (0..new.len())
            .take_while(|i| self.reference_residue(first + i) == new[*i])
            .count();
        let at = first + same;
        let inserted = &new[same..];
        if inserted.is_empty() {
            let change = single(self.spliced.residues(), b'*', ProteinChangeKind::Synonymous);
            return Effect::of(&[SoTerm::StopRetained], Some(change));
        }
        let mut terms = vec![SoTerm::StopGained];
        terms.extend(self.length_term(old, new));
        let change = if inserted == b"*" {
            single(at, self.reference_residue(at), ProteinChangeKind::Nonsense)
        } else if same >= old.len() {
            self.between(
                at,
                ProteinChangeKind::Insertion {
                    residues: text(inserted),
                },
            )
        } else {
            let last = first + old.len() - 1;
            let residues = (self.reference_residue(at), self.reference_residue(last));
            change(
                at + 1,
                last + 1,
                residues,
                ProteinChangeKind::Delins {
                    residues: text(inserted),
                },
            )
        };
        Effect::of(&terms, Some(change))
    }

    fn length_term(&self, old: &[u8], new: &[u8]) -> Option<SoTerm> {
        match self.delta() {
            0 => None,
            1.. if new.starts_with(old) || new.ends_with(old) => Some(SoTerm::InframeInsertion),
            ..0 if self.edit.inserted.is_empty() => Some(SoTerm::InframeDeletion),
            _ => Some(SoTerm::ProteinAltering),
        }
    }

    /// Residues replaced in frame, the stop untouched or kept.
    fn replaced(&self, first: usize, old: &[u8], new: &[u8]) -> Effect {
        let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        if same == old.len() && same == new.len() {
            let term = if old.last() == Some(&b'*') {
                SoTerm::StopRetained
            } else {
                SoTerm::Synonymous
            };
            let residues = (old[0], old[old.len() - 1]);
            let change = change(
                first + 1,
                first + old.len(),
                residues,
                ProteinChangeKind::Synonymous,
            );
            return Effect::of(&[term], Some(change));
        }
        let term = self.length_term(old, new).unwrap_or(SoTerm::Missense);
        let (o, n) = (&old[same..], &new[same..]);
        let tail = o
            .iter()
            .rev()
            .zip(n.iter().rev())
            .take_while(|(a, b)| a == b)
            .count();
        let (o, n) = (&o[..o.len() - tail], &n[..n.len() - tail]);
        let at = first + same;
        let change = match (o.len(), n.len()) {
            (0, _) => self.inserted(at, n),
            (_, 0) => self.deleted(at, o.len()),
            (1, 1) => single(at, o[0], ProteinChangeKind::Substitution { to: char::from(n[0]) }),
            (count, _) => {
                let kind = ProteinChangeKind::Delins { residues: text(n) };
                change(at + 1, at + count, (o[0], o[count - 1]), kind)
            }
        };
        Effect::of(&[term], Some(change))
    }

    /// Residues inserted before residue `at`, moved to the C-terminus as far as they repeat (HGVS 3' rule).
    fn inserted(&self, mut at: usize, residues: &[u8]) -> ProteinChange {
        let mut residues = residues.to_vec();
        while at < self.spliced.residues() && self.reference_residue(at) == residues[0] {
            residues.rotate_left(1);
            at += 1;
        }
        let length = residues.len();
        let repeated =
            at >= length && (0..length).all(|i| self.reference_residue(at - length + i) == residues[i]);
        if repeated {
            let ends = (residues[0], residues[length - 1]);
            return change(at - length + 1, at, ends, ProteinChangeKind::Duplication);
        }
        self.between(
            at,
            ProteinChangeKind::Insertion {
                residues: text(&residues),
            },
        )
    }

    fn deleted(&self, mut at: usize, count: usize) -> ProteinChange {
        while at + count < self.spliced.residues()
            && self.reference_residue(at) == self.reference_residue(at + count)
        {
            at += 1;
        }
        let ends = (self.reference_residue(at), self.reference_residue(at + count - 1));
        change(at + 1, at + count, ends, ProteinChangeKind::Deletion)
    }

    /// A change between residue `at - 1` and residue `at`, counted from 0.
    fn between(&self, at: usize, kind: ProteinChangeKind) -> ProteinChange {
        let ends = (
            self.reference_residue(at.saturating_sub(1)),
            self.reference_residue(at),
        );
        change(at, at + 1, ends, kind)
    }
}

fn text(residues: &[u8]) -> String {
    residues.iter().copied().map(char::from).collect()
}
