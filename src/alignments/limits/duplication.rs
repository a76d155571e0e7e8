//! The smallest clone of a tandem duplication that would have been found and called, by its length.
//!
//! A duplication shows where its first copy ends and the second begins, and nowhere else. Of a changed molecule as many read
//! positions pass this junction as pass the end of the stretch, or its start, in an unchanged one. So the sample's own reads over
//! these two places tell how many of a clone's would be clipped there, before and behind, and how many an aligner would write as
//! an insertion; what is called of them follows from the rules of the caller.

use rust_htslib::bam::Record;

use super::indel::{expected_of, fewest_called};
use super::site::{POWER, chance_below, smallest};
use crate::alignments::calling::call::CalledSample;
use crate::alignments::calling::clips::{MIN_CLIPPED, SEED};
use crate::alignments::calling::options::{CallOptions, CallingRule};
use crate::alignments::calling::tandem;
use crate::alignments::counts::indel::{Indel, MIN_ALIGNED};
use crate::alignments::counts::observation::IndelChange;
use crate::alignments::errors::slippage::Expected;
use crate::alignments::input::error::AlignmentError;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::reference::Reference;
use crate::alignments::input::region::{Chunk, TargetRegion};
use crate::alignments::reads::filter::ReadFilter;
use crate::alignments::reads::pairing::{FragmentSink, Pairing};
use crate::alignments::reads::read::AlignedRead;
use crate::alignments::reads::visit::{ChunkVisitor, visit};

/// Columns from one place at which a copy may begin or end to the next; lengths asked for are multiples of it.
pub const STEP: u32 = 6;
/// Fragments clipped on one side that are sure to show what they hide: one more than the caller asks for, so that a misread base
/// is outvoted.
#[allow(clippy::cast_possible_truncation, reason = "a handful")]
const CLIPPED: u32 = MIN_CLIPPED as u32 + 1;
/// Fragments with the insertion written in their alignment.
#[allow(clippy::cast_possible_truncation, reason = "a handful")]
const WRITTEN: u32 = MIN_ALIGNED as u32;
/// Bases that an aligner must be able to place (BWA-MEM lists no alignment of a lower score than 30).
const PLACED: u32 = 30;
/// Bases on the shorter side of the junction that tell a duplication from the reference: a few more than the caller compares,
/// since bases of low quality do not count.
#[allow(clippy::cast_possible_truncation, reason = "a handful")]
const TOLD_BY: u32 = tandem::REACH as u32 + 2;

/// Returns the smallest fraction of a duplication that is found and called with 95 % power, for each of the lengths, wherever
/// within `exons` its stretch begins and ends; `None` where it would not be called somewhere.
///
/// `exons` lie on one contig, in order; the lengths are multiples of [`STEP`]. Beside clipped reads that nothing explains there
/// is no limit.
pub fn duplication_limits(
    file: &AlignmentFile,
    reference: &Reference,
    (options, called): (&CallOptions, &CalledSample),
    exons: &[TargetRegion],
    lengths: &[u32],
) -> Result<Vec<Option<f64>>, AlignmentError> {
    let none = vec![None; lengths.len()];
    let (Some(first), Some(last)) = (exons.first(), exons.last()) else {
        return Ok(none);
    };
    let region = TargetRegion {
        end: last.end,
        ..*first
    };
    let mut clips = called.unexplained.iter();
    if clips.any(|c| c.void(region.contig, region.start, region.end)) {
        return Ok(none);
    }
    let mut seen = Vec::new();
    visit::<Boundaries, AlignmentError>(
        file,
        vec![Chunk {
            region,
            targets: vec![region],
        }],
        &|_| Ok(Boundaries::new(region, lengths, &options.filter)),
        &mut |output| {
            seen = output;
            Ok(())
        },
    )?;
    let sample = Sample {
        reference,
        options,
        called,
        rule: options.rule(),
    };
    let limits = lengths.iter().enumerate().map(|(at, length)| {
        let shown = |column: u32| {
            let boundary = ((column - region.start) / STEP) as usize;
            seen.get(boundary * lengths.len() + at)
                .copied()
                .unwrap_or_default()
        };
        worst(starts(exons, *length).map(|start| sample.limit((region.contig, start, *length), &shown)))
    });
    Ok(limits.collect())
}

/// Returns the columns at which a stretch of this length may begin, so that it begins and ends in an exon.
fn starts(exons: &[TargetRegion], length: u32) -> impl Iterator<Item = u32> {
    let within = |column: u32| exons.iter().any(|e| e.start <= column && column < e.end);
    let (first, behind) = (
        exons.first().map_or(0, |e| e.start),
        exons.last().map_or(0, |e| e.end),
    );
    (first..behind)
        .step_by(STEP as usize)
        .filter(move |start| within(*start) && within(start + length - 1))
}

/// Returns the largest limit; `None` where one is missing, or there is none.
fn worst(limits: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    limits.reduce(|a, b| Some(a?.max(b?))).flatten()
}

