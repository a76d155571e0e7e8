use std::collections::BTreeMap;
use std::io::BufRead;
use std::ops::RangeInclusive;

use super::Chromosome;

/// Regions of the genome, merged and sorted; 1-based inclusive ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    by_chromosome: BTreeMap<Chromosome, Vec<(u32, u32)>>,
}

/// Why a BED file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BedError {
    /// The file cannot be read.
    #[error("cannot read the BED file: {0}")]
    Io(#[from] std::io::Error),
    /// A line has too few columns or no numbers where they must be.
    #[error(
        "BED line {line}: {text:?} does not begin with chromosome, start, end (0-based, end after start), separated by tabs"
    )]
    Line {
        /// 1-based line.
        line: usize,
        /// The line.
        text: String,
    },
    /// No line names a region on a human chromosome.
    #[error("the BED file holds no region on chromosomes 1-22, X, Y, M")]
    Empty,
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
                    .push(range.into_inner());
            }
        }
        for ranges in by_chromosome.values_mut() {
            *ranges = merged(std::mem::take(ranges));
        }
        Self { by_chromosome }
    }

    /// Reads a BED file (0-based half-open); lines on contigs that are no human chromosome are skipped.
    pub fn read_bed(reader: impl BufRead) -> Result<Self, BedError> {
        let mut ranges = Vec::new();
        for (index, line) in reader.lines().enumerate() {
            let line = line?;
            let text = line.trim_end();
            if text.is_empty()
                || text.starts_with('#')
                || text.starts_with("track")
                || text.starts_with("browser")
            {
                continue;
            }
            let bad = || BedError::Line {
                line: index + 1,
                text: text.chars().take(80).collect(),
            };
            let mut columns = text.split('\t');
            let (Some(contig), Some(start), Some(end)) = (columns.next(), columns.next(), columns.next())
            else {
                return Err(bad());
            };
            let (Ok(start), Ok(end)) = (start.parse::<u32>(), end.parse::<u32>()) else {
                return Err(bad());
            };
            if end <= start {
                return Err(bad());
            }
            if let Some(chromosome) = Chromosome::parse(contig) {
                ranges.push((chromosome, start + 1..=end));
            }
        }
        if ranges.is_empty() {
            Err(BedError::Empty)
        } else {
            Ok(Self::new(ranges))
        }
    }

    /// Returns these regions and others, joined.
    #[must_use]
    pub fn with(&self, others: &Self) -> Self {
        let ranges = |regions: &Self| {
            let of = |(chromosome, list): (&Chromosome, &Vec<(u32, u32)>)| {
                let chromosome = *chromosome;
                list.iter()
                    .map(move |(first, last)| (chromosome, *first..=*last))
                    .collect::<Vec<_>>()
            };
            regions.by_chromosome.iter().flat_map(of).collect::<Vec<_>>()
        };
        Self::new(ranges(self).into_iter().chain(ranges(others)))
    }

    /// Returns the ranges of a chromosome as (first, last), ascending, none touching another.
    pub fn of(&self, chromosome: Chromosome) -> &[(u32, u32)] {
        self.by_chromosome.get(&chromosome).map_or(&[], Vec::as_slice)
    }

    /// Returns the chromosomes that hold a region, in karyotype order.
    pub fn chromosomes(&self) -> impl Iterator<Item = Chromosome> + '_ {
        self.by_chromosome.keys().copied()
    }

    /// Returns the parts of `ranges` that lie in these regions, ascending where `ranges` is.
    pub fn intersect(
        &self,
        chromosome: Chromosome,
        ranges: &[RangeInclusive<u32>],
    ) -> Vec<RangeInclusive<u32>> {
        let own = self.of(chromosome);
        ranges
            .iter()
            .flat_map(|range| {
                own.iter()
                    .map(move |o| *range.start().max(&o.0)..=*range.end().min(&o.1))
            })
            .filter(|part| !part.is_empty())
            .collect()
    }
}

/// Returns whether `first..=last` overlaps any of the ascending ranges that [`Regions::of`] returns.
pub fn overlaps(ranges: &[(u32, u32)], first: u32, last: u32) -> bool {
    let at = ranges.partition_point(|r| r.1 < first);
    ranges.get(at).is_some_and(|r| r.0 <= last)
}

/// Sorts ranges and joins those that overlap or touch.
fn merged(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
    for (first, last) in ranges {
        match merged.last_mut() {
            Some(end) if first <= end.1.saturating_add(1) => end.1 = end.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_what_overlaps_or_touches() {
        let actual = Regions::new([
            (Chromosome::X, 10..=20),
            (Chromosome::X, 1..=5),
            (Chromosome::X, 21..=30),
            (Chromosome::X, 12..=13),
        ]);
        assert_eq!(actual.of(Chromosome::X), [(1, 5), (10, 30)]);
        assert!(overlaps(actual.of(Chromosome::X), 6, 10) && !overlaps(actual.of(Chromosome::X), 6, 9));
        assert_eq!(
            actual.intersect(Chromosome::X, &[4..=11, 40..=50]),
            [4..=5, 10..=11]
        );
        assert!(!overlaps(actual.of(Chromosome::Y), 1, 100));
    }

    #[test]
    fn reads_bed_as_one_based() {
        let actual = Regions::read_bed(&b"track x\n# y\n\nchrX\t9\t20\tname\nGL1\t1\t2\n"[..]).unwrap();
        assert_eq!(actual.of(Chromosome::X), [(10, 20)]);
    }

    #[test]
    fn names_the_bad_line() {
        let error = |text: &str| Regions::read_bed(text.as_bytes()).unwrap_err().to_string();
        assert!(error("chrX\t9\t20\nchrX 9 20\n").contains("BED line 2"));
        assert!(error("chrX\t20\t20\n").contains("BED line 1"));
        assert!(error("GL1\t1\t2\n").contains("no region"));
    }
}
