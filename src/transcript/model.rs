//! The transcript model: exons, coding range, and the way between genomic and c. positions.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::position::CdsPosition;
use crate::genome::{Build, Chromosome};

/// The strand that a transcript reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strand {
    /// The strand of the reference.
    #[serde(rename = "+")]
    Plus,
    /// The other strand: the first exon has the highest positions.
    #[serde(rename = "-")]
    Minus,
}

/// What the MANE collaboration of NCBI and EBI says of a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ManeStatus {
    /// The one representative transcript of the gene.
    Select,
    /// Further transcript needed to report clinical variants.
    PlusClinical,
    /// Another isoform in use.
    Other,
}

/// An exon: genomic place, and where it begins in the spliced transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exon {
    /// First base on the plus strand, 1-based.
    pub start: u32,
    /// Last base on the plus strand, 1-based.
    pub end: u32,
    /// 0-based offset of the exon's first base (in transcript direction) in the spliced transcript.
    pub offset: u32,
}

impl Exon {
    /// Returns the number of bases.
    pub const fn length(&self) -> u32 {
        self.end - self.start + 1
    }
}

/// A protein-coding transcript on one genome build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    pub(super) gene: String,
    pub(super) hgnc: String,
    pub(super) accession: String,
    pub(super) ensembl: Option<String>,
    pub(super) mane: ManeStatus,
    pub(super) build: Build,
    pub(super) chromosome: Chromosome,
    pub(super) strand: Strand,
    /// In transcript direction.
    pub(super) exons: Vec<Exon>,
    /// 0-based offsets of the first coding base and of the first base behind the stop codon in the spliced transcript.
    pub(super) coding: (u32, u32),
}

/// Where a position lies relative to a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In an exon: its index, and the 0-based offset in the spliced transcript.
    Exon { index: usize, offset: u32 },
    /// In the intron behind exon `index`: 1-based distances to the exon before and to the exon behind.
    Intron {
        index: usize,
        from_donor: u32,
        from_acceptor: u32,
    },
    /// Before the first base: distance, 1-based.
    Upstream(u32),
    /// Behind the last base: distance, 1-based.
    Downstream(u32),
}

/// Why a transcript model cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TranscriptError {
    /// No exons, an exon that ends before it starts, or exons that overlap or stand in the wrong order.
    #[error("{0}: exons must stand in transcript direction without overlap, each as first-last")]
    Exons(String),
    /// The coding range does not start and end in exons.
    #[error("{0}: the coding range {1}-{2} must start and end inside an exon")]
    Coding(String, u32, u32),
    /// The coding length is no multiple of three.
    #[error("{0}: coding length {1} is no multiple of three")]
    Frame(String, u32),
}

/// What a transcript is built from, as a table row or a bundle has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranscriptParts {
    /// HGNC symbol.
    pub gene: String,
    /// HGNC id, `HGNC:2978`; may be empty.
    pub hgnc: String,
    /// RefSeq accession with version.
    pub accession: String,
    /// Ensembl partner with version.
    pub ensembl: Option<String>,
    /// MANE status.
    pub mane: ManeStatus,
    /// Genome build of the positions.
    pub build: Build,
    /// Chromosome.
    pub chromosome: Chromosome,
    /// Strand.
    pub strand: Strand,
    /// First and last coding base on the plus strand, 1-based, stop codon included.
    pub coding: (u32, u32),
    /// Exons in transcript direction, each first and last base on the plus strand, 1-based.
    pub exons: Vec<(u32, u32)>,
}

impl Transcript {
    /// Builds and checks a transcript.
    pub fn new(parts: TranscriptParts) -> Result<Self, TranscriptError> {
        let mut exons = Vec::with_capacity(parts.exons.len());
        let mut offset = 0;
        for &(start, end) in &parts.exons {
            if start == 0 || end < start {
                return Err(TranscriptError::Exons(parts.accession));
            }
            exons.push(Exon { start, end, offset });
            offset += end - start + 1;
        }
        let ordered = exons.windows(2).all(|pair| match parts.strand {
            Strand::Plus => pair[0].end < pair[1].start,
            Strand::Minus => pair[0].start > pair[1].end,
        });
        if exons.is_empty() || !ordered {
            return Err(TranscriptError::Exons(parts.accession));
        }
        let mut transcript = Self {
            gene: parts.gene,
            hgnc: parts.hgnc,
            accession: parts.accession,
            ensembl: parts.ensembl,
            mane: parts.mane,
            build: parts.build,
            chromosome: parts.chromosome,
            strand: parts.strand,
            exons,
            coding: (0, 0),
        };
        let (low, high) = parts.coding;
        let (first, last) = match parts.strand {
            Strand::Plus => (low, high),
            Strand::Minus => (high, low),
        };
        match (transcript.offset_of(first), transcript.offset_of(last)) {
            (Some(first), Some(last)) if first < last => transcript.coding = (first, last + 1),
            _ => return Err(TranscriptError::Coding(transcript.accession, low, high)),
        }
        if !transcript.cds_length().is_multiple_of(3) {
            return Err(TranscriptError::Frame(
                transcript.accession.clone(),
                transcript.cds_length(),
            ));
        }
        Ok(transcript)
    }

