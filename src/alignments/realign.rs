//! Fragments over an insertion or deletion, held against the reference and the changed sequence before they are counted.
//!
//! An aligner writes an indel near the end of a read as mismatches or as a clip, so that alignments undercount it. Here the
//! bases of each read are compared with every haplotype of the site, from the unchanged bases on its left (the left junction)
//! and from those on its right. A fragment counts for the haplotype that explains it better than any other by a margin; one that
//! ends before the haplotypes differ counts for none.
//!
//! The fraction is taken at one junction: on each haplotype as many read positions pass a junction and go on to where the
//! haplotypes differ, so that it is not biased by the length of the indel. At both together a long insertion would be
//! overcounted, for more reads reach some part of it.

use std::sync::LazyLock;

use rust_htslib::bam::Record;

use super::filter::ReadFilter;
use super::indel::Indel;
use super::observation::IndelChange;
use super::pairing::{FragmentSink, Pairing};
use super::read::AlignedRead;
use super::reference::Reference;
use super::region::{Chunk, TargetRegion};
use super::visit::ChunkVisitor;

/// Margin of log likelihood (natural) by which a haplotype must beat all others: one base of quality 20 that fits only it.
const MARGIN: f64 = 5.5;
/// Log likelihood below which no haplotype explains a read, and its growth with the bases compared: two misread bases of high
/// quality, and three in a hundred. Adapter behind a short fragment, or another insertion, fits one haplotype better by chance.
const WORST_FIT: f64 = -20.0;
const WORST_FIT_BY_BASE: f64 = 0.3;
/// Bases compared beyond the stretch in which haplotypes can differ.
const BEYOND: usize = 20;
/// Reference bases around a site from which haplotypes are made.
const FLANK: u32 = 700;
/// Sites farther apart are realigned each on its own.
const NEAR: u32 = 3;
/// Haplotypes of a site at the most; the rarest indels of a long run are not told apart.
pub const MOST_HAPLOTYPES: usize = 8;

/// Indels that lie so close together that a read is held against all of them.
#[derive(Clone, Debug)]
pub struct IndelSite {
    /// The indels, most frequent first.
    pub indels: Vec<Indel>,
    /// First column that may differ.
    first: u32,
    /// First column behind all that may differ.
    behind: u32,
    contig: u32,
}

impl IndelSite {
    /// Groups indels (each with the fragments that showed it in their alignment) into sites.
    pub fn group(found: &[(Indel, usize)], reference: &Reference) -> Vec<Self> {
        let mut placed: Vec<(u32, u32, &Indel, usize)> = found
            .iter()
            .map(|(indel, count)| {
                let behind = indel.behind() + indel.slack(reference);
                (indel.after + 1, behind, indel, *count)
            })
            .collect();
        placed.sort_by_key(|(first, behind, indel, _)| (indel.contig, *first, *behind, (*indel).clone()));
        let mut sites: Vec<(Self, Vec<usize>)> = Vec::new();
        for (first, behind, indel, count) in placed {
            match sites.last_mut() {
                Some((site, counts)) if site.contig == indel.contig && first <= site.behind + NEAR => {
                    site.behind = site.behind.max(behind);
                    site.indels.push(indel.clone());
                    counts.push(count);
                }
                _ => sites.push((
                    Self {
                        indels: vec![indel.clone()],
                        first,
                        behind,
                        contig: indel.contig,
                    },
                    vec![count],
                )),
            }
        }
        sites
            .into_iter()
            .map(|(site, counts)| site.pruned(&counts))
            .collect()
    }

    fn pruned(mut self, counts: &[usize]) -> Self {
        let mut order: Vec<usize> = (0..self.indels.len()).collect();
        order.sort_by_key(|i| (std::cmp::Reverse(counts[*i]), *i));
        order.truncate(MOST_HAPLOTYPES - 1);
        self.indels = order.into_iter().map(|i| self.indels[i].clone()).collect();
        self
    }

