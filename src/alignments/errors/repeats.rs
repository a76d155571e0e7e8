//! Runs of one base and short tandem repeats, in which polymerases slip.

use crate::alignments::counts::indel::Indel;
use crate::alignments::counts::observation::IndelChange;
use crate::alignments::input::reference::Reference;
use crate::genome::{as_count, as_distance};

/// Longest repeated unit, in bases.
const LONGEST_UNIT: usize = 4;
/// Fewest copies of a unit of one base that make a run, and of a longer unit.
const FEWEST_OF_ONE: u32 = 4;
const FEWEST_OF_MORE: u32 = 3;
/// Copies above which runs are alike.
pub(crate) const MOST_COPIES: u32 = 24;

/// The repeat that an indel lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepeatClass {
    /// Bases of the unit; 0 outside of repeats.
    pub unit: u8,
    /// Copies in the reference.
    pub copies: u32,
    /// Units gained (positive) or lost; outside of repeats 1 for gained and -1 for lost.
    pub units: i64,
}

/// Returns the unit and copies of the repeat that starts right at `bases[at]`, maximal to the right.
pub(crate) fn repeat_at(bases: &[u8], at: usize) -> Option<(usize, u32)> {
    (1..=LONGEST_UNIT).find_map(|unit| {
        let motif = bases.get(at..at + unit)?;
        if motif.iter().any(|b| b.count_ones() != 1 || *b > 8) {
            return None;
        }
        let copies = bases[at..].chunks_exact(unit).take_while(|c| *c == motif).count();
        let copies = as_count(copies);
        let fewest = if unit == 1 { FEWEST_OF_ONE } else { FEWEST_OF_MORE };
        (copies >= fewest).then_some((unit, copies))
    })
}

/// Reference columns behind an indel in which its repeat is looked at.
const REACH: u32 = 200;

/// Returns the class of an indel in its leftmost form.
pub(crate) fn class_in(reference: &Reference, indel: &Indel) -> RepeatClass {
    class_of(
        indel,
        &reference.codes(indel.contig, indel.after + 1, indel.after + 1 + REACH),
    )
}

/// Returns the class of an indel; `bases` are the reference from the column behind `indel.after`.
pub(crate) fn class_of(indel: &Indel, bases: &[u8]) -> RepeatClass {
    let outside = RepeatClass {
        unit: 0,
        copies: 0,
        units: indel.growth().signum(),
    };
    let Some((unit, copies)) = repeat_at(bases, 0) else {
        return outside;
    };
    let size = usize::try_from(indel.growth().unsigned_abs()).unwrap_or(usize::MAX);
    let pure = match &indel.change {
        IndelChange::Insertion(inserted) => inserted.chunks(unit).all(|c| *c == bases[..unit]),
        IndelChange::Deletion(length) => u64::from(*length) <= u64::from(copies) * unit as u64,
        IndelChange::Replacement { .. } => false,
    };
    if !pure || !size.is_multiple_of(unit) {
        return outside;
    }
    let units = as_distance(size / unit) * indel.growth().signum();
    RepeatClass {
        unit: u8::try_from(unit).unwrap_or(0),
        copies: copies.min(MOST_COPIES),
        units,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_runs_and_repeats() {
        // AAAAAC, ACACACAC, ACG
        assert_eq!(repeat_at(&[1, 1, 1, 1, 1, 2], 0), Some((1, 5)));
        assert_eq!(repeat_at(&[1, 2, 1, 2, 1, 2, 1, 2], 0), Some((2, 4)));
        assert_eq!(repeat_at(&[1, 2, 4], 0), None);
    }
}
