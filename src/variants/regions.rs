//! Where records are wanted: merged ranges by chromosome.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::genome::Chromosome;

/// Sorted, merged 1-based inclusive ranges of each chromosome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    ranges: BTreeMap<Chromosome, Vec<(u32, u32)>>,
}

impl Regions {
    /// Makes regions of 1-based inclusive ranges in any order; empty ranges are left out.
    pub fn new(ranges: impl IntoIterator<Item = (Chromosome, RangeInclusive<u32>)>) -> Self {
        let mut by_chromosome: BTreeMap<Chromosome, Vec<(u32, u32)>> = BTreeMap::new();
        for (chromosome, range) in ranges {
            if !range.is_empty() {
                by_chromosome
                    .entry(chromosome)
                    .or_default()
                    .push((*range.start(), *range.end()));
            }
        }
        for list in by_chromosome.values_mut() {
            list.sort_unstable();
            let mut merged: Vec<(u32, u32)> = Vec::with_capacity(list.len());
            for &(start, end) in list.iter() {
                match merged.last_mut() {
                    Some(last) if start <= last.1.saturating_add(1) => last.1 = last.1.max(end),
                    _ => merged.push((start, end)),
                }
            }
            *list = merged;
        }
        Self {
            ranges: by_chromosome,
        }
    }

    /// Returns the merged ranges of a chromosome as (first, last), sorted.
    pub fn of(&self, chromosome: Chromosome) -> &[(u32, u32)] {
        self.ranges.get(&chromosome).map_or(&[], Vec::as_slice)
    }

    /// Returns the chromosomes that have ranges, in karyotype order.
    pub fn chromosomes(&self) -> impl Iterator<Item = Chromosome> + '_ {
        self.ranges.keys().copied()
    }
}

/// Returns whether `first..=last` overlaps any of the sorted ranges.
pub(crate) fn overlaps(ranges: &[(u32, u32)], first: u32, last: u32) -> bool {
    let at = ranges.partition_point(|r| r.1 < first);
    ranges.get(at).is_some_and(|r| r.0 <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_and_finds_overlaps() {
        let regions = Regions::new([
            (Chromosome::X, 30..=40),
            (Chromosome::X, 10..=20),
            (Chromosome::X, 21..=22),
        ]);
        assert_eq!(regions.of(Chromosome::X), [(10, 22), (30, 40)]);
        assert!(regions.of(Chromosome::Y).is_empty());
        for (first, last, expected) in [
            (1, 9, false),
            (1, 10, true),
            (22, 22, true),
            (23, 29, false),
            (23, 99, true),
            (41, 50, false),
        ] {
            assert_eq!(
                overlaps(regions.of(Chromosome::X), first, last),
                expected,
                "{first}-{last}"
            );
        }
    }
}
