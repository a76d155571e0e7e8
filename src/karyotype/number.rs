//! Whether the number of chromosomes fits the changes.

use super::model::{Abnormality, AbnormalityBody, CellClone, Range, Segment, SegmentKind, Sign};

/// Chromosomes of a cell without its sex chromosomes.
const AUTOSOMES: i64 = 44;
/// Fewest and most chromosomes of a near-diploid cell (ISCN: 35 to 57); the changes of others count from another ploidy.
const NEAR_DIPLOID: std::ops::RangeInclusive<u32> = 35..=57;

/// How far the number written lies from the one that the changes give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Misfit {
    /// Chromosomes too many or too few.
    pub chromosomes: u32,
    /// A change that alters the number is written: a slip, rather than a change that nobody saw.
    pub numbered: bool,
}

/// Compares the number of a clone with its changes, from the number of the clone that it derives from; `None` where it fits
/// or cannot be told.
pub(super) fn misfit(clone: &CellClone, parent: Option<Range>) -> Option<Misfit> {
    let number = clone.modal.range;
    let bare_haploid = number.low < *NEAR_DIPLOID.start() && clone.abnormalities.is_empty();
    let told = clone.modal.ploidy.is_none()
        && (NEAR_DIPLOID.contains(&number.low) || bare_haploid)
        && !clone.incomplete
        && clone.unreadable.is_empty()
        && !clone.cells.is_some_and(|c| c.composite)
        && !clone.sex.contains('?')
        && clone.inherits.is_none_or(|i| i.times == 1);
    if !told {
        return None;
    }
    let (mut low, mut high) = match (clone.inherits, parent) {
        (Some(_), Some(parent)) => (i64::from(parent.low), i64::from(parent.high)),
        (Some(_), None) => return None,
        (None, _) => {
            let sex = match clone.sex.len() {
                0 => 2,
                letters => i64::try_from(letters).ok()?,
            };
            (AUTOSOMES + sex, AUTOSOMES + sex)
        }
    };
    let mut numbered = false;
    for abnormality in &clone.abnormalities {
        let (least, most) = difference(abnormality, clone);
        low += least;
        high += most;
        numbered |= (least, most) != (0, 0) || abnormality.sign.is_some();
    }
    let (written_low, written_high) = (i64::from(number.low), i64::from(number.high));
    let distance = if written_low > high {
        written_low - high
    } else if written_high < low {
        low - written_high
    } else {
        return None;
    };
    Some(Misfit {
        chromosomes: u32::try_from(distance).ok()?,
        numbered,
    })
}

/// Returns by how many chromosomes a change alters the number, at least and at most.
fn difference(abnormality: &Abnormality, clone: &CellClone) -> (i64, i64) {
    let (mut least, mut most) = certain_difference(abnormality, clone);
    if abnormality.uncertain {
        least = least.min(0);
        most = most.max(0);
    }
    (least, most)
}

fn certain_difference(abnormality: &Abnormality, clone: &CellClone) -> (i64, i64) {
    let times = abnormality.times.unwrap_or(Range::one(1));
    let one_sex = clone.sex.len() == 1 || clone.inherits.is_some();
    match (&abnormality.body, abnormality.sign) {
        (AbnormalityBody::Heteromorphism(_), _) => (0, 0),
        // `45,X,-Y`: the sex chromosomes are written as they are after the loss.
        (AbnormalityBody::Chromosome(c), Some(Sign::Loss)) if is_sex(c) && one_sex => {
            if clone.inherits.is_some() {
                scale(times, -1, 0)
            } else {
                (0, 0)
            }
        }
        (AbnormalityBody::Chromosome(_), Some(Sign::Gain)) => scale(times, 1, 1),
        (AbnormalityBody::Chromosome(_), _) => scale(times, -1, -1),
        (AbnormalityBody::Structure { count, segments }, sign) => {
            let count = count.unwrap_or(Range::one(1));
            let copies = Range {
                low: times.low.saturating_mul(count.low),
                high: times.high.saturating_mul(count.high),
            };
            segments
                .first()
                .map_or((0, 0), |first| of_structure(first, sign, copies, one_sex))
        }
    }
}

/// Returns by how many chromosomes so many copies of a structure alter the number.
fn of_structure(first: &Segment, sign: Option<Sign>, copies: Range, one_sex: bool) -> (i64, i64) {
    use SegmentKind as K;
    match (sign, first.kind) {
        (_, K::DoubleMinutes | K::HomogeneouslyStaining) => (0, 0),
        (_, K::AcentricFragment | K::Minute) | (None, K::Marker) => scale(copies, 0, 1),
        (Some(Sign::Gain), _) | (None, K::Fission) => scale(copies, 1, 1),
        (Some(Sign::Loss), _) => scale(copies, -1, -1),
        (
            None,
            K::Derivative
            | K::Dicentric
            | K::Pseudodicentric
            | K::Robertsonian
            | K::Tricentric
            | K::TelomericAssociation,
        ) if first.chromosomes.len() > 1 => {
            let fused = i64::try_from(first.chromosomes.len()).unwrap_or(2) - 1;
            // `46,XX,der(1;7)(q10;p10)`: the gain of 1 is often left out.
            let most = if first.chromosomes == ["1", "7"] {
                0
            } else {
                -fused
            };
            scale(copies, -fused, most)
        }
        // `46,X,i(X)(q10)`: the one sex chromosome that is written is the normal one.
        (None, _) if one_sex && first.chromosomes.iter().any(|c| is_sex(c)) => scale(copies, 0, 1),
        (None, _) => (0, 0),
    }
}

/// Returns the least and the most that so many copies make of these differences.
fn scale(copies: Range, least: i64, most: i64) -> (i64, i64) {
    let ends = [
        i64::from(copies.low) * least,
        i64::from(copies.high) * least,
        i64::from(copies.low) * most,
        i64::from(copies.high) * most,
    ];
    (
        ends.iter().copied().min().unwrap_or(0),
        ends.iter().copied().max().unwrap_or(0),
    )
}

fn is_sex(chromosome: &str) -> bool {
    matches!(chromosome, "X" | "Y")
}
