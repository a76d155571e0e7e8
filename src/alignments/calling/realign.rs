//! Fragments over an insertion or deletion, held against the reference and the changed sequence before they are counted.
//!
//! An aligner writes an indel near the end of a read as mismatches or as a clip, so that alignments undercount it. Here the
//! bases of each read are compared with every haplotype of the site, from the unchanged bases on its left (the left junction)
//! and from those on its right. A fragment counts for the haplotype that explains it better than any other by a margin; one that
//! ends before the haplotypes differ counts for none.
//!
//! The fraction is taken at one junction, over the fragments that reach far enough on both sides of it to be told apart, in the
//! coordinates of their own haplotype: of each haplotype as many read positions do, so that it is not biased by the length of
//! the indel, nor by what the aligner made of a read. At both junctions together a long insertion would be overcounted, for
//! more reads reach some part of it.

use std::ops::Range;
use std::sync::LazyLock;

use rust_htslib::bam::Record;

use super::haplotype_counts::HaplotypeCounts;
use super::indel_site::{Haplotype, IndelSite, Substitution};
use crate::alignments::counts::indel::Indel;
use crate::alignments::counts::tally::NEAR_END;
use crate::alignments::input::reference::Reference;
use crate::alignments::reads::filter::ReadFilter;
use crate::alignments::reads::pairing::{FragmentSink, Pairing};
use crate::alignments::reads::read::AlignedRead;
use crate::alignments::reads::visit::ChunkVisitor;
use crate::genome::as_distance;

/// Margin of log likelihood (natural) by which a haplotype must beat all others: one base of quality 20 that fits only it.
const MARGIN: f64 = 5.5;
/// Log likelihood below which no haplotype explains a read, and its growth with the bases compared: two misread bases of high
/// quality, and three in a hundred. Adapter behind a short fragment, or another insertion, fits one haplotype better by chance.
const WORST_FIT: f64 = -20.0;
const WORST_FIT_BY_BASE: f64 = 0.3;
/// Bases compared beyond the stretch in which haplotypes can differ.
const BEYOND: usize = 20;
/// Bases that a read must have on each side of a junction, beyond those that haplotypes share, to count there.
const REACH: usize = 6;
/// A realigned site.
#[derive(Clone, Debug)]
pub(crate) struct RealignedSite {
    /// The indels, in the order of the haplotypes behind the reference.
    pub indels: Vec<Indel>,
    /// Fragments by haplotype.
    pub counts: HaplotypeCounts,
}

/// Holds the fragments of one site against its haplotypes.
#[derive(Debug)]
pub(crate) struct Realignment {
    pairing: Pairing,
    judge: Judge,
    indels: Vec<Indel>,
}

impl Realignment {
    /// Makes the visitor of a site.
    pub(crate) fn new(
        site: &IndelSite,
        common: &[Substitution],
        reference: &Reference,
        filter: &ReadFilter,
    ) -> Self {
        let haplotypes = site.haplotypes(common, reference);
        let longest = haplotypes.iter().map(|h| h.bases.len()).max().unwrap_or(0);
        let shared = haplotypes.first().map_or(0, |h| h.left + h.right);
        let filter = ReadFilter {
            keep_bases: true,
            ..filter.clone()
        };
        Self {
            pairing: Pairing::new(filter),
            judge: Judge {
                counts: HaplotypeCounts::new(site.indels.len() + 1),
                compared: longest.saturating_sub(shared) + BEYOND,
                shared: [
                    shared_length(&haplotypes, |h| Box::new(h.rightwards().iter())),
                    shared_length(&haplotypes, |h| Box::new(h.leftwards().iter().rev())),
                ],
                haplotypes,
                first: site.first,
                behind: site.behind,
            },
            indels: site.indels.clone(),
        }
    }
}

impl ChunkVisitor for Realignment {
    type Output = RealignedSite;

    fn take(&mut self, record: &Record) {
        self.pairing.take(record, &mut self.judge);
    }

    fn finish(mut self) -> RealignedSite {
        self.pairing.finish(&mut self.judge);
        RealignedSite {
            indels: self.indels,
            counts: self.judge.counts,
        }
    }
}

