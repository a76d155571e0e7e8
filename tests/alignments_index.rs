//! Every number of an index, damaged one at a time: the reads are those of the undamaged index, or it is told; never others in silence.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

#[path = "support/outside.rs"]
mod outside;
#[path = "support/reads.rs"]
mod reads;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use hemoclone::alignments::{
    Access, AlignmentFile, CramDecoder, ReadFilter, Reference, TargetRegion, write_count_rows,
};
use noodles::bgzf;
use rayon::prelude::*;
use rust_htslib::bam;

use reads::ReadSet;

/// Reads in many windows, across the borders of bins of each size, and far from where they begin.
fn data() -> ReadSet {
    let mut set = ReadSet::random(71, &[200_000, 40_000, 500, 36_000]);
    let mut random = reads::Random::new(72);
    for (number, (contig, start, end)) in REGIONS.into_iter().filter(|r| r.0 != 2).enumerate() {
        let (contig, first) = (contig as usize, start as usize - 30);
        let many = (end as usize - first).min(150);
        for i in 0..8 {
            let at = first + random.below(many);
            set.add_pair(&format!("r{number}.{i}"), contig, at, at + random.below(30), 50);
        }
    }
    for (contig, length) in [(0, 200_000), (1, 40_000), (3, 36_000)] {
        for border in (1..=(length - 400) / 16_384).map(|n| n * 16_384) {
            set.add_pair(
                &format!("b{contig}.{border}"),
                contig,
                border - 30,
                border - 10,
                50,
            );
        }
    }
    // A deletion or an intron brings the second half of a read over one window or many.
    for (contig, first, gap, operation) in [
        (0, 16_000, 20_000, 'D'),
        (0, 60_000, 90_000, 'N'),
        (0, 131_000, 400, 'D'),
        (1, 4_000, 30_000, 'N'),
    ] {
        for i in 0..3 {
            set.add_pair(&format!("l{first}.{i}"), contig, first + i, first + 70, 50);
            let line = set.lines.len() - 2;
            let bases = set.reference(contig, first + i, first + i + 24)
                + &set.reference(contig, first + i + 25 + gap, first + i + 49 + gap);
            set.lines[line].bases = bases;
            set.lines[line].cigar = format!("25M{gap}{operation}25M");
        }
    }
    // Many reads at one place, and unmapped ones at that of their mates.
    for i in 0..40 {
        set.add_pair(&format!("same{i}"), 0, 81_900, 81_930, 50);
        if i % 5 == 0 {
            let at = set.lines.len() - 1;
            let line = &mut set.lines[at];
            (line.flags, line.position, line.cigar) = (0x85, 81_900, "*".to_owned());
            line.mapping_quality = 0;
        }
    }
    // Records of 256 bytes each, so that an offset with another bit is often that of a read, too.
    for line in &mut set.lines {
        let operations = line.cigar.chars().filter(char::is_ascii_uppercase).count();
        let others = 36 + 4 * operations + 25 + 50 + "RGZr0".len() + 1;
        line.name += &"x".repeat(256 - others - line.name.len());
    }
    set
}

/// Regions of which some are reached only by reads that begin far before.
const REGIONS: [(u32, u32, u32); 12] = [
    (0, 100, 900),
    (0, 16_384, 16_500),
    (0, 36_020, 36_060),
    (0, 65_530, 65_600),
    (0, 81_920, 81_960),
    (0, 131_072, 131_100),
    (0, 150_020, 150_060),
    (0, 190_000, 199_000),
    (1, 16_000, 16_600),
    (1, 34_000, 34_100),
    (2, 0, 400),
    (3, 32_000, 35_000),
];

struct Bench {
    folder: tempfile::TempDir,
    fasta: PathBuf,
}

impl Bench {
    fn new(set: &ReadSet) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fasta = set.write_fasta(folder.path());
        Self { folder, fasta }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Counts the regions, each by itself, and says whether by the index; `None` for an error.
    fn counted(&self, file: &Path) -> Option<(String, Access)> {
        let file = AlignmentFile::open(file, Some(&self.fasta), CramDecoder::Safe).ok()?;
        self.count(&file)
    }

    fn count(&self, file: &AlignmentFile) -> Option<(String, Access)> {
        let reference = Reference::open(&self.fasta, file).ok()?;
        let mut rows = Vec::new();
        let filter = ReadFilter::default();
        for region in regions() {
            write_count_rows(file, &reference, &[region], &filter, "s", &mut rows).ok()?;
        }
        Some((String::from_utf8(rows).unwrap(), file.access()))
    }