    /// Returns the chunk that a reader must visit: the site and the column on each side of it.
    pub fn chunk(&self) -> Chunk {
        let region = TargetRegion {
            contig: self.contig,
            start: self.first.saturating_sub(1),
            end: self.behind + 1,
        };
        Chunk {
            region,
            targets: vec![region],
        }
    }

    fn haplotypes(&self, reference: &Reference) -> Vec<Haplotype> {
        let start = self.first.saturating_sub(FLANK);
        let bases = reference.codes(self.contig, start, self.behind + FLANK);
        let left = (self.first - start) as usize;
        let right = FLANK as usize;
        let mut haplotypes = vec![Haplotype {
            bases: bases.clone(),
            left,
            right,
        }];
        for indel in &self.indels {
            let at = (indel.after + 1 - start) as usize;
            let mut changed = bases.clone();
            match &indel.change {
                IndelChange::Insertion(inserted) => {
                    changed.splice(at..at, inserted.iter().copied());
                }
                IndelChange::Deletion(length) => {
                    changed.drain(at..at + *length as usize);
                }
            }
            haplotypes.push(Haplotype {
                bases: changed,
                left,
                right,
            });
        }
        haplotypes
    }
}

/// A sequence that a molecule may have around a site.
#[derive(Clone, Debug)]
struct Haplotype {
    bases: Vec<u8>,
    /// Index of the first base that may differ.
    left: usize,
    /// Bases behind all that may differ.
    right: usize,
}

impl Haplotype {
    /// Returns the bases from the left junction on.
    fn rightwards(&self) -> &[u8] {
        &self.bases[self.left..]
    }

    /// Returns the bases before the right junction.
    fn leftwards(&self) -> &[u8] {
        &self.bases[..self.bases.len() - self.right]
    }
}

/// Fragments of a site by haplotype; index 0 is the reference.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HaplotypeCounts {
    /// Told by their bases behind the left junction.
    pub left: Vec<u32>,
    /// Told by their bases before the right junction.
    pub right: Vec<u32>,
    /// Told by either.
    pub either: Vec<u32>,
    /// Of these, on the forward strand.
    pub forward: Vec<u32>,
    /// Sum of their mapping qualities.
    pub mapping_quality: Vec<u64>,
}

impl HaplotypeCounts {
    fn new(haplotypes: usize) -> Self {
        Self {
            left: vec![0; haplotypes],
            right: vec![0; haplotypes],
            either: vec![0; haplotypes],
            forward: vec![0; haplotypes],
            mapping_quality: vec![0; haplotypes],
        }
    }

    /// Returns the counts at the junction that more fragments pass.
    pub fn junction(&self) -> &[u32] {
        let sum = |counts: &[u32]| counts.iter().sum::<u32>();
        if sum(&self.left) >= sum(&self.right) {
            &self.left
        } else {
            &self.right
        }
    }
}

/// A realigned site.
#[derive(Clone, Debug)]
pub struct RealignedSite {
    /// The indels, in the order of the haplotypes behind the reference.
    pub indels: Vec<Indel>,
    /// Fragments by haplotype.
    pub counts: HaplotypeCounts,
}

/// Holds the fragments of one site against its haplotypes.
#[derive(Debug)]
pub struct Realignment {
    pairing: Pairing,
    judge: Judge,
    indels: Vec<Indel>,
}