/// Returns the most bases that two haplotypes of different labels share from a junction on.
fn shared_length<'h>(
    haplotypes: &'h [Haplotype],
    bases_of: impl Fn(&'h Haplotype) -> Box<dyn Iterator<Item = &'h u8> + 'h>,
) -> usize {
    let pairs = haplotypes
        .iter()
        .flat_map(|a| haplotypes.iter().map(move |b| (a, b)))
        .filter(|(a, b)| a.label < b.label);
    pairs
        .map(|(a, b)| bases_of(a).zip(bases_of(b)).take_while(|(x, y)| x == y).count())
        .max()
        .unwrap_or(0)
}

#[derive(Debug)]
struct Judge {
    haplotypes: Vec<Haplotype>,
    first: u32,
    behind: u32,
    compared: usize,
    /// Bases that haplotypes share behind the left junction and before the right one.
    shared: [usize; 2],
    counts: HaplotypeCounts,
}

/// A read held against the haplotypes, from the left junction and from the right one.
#[derive(Debug, Default)]
struct Held {
    /// Log likelihoods by haplotype.
    likelihoods: [Option<Vec<f64>>; 2],
    /// Read offset of the base before the left junction and of the one behind the right junction.
    anchors: [Option<usize>; 2],
    /// Read offsets of what is the sample's: without primers.
    known: Range<usize>,
    /// Whether a primer lies before it and behind it.
    at_primer: [bool; 2],
}

impl Judge {
    fn hold(&self, read: &AlignedRead) -> Held {
        let known = read.known_bases();
        let left = self.first.checked_sub(1).and_then(|c| read.offset_of_base(c));
        let right = read.offset_of_base(self.behind);
        let of_left = left.filter(|offset| offset + 1 < known.end).map(|offset| {
            let bases = read.bases[offset + 1..known.end].iter();
            let qualities = &read.base_qualities[offset + 1..known.end];
            let pairs: Vec<(u8, u8)> = bases.copied().zip(qualities.iter().copied()).collect();
            self.of_haplotypes(&pairs, |h| Box::new(h.rightwards().iter().copied()))
        });
        let of_right = right.filter(|offset| *offset > known.start).map(|offset| {
            let bases = read.bases[known.start..offset].iter().rev();
            let qualities = read.base_qualities[known.start..offset].iter().rev();
            let pairs: Vec<(u8, u8)> = bases.copied().zip(qualities.copied()).collect();
            self.of_haplotypes(&pairs, |h| Box::new(h.leftwards().iter().rev().copied()))
        });
        Held {
            likelihoods: [of_left, of_right],
            anchors: [left, right],
            known,
            at_primer: read.at_primer,
        }
    }

    /// Returns where a read, laid on a haplotype, begins and ends; negative before its start.
    fn extent(held: &Held, haplotype: &Haplotype) -> Option<Range<i64>> {
        let start = match held.anchors {
            [Some(offset), _] => as_distance(haplotype.left) - 1 - as_distance(offset),
            [None, Some(offset)] => {
                as_distance(haplotype.bases.len() - haplotype.right) - as_distance(offset)
            }
            [None, None] => return None,
        };
        Some(start + as_distance(held.known.start)..start + as_distance(held.known.end))
    }

    /// Returns whether a read, laid on a haplotype, reaches far enough on both sides of the left and of the right junction.
    fn passes(&self, held: &Held, haplotype: &Haplotype) -> [bool; 2] {
        let Some(Range { start, end }) = Self::extent(held, haplotype) else {
            return [false, false];
        };
        let [left, right, reach, of_left, of_right] = [
            haplotype.left,
            haplotype.bases.len() - haplotype.right,
            REACH,
            self.shared[0],
            self.shared[1],
        ]
        .map(as_distance);
        [
            start >= 0 && start + reach <= left && end >= left + of_left + reach,
            start >= 0 && end >= right + reach && start + of_right + reach <= right,
        ]
    }

    /// Whether what differs lies near an end of a read that is no primer: both junctions do. Of a long insertion one always does.
    fn is_near_end(held: &Held, haplotype: &Haplotype) -> bool {
        let Some(extent) = Self::extent(held, haplotype) else {
            return false;
        };
        let of_chance = |at_primer: bool, distance: i64| if at_primer { i64::MAX } else { distance };
        let distance = |junction: usize| {
            let before = of_chance(held.at_primer[0], as_distance(junction) - extent.start);
            let behind = of_chance(held.at_primer[1], extent.end - as_distance(junction));
            before.min(behind)
        };
        let right = haplotype.bases.len() - haplotype.right;
        distance(haplotype.left).max(distance(right)) < i64::from(NEAR_END)
    }

