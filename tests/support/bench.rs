//! A reference, reads over a change of it, and the `call` command run on them.

#![allow(dead_code, missing_docs, reason = "each test takes what it needs")]
#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

use std::path::PathBuf;
use std::process::{Command, Output};

use assert_cmd::cargo::CommandCargoExt as _;

use crate::reads::{Random, ReadSet, SamLine, write_bed};

/// Bases of a read.
pub const LENGTH: usize = 100;

/// A folder with a reference, targets and the path for a BAM file.
pub struct Bench {
    pub folder: tempfile::TempDir,
    pub set: ReadSet,
}

impl Bench {
    pub fn new(seed: u64) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            set: ReadSet::random(seed, &[2000, 2000]),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes everything; targets are columns 600 to 1,000 of the first contig.
    pub fn write(&self) {
        self.set.write_fasta(self.folder.path());
        self.set.write_bam(&self.path("a.bam"));
        write_bed(&self.path("a.bed"), &[("chr1", 600, 1000)]);
    }

    pub fn command(&self, more: &[&str]) -> Output {
        let text = |name: &str| self.path(name).to_str().unwrap().to_owned();
        Command::cargo_bin("hemoclone")
            .unwrap()
            .args([
                "call",
                &text("a.bam"),
                "-f",
                &text("reference.fa"),
                "-L",
                &text("a.bed"),
            ])
            .args(more)
            .output()
            .unwrap()
    }

    /// Calls and returns the records.
    pub fn call(&self, more: &[&str]) -> Vec<Vec<String>> {
        let output = self.command(more);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .filter(|l| !l.starts_with('#'))
            .map(|l| l.split('\t').map(str::to_owned).collect())
            .collect()
    }
}

/// A sample value of a record.
pub fn value<'r>(record: &'r [String], key: &str) -> &'r str {
    let place = record[8].split(':').position(|k| k == key).unwrap();
    record[9].split(':').nth(place).unwrap()
}

pub fn fraction(record: &[String]) -> f64 {
    value(record, "AF").parse().unwrap()
}

/// Adds fragments of 100 to 260 bases at random places around the targets, with sequencing errors as their qualities say. A
/// share of the molecules carries the change: `changed` is the sequence of the contig with it, `at` the first changed column
/// (0-based), and `growth` the bases gained.
pub fn sequence(
    set: &mut ReadSet,
    seed: u64,
    fragments: usize,
    share: f64,
    changed: &[u8],
    at: usize,
    growth: isize,
) {
    let mut random = Random::new(seed);
    let original = set.contigs[0].1.clone();
    for i in 0..fragments {
        let carries = random.fraction() < share;
        let molecule: &[u8] = if carries { changed } else { &original };
        let start = 400 + random.below(700);
        let size = 100 + random.below(160);
        let swapped = random.below(2) == 0;
        for right in [false, true] {
            let first = if right { start + size - LENGTH } else { start };
            let growth = if carries { growth } else { 0 };
            let mut line = laid(molecule, first, at, growth);
            line.name = format!("f{i}");
            line.flags = match (right, swapped) {
                (false, false) => 0x63,
                (true, false) => 0x93,
                (false, true) => 0xa3,
                (true, true) => 0x53,
            };
            let mate = if right { start } else { start + size - LENGTH };
            line.mate = laid(molecule, mate, at, growth).position;
            misread(&mut line, &mut random);
            set.lines.push(line);
        }
    }
}

/// Lays a read on the reference as an aligner does: an indel near an end becomes a clip.
pub fn laid(molecule: &[u8], first: usize, at: usize, growth: isize) -> SamLine {
    let bases = &molecule[first..first + LENGTH];
    let gained = usize::try_from(growth).unwrap_or(0);
    let lost = usize::try_from(-growth).unwrap_or(0);
    let before = at.saturating_sub(first).min(LENGTH);
    let behind = LENGTH.saturating_sub(before + gained);
    let (cigar, position) = if growth == 0 || before == LENGTH {
        (format!("{LENGTH}M"), first + 1)
    } else if first >= at {
        // Within or behind the change: coordinates are shifted.
        let inside = (at + gained).saturating_sub(first).min(LENGTH);
        let position = first + lost - gained + inside + 1;
        if inside == 0 {
            (format!("{LENGTH}M"), position)
        } else {
            (format!("{inside}S{}M", LENGTH - inside), position)
        }
    } else if behind < 12 {
        (format!("{before}M{}S", LENGTH - before), first + 1)
    } else if before < 12 {
        let clipped = before + gained;
        (format!("{clipped}S{behind}M"), at + lost + 1)
    } else if gained > 0 {
        (format!("{before}M{gained}I{behind}M"), first + 1)
    } else {
        (format!("{before}M{lost}D{behind}M"), first + 1)
    };
    SamLine {
        name: String::new(),
        flags: 0,
        contig: 0,
        position,
        mapping_quality: 60,
        cigar,
        mate: 0,
        bases: String::from_utf8(bases.to_vec()).unwrap(),
        qualities: vec![37; LENGTH],
        tags: String::new(),
    }
}

pub fn misread(line: &mut SamLine, random: &mut Random) {
    for i in 0..LENGTH {
        let (quality, error) = match random.below(20) {
            0 => (11, 0.08),
            1 | 2 => (25, 0.003),
            _ => (37, 0.0002),
        };
        line.qualities[i] = quality;
        if random.fraction() < error {
            let base = ["A", "C", "G", "T"][random.below(4)];
            line.bases.replace_range(i..=i, base);
        }
    }
}

/// Molecules with a stretch twice, and bases of neither copy between, as internal tandem duplications of FLT3 often are; read
/// evenly and clipped where an aligner clips.
pub fn duplicated(
    bench: &mut Bench,
    seed: u64,
    share: f64,
    (start, end): (usize, usize),
    filler: &[u8],
) -> Vec<u8> {
    let original = bench.set.contigs[0].1.clone();
    let molecule = [&original[..end], filler, &original[start..]].concat();
    let gained = end - start + filler.len();
    let mut random = Random::new(seed);
    for i in 0..6000 {
        let carries = random.fraction() < share;
        let first = 400 + random.below(800);
        let size = 100 + random.below(160);
        let laid = |first: usize| -> SamLine {
            let (before, behind) = (
                end.saturating_sub(first),
                (first + LENGTH).saturating_sub(end + filler.len()),
            );
            let (cigar, position) = if !carries || before >= LENGTH {
                (format!("{LENGTH}M"), first + 1)
            } else if behind >= LENGTH {
                (format!("{LENGTH}M"), first - gained + 1)
            } else if before >= behind {
                (format!("{before}M{}S", LENGTH - before), first + 1)
            } else {
                (format!("{}S{behind}M", LENGTH - behind), start + 1)
            };
            let source = if carries { &molecule } else { &original };
            SamLine {
                name: format!("f{i}"),
                flags: 0,
                contig: 0,
                position,
                mapping_quality: 60,
                cigar,
                mate: 0,
                bases: String::from_utf8(source[first..first + LENGTH].to_vec()).unwrap(),
                qualities: vec![37; LENGTH],
                tags: String::new(),
            }
        };
        let (mut left, mut right) = (laid(first), laid(first + size - LENGTH));
        (left.mate, right.mate) = (right.position, left.position);
        (left.flags, right.flags) = (0x63, 0x93);
        for mut line in [left, right] {
            misread(&mut line, &mut random);
            bench.set.lines.push(line);
        }
    }
    molecule
}
