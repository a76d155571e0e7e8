//! `count --format readcount`: fields by hand, the same bytes whatever the file and the threads, and against bam-readcount itself.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

#[path = "support/outside.rs"]
mod outside;
#[path = "support/reads.rs"]
mod reads;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use assert_cmd::cargo::CommandCargoExt as _;

use reads::{ReadSet, SamLine, random_set, write_bed};

const NONE: &str = ":0:0.00:0.00:0.00:0:0:0.00:0.00:0.00:0:0.00:0.00:0.00";

fn run(alignments: &Path, fasta: &Path, bed: &Path, more: &[&str]) -> Output {
    Command::cargo_bin("hemoclone")
        .unwrap()
        .args(["-q", "count", "--format", "readcount"])
        .arg(alignments)
        .arg("-f")
        .arg(fasta)
        .arg("-L")
        .arg(bed)
        .args(more)
        .output()
        .unwrap()
}

fn readcount(alignments: &Path, fasta: &Path, bed: &Path, more: &[&str]) -> String {
    let output = run(alignments, fasta, bed, more);
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{log}");
    String::from_utf8(output.stdout).unwrap()
}

/// Twenty bases, ACGT five times over, with the given reads.
fn small_set(lines: Vec<SamLine>) -> ReadSet {
    ReadSet {
        contigs: vec![("chr1".to_owned(), b"ACGTACGTACGTACGTACGT".to_vec())],
        lines,
        header_lines: vec!["@RG\tID:r\tSM:person".to_owned()],
    }
}

fn line(flags: u16, position: usize, cigar: &str, bases: &str, qualities: &[u8], tags: &str) -> SamLine {
    SamLine {
        name: format!("read{position}"),
        flags,
        contig: 0,
        position,
        mapping_quality: 60,
        cigar: cigar.to_owned(),
        mate: 0,
        bases: bases.to_owned(),
        qualities: qualities.to_vec(),
        tags: tags.to_owned(),
    }
}

/// Lines of a small set, all of its columns, as BAM.
fn lines_of(set: &ReadSet, more: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let fasta = set.write_fasta(folder.path());
    let (bam, bed) = (folder.path().join("a.bam"), folder.path().join("a.bed"));
    set.write_bam(&bam);
    write_bed(&bed, &[("chr1", 0, 20)]);
    let text = readcount(&bam, &fasta, &bed, more);
    text.lines().map(str::to_owned).collect()
}

/// The line of a position, with the alleles that some read shows.
fn expected(place: &str, alleles: &[&str]) -> String {
    let mut text = place.to_owned();
    for base in ["=", "A", "C", "G", "T", "N"] {
        let known = alleles.iter().find(|a| a.starts_with(&format!("{base}:")));
        match known {
            Some(allele) => write!(text, "\t{allele}").unwrap(),
            None => write!(text, "\t{base}{NONE}").unwrap(),
        }
    }
    for indel in alleles.iter().filter(|a| a.starts_with(['+', '-'])) {
        write!(text, "\t{indel}").unwrap();
    }
    text
}

/// By hand from the definitions in docs/counting.md. Of the reverse read (2S6M, three bases of quality 2 at its start): clipped length 6,
/// the base is the second of it, 1 − |1 − 3| / 3 = 0.33; the run of quality 2 ends at index 2, one base away of eight.
#[test]
fn fields_of_substitutions_are_those_computed_by_hand() {
    let mut qualities = [30; 10];
    qualities[3] = 20;
    let mut reverse = line(
        0x13,
        7,
        "2S6M",
        "TTGTACGT",
        &[2, 2, 2, 40, 40, 40, 40, 40],
        "NM:i:0\tSM:i:29",
    );
    reverse.mapping_quality = 40;
    let set = small_set(vec![
        line(0, 5, "10M", "ACGGACGTAC", &qualities, "NM:i:1"),
        reverse,
    ]);
    let actual = lines_of(&set, &[]);
    assert_eq!(actual.len(), 10, "positions 5 to 14: {actual:?}");
    let wanted = expected(
        "chr1\t8\tT\t2",
        &[
            "G:1:60.00:20.00:60.00:1:0:0.60:0.10:20.00:1:0.50:10.00:0.50",
            "T:1:40.00:40.00:29.00:0:1:0.33:0.00:0.00:1:0.12:6.00:0.12",
        ],
    );
    assert_eq!(actual[3], wanted);
}

