//! A small genome for tests: the real coding sequences inside the program, with made-up introns, UTRs and places.

#![allow(clippy::unwrap_used, reason = "helpers of a test: a panic is the failure")]
#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use hemoclone::genome::{BaseSource, Build, Chromosome, Variant};
use hemoclone::transcript::{
    Annotator, EmbeddedBases, ManeStatus, ProteinChange, ProteinChangeKind, Strand, Transcript,
    TranscriptParts, transcripts,
};

/// Longest intron, and longest UTR part of an exon: real ones are cut to it.
const LONGEST: u32 = 240;
const GAP: u32 = 600;

/// A seeded stream of numbers (xorshift64*), the same on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap() % n
    }

    pub fn base(&mut self) -> u8 {
        b"ACGT"[self.below(4)]
    }

    pub fn bases(&mut self, n: usize) -> Vec<u8> {
        (0..n).map(|_| self.base()).collect()
    }
}

pub struct MiniGenome {
    pub contigs: BTreeMap<Chromosome, Vec<u8>>,
    pub transcripts: Vec<Transcript>,
}

impl MiniGenome {
    /// Lays every MANE Select transcript whose protein is known on small chromosomes.
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let annotator = Annotator::new(Build::Grch38, None);
        let mut genome = Self {
            contigs: BTreeMap::new(),
            transcripts: Vec::new(),
        };
        let wanted = transcripts().iter().filter(|t| {
            t.build() == Build::Grch38 && t.mane() == ManeStatus::Select && annotator.has_sequence(t)
        });
        for transcript in wanted {
            genome.lay(transcript, &mut dice);
        }
        genome
    }

    fn lay(&mut self, real: &Transcript, dice: &mut Dice) {
        let contig = self.contigs.entry(real.chromosome()).or_default();
        contig.extend(dice.bases(GAP as usize));
        let coding = real.coding_regions(0);
        let (first, last) = (*coding[0].start(), *coding[coding.len() - 1].end());
        let mut exons: Vec<_> = real.exons().iter().map(|e| (e.start, e.end)).collect();
        exons.sort_unstable();
        let mut laid = Vec::new();
        let mut place = (0, 0);
        let count = exons.len();
        for (i, (start, end)) in exons.into_iter().enumerate() {
            if i > 0 {
                let length = 30 + dice.below(LONGEST as usize - 30);
                let mut intron = dice.bases(length);
                let ends: [&[u8]; 2] = if real.strand() == Strand::Plus {
                    [b"GT", b"AG"]
                } else {
                    [b"CT", b"AC"]
                };
                intron[..2].copy_from_slice(ends[0]);
                intron[length - 2..].copy_from_slice(ends[1]);
                contig.extend(intron);
            }
            let (start, end) = (cut_low(start, end, first), cut_high(start, end, last));
            let at = u32::try_from(contig.len()).unwrap() + 1;
            for position in start..=end {
                let known = EmbeddedBases::of(Build::Grch38).base(real.chromosome(), position);
                contig.push(known.filter(|b| *b != b'N').unwrap_or_else(|| dice.base()));
            }
            for (real, laid) in [(first, &mut place.0), (last, &mut place.1)] {
                if (start..=end).contains(&real) {
                    *laid = at + real - start;
                }
            }
            laid.push((at, at + end - start));
            assert!(laid.len() <= count);
        }
        // The stop codon was not read for many: write one. N inside (BCORL1 c.331) became a random base above.
        let stop: &[u8] = if real.strand() == Strand::Plus {
            b"TGA"
        } else {
            b"TCA"
        };
        let stop_at = if real.strand() == Strand::Plus {
            place.1 - 3
        } else {
            place.0 - 1
        } as usize;
        let split = laid
            .iter()
            .any(|e| e.0 as usize <= stop_at + 1 && e.1 as usize >= stop_at + 3);
        assert!(split, "{}: the stop codon lies in one exon", real.gene());
        contig[stop_at..stop_at + 3].copy_from_slice(stop);
        contig.extend(dice.bases(GAP as usize));
        if real.strand() == Strand::Minus {
            laid.reverse();
        }
        let parts = TranscriptParts {
            gene: real.gene().to_owned(),
            hgnc: real.hgnc().to_owned(),
            accession: real.accession().to_owned(),
            ensembl: None,
            mane: ManeStatus::Select,
            build: Build::Grch38,
            chromosome: real.chromosome(),
            strand: real.strand(),
            coding: place,
            exons: laid,
        };
        self.transcripts.push(Transcript::new(parts).unwrap());
    }

    pub fn write_fasta(&self, path: &Path) {
        let mut text = String::new();
        for (chromosome, bases) in &self.contigs {
            writeln!(text, ">{chromosome}").unwrap();
            for line in bases.chunks(60) {
                text.push_str(std::str::from_utf8(line).unwrap());
                text.push('\n');
            }
        }
        std::fs::write(path, text).unwrap();
    }

    pub fn gene_at(&self, chromosome: Chromosome, position: u32) -> Option<&Transcript> {
        self.transcripts.iter().find(|t| {
            t.chromosome() == chromosome
                && (t.span().start() - 200..=t.span().end() + 200).contains(&position)
        })
    }

    /// Makes variants of every kind in and around the coding exons, spread over all genes; left-aligned.
    pub fn variants(&self, count: usize, seed: u64) -> Vec<(Variant, &Transcript)> {
        let mut dice = Dice::new(seed);
        let mut found = Vec::new();
        while found.len() < count {
            let transcript = &self.transcripts[found.len() % self.transcripts.len()];
            let regions = transcript.coding_regions(if dice.below(4) == 0 { 25 } else { 0 });
            let region = &regions[dice.below(regions.len())];
            let length = (region.end() - region.start() + 1) as usize;
            let position = region.start() + u32::try_from(dice.below(length)).unwrap();
            let contig = &self.contigs[&transcript.chromosome()];
            let longest = [1, 3, 6, 12, 30][dice.below(5)];
            let size = 1 + dice.below(longest);
            let deleted = |n: usize| contig[position as usize - 1..position as usize - 1 + n].to_vec();
            let (reference, alternate) = match dice.below(6) {
                0 | 1 => (deleted(1), dice.bases(1)),
                2 => (deleted(size + 1), deleted(1)),
                3 => (deleted(1), [deleted(1), dice.bases(size)].concat()),
                4 => (deleted(1), [deleted(size + 1)].concat()),
                _ => {
                    let new = 1 + dice.below(6);
                    (deleted(size.min(8)), dice.bases(new))
                }
            };
            let text = |bases: &[u8]| String::from_utf8(bases.to_vec()).unwrap();
            let chromosome = transcript.chromosome();
            if let Ok(variant) = Variant::new(
                Build::Grch38,
                chromosome,
                position,
                &text(&reference),
                &text(&alternate),
            ) {
                found.push((variant.left_aligned(self), transcript));
            }
        }
        found
    }
}

