//! What the ELN risk of acute myeloid leukemia asks of a karyotype beyond the findings of other scores.

use super::clones::{Change, Resolved};
use super::model::{SegmentKind, Sign};
use super::risk::{COMPLEX, count};

/// Chromosomes whose loss counts for a monosomal karyotype: not X and Y (Döhner, Blood 2017;129:424, table 5, footnote).
const AUTOSOMES: [&str; 22] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
    "20", "21", "22",
];

/// Trisomies from which a karyotype without any structural change is hyperdiploid and not complex.
const HYPERDIPLOID: usize = 3;

/// Whether a clone is monosomal: one monosomy of an autosome with another one or with a structural change (Döhner 2017). Whether a marker
/// chromosome alone is such a change the definition does not say: that is possible only.
pub(super) fn is_monosomal(clone: &Resolved, possible: bool) -> bool {
    let losses = AUTOSOMES
        .iter()
        .filter(|c| clone.changes.iter().any(|change| change.is_whole(Sign::Loss, c)))
        .count();
    losses >= 2 || (losses == 1 && clone.changes.iter().any(|c| is_structural(c, possible)))
}

/// Whether a clone has three changes or more that are not all whole chromosomes gained, three or more of them.
pub(super) fn is_complex(clone: &Resolved) -> bool {
    let gains = clone.changes.iter().filter(|c| is_gain_of_chromosome(c)).count();
    let hyperdiploid = gains >= HYPERDIPLOID && gains == clone.changes.len();
    count(clone) >= COMPLEX && !hyperdiploid
}

/// Whether a change breaks the short arm of 17.
pub(super) fn breaks_17p(change: &Change) -> bool {
    change.involves(SegmentKind::ALL, "17", 'p')
}

fn is_structural(change: &Change, possible: bool) -> bool {
    change
        .first_segment()
        .is_some_and(|s| possible || s.kind != SegmentKind::Marker)
}

fn is_gain_of_chromosome(change: &Change) -> bool {
    AUTOSOMES
        .iter()
        .chain(&["X", "Y"])
        .any(|c| change.is_whole(Sign::Gain, c))
}

#[cfg(test)]
mod tests {
    use crate::karyotype::{Karyotype, KaryotypeFlags, assess};

    #[test]
    fn what_eln_calls_monosomal_complex_and_abnormal_17p() {
        type Test = fn(&KaryotypeFlags) -> bool;
        let tests: [Test; 3] = [
            |f| f.monosomal,
            |f| f.complex_not_hyperdiploid,
            |f| f.abnormal_17p,
        ];
        let (yes, no) = (Some(true), Some(false));
        for (text, expected) in [
            ("46,XX[20]", [no, no, no]),
            ("45,XX,-7[20]", [no, no, no]),
            ("44,XX,-5,-7[20]", [yes, no, no]),
            ("45,XX,-7,del(5)(q13q33)[20]", [yes, no, no]),
            ("45,XX,-7,+mar[20]", [None, no, no]),
            ("44,X,-X,-7[20]", [no, no, no]),
            ("49,XX,+8,+13,+21[20]", [no, no, no]),
            ("49,XX,+8,+13,+21,del(7)(q22)[20]", [no, yes, no]),
            ("46,XX,del(5)(q13q33),del(7)(q22),del(20)(q11)[20]", [no, yes, no]),
            ("46,XX,add(17)(p13)[20]", [no, no, yes]),
            ("46,XX,i(17)(q10)[20]", [no, no, yes]),
            ("46,XX,t(3;17)(q21;p13)[20]", [no, no, yes]),
            ("45,XX,-17[20]", [no, no, yes]),
            ("46,XX,t(15;17)(q24;q21)[20]", [no, no, no]),
        ] {
            let assessment = assess(&Karyotype::parse(text).unwrap(), None);
            assert_eq!(tests.map(|t| assessment.known(t)), expected, "{text}");
        }
    }
}
