//! The bases of a spliced transcript, and an edit of them.

use super::embedded::proven_by_code;
use super::model::{Strand, Transcript};
use super::residue::{reverse_complement, translate_codon};
use crate::genome::{BaseSource, as_distance};

/// The bases of a spliced transcript, `N` where unknown.
#[derive(Debug)]
pub(super) struct Spliced {
    pub(super) bases: Vec<u8>,
    /// Offsets of the start codon and of the base behind the stop codon.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Offset of the first base of the last exon; `None` for a transcript of one exon.
    pub(super) last_junction: Option<usize>,
}

impl Spliced {
    /// Reads the exons from a source.
    pub(super) fn new(transcript: &Transcript, source: &dyn BaseSource) -> Self {
        let mut bases = Vec::with_capacity(transcript.spliced_length() as usize);
        for exon in transcript.exons() {
            let exon = source.bases_or_n(transcript.chromosome(), exon.start..=exon.end);
            match transcript.strand() {
                Strand::Plus => bases.extend(exon),
                Strand::Minus => bases.extend(reverse_complement(&exon)),
            }
        }
        let start = transcript.coding.0 as usize;
        for (base, of) in proven_by_code(transcript.accession()) {
            if let Some(unknown) = bases.get_mut(start + *base as usize - 1).filter(|b| **b == b'N') {
                *unknown = *of;
            }
        }
        let last = transcript.exons().last().filter(|_| transcript.exon_count() > 1);
        Self {
            bases,
            start,
            end: transcript.coding.1 as usize,
            last_junction: last.map(|exon| exon.offset as usize),
        }
    }

    /// Returns how many residues of the protein are known.
    pub(super) fn known_residues(&self) -> usize {
        self.bases[self.start..self.end]
            .chunks(3)
            .filter(|codon| !codon.contains(&b'N'))
            .count()
    }

    /// Returns the number of codons before the stop.
    pub(super) const fn residues(&self) -> usize {
        (self.end - self.start) / 3 - 1
    }

    fn codon(&self, index: usize) -> [u8; 3] {
        let at = self.start + 3 * index;
        [self.base(at), self.base(at + 1), self.base(at + 2)]
    }

    /// Returns a base, `N` where it is unknown or behind the end.
    pub(super) fn base(&self, at: usize) -> u8 {
        self.bases.get(at).copied().unwrap_or(b'N')
    }

    /// Returns a residue of the reference protein, from 0; the stop is `*` by the model even where it was not read.
    pub(super) fn residue(&self, index: usize) -> u8 {
        match index {
            // Initiation puts methionine whatever the codon: WT1 NM_024426.6 starts at CTG.
            0 => b'M',
            index if index == self.residues() => b'*',
            index => translate_codon(self.codon(index)),
        }
    }
}

/// A change of the spliced transcript: bases `from..to` replaced by `inserted`.
#[derive(Debug)]
pub(super) struct Edit<'a> {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) inserted: &'a [u8],
    /// The deleted bases as the variant states them; they stand in for bases that the source does not know.
    pub(super) deleted: &'a [u8],
}

impl Edit<'_> {
    /// Returns by how many bases the edit lengthens the transcript.
    pub(super) fn delta(&self) -> i64 {
        as_distance(self.inserted.len()) - as_distance(self.to - self.from)
    }
}
