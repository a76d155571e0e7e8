//! The clones of a person: which variants are followed, how their size follows from the VAF, and their course.

use std::collections::BTreeMap;

use super::likelihood::{Sight, Sights};
use super::sights::{Look, Seen};
use super::visits::{Visit, years_between};
use crate::drivers::{Call, CallStatus};
use crate::evidence::Interval;
use crate::genome::{Allele, Build, Chromosome, Sex};
use crate::sample::over_time::{Assumption, CloneRecord, Course, Response, SightRecord, SightState};

/// VAF of a variant on one of two copies in every cell.
const ONE_OF_TWO: f64 = 0.5;

/// A clone with what the fit needs of it.
#[derive(Clone, Debug)]
pub(super) struct Clone {
    pub record: CloneRecord,
    /// What each visit says, `None` where nothing.
    pub by_visit: Vec<Option<Sight>>,
    pub sights: Sights,
}

/// Finds the variants that are a driver, or one to review, at a visit at least, and looks for each at every visit.
pub(super) fn clones(visits: &[Visit], sex: Option<Sex>, given_limit: Option<f64>) -> Vec<Clone> {
    let mut followed: BTreeMap<(&str, &Allele), &Call> = BTreeMap::new();
    for call in visits.iter().flat_map(|visit| &visit.result.calls) {
        if matches!(call.status, CallStatus::Driver | CallStatus::DriverReview) {
            followed
                .entry((call.consequence.gene.as_str(), &call.variant))
                .or_insert(call);
        }
    }
    let mut clones: Vec<Clone> = followed
        .into_values()
        .map(|call| clone(call, visits, sex, given_limit))
        .collect();
    // Stable: equal sizes stay in the order of genes and places.
    clones.sort_by(|a, b| size(b).total_cmp(&size(a)));
    clones
}

/// Returns the VAF at the last visit that saw it.
fn size(clone: &Clone) -> f64 {
    let last = clone.record.sights.iter().rev().find_map(|sight| sight.vaf);
    last.unwrap_or(0.0)
}

fn clone(call: &Call, visits: &[Visit], sex: Option<Sex>, given_limit: Option<f64>) -> Clone {
    let gene = call.consequence.gene.as_str();
    let look = Look {
        variant: &call.variant,
        gene,
        threshold: call.vaf_threshold,
        given_limit,
    };
    let first = visits.first().map(|visit| visit.date);
    let at = |visit: &Visit| {
        let years = first.map_or(0.0, |first| years_between(first, visit.date));
        look.at(visit, rounded(years, 4))
    };
    let seen: Vec<Seen> = visits.iter().map(at).collect();
    let records: Vec<SightRecord> = seen.iter().map(|seen| seen.record).collect();
    let assumption = assumption(&call.variant, sex, &records);
    let ceiling = ceiling(assumption);
    let of = seen.iter().zip(visits).filter_map(|(seen, visit)| {
        let years = first.map_or(0.0, |first| years_between(first, visit.date));
        Some((years, seen.sight?))
    });
    Clone {
        sights: Sights {
            of: of.collect(),
            ceiling,
        },
        by_visit: seen.iter().map(|seen| seen.sight).collect(),
        record: CloneRecord {
            key: call.variant.key(),
            variant: call.variant.clone(),
            gene: gene.to_owned(),
            hgvs_c: call.consequence.hgvs_c.clone(),
            hgvs_p: call.consequence.hgvs_p_short.clone(),
            common_name: call.common_name.clone(),
            assumption,
            ceiling,
            course: course(&records),
            unknown_before: unknown_before(&records),
            unknown_after: matches!(records.last(), Some(last) if last.state == SightState::NotAssessed),
            sights: records,
            growth: None,
            folds: Vec::new(),
            response: Response::NotAssessed,
        },
    }
}

/// Digits at the most that a large number keeps.
const DIGITS: i32 = 6;

/// Rounds to so many decimals, of a large number to fewer: `ln` and `exp` differ in the last place between machines, the answer must not.
pub(super) fn rounded(value: f64, decimals: i32) -> f64 {
    if !value.is_finite() {
        return value;
    }
    #[allow(
        clippy::cast_possible_truncation,
        reason = "308 at the most, and of zero the least there is"
    )]
    let before = value.abs().log10().floor() as i32;
    let scale = 10_f64.powi(decimals.min((DIGITS - 1).saturating_sub(before)));
    // Not −0, which tables would show.
    (value * scale).round() / scale + 0.0
}

/// Returns how the size of the clone follows from its VAF.
fn assumption(variant: &Allele, sex: Option<Sex>, sights: &[SightRecord]) -> Assumption {
    let place = place(
        variant.chromosome(),
        variant.position(),
        pseudoautosomal_end(variant.build()),
    );
    assumption_at(place, sex, sights.iter().filter_map(|sight| sight.interval))
}

/// Returns how the size of a clone at a place follows from its VAF, `intervals` being those of its VAF at the visits.
pub(super) fn assumption_at(
    place: Place,
    sex: Option<Sex>,
    mut intervals: impl Iterator<Item = Interval>,
) -> Assumption {
    match (place, sex) {
        (Place::Mitochondrion, _) => Assumption::ManyCopies,
        (Place::Y, _) | (Place::X, Some(Sex::Male)) => Assumption::OneCopy,
        _ if intervals.any(|interval| interval.low > ONE_OF_TWO) => Assumption::MoreThanHalf,
        (Place::X, None) => Assumption::SexUnknown,
        (Place::X | Place::Autosome, _) => Assumption::Heterozygous,
    }
}

