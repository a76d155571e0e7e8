//! Indels that lie so close together that reads are held against all of them, and the sequences that a molecule may have there.

use crate::alignments::counts::indel::{Indel, applied};
use crate::alignments::errors::repeats::class_of;
use crate::alignments::input::reference::Reference;
use crate::alignments::input::region::{Chunk, TargetRegion};

/// Reference bases around a site from which haplotypes are made.
const FLANK: u32 = 700;
/// Sites farther apart are realigned each on its own.
const NEAR: u32 = 3;
/// Haplotypes of a site at the most; the rarest indels of a long run are not told apart.
pub(crate) const MOST_HAPLOTYPES: usize = 8;

/// Indels found at a place beside which one that was only asked for is counted.
const MOST_SHOWN: usize = 3;

/// An indel with the fragments that showed it in their alignment.
type Counted = (Indel, usize);

/// Indels that lie so close together that a read is held against all of them.
#[derive(Clone, Debug)]
pub struct IndelSite {
    /// The indels, most frequent first.
    pub indels: Vec<Indel>,
    /// First column that may differ.
    pub first: u32,
    /// First column behind all that may differ.
    pub behind: u32,
    /// Contig number.
    pub contig: u32,
}

impl IndelSite {
    /// Groups indels (each with the fragments that showed it in their alignment) into sites.
    pub fn group(found: &[(Indel, usize)], reference: &Reference) -> Vec<Self> {
        Self::clusters(found, reference)
            .into_iter()
            .map(|(site, counts)| site.pruned(&counts))
            .collect()
    }

    /// Returns sites for indels that were asked for and are on no site of `found`, each beside the most frequent of those found
    /// there. So many lie close together in a hotspot that they are divided: the sites of one list lie apart.
    ///
    /// An allele that no read shows is no haplotype of the sample: what is found must not be counted otherwise because of it.
    pub fn asked(found: &[(Indel, usize)], asked: &[Indel], reference: &Reference) -> Vec<Vec<Self>> {
        let unseen = asked.iter().map(|indel| (indel.clone(), 0));
        let others = found.iter().filter(|(indel, _)| !asked.contains(indel)).cloned();
        let all: Vec<Counted> = others.chain(unseen).collect();
        let mut rounds: Vec<Vec<Self>> = Vec::new();
        for (site, counts) in Self::clusters(&all, reference) {
            let (wanted, mut shown): (Vec<Counted>, Vec<Counted>) = site
                .indels
                .iter()
                .cloned()
                .zip(counts)
                .partition(|(indel, _)| asked.contains(indel));
            shown.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            shown.truncate(MOST_SHOWN);
            for (round, part) in wanted.chunks(MOST_HAPLOTYPES - 1 - MOST_SHOWN).enumerate() {
                let indels = shown.iter().chain(part).map(|(indel, _)| indel.clone());
                let site = Self {
                    indels: indels.collect(),
                    ..site.clone()
                };
                match rounds.get_mut(round) {
                    Some(sites) => sites.push(site),
                    None => rounds.push(vec![site]),
                }
            }
        }
        rounds
    }

    /// Groups indels into sites with all their indels, each with its fragments.
    fn clusters(found: &[(Indel, usize)], reference: &Reference) -> Vec<(Self, Vec<usize>)> {
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
    }

    fn pruned(mut self, counts: &[usize]) -> Self {
        let mut order: Vec<usize> = (0..self.indels.len()).collect();
        order.sort_by_key(|i| (std::cmp::Reverse(counts[*i]), *i));
        order.truncate(MOST_HAPLOTYPES - 1);
        self.indels = order.into_iter().map(|i| self.indels[i].clone()).collect();
        self
    }

    /// Returns contig and columns that must be alike where the site stands twice: its own and one on each side.
    pub fn columns(&self) -> (u32, std::ops::Range<u32>) {
        (self.contig, self.first.saturating_sub(1)..self.behind + 1)
    }

    /// Returns the same site elsewhere, so many columns to the right.
    pub fn moved(&self, contig: u32, distance: i64) -> Option<Self> {
        let to = |column: u32| u32::try_from(i64::from(column) + distance).ok();
        let indel = |indel: &Indel| {
            Some(Indel {
                contig,
                after: to(indel.after)?,
                change: indel.change.clone(),
            })
        };
        Some(Self {
            indels: self.indels.iter().map(indel).collect::<Option<_>>()?,
            first: to(self.first)?,
            behind: to(self.behind)?,
            contig,
        })
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

    /// Returns the sequences that a molecule may have here: the reference, each indel, and both with a common substitution.
    ///
    /// Two of them can be the same sequence: slippage of a run beside a substitution looks like an insertion of the new base.
    /// It counts for the first in this order: no indel, change of a repeat, other indel.
    pub fn haplotypes(&self, common: &[Substitution], reference: &Reference) -> Vec<Haplotype> {
        let start = self.first.saturating_sub(FLANK);
        let bases = reference.codes(self.contig, start, self.behind + FLANK);
        let near: Vec<&Substitution> = common
            .iter()
            .filter(|s| s.contig == self.contig)
            .filter(|s| {
                s.column + SUBSTITUTION_REACH >= self.first && s.column < self.behind + SUBSTITUTION_REACH
            })
            .take(MOST_SUBSTITUTIONS)
            .collect();
        let mut backgrounds = vec![bases.clone()];
        for substitution in near {
            let mut changed = bases.clone();
            changed[(substitution.column - start) as usize] = substitution.base;
            backgrounds.push(changed);
        }
        let is_slip = |indel: &Indel| {
            let from = (indel.after + 1 - start) as usize;
            class_of(indel, bases.get(from..).unwrap_or_default()).unit > 0
        };
        let mut order: Vec<usize> = (0..self.indels.len()).collect();
        order.sort_by_key(|i| !is_slip(&self.indels[*i]));
        let mut haplotypes: Vec<Haplotype> = Vec::new();
        for label in std::iter::once(0).chain(order.into_iter().map(|i| i + 1)) {
            for background in &backgrounds {
                let changed = match label.checked_sub(1) {
                    Some(index) => applied(background, &self.indels[index], start),
                    None => background.clone(),
                };
                if haplotypes.iter().all(|h| h.bases != changed) {
                    haplotypes.push(Haplotype {
                        bases: changed,
                        label,
                        left: (self.first - start) as usize,
                        right: FLANK as usize,
                    });
                }
            }
        }
        haplotypes
    }
}

/// A substitution that many molecules carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Substitution {
    /// Contig number.
    pub contig: u32,
    /// Column, 0-based.
    pub column: u32,
    /// Code of the new base.
    pub base: u8,
}

/// Columns around a site in which substitutions matter, and how many are taken.
const SUBSTITUTION_REACH: u32 = 12;
const MOST_SUBSTITUTIONS: usize = 3;

/// A sequence that a molecule may have around a site.
#[derive(Clone, Debug)]
pub struct Haplotype {
    /// The bases.
    pub bases: Vec<u8>,
    /// 0 for the reference sequence, else the place of the indel + 1.
    pub label: usize,
    /// Index of the first base that may differ.
    pub left: usize,
    /// Bases behind all that may differ.
    pub right: usize,
}

impl Haplotype {
    /// Returns the bases from the left junction on.
    pub fn rightwards(&self) -> &[u8] {
        &self.bases[self.left..]
    }

    /// Returns the bases before the right junction.
    pub fn leftwards(&self) -> &[u8] {
        &self.bases[..self.bases.len() - self.right]
    }
}
