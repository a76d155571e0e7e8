//! Orientation of the read pair (F1R2, F2R1): damage before library preparation shows in one of them only.

use super::FilterInput;
use super::strand::Limits;
use crate::drivers::flags::{Flag, Weight};
use crate::drivers::{ReasonCode, ReasonValues};
use crate::evidence::statistics::fisher_exact_two_sided;
use crate::panel::Filters;

/// The alternative reads lie in the orientations otherwise than the reference reads.
pub(super) fn bias(input: &FilterInput<'_>, filters: &Filters) -> Option<Flag> {
    let o = input.evidence.orientations?;
    let table = [[o.ref_f1r2, o.ref_f2r1], [o.alt_f1r2, o.alt_f2r1]];
    let p = fisher_exact_two_sided(table);
    let limits = Limits {
        p: filters.orientation_fisher,
        share: filters.orientation_share,
        sor: None,
    };
    limits.passed_by(table[1], p, 0.0).then(|| {
        let [reference, alt] = table;
        let values = ReasonValues::Orientations { alt, reference, p };
        Flag::new(ReasonCode::OrientationBias, Weight::Doubt, values)
    })
}

/// Too few reads of one of the alleles in one of the orientations.
pub(super) fn support(input: &FilterInput<'_>, filters: &Filters) -> Option<Flag> {
    let (o, least) = (input.evidence.orientations?, filters.both_orientations?);
    let fewest = o.alt_f1r2.min(o.alt_f2r1).min(o.ref_f1r2).min(o.ref_f2r1);
    (fewest < least).then(|| {
        let values = ReasonValues::OrientationSupport {
            alt: [o.alt_f1r2, o.alt_f2r1],
            reference: [o.ref_f1r2, o.ref_f2r1],
            least,
        };
        Flag::new(ReasonCode::BothOrientations, Weight::Doubt, values)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::codes_with;
    use super::*;
    use crate::evidence::{Evidence, OrientationCounts};

    fn with(counts: [u32; 4], set: &[&str]) -> Vec<ReasonCode> {
        let [ref_f1r2, ref_f2r1, alt_f1r2, alt_f2r1] = counts;
        let orientations = Some(OrientationCounts {
            ref_f1r2,
            ref_f2r1,
            alt_f1r2,
            alt_f2r1,
        });
        let evidence = Evidence {
            orientations,
            ..Evidence::from_counts(20, 500, "AD")
        };
        codes_with(&evidence, set)
    }

    #[test]
    fn one_orientation_is_bias_where_the_reference_has_two() {
        assert_eq!(with([240, 240, 0, 20], &[]), [ReasonCode::OrientationBias]);
        assert_eq!(with([0, 480, 0, 20], &[]), []);
        assert_eq!(with([240, 240, 1, 2], &[]), []);
        assert_eq!(
            with(
                [240, 240, 0, 20],
                &["orientation-share=off", "orientation-fisher=off"]
            ),
            []
        );
    }

    #[test]
    fn support_in_both_is_asked_of_both_alleles() {
        assert_eq!(
            with([240, 240, 0, 3], &["both_orientations=1"]),
            [ReasonCode::BothOrientations]
        );
        assert_eq!(
            with([0, 20, 3, 3], &["both_orientations=1"]),
            [ReasonCode::BothOrientations]
        );
        assert_eq!(with([240, 240, 2, 2], &["both_orientations=2"]), []);
    }
}
