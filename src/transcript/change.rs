//! A variant in transcript direction, trimmed and moved by the 3' rule, and the bases it is moved over.

use super::model::{Strand, Transcript};
use super::residue::{complement, reverse_complement};
use crate::genome::{BaseSource, Variant, as_distance};

/// How many bases are fetched at a time while an indel is moved along the transcript.
const FETCH: i64 = 64;

/// A variant in transcript direction, trimmed on both sides and moved as far 3' as the known bases allow.
///
/// Positions are oriented: they ascend in transcript direction (see `Transcript::orient`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// First deleted base; for an insertion the base behind it.
    pub(super) start: i64,
    /// Behind the last deleted base; equals `start` for an insertion.
    pub(super) end: i64,
    /// Deleted bases in transcript direction.
    pub(super) deleted: Vec<u8>,
    /// Inserted bases in transcript direction.
    pub(super) inserted: Vec<u8>,
    /// Whether the move stopped at a base that is not known.
    pub(super) stopped_at_unknown: bool,
}

impl Change {
    /// Turns a variant into transcript direction, trims and moves it.
    pub(super) fn new(variant: &Variant, transcript: &Transcript, bases: &mut Window<'_>) -> Self {
        let (deleted, inserted, mut start) = match transcript.strand() {
            Strand::Plus => (
                variant.reference().as_bytes().to_vec(),
                variant.alternate().as_bytes().to_vec(),
                transcript.orient(variant.position()),
            ),
            Strand::Minus => (
                reverse_complement(variant.reference().as_bytes()),
                reverse_complement(variant.alternate().as_bytes()),
                transcript.orient(variant.end()),
            ),
        };
        let (mut r, mut a) = (deleted.as_slice(), inserted.as_slice());
        while let (Some(x), Some(y)) = (r.first(), a.first())
            && x == y
        {
            (r, a, start) = (&r[1..], &a[1..], start + 1);
        }
        while let (Some(x), Some(y)) = (r.last(), a.last())
            && x == y
        {
            (r, a) = (&r[..r.len() - 1], &a[..a.len() - 1]);
        }
        let mut change = Self {
            start,
            end: start + as_distance(r.len()),
            deleted: r.to_vec(),
            inserted: a.to_vec(),
            stopped_at_unknown: false,
        };
        change.move_right(bases);
        change
    }

    /// HGVS 3' rule: of equal descriptions the most 3' one.
    fn move_right(&mut self, bases: &mut Window<'_>) {
        let unit = match (self.deleted.is_empty(), self.inserted.is_empty()) {
            (false, true) => &mut self.deleted,
            (true, false) => &mut self.inserted,
            _ => return,
        };
        let mut moved = 0;
        loop {
            let next = bases.base(self.end + as_distance(moved));
            if next == b'N' {
                self.stopped_at_unknown = true;
                break;
            }
            if next != unit[moved % unit.len()] {
                break;
            }
            moved += 1;
        }
        let turn = moved % unit.len();
        unit.rotate_left(turn);
        self.start += as_distance(moved);
        self.end += as_distance(moved);
    }

    /// Returns the same change one base further 5', where there is an equal description.
    pub(super) fn moved_left(&self, bases: &mut Window<'_>) -> Option<Self> {
        let mut moved = self.clone();
        let unit = match (self.deleted.is_empty(), self.inserted.is_empty()) {
            (false, true) => &mut moved.deleted,
            (true, false) => &mut moved.inserted,
            _ => return None,
        };
        if unit.last() != Some(&bases.base(self.start - 1)) {
            return None;
        }
        unit.rotate_right(1);
        moved.start -= 1;
        moved.end -= 1;
        Some(moved)
    }

    /// Returns whether bases are only inserted or only deleted.
    pub(super) fn is_pure(&self) -> bool {
        self.deleted.is_empty() || self.inserted.is_empty()
    }

    /// Returns whether nothing is deleted.
    pub(super) fn is_insertion(&self) -> bool {
        self.deleted.is_empty()
    }

    /// Returns whether the inserted bases repeat those before them; `None` where the bases to tell are not known.
    pub(super) fn duplicates(&self, bases: &mut Window<'_>) -> Option<bool> {
        let mut unknown = false;
        let length = as_distance(self.inserted.len());
        for (i, base) in self.inserted.iter().enumerate() {
            match bases.base(self.start - length + as_distance(i)) {
                b'N' => unknown = true,
                known if known != *base => return Some(false),
                _ => {}
            }
        }
        (!unknown).then_some(true)
    }

    /// Returns whether the bases are replaced by their reverse complement.
    pub(super) fn is_inversion(&self) -> bool {
        self.deleted.len() > 1 && self.inserted == reverse_complement(&self.deleted)
    }
}

/// Bases in transcript direction, fetched as needed; the variant's own REF stands in where the source knows nothing.
pub(super) struct Window<'a> {
    transcript: &'a Transcript,
    source: &'a dyn BaseSource,
    variant: Option<&'a Variant>,
    /// Oriented position of the first base in `held`.
    start: i64,
    held: Vec<u8>,
}

impl<'a> Window<'a> {
    /// Opens a window on a source.
    pub(super) fn new(
        transcript: &'a Transcript,
        source: &'a dyn BaseSource,
        variant: Option<&'a Variant>,
    ) -> Self {
        Self {
            transcript,
            source,
            variant,
            start: 0,
            held: Vec::new(),
        }
    }

    /// Returns the base at an oriented position, `N` where it is not known.
    pub(super) fn base(&mut self, oriented: i64) -> u8 {
        let inside = |start: i64, held: &[u8]| {
            usize::try_from(oriented - start)
                .ok()
                .and_then(|i| held.get(i))
                .copied()
        };
        let base = inside(self.start, &self.held).unwrap_or_else(|| {
            self.fetch(oriented);
            inside(self.start, &self.held).unwrap_or(b'N')
        });
        if base == b'N' {
            self.reference_allele(oriented)
        } else {
            base
        }
    }

    fn fetch(&mut self, oriented: i64) {
        let ends = [oriented - FETCH, oriented + FETCH].map(|o| match self.transcript.strand() {
            Strand::Plus => o,
            Strand::Minus => -o,
        });
        let (low, high) = (ends[0].min(ends[1]).max(1), ends[0].max(ends[1]).max(1));
        let range = [low, high].map(|p| u32::try_from(p).unwrap_or(u32::MAX - 1));
        let bases = self
            .source
            .bases_or_n(self.transcript.chromosome(), range[0]..=range[1]);
        match self.transcript.strand() {
            Strand::Plus => (self.start, self.held) = (low, bases),
            Strand::Minus => (self.start, self.held) = (-high, reverse_complement(&bases)),
        }
    }

    fn reference_allele(&self, oriented: i64) -> u8 {
        let found = self.variant.and_then(|variant| {
            let position = self.transcript.unorient(oriented)?;
            let index = position.checked_sub(variant.position())?;
            variant.reference().as_bytes().get(index as usize).copied()
        });
        match (found, self.transcript.strand()) {
            (Some(base), Strand::Plus) => base,
            (Some(base), Strand::Minus) => complement(base),
            (None, _) => b'N',
        }
    }
}
