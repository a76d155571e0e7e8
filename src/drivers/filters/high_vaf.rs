//! A VAF from which a call goes to review whatever else is known (ArCH: 0.2).

use super::FilterInput;
use crate::drivers::flags::{Flag, Weight};
use crate::drivers::{ReasonCode, ReasonValues};
use crate::panel::Filters;

/// The fraction is at or above the limit.
pub(super) fn is_high(input: &FilterInput<'_>, filters: &Filters) -> Option<Flag> {
    let (limit, vaf) = (filters.high_vaf?, input.evidence.vaf?);
    (vaf >= limit).then(|| {
        Flag::new(
            ReasonCode::HighVaf,
            Weight::Review,
            ReasonValues::VafFrom { vaf, limit },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{Text, codes, variant};
    use super::*;
    use crate::evidence::Evidence;

    #[test]
    fn is_off_unless_set() {
        let with = |set: &str| {
            let mut filters = Filters::default();
            filters.set_text(set).unwrap();
            codes(
                &variant(100, "A", "C"),
                &Evidence::from_counts(200, 1000, "AD"),
                &filters,
                &Text(""),
                |_| {},
            )
        };
        assert_eq!(with("high_vaf=off"), []);
        assert_eq!(with("high_vaf=0.2"), [ReasonCode::HighVaf]);
        assert_eq!(with("high_vaf=0.21"), []);
    }
}
