//! A call of a variant file counted anew in the sample's alignments: do both tell the same fraction?

use super::flags::{Flag, Weight};
use super::{ReasonCode, ReasonValues};
use crate::evidence::Evidence;

/// Returns a flag where the two fractions differ beyond chance: their 95 % intervals do not meet.
///
/// A fraction without interval is compared with the interval of the other.
pub fn assess(evidence: &Evidence, recount: Option<&Evidence>) -> Option<Flag> {
    let recount = recount?;
    let of = |e: &Evidence| match (e.interval, e.vaf) {
        (Some(i), _) => Some((i.low, i.high)),
        (None, vaf) => vaf.map(|v| (v, v)),
    };
    let ((low, high), (other_low, other_high)) = (of(evidence)?, of(recount)?);
    let values = ReasonValues::Recounted {
        vaf: evidence.vaf.unwrap_or_default(),
        recounted: recount.vaf.unwrap_or_default(),
        alt: recount.alt_count.unwrap_or_default(),
        depth: recount.depth.unwrap_or_default(),
    };
    (low > other_high || other_low > high)
        .then(|| Flag::new(ReasonCode::ReadsDisagree, Weight::Doubt, values))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Interval;

    #[test]
    fn intervals_that_do_not_meet_disagree() {
        let counts = |alt, depth| Evidence::from_counts(alt, depth, "AD");
        assert!(assess(&counts(100, 1000), Some(&counts(95, 1000))).is_none());
        let flag = assess(&counts(100, 1000), Some(&counts(10, 1000))).unwrap();
        assert_eq!(flag.reason.code, ReasonCode::ReadsDisagree);
        assert_eq!(flag.reason.detail, "0.1000, recounted 0.0100 (10 of 1000)");
        assert!(assess(&counts(100, 1000), None).is_none());
    }

    #[test]
    fn a_fraction_without_counts_is_compared_with_the_interval() {
        let alone = Evidence::from_fraction(0.1, None, "AF (no counts)");
        assert!(assess(&alone, Some(&Evidence::from_counts(100, 1000, "reads"))).is_none());
        assert!(assess(&alone, Some(&Evidence::from_counts(10, 1000, "reads"))).is_some());
    }

    #[test]
    fn intervals_that_touch_agree() {
        let fraction = |vaf| Evidence::from_fraction(vaf, None, "AF");
        let disagree = |a: f64, b: f64| assess(&fraction(a), Some(&fraction(b))).is_some();
        assert!(!disagree(0.1, 0.1));
        assert!(disagree(0.1, 0.1001) && disagree(0.1001, 0.1));
        // One end of one interval is the other end of the other.
        let interval = |low, high| Evidence {
            interval: Some(Interval { low, high }),
            ..fraction(low)
        };
        let (lower, higher) = (interval(0.1, 0.2), interval(0.2, 0.3));
        assert!(assess(&lower, Some(&higher)).is_none());
        assert!(assess(&higher, Some(&lower)).is_none());
    }
}
