//! The start codon, judged by the sequence that the edit leaves.

use super::reading::Reading;
use crate::genome::as_distance;

/// What becomes of the start codon.
pub(super) enum Start {
    Untouched,
    /// Translation begins at this offset of the edited transcript.
    Retained(usize),
    Lost,
    /// Whether one is left hangs on bases that are not known.
    Unknown,
}

impl Reading<'_> {
    /// Looks for the start codon of the edited transcript among the codons that the edit touches.
    ///
    /// One in the frame of the coding sequence behind the edit makes the protein that the reference makes, but for residues that
    /// the edit takes or brings. Failing that, one as far from the 5' end as before, which is where VEP looks, begins another frame.
    pub(super) fn start(&self) -> Start {
        let (from, to, start) = (self.edit.from, self.edit.to, self.spliced.start);
        if from >= start + 3 || to.max(from) <= start {
            return Start::Untouched;
        }
        let behind = self.behind();
        let in_frame = |at: &usize| (as_distance(to - start) - as_distance(behind - at)) % 3 == 0;
        let places = || from.saturating_sub(2)..behind;
        let found = places()
            .filter(in_frame)
            .find(|at| self.starts_at(*at) == Some(true))
            .or_else(|| Some(start).filter(|at| places().contains(at) && self.starts_at(*at) == Some(true)));
        match found {
            Some(at) => Start::Retained(at),
            None if places().any(|at| (in_frame(&at) || at == start) && self.starts_at(at).is_none()) => {
                Start::Unknown
            }
            None => Start::Lost,
        }
    }

    /// Whether a start codon stands at an offset of the edited transcript: ATG, or the reference's own at its own place, counted
    /// from either side of the edit (WT1 NM_024426.6 starts at CTG). `None` where that is not known.
    fn starts_at(&self, at: usize) -> Option<bool> {
        let start = self.spliced.start;
        let own = [start, start + 1, start + 2].map(|i| self.reference_base(i));
        let in_place = at == start || as_distance(at) == as_distance(start) + self.edit.delta();
        let bases = [at, at + 1, at + 2].map(|i| self.edited_base(i).unwrap_or(b'-'));
        if bases == *b"ATG" || in_place && bases == own && !own.contains(&b'N') {
            return Some(true);
        }
        let can_be = |codon: &[u8]| {
            bases
                .iter()
                .zip(codon)
                .all(|(b, c)| *b == b'N' || *c == b'N' || b == c)
        };
        let may_be = can_be(b"ATG") || in_place && can_be(&own);
        (!may_be).then_some(false)
    }
}
