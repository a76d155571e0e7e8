//! Amplicons: bases of primers count for nothing, whether a file names the primers or the reads show them.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

#[path = "support/bench.rs"]
mod bench;
#[path = "support/reads.rs"]
mod reads;

use std::fs;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt as _;
use bench::{Bench, fraction};
use reads::{Random, SamLine};

const READ: usize = 120;
const AMPLICON: usize = 160;
/// First columns of two amplicons that overlap; their primers have 22 bases.
const STARTS: [usize; 2] = [560, 664];
const PRIMER: usize = 22;
/// A column under the left primer of the second amplicon, and one between the primers that the overlap holds.
const UNDER_PRIMER: usize = 670;
const BETWEEN: usize = 692;
/// A base of that primer that synthesis leaves out in three of a hundred.
const LEFT_OUT: usize = 678;

/// A thousand molecules of each amplicon, three in ten with both substitutions, of which a primer hides one.
fn amplicons(seed: u64) -> Bench {
    let mut bench = Bench::new(seed);
    let mut random = Random::new(seed + 1);
    let original = bench.set.contigs[0].1.clone();
    for (tile, start) in STARTS.into_iter().enumerate() {
        for i in 0..1000 {
            let carries = random.fraction() < 0.3;
            let shortened = tile == 1 && random.fraction() < 0.03;
            let mut bases = original.clone();
            for column in [UNDER_PRIMER, BETWEEN] {
                let inside = column >= start + PRIMER && column < start + AMPLICON - PRIMER;
                if carries && inside {
                    bases[column] = if original[column] == b'A' { b'G' } else { b'A' };
                }
            }
            for (right, first) in [(false, start), (true, start + AMPLICON - READ)] {
                let lost = usize::from(shortened && first <= LEFT_OUT);
                let mut read = bases[first..first + READ + lost].to_vec();
                let mut cigar = format!("{READ}M");
                if lost == 1 {
                    read.remove(LEFT_OUT - first);
                    let before = LEFT_OUT - first;
                    cigar = format!("{before}M1D{}M", READ - before);
                }
                // The first amplicon is read from its left end first, the other from its right end.
                let second = right == (tile == 0);
                let strand = if right { 0x10 } else { 0x20 };
                bench.set.lines.push(SamLine {
                    name: format!("a{tile}.{i}"),
                    flags: 0x3 | strand | if second { 0x80 } else { 0x40 },
                    contig: 0,
                    position: first + 1,
                    mapping_quality: 60,
                    cigar,
                    mate: if right {
                        start + 1
                    } else {
                        start + AMPLICON - READ + 1
                    },
                    bases: String::from_utf8(read).unwrap(),
                    qualities: vec![37; READ],
                    tags: String::new(),
                });
            }
        }
    }
    bench.write();
    fs::write(bench.path("primers.bed"), primers()).unwrap();
    bench
}

fn primers() -> String {
    let of = |start: usize| {
        let (left, right) = (start + PRIMER, start + AMPLICON - PRIMER);
        format!(
            "chr1\t{start}\t{left}\tL\t0\t+\nchr1\t{right}\t{}\tR\t0\t-\n",
            start + AMPLICON
        )
    };
    STARTS.map(of).concat()
}

fn passing(calls: &[Vec<String>]) -> Vec<(String, f64)> {
    let passing = calls.iter().filter(|c| c[6] == "PASS");
    passing
        .map(|c| (format!("{}{}>{}", c[1], c[3], c[4]), fraction(c)))
        .collect()
}

#[test]
fn what_lies_under_the_primer_of_another_amplicon_is_called_at_its_fraction() {
    let bench = amplicons(41);
    let given = bench.path("primers.bed").to_str().unwrap().to_owned();
    for more in [vec!["--primers", given.as_str()], Vec::new()] {
        let calls = bench.call(&more);
        let found = passing(&calls);
        let places: Vec<&str> = found.iter().map(|(name, _)| &name[..3]).collect();
        assert_eq!(places, ["671", "693"], "{more:?}: {found:?}");
        // Three standard deviations of 30 % at 1,000 and 2,000 fragments.
        for ((name, fraction), depth) in found.iter().zip([1000.0, 2000.0_f64]) {
            assert!(
                (fraction - 0.3).abs() < 3.0 * (0.21 / depth).sqrt(),
                "{name}: {fraction}"
            );
        }
    }
}

