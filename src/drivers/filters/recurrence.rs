//! An allele that many samples of a cohort, or several normals, hold: an error of the platform, unless it is a hotspot.

use super::FilterInput;
use crate::drivers::flags::{Flag, Weight};
use crate::drivers::{ReasonCode, ReasonValues};
use crate::panel::Filters;

/// More samples hold the allele than both limits allow (ArCH: more than the larger of 6 % of the samples, rounded up, and 5).
///
/// A known somatic change is told and not doubted: hotspots recur because they are selected for.
pub(super) fn is_recurrent(input: &FilterInput<'_>, filters: &Filters) -> Option<Flag> {
    let seen = input.recurrence?;
    if filters.recurrent_share.is_none() && filters.recurrent_samples.is_none() {
        return None;
    }
    let share = filters
        .recurrent_share
        .map_or(0.0, |s| (s * f64::from(seen.samples)).ceil());
    let least = filters.recurrent_samples.map_or(0.0, f64::from);
    if f64::from(seen.samples_with) <= share.max(least) {
        return None;
    }
    let values = ReasonValues::Recurrence {
        samples_with: seen.samples_with,
        samples: seen.samples,
        mean_vaf: seen.mean_vaf,
    };
    Some(if input.known_somatic {
        Flag::new(ReasonCode::RecurrentRescued, Weight::Remark, values)
    } else {
        Flag::new(ReasonCode::Recurrent, Weight::Doubt, values)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{Text, codes, variant};
    use super::*;
    use crate::evidence::Evidence;
    use crate::evidence::Recurrence;

    fn with(samples_with: u32, samples: u32, known_somatic: bool, set: &[&str]) -> Vec<ReasonCode> {
        let mut filters = Filters::default();
        for text in set {
            filters.set_text(text).unwrap();
        }
        let seen = Recurrence {
            samples_with,
            samples,
            mean_vaf: Some(0.031),
        };
        codes(
            &variant(100, "A", "C"),
            &Evidence::from_counts(20, 500, "AD"),
            &filters,
            &Text(""),
            |i| {
                i.recurrence = Some(Box::leak(Box::new(seen)));
                i.known_somatic = known_somatic;
            },
        )
    }

    #[test]
    fn both_limits_must_be_passed() {
        assert_eq!(with(6, 50, false, &[]), [ReasonCode::Recurrent]);
        assert_eq!(with(5, 50, false, &[]), [], "five are not more than five");
        // 6 % of 101 is 6.06: more than seven.
        assert_eq!(with(7, 101, false, &[]), []);
        assert_eq!(with(8, 101, false, &[]), [ReasonCode::Recurrent]);
    }

    #[test]
    fn a_hotspot_is_rescued() {
        assert_eq!(with(20, 50, true, &[]), [ReasonCode::RecurrentRescued]);
    }

    #[test]
    fn limits_can_be_those_of_other_sources() {
        // Vlasschaert 2023, UK Biobank: 20 people or more. A panel of normals of ArCH: two or more.
        let people = ["recurrent_share=off", "recurrent_samples=19"];
        assert_eq!(with(19, 450_000, false, &people), []);
        assert_eq!(with(20, 450_000, false, &people), [ReasonCode::Recurrent]);
        let normals = ["recurrent_share=off", "recurrent_samples=1"];
        assert_eq!(with(2, 20, false, &normals), [ReasonCode::Recurrent]);
        assert_eq!(
            with(20, 20, false, &["recurrent_share=off", "recurrent_samples=off"]),
            []
        );
    }
}
