//! Primers that nobody named, learned from where reads begin.
//!
//! Molecules of a capture or of a genome begin anywhere. Those of amplicons begin at their primers: at few places, one beside the
//! other only where amplicons overlap. A library is taken for amplicons where four in five reads begin so; a look at a few stretches
//! says it. How long the primers are is told by what synthesis leaves out: deletions are many times as frequent in a primer
//! as behind it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_htslib::bam::Record;

use super::filter::ReadFilter;
use super::primers::{PrimerChoice, PrimerError, PrimerOrigin, Primers};
use super::read::AlignedRead;
use super::visit::{ChunkVisitor, visit};
use crate::alignments::input::cigar::reference_length;
use crate::alignments::input::error::AlignmentError;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::region::{Chunk, PrimerRegion, TargetRegion, chunks, read_primers};

/// Stretches that are looked at first, and their columns.
const STRETCHES: usize = 12;
const STRETCH: u32 = 120;
/// Reads that must begin alike before a place is told from chance, and reads in all.
const FEWEST_ALIKE: u32 = 20;
const FEWEST_READS: u32 = 500;
/// Columns around a start, within which half of the reads of its strand must begin there, and columns by which they may miss it.
const AROUND: u32 = 60;
const MISSED_BY: u32 = 3;
/// Share of the reads that must begin alike.
const PLAINLY: f64 = 0.8;
/// Once a library is known for amplicons: share of the starts around that makes a primer, and fewest reads.
const LEAST_SHARE: f64 = 0.02;
const LEAST_READS: u32 = 10;
/// Bases of a primer where its deletions do not tell, the longest that is looked for, and the shortest that is believed.
const USUAL: u32 = 25;
const LONGEST: usize = 40;
const SHORTEST: u32 = 15;
/// Distances from the start at which deletions of primers, and those of other bases, are learned. Nearer to the start aligners clip.
const IN_PRIMERS: std::ops::Range<usize> = 11..16;
const BEHIND_PRIMERS: std::ops::Range<usize> = 42..64;
/// Deletions in primers that are wanted, and how many times more frequent than others they must be.
const FEWEST_DELETIONS: u32 = 30;
const MORE_FREQUENT: f64 = 4.0;
/// Share of the reads of a place above which a deletion is a variant, and share of the rate in primers at which they end.
const VARIANT: f64 = 0.01;
const END_OF_PRIMERS: f64 = 0.1;

/// A place at which reads begin: contig, strand (reverse), and first column of forward reads or the column behind reverse ones.
type Start = (u32, bool, u32);

/// Reads that begin at a place, and their short deletions by distance from it.
#[derive(Clone, Debug)]
struct Begun {
    reads: u32,
    deletions: [u32; 64],
}

impl Default for Begun {
    fn default() -> Self {
        Self {
            reads: 0,
            deletions: [0; 64],
        }
    }
}

/// Starts of the reads over some stretches.
#[derive(Debug, Default)]
struct Starts(BTreeMap<Start, Begun>);

/// Returns the primers of a file: those given, or those learned from its reads over the targets, or none.
pub fn primers_of(
    file: &AlignmentFile,
    targets: &[TargetRegion],
    choice: &PrimerChoice,
    filter: &ReadFilter,
) -> Result<Arc<Primers>, PrimerError> {
    match choice {
        PrimerChoice::None => Ok(Arc::default()),
        PrimerChoice::Learn => Ok(learned_primers(file, targets, filter)?),
        PrimerChoice::Bed(path) => {
            let regions = read_primers(path, file)?;
            Ok(Arc::new(Primers::new(&regions, PrimerOrigin::Given)))
        }
    }
}

/// Returns primers where the reads over the targets plainly begin as those of amplicons; else none.
fn learned_primers(
    file: &AlignmentFile,
    targets: &[TargetRegion],
    filter: &ReadFilter,
) -> Result<Arc<Primers>, AlignmentError> {
    if !starts(file, &few_stretches(targets), filter)?.are_of_amplicons() {
        return Ok(Arc::default());
    }
    let all = starts(file, targets, filter)?;
    if !all.are_of_amplicons() {
        return Ok(Arc::default());
    }
    let length = all.length();
    Ok(Arc::new(Primers::new(
        &all.primers(length),
        PrimerOrigin::Learned(length),
    )))
}