/// A column that one amplicon reads forward and the other in reverse: what the molecules of one of them lack is a fault of its strand, up to
/// fractions at which a variant under a primer may hide it there. A clone shows in both.
#[test]
fn a_small_allele_that_the_other_amplicon_lacks_is_on_one_strand() {
    let mut bench = amplicons(51);
    let number = |line: &SamLine| line.name[3..].parse::<usize>().unwrap();
    let other = |bench: &Bench, column: usize| match bench.set.contigs[0].1[column] {
        b'A' => b'C',
        _ => b'A',
    };
    let (fault, clone) = (other(&bench, BETWEEN - 3), other(&bench, BETWEEN + 2));
    bench.set.substitute(0, BETWEEN - 2, fault, |line| {
        line.name.starts_with("a1") && line.cigar.len() == 4 && number(line).is_multiple_of(30)
    });
    bench.set.substitute(0, BETWEEN + 3, clone, |line| {
        line.cigar.len() == 4 && number(line) % 30 == 1
    });
    bench.write();
    let calls = bench.call(&[]);
    let filter = |position: usize| {
        let found = calls.iter().find(|c| c[1] == position.to_string());
        found.map(|c| c[6].clone()).unwrap_or_default()
    };
    assert_eq!(filter(BETWEEN - 2), "strand_bias");
    assert_eq!(filter(BETWEEN + 3), "PASS");
    assert_eq!(filter(BETWEEN + 1), "PASS");
}

/// What is found without primers: the fraction is halved by molecules that show their primer there, and the primer's own
/// deletion is called.
#[test]
fn bases_of_primers_count_where_nobody_wants_them_left_out() {
    let found = passing(&amplicons(43).call(&["--primers", "none"]));
    let of = |place: &str| found.iter().find(|(name, _)| name.starts_with(place));
    assert!(of("671").is_none_or(|(_, fraction)| *fraction < 0.2), "{found:?}");
    // The base left out lies in no run: the record is the base before it with it, and that base alone.
    let is_deletion =
        |(name, _): &&(String, f64)| name.split_once('>').is_some_and(|(r, a)| r.len() == a.len() + 4);
    assert!(found.iter().any(|call| is_deletion(&call)), "{found:?}");
}

#[test]
fn the_output_says_what_was_taken_for_primers() {
    let bench = amplicons(45);
    let text = |more: &[&str]| {
        let output = bench.command(more);
        assert!(output.status.success());
        (
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (vcf, log) = text(&[]);
    let told = "the reads begin at 4 places as those of amplicons do: 25 bases there are taken for primers";
    assert!(
        vcf.contains(&format!("##primers={told}")) && log.contains(told),
        "{log}"
    );
    assert!(!text(&["--primers", "none"]).0.contains("##primers"));
    fs::write(bench.path("others.bed"), "chr1\t100\t120\nchr2\t5\t30\n").unwrap();
    let (_, log) = text(&["--primers", bench.path("others.bed").to_str().unwrap()]);
    assert!(
        log.contains("only 0 of 4000 reads begin or end at one of the primers given"),
        "{log}"
    );
}

#[test]
fn a_file_of_primers_must_name_strands_or_none() {
    let bench = amplicons(47);
    fs::write(bench.path("bad.bed"), "chr1\t560\t582\tL\t0\tleft\n").unwrap();
    let output = bench.command(&["--primers", bench.path("bad.bed").to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(
        said.contains("bad.bed, line 1: \"left\" in column 6 is no strand"),
        "{said}"
    );
}

/// `count` clips what a file names and nothing else, column by column as counted by hand.
#[test]
fn count_leaves_the_bases_of_given_primers_out() {
    let bench = amplicons(49);
    let counts = |more: &[&str]| -> Vec<(usize, u32)> {
        let path = |name: &str| bench.path(name).to_str().unwrap().to_owned();
        let (bam, fasta, bed) = (path("a.bam"), path("reference.fa"), path("a.bed"));
        let output = Command::cargo_bin("hemoclone")
            .unwrap()
            .args(["count", &bam, "-f", &fasta, "-L", &bed])
            .args(more)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let table = String::from_utf8(output.stdout).unwrap();
        let row = |line: &str| {
            let fields: Vec<&str> = line.split('\t').collect();
            (fields[2].parse().unwrap(), fields[4].parse().unwrap())
        };
        table.lines().skip(1).map(row).collect()
    };
    let depth = |column: usize, primer: usize| -> u32 {
        let inside = |start: &&usize| column >= **start + primer && column < **start + AMPLICON - primer;
        1000 * u32::try_from(STARTS.iter().filter(inside).count()).unwrap()
    };
    for (position, actual) in counts(&["--primers", bench.path("primers.bed").to_str().unwrap()]) {
        assert_eq!(actual, depth(position - 1, PRIMER), "{position}");
    }
    for (position, actual) in counts(&[]) {
        assert_eq!(actual, depth(position - 1, 0), "{position}");
    }
}