impl Realignment {
    /// Makes the visitor of a site.
    pub fn new(site: &IndelSite, reference: &Reference, filter: &ReadFilter) -> Self {
        let haplotypes = site.haplotypes(reference);
        let longest = haplotypes.iter().map(|h| h.bases.len()).max().unwrap_or(0);
        let shared = haplotypes.first().map_or(0, |h| h.left + h.right);
        let filter = ReadFilter {
            keep_bases: true,
            ..filter.clone()
        };
        Self {
            pairing: Pairing::new(filter),
            judge: Judge {
                counts: HaplotypeCounts::new(haplotypes.len()),
                compared: longest.saturating_sub(shared) + BEYOND,
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

#[derive(Debug)]
struct Judge {
    haplotypes: Vec<Haplotype>,
    first: u32,
    behind: u32,
    compared: usize,
    counts: HaplotypeCounts,
}

/// Log likelihoods of a read by haplotype, at each junction that it passes.
type Likelihoods = [Option<Vec<f64>>; 2];

impl Judge {
    fn likelihoods(&self, read: &AlignedRead) -> Likelihoods {
        let left = self.first.checked_sub(1).and_then(|c| read.offset_of_base(c));
        let left = left.filter(|offset| offset + 1 < read.bases.len()).map(|offset| {
            let bases = read.bases[offset + 1..].iter();
            let qualities = &read.base_qualities[offset + 1..];
            let pairs: Vec<(u8, u8)> = bases.copied().zip(qualities.iter().copied()).collect();
            self.of_haplotypes(&pairs, |h| Box::new(h.rightwards().iter().copied()))
        });
        let right = read.offset_of_base(self.behind).filter(|offset| *offset > 0);
        let right = right.map(|offset| {
            let bases = read.bases[..offset].iter().rev();
            let qualities = read.base_qualities[..offset].iter().rev();
            let pairs: Vec<(u8, u8)> = bases.copied().zip(qualities.copied()).collect();
            self.of_haplotypes(&pairs, |h| Box::new(h.leftwards().iter().rev().copied()))
        });
        [left, right]
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

    fn count(&mut self, likelihoods: &Likelihoods, read: &AlignedRead, mapping_quality: u8) {
        let worst = WORST_FIT - WORST_FIT_BY_BASE * self.compared as f64;
        let [left, right] = [0, 1].map(|i| likelihoods[i].as_deref().and_then(|l| best(l, worst)));
        if let Some(haplotype) = left {
            self.counts.left[haplotype] += 1;
        }
        if let Some(haplotype) = right {
            self.counts.right[haplotype] += 1;
        }
        // At odds with itself, a fragment says nothing.
        let either = match (left, right) {
            (Some(a), Some(b)) if a != b => None,
            (a, b) => a.or(b),
        };
        if let Some(haplotype) = either {
            self.counts.either[haplotype] += 1;
            self.counts.forward[haplotype] += u32::from(!read.reverse);
            self.counts.mapping_quality[haplotype] += u64::from(mapping_quality);
        }
    }
}

impl FragmentSink for Judge {
    fn single(&mut self, read: &AlignedRead) {
        let likelihoods = self.likelihoods(read);
        self.count(&likelihoods, read, read.mapping_quality);
    }

    fn pair(&mut self, left: &AlignedRead, right: &AlignedRead) {
        let (a, b) = (self.likelihoods(left), self.likelihoods(right));
        let sum: Likelihoods = [0, 1].map(|i| match (&a[i], &b[i]) {
            (Some(a), Some(b)) => Some(a.iter().zip(b).map(|(a, b)| a + b).collect()),
            (a, b) => a.clone().or_else(|| b.clone()),
        });
        let first_read = if left.second { right } else { left };
        self.count(&sum, first_read, left.mapping_quality.min(right.mapping_quality));
    }
}

/// Returns the haplotype that beats all others by the margin, if it explains the read at all.
fn best(likelihoods: &[f64], worst: f64) -> Option<usize> {
    let (mut first, mut second) = ((0, f64::NEG_INFINITY), f64::NEG_INFINITY);
    for (index, likelihood) in likelihoods.iter().enumerate() {
        if *likelihood > first.1 {
            second = first.1;
            first = (index, *likelihood);
        } else if *likelihood > second {
            second = *likelihood;
        }
    }
    (first.1 - second >= MARGIN && first.1 >= worst).then_some(first.0)
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
