//! The reference bases inside the program: coding sequences and pieces around exons, per build.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use super::model::{Strand, Transcript};
use super::residue::reverse_complement;
use super::table;
use crate::genome::{BaseSource, Build, Chromosome, as_count};

/// Coding sequences inside the program; the header names source, version and what N stands for.
const CDS: &str = include_str!("../../panels/cds.fa");
/// Genomic pieces around exons inside the program.
const SEGMENTS: &str = include_str!("../../panels/segments.fa");

/// Coding bases that differ between the builds, all on plus-strand genes: `cds.fa` holds GRCh38's.
///
/// ASXL1 c.2444 and ATM c.5948, seen as REF of published GRCh37 and GRCh38 calls. The third known place, BCORL1 c.331,
/// is N in `cds.fa`: which build has which base was not verified.
const GRCH37_BASES: [(&str, u32, u8); 2] = [("chr20", 31_022_959, b'T'), ("chr11", 108_183_167, b'A')];

/// Third bases of hotspot codons of which only the residue is proven: published protein changes and the genetic code leave several
/// bases that all make it (`n` any, `R` A or G, `Y` C or T, `H` not G). Coding position, from 1.
const PROVEN_BY_CODE: [(&str, &[(u32, u8)]); 3] = [
    ("NM_002074.5", &[(240, b'H'), (267, b'R')]),
    ("NM_018638.5", &[(468, b'n'), (477, b'n')]),
    ("NM_006445.4", &[(4794, b'Y'), (4851, b'R'), (5625, b'Y')]),
];

/// Returns the coding bases of a transcript that are known as one of several, where no source knows them better.
pub(super) fn proven_by_code(accession: &str) -> &'static [(u32, u8)] {
    PROVEN_BY_CODE
        .iter()
        .find(|(of, _)| *of == accession)
        .map_or(&[], |(_, bases)| bases)
}

/// Returns whether a position is one where GRCh37 has another base than the transcript (and GRCh38).
pub(super) fn differs_from_transcript(build: Build, chromosome: Chromosome, position: u32) -> bool {
    build == Build::Grch37
        && GRCH37_BASES
            .iter()
            .any(|(name, at, _)| chromosome.name() == *name && *at == position)
}

/// Reference bases that travel inside the program: coding sequences, and pieces around some exons.
#[derive(Clone, Debug)]
pub struct EmbeddedBases {
    /// Ascending by chromosome and start, without overlap.
    segments: Vec<Segment>,
}

/// A stretch of plus-strand bases, `N` where unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    chromosome: Chromosome,
    start: u32,
    bases: Vec<u8>,
}

impl Segment {
    fn end(&self) -> u32 {
        self.start + as_count(self.bases.len()) - 1
    }
}

impl EmbeddedBases {
    /// Returns the bases of a build; made at the first call.
    pub fn of(build: Build) -> &'static Self {
        static GRCH37: OnceLock<EmbeddedBases> = OnceLock::new();
        static GRCH38: OnceLock<EmbeddedBases> = OnceLock::new();
        match build {
            Build::Grch37 => GRCH37.get_or_init(|| Self::load(build)),
            Build::Grch38 => GRCH38.get_or_init(|| Self::load(build)),
        }
    }

    /// Makes a source of plus-strand pieces: chromosome, 1-based start, bases.
    pub(crate) fn from_pieces(pieces: impl Iterator<Item = (Chromosome, u32, Vec<u8>)>) -> Self {
        let segment = |(chromosome, start, bases)| Segment {
            chromosome,
            start,
            bases,
        };
        Self {
            segments: merge(pieces.filter(|(_, _, b)| !b.is_empty()).map(segment).collect()),
        }
    }

    fn load(build: Build) -> Self {
        let mut pieces = Vec::new();
        for (header, sequence) in records(CDS) {
            let accession = header.split(' ').next().unwrap_or_default();
            if let Some(transcript) = table::transcript(accession, build) {
                pieces.extend(exon_pieces(transcript, sequence.as_bytes()));
            }
        }
        pieces.extend(
            records(SEGMENTS).filter_map(|(header, sequence)| genomic_piece(header, &sequence, build)),
        );
        let mut segments = merge(pieces);
        if build == Build::Grch37 {
            for (chromosome, position, base) in GRCH37_BASES {
                let place = segments
                    .iter_mut()
                    .find(|s| s.chromosome.name() == chromosome && (s.start..=s.end()).contains(&position));
                if let Some(segment) = place {
                    segment.bases[(position - segment.start) as usize] = base;
                }
            }
        }
        Self { segments }
    }
}