    /// Returns what the transcript is built from.
    pub fn parts(&self) -> TranscriptParts {
        let coding = self.coding_regions(0);
        let first = coding.first().map_or(0, |r| *r.start());
        let last = coding.last().map_or(0, |r| *r.end());
        TranscriptParts {
            gene: self.gene.clone(),
            hgnc: self.hgnc.clone(),
            accession: self.accession.clone(),
            ensembl: self.ensembl.clone(),
            mane: self.mane,
            build: self.build,
            chromosome: self.chromosome,
            strand: self.strand,
            coding: (first, last),
            exons: self.exons.iter().map(|e| (e.start, e.end)).collect(),
        }
    }

    /// Returns the HGNC symbol.
    pub fn gene(&self) -> &str {
        &self.gene
    }

    /// Returns the HGNC id, `HGNC:2978`.
    pub fn hgnc(&self) -> &str {
        &self.hgnc
    }

    /// Returns the RefSeq accession with version.
    pub fn accession(&self) -> &str {
        &self.accession
    }

    /// Returns the Ensembl transcript with the same exons on GRCh38, with version.
    pub fn ensembl(&self) -> Option<&str> {
        self.ensembl.as_deref()
    }

    /// Returns the MANE status.
    pub const fn mane(&self) -> ManeStatus {
        self.mane
    }

    /// Returns the build of the positions.
    pub const fn build(&self) -> Build {
        self.build
    }

    /// Returns the chromosome.
    pub const fn chromosome(&self) -> Chromosome {
        self.chromosome
    }

    /// Returns the strand.
    pub const fn strand(&self) -> Strand {
        self.strand
    }

    /// Returns the exons in transcript direction; the first is exon 1.
    pub fn exons(&self) -> &[Exon] {
        &self.exons
    }

    /// Returns the number of exons.
    pub fn exon_count(&self) -> usize {
        self.exons.len()
    }

    /// Returns the length of the coding sequence with the stop codon.
    pub const fn cds_length(&self) -> u32 {
        self.coding.1 - self.coding.0
    }

    /// Returns the length of the spliced transcript.
    pub fn spliced_length(&self) -> u32 {
        self.exons.last().map_or(0, |exon| exon.offset + exon.length())
    }

    /// Returns the number of residues, without the stop.
    pub const fn residues(&self) -> u32 {
        self.cds_length() / 3 - 1
    }

    /// Returns first and last base of the transcript on the plus strand.
    pub fn span(&self) -> RangeInclusive<u32> {
        let low = self.exons.iter().map(|exon| exon.start).min().unwrap_or(0);
        let high = self.exons.iter().map(|exon| exon.end).max().unwrap_or(0);
        low..=high
    }

    /// Returns the coding parts of the exons, each widened by `padding` bases, ascending on the plus strand.
    ///
    /// 1-based inclusive; regions that come to touch or overlap are joined.
    pub fn coding_regions(&self, padding: u32) -> Vec<RangeInclusive<u32>> {
        let mut regions: Vec<(u32, u32)> = self
            .exons
            .iter()
            .filter_map(|exon| {
                let first = exon.offset.max(self.coding.0);
                let last = (exon.offset + exon.length()).min(self.coding.1);
                (first < last).then(|| {
                    let (skipped, kept) = (first - exon.offset, last - first);
                    match self.strand {
                        Strand::Plus => (exon.start + skipped, exon.start + skipped + kept - 1),
                        Strand::Minus => (exon.end + 1 - skipped - kept, exon.end - skipped),
                    }
                })
            })
            .map(|(start, end)| (start.saturating_sub(padding).max(1), end + padding))
            .collect();
        regions.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(regions.len());
        for (start, end) in regions {
            match joined.last_mut() {
                Some(last) if start <= last.1 + 1 => last.1 = last.1.max(end),
                _ => joined.push((start, end)),
            }
        }
        joined.into_iter().map(|(start, end)| start..=end).collect()
    }

    /// Returns the c. position of a base on the plus strand; upstream and downstream bases count on from the UTR.
    pub fn c_position(&self, position: u32) -> CdsPosition {
        match self.place(self.orient(position)) {
            Place::Exon { offset, .. } => self.c_of_offset(i64::from(offset), 0),
            Place::Intron {
                index,
                from_donor,
                from_acceptor,
            } => {
                // HGVS: the middle base of an intron of odd length counts from the exon before it.
                if from_donor <= from_acceptor {
                    let end = self.exons[index].offset + self.exons[index].length() - 1;
                    self.c_of_offset(i64::from(end), i64::from(from_donor))
                } else {
                    self.c_of_offset(i64::from(self.exons[index + 1].offset), -i64::from(from_acceptor))
                }
            }
            Place::Upstream(distance) => self.c_of_offset(-i64::from(distance), 0),
            Place::Downstream(distance) => {
                self.c_of_offset(i64::from(self.spliced_length()) + i64::from(distance) - 1, 0)
            }
        }
    }

