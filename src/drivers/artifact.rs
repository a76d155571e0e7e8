//! Is the variant an error? Strands, orientation, qualities, homopolymers and the caller's own filters speak to it.

use std::ops::RangeInclusive;

use super::ReasonCode;
use super::caller_filter::{FilterMeaning, meaning};
use super::flags::{Flag, Weight};
use crate::evidence::Evidence;
use crate::evidence::statistics::fisher_exact_two_sided;
use crate::genome::{BaseSource, Variant, VariantKind};

/// Strands of the two alleles differ beyond chance below this p of Fisher's exact test.
const STRAND_P: f64 = 0.001;

/// Length of a run from which indels slip (KCCG pipeline: runs of 5 and more).
const HOMOPOLYMER_RUN: u32 = 5;

/// An indel in a run is believed from this many alternative fragments on, if its VAF is high enough too (KCCG pipeline).
const HOMOPOLYMER_MIN_ALT: u32 = 10;

/// An indel in a run is believed from this VAF on (KCCG pipeline, Vlasschaert 2023 for ASXL1 G646fs: 0.10). A rule
/// blind to VAF removes true ASXL1 c.1934dup.
const HOMOPOLYMER_MIN_VAF: f64 = 0.10;

/// Mean or median base quality of the alternative allele below which the bases are doubtful: phred 20, 1 % error.
const MIN_BASE_QUALITY: f64 = 20.0;

/// Mean or median mapping quality of the alternative reads below which their place is doubtful: phred 20.
const MIN_MAPPING_QUALITY: f64 = 20.0;

/// Returns everything that speaks for an error.
pub fn assess(
    variant: Option<&Variant>,
    evidence: &Evidence,
    caller_filter: Option<&str>,
    bases: &dyn BaseSource,
) -> Vec<Flag> {
    let mut flags = Vec::new();
    flags.extend(strand_bias(evidence));
    flags.extend(orientation_bias(evidence));
    flags.extend(low_quality(evidence));
    flags.extend(variant.and_then(|v| homopolymer(v, evidence, bases)));
    flags.extend(caller(caller_filter).into_iter().flatten());
    flags
}

/// One strand holds no alternative read although the reference reads say it should.
fn strand_bias(evidence: &Evidence) -> Option<Flag> {
    let s = evidence.strands?;
    let one_sided = (s.alt_forward == 0) != (s.alt_reverse == 0);
    let p = fisher_exact_two_sided([[s.ref_forward, s.ref_reverse], [s.alt_forward, s.alt_reverse]]);
    let detail = format!(
        "alt {}+/{}-, ref {}+/{}-, p = {p:.1e}",
        s.alt_forward, s.alt_reverse, s.ref_forward, s.ref_reverse
    );
    (one_sided && p < STRAND_P).then(|| Flag::new(ReasonCode::StrandBias, Weight::Doubt, detail))
}

fn orientation_bias(evidence: &Evidence) -> Option<Flag> {
    let o = evidence.orientations?;
    let one_sided = (o.alt_f1r2 == 0) != (o.alt_f2r1 == 0);
    let p = fisher_exact_two_sided([[o.ref_f1r2, o.ref_f2r1], [o.alt_f1r2, o.alt_f2r1]]);
    let detail = format!(
        "alt F1R2 {} F2R1 {}, ref F1R2 {} F2R1 {}, p = {p:.1e}",
        o.alt_f1r2, o.alt_f2r1, o.ref_f1r2, o.ref_f2r1
    );
    (one_sided && p < STRAND_P).then(|| Flag::new(ReasonCode::OrientationBias, Weight::Doubt, detail))
}

fn low_quality(evidence: &Evidence) -> Vec<Flag> {
    // Callers write 0 where they do not measure (indels): 0 is no quality.
    let low = |quality: Option<f64>, least: f64| quality.filter(|q| *q > 0.0 && *q < least);
    let base = low(evidence.base_quality, MIN_BASE_QUALITY).map(|q| {
        Flag::new(
            ReasonCode::LowBaseQuality,
            Weight::Doubt,
            format!("{q:.1} < {MIN_BASE_QUALITY}"),
        )
    });
    let mapping = low(evidence.mapping_quality, MIN_MAPPING_QUALITY).map(|q| {
        Flag::new(
            ReasonCode::LowMappingQuality,
            Weight::Doubt,
            format!("{q:.1} < {MIN_MAPPING_QUALITY}"),
        )
    });
    base.into_iter().chain(mapping).collect()
}

/// An insertion or deletion of one repeated base in a run of that base, with little evidence.
fn homopolymer(variant: &Variant, evidence: &Evidence, bases: &dyn BaseSource) -> Option<Flag> {
    let changed = match variant.kind() {
        VariantKind::Insertion => &variant.alternate()[1..],
        VariantKind::Deletion => &variant.reference()[1..],
        _ => return None,
    };
    let base = changed.bytes().next()?;
    if !changed.bytes().all(|b| b == base) {
        return None;
    }
    let run = run_length(variant, base, bases);
    let strong = evidence.alt_count.is_some_and(|n| n >= HOMOPOLYMER_MIN_ALT)
        && evidence.vaf.is_some_and(|v| v >= HOMOPOLYMER_MIN_VAF);
    (run >= HOMOPOLYMER_RUN && !strong).then(|| {
        Flag::new(
            ReasonCode::Homopolymer,
            Weight::Doubt,
            format!("{} x {run}", char::from(base)),
        )
    })
}