impl BaseSource for EmbeddedBases {
    fn bases(&self, chromosome: Chromosome, range: RangeInclusive<u32>) -> Option<Vec<u8>> {
        let bases = self.bases_or_n(chromosome, range);
        (!bases.contains(&b'N')).then_some(bases)
    }

    fn bases_or_n(&self, chromosome: Chromosome, range: RangeInclusive<u32>) -> Vec<u8> {
        let (start, end) = range.into_inner();
        let mut bases = vec![b'N'; (end + 1).saturating_sub(start) as usize];
        let first = self
            .segments
            .partition_point(|s| (s.chromosome, s.end()) < (chromosome, start));
        for segment in &self.segments[first..] {
            if segment.chromosome != chromosome || segment.start > end {
                break;
            }
            let (low, high) = (start.max(segment.start), end.min(segment.end()));
            bases[(low - start) as usize..=(high - start) as usize].copy_from_slice(
                &segment.bases[(low - segment.start) as usize..=(high - segment.start) as usize],
            );
        }
        bases
    }
}

/// Reads FASTA text of our own making: `;` lines are remarks.
fn records(text: &'static str) -> impl Iterator<Item = (&'static str, String)> {
    text.split('>').skip(1).map(|record| {
        let (header, lines) = record.split_once('\n').unwrap_or((record, ""));
        (header, lines.lines().collect())
    })
}

/// Cuts a coding sequence into its exons on the plus strand.
fn exon_pieces(transcript: &Transcript, coding: &[u8]) -> Vec<Segment> {
    let mut pieces = Vec::new();
    let mut regions = transcript.coding_regions(0);
    if transcript.strand() == Strand::Minus {
        regions.reverse();
    }
    let mut rest = coding;
    for region in regions {
        let length = (region.end() - region.start() + 1) as usize;
        let Some((exon, behind)) = rest.split_at_checked(length) else {
            // A length that disagrees with the table leaves bases unknown; the test over all sequences forbids it.
            return pieces;
        };
        rest = behind;
        pieces.push(Segment {
            chromosome: transcript.chromosome(),
            start: *region.start(),
            bases: match transcript.strand() {
                Strand::Plus => exon.to_vec(),
                Strand::Minus => reverse_complement(exon),
            },
        });
    }
    pieces
}

/// Reads a record of `segments.fa`, `GRCh38:chr5:171410527-171410579 …`, where it is of the build.
fn genomic_piece(header: &str, sequence: &str, build: Build) -> Option<Segment> {
    let place = header.split(' ').next()?;
    let mut parts = place.split(':');
    if parts.next()? != build.name() {
        return None;
    }
    let chromosome = Chromosome::parse(parts.next()?)?;
    let start = parts.next()?.split_once('-')?.0.parse().ok()?;
    Some(Segment {
        chromosome,
        start,
        bases: sequence.as_bytes().to_vec(),
    })
}