    /// Returns the base on the plus strand of a c. position; `None` where the transcript has no such position.
    pub fn genomic_position(&self, position: CdsPosition) -> Option<u32> {
        let (start, end) = (i64::from(self.coding.0), i64::from(self.coding.1));
        let offset = match position {
            CdsPosition {
                behind_stop: true,
                base,
                ..
            } => end + i64::from(base) - 1,
            CdsPosition { base, .. } if base > 0 => start + i64::from(base) - 1,
            CdsPosition { base, .. } => start + i64::from(base),
        };
        if !position.behind_stop && (position.base == 0 || offset >= end) {
            return None;
        }
        let length = i64::from(self.spliced_length());
        let first = self.oriented_exon(0).0;
        let last = self.oriented_exon(self.exons.len() - 1).1;
        if position.offset == 0 && offset < 0 {
            return self.unorient(first + offset);
        }
        if position.offset == 0 && offset >= length {
            return self.unorient(last + 1 + offset - length);
        }
        let offset = u32::try_from(offset).ok()?;
        let index = self
            .exons
            .partition_point(|exon| exon.offset <= offset)
            .checked_sub(1)?;
        let exon = self
            .exons
            .get(index)
            .filter(|exon| offset < exon.offset + exon.length())?;
        let (start, end) = self.oriented_exon(index);
        let at = start + i64::from(offset - exon.offset);
        // An intron offset belongs to the last or first base of an exon that has an intron on that side.
        let valid = match position.offset {
            0 => true,
            1.. => at == end && index + 1 < self.exons.len(),
            _ => at == start && index > 0,
        };
        let oriented = at + i64::from(position.offset);
        let inside = match position.offset {
            0 => true,
            1.. => valid && oriented < self.oriented_exon(index + 1).0,
            _ => valid && oriented > self.oriented_exon(index - 1).1,
        };
        (valid && inside).then(|| self.unorient(oriented)).flatten()
    }

    /// Returns the position on an axis that ascends in transcript direction: negated on the minus strand.
    pub(super) fn orient(&self, position: u32) -> i64 {
        match self.strand {
            Strand::Plus => i64::from(position),
            Strand::Minus => -i64::from(position),
        }
    }

    /// Returns the plus-strand position of an oriented one.
    pub(super) fn unorient(&self, oriented: i64) -> Option<u32> {
        let position = match self.strand {
            Strand::Plus => oriented,
            Strand::Minus => -oriented,
        };
        u32::try_from(position).ok().filter(|p| *p > 0)
    }

    /// Returns first and last oriented position of an exon.
    pub(super) fn oriented_exon(&self, index: usize) -> (i64, i64) {
        let exon = &self.exons[index];
        match self.strand {
            Strand::Plus => (i64::from(exon.start), i64::from(exon.end)),
            Strand::Minus => (-i64::from(exon.end), -i64::from(exon.start)),
        }
    }

    /// Finds where an oriented position lies.
    pub(super) fn place(&self, oriented: i64) -> Place {
        let distance = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        let after = match self.strand {
            Strand::Plus => self
                .exons
                .partition_point(|exon| i64::from(exon.start) <= oriented),
            Strand::Minus => self
                .exons
                .partition_point(|exon| -i64::from(exon.end) <= oriented),
        };
        let Some(index) = after.checked_sub(1) else {
            return Place::Upstream(distance(self.oriented_exon(0).0 - oriented));
        };
        let (start, end) = self.oriented_exon(index);
        if oriented <= end {
            let offset = self.exons[index].offset + distance(oriented - start);
            return Place::Exon { index, offset };
        }
        if index + 1 == self.exons.len() {
            return Place::Downstream(distance(oriented - end));
        }
        Place::Intron {
            index,
            from_donor: distance(oriented - end),
            from_acceptor: distance(self.oriented_exon(index + 1).0 - oriented),
        }
    }

    /// Returns the spliced offset of an exonic base on the plus strand.
    pub(super) fn offset_of(&self, position: u32) -> Option<u32> {
        match self.place(self.orient(position)) {
            Place::Exon { offset, .. } => Some(offset),
            _ => None,
        }
    }

    fn c_of_offset(&self, spliced: i64, intron: i64) -> CdsPosition {
        let (start, end) = (i64::from(self.coding.0), i64::from(self.coding.1));
        let (base, behind_stop) = if spliced < start {
            (spliced - start, false)
        } else if spliced >= end {
            (spliced - end + 1, true)
        } else {
            (spliced - start + 1, false)
        };
        // Positions are u32 in the genome, so differences fit i32 but for absurd distances, which saturate.
        let narrow = |n: i64| i32::try_from(n).unwrap_or(i32::MAX);
        CdsPosition {
            base: narrow(base),
            behind_stop,
            offset: narrow(intron),
        }
    }
}
