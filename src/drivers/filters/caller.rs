//! The caller's own FILTER, each name with the weight of what it means.

use super::FilterInput;
use crate::drivers::ReasonCode;
use crate::drivers::caller_filter::{FilterMeaning, filter_names, meaning};
use crate::drivers::flags::{Flag, Weight};
use crate::panel::Filters;

/// Returns a flag for every name that is not PASS; switched off, they are said and change nothing.
pub(super) fn names(input: &FilterInput<'_>, filters: &Filters) -> Vec<Flag> {
    let weight = if filters.caller_filter {
        Weight::Doubt
    } else {
        Weight::Remark
    };
    filter_names(input.caller_filter.unwrap_or_default())
        .filter_map(|name| {
            let code = match meaning(name) {
                FilterMeaning::Pass => return None,
                FilterMeaning::Germline => ReasonCode::CallerFilterGermline,
                FilterMeaning::Artifact => ReasonCode::CallerFilterArtifact,
                FilterMeaning::Other => ReasonCode::CallerFilter,
            };
            Some(Flag::new(code, weight, name))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{Text, codes, variant};
    use super::*;
    use crate::evidence::Evidence;

    #[test]
    fn every_caller_filter_is_a_reason() {
        let with = |filter: Option<&'static str>| {
            let evidence = Evidence::from_counts(20, 500, "AD");
            codes(
                &variant(100, "A", "C"),
                &evidence,
                &Filters::default(),
                &Text(""),
                |i| {
                    i.caller_filter = filter;
                },
            )
        };
        assert_eq!(
            with(Some("strand_bias;germline;weak_evidence")),
            [
                ReasonCode::CallerFilterArtifact,
                ReasonCode::CallerFilterGermline,
                ReasonCode::CallerFilter
            ]
        );
        assert_eq!(with(Some("PASS")), []);
        assert_eq!(with(None), []);
    }
}