impl BaseSource for MiniGenome {
    fn bases(&self, chromosome: Chromosome, range: std::ops::RangeInclusive<u32>) -> Option<Vec<u8>> {
        let contig = self.contigs.get(&chromosome)?;
        contig
            .get((*range.start() as usize).checked_sub(1)?..*range.end() as usize)
            .map(<[u8]>::to_vec)
    }
}

/// Cuts the UTR part before the coding sequence to its last bases, or the whole exon where it is UTR.
fn cut_low(start: u32, end: u32, coding_start: u32) -> u32 {
    let edge = if end < coding_start {
        end
    } else {
        coding_start.max(start)
    };
    start.max(edge.saturating_sub(LONGEST))
}

fn cut_high(start: u32, end: u32, coding_end: u32) -> u32 {
    let edge = if start > coding_end {
        start
    } else {
        coding_end.min(end)
    };
    end.min(edge + LONGEST)
}

/// Whether a change of the protein leads from one protein to the other; both end with their stop, where they have one.
pub fn leads_to(change: &ProteinChange, reference: &str, mutated: &str) -> bool {
    let (start, end) = (change.start as usize, change.end as usize);
    let residue = |at: usize| reference.chars().nth(at - 1);
    if residue(start) != Some(change.reference_start) || residue(end) != Some(change.reference_end) {
        return false;
    }
    let old = &reference[start - 1..end];
    let built = |new: &str| {
        let text = format!("{}{new}{}", &reference[..start - 1], &reference[end..]);
        text.split_inclusive('*').next().map(str::to_owned)
    };
    let expected = match &change.kind {
        ProteinChangeKind::Synonymous => built(old),
        ProteinChangeKind::Substitution { to } => built(&to.to_string()),
        ProteinChangeKind::Nonsense => built("*"),
        ProteinChangeKind::Deletion => built(""),
        ProteinChangeKind::Duplication => built(&format!("{old}{old}")),
        ProteinChangeKind::Insertion { residues } => built(&format!("{}{residues}{}", &old[..1], &old[1..])),
        ProteinChangeKind::Delins { residues } => built(residues),
        ProteinChangeKind::StartLost => return true,
        ProteinChangeKind::Frameshift { new, stop_after }
        | ProteinChangeKind::Extension { to: new, stop_after } => {
            let extension = usize::from(matches!(change.kind, ProteinChangeKind::Extension { .. }));
            let length = stop_after.map(|n| start - 1 + n as usize + extension);
            return mutated.get(..start - 1) == Some(&reference[..start - 1])
                && mutated.chars().nth(start - 1) == Some(*new)
                && *new != change.reference_start
                && length == mutated.ends_with('*').then_some(mutated.len());
        }
    };
    expected.as_deref() == Some(mutated)
}
