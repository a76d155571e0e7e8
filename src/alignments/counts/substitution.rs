//! Substitutions seen over a chunk: how much was looked at, what was seen of each allele, and which alleles are worth a test.

use super::cycle::CycleDepth;
use super::fragments::Fragments;
use super::observation::{BaseObservation, GROUPS, SIGHTS};
use super::pileup::CountedChunk;
use super::tally::{NEAR_END, POOR_MAPPING, Tally};
use crate::alignments::input::base_codes::UNKNOWN;
use crate::alignments::input::region::TargetRegion;
use crate::alignments::reads::read::DELETED;
use crate::genome::as_count;

/// Fragments by group of reads and by how the base was seen.
pub type Exposure = [[u32; SIGHTS]; GROUPS];

/// Returns the sum of an exposure.
pub(crate) fn total(exposure: &Exposure) -> u32 {
    exposure.iter().flatten().sum()
}

/// Returns a part of a whole as a fraction; 0 of nothing.
pub(crate) fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    f64::from(part) / f64::from(whole)
}

/// The reference base of a column and its neighbors, as codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Context {
    /// Base before.
    pub before: u8,
    /// The base.
    pub base: u8,
    /// Base behind.
    pub behind: u8,
}

/// One alternative base at one column.
#[derive(Clone, Debug)]
pub(crate) struct SiteAllele {
    /// Contig number.
    pub contig: u32,
    /// First column of the chunk within which fragments are numbered.
    pub chunk: u32,
    /// Column, 0-based.
    pub column: u32,
    /// Reference base and neighbors.
    pub context: Context,
    /// Code of the alternative base.
    pub alternate: u8,
    /// Fragments with a base, of any allele.
    pub exposure: Exposure,
    /// Reads that alone cover the column, by cycle.
    pub cycles: CycleDepth,
    /// Fragments with the alternative base.
    pub seen: Exposure,
    /// Fragments with the reference base.
    pub reference: Exposure,
    /// Fragments counted at the column: bases of any kind and deletions.
    pub depth: u32,
    /// What is known of the alternative's reads.
    pub reads: AlleleReads,
    /// Fragments whose mates disagree about this base.
    pub disagreements: u32,
    /// Reads over the column, those near their end, those poorly placed.
    pub reads_at: [u32; 3],
}

impl SiteAllele {
    /// Returns the fragments with the alternative base.
    pub(crate) fn count(&self) -> u32 {
        total(&self.seen)
    }

    /// Returns which fragments show the alternative base.
    pub(crate) fn fragments(&self) -> Fragments<'_> {
        Fragments {
            listed: &self.reads.fragments,
            count: self.count(),
        }
    }

    /// Returns the fraction of the fragments counted.
    pub(crate) fn vaf(&self) -> f64 {
        share(self.count(), self.depth)
    }
}

/// Sums over the reads that show an allele.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct AlleleReads {
    /// Reads in which the base lies near the end.
    pub near_end: u32,
    /// Reads placed poorly.
    pub poorly_placed: u32,
    /// Sum of the other mismatches of the reads.
    pub other_mismatches: u32,
    /// Sum of base qualities.
    pub quality: u64,
    /// Sum of mapping qualities.
    pub mapping_quality: u64,
    /// Sum of cycles.
    pub cycles: u64,
    /// Numbers of the fragments within their chunk, for what was seen together; the first [`MOST_FRAGMENTS`] only.
    pub fragments: Vec<u32>,
}

/// Fragment numbers kept: enough to say whether two alleles lie on one molecule.
pub(crate) const MOST_FRAGMENTS: usize = 512;

impl AlleleReads {
    fn add(&mut self, o: &BaseObservation) {
        self.near_end += u32::from(u32::from(o.from_end) < NEAR_END);
        self.poorly_placed += u32::from(o.mapping_quality < POOR_MAPPING);
        self.other_mismatches += u32::from(o.others);
        self.quality += u64::from(o.quality);
        self.mapping_quality += u64::from(o.mapping_quality);
        self.cycles += u64::from(o.cycle);
        if self.fragments.len() < MOST_FRAGMENTS {
            self.fragments.push(o.fragment);
        }
    }
}

/// Which alleles are kept for a test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Interest {
    /// Fragments that an allele needs.
    pub min_count: u32,
    /// Fraction that it needs.
    pub min_vaf: f64,
}

/// Walks the target columns of a chunk, allele by allele.
pub(crate) struct Columns<'c> {
    counted: &'c CountedChunk,
    /// Reference codes from two columns before the chunk to two behind.
    flanked: &'c [u8],
}

/// Reference columns given on each side of a chunk, for contexts.
pub(crate) const FLANK: u32 = 2;

impl<'c> Columns<'c> {
    /// Makes a walk; `flanked` holds the chunk's reference codes with [`FLANK`] more on each side.
    pub(crate) fn new(counted: &'c CountedChunk, flanked: &'c [u8]) -> Self {
        Self { counted, flanked }
    }

    fn tally(&self) -> &Tally {
        &self.counted.tally
    }

