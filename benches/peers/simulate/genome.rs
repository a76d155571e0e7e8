//! The reference: read from a FASTA, or invented; and the targets.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::rng::Rng;
use crate::{Failure, create};

pub struct Contig {
    pub name: String,
    pub bases: Vec<u8>,
}

pub struct Genome {
    pub contigs: Vec<Contig>,
}

/// A region to be sequenced. 0-based, half-open, as in BED.
#[derive(Clone, Debug)]
pub struct Target {
    pub contig: usize,
    pub start: usize,
    pub end: usize,
    pub name: String,
}

/// Two places of the reference with the same bases, of which the person has one only: the first.
#[derive(Clone, Copy, Debug)]
pub struct Copy {
    pub contig: usize,
    pub start: usize,
    pub end: usize,
    pub other_contig: usize,
    pub other_start: usize,
}

impl Genome {
    /// Reads an uncompressed FASTA whole. Lower case (soft masking) is lost.
    pub fn read(path: &str) -> Result<Self, Failure> {
        let text = fs::read(path).map_err(|error| Failure(format!("{path}: {error}")))?;
        let mut contigs: Vec<Contig> = Vec::new();
        for line in text.split(|byte| *byte == b'\n') {
            if let Some(name) = line.strip_prefix(b">") {
                let name = name.split(u8::is_ascii_whitespace).next().unwrap_or_default();
                let name = String::from_utf8_lossy(name).into_owned();
                contigs.push(Contig {
                    name,
                    bases: Vec::new(),
                });
            } else if let Some(contig) = contigs.last_mut() {
                let bases = line.iter().filter(|byte| !byte.is_ascii_whitespace());
                contig.bases.extend(bases.map(u8::to_ascii_uppercase));
            }
        }
        if contigs.is_empty() {
            return Err(Failure(format!(
                "{path}: no sequence (an uncompressed FASTA is wanted)"
            )));
        }
        Ok(Self { contigs })
    }

    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        let mut out = BufWriter::new(create(path)?);
        for contig in &self.contigs {
            writeln!(out, ">{}", contig.name)?;
            for line in contig.bases.chunks(60) {
                out.write_all(line)?;
                out.write_all(b"\n")?;
            }
        }
        Ok(out.flush()?)
    }

    pub fn contig(&self, name: &str, source: &str) -> Result<usize, Failure> {
        let found = self.contigs.iter().position(|contig| contig.name == name);
        found.ok_or_else(|| Failure(format!("{source}: contig {name} is not in the reference")))
    }

    /// The base at a 0-based place; N beyond the ends.
    pub fn base(&self, contig: usize, place: usize) -> u8 {
        self.contigs[contig].bases.get(place).copied().unwrap_or(b'N')
    }

    pub fn targets(&self, path: &str) -> Result<Vec<Target>, Failure> {
        let mut targets = Vec::new();
        for (number, fields) in table(path)? {
            let source = format!("{path}: line {number}");
            let [name, start, end] = [0, 1, 2].map(|i| fields.get(i).map_or("", String::as_str));
            let contig = self.contig(name, &source)?;
            let (start, end) = (place(start, &source)?, place(end, &source)?);
            if start >= end || end > self.contigs[contig].bases.len() {
                return Err(Failure(format!("{source}: {start}-{end} does not lie in {name}")));
            }
            let name = fields
                .get(3)
                .cloned()
                .unwrap_or_else(|| format!("region{number}"));
            targets.push(Target {
                contig,
                start,
                end,
                name,
            });
        }
        if targets.is_empty() {
            return Err(Failure(format!("{path}: no targets")));
        }
        Ok(targets)
    }

    /// Every contig whole.
    pub fn whole(&self) -> Vec<Target> {
        let target = |(contig, c): (usize, &Contig)| Target {
            contig,
            start: 0,
            end: c.bases.len(),
            name: c.name.clone(),
        };
        self.contigs.iter().enumerate().map(target).collect()
    }

    /// Reads `contig start end other_contig other_start` and checks that the bases are the same.
    pub fn copies(&self, path: &str) -> Result<Vec<Copy>, Failure> {
        let mut copies = Vec::new();
        for (number, fields) in table(path)? {
            let source = format!("{path}: line {number}");
            let [first, start, end, second, other] =
                [0, 1, 2, 3, 4].map(|i| fields.get(i).map_or("", String::as_str));
            let copy = Copy {
                contig: self.contig(first, &source)?,
                start: place(start, &source)?,
                end: place(end, &source)?,
                other_contig: self.contig(second, &source)?,
                other_start: place(other, &source)?,
            };
            let same = (copy.start..copy.end).all(|at| {
                self.base(copy.contig, at) == self.base(copy.other_contig, copy.other_start + at - copy.start)
            });
            if !same {
                return Err(Failure(format!("{source}: the two places have different bases")));
            }
            copies.push(copy);
        }
        Ok(copies)
    }
}

/// Lines of a tab-separated file without comments and header words of BED, with their numbers.
pub fn table(path: &str) -> Result<Vec<(usize, Vec<String>)>, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure(format!("{path}: {error}")))?;
    let row = |(index, line): (usize, &str)| {
        (
            index + 1,
            line.split('\t').map(|field| field.trim().to_owned()).collect(),
        )
    };
    let is_data = |line: &str| {
        !(line.trim().is_empty()
            || ["#", "track", "browser"]
                .iter()
                .any(|word| line.starts_with(word)))
    };
    Ok(text
        .lines()
        .enumerate()
        .filter(|(_, line)| is_data(line))
        .map(row)
        .collect())
}

pub fn place(text: &str, source: &str) -> Result<usize, Failure> {
    text.parse()
        .map_err(|_| Failure(format!("{source}: `{text}` is not a place")))
}

/// Invents bases with the features that trouble callers: drifting GC content, rare CpG, homopolymers and short
/// tandem repeats, of which a human exome has about one in a thousand bases.
pub fn invent(length: usize, rng: &mut Rng) -> Vec<u8> {
    let mut bases = background(length, rng);
    let mut at = rng.geometric(1.0 / 1200.0);
    while at < length {
        let unit: Vec<u8> = match rng.below(10) {
            0..=5 => vec![b"AT"[rng.below(2)]],
            6..=7 => vec![b"CG"[rng.below(2)]],
            _ => (0..2 + rng.below(3)).map(|_| rng.base()).collect(),
        };
        let copies = if unit.len() == 1 {
            6 + rng.geometric(0.28)
        } else {
            5 + rng.geometric(0.15)
        };
        let repeat = unit.iter().cycle().take(unit.len() * copies);
        for (base, planted) in bases[at..].iter_mut().zip(repeat) {
            *base = *planted;
        }
        at += unit.len() * copies + rng.geometric(1.0 / 1200.0);
    }
    bases
}

fn background(length: usize, rng: &mut Rng) -> Vec<u8> {
    let mut gc = 0.42;
    let mut before = b'N';
    let mut draw = |at: usize| {
        if at.is_multiple_of(5000) {
            gc = (0.42 + 0.06 * rng.normal()).clamp(0.30, 0.64);
        }
        let base = if rng.chance(gc) {
            b"CG"[rng.below(2)]
        } else {
            b"AT"[rng.below(2)]
        };
        // Methylated CpG decays: the human genome has about a quarter of those expected.
        let decayed = before == b'C' && base == b'G' && rng.chance(0.75);
        before = if decayed { b'A' } else { base };
        before
    };
    (0..length).map(&mut draw).collect()
}