    fn of_haplotypes<'h>(
        &'h self,
        read: &[(u8, u8)],
        bases_of: impl Fn(&'h Haplotype) -> Box<dyn Iterator<Item = u8> + 'h>,
    ) -> Vec<f64> {
        let read = &read[..read.len().min(self.compared)];
        self.haplotypes
            .iter()
            .map(|haplotype| {
                read.iter()
                    .zip(bases_of(haplotype))
                    .map(|((base, quality), expected)| {
                        let [same, other] = LIKELIHOODS[usize::from(*quality).min(MOST_QUALITY)];
                        if *base == expected { same } else { other }
                    })
                    .sum()
            })
            .collect()
    }

    /// Returns the haplotype of the label that beats all other labels by the margin, if it explains the read at all.
    fn best(&self, likelihoods: &[f64], worst: f64) -> Option<usize> {
        let (mut first, mut most) = (0, f64::NEG_INFINITY);
        for (index, likelihood) in likelihoods.iter().enumerate() {
            if *likelihood > most {
                (first, most) = (index, *likelihood);
            }
        }
        let label = self.haplotypes[first].label;
        let second = self
            .haplotypes
            .iter()
            .zip(likelihoods)
            .filter(|(haplotype, _)| haplotype.label != label)
            .fold(f64::NEG_INFINITY, |second, (_, likelihood)| {
                second.max(*likelihood)
            });
        (most - second >= MARGIN && most >= worst).then_some(first)
    }

    /// Counts a fragment of one read or two.
    fn count(&mut self, held: &[Held], read: &AlignedRead, mapping_quality: u8) {
        let worst = WORST_FIT - WORST_FIT_BY_BASE * self.compared as f64;
        let [left, right] = [0, 1].map(|junction| {
            let mut of_reads = held.iter().filter_map(|h| h.likelihoods[junction].as_ref());
            let mut sum = of_reads.next()?.clone();
            for more in of_reads {
                sum.iter_mut().zip(more).for_each(|(a, b)| *a += b);
            }
            self.best(&sum, worst * held.len() as f64)
        });
        // At odds with itself, a fragment says nothing.
        let label = |index: usize| self.haplotypes[index].label;
        let haplotype = match (left, right) {
            (Some(a), Some(b)) if label(a) != label(b) => None,
            (a, b) => a.or(b),
        };
        let Some(index) = haplotype else { return };
        let label = label(index);
        let haplotype = &self.haplotypes[index];
        let [passes_left, passes_right] = [0, 1].map(|j| held.iter().any(|h| self.passes(h, haplotype)[j]));
        self.counts.left[label] += u32::from(passes_left);
        self.counts.right[label] += u32::from(passes_right);
        self.counts.either[label] += 1;
        self.counts.forward[label] += u32::from(!read.reverse);
        // Of a pair both mates must show it near an end: in the middle of one it is no fault of ends.
        let mut told = held.iter().filter(|h| h.likelihoods.iter().any(Option::is_some));
        let near = told.all(|h| Self::is_near_end(h, haplotype));
        self.counts.near_end[label] += u32::from(near);
        self.counts.mapping_quality[label] += u64::from(mapping_quality);
    }
}

impl FragmentSink for Judge {
    fn single(&mut self, read: &AlignedRead) {
        let held = [self.hold(read)];
        self.count(&held, read, read.mapping_quality);
    }

    fn pair(&mut self, left: &AlignedRead, right: &AlignedRead) {
        let held = [self.hold(left), self.hold(right)];
        let first_read = AlignedRead::first_of(left, right);
        let mapping_quality = left.mapping_quality.min(right.mapping_quality);
        self.count(&held, first_read, mapping_quality);
    }
}

/// Base qualities above are no better: other errors than the sequencer's dominate.
const MOST_QUALITY: usize = 40;

/// Log likelihood of a base that is, or is not, the haplotype's, by quality.
static LIKELIHOODS: LazyLock<[[f64; 2]; MOST_QUALITY + 1]> = LazyLock::new(|| {
    std::array::from_fn(|quality| {
        // Quality 0 and 1 would make a wrong base likelier than the right one.
        let error = 10_f64.powf(-(quality.max(2) as f64) / 10.0);
        [(1.0 - error).ln(), (error / 3.0).ln()]
    })
});
