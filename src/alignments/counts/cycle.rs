//! Sequencing cycles: how far into their reads the bases of a column were read, and what that does to error rates.
//!
//! Errors grow along a read, and more than base qualities admit. On a panel of fragments drawn at random every column is read at
//! all cycles and the mean rate holds; in amplicons each column is read at one cycle, and its errors are those of that cycle. Only
//! bases that one read alone shows are counted here: what both mates agree about is no error of sequencing.

use crate::alignments::input::base_codes::UNKNOWN;
use crate::alignments::reads::filter::HIGH_QUALITY;
use crate::alignments::reads::read::{AlignedRead, DELETED};
use crate::genome::as_count;

/// Cycles that share a rate.
const BIN: u32 = 32;
/// Bins; the last holds every later cycle.
pub(crate) const CYCLE_BINS: usize = 10;
/// Sights of a single read: middle and high quality.
pub(crate) const SINGLE_SIGHTS: usize = 2;
/// Of so many fragments one is looked at base by base, to learn how often each quality is given in a cycle.
const SAMPLED: u32 = 8;
/// Weight of "like any other cycle", in errors.
const PRIOR_ERRORS: f64 = 20.0;

/// Reads that alone cover a column, by bin of their cycle there.
pub(crate) type CycleDepth = [u32; CYCLE_BINS];
/// Bases or errors by bin and sight.
type ByCycle = [[f64; SINGLE_SIGHTS]; CYCLE_BINS];

/// Returns the bin of a cycle, from 0.
fn bin_of(cycle: u32) -> usize {
    ((cycle / BIN) as usize).min(CYCLE_BINS - 1)
}

/// Cycles over the columns of a region.
#[derive(Debug)]
pub struct CycleTally {
    /// Changes from column to column; depths once settled.
    columns: Vec<[i32; CYCLE_BINS]>,
    bases: [[u32; SINGLE_SIGHTS]; CYCLE_BINS],
}

impl CycleTally {
    /// Makes an empty tally of so many columns.
    pub fn new(length: usize) -> Self {
        Self {
            columns: vec![[0; CYCLE_BINS]; length + 1],
            bases: [[0; SINGLE_SIGHTS]; CYCLE_BINS],
        }
    }

    /// Adds the columns `from..to` that a read alone covers; the region starts with column `start`.
    pub fn add(&mut self, read: &AlignedRead, (from, to): (u32, u32), start: u32) {
        let mut column = from;
        while column < to {
            let cycle = read.cycle(column);
            let bin = bin_of(cycle);
            let (first, behind) = (cycle - cycle % BIN, cycle - cycle % BIN + BIN);
            // On the reverse strand cycles fall from column to column. An insertion or a gap in between shifts a border by its length.
            let columns = match (read.reverse, bin + 1 == CYCLE_BINS) {
                (false, true) => to - column,
                (false, false) => behind - cycle,
                (true, true) => cycle - BIN * last_bin() + 1,
                (true, false) => cycle - first + 1,
            };
            let next = column.saturating_add(columns).min(to);
            self.columns[(column - start) as usize][bin] += 1;
            self.columns[(next - start) as usize][bin] -= 1;
            column = next;
        }
    }

    /// Adds the qualities of columns `from..to` that a read alone covers, if its fragment is one of those looked at.
    pub fn add_qualities(
        &mut self,
        read: &AlignedRead,
        (from, to): (u32, u32),
        fragment: u32,
        min_quality: u8,
    ) {
        if !fragment.is_multiple_of(SAMPLED) {
            return;
        }
        for column in from..to {
            let index = (column - read.first) as usize;
            let (code, quality) = (read.codes[index], read.qualities[index]);
            if quality >= min_quality && code != DELETED && code < UNKNOWN {
                let sight = usize::from(quality >= HIGH_QUALITY);
                self.bases[bin_of(read.cycle(column))][sight] += 1;
            }
        }
    }

    /// Sums the changes up; to be called once when all fragments are in.
    pub fn settle(&mut self) {
        let mut depth = [0; CYCLE_BINS];
        for column in &mut self.columns {
            for (sum, change) in depth.iter_mut().zip(column.iter_mut()) {
                *sum += *change;
                *change = *sum;
            }
        }
    }

    /// Returns the reads over a column, counted from the first.
    pub fn at(&self, column: usize) -> CycleDepth {
        let depths = self.columns.get(column).copied().unwrap_or_default();
        depths.map(|depth| u32::try_from(depth).unwrap_or(0))
    }
}

fn last_bin() -> u32 {
    as_count(CYCLE_BINS - 1)
}

/// Sums from which the influence of the cycle is learned.
#[derive(Clone, Debug, Default)]
pub(crate) struct CycleCounts {
    bases: ByCycle,
    errors: ByCycle,
}

