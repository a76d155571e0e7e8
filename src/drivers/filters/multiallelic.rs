//! Several alternative alleles of one place in one sample: often an artifact, sometimes two clones, so a person looks
//! (Vlasschaert 2023: not to be dropped mechanically).

use super::FilterInput;
use crate::drivers::flags::{Flag, Weight};
use crate::drivers::{ReasonCode, ReasonValues};
use crate::panel::Filters;

/// The sample holds another alternative allele at the place.
pub(super) fn has_other_alleles(input: &FilterInput<'_>, filters: &Filters) -> Option<Flag> {
    (filters.multiallelic && input.alternates > 1).then(|| {
        let values = ReasonValues::Count {
            count: input.alternates,
        };
        Flag::new(ReasonCode::Multiallelic, Weight::Review, values)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{Text, codes, variant};
    use super::*;
    use crate::evidence::Evidence;

    #[test]
    fn a_second_allele_goes_to_review_unless_switched_off() {
        let with = |alternates: usize, set: &str| {
            let mut filters = Filters::default();
            filters.set_text(set).unwrap();
            let evidence = Evidence::from_counts(50, 1000, "AD");
            codes(&variant(100, "A", "C"), &evidence, &filters, &Text(""), |i| {
                i.alternates = alternates;
            })
        };
        assert_eq!(with(2, "multiallelic=on"), [ReasonCode::Multiallelic]);
        assert_eq!(with(1, "multiallelic=on"), []);
        assert_eq!(with(2, "multiallelic=off"), []);
    }
}