/// What limits of a sample rest on.
struct Sample<'a> {
    reference: &'a Reference,
    options: &'a CallOptions,
    called: &'a CalledSample,
    rule: CallingRule,
}

impl Sample<'_> {
    fn limit(&self, (contig, start, length): (u32, u32, u32), shown: &dyn Fn(u32) -> Shown) -> Option<f64> {
        let shown = shown(start).mean(shown(start + length));
        let indel = Indel {
            contig,
            after: start.checked_sub(1)?,
            change: IndelChange::Insertion(self.reference.codes(contig, start, start + length)),
        }
        .leftmost(self.reference);
        let (slippage, background) = (&self.called.slippage, &self.options.background);
        let expected = expected_of(self.reference, slippage, background, &indel, shown.told);
        limit(shown, expected, &self.rule)
    }
}

/// Returns the smallest fraction at which a duplication is found among clips and insertions, and then has fragments enough.
fn limit(shown: Shown, expected: Expected, rule: &CallingRule) -> Option<f64> {
    let below = fewest_called(expected, shown.told, rule)?;
    let missed = |fraction: f64| {
        let [behind, before] = shown.clipped.map(|n| chance_below(CLIPPED, n, fraction));
        let not_found = behind * before * chance_below(WRITTEN, shown.written, fraction);
        not_found + chance_below(below, shown.told, fraction)
    };
    (missed(1.0) <= 1.0 - POWER).then(|| smallest(&missed))
}

/// Fragments over a boundary as a duplication would show in them, if all of them had it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Shown {
    /// That can be told from the reference.
    told: u32,
    /// Clipped so far from the junction that the bases are found again: behind the aligned part, and before it.
    clipped: [u32; 2],
    /// Written as an insertion.
    written: u32,
}

impl Shown {
    fn mean(self, other: Self) -> Self {
        Self {
            told: self.told.midpoint(other.told),
            clipped: [0, 1].map(|side| self.clipped[side].midpoint(other.clipped[side])),
            written: self.written.midpoint(other.written),
        }
    }

    /// Adds a fragment, by the bases that its reads have before the junction and behind it.
    fn add(&mut self, length: u32, reads: [Option<(u32, u32)>; 2]) {
        let placed = |(before, behind): &(u32, u32)| *before.max(behind) >= PLACED;
        let of_reads = || reads.into_iter().flatten().filter(placed);
        self.told += u32::from(of_reads().any(|r| is_told(length, r)));
        if of_reads().any(|r| is_written(length, r)) {
            self.written += 1;
        } else if let Some((before, behind)) =
            of_reads().find(|(before, behind)| *before.min(behind) as usize >= SEED)
        {
            self.clipped[usize::from(before < behind)] += 1;
        }
    }
}

/// Whether a read with so many bases before and behind the junction is told from the reference: at the junction itself, or, of a
/// duplication that reads are laid on as a whole, from unchanged bases beside it.
fn is_told(length: u32, (before, behind): (u32, u32)) -> bool {
    let spans = before.max(behind) > length || length as usize >= tandem::SHORTEST;
    before.min(behind) >= TOLD_BY && spans
}

/// Whether an aligner writes the insertion: a gap costs six and one for each base, of the bases on the shorter side all but the
/// insertion are won, and clipping them costs five (scores of BWA-MEM).
fn is_written(length: u32, (before, behind): (u32, u32)) -> bool {
    before.min(behind) > 2 * length + 1
}

/// Looks at all boundaries of a region, for all lengths.
struct Boundaries {
    pairing: Pairing,
    tally: Tally,
}

struct Tally {
    region: TargetRegion,
    lengths: Vec<u32>,
    /// By boundary, then by length.
    shown: Vec<Shown>,
}

impl Boundaries {
    fn new(region: TargetRegion, lengths: &[u32], filter: &ReadFilter) -> Self {
        let boundaries = ((region.end - region.start) / STEP + 1) as usize;
        Self {
            pairing: Pairing::new(filter.clone()),
            tally: Tally {
                region,
                lengths: lengths.to_vec(),
                shown: vec![Shown::default(); boundaries * lengths.len()],
            },
        }
    }
}

impl ChunkVisitor for Boundaries {
    type Output = Vec<Shown>;

    fn take(&mut self, record: &Record) {
        self.pairing.take(record, &mut self.tally);
    }

    fn finish(mut self) -> Self::Output {
        self.pairing.finish(&mut self.tally);
        self.tally.shown
    }
}

impl Tally {
    /// Adds a fragment by the columns of its reads, from and to.
    fn add(&mut self, reads: [Option<(u32, u32)>; 2]) {
        let (mut from, mut to) = (u32::MAX, 0);
        for (first, behind) in reads.into_iter().flatten() {
            (from, to) = (from.min(first), to.max(behind));
        }
        let of_lengths = self.lengths.len();
        let boundaries = (self.region.start..).step_by(STEP as usize);
        for (column, shown) in boundaries.zip(self.shown.chunks_exact_mut(of_lengths)) {
            if column <= from || column >= to {
                continue;
            }
            let parts = reads.map(|read| {
                let (first, behind) = read.filter(|(first, behind)| *first < column && column < *behind)?;
                Some((column - first, behind - column))
            });
            for (length, shown) in self.lengths.iter().zip(shown) {
                shown.add(*length, parts);
            }
        }
    }
}