    /// Calls `each` with every target column whose reference base is known, and its three alternative bases.
    pub(crate) fn for_each(&self, each: &mut dyn FnMut(Column<'_>)) {
        let tally = self.tally();
        let (mut observations, mut disagreements) = (0, 0);
        for target in &self.counted.chunk.targets {
            for column in target.start..target.end {
                let index = column - tally.start;
                observations += tally.observations[observations..].partition_point(|o| o.column < index);
                disagreements += tally.disagreements[disagreements..].partition_point(|d| d.column < index);
                let here = &tally.observations[observations..];
                let here = &here[..here.partition_point(|o| o.column == index)];
                let odd = &tally.disagreements[disagreements..];
                let odd = &odd[..odd.partition_point(|d| d.column == index)];
                let context = self.context(index as usize);
                if context.base.count_ones() != 1 || context.base > 8 {
                    continue;
                }
                let mut reference = Exposure::default();
                for (group, counts) in tally.counts.iter().enumerate() {
                    let at = index as usize;
                    let (all, high, both) = (counts.all[at], counts.high[at], counts.both[at]);
                    reference[group] = [all - high, high, both];
                }
                let mut exposure = reference;
                for o in here.iter().filter(|o| o.code != DELETED) {
                    exposure[usize::from(o.group)][o.sight as usize] += 1;
                }
                each(Column {
                    chunk: tally.start,
                    region: *target,
                    column,
                    context,
                    reference,
                    exposure,
                    cycles: tally.cycles_at(index as usize),
                    observations: here,
                    disagreements: odd.iter().map(|d| d.code).collect(),
                    reads_at: tally.reads_at(index as usize),
                });
            }
        }
    }

    fn context(&self, index: usize) -> Context {
        let at = index + FLANK as usize;
        let code = |i: usize| self.flanked.get(i).copied().unwrap_or(UNKNOWN);
        Context {
            before: code(at - 1),
            base: code(at),
            behind: code(at + 1),
        }
    }
}

/// One column with everything that was seen there.
#[allow(
    clippy::struct_field_names,
    reason = "the column's place on the contig is what everybody calls column here"
)]
#[derive(Debug)]
pub(crate) struct Column<'c> {
    /// First column of the chunk.
    pub chunk: u32,
    /// The target that it lies in.
    pub region: TargetRegion,
    /// The column, 0-based.
    pub column: u32,
    /// Reference base and neighbors.
    pub context: Context,
    /// Fragments with the reference base.
    pub reference: Exposure,
    /// Fragments with any base.
    pub exposure: Exposure,
    /// Reads that alone cover the column, by cycle.
    pub cycles: CycleDepth,
    observations: &'c [BaseObservation],
    disagreements: Vec<u8>,
    reads_at: [u32; 3],
}

impl Column<'_> {
    /// Returns the fragments counted: bases and deletions.
    pub(crate) fn depth(&self) -> u32 {
        let deleted = self.observations.iter().filter(|o| o.code == DELETED).count();
        total(&self.exposure) + as_count(deleted)
    }

    /// Returns the three bases that are not the reference's.
    pub(crate) fn alternates(&self) -> impl Iterator<Item = u8> + use<> {
        let base = self.context.base;
        [1, 2, 4, 8].into_iter().filter(move |code| *code != base)
    }

    /// Returns how often an alternative base was seen.
    pub(crate) fn seen(&self, alternate: u8) -> Exposure {
        let mut seen = Exposure::default();
        for o in self.observations.iter().filter(|o| o.code == alternate) {
            seen[usize::from(o.group)][o.sight as usize] += 1;
        }
        seen
    }

    /// Returns cycle and sight of every fragment with an alternative base.
    pub(crate) fn sightings(&self, alternate: u8) -> impl Iterator<Item = (u32, usize)> {
        let of_allele = self.observations.iter().filter(move |o| o.code == alternate);
        of_allele.map(|o| (u32::from(o.cycle), o.sight as usize))
    }

    /// Whether any base but the reference's was seen.
    pub(crate) fn is_plain(&self) -> bool {
        self.observations.is_empty()
    }

    /// Gathers what is known of an alternative base.
    pub(crate) fn allele(&self, alternate: u8) -> SiteAllele {
        let mut reads = AlleleReads::default();
        let of_allele = self.observations.iter().filter(|o| o.code == alternate);
        of_allele.for_each(|o| reads.add(o));
        let at_odds = self.disagreements.iter().filter(|code| **code == alternate);
        SiteAllele {
            contig: self.region.contig,
            chunk: self.chunk,
            column: self.column,
            context: self.context,
            alternate,
            exposure: self.exposure,
            cycles: self.cycles,
            seen: self.seen(alternate),
            reference: self.reference,
            depth: self.depth(),
            reads,
            disagreements: as_count(at_odds.count()),
            reads_at: self.reads_at,
        }
    }

    /// Returns the alleles that are worth a test.
    pub(crate) fn candidates(&self, interest: Interest) -> Vec<SiteAllele> {
        if self.is_plain() {
            return Vec::new();
        }
        self.alternates()
            .filter(|alternate| {
                let count = self.observations.iter().filter(|o| o.code == *alternate).count();
                let count = as_count(count);
                count >= interest.min_count
                    && f64::from(count) >= interest.min_vaf * f64::from(total(&self.exposure))
            })
            .map(|alternate| self.allele(alternate))
            .collect()
    }
}