impl CycleCounts {
    /// Adds the bases of a region.
    pub(crate) fn add_bases(&mut self, tally: &CycleTally) {
        for (sums, counts) in self.bases.iter_mut().zip(&tally.bases) {
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += f64::from(*count * SAMPLED);
            }
        }
    }

    /// Adds one error; `sight` is that of a single read.
    pub(crate) fn add_error(&mut self, cycle: u32, sight: usize) {
        if sight < SINGLE_SIGHTS {
            self.errors[bin_of(cycle)][sight] += 1.0;
        }
    }

    /// Adds the sums of another part of the sample.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in [(&mut self.bases, &other.bases), (&mut self.errors, &other.errors)] {
            let theirs = theirs.iter().flatten();
            mine.iter_mut().flatten().zip(theirs).for_each(|(a, b)| *a += b);
        }
    }

    /// Learns how much more often than on average errors occur in a cycle.
    pub(crate) fn learn(&self) -> CycleModel {
        let sum = |by_cycle: &ByCycle, sight: usize| by_cycle.iter().map(|bin| bin[sight]).sum::<f64>();
        let bases: [f64; SINGLE_SIGHTS] = std::array::from_fn(|sight| sum(&self.bases, sight));
        let errors: [f64; SINGLE_SIGHTS] = std::array::from_fn(|sight| sum(&self.errors, sight));
        let rate = |sight: usize| {
            if bases[sight] > 0.0 {
                errors[sight] / bases[sight]
            } else {
                0.0
            }
        };
        let factor = |bin: usize, sight: usize| {
            let expected = self.bases[bin][sight] * rate(sight);
            (self.errors[bin][sight] + PRIOR_ERRORS) / (expected + PRIOR_ERRORS)
        };
        let share = |bin: usize, sight: usize| {
            let all: f64 = self.bases[bin].iter().sum();
            if all > 0.0 {
                self.bases[bin][sight] / all
            } else {
                0.0
            }
        };
        CycleModel {
            factors: std::array::from_fn(|bin| std::array::from_fn(|sight| factor(bin, sight))),
            shares: std::array::from_fn(|bin| std::array::from_fn(|sight| share(bin, sight))),
        }
    }
}

/// How error rates depend on the cycle.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CycleModel {
    /// Errors over those of the mean cycle.
    factors: ByCycle,
    /// Share of the bases of a cycle that have middle and high quality.
    shares: ByCycle,
}

impl CycleModel {
    /// Returns what the mean rates of middle and high quality are to be multiplied with where reads show the column in these cycles.
    pub(crate) fn factors_at(&self, depth: &CycleDepth) -> [f64; SINGLE_SIGHTS] {
        std::array::from_fn(|sight| {
            let (mut weighted, mut weights) = (0.0, 0.0);
            for (bin, reads) in depth.iter().enumerate() {
                let weight = f64::from(*reads) * self.shares[bin][sight];
                weights += weight;
                weighted += weight * self.factors[bin][sight];
            }
            if weights > 0.0 { weighted / weights } else { 1.0 }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(first: u32, length: u32, reverse: bool) -> AlignedRead {
        AlignedRead {
            first,
            reverse,
            length,
            codes: vec![1; length as usize],
            qualities: vec![37; length as usize],
            ..AlignedRead::default()
        }
    }

    #[test]
    fn columns_know_the_cycles_of_the_reads_over_them() {
        for reverse in [false, true] {
            let read = read(100, 400, reverse);
            let mut tally = CycleTally::new(400);
            tally.add(&read, (100, 500), 100);
            tally.settle();
            for column in 0..400_u32 {
                let mut expected = [0; CYCLE_BINS];
                expected[bin_of(read.cycle(100 + column))] = 1;
                assert_eq!(tally.at(column as usize), expected, "column {column} {reverse}");
            }
        }
    }

    #[test]
    fn part_of_a_read_counts_in_its_own_columns() {
        let read = read(90, 64, false);
        let mut tally = CycleTally::new(100);
        tally.add(&read, (110, 130), 100);
        tally.settle();
        assert_eq!(tally.at(9), CycleDepth::default());
        assert_eq!(tally.at(10)[0], 1);
        assert_eq!((tally.at(21)[0], tally.at(22)[0], tally.at(22)[1]), (1, 0, 1));
        assert_eq!(tally.at(30), CycleDepth::default());
    }

    #[test]
    fn late_cycles_with_more_errors_raise_the_rate_of_their_columns_alone() {
        let mut counts = CycleCounts::default();
        for bin in 0..5 {
            counts.bases[bin] = [1e5, 1e6];
        }
        for (cycle, errors) in [(0, 100), (32, 100), (64, 100), (96, 100), (128, 600)] {
            (0..errors).for_each(|_| counts.add_error(cycle, 1));
        }
        let model = counts.learn();
        let only = |bin: usize| {
            let mut depth = CycleDepth::default();
            depth[bin] = 500;
            model.factors_at(&depth)[1]
        };
        // Mean 200 a bin: 100 of 200 and 600 of 200, each with twenty more of either kind.
        assert!((only(0) - 120.0 / 220.0).abs() < 1e-9, "{}", only(0));
        assert!((only(4) - 620.0 / 220.0).abs() < 1e-9, "{}", only(4));
        let everywhere = model.factors_at(&[100, 100, 100, 100, 100, 0, 0, 0, 0, 0])[1];
        assert!((everywhere - 1.0).abs() < 0.02, "{everywhere}");
        assert!(
            model
                .factors_at(&CycleDepth::default())
                .iter()
                .all(|f| (f - 1.0).abs() < 1e-12)
        );
        // Middle quality has shown no error: nothing is known of its cycles.
        let middle = model.factors_at(&[1; CYCLE_BINS])[0];
        assert!((middle - 1.0).abs() < 1e-9, "{middle}");
    }
}