/// By hand: the insertion is named at the base before it, the deletion at its first base; both have no base quality.
#[test]
fn fields_of_indels_are_those_computed_by_hand() {
    let set = small_set(vec![line(0, 3, "3M2I2M3D3M", "GTACCCGGTA", &[30; 10], "NM:i:5")]);
    let insertion = "+CC:1:60.00:0.00:60.00:1:0:0.40:0.50:0.00:1:0.60:10.00:0.60";
    let actual = lines_of(&set, &[]);
    assert_eq!(actual.len(), 11);
    let base = "A:1:60.00:30.00:60.00:1:0:0.40:0.50:0.00:1:0.60:10.00:0.60";
    assert_eq!(actual[2], expected("chr1\t5\tA\t1", &[base, insertion]));
    let deletion = "-TAC:1:60.00:0.00:60.00:1:0:0.80:0.50:0.00:1:0.20:10.00:0.20";
    assert_eq!(actual[5], expected("chr1\t8\tT\t1", &[deletion]));
    assert_eq!(actual[6], expected("chr1\t9\tA\t0", &[]));

    let actual = lines_of(&set, &["--insertion-centric"]);
    assert_eq!(actual[2], expected("chr1\t5\tA\t1", &[insertion]));
    assert_eq!(actual[5], expected("chr1\t8\tT\t1", &[deletion]));
}

/// Mismatches at the bases 4 and 5 (qualities 20 and 35) are one event of 35, that at base 8 another of 10; `N` in the read is one too.
#[test]
fn neighboring_mismatches_are_one_event() {
    let mut qualities = [30; 10];
    (qualities[3], qualities[4], qualities[7]) = (20, 35, 10);
    let sum = |bases: &str| {
        let set = small_set(vec![line(0, 5, "10M", bases, &qualities, "")]);
        let lines = lines_of(&set, &[]);
        let first: Vec<&str> = lines[0].split('\t').nth(5).unwrap().split(':').collect();
        assert_eq!(first[..2], ["A", "1"]);
        first[9].to_owned()
    };
    assert_eq!(sum("ACGTACGTAC"), "0.00");
    assert_eq!(sum("ACGGGCGGAC"), "45.00");
    assert_eq!(sum("ACGTNCGTAC"), "35.00");
}

/// Positions of CIGAR `=` and `X` are matches, and a clip behind a hard clip is a clip of that end.
#[test]
fn every_kind_of_match_and_clip_is_understood() {
    let plain = small_set(vec![line(0, 5, "2S8M", "GGACGGACGT", &[30; 10], "NM:i:1")]);
    let other = small_set(vec![line(0, 5, "4H2S3=1X4=", "GGACGGACGT", &[30; 10], "NM:i:1")]);
    assert_eq!(lines_of(&other, &[]), lines_of(&plain, &[]));
    assert_eq!(lines_of(&plain, &[]).len(), 8);
}

/// A position under reads that do not count has a line with nothing; one under no read has none.
#[test]
fn a_position_has_a_line_where_a_mapped_read_lies() {
    let mut duplicate = line(0x400, 3, "4M", "GTAC", &[30; 4], "");
    let set = |line: &SamLine| small_set(vec![line.clone()]);
    let nothing: Vec<String> = ["chr1\t3\tG\t0", "chr1\t4\tT\t0", "chr1\t5\tA\t0", "chr1\t6\tC\t0"]
        .map(|place| expected(place, &[]))
        .to_vec();
    assert_eq!(lines_of(&set(&duplicate), &[]), nothing);
    duplicate.flags = 0;
    assert_ne!(lines_of(&set(&duplicate), &[]), nothing);
    let strict = ["--min-mapping-quality", "61"];
    assert_eq!(lines_of(&set(&duplicate), &strict), nothing);
}

#[test]
fn overlapping_mates_are_two_reads() {
    let mut set = small_set(Vec::new());
    set.add_pair("p", 0, 3, 5, 10);
    let lines = lines_of(&set, &[]);
    assert!(lines[5].starts_with("chr1\t8\tT\t2\t"), "{lines:?}");
}