/// Joins pieces that overlap or touch; a known base fills an unknown one.
fn merge(mut pieces: Vec<Segment>) -> Vec<Segment> {
    pieces.sort_by_key(|p| (p.chromosome, p.start));
    let mut merged: Vec<Segment> = Vec::new();
    for piece in pieces {
        let last = merged
            .last_mut()
            .filter(|last| last.chromosome == piece.chromosome && piece.start <= last.end() + 1);
        let Some(last) = last else {
            merged.push(piece);
            continue;
        };
        for (i, base) in piece.bases.into_iter().enumerate() {
            let at = (piece.start - last.start) as usize + i;
            match last.bases.get_mut(at) {
                Some(known) if *known == b'N' => *known = base,
                Some(_) => {}
                None => last.bases.push(base),
            }
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::super::residue::translate_codon;
    use super::*;

    fn field<'a>(header: &'a str, name: &str) -> &'a str {
        header.split(' ').find_map(|f| f.strip_prefix(name)).unwrap()
    }

    fn crc32(sequence: &[u8]) -> String {
        let mut crc = flate2::Crc::new();
        crc.update(sequence);
        format!("{:08x}", crc.sum())
    }

    #[test]
    fn checksums_hold() {
        for (header, sequence) in records(CDS).chain(records(SEGMENTS)) {
            assert_eq!(crc32(sequence.as_bytes()), field(header, "crc32="), "{header}");
        }
    }

    #[test]
    fn every_coding_sequence_is_one_open_frame() {
        let mut count = 0;
        for (header, sequence) in records(CDS) {
            count += 1;
            let accession = header.split(' ').next().unwrap();
            for build in Build::ALL {
                let transcript = table::transcript(accession, build).unwrap();
                assert_eq!(transcript.gene(), field(header, "gene="));
                assert_eq!(transcript.cds_length() as usize, sequence.len(), "{accession}");
            }
            let protein: Vec<u8> = sequence
                .as_bytes()
                .chunks(3)
                .map(|c| translate_codon([c[0], c[1], c[2]]))
                .collect();
            let (stop, residues) = protein.split_last().unwrap();
            // WT1 NM_024426.6 starts at a CTG.
            let start = if accession == "NM_024426.6" { b'L' } else { b'M' };
            assert_eq!(residues[0], start, "{accession}");
            assert!(!residues.contains(&b'*'), "{accession}");
            assert!(matches!(stop, b'*' | b'X'), "{accession}");
            let unknown = residues.iter().map(|r| usize::from(*r == b'X')).sum::<usize>();
            let expected = match accession {
                "NM_000516.7" => 46,
                "NM_001379451.1" | "NM_021946.5" => 1,
                _ => 0,
            };
            assert_eq!(unknown, expected, "{accession}");
        }
        assert_eq!(count, 65);
    }

    #[test]
    fn sequences_of_one_gene_agree() {
        for build in Build::ALL {
            let bases = EmbeddedBases::of(build);
            for (header, sequence) in records(CDS) {
                let transcript = table::transcript(header.split(' ').next().unwrap(), build).unwrap();
                for piece in exon_pieces(transcript, sequence.as_bytes()) {
                    let actual = bases.bases_or_n(piece.chromosome, piece.start..=piece.end());
                    let differing = actual
                        .iter()
                        .zip(&piece.bases)
                        .filter(|(a, b)| a != b && **b != b'N')
                        .count();
                    let known = build == Build::Grch37 && matches!(transcript.gene(), "ASXL1" | "ATM");
                    assert!(differing == 0 || known && differing == 1, "{header}");
                }
            }
            for (header, sequence) in records(SEGMENTS) {
                if let Some(piece) = genomic_piece(header, &sequence, build) {
                    let actual = bases.bases_or_n(piece.chromosome, piece.start..=piece.end());
                    assert_eq!(actual, piece.bases, "{header}");
                }
            }
        }
    }

    #[test]
    fn differences_between_builds_are_held() {
        let base = |build, chromosome: &str, position| {
            EmbeddedBases::of(build)
                .base(Chromosome::parse(chromosome).unwrap(), position)
                .map(char::from)
        };
        let asxl1 = |build| {
            let t = table::transcript("NM_015338.6", build).unwrap();
            t.genomic_position(super::super::CdsPosition {
                base: 2444,
                behind_stop: false,
                offset: 0,
            })
            .unwrap()
        };
        assert_eq!(base(Build::Grch37, "chr20", asxl1(Build::Grch37)), Some('T'));
        assert_eq!(base(Build::Grch38, "chr20", asxl1(Build::Grch38)), Some('C'));
        assert_eq!(base(Build::Grch37, "chr11", 108_183_167), Some('A'));
        assert_eq!(base(Build::Grch38, "chr11", 108_312_440), Some('G'));
    }
}
