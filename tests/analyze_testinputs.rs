//! Real reads of ../shared/testinputs/bam through `analyze`: a report or an error that helps, and depths that another program counts too.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

#[path = "support/outside.rs"]
mod outside;
#[path = "support/reads.rs"]
mod reads;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use assert_cmd::cargo::CommandCargoExt as _;
use hemoclone::genome::Build;
use tempfile::TempDir;

use reads::{ReadSet, human_chromosome};

fn folder() -> Option<PathBuf> {
    outside::shared("testinputs/bam")
}

/// chr17 of GRCh37 with the coding bases of its panel genes, TP53 among them, in a folder for outputs.
fn grch37_chr17() -> (TempDir, PathBuf) {
    let work = tempfile::tempdir().unwrap();
    let reference = ReadSet {
        contigs: vec![("chr17".to_owned(), human_chromosome(Build::Grch37, "17"))],
        lines: Vec::new(),
        header_lines: Vec::new(),
    };
    let fasta = reference.write_fasta(work.path());
    (work, fasta)
}

fn analyze(input: &[&str], fasta: &Path, out: &Path, more: &[&str]) -> Output {
    Command::cargo_bin("hemoclone")
        .unwrap()
        .args(["analyze", "--force", "-t", "1", "-o"])
        .arg(out)
        .arg("-f")
        .arg(fasta)
        .args(input)
        .args(more)
        .output()
        .unwrap()
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .from_path(path)
        .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    reader.deserialize().map(Result::unwrap).collect()
}

/// Alignments of other genomes, of two people, of another reference: each ends in reports or in an error that names file and remedy.
#[test]
fn every_file_gives_a_report_or_an_error_that_helps() {
    let Some(folder) = folder() else { return };
    let (work, chr17) = grch37_chr17();
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "bam" || e == "cram"))
        .collect();
    files.sort();
    assert!(files.len() >= 6, "{files:?}");
    let references = [
        chr17,
        folder.join("strelka_demo20_ref.fa"),
        folder.join("freebayes_chr22_tiny_ref.fa"),
    ];
    let mut reports = 0;
    for file in &files {
        for (i, fasta) in references.iter().enumerate() {
            for more in [&[][..], &["--build", "grch37"]] {
                let out = work.path().join(format!("out{i}"));
                let output = analyze(&[file.to_str().unwrap()], fasta, &out, more);
                let log = String::from_utf8_lossy(&output.stderr);
                let name = file.file_name().unwrap().to_str().unwrap();
                let what = format!("{name} with {} {more:?}: {log}", fasta.display());
                match output.status.code() {
                    Some(0) => reports += 1,
                    Some(3) => {
                        let wrong = fasta.file_name().unwrap().to_str().unwrap();
                        assert!(log.contains(name) || log.contains(wrong), "{what}");
                        assert!(log.contains("give ") || log.contains("split it"), "{what}");
                    }
                    other => panic!("exit code {other:?}: {what}"),
                }
            }
        }
    }
    assert!(reports > 0, "no file fits a reference");
}

/// Depth of `samtools mpileup` by position, with the filters of `analyze --count-reads`: bases and deletions.
fn samtools_depths(bam: &Path, fasta: &Path) -> Option<BTreeMap<u32, u32>> {
    let output = Command::new("samtools")
        .args([
            "mpileup", "-d", "0", "-A", "-B", "-x", "-q", "20", "-Q", "20", "--ff", "0xF04", "-r", "chr17",
            "-f",
        ])
        .args([fasta, bam])
        .output();
    let Ok(output) = output else {
        outside::skip_part("samtools is not installed");
        return None;
    };
    assert!(output.status.success());
    let depths = String::from_utf8(output.stdout).unwrap();
    let fields = depths.lines().map(|l| l.split('\t').collect::<Vec<_>>());
    Some(
        fields
            .map(|f| (f[1].parse().unwrap(), f[3].parse().unwrap()))
            .collect(),
    )
}

