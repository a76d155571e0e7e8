//! `count`: every column against a counter written otherwise, and against samtools.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

#[path = "support/outside.rs"]
mod outside;
#[path = "support/reads.rs"]
mod reads;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt as _;
use proptest::prelude::*;

use reads::{ReadSet, SamLine, random_set, write_bed};

fn hemoclone(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("hemoclone").unwrap();
    command.args(arguments).output().unwrap()
}

/// Runs `count` and returns its rows; fails the test where the command does.
fn count(alignments: &Path, fasta: &Path, bed: &Path, more: &[&str]) -> Vec<String> {
    let mut arguments = vec![
        "count",
        alignments.to_str().unwrap(),
        "-f",
        fasta.to_str().unwrap(),
        "-L",
        bed.to_str().unwrap(),
    ];
    arguments.extend(more);
    let output = hemoclone(&arguments);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn standard_input_is_a_file_like_another() {
    let folder = tempfile::tempdir().unwrap();
    let set = random_set(5, 30);
    let fasta = set.write_fasta(folder.path());
    let bam = folder.path().join("a.bam");
    set.write_bam(&bam);
    let bed = folder.path().join("t.bed");
    let first = set.contigs[0].0.clone();
    write_bed(&bed, &[(&first, 0, 200)]);
    let expected = count(&bam, &fasta, &bed, &[]);
    let profile = folder.path().join("lab.toml");
    let text = format!("reference = {fasta:?}\ntargets = \"t.bed\"\n");
    std::fs::write(&profile, text).unwrap();
    let output = Command::cargo_bin("hemoclone")
        .unwrap()
        .args(["count", "-", "--config"])
        .arg(&profile)
        .stdin(std::fs::File::open(&bam).unwrap())
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    let actual: Vec<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    let name = |rows: &[String]| -> Vec<String> {
        rows.iter()
            .map(|r| r.split_once('\t').map_or(r.clone(), |(_, rest)| rest.to_owned()))
            .collect()
    };
    assert_eq!(name(&actual), name(&expected));
}

/// BAM from a pipe was said to be cut off, and a message about standard input named a temporary file.
#[cfg(unix)]
#[test]
fn a_pipe_is_a_file_like_another() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let set = random_set(5, 30);
    let fasta = set.write_fasta(at);
    set.write_bam(&at.join("a.bam"));
    set.write_cram(&at.join("a.cram"), &fasta);
    let first = set.contigs[0].0.clone();
    write_bed(&at.join("t.bed"), &[(&first, 0, 200)]);
    let bytes = std::fs::read(at.join("a.bam")).unwrap();
    std::fs::write(at.join("cut.bam"), &bytes[..bytes.len() - 28]).unwrap();
    let options = format!("-f {} -L t.bed", fasta.file_name().unwrap().to_str().unwrap());
    let program = assert_cmd::cargo::cargo_bin("hemoclone");
    let shell = |line: &str| {
        let mut command = Command::new("bash");
        let ran = command
            .args(["-c", line])
            .arg(&program)
            .current_dir(at)
            .env("TMPDIR", at)
            .output();
        ran.ok().map(|output| {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            (output.status.code(), text(&output.stdout), text(&output.stderr))
        })
    };
    let Some(expected) = shell(&format!("\"$0\" count a.bam {options}")) else {
        outside::skip("no bash");
        return;
    };
    let called = shell(&format!("\"$0\" call a.bam {options}")).unwrap();
    assert_eq!(
        (expected.0, called.0),
        (Some(0), Some(0)),
        "{}{}",
        expected.2,
        called.2
    );
    for file in ["a.bam", "a.cram"] {
        for (command, expected) in [("count", &expected.1), ("call", &called.1)] {
            for line in [
                format!("\"$0\" {command} <(cat {file}) {options}"),
                format!("cat {file} | \"$0\" {command} /dev/stdin {options}"),
                format!("cat {file} | \"$0\" {command} - {options}"),
                format!("rm -f p; mkfifo p; cat {file} >p & \"$0\" {command} p {options}"),
            ] {
                let ran = shell(&line).unwrap();
                assert_eq!(ran.0, Some(0), "{line}: {}", ran.2);
                assert_eq!(&ran.1, expected, "{line}");
                // Of a pipe nobody wants to know that it has no index.
                assert!(
                    !ran.2.contains("index") && !ran.2.contains("/proc/"),
                    "{line}: {}",
                    ran.2
                );
            }
        }
    }
    for (line, words) in [
        ("cat cut.bam | \"$0\" call -", "standard input: is cut off"),
        (
            "cat cut.bam | \"$0\" call /dev/stdin",
            "standard input: is cut off",
        ),
        (
            "rm -f p; mkfifo p; cat cut.bam >p & \"$0\" count p",
            "p: is cut off",
        ),
        ("cat t.bed | \"$0\" call -", "standard input"),
        ("cat a.cram | head -c 3000 | \"$0\" count -", "standard input"),
        ("printf '' | \"$0\" count -", "standard input"),
        ("\"$0\" count /dev/zero", "/dev/zero"),
    ] {
        let ran = shell(&format!("{line} {options}")).unwrap();
        assert_eq!(ran.0, Some(3), "{line}: {}", ran.2);
        assert!(
            ran.2.contains(words) && !ran.2.contains("tmp") && !ran.2.contains("/proc/"),
            "{line}: {}",
            ran.2
        );
    }
    let left: Vec<_> = std::fs::read_dir(at)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().contains("tmp"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

/// A read by reference position (0-based): letter and quality, `-` where deleted; and insertions by the position before.
fn by_column(line: &SamLine) -> (BTreeMap<usize, (u8, u8)>, BTreeMap<usize, u8>) {
    let (mut columns, mut insertions) = (BTreeMap::new(), BTreeMap::new());
    let (mut column, mut offset, mut number) = (line.position - 1, 0, 0);
    for c in line.cigar.bytes() {
        if c.is_ascii_digit() {
            number = number * 10 + usize::from(c - b'0');
            continue;
        }
        match c {
            b'M' | b'=' | b'X' => {
                for _ in 0..number {
                    columns.insert(column, (line.bases.as_bytes()[offset], line.qualities[offset]));
                    column += 1;
                    offset += 1;
                }
            }
            b'I' => {
                let lowest = *line.qualities[offset..offset + number].iter().min().unwrap();
                insertions.insert(column - 1, lowest);
                offset += number;
            }
            b'D' => {
                for _ in 0..number {
                    columns.insert(column, (b'-', line.qualities[offset]));
                    column += 1;
                }
            }
            b'S' => offset += number,
            other => panic!("{other}"),
        }
        number = 0;
    }
    (columns, insertions)
}

/// Bases and deletions of one column by strand, and fragments at odds.
type Naive = BTreeMap<(usize, usize), (BTreeMap<(u8, bool), u32>, u32)>;

/// Counts column by column over whole fragments, the slow way.
fn naive(set: &ReadSet, min_quality: u8) -> Naive {
    let mut fragments: BTreeMap<(&str, usize), Vec<&SamLine>> = BTreeMap::new();
    for line in &set.lines {
        if line.flags & 0xf04 == 0 && line.mapping_quality >= 20 {
            fragments.entry((&line.name, line.contig)).or_default().push(line);
        }
    }
    let mut counts = Naive::new();
    for ((_, contig), lines) in fragments {
        let laid: Vec<_> = lines.iter().map(|l| by_column(l).0).collect();
        let all: std::collections::BTreeSet<usize> = laid.iter().flat_map(|c| c.keys().copied()).collect();
        for column in all {
            let votes: Vec<(u8, &SamLine)> = lines
                .iter()
                .zip(&laid)
                .filter_map(|(line, columns)| {
                    let (base, quality) = columns.get(&column)?;
                    // N says nothing, whatever its quality.
                    (*quality >= min_quality && *base != b'N').then_some((*base, *line))
                })
                .collect();
            let slot = counts.entry((contig, column)).or_default();
            let same = votes.windows(2).all(|v| v[0].0 == v[1].0);
            match votes.as_slice() {
                [] => {}
                _ if !same => slot.1 += 1,
                [(base, line)] => *slot.0.entry((*base, line.flags & 0x10 != 0)).or_default() += 1,
                [(base, a), (_, b), ..] => {
                    let first_read = if a.flags & 0x80 == 0 { a } else { b };
                    let reverse = first_read.flags & 0x10 != 0;
                    *slot.0.entry((*base, reverse)).or_default() += 1;
                }
            }
        }
    }
    counts
}

fn compare_with_naive(set: &ReadSet, rows: &[String], regions: &[(usize, usize, usize)]) {
    let counts = naive(set, 20);
    let mut rows = rows[1..].iter();
    for &(contig, start, end) in regions {
        for column in start..end {
            let row: Vec<&str> = rows.next().unwrap().split('\t').collect();
            let (alleles, odd) = counts.get(&(contig, column)).cloned().unwrap_or_default();
            let number = |base: u8, reverse: bool| alleles.get(&(base, reverse)).copied().unwrap_or(0);
            let mut expected = vec![
                "person".to_owned(),
                set.contigs[contig].0.clone(),
                (column + 1).to_string(),
                char::from(set.contigs[contig].1[column]).to_string(),
                alleles.values().sum::<u32>().to_string(),
            ];
            for base in *b"ACGT" {
                expected.extend([false, true].map(|reverse| number(base, reverse).to_string()));
            }
            assert_eq!(row[..13], expected, "{row:?}");
            let deleted = [false, true].map(|reverse| number(b'-', reverse).to_string());
            assert_eq!(row[15..17], deleted, "{row:?}");
            assert_eq!(row[17], odd.to_string(), "{row:?}");
        }
    }
    assert!(rows.next().is_none());
}

fn check_set(set: &ReadSet, threads: &str) {
    let folder = tempfile::tempdir().unwrap();
    let fasta = set.write_fasta(folder.path());
    let bam = folder.path().join("a.bam");
    set.write_bam(&bam);
    let bed = folder.path().join("a.bed");
    write_bed(&bed, &[("chr1", 100, 900), ("chr1", 905, 906), ("chr2", 0, 5200)]);
    let rows = count(&bam, &fasta, &bed, &["-t", threads]);
    compare_with_naive(set, &rows, &[(0, 100, 900), (0, 905, 906), (1, 0, 5200)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_column_equals_the_slow_count(seed in 0_u64..1_000_000, threads in prop::sample::select(vec!["1", "2", "3"])) {
        check_set(&random_set(seed, 600), threads);
    }
}

#[test]
fn bam_cram_sam_and_a_missing_index_give_the_same_rows() {
    let set = random_set(7, 900);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let fasta = set.write_fasta(folder.path());
    let bed = path("a.bed");
    write_bed(
        &bed,
        &[("chr1", 0, 3000), ("chr2", 1000, 1001), ("chr2", 4000, 5200)],
    );
    set.write_bam(&path("a.bam"));
    let expected = count(&path("a.bam"), &fasta, &bed, &[]);
    assert_eq!(expected.len(), 1 + 3000 + 1 + 1200);
    set.write_bam_without_index(&path("b.bam"));
    set.write_sam(&path("c.sam"));
    set.write_cram(&path("d.cram"), &fasta);
    for name in ["b.bam", "c.sam", "d.cram"] {
        assert_eq!(count(&path(name), &fasta, &bed, &["-t", "2"]), expected, "{name}");
    }
}

/// `samtools calmd -e` writes `=` for a base that is the reference's. Its code is 0, which was taken for a deleted column.
#[test]
fn bases_written_as_the_same_are_bases_and_no_deletions() {
    let plain = random_set(8, 300);
    let mut short = plain.clone();
    let mut written = 0;
    for line in &mut short.lines {
        let columns = by_column(line).0;
        let reference = &plain.contigs[line.contig].1;
        let offsets = offsets(line);
        for (column, (base, _)) in columns {
            if base == reference[column] {
                line.bases.replace_range(offsets[&column]..=offsets[&column], "=");
                written += 1;
            }
        }
    }
    assert!(written > 10_000);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let fasta = plain.write_fasta(folder.path());
    let bed = path("a.bed");
    write_bed(&bed, &[("chr1", 0, 3000), ("chr2", 0, 5200)]);
    plain.write_bam(&path("plain.bam"));
    short.write_bam(&path("short.bam"));
    short.write_bam_without_index(&path("stream.bam"));
    for more in [&[][..], &["--count-reads"], &["--format", "readcount"]] {
        let expected = count(&path("plain.bam"), &fasta, &bed, more);
        for name in ["short.bam", "stream.bam"] {
            assert!(
                count(&path(name), &fasta, &bed, more) == expected,
                "{name} {more:?}"
            );
        }
    }
}

/// Places in the read by reference position, of bases that lie on one.
fn offsets(line: &SamLine) -> BTreeMap<usize, usize> {
    let (mut offsets, mut column, mut offset, mut number) = (BTreeMap::new(), line.position - 1, 0, 0);
    for c in line.cigar.bytes() {
        match c {
            b'0'..=b'9' => {
                number = number * 10 + usize::from(c - b'0');
                continue;
            }
            b'M' => {
                offsets.extend((0..number).map(|i| (column + i, offset + i)));
                column += number;
                offset += number;
            }
            b'D' => column += number,
            b'I' | b'S' => offset += number,
            other => panic!("{other}"),
        }
        number = 0;
    }
    offsets
}

#[test]
fn counts_reads_where_asked_to() {
    let mut set = ReadSet::random(3, &[1000]);
    set.add_pair("p", 0, 101, 121, 50);
    let folder = tempfile::tempdir().unwrap();
    let fasta = set.write_fasta(folder.path());
    let (bam, bed) = (folder.path().join("a.bam"), folder.path().join("a.bed"));
    set.write_bam(&bam);
    write_bed(&bed, &[("chr1", 129, 130)]);
    let depth = |more: &[&str]| {
        count(&bam, &fasta, &bed, more)[1]
            .split('\t')
            .nth(4)
            .unwrap()
            .to_owned()
    };
    assert_eq!(depth(&[]), "1");
    assert_eq!(depth(&["--count-reads"]), "2");
}

#[test]
fn consensus_families_below_the_size_do_not_count() {
    let mut set = ReadSet::random(4, &[1000]);
    for (i, tags) in ["cD:i:1", "cD:i:3", "aD:i:2\tbD:i:0", "aD:i:2\tbD:i:2"]
        .iter()
        .enumerate()
    {
        set.add_pair(&format!("p{i}"), 0, 101, 301, 50);
        let n = set.lines.len();
        set.lines[n - 2].tags = (*tags).to_owned();
        set.lines[n - 1].tags = (*tags).to_owned();
    }
    let folder = tempfile::tempdir().unwrap();
    let fasta = set.write_fasta(folder.path());
    let (bam, bed) = (folder.path().join("a.bam"), folder.path().join("a.bed"));
    set.write_bam(&bam);
    write_bed(&bed, &[("chr1", 119, 120)]);
    let depth = |more: &[&str]| {
        count(&bam, &fasta, &bed, more)[1]
            .split('\t')
            .nth(4)
            .unwrap()
            .to_owned()
    };
    assert_eq!(depth(&[]), "4");
    assert_eq!(depth(&["--min-family-size", "3"]), "2");
    assert_eq!(depth(&["--duplex-only"]), "1");
}

fn testinputs() -> Option<PathBuf> {
    outside::shared("testinputs/bam")
}

/// Counts of `samtools mpileup` by position: A, C, G, T, deletion by strand, and insertions behind the position.
fn mpileup(file: &Path, fasta: &Path, bed: &Path) -> BTreeMap<(String, u32), [u32; 12]> {
    let output = Command::new("samtools")
        .args([
            "mpileup", "-a", "-d", "0", "-A", "-B", "-x", "-q", "20", "-Q", "20", "--ff", "0xF04", "-l",
        ])
        .arg(bed)
        .arg("-f")
        .args([fasta, file])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut counts = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let f: Vec<&str> = line.split('\t').collect();
        let reference = f[2].to_ascii_uppercase().as_bytes()[0];
        // An empty column is written as one `*`.
        let text = if f[3] == "0" { "" } else { f[4] };
        let key = (f[0].to_owned(), f[1].parse().unwrap());
        counts.insert(key, pileup_counts(text.as_bytes(), reference));
    }
    counts
}

fn pileup_counts(text: &[u8], reference: u8) -> [u32; 12] {
    let mut counts = [0; 12];
    let place = |base: u8| b"ACGT".iter().position(|b| *b == base);
    let mut at = 0;
    while at < text.len() {
        let c = text[at];
        at += 1;
        match c {
            b'^' => at += 1,
            b'+' | b'-' => {
                let digits = text[at..].iter().take_while(|b| b.is_ascii_digit()).count();
                let length: usize = std::str::from_utf8(&text[at..at + digits])
                    .unwrap()
                    .parse()
                    .unwrap();
                if c == b'+' {
                    let forward = text[at + digits].is_ascii_uppercase();
                    counts[8 + usize::from(!forward)] += 1;
                }
                at += digits + length;
            }
            b'*' => counts[10] += 1,
            b'#' => counts[11] += 1,
            b'.' | b',' => {
                if let Some(p) = place(reference) {
                    counts[p * 2 + usize::from(c == b',')] += 1;
                }
            }
            _ => {
                if let Some(p) = place(c.to_ascii_uppercase()) {
                    counts[p * 2 + usize::from(c.is_ascii_lowercase())] += 1;
                }
            }
        }
    }
    counts
}

/// Bases by strand and deletions of every position of the real files equal samtools mpileup with the same filters. Deletions are
/// summed over strands, for mpileup writes `*` for both. Insertions are left out: mpileup judges them by the base before.
#[test]
fn real_reads_equal_samtools_mpileup() {
    let (Some(folder), true) = (testinputs(), outside::programs(&["samtools"])) else {
        return;
    };
    let work = tempfile::tempdir().unwrap();
    for (file, fasta) in [
        ("strelka_demo_NA12891.bam", "strelka_demo20_ref.fa"),
        ("strelka_demo_NA12892.bam", "strelka_demo20_ref.fa"),
        ("freebayes_chr22_tiny.bam", "freebayes_chr22_tiny_ref.fa"),
        ("freebayes_chr22_tiny.cram", "freebayes_chr22_tiny_ref.fa"),
    ] {
        let fasta = folder.join(fasta);
        let index = std::fs::read_to_string(fasta.with_extension("fa.fai")).unwrap();
        let fields: Vec<&str> = index.lines().next().unwrap().split('\t').collect();
        let bed = work.path().join("whole.bed");
        write_bed(&bed, &[(fields[0], 0, fields[1].parse().unwrap())]);
        let rows = count(&folder.join(file), &fasta, &bed, &["--count-reads"]);
        let expected = mpileup(&folder.join(file), &fasta, &bed);
        let mut compared = 0;
        for row in &rows[1..] {
            let f: Vec<&str> = row.split('\t').collect();
            let numbers: Vec<u32> = f[5..17].iter().map(|n| n.parse().unwrap()).collect();
            let other = expected.get(&(f[1].to_owned(), f[2].parse().unwrap())).unwrap();
            assert_eq!(numbers[..8], other[..8], "{file} {row}");
            assert_eq!(numbers[10] + numbers[11], other[10] + other[11], "{file} {row}");
            compared += numbers.iter().sum::<u32>();
        }
        assert!(compared > 1000, "{file}: nothing was compared");
    }
}

/// Writes a FASTA of unknown bases.
fn unknown_reference(folder: &Path, contigs: &[(&str, u64)]) -> PathBuf {
    let path = folder.join("unknown.fa");
    let (mut index, mut fasta) = (String::new(), std::fs::File::create(&path).unwrap());
    let mut offset = 0;
    for (name, length) in contigs {
        let head = format!(">{name}\n");
        offset += head.len() as u64;
        writeln!(index, "{name}\t{length}\t{offset}\t{length}\t{}", length + 1).unwrap();
        offset += length + 1;
        let bases = std::io::Read::take(std::io::repeat(b'N'), *length);
        let mut text = std::io::Read::chain(std::io::Read::chain(head.as_bytes(), bases), &b"\n"[..]);
        std::io::copy(&mut text, &mut fasta).unwrap();
    }
    std::fs::write(folder.join("unknown.fa.fai"), index).unwrap();
    path
}

/// Rows of `expected_pileup.tsv`: substitutions of two panels on GRCh37, whose reference is not at hand.
#[test]
fn real_reads_equal_the_listed_counts() {
    let Some(folder) = testinputs() else { return };
    let work = tempfile::tempdir().unwrap();
    let fasta = unknown_reference(work.path(), &[("chr17", 81_195_210), ("chr19", 59_128_983)]);
    let table = std::fs::read_to_string(folder.join("expected_pileup.tsv")).unwrap();
    let mut compared = 0;
    for row in table.lines().skip(1).map(|l| l.split('\t').collect::<Vec<_>>()) {
        if row[3] != "snv" {
            continue;
        }
        let position: usize = row[2].parse().unwrap();
        let bed = work.path().join("site.bed");
        write_bed(&bed, &[(row[1], position - 1, position)]);
        let rows = count(&folder.join(row[0]), &fasta, &bed, &["--count-reads"]);
        let found: Vec<&str> = rows[1].split('\t').collect();
        let place = 5 + 2 * b"ACGT".iter().position(|b| *b == row[5].as_bytes()[0]).unwrap();
        let number = |i: usize| found[i].parse::<u32>().unwrap();
        assert_eq!(
            (number(place) + number(place + 1)).to_string(),
            row[9],
            "{row:?} {found:?}"
        );
        assert_eq!(found[4], row[10], "{row:?} {found:?}");
        compared += 1;
    }
    assert!(compared > 5);
}