/// Counts the reference bases equal to `base` that touch the variant's anchor on either side.
fn run_length(variant: &Variant, base: u8, bases: &dyn BaseSource) -> u32 {
    let position = variant.position();
    let is_base = |p: u32| range_base(bases, variant, p..=p) == Some(base);
    let right = (1..=30).take_while(|i| is_base(position + i)).count();
    let left = (0..30.min(position))
        .take_while(|i| is_base(position - i))
        .count();
    u32::try_from(left + right).unwrap_or(u32::MAX)
}

fn range_base(bases: &dyn BaseSource, variant: &Variant, range: RangeInclusive<u32>) -> Option<u8> {
    bases.bases(variant.chromosome(), range)?.first().copied()
}

/// The caller's own filters, each with the weight of what it means.
fn caller(caller_filter: Option<&str>) -> Option<Vec<Flag>> {
    let flags = caller_filter?
        .split([';', ','])
        .filter_map(|name| {
            let code = match meaning(name) {
                FilterMeaning::Pass => return None,
                FilterMeaning::Germline => ReasonCode::CallerFilterGermline,
                FilterMeaning::Artifact => ReasonCode::CallerFilterArtifact,
                FilterMeaning::Other => ReasonCode::CallerFilter,
            };
            Some(Flag::new(code, Weight::Doubt, name))
        })
        .collect();
    Some(flags)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{OrientationCounts, StrandCounts};
    use crate::genome::{Build, Chromosome};

    /// A run of eight G from position 101 on, A before and T behind.
    struct Run;

    impl BaseSource for Run {
        fn bases(&self, _: Chromosome, range: RangeInclusive<u32>) -> Option<Vec<u8>> {
            Some(
                range
                    .map(|p| {
                        if p < 101 {
                            b'A'
                        } else if p <= 108 {
                            b'G'
                        } else {
                            b'T'
                        }
                    })
                    .collect(),
            )
        }
    }

    fn variant(position: u32, reference: &str, alternate: &str) -> Variant {
        Variant::new(Build::Grch38, Chromosome::X, position, reference, alternate).unwrap()
    }

    fn codes(flags: &[Flag]) -> Vec<ReasonCode> {
        flags.iter().map(|f| f.reason.code).collect()
    }

    #[test]
    fn an_indel_in_a_run_needs_fragments_and_fraction() {
        let with = |v: &Variant, alt, depth| {
            codes(&assess(
                Some(v),
                &Evidence::from_counts(alt, depth, "AD"),
                None,
                &Run,
            ))
        };
        let insertion = variant(100, "A", "AG");
        assert_eq!(with(&insertion, 30, 1000), [ReasonCode::Homopolymer]);
        assert_eq!(
            with(&insertion, 9, 60),
            [ReasonCode::Homopolymer],
            "nine fragments are fewer than ten"
        );
        assert_eq!(with(&insertion, 100, 1000), []);
        assert_eq!(
            with(&variant(108, "G", "GG"), 30, 1000),
            [ReasonCode::Homopolymer]
        );
        assert_eq!(
            with(&variant(100, "AG", "A"), 30, 1000),
            [ReasonCode::Homopolymer]
        );
        assert_eq!(
            with(&variant(100, "A", "AC"), 30, 1000),
            [],
            "another base does not slip"
        );
        assert_eq!(
            with(&variant(103, "G", "C"), 30, 1000),
            [],
            "a substitution does not slip"
        );
        assert_eq!(with(&variant(120, "T", "TG"), 30, 1000), []);
    }

    #[test]
    fn one_strand_is_bias_only_where_the_reference_has_two() {
        let with = |ref_forward, ref_reverse, alt_forward, alt_reverse| {
            let strands = Some(StrandCounts {
                ref_forward,
                ref_reverse,
                alt_forward,
                alt_reverse,
            });
            codes(&assess(
                None,
                &Evidence {
                    strands,
                    ..Evidence::from_counts(20, 500, "AD")
                },
                None,
                &Run,
            ))
        };
        assert_eq!(with(240, 240, 20, 0), [ReasonCode::StrandBias]);
        assert_eq!(with(480, 0, 20, 0), [], "a one-strand amplicon");
        assert_eq!(
            with(240, 240, 3, 0),
            [],
            "three reads fall on one strand one time in four"
        );
        assert_eq!(with(240, 240, 19, 1), []);
    }

    #[test]
    fn orientation_and_qualities_are_looked_at() {
        let orientations = Some(OrientationCounts {
            ref_f1r2: 240,
            ref_f2r1: 240,
            alt_f1r2: 0,
            alt_f2r1: 20,
        });
        let evidence = Evidence {
            orientations,
            base_quality: Some(15.0),
            mapping_quality: Some(0.0),
            ..Evidence::from_counts(20, 500, "AD")
        };
        assert_eq!(
            codes(&assess(None, &evidence, None, &Run)),
            [ReasonCode::OrientationBias, ReasonCode::LowBaseQuality]
        );
    }

    #[test]
    fn every_caller_filter_is_a_reason() {
        let actual = codes(&assess(
            None,
            &Evidence::from_counts(20, 500, "AD"),
            Some("strand_bias;germline;weak_evidence"),
            &Run,
        ));
        assert_eq!(
            actual,
            [
                ReasonCode::CallerFilterArtifact,
                ReasonCode::CallerFilterGermline,
                ReasonCode::CallerFilter
            ]
        );
        assert_eq!(
            codes(&assess(
                None,
                &Evidence::from_counts(20, 500, "AD"),
                Some("PASS"),
                &Run
            )),
            []
        );
    }
}