/// Files and targets for a set of random reads with indels, clips, low qualities and filtered flags.
struct Files {
    folder: tempfile::TempDir,
    fasta: PathBuf,
    whole: PathBuf,
}

impl Files {
    fn new(set: &ReadSet) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fasta = set.write_fasta(folder.path());
        let whole = folder.path().join("whole.bed");
        let regions: Vec<(&str, usize, usize)> = set
            .contigs
            .iter()
            .map(|(name, bases)| (name.as_str(), 0, bases.len()))
            .collect();
        write_bed(&whole, &regions);
        set.write_bam(&folder.path().join("a.bam"));
        Self { folder, fasta, whole }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

#[test]
fn threads_formats_and_pieces_give_the_same_lines() {
    let set = random_set(11, 900);
    let files = Files::new(&set);
    let of = |name: &str, bed: &Path, more: &[&str]| readcount(&files.path(name), &files.fasta, bed, more);
    let expected = of("a.bam", &files.whole, &["-t", "1"]);
    assert!(expected.lines().count() > 7000);
    set.write_bam_without_index(&files.path("b.bam"));
    set.write_sam(&files.path("c.sam"));
    set.write_cram(&files.path("d.cram"), &files.fasta);
    for name in ["a.bam", "b.bam", "c.sam", "d.cram"] {
        assert!(of(name, &files.whole, &["-t", "3"]) == expected, "{name}");
    }
    // Every third position alone: what a read shows does not depend on what is looked at.
    let pieces = files.path("pieces.bed");
    let regions: Vec<(&str, usize, usize)> = (0..900).map(|i| ("chr1", i * 3, i * 3 + 1)).collect();
    write_bed(&pieces, &regions);
    let within: String = expected
        .lines()
        .filter(|l| {
            let mut fields = l.split('\t');
            let (contig, position) = (
                fields.next().unwrap(),
                fields.next().unwrap().parse::<usize>().unwrap(),
            );
            contig == "chr1" && position % 3 == 1 && position <= 2698
        })
        .fold(String::new(), |text, line| text + line + "\n");
    assert!(of("a.bam", &pieces, &[]) == within);
}

/// A read that reaches far out of the chunk still has its mismatches there.
#[test]
fn mismatches_far_from_the_target_count() {
    let mut set = ReadSet::random(5, &[9000]);
    set.add_pair("p", 0, 101, 101, 8000);
    set.lines.truncate(1);
    let wrong = if set.contigs[0].1[8049] == b'A' { "C" } else { "A" };
    set.lines[0].bases.replace_range(7949..7950, wrong);
    let files = Files::new(&set);
    write_bed(&files.path("one.bed"), &[("chr1", 200, 201)]);
    let text = readcount(&files.path("a.bam"), &files.fasta, &files.path("one.bed"), &[]);
    let base = char::from(set.contigs[0].1[200]);
    let shown: Vec<&str> = text
        .split('\t')
        .find(|f| f.starts_with(base) && f.len() > 1)
        .unwrap()
        .split(':')
        .collect();
    assert_eq!((shown[1], shown[9]), ("1", "37.00"), "{text}");
}

/// The table of `count` has its own engine.
#[test]
fn bases_by_strand_equal_those_of_the_table() {
    let files = Files::new(&random_set(12, 900));
    let same = [
        "--min-mapping-quality",
        "20",
        "--min-base-quality",
        "20",
        "--exclude-flags",
        "0xF04",
    ];
    let lines = readcount(&files.path("a.bam"), &files.fasta, &files.whole, &same);
    let output = Command::cargo_bin("hemoclone")
        .unwrap()
        .args(["-q", "count", "--count-reads"])
        .arg(files.path("a.bam"))
        .arg("-f")
        .arg(&files.fasta)
        .arg("-L")
        .arg(&files.whole)
        .output()
        .unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    let mut rows = table.lines().skip(1).map(|l| l.split('\t').collect::<Vec<_>>());
    let mut compared = 0;
    for line in lines.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let row = rows.find(|r| r[1] == fields[0] && r[2] == fields[1]).unwrap();
        for (base, place) in [(5, 5), (6, 7), (7, 9), (8, 11)] {
            let parts: Vec<&str> = fields[base].split(':').collect();
            assert_eq!(parts[5..7], row[place..place + 2], "{line}");
            compared += parts[1].parse::<u32>().unwrap();
        }
    }
    assert!(compared > 50_000, "{compared}");
}