/// Depth of `count` by position.
fn counted_depths(bam: &Path, fasta: &Path, bed: &Path, more: &[&str]) -> BTreeMap<u32, u32> {
    let output = Command::cargo_bin("hemoclone")
        .unwrap()
        .args(["count", "-f"])
        .arg(fasta)
        .arg("-L")
        .arg(bed)
        .arg(bam)
        .args(more)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let table = String::from_utf8(output.stdout).unwrap();
    let fields = table.lines().skip(1).map(|l| l.split('\t').collect::<Vec<_>>());
    fields
        .map(|f| (f[2].parse().unwrap(), f[4].parse().unwrap()))
        .collect()
}

/// Substitution hotspots of TP53 in a table of hotspots, with their depth.
fn tp53_depths(table: &Path) -> BTreeMap<u32, u32> {
    rows(table)
        .iter()
        .filter(|h| {
            h["gene"] == "TP53" && h["ref"].len() == 1 && h["alt"].len() == 1 && !h["depth"].is_empty()
        })
        .map(|h| (h["pos"].parse().unwrap(), h["depth"].parse().unwrap()))
        .collect()
}

/// A genome of about 40×, of which the file holds TP53: its hotspots have the depths that others count, and what the file does
/// not hold is not assessed, never negative.
#[test]
fn hotspots_of_a_real_genome_have_the_depths_that_others_count() {
    let Some(folder) = folder() else { return };
    let (work, fasta) = grch37_chr17();
    let bam = folder.join("tp53_na12878_vardict_hg19.bam");
    let of = |more: &[&str]| {
        let out = work.path().join(format!("out{}", more.len()));
        let output = analyze(&[bam.to_str().unwrap()], &fasta, &out, more);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        (tp53_depths(&out.join("NA12878.hotspots.tsv")), out)
    };
    let bed = work.path().join("chr17.bed");
    std::fs::write(&bed, "chr17\t7570000\t7592000\n").unwrap();
    let (fragments, out) = of(&[]);
    assert!(
        fragments.len() > 5 && fragments.values().any(|d| *d > 20),
        "{fragments:?}"
    );
    let counted = counted_depths(&bam, &fasta, &bed, &[]);
    for (position, depth) in &fragments {
        assert_eq!(
            counted.get(position),
            Some(depth),
            "fragments over chr17:{position}"
        );
    }
    if let Some(expected) = samtools_depths(&bam, &fasta) {
        for (position, depth) in &of(&["--count-reads"]).0 {
            let there = expected.get(position).copied().unwrap_or(0);
            assert_eq!(*depth, there, "reads over chr17:{position}");
        }
    }
    let genes = rows(&out.join("NA12878.genes.tsv"));
    let state = |gene: &str| genes.iter().find(|g| g["gene"] == gene).unwrap()["state"].clone();
    assert_eq!(
        state("SRSF2"),
        "not_assessed",
        "on the chromosome, without a read"
    );
    assert_eq!(
        state("DNMT3A"),
        "not_assessed",
        "on a chromosome that the reference does not have"
    );
    assert!(
        rows(&out.join("NA12878.hotspots.tsv"))
            .iter()
            .filter(|h| h["gene"] != "TP53")
            .all(|h| h["state"] == "not_assessed")
    );
    let page = std::fs::read_to_string(out.join("NA12878.html")).unwrap();
    assert!(page.contains("Not assessed") && page.contains("未評価"));
}

/// Reads of two samples in one file are one sample only where a sheet says so.
#[test]
fn a_file_of_two_samples_is_one_where_the_sheet_says_so() {
    let Some(folder) = folder() else { return };
    let (work, fasta) = grch37_chr17();
    let bam = folder.join("tp53_chr17_chr19_pisces_hg19.bam");
    let sheet = work.path().join("sheet.csv");
    std::fs::write(
        &sheet,
        format!("sample,bam\nmixed,{}\n", bam.canonicalize().unwrap().display()),
    )
    .unwrap();
    let out = work.path().join("out");
    let output = analyze(&[], &fasta, &out, &["-s", sheet.to_str().unwrap()]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let genes = rows(&out.join("mixed.genes.tsv"));
    assert!(
        genes
            .iter()
            .all(|g| g["state"] != "not_detected" || g["gene"] == "TP53"),
        "{genes:#?}"
    );
}