/// Returns the beginnings of some targets that lie apart.
fn few_stretches(targets: &[TargetRegion]) -> Vec<TargetRegion> {
    let step = targets.len().div_ceil(STRETCHES).max(1);
    let begin = |t: &TargetRegion| TargetRegion {
        end: t.end.min(t.start.saturating_add(STRETCH)),
        ..*t
    };
    targets.iter().step_by(step).map(begin).collect()
}

fn starts(
    file: &AlignmentFile,
    targets: &[TargetRegion],
    filter: &ReadFilter,
) -> Result<Starts, AlignmentError> {
    let mut all = Starts::default();
    visit::<Look, AlignmentError>(
        file,
        chunks(targets),
        &|chunk: &Chunk| {
            Ok(Look {
                contig: chunk.region.contig,
                filter: filter.clone(),
                read: AlignedRead::default(),
                starts: Starts::default(),
            })
        },
        &mut |found| {
            all.merge(found);
            Ok(())
        },
    )?;
    Ok(all)
}

/// Looks where the reads of a chunk begin.
struct Look {
    contig: u32,
    filter: ReadFilter,
    read: AlignedRead,
    starts: Starts,
}

impl ChunkVisitor for Look {
    type Output = Starts;

    fn take(&mut self, record: &Record) {
        let Ok(first) = u32::try_from(record.pos()) else {
            return;
        };
        if !self.read.passes(record, &self.filter) {
            return;
        }
        let (reverse, cigar) = (record.is_reverse(), record.raw_cigar());
        let end = first.saturating_add(reference_length(cigar));
        let place = if reverse { end } else { first };
        let begun = self.starts.0.entry((self.contig, reverse, place)).or_default();
        begun.reads += 1;
        let mut column = first;
        for op in cigar {
            let length = op >> 4;
            if op & 15 == 2 && length <= 2 {
                let last = column + length - 1;
                let distance = if reverse { end - 1 - column } else { last - first };
                if let Some(count) = begun.deletions.get_mut(distance as usize) {
                    *count += 1;
                }
            }
            if matches!(op & 15, 0 | 2 | 3 | 7 | 8) {
                column = column.saturating_add(length);
            }
        }
    }

    fn finish(self) -> Starts {
        self.starts
    }
}

impl Starts {
    /// Takes what another chunk saw. Reads over two chunks are seen by both: the fuller count holds.
    fn merge(&mut self, other: Self) {
        for (start, begun) in other.0 {
            let mine = self.0.entry(start).or_default();
            if begun.reads > mine.reads {
                *mine = begun;
            }
        }
    }

    /// Returns the reads of one strand that begin within so many columns of a place.
    fn near(&self, (contig, reverse, place): Start, columns: u32) -> u32 {
        let from = (contig, reverse, place.saturating_sub(columns));
        let to = (contig, reverse, place.saturating_add(columns));
        self.0.range(from..=to).map(|(_, begun)| begun.reads).sum()
    }

    /// Whether more reads begin at a place than at those beside it.
    fn is_peak(&self, (contig, reverse, place): Start, reads: u32) -> bool {
        let from = (contig, reverse, place.saturating_sub(MISSED_BY));
        let to = (contig, reverse, place.saturating_add(MISSED_BY));
        let mut beside = self.0.range(from..=to).filter(|(s, _)| s.2 != place);
        beside.all(|(s, b)| (b.reads, s.2) < (reads, place))
    }

    fn are_of_amplicons(&self) -> bool {
        let all: u32 = self.0.values().map(|b| b.reads).sum();
        let alike: u32 = self
            .0
            .iter()
            .filter(|(start, begun)| {
                begun.reads >= FEWEST_ALIKE
                    && self.is_peak(**start, begun.reads)
                    && 2 * self.near(**start, MISSED_BY) >= self.near(**start, AROUND)
            })
            .map(|(start, _)| self.near(*start, MISSED_BY))
            .sum();
        all >= FEWEST_READS && f64::from(alike) >= PLAINLY * f64::from(all)
    }

