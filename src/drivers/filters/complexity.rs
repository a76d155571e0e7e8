//! Low complexity of the neighborhood: ArCH's patterns and the DUST score. Both are blind to the evidence and off by default.

use std::collections::HashMap;

use super::FilterInput;
use super::homopolymer::runs;
use crate::drivers::flags::{Flag, Weight};
use crate::drivers::{ReasonCode, ReasonValues};
use crate::genome::{BaseSource, Variant, as_count};
use crate::panel::Filters;

/// Bases looked at on each side (ArCH).
const CONTEXT: u32 = 10;

/// Length of a run that a changed base completes (ArCH: three neighbors and the new base).
const COMPLETED: usize = 4;

/// The last one or two bases of the new allele complete a run of four with their neighbors: NXXX, XNXX, XXNX, XXXN for one
/// base, NNXX, XNNX, XXNN for two.
pub(super) fn repeat_pattern(input: &FilterInput<'_>, filters: &Filters) -> Option<Flag> {
    if !filters.repeat_pattern {
        return None;
    }
    let variant = input.variant.sequence()?;
    let (before, after) = sides(variant, input.bases)?;
    let new = variant.alternate().as_bytes();
    let text = [before.as_slice(), new, after.as_slice()].concat();
    let changed = before.len()..before.len() + new.len();
    // Only runs that a new base is part of; an indel's first base is the old anchor.
    let first_new = if variant.reference().len() == variant.alternate().len() {
        changed.start
    } else {
        changed.start + 1
    };
    let completed = runs(&text).find(|(_, start, end)| {
        let touches_new = *end > first_new && *start < changed.end;
        end - start >= COMPLETED && touches_new
    });
    completed.map(|(base, start, end)| {
        let values = ReasonValues::CompletedRun {
            base: char::from(base),
            length: as_count(end - start),
        };
        Flag::new(ReasonCode::LowComplexity, Weight::Doubt, values)
    })
}

/// The neighborhood repeats the same triplets.
pub(super) fn dust(input: &FilterInput<'_>, filters: &Filters) -> Option<Flag> {
    let limit = filters.dust?;
    let variant = input.variant.sequence()?;
    let (before, after) = sides(variant, input.bases)?;
    let around = [
        before.as_slice(),
        variant.reference().as_bytes(),
        after.as_slice(),
    ]
    .concat();
    // The lowest complexity of either side or of both counts (ArCH).
    let score = [&before, &after, &around]
        .into_iter()
        .filter_map(|s| dust_score(s))
        .fold(0.0, f64::max);
    (score >= limit).then(|| {
        let values = ReasonValues::Dust { score, limit };
        Flag::new(ReasonCode::LowComplexity, Weight::Doubt, values)
    })
}

/// Returns the bases before and behind the variant; `None` where one is not known.
fn sides(variant: &Variant, bases: &dyn BaseSource) -> Option<(Vec<u8>, Vec<u8>)> {
    let (first, last) = (variant.position(), variant.end());
    let before = bases.bases(
        variant.chromosome(),
        first.checked_sub(CONTEXT).filter(|p| *p > 0)?..=first - 1,
    )?;
    let after = bases.bases(variant.chromosome(), last + 1..=last + CONTEXT)?;
    Some((before, after))
}

/// Returns the DUST score scaled to 0 to 100 (as PRINSEQ does): the percentage of pairs of triplets that are equal.
fn dust_score(text: &[u8]) -> Option<f64> {
    let mut counts: HashMap<&[u8], u32> = HashMap::new();
    let mut triplets = 0_u32;
    for triplet in text.windows(3) {
        *counts.entry(triplet).or_default() += 1;
        triplets += 1;
    }
    let pairs = |n: u32| f64::from(n) * f64::from(n.saturating_sub(1));
    (triplets > 1).then(|| 100.0 * counts.values().map(|n| pairs(*n)).sum::<f64>() / pairs(triplets))
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{Text, codes, variant};
    use super::*;
    use crate::evidence::Evidence;

    const BASES: Text = Text("CATGCTAGTCGTTTACGATCGGACTGACATCATGCAGTCA");

    fn with(v: &Variant, set: &str) -> Vec<ReasonCode> {
        let mut filters = Filters::default();
        filters.set_text(set).unwrap();
        codes(
            v,
            &Evidence::from_counts(500, 1000, "AD"),
            &filters,
            &BASES,
            |_| {},
        )
    }

    #[test]
    fn a_completed_run_of_four_is_a_pattern() {
        // GTTTA at 111: another T on either side, or a fourth in the middle.
        let hit = [ReasonCode::LowComplexity];
        assert_eq!(with(&variant(111, "G", "T"), "repeat_pattern=on"), hit, "NXXX");
        assert_eq!(with(&variant(115, "A", "T"), "repeat_pattern=on"), hit, "XXXN");
        assert_eq!(
            with(&variant(111, "G", "GT"), "repeat_pattern=on"),
            hit,
            "insertion"
        );
        assert_eq!(with(&variant(110, "C", "T"), "repeat_pattern=on"), []);
        assert_eq!(with(&variant(111, "G", "A"), "repeat_pattern=on"), []);
        assert_eq!(with(&variant(111, "G", "T"), "repeat_pattern=off"), []);
    }

    #[test]
    fn dust_is_the_share_of_equal_triplets() {
        assert!((dust_score(b"AAAAAAAAAA").unwrap() - 100.0).abs() < 1e-9);
        // CAC, ACA four times each of eight: 24 of 56 pairs.
        assert!((dust_score(b"CACACACACA").unwrap() - 2400.0 / 56.0).abs() < 1e-9);
        assert!(dust_score(b"CATGCTAGTC").unwrap().abs() < 1e-9);
        assert_eq!(dust_score(b"AA"), None);
        assert_eq!(
            with(&variant(102, "A", "C"), "dust=7"),
            [ReasonCode::LowComplexity],
            "ten A before"
        );
        assert_eq!(with(&variant(125, "T", "C"), "dust=7"), []);
    }
}