#[test]
fn wrong_use_is_refused() {
    let files = Files::new(&small_set(Vec::new()));
    let bam = files.path("a.bam");
    let two = run(&bam, &files.fasta, &files.whole, &[bam.to_str().unwrap()]);
    assert_eq!(two.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&two.stderr).contains("no column for the sample"));
    let output = Command::cargo_bin("hemoclone")
        .unwrap()
        .args(["count", "--insertion-centric"])
        .arg(&bam)
        .arg("-f")
        .arg(&files.fasta)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("add --format readcount"));
}

/// Output of bam-readcount, whose letters of the reference are in the case of the FASTA.
fn original(bam: &Path, fasta: &Path, bed: &Path, more: &[&str]) -> String {
    let sites: String = std::fs::read_to_string(bed)
        .unwrap()
        .lines()
        .map(|l| l.split('\t').collect::<Vec<_>>())
        .fold(String::new(), |text, f| {
            text + &format!("{}\t{}\t{}\n", f[0], f[1].parse::<u32>().unwrap() + 1, f[2])
        });
    let list = bed.with_extension("sites");
    std::fs::write(&list, sites).unwrap();
    let output = Command::new("bam-readcount")
        .args(["-w", "0", "-f"])
        .arg(fasta)
        .arg("-l")
        .arg(&list)
        .args(more)
        .arg(bam)
        .output()
        .unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let folded = |line: &str| -> String {
        line.split('\t')
            .enumerate()
            .map(|(i, f)| {
                if i == 2 || f.starts_with('-') {
                    f.to_ascii_uppercase()
                } else {
                    f.to_owned()
                }
            })
            .collect::<Vec<_>>()
            .join("\t")
    };
    text.lines()
        .fold(String::new(), |all, line| all + &folded(line) + "\n")
}

fn same_lines(actual: &str, expected: &str, what: &str) {
    for (actual, expected) in actual.lines().zip(expected.lines()) {
        assert_eq!(actual, expected, "{what}");
    }
    assert_eq!(actual.lines().count(), expected.lines().count(), "{what}");
}

const OPTIONS: [(&[&str], &[&str]); 3] = [
    (&[], &[]),
    (&["-i"], &["--insertion-centric"]),
    (
        &["-q", "30", "-b", "20"],
        &["--min-mapping-quality", "30", "--min-base-quality", "20"],
    ),
];

#[test]
fn random_reads_equal_bam_readcount() {
    if !outside::programs(&["bam-readcount"]) {
        return;
    }
    let files = Files::new(&random_set(13, 1500));
    let bam = files.path("a.bam");
    for (theirs, ours) in OPTIONS {
        let expected = original(&bam, &files.fasta, &files.whole, theirs);
        assert!(expected.lines().count() > 7000);
        same_lines(
            &readcount(&bam, &files.fasta, &files.whole, ours),
            &expected,
            &format!("{ours:?}"),
        );
    }
}

#[test]
fn real_reads_equal_bam_readcount() {
    let Some(folder) = outside::shared("testinputs/bam") else {
        return;
    };
    if !outside::programs(&["bam-readcount"]) {
        return;
    }
    let work = tempfile::tempdir().unwrap();
    for (name, fasta) in [
        ("strelka_demo_NA12891.bam", "strelka_demo20_ref.fa"),
        ("strelka_demo_NA12892.bam", "strelka_demo20_ref.fa"),
        ("freebayes_chr22_tiny.bam", "freebayes_chr22_tiny_ref.fa"),
    ] {
        let (bam, fasta) = (folder.join(name), folder.join(fasta));
        let index = std::fs::read_to_string(fasta.with_extension("fa.fai")).unwrap();
        let fields: Vec<&str> = index.lines().next().unwrap().split('\t').collect();
        let bed = work.path().join("whole.bed");
        write_bed(&bed, &[(fields[0], 0, fields[1].parse().unwrap())]);
        for (theirs, ours) in OPTIONS {
            let expected = original(&bam, &fasta, &bed, theirs);
            assert!(expected.lines().count() > 3000, "{name}");
            same_lines(
                &readcount(&bam, &fasta, &bed, ours),
                &expected,
                &format!("{name} {ours:?}"),
            );
        }
    }
}