    /// Returns the bases of the longer primers, as the deletions behind forward starts tell. On the reverse strand a deletion is
    /// written at the far end of its run and would seem to lie behind the primer.
    fn length(&self) -> u32 {
        let mut reads = 0.0;
        let mut deletions = [0_u32; 64];
        for ((_, reverse, _), begun) in &self.0 {
            if *reverse || begun.reads < LEAST_READS {
                continue;
            }
            reads += f64::from(begun.reads);
            for (sum, count) in deletions.iter_mut().zip(begun.deletions) {
                // Above that it is a variant of the sample.
                let is_error = count <= 2 || f64::from(count) <= VARIANT * f64::from(begun.reads);
                *sum += if is_error { count } else { 0 };
            }
        }
        let middle = |range: std::ops::Range<usize>| {
            let mut counts = deletions[range].to_vec();
            counts.sort_unstable();
            f64::from(counts[counts.len() / 2])
        };
        let (inside, behind) = (middle(IN_PRIMERS), middle(BEHIND_PRIMERS));
        let seen: u32 = deletions[IN_PRIMERS].iter().sum();
        if reads <= 0.0 || seen < FEWEST_DELETIONS || inside < MORE_FREQUENT * behind {
            return USUAL;
        }
        let least = behind + END_OF_PRIMERS * (inside - behind);
        let farthest = (0..LONGEST)
            .rev()
            .find(|d| f64::from(deletions[*d]) > least)
            .unwrap_or(0);
        u32::try_from(farthest + 1).unwrap_or(USUAL).max(SHORTEST)
    }

    fn primers(&self, length: u32) -> Vec<PrimerRegion> {
        let is_primer = |(start, begun): &(&Start, &Begun)| {
            begun.reads >= LEAST_READS
                && self.is_peak(**start, begun.reads)
                && f64::from(begun.reads) >= LEAST_SHARE * f64::from(self.near(**start, AROUND))
        };
        let primer = |(&(contig, reverse, place), _): (&Start, &Begun)| PrimerRegion {
            region: TargetRegion {
                contig,
                start: if reverse {
                    place.saturating_sub(length)
                } else {
                    place
                },
                end: if reverse {
                    place
                } else {
                    place.saturating_add(length)
                },
            },
            reverse: Some(reverse),
        };
        self.0.iter().filter(is_primer).map(primer).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(places: &[(bool, u32, u32)]) -> Starts {
        let begun = |reads| Begun {
            reads,
            ..Begun::default()
        };
        Starts(
            places
                .iter()
                .map(|(reverse, place, reads)| ((0, *reverse, *place), begun(*reads)))
                .collect(),
        )
    }

    #[test]
    fn reads_that_begin_anywhere_are_no_amplicons() {
        let capture: Vec<(bool, u32, u32)> = (0..600)
            .flat_map(|i| [(false, 1000 + i, 4), (true, 1150 + i, 4)])
            .collect();
        assert!(!starts(&capture).are_of_amplicons());
        // Ten molecules over each base, each read fifty times, duplicates not marked.
        let copied: Vec<(bool, u32, u32)> = (0..40)
            .flat_map(|i| [(false, 1000 + 30 * i, 50), (true, 1150 + 30 * i + i % 7, 50)])
            .collect();
        assert!(!starts(&copied).are_of_amplicons());
    }

    #[test]
    fn reads_that_begin_at_primers_are_amplicons() {
        // Some have lost their first bases; a few begin anywhere.
        let tiles = starts(&[
            (false, 1000, 900),
            (false, 1001, 60),
            (true, 1170, 960),
            (false, 1114, 300),
            (false, 1116, 8),
            (true, 1284, 310),
            (false, 1060, 7),
        ]);
        assert!(tiles.are_of_amplicons());
        let primers = tiles.primers(22);
        let places: Vec<(u32, u32)> = primers.iter().map(|p| (p.region.start, p.region.end)).collect();
        assert_eq!(places, [(1000, 1022), (1114, 1136), (1148, 1170), (1262, 1284)]);
        assert!(!starts(&[(false, 1000, 200), (true, 1170, 200)]).are_of_amplicons());
    }

    #[test]
    fn deletions_of_synthesis_tell_the_length_of_primers() {
        let mut tiles = starts(&[(false, 1000, 1000), (false, 2000, 1000), (false, 3000, 1000)]);
        assert_eq!(tiles.length(), USUAL);
        for begun in tiles.0.values_mut() {
            begun.deletions[..22].fill(4);
            // A variant of the sample behind a primer.
            begun.deletions[35] = 480;
        }
        assert_eq!(tiles.length(), 22);
    }
}
