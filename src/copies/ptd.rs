//! The partial tandem duplication of KMT2A: by the reads that join its copies, and by the depth of the exons that it repeats.
//!
//! Exons as MANE numbers them. It begins with exon 2 or 3; of 25 with known ends it ended with exon 8 in 15 and with exon 10 in 10 (Wei, optical
//! genome mapping of 1,277 patients).

use super::model::{CopyGap, CopyState, DepthRatio, POWER, PartialDuplication, rounded};
use super::profile::Profile;
use super::robust::Center;
use crate::evidence::{ExonDepth, Junction};
use crate::transcript::{Transcript, exons_within};

/// The gene that it is of.
pub const GENE: &str = "KMT2A";
/// First exon that every duplication repeats, and exons that one may end with, as depth is compared.
const FIRST: u32 = 3;
const ENDS: [u32; 2] = [8, 10];
/// First exon that none repeats.
const OUTSIDE: u32 = 12;
/// Exons that a read may join, as the names of events have them.
const JOINED_FIRST: std::ops::RangeInclusive<u32> = 2..=3;
const JOINED_LAST: std::ops::RangeInclusive<u32> = 8..=11;
/// Exons of each kind without which depth says nothing.
const FEWEST_WITHIN: usize = 4;
const FEWEST_OUTSIDE: usize = 6;
/// Standard errors that a difference needs, and the ratio that it needs beside. Two ends are tried.
const CONVINCING: f64 = 4.0;
const LEAST_RATIO: f64 = 1.08;
/// Difference between parts of one gene that exons' own spread does not explain, as a share of the depth.
const WITHIN_GENE: f64 = 0.015;
/// Share of the exons that must stand above those outside.
const ABOVE: f64 = 0.7;
/// Fragments that must be split at one junction; one is enough beside so many pairs.
const FEWEST_SPLIT: u32 = 3;
const FEWEST_PAIRS: u32 = 5;

/// Assesses a sample; `transcript` is that of KMT2A where the panel has it by numbers that are known here.
pub(super) fn assess(
    profile: Result<&Profile<'_>, CopyGap>,
    junctions: &[Junction],
    transcript: Option<&Transcript>,
) -> PartialDuplication {
    let Some(transcript) = transcript else {
        return PartialDuplication::not_assessed(CopyGap::FewOfGene);
    };
    let by_depth = profile.map_or_else(PartialDuplication::not_assessed, by_depth);
    let seen = junctions.iter().filter_map(|junction| {
        let exons = exons_within(transcript, junction.first, junction.last)?;
        (JOINED_FIRST.contains(&exons.0) && JOINED_LAST.contains(&exons.1)).then_some((junction, exons))
    });
    let Some((junction, exons)) = seen.max_by_key(|(j, _)| (j.split, j.pairs)) else {
        return by_depth;
    };
    let told = junction.split >= FEWEST_SPLIT || (junction.split > 0 && junction.pairs >= FEWEST_PAIRS);
    let hinted = told || junction.pairs >= FEWEST_PAIRS;
    let mut result = by_depth;
    (result.split, result.pairs) = (junction.split, junction.pairs);
    if hinted {
        result.state = if told {
            CopyState::Detected
        } else {
            CopyState::Suspected
        };
        result.gap = None;
        result.exons = Some(exons);
        result.stretch = Some((junction.first, junction.last));
    }
    result
}

/// How far the exons that may be repeated stand above the others.
struct Difference {
    last: u32,
    within: Center,
    value: f64,
    error: f64,
    /// Share of the exons that stand above.
    above: f64,
}

impl Difference {
    fn score(&self) -> f64 {
        self.value / self.error
    }
}

fn is_within(exon: &ExonDepth, last: u32) -> bool {
    exon.gene == GENE && (FIRST..=last).contains(&exon.exon)
}

fn difference(profile: &Profile<'_>, last: u32) -> Option<Difference> {
    let (within, count) = profile.center(|e| is_within(e, last))?;
    let (outside, others) = profile.center(|e| e.gene == GENE && e.exon >= OUTSIDE)?;
    if count < FEWEST_WITHIN || others < FEWEST_OUTSIDE {
        return None;
    }
    let own = profile.units.iter().filter(|u| is_within(u.exon, last));
    let above = own.filter(|u| u.value > outside.value).count();
    Some(Difference {
        last,
        within,
        value: within.value - outside.value,
        error: (within.variance + outside.variance + WITHIN_GENE.powi(2)).sqrt(),
        above: above as f64 / count as f64,
    })
}

fn by_depth(profile: &Profile<'_>) -> PartialDuplication {
    let tried: Vec<Difference> = ENDS
        .iter()
        .filter_map(|last| difference(profile, *last))
        .collect();
    let Some(best) = tried.iter().max_by(|a, b| a.score().total_cmp(&b.score())) else {
        return PartialDuplication::not_assessed(CopyGap::FewOfGene);
    };
    // What can be seen of either.
    let error = tried.iter().map(|d| d.error).fold(0.0, f64::max);
    let needed = (CONVINCING * error).max(LEAST_RATIO.ln()) + POWER * error;
    let limit = cells(needed.exp());
    let result = PartialDuplication {
        state: CopyState::NotDetected,
        gap: None,
        exons: None,
        ratio: Some(DepthRatio::of(best.value, best.error)),
        cells: None,
        limit: (limit <= 1.0).then_some(rounded(limit)),
        stretch: None,
        split: 0,
        pairs: 0,
    };
    let gap = |gap| PartialDuplication {
        state: CopyState::NotAssessed,
        gap: Some(gap),
        ..result.clone()
    };
    let differs = best.score() >= CONVINCING && best.value >= LEAST_RATIO.ln() && best.above >= ABOVE;
    if differs && best.within.value < best.value / 2.0 {
        return gap(CopyGap::ReferenceLow);
    }
    if differs {
        return PartialDuplication {
            state: CopyState::Suspected,
            exons: Some((FIRST, best.last)),
            cells: Some(rounded(cells(best.value.exp()).min(1.0))),
            ..result
        };
    }
    if limit > 1.0 {
        return gap(CopyGap::Noise);
    }
    result
}

/// Returns the share of cells in which one allele of two holds the exons twice, by the ratio of depths.
fn cells(ratio: f64) -> f64 {
    2.0 * (ratio - 1.0)
}