/// Returns the columns that a read is aligned to and that are the sample's.
fn columns(read: &AlignedRead) -> Option<(u32, u32)> {
    let (first, behind) = (read.first.max(read.counted.0), read.end().min(read.counted.1));
    (first < behind).then_some((first, behind))
}

impl FragmentSink for Tally {
    fn single(&mut self, read: &AlignedRead) {
        self.add([columns(read), None]);
    }

    fn pair(&mut self, left: &AlignedRead, right: &AlignedRead) {
        self.add([columns(left), columns(right)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alignments::dice::Dice;
    use crate::alignments::errors::slippage_counts::SlippageCounts;
    use crate::alignments::limits::site::tests::RULE;

    /// Single reads of `bases` bases, `each` of them beginning at every column.
    fn evenly(bases: u32, each: u32, length: u32) -> Shown {
        let mut shown = Shown::default();
        for before in 1..bases {
            for _ in 0..each {
                shown.add(length, [Some((before, bases - before)), None]);
            }
        }
        shown
    }

    fn limit_of(shown: Shown) -> Option<f64> {
        let slippage = SlippageCounts::default().learn();
        limit(shown, slippage.outside(1, shown.told), &RULE)
    }

    #[test]
    fn what_an_aligner_makes_of_a_read_over_the_junction() {
        // Reads of 150 bases: 12 on the shorter side can be found again, 14 and more are opened for six bases gained.
        let short = evenly(150, 1, 6);
        assert_eq!(short.written, 149 - 2 * 13);
        assert_eq!(short.clipped, [2, 2]);
        let long = evenly(150, 1, 120);
        assert_eq!((long.written, long.told), (0, 149 - 2 * 9));
        assert_eq!(long.clipped, [75 - 11, 74 - 11]);
        // Of 57 gained, laid on as a whole, the longer side must hold all of a copy.
        assert_eq!(evenly(100, 1, 57).told, 99 - 2 * 9 - (57 - 43 + 1));
        // Reads of 50: no side of 30 and another of 21 and more.
        assert_eq!(evenly(50, 1, 120).clipped, [20 - 11, 20 - 11]);
    }

    #[test]
    fn the_limit_falls_with_depth_and_rises_with_what_is_not_told() {
        let at = |each| limit_of(evenly(150, each, 120));
        let (shallow, deep) = (at(2).unwrap(), at(8).unwrap());
        assert!(deep < shallow && deep < 0.02, "{shallow} {deep}");
        assert_eq!(limit_of(Shown::default()), None);
        // Reads too short to be placed and to show the other copy.
        assert_eq!(limit_of(evenly(40, 20, 120)), None);
        assert!(limit_of(evenly(75, 8, 120)).unwrap() > limit_of(evenly(75, 8, 6)).unwrap());
    }

    /// Clones of the stated limit, drawn read by read: 95 % are found and called.
    #[test]
    fn clones_of_the_limit_are_called() {
        let mut dice = Dice(3);
        for (bases, each, length) in [(150, 2, 120), (150, 7, 36), (100, 5, 6), (150, 20, 60)] {
            let shown = evenly(bases, each, length);
            let limit = limit_of(shown).unwrap();
            let slippage = SlippageCounts::default().learn();
            let below = fewest_called(slippage.outside(1, shown.told), shown.told, &RULE).unwrap();
            let called = (0..4000)
                .filter(|_| {
                    let clipped = shown.clipped.map(|n| dice.binomial(n, limit));
                    let written = dice.binomial(shown.written, limit);
                    let rest = shown
                        .told
                        .saturating_sub(shown.clipped[0] + shown.clipped[1] + shown.written);
                    let all = clipped[0] + clipped[1] + written + dice.binomial(rest, limit);
                    (clipped.iter().any(|n| *n >= CLIPPED) || written >= WRITTEN) && all >= below
                })
                .count();
            let share = called as f64 / 4000.0;
            assert!(
                (0.94..0.98).contains(&share),
                "{bases} {each} {length}: {limit} {share}"
            );
        }
    }

    #[test]
    fn copies_begin_and_end_in_exons() {
        let exon = |start, end| TargetRegion {
            contig: 0,
            start,
            end,
        };
        let exons = [exon(100, 130), exon(190, 250)];
        let of = |length| starts(&exons, length).collect::<Vec<_>>();
        assert_eq!(of(30), [100, 190, 196, 202, 208, 214, 220]);
        // Over the intron too.
        assert_eq!(of(96), [100, 106, 112, 118, 124]);
        assert_eq!(of(150), [100]);
        assert_eq!(of(156), [0; 0]);
        assert_eq!(worst([Some(0.1), Some(0.2)].into_iter()), Some(0.2));
        assert_eq!(worst([Some(0.1), None].into_iter()), None);
        assert_eq!(worst(std::iter::empty()), None);
    }
}
