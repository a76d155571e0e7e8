//! The two reads of a molecule, and what a caller can see of its variants.

use std::collections::BTreeMap;

use crate::align::{Alignment, align};
use crate::genome::Genome;
use crate::molecule::{Molecule, Origin, complement};
use crate::rng::Rng;
use crate::sequencer::{Artefact, Cycle, Sequencer, spoil};
use crate::variants::Variant;

/// A read on the plus strand of the reference.
pub struct Read {
    pub forward: bool,
    /// Sites of the molecule that it covers.
    pub first: usize,
    pub last: usize,
    /// Bases of adapter before the first site.
    pub offset: usize,
    pub bases: Vec<u8>,
    pub qualities: Vec<u8>,
    pub alignment: Option<Alignment>,
}

pub struct Pair {
    pub left: Read,
    pub right: Read,
    pub quality: u8,
    pub duplicate: bool,
}

pub struct Setup<'a> {
    pub genome: &'a Genome,
    pub sequencer: &'a Sequencer,
    pub artefacts: &'a BTreeMap<usize, Artefact>,
    pub length: usize,
    pub consensus: Option<u8>,
}

/// What follows a molecule that is shorter than the read (Illumina TruSeq adapters, read 1 and read 2).
const ADAPTERS: [&[u8]; 2] = [
    b"AGATCGGAAGAGCACACGTCTGAACTCCAGTCAC",
    b"AGATCGGAAGAGCGTCGTGTAGGGAAAGAGTGTA",
];
/// Trimmers leave tails that are too short to be told from chance.
const LONGEST_TAIL: usize = 12;

impl Setup<'_> {
    /// Reads the molecule from its left end (forward) or its right end (reverse).
    pub fn read(&self, molecule: &Molecule, origin: &Origin, left: bool, rng: &mut Rng) -> Read {
        let total = molecule.sites.len();
        let (first, last) = if left {
            (0, total.min(self.length))
        } else {
            (total.saturating_sub(self.length), total)
        };
        let second = left != origin.first_forward;
        let sites = &molecule.sites[first..last];
        let mut bases: Vec<u8> = sites.iter().map(|site| site.base).collect();
        let mut places: Vec<usize> = sites.iter().map(|site| site.place).collect();
        if !left {
            bases = bases.iter().rev().map(|base| complement(*base)).collect();
            places.reverse();
        }
        let missing = self.length - bases.len();
        let tail = if missing <= LONGEST_TAIL && self.consensus.is_none() {
            missing
        } else {
            0
        };
        bases.extend(&ADAPTERS[usize::from(second)][..tail]);
        let cycle = Cycle {
            second,
            forward: left,
            places: &places,
            consensus: self.consensus,
        };
        let mut qualities = self.sequencer.read(&mut bases, &cycle, rng);
        spoil(&mut bases, &mut qualities, &cycle, self.artefacts, rng);
        if !left {
            bases = bases.iter().rev().map(|base| complement(*base)).collect();
            qualities.reverse();
        }
        let offset = if left { 0 } else { tail };
        let alignment = align(&bases, sites, offset, origin.contig, self.genome);
        Read {
            forward: left,
            first,
            last,
            offset,
            bases,
            qualities,
            alignment,
        }
    }
}

impl Read {
    /// Base and quality of a site, if it is read and aligned.
    fn at(&self, site: usize) -> Option<(u8, u8)> {
        if site < self.first || site >= self.last {
            return None;
        }
        let index = site - self.first + self.offset;
        let alignment = self.alignment.as_ref()?;
        let clipped = |entry: Option<&(usize, u8)>| match entry {
            Some((length, b'S')) => *length,
            _ => 0,
        };
        let front = clipped(alignment.cigar.first());
        let back = self.bases.len() - clipped(alignment.cigar.last());
        (front..back)
            .contains(&index)
            .then(|| (self.bases[index], self.qualities[index]))
    }
}

const GOOD: u8 = 20;

/// Adds a pair to what was seen of the variants in its range.
pub fn count(variants: &mut BTreeMap<usize, Variant>, pair: &Pair, molecule: &Molecule, quality: u8) {
    let reads = [&pair.left, &pair.right];
    for (start, has) in &molecule.carried {
        let Some(variant) = variants.get_mut(start) else {
            continue;
        };
        let (anchor, length) = if variant.is_indel() {
            (start.wrapping_sub(1), 2)
        } else {
            (*start, variant.inserted.len())
        };
        let Some(site) = molecule.index_of(anchor) else {
            continue;
        };
        let crosses = |read: &&Read| read.first <= site && site + length <= read.last;
        if !reads.iter().any(crosses) {
            continue;
        }
        variant.seen.fragments += 1;
        variant.seen.carriers += usize::from(*has);
        let shown = if variant.is_indel() {
            let gap = |read: &&Read| {
                read.alignment
                    .as_ref()
                    .is_some_and(|a| a.has_gap(variant.growth()))
            };
            reads.iter().any(|read| crosses(read) && gap(read))
        } else {
            substitution_shown(&reads, site, &variant.inserted)
        };
        variant.seen.support += usize::from(*has && shown && quality >= GOOD);
    }
}

/// Some read has all bases well read; none has another base well read.
fn substitution_shown(reads: &[&Read; 2], site: usize, bases: &[u8]) -> bool {
    let mut shown = false;
    for read in reads {
        let seen: Vec<Option<(u8, u8)>> = (site..site + bases.len()).map(|at| read.at(at)).collect();
        let good = |pair: &Option<(u8, u8)>| pair.filter(|(_, quality)| *quality >= GOOD);
        if seen
            .iter()
            .zip(bases)
            .any(|(pair, base)| good(pair).is_some_and(|(b, _)| b != *base))
        {
            return false;
        }
        shown |= seen.iter().all(|pair| good(pair).is_some());
    }
    shown
}