    /// What a damaged index does: it is told, or the reads are these.
    fn outcome(&self, file: &Path, expected: &str) -> Outcome {
        let Ok(file) = AlignmentFile::open(file, Some(&self.fasta), CramDecoder::Safe) else {
            return Outcome::Told;
        };
        // What is read then does not depend on the index, and is the same as without one (`whole_reading_is_the_same`).
        if !regions().iter().all(|region| file.can_use_index(&[*region])) {
            return Outcome::Told;
        }
        match self.count(&file) {
            Some((rows, _)) if rows == expected => Outcome::Same,
            Some((_, Access::Index)) => Outcome::Lost,
            _ => Outcome::Told,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Told,
    Same,
    Lost,
}

fn regions() -> Vec<TargetRegion> {
    let region = |(contig, start, end)| TargetRegion { contig, start, end };
    REGIONS.into_iter().map(region).collect()
}

/// Writes a BAM file of blocks of so many reads, for an offset has two parts.
fn in_small_blocks(set: &ReadSet, path: &Path, reads: usize) {
    set.write_bam_without_index(path);
    let content = unpacked(path);
    let word = |at: usize| u32::from_le_bytes(content[at..at + 4].try_into().unwrap()) as usize;
    let mut at = 8 + word(4);
    let contigs = word(at);
    at += 4;
    for _ in 0..contigs {
        at += 8 + word(at);
    }
    let mut writer = bgzf::io::Writer::new(Vec::new());
    writer.write_all(&content[..at]).unwrap();
    writer.flush().unwrap();
    let mut number = 0;
    while at < content.len() {
        let end = at + 4 + word(at);
        writer.write_all(&content[at..end]).unwrap();
        number += 1;
        if number % reads == 0 {
            writer.flush().unwrap();
        }
        at = end;
    }
    fs::write(path, writer.finish().unwrap()).unwrap();
}

fn unpacked(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut reader = bgzf::io::Reader::new(fs::File::open(path).unwrap());
    reader.read_to_end(&mut bytes).unwrap();
    bytes
}

fn bgzipped(content: &[u8]) -> Vec<u8> {
    let mut writer = bgzf::io::Writer::new(Vec::new());
    writer.write_all(content).unwrap();
    writer.finish().unwrap()
}

/// Flips every bit of an index; returns how many flips were told, and which lost reads without a word.
fn flip_every_bit(
    bench: &Bench,
    data: &str,
    index: &str,
    pack: &(dyn Fn(&[u8]) -> Vec<u8> + Sync),
    content: &[u8],
) -> (usize, Vec<(usize, u32)>) {
    let (expected, access) = bench.counted(&bench.path(data)).unwrap();
    assert_eq!(access, Access::Index);
    let outcomes = (0..content.len()).into_par_iter().flat_map_iter(|at| {
        // A folder of its own: an index is found by its name.
        let folder = tempfile::tempdir_in(bench.folder.path()).unwrap();
        let file = folder.path().join(data);
        fs::hard_link(bench.path(data), &file).unwrap();
        let flipped = |bit: u32| {
            let mut damaged = content.to_vec();
            damaged[at] ^= 1 << bit;
            fs::write(folder.path().join(index), pack(&damaged)).unwrap();
            ((at, bit), bench.outcome(&file, &expected))
        };
        (0..8).map(flipped).collect::<Vec<_>>()
    });
    let outcomes: Vec<_> = outcomes.collect();
    let told = outcomes.iter().filter(|(_, o)| *o == Outcome::Told).count();
    let lost = outcomes.into_iter().filter(|(_, o)| *o == Outcome::Lost);
    (told, lost.map(|(place, _)| place).collect())
}

/// Flips every bit of what an index says, and demands that no read is lost in silence.
fn flip_every_bit_of(
    index: &str,
    kind: bam::index::Type,
    content_of: fn(&Path) -> Vec<u8>,
    pack: &(dyn Fn(&[u8]) -> Vec<u8> + Sync),
) {
    let set = data();
    let bench = Bench::new(&set);
    let bam = bench.path("a.bam");
    in_small_blocks(&set, &bam, 32);
    bam::index::build(&bam, None::<&PathBuf>, kind, 1).unwrap();
    let content = content_of(&bench.path(index));
    let (told, lost) = flip_every_bit(&bench, "a.bam", index, pack, &content);
    assert!(
        lost.is_empty(),
        "{} of {}: {lost:#?}",
        lost.len(),
        8 * content.len()
    );
    assert!(told > content.len(), "{told} of {}", 8 * content.len());
}

#[test]
fn no_flipped_bit_of_a_bai_loses_a_read_in_silence() {
    let content_of = |path: &Path| fs::read(path).unwrap();
    flip_every_bit_of("a.bam.bai", bam::index::Type::Bai, content_of, &<[u8]>::to_vec);
}

#[test]
fn no_flipped_bit_of_a_csi_loses_a_read_in_silence() {
    flip_every_bit_of("a.bam.csi", bam::index::Type::Csi(14), unpacked, &bgzipped);
}

/// Where an index is told to be wrong, the whole file is read.
#[test]
fn whole_reading_is_the_same() {
    let set = data();
    let bench = Bench::new(&set);
    let (bam, bai) = (bench.path("a.bam"), bench.path("a.bam.bai"));
    in_small_blocks(&set, &bam, 32);
    bam::index::build(&bam, None::<&PathBuf>, bam::index::Type::Bai, 1).unwrap();
    let (expected, _) = bench.counted(&bam).unwrap();
    assert!(
        expected
            .lines()
            .filter(|row| row.split('\t').nth(4) != Some("0"))
            .count()
            > 700
    );
    let content = fs::read(&bai).unwrap();
    let mut told = 0;
    // The last window of the last contig is the last number but one: of a part of its bits it shows where reads are wanted.
    let at = content.len() - 16;
    for bit in 0..64 {
        let mut damaged = content.clone();
        damaged[at + bit / 8] ^= 1 << (bit % 8);
        fs::write(&bai, &damaged).unwrap();
        let (rows, access) = bench.counted(&bam).unwrap();
        assert_eq!(rows, expected, "{bit}");
        told +=
            usize::from(matches!(access, Access::WrongIndex(problem) if problem.starts_with("a.bam.bai: ")));
    }
    assert!(told > 40, "{told}");
}

/// What the index of a CRAM file says, and lines of it with each field changed.
fn changed_lines(text: &str) -> Vec<String> {
    let lines: Vec<Vec<i64>> = text
        .lines()
        .map(|line| line.split('\t').map(|n| n.parse().unwrap()).collect())
        .collect();
    let written = |lines: &[Vec<i64>]| {
        let line = |line: &Vec<i64>| line.iter().map(i64::to_string).collect::<Vec<_>>().join("\t") + "\n";
        lines.iter().map(line).collect::<String>()
    };
    let mut all = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        for (field, value) in line.iter().enumerate() {
            let flipped = [1, 2, 3, 5, 8, 12, 16].map(|bit| value ^ (1 << bit));
            let others = [value - 1, value + 1, 2 * value, value / 2, 0, 1, -1, 1_000_000];
            for value in flipped.into_iter().chain(others) {
                let mut changed = lines.clone();
                changed[number][field] = value;
                all.push(written(&changed));
            }
        }
        let mut without = lines.clone();
        without.remove(number);
        all.push(written(&without));
        let mut swapped = lines.clone();
        let other = (number + 1) % lines.len();
        for field in [0, 1, 2] {
            (swapped[number][field], swapped[other][field]) = (lines[other][field], lines[number][field]);
        }
        all.push(written(&swapped));
    }
    all.extend((0..text.len()).step_by(7).map(|length| text[..length].to_owned()));
    all
}

fn text_of_crai(path: &Path) -> String {
    let mut text = String::new();
    let mut reader = flate2::read::MultiGzDecoder::new(fs::File::open(path).unwrap());
    reader.read_to_string(&mut text).unwrap();
    text
}

/// Changes every field of every line of the index of a CRAM file.
fn change_every_field(bench: &Bench, name: &str) {
    let cram = bench.path(name);
    let index = bench.path(&format!("{name}.crai"));
    let text = text_of_crai(&index);
    let (expected, access) = bench.counted(&cram).unwrap();
    assert_eq!(access, Access::Index, "{name}: {text}");
    let (mut told, mut all) = (0, 0);
    for changed in changed_lines(&text) {
        fs::write(&index, &changed).unwrap();
        let outcome = bench.outcome(&cram, &expected);
        assert_ne!(outcome, Outcome::Lost, "{name}\n{text}\n{changed}");
        told += usize::from(outcome == Outcome::Told);
        all += 1;
    }
    assert!(told > all / 2, "{told} of {all}");
    fs::remove_file(&index).unwrap();
    assert_eq!(
        bench.counted(&cram).unwrap(),
        (expected, Access::NoIndex),
        "{name}"
    );
}

#[test]
fn no_field_of_a_crai_loses_a_read_in_silence() {
    let set = data();
    let bench = Bench::new(&set);
    set.write_cram(&bench.path("a.cram"), &bench.fasta);
    change_every_field(&bench, "a.cram");
    // Slices of one contig and of several, and several to a container.
    if !outside::programs(&["samtools"]) {
        return;
    }
    let bam = bench.path("a.bam");
    set.write_bam(&bam);
    for (number, how) in [
        "seqs_per_slice=40",
        "seqs_per_slice=25,slices_per_container=3",
        "seqs_per_slice=60,multi_seq_per_slice=1",
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("{number}.cram");
        let made = std::process::Command::new("samtools")
            .args(["view", "--write-index", "-T"])
            .arg(&bench.fasta)
            .args(["-O", &format!("cram,{how}"), "-o"])
            .args([&bench.path(&name), &bam])
            .output()
            .unwrap();
        assert!(
            made.status.success(),
            "{how}: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        change_every_field(&bench, &name);
    }
}
