//! Runs of one base: polymerases slip there. Looks at the fragments and at the VAF, because a rule that does not removes true
//! ASXL1 c.1934dup.

use super::FilterInput;
use crate::drivers::flags::{Flag, Weight};
use crate::drivers::{ReasonCode, ReasonValues};
use crate::genome::{BaseSource, Variant, VariantKind, as_count};
use crate::panel::Filters;

/// Bases on each side in which a run is looked for: the KCCG pipeline looks 10 bases far, runs of the genome end within 30.
const REACH: u32 = 30;

/// The change lies in a run, or makes one, and has little evidence.
pub(super) fn in_run(input: &FilterInput<'_>, filters: &Filters) -> Option<Flag> {
    let least = filters.homopolymer?;
    let evidence = input.evidence;
    let enough = |limit: Option<u32>| limit.is_none_or(|n| evidence.alt_count.is_some_and(|alt| alt >= n));
    let frequent = filters
        .homopolymer_min_vaf
        .is_none_or(|limit| evidence.vaf.is_some_and(|vaf| vaf >= limit));
    if enough(filters.homopolymer_min_alt) && frequent {
        return None;
    }
    let variant = input.variant.sequence()?;
    let slipped = slipped_base(variant).map(|base| (base, run_at(variant, base, input.bases)));
    let (base, length) = match slipped {
        Some(run) if run.1 >= least => run,
        _ if filters.homopolymer_all_kinds => longest_run(variant, input.bases)?,
        _ => return None,
    };
    (length >= least).then(|| {
        Flag::new(
            ReasonCode::Homopolymer,
            Weight::Doubt,
            ReasonValues::Run {
                base: char::from(base),
                length,
            },
        )
    })
}

/// Returns the base that a pure insertion or deletion of one repeated base adds or takes away.
fn slipped_base(variant: &Variant) -> Option<u8> {
    let changed = match variant.kind() {
        VariantKind::Insertion => &variant.alternate()[1..],
        VariantKind::Deletion => &variant.reference()[1..],
        _ => return None,
    };
    let base = changed.bytes().next()?;
    changed.bytes().all(|b| b == base).then_some(base)
}

/// Counts the reference bases equal to `base` that touch the variant's anchor on either side.
fn run_at(variant: &Variant, base: u8, bases: &dyn BaseSource) -> u32 {
    let position = variant.position();
    let is_base = |p: u32| bases.base(variant.chromosome(), p) == Some(base);
    let right = (1..=REACH).take_while(|i| is_base(position + i)).count();
    let left = (0..REACH.min(position))
        .take_while(|i| is_base(position - i))
        .count();
    as_count(left + right)
}

/// Returns the longest run, before or after the change, that holds or touches a changed base.
fn longest_run(variant: &Variant, bases: &dyn BaseSource) -> Option<(u8, u32)> {
    let (chromosome, first, last) = (variant.chromosome(), variant.position(), variant.end());
    let side = |range: std::ops::RangeInclusive<u32>| -> Vec<u8> {
        range.map(|p| bases.base(chromosome, p).unwrap_or(b'N')).collect()
    };
    let before = side(first.saturating_sub(REACH).max(1)..=first.saturating_sub(1));
    let after = side(last + 1..=last + REACH);
    [variant.reference(), variant.alternate()]
        .into_iter()
        .filter_map(|allele| {
            let text = [&before, allele.as_bytes(), &after].concat();
            let changed = before.len()..before.len() + allele.len();
            runs(&text)
                .filter(|(_, start, end)| *end >= changed.start && *start <= changed.end)
                .map(|(base, start, end)| (base, as_count(end - start)))
                .max_by_key(|(_, length)| *length)
        })
        .max_by_key(|(_, length)| *length)
}

/// Returns base, start and end (exclusive) of each run.
pub(super) fn runs(text: &[u8]) -> impl Iterator<Item = (u8, usize, usize)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let base = *text.get(start)?;
        let length = text[start..].iter().take_while(|b| **b == base).count();
        let run = (base, start, start + length);
        start += length;
        Some(run)
    })
    .filter(|(base, ..)| *base != b'N')
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{Text, codes, variant};
    use super::*;
    use crate::evidence::Evidence;

    /// A run of eight G from position 101 on, A before, T behind.
    const RUN: Text = Text("GGGGGGGGTCTCTCTC");

    fn with(v: &Variant, alt: u32, depth: u32, set: &[&str]) -> Vec<ReasonCode> {
        let mut filters = Filters::default();
        for text in set {
            filters.set_text(text).unwrap();
        }
        codes(
            v,
            &Evidence::from_counts(alt, depth, "AD"),
            &filters,
            &RUN,
            |_| {},
        )
    }

    #[test]
    fn an_indel_in_a_run_needs_fragments_and_fraction() {
        let insertion = variant(100, "A", "AG");
        assert_eq!(with(&insertion, 30, 1000, &[]), [ReasonCode::Homopolymer]);
        assert_eq!(
            with(&insertion, 9, 60, &[]),
            [ReasonCode::Homopolymer],
            "nine fragments are fewer than ten"
        );
        assert_eq!(with(&insertion, 100, 1000, &[]), []);
        assert_eq!(
            with(&variant(108, "G", "GG"), 30, 1000, &[]),
            [ReasonCode::Homopolymer]
        );
        assert_eq!(
            with(&variant(100, "AG", "A"), 30, 1000, &[]),
            [ReasonCode::Homopolymer]
        );
        assert_eq!(
            with(&variant(100, "A", "AC"), 30, 1000, &[]),
            [],
            "another base does not slip"
        );
        assert_eq!(
            with(&variant(103, "G", "C"), 30, 1000, &[]),
            [],
            "a substitution does not slip"
        );
        assert_eq!(with(&variant(113, "C", "CG"), 30, 1000, &[]), []);
    }

    #[test]
    fn the_run_and_what_is_enough_can_be_set() {
        let insertion = variant(100, "A", "AG");
        assert_eq!(with(&insertion, 30, 1000, &["homopolymer=9"]), []);
        assert_eq!(with(&insertion, 30, 1000, &["homopolymer=off"]), []);
        assert_eq!(with(&insertion, 30, 1000, &["homopolymer_min_vaf=0.03"]), []);
        let blind = ["homopolymer_min_vaf=off"];
        assert_eq!(with(&insertion, 30, 1000, &blind), []);
        assert_eq!(with(&insertion, 9, 20, &blind), [ReasonCode::Homopolymer]);
    }

    #[test]
    fn other_kinds_count_only_where_asked() {
        let all = ["homopolymer_all_kinds=on"];
        assert_eq!(
            with(&variant(103, "G", "C"), 30, 1000, &all),
            [ReasonCode::Homopolymer],
            "inside"
        );
        assert_eq!(
            with(&variant(109, "T", "G"), 30, 1000, &all),
            [ReasonCode::Homopolymer],
            "touching"
        );
        assert_eq!(
            with(&variant(111, "T", "G"), 30, 1000, &all),
            [],
            "two bases away"
        );
        assert_eq!(with(&variant(109, "T", "G"), 200, 1000, &all), [], "strong");
    }
}
