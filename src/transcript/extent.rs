//! What a change touches of a transcript, from coordinates alone: region, exon and intron, coding range.

use super::change::Change;
use super::consequence::{Consequence, Region, SequenceSource, SoTerm};
use super::model::{Place, Transcript};
use super::splice::splice_terms;

/// How far outside a transcript a variant still belongs to the gene: 5,000 bases, as in VEP.
const NEIGHBORHOOD: u32 = 5_000;

/// What a change touches.
pub(super) struct Extent {
    first: Place,
    last: Place,
    /// Spliced offsets of an edit inside one exon that touches the coding sequence.
    pub(super) edit: Option<(usize, usize)>,
    /// Whether coding bases and intron bases are both deleted.
    pub(super) crosses_border: bool,
    pub(super) insertion_at_border: bool,
}

impl Extent {
    /// Places a change on a transcript.
    pub(super) fn of(transcript: &Transcript, change: &Change) -> Self {
        // An insertion lies between two bases, a deletion runs from its first to its last.
        let (first, last) = if change.is_insertion() {
            (transcript.place(change.start - 1), transcript.place(change.start))
        } else {
            (transcript.place(change.start), transcript.place(change.end - 1))
        };
        let edit = match (first, last) {
            (
                Place::Exon {
                    index: a,
                    offset: from,
                },
                Place::Exon { index: b, offset: to },
            ) if a == b => Some(if change.is_insertion() {
                (to, to)
            } else {
                (from, to + 1)
            }),
            (Place::Exon { offset, .. }, Place::Intron { .. }) if change.is_insertion() => {
                Some((offset + 1, offset + 1))
            }
            (Place::Intron { .. }, Place::Exon { offset, .. }) if change.is_insertion() => {
                Some((offset, offset))
            }
            // Two exons touch where the model has an intron of no length: cannot be, see Transcript::new.
            _ => None,
        };
        let (start, end) = transcript.coding;
        let coding = |&(from, to): &(u32, u32)| {
            if from == to {
                from > start && from < end
            } else {
                to > start && from < end
            }
        };
        let whole = edit;
        let edit = edit.filter(coding);
        let insertion_at_border = change.is_insertion()
            && edit.is_some()
            && !matches!((first, last), (Place::Exon { .. }, Place::Exon { .. }));
        let crosses_border = whole.is_none() && !change.is_insertion() && {
            let (low, high) = (
                exon_edge(transcript, first, true),
                exon_edge(transcript, last, false),
            );
            low < high && low.max(start) < high.min(end)
        };
        Self {
            first,
            last,
            edit: edit.map(|(from, to)| (from as usize, to as usize)),
            crosses_border,
            insertion_at_border,
        }
    }

    /// Returns what the coordinates say, without sequence.
    pub(super) fn consequence(&self, transcript: &Transcript, change: &Change) -> Consequence {
        let mut terms = splice_terms(transcript, change);
        self.utr_terms(transcript, &mut terms);
        let coding = self.edit.is_some() || self.crosses_border;
        let outside = matches!(self.first, Place::Downstream(_)) || matches!(self.last, Place::Upstream(_));
        let region = if coding {
            Region::Coding
        } else if terms
            .iter()
            .any(|t| matches!(t, SoTerm::SpliceDonor | SoTerm::SpliceAcceptor))
        {
            Region::SpliceSite
        } else if terms.contains(&SoTerm::FivePrimeUtr) {
            Region::FivePrimeUtr
        } else if terms.contains(&SoTerm::ThreePrimeUtr) {
            Region::ThreePrimeUtr
        } else if outside {
            Region::Outside
        } else if near_exon(self.first) || near_exon(self.last) {
            Region::SpliceRegion
        } else {
            Region::Intron
        };
        Consequence {
            gene: transcript.gene().to_owned(),
            transcript: transcript.accession().to_owned(),
            region,
            exon: self.exons(transcript),
            intron: self.introns(transcript),
            terms,
            hgvs_c: None,
            hgvs_p: None,
            hgvs_p_short: None,
            protein_change: None,
            cds_range: self.cds_range(transcript),
            nmd_escape: None,
            source: SequenceSource::Coordinates,
            note: None,
            note_coded: Vec::new(),
            event: None,
        }
    }