/// Returns the VAF of a clone of all cells.
pub(super) const fn ceiling(assumption: Assumption) -> f64 {
    match assumption {
        Assumption::Heterozygous | Assumption::SexUnknown => ONE_OF_TWO,
        Assumption::OneCopy | Assumption::MoreThanHalf | Assumption::ManyCopies => 1.0,
    }
}

/// What copies there are of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Two, in everybody.
    Autosome,
    /// One in a male.
    X,
    /// One.
    Y,
    /// Many.
    Mitochondrion,
}

/// Ends of the first pseudoautosomal region of X, which a male has on Y too (Genome Reference Consortium, GRCh37 and GRCh38); CRLF2 lies there.
pub(super) const fn pseudoautosomal_end(build: Build) -> u32 {
    match build {
        Build::Grch37 => 2_699_520,
        Build::Grch38 => 2_781_479,
    }
}

/// Returns what copies there are of a position; `shared` is the end of what X and Y have in common.
pub(super) fn place(chromosome: Chromosome, position: u32, shared: u32) -> Place {
    match chromosome {
        Chromosome::X if position <= shared => Place::Autosome,
        Chromosome::X => Place::X,
        Chromosome::Y => Place::Y,
        Chromosome::M => Place::Mitochondrion,
        _ => Place::Autosome,
    }
}

fn course(sights: &[SightRecord]) -> Course {
    let assessed: Vec<bool> = sights
        .iter()
        .filter(|sight| sight.state != SightState::NotAssessed)
        .map(|sight| sight.state == SightState::Seen)
        .collect();
    let turns = assessed.windows(2).filter(|pair| pair[0] != pair[1]).count();
    match (assessed.as_slice(), turns) {
        ([] | [_], _) => Course::OneVisit,
        (_, 0) => Course::Persistent,
        ([false, ..], 1) => Course::New,
        ([true, ..], 1) => Course::Lost,
        _ => Course::Intermittent,
    }
}

/// Whether visits before the first sight say nothing.
fn unknown_before(sights: &[SightRecord]) -> bool {
    sights
        .iter()
        .take_while(|sight| sight.state != SightState::Seen)
        .any(|sight| sight.state == SightState::NotAssessed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::Variant;

    fn sights(states: &str) -> Vec<SightRecord> {
        let of = |state: char| SightRecord {
            date: crate::patient::Date::parse("2025-01-01").unwrap(),
            years: 0.0,
            state: match state {
                's' => SightState::Seen,
                'b' => SightState::BelowDetection,
                _ => SightState::NotAssessed,
            },
            status: None,
            alt_count: None,
            depth: None,
            vaf: None,
            interval: None,
            detection_limit: None,
            limit_from: None,
            not_assessed: None,
            is_used: false,
        };
        states.chars().map(of).collect()
    }

    #[test]
    fn a_visit_that_assessed_nothing_makes_no_clone_new_or_lost() {
        for (states, expected) in [
            ("s", Course::OneVisit),
            ("?s?", Course::OneVisit),
            ("ss", Course::Persistent),
            ("?ss", Course::Persistent),
            ("s?s", Course::Persistent),
            ("bs", Course::New),
            ("b?ss", Course::New),
            ("sb", Course::Lost),
            ("ss?b", Course::Lost),
            ("sbs", Course::Intermittent),
            ("bsb", Course::Intermittent),
        ] {
            assert_eq!(course(&sights(states)), expected, "{states}");
        }
        assert!(unknown_before(&sights("?ss")) && unknown_before(&sights("b?s")));
        assert!(!unknown_before(&sights("s?s")) && !unknown_before(&sights("bss")));
    }

    /// The upper bound of a growth of which two visits tell little differed between the program for x86-64 and that for arm64 in its ninth digit.
    #[test]
    fn a_large_number_keeps_six_digits() {
        for (value, decimals, expected) in [
            (76_801.586_2, 4, 76_801.6),
            (76_801.589_9, 4, 76_801.6),
            (-76_801_589.9, 4, -76_801_600.0),
            (12.345_678, 4, 12.3457),
            (0.000_123_4, 4, 0.0001),
            (1_234.5, 2, 1_234.5),
            (-0.000_01, 4, 0.0),
            (f64::INFINITY, 4, f64::INFINITY),
        ] {
            let actual = rounded(value, decimals);
            assert_eq!(actual.to_string(), expected.to_string(), "{value}");
        }
    }

    #[test]
    fn copies_follow_from_chromosome_and_sex() {
        let of = |chromosome: &str, position: u32, sex| {
            let chromosome = Chromosome::parse(chromosome).unwrap();
            let variant = Variant::new(Build::Grch38, chromosome, position, "A", "G").unwrap();
            let variant = Allele::from(variant);
            assumption(&variant, sex, &sights("ss"))
        };
        assert_eq!(of("chrX", 48_791_000, Some(Sex::Male)), Assumption::OneCopy);
        assert_eq!(
            of("chrX", 48_791_000, Some(Sex::Female)),
            Assumption::Heterozygous
        );
        assert_eq!(of("chrX", 48_791_000, None), Assumption::SexUnknown);
        assert_eq!(of("chrX", 1_200_000, Some(Sex::Male)), Assumption::Heterozygous);
        assert_eq!(of("chr2", 25_234_373, None), Assumption::Heterozygous);
    }
}
