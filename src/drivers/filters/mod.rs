//! Is the variant an error? One file a filter: a pure function of the call and the panel's values, which says nothing where
//! the filter is off or what it looks at is not known. Sources and defaults are argued in `docs/filters.md`.

mod caller;
mod cluster;
mod complexity;
mod high_vaf;
mod homopolymer;
mod long_indel;
mod many_drivers;
mod multiallelic;
mod orientation;
mod quality;
mod recurrence;
mod strand;

use super::flags::Flag;
use crate::evidence::Evidence;
use crate::evidence::Recurrence;
use crate::genome::{Allele, BaseSource};
use crate::panel::Filters;

pub use cluster::{Cluster, clusters};
pub use many_drivers::mark_many_drivers;

/// What the filters look at.
#[derive(Clone, Copy)]
pub struct FilterInput<'a> {
    /// The variant in normal form.
    pub variant: &'a Allele,
    /// Evidence of the sample.
    pub evidence: &'a Evidence,
    /// FILTER of the caller.
    pub caller_filter: Option<&'a str>,
    /// Alternative alleles of the file's record that this sample holds enough fragments of, this one included.
    pub alternates: usize,
    /// Where the sample's calls lie too close together.
    pub clusters: &'a [Cluster],
    /// How often other samples hold the allele, where a list says so.
    pub recurrence: Option<&'a Recurrence>,
    /// Whether the change is a known somatic one.
    pub known_somatic: bool,
    /// Reference bases.
    pub bases: &'a dyn BaseSource,
}

/// Returns everything that speaks for an error.
pub fn assess(input: &FilterInput<'_>, filters: &Filters) -> Vec<Flag> {
    const EACH: [fn(&FilterInput<'_>, &Filters) -> Option<Flag>; 14] = [
        strand::bias,
        strand::support,
        orientation::bias,
        orientation::support,
        quality::base,
        quality::mapping,
        homopolymer::in_run,
        complexity::repeat_pattern,
        complexity::dust,
        long_indel::is_long,
        multiallelic::has_other_alleles,
        cluster::is_crowded,
        recurrence::is_recurrent,
        high_vaf::is_high,
    ];
    let mut flags: Vec<Flag> = EACH.iter().filter_map(|filter| filter(input, filters)).collect();
    flags.extend(caller::names(input, filters));
    flags
}

#[cfg(test)]
mod tests_support {
    use std::ops::RangeInclusive;

    use super::*;
    use crate::drivers::ReasonCode;
    use crate::genome::{Build, Chromosome, Variant};

    /// Bases from position 101 on, A before and after.
    pub(super) struct Text(pub &'static str);

    impl BaseSource for Text {
        fn bases(&self, _: Chromosome, range: RangeInclusive<u32>) -> Option<Vec<u8>> {
            let base = |p: u32| {
                let at = p.checked_sub(101)? as usize;
                self.0.as_bytes().get(at).copied()
            };
            Some(range.map(|p| base(p).unwrap_or(b'A')).collect())
        }
    }

    pub(super) fn variant(position: u32, reference: &str, alternate: &str) -> Variant {
        Variant::new(Build::Grch38, Chromosome::X, position, reference, alternate).unwrap()
    }

    /// Returns the codes for a substitution with this evidence, filters set as texts.
    pub(super) fn codes_with(evidence: &Evidence, set: &[&str]) -> Vec<ReasonCode> {
        let mut filters = Filters::default();
        for text in set {
            filters.set_text(text).unwrap();
        }
        codes(&variant(100, "A", "C"), evidence, &filters, &Text(""), |_| {})
    }

    /// Runs all filters on a call with nothing else to say.
    pub(super) fn codes(
        variant: &Variant,
        evidence: &Evidence,
        filters: &Filters,
        bases: &dyn BaseSource,
        change: impl Fn(&mut FilterInput<'_>),
    ) -> Vec<ReasonCode> {
        let allele = Allele::from(variant.clone());
        let mut input = FilterInput {
            variant: &allele,
            evidence,
            caller_filter: None,
            alternates: 1,
            clusters: &[],
            recurrence: None,
            known_somatic: false,
            bases,
        };
        change(&mut input);
        assess(&input, filters)
            .into_iter()
            .map(|f| f.reason.code)
            .collect()
    }
}
