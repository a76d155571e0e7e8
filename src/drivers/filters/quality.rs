//! Base and mapping quality of the alternative reads, as the caller states them.

use super::FilterInput;
use crate::drivers::flags::{Flag, Weight};
use crate::drivers::{ReasonCode, ReasonValues};
use crate::panel::Filters;

/// Low base quality of the alternative allele.
pub(super) fn base(input: &FilterInput<'_>, filters: &Filters) -> Option<Flag> {
    low(
        input.evidence.base_quality,
        filters.base_quality,
        ReasonCode::LowBaseQuality,
    )
}

/// Low mapping quality of the alternative reads.
pub(super) fn mapping(input: &FilterInput<'_>, filters: &Filters) -> Option<Flag> {
    low(
        input.evidence.mapping_quality,
        filters.mapping_quality,
        ReasonCode::LowMappingQuality,
    )
}

fn low(quality: Option<f64>, least: Option<f64>, code: ReasonCode) -> Option<Flag> {
    let (quality, least) = (quality?, least?);
    // Callers write 0 where they do not measure (indels): 0 is no quality.
    (quality > 0.0 && quality < least)
        .then(|| Flag::new(code, Weight::Doubt, ReasonValues::QualityBelow { quality, least }))
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{Text, codes, variant};
    use super::*;
    use crate::evidence::Evidence;

    #[test]
    fn low_is_flagged_and_zero_is_no_quality() {
        let evidence = Evidence {
            base_quality: Some(15.0),
            mapping_quality: Some(0.0),
            ..Evidence::from_counts(20, 500, "AD")
        };
        let with = |filters: &Filters| codes(&variant(100, "A", "C"), &evidence, filters, &Text(""), |_| {});
        let mut filters = Filters::default();
        assert_eq!(with(&filters), [ReasonCode::LowBaseQuality]);
        filters.set_text("base_quality=15").unwrap();
        assert_eq!(with(&filters), []);
    }
}
