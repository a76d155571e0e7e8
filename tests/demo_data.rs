//! The demo samples: the script still writes them, and their alleles are those of the genome.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/outside.rs"]
mod outside;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn inputs(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder.join("inputs")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        files.insert(name, fs::read_to_string(&path).unwrap());
    }
    files.insert(
        "samples.csv".to_owned(),
        fs::read_to_string(folder.join("samples.csv")).unwrap(),
    );
    files
}

#[test]
fn script_writes_the_committed_files() {
    let folder = tempfile::tempdir().unwrap();
    let script = root().join("testdata/make_demo.py");
    let Ok(status) = Command::new("python3").arg(&script).arg(folder.path()).status() else {
        outside::skip("python3 is not installed");
        return;
    };
    assert!(status.success());
    assert_eq!(
        inputs(folder.path()),
        inputs(&root().join("testdata/demo")),
        "run testdata/make_demo.py"
    );
}

/// Plus-strand bases of coding sequences by (build, chromosome, position).
fn coding_bases(facts: &Path) -> BTreeMap<(String, String, u32), char> {
    let mut sequences = BTreeMap::new();
    let mut key = String::new();
    for line in fs::read_to_string(facts.join("cds.fa")).unwrap().lines() {
        if let Some(header) = line.strip_prefix('>') {
            header.split_whitespace().next().unwrap().clone_into(&mut key);
        } else {
            sequences
                .entry(key.clone())
                .or_insert_with(String::new)
                .push_str(line);
        }
    }
    let mut bases = BTreeMap::new();
    for line in fs::read_to_string(facts.join("transcripts.tsv")).unwrap().lines() {
        let f: Vec<_> = line.split('\t').collect();
        let Some(sequence) = f.get(5).and_then(|t| sequences.get(&format!("{}|{t}", f[0]))) else {
            continue;
        };
        let numbers = |text: &str| {
            text.split(',')
                .filter_map(|n| n.parse::<u32>().ok())
                .collect::<Vec<_>>()
        };
        let (first, last): (u32, u32) = (f[11].parse().unwrap(), f[12].parse().unwrap());
        let mut positions: Vec<u32> = numbers(f[14])
            .into_iter()
            .zip(numbers(f[15]))
            .flat_map(|(start, end)| start.max(first) + 1..end.min(last) + 1)
            .collect();
        if f[4] == "-" {
            positions.reverse();
        }
        if positions.len() != sequence.len() {
            continue;
        }
        for (position, base) in positions
            .into_iter()
            .zip(sequence.chars())
            .filter(|(_, b)| "ACGT".contains(*b))
        {
            let plus = if f[4] == "-" {
                match base {
                    'A' => 'T',
                    'C' => 'G',
                    'G' => 'C',
                    _ => 'A',
                }
            } else {
                base
            };
            bases.insert((f[2].to_owned(), f[3].to_owned(), position), plus);
        }
    }
    bases
}

/// Adds the genomic segments, named `>GRCh38:21:34792075-34792670 ...`.
fn add_segments(bases: &mut BTreeMap<(String, String, u32), char>, file: &Path) {
    let mut at: Option<(String, String, u32)> = None;
    for line in fs::read_to_string(file).unwrap_or_default().lines() {
        if let Some(header) = line.strip_prefix('>') {
            let name: Vec<_> = header.split([':', '-', ' ']).collect();
            let start = name.get(2).and_then(|start| start.parse().ok());
            at = start.map(|start| (name[0].to_owned(), format!("chr{}", name[1]), start));
        } else if let Some((build, chrom, position)) = &mut at {
            for base in line.chars() {
                if "ACGT".contains(base) {
                    bases
                        .entry((build.clone(), chrom.clone(), *position))
                        .or_insert(base);
                }
                *position += 1;
            }
        }
    }
}

#[test]
fn reference_alleles_are_those_of_the_genome() {
    if outside::shared("facts/cds.fa").is_none() {
        return;
    }
    let facts = root().join("../shared/facts");
    let mut bases = coding_bases(&facts);
    add_segments(&mut bases, &facts.join("sequences/exons_second_search.fa"));
    add_segments(&mut bases, &facts.join("sequences/panel_segments_from_repos.fa"));
    let mut checked = 0;
    for (name, text) in inputs(&root().join("testdata/demo")) {
        let build = if text.contains("length=249250621") {
            "GRCh37"
        } else {
            "GRCh38"
        };
        for line in text
            .lines()
            .filter(|line| name != "samples.csv" && !line.starts_with('#'))
        {
            let f: Vec<_> = line.split('\t').collect();
            let chrom = format!("chr{}", f[0].trim_start_matches("chr"));
            for (position, base) in (f[1].parse::<u32>().unwrap()..).zip(f[3].chars()) {
                let expected = bases.get(&(build.to_owned(), chrom.clone(), position));
                assert_eq!(Some(&base), expected, "{name} {chrom}:{position}");
                checked += 1;
            }
        }
    }
    assert!(checked > 15, "{checked}");
}
