//! Long insertions and deletions, which one caller alone seldom gets right.

use super::FilterInput;
use crate::drivers::flags::{Flag, Weight};
use crate::drivers::{ReasonCode, ReasonValues};
use crate::genome::as_count;
use crate::panel::Filters;

/// More bases inserted or deleted than the limit.
pub(super) fn is_long(input: &FilterInput<'_>, filters: &Filters) -> Option<Flag> {
    let limit = filters.long_indel?;
    let variant = input.variant.sequence()?;
    let (reference, alternate) = (variant.reference().len(), variant.alternate().len());
    let length = as_count(reference.abs_diff(alternate));
    (length > limit).then(|| {
        Flag::new(
            ReasonCode::LongIndel,
            Weight::Doubt,
            ReasonValues::LengthAbove { length, limit },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{Text, codes, variant};
    use super::*;
    use crate::evidence::Evidence;

    #[test]
    fn counts_the_bases_added_or_taken() {
        let long = variant(100, "A", &format!("A{}", "CG".repeat(11)));
        let with = |set: &str| {
            let mut filters = Filters::default();
            filters.set_text(set).unwrap();
            codes(
                &long,
                &Evidence::from_counts(50, 100, "AD"),
                &filters,
                &Text(""),
                |_| {},
            )
        };
        assert_eq!(with("long_indel=off"), []);
        assert_eq!(with("long_indel=22"), []);
        assert_eq!(with("long_indel=21"), [ReasonCode::LongIndel]);
    }
}