    fn utr_terms(&self, transcript: &Transcript, terms: &mut Vec<SoTerm>) {
        let (start, end) = transcript.coding;
        let length = transcript.spliced_length();
        if let (Place::Upstream(_), Place::Downstream(_)) = (self.first, self.last) {
            terms.push(SoTerm::TranscriptAblation);
            return;
        }
        match (self.first, self.last) {
            (_, Place::Upstream(d)) => {
                terms.push(if d <= NEIGHBORHOOD {
                    SoTerm::Upstream
                } else {
                    SoTerm::Intergenic
                });
                return;
            }
            (Place::Downstream(d), _) => {
                terms.push(if d <= NEIGHBORHOOD {
                    SoTerm::Downstream
                } else {
                    SoTerm::Intergenic
                });
                return;
            }
            _ => {}
        }
        let (low, high) = (
            exon_edge(transcript, self.first, true),
            exon_edge(transcript, self.last, false),
        );
        // An insertion has both neighbors: it is in a UTR unless it is coding.
        let (low, high) = match (self.first, self.last) {
            (Place::Exon { offset: a, .. }, Place::Exon { offset: b, .. })
                if b == a + 1 && self.edit.is_none() =>
            {
                (a, b + 1)
            }
            _ => (low, high),
        };
        if low < high.min(start) {
            terms.push(SoTerm::FivePrimeUtr);
        }
        if low.max(end) < high.min(length) {
            terms.push(SoTerm::ThreePrimeUtr);
        }
    }

    fn cds_range(&self, transcript: &Transcript) -> Option<(u32, u32)> {
        let (start, end) = transcript.coding;
        let (low, high) = match self.edit {
            Some((from, to)) if from == to => {
                let at = u32::try_from(from).ok()?;
                (at - 1, at + 1)
            }
            Some((from, to)) => (u32::try_from(from).ok()?, u32::try_from(to).ok()?),
            None if self.crosses_border => (
                exon_edge(transcript, self.first, true),
                exon_edge(transcript, self.last, false),
            ),
            None => return None,
        };
        Some((low.max(start) - start + 1, high.min(end) - start))
    }

    fn exons(&self, transcript: &Transcript) -> Option<String> {
        let count = transcript.exon_count();
        let index = |place, behind: bool| match place {
            // A deletion from intron to intron holds the exons between them.
            Place::Intron { index, .. } if behind => Some(index + 1),
            Place::Exon { index, .. } | Place::Intron { index, .. } => Some(index),
            Place::Upstream(_) if behind => Some(0),
            Place::Downstream(_) if !behind => Some(count - 1),
            _ => None,
        };
        let (first, last) = (index(self.first, true)?, index(self.last, false)?);
        numbered(first, last, count)
    }

    fn introns(&self, transcript: &Transcript) -> Option<String> {
        let count = transcript.exon_count().checked_sub(1).filter(|n| *n > 0)?;
        let first = match self.first {
            Place::Intron { index, .. } | Place::Exon { index, .. } => index,
            Place::Upstream(_) => 0,
            Place::Downstream(_) => return None,
        };
        let last = match self.last {
            Place::Intron { index, .. } => index,
            Place::Exon { index, .. } => index.checked_sub(1)?,
            Place::Downstream(_) => count - 1,
            Place::Upstream(_) => return None,
        };
        numbered(first, last, count)
    }
}

/// Returns the spliced offset of the first exon base at or behind a place, or of the base behind the last at or before it.
fn exon_edge(transcript: &Transcript, place: Place, first: bool) -> u32 {
    match place {
        Place::Exon { offset, .. } => offset + u32::from(!first),
        Place::Intron { index, .. } => transcript.exons()[index + 1].offset,
        Place::Upstream(_) => 0,
        Place::Downstream(_) => transcript.spliced_length(),
    }
}

fn numbered(first: usize, last: usize, count: usize) -> Option<String> {
    match first.cmp(&last) {
        std::cmp::Ordering::Less => Some(format!("{}-{}/{count}", first + 1, last + 1)),
        std::cmp::Ordering::Equal => Some(format!("{}/{count}", first + 1)),
        std::cmp::Ordering::Greater => None,
    }
}

/// Returns whether a place is within the first or last eight bases of an intron.
fn near_exon(place: Place) -> bool {
    matches!(place, Place::Intron { from_donor, from_acceptor, .. } if from_donor.min(from_acceptor) <= 8)
}
