//! Whole-file reading against `bcftools view` of the same file to nowhere, in alternation, and the peak memory.
//!
//! `HEMOCLONE_BENCH_VCF=big.vcf.gz HEMOCLONE_BENCH_BED=panel.bed cargo bench --bench vcf`; without them it says so and ends.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its figures and may stop at any fault"
)]

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hemoclone::genome::Regions;
use hemoclone::genome::{Build, Chromosome};
use hemoclone::variants::{Input, ScanOptions, scan, write_vaf_rows};

const ROUNDS: usize = 5;

fn regions(bed: &str) -> Regions {
    Regions::new(std::fs::read_to_string(bed).unwrap().lines().filter_map(|line| {
        let mut columns = line.split('\t');
        let chromosome = Chromosome::parse(columns.next()?)?;
        let (start, end): (u32, u32) = (columns.next()?.parse().ok()?, columns.next()?.parse().ok()?);
        Some((chromosome, start + 1..=end))
    }))
}

fn best(mut work: impl FnMut()) -> Duration {
    (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .min()
        .unwrap()
}

/// Peak resident memory of this process in kB, where the system says it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:"))?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}

fn main() {
    let (Ok(vcf), Ok(bed)) = (
        std::env::var("HEMOCLONE_BENCH_VCF"),
        std::env::var("HEMOCLONE_BENCH_BED"),
    ) else {
        println!("set HEMOCLONE_BENCH_VCF and HEMOCLONE_BENCH_BED");
        return;
    };
    let regions = regions(&bed);
    // A copy without its index, so that the whole file is read.
    let folder = tempfile::tempdir().unwrap();
    let whole: PathBuf = folder.path().join("whole");
    std::fs::copy(&vcf, &whole).unwrap();
    let options = ScanOptions {
        build: Some(Build::Grch38),
        ..ScanOptions::default()
    };
    let run = |path: &PathBuf| {
        let result = scan(&Input::from_argument(path), &|_| regions.clone(), &options).unwrap();
        assert!(!result.samples.is_empty());
    };
    let view = best(|| {
        let mut command = Command::new("bcftools");
        command
            .args(["view", "-o", "/dev/null"])
            .arg(&whole)
            .stderr(Stdio::null());
        assert!(command.status().unwrap().success());
    });
    let whole_scan = best(|| run(&whole));
    let memory = peak_memory();
    let indexed = best(|| run(&PathBuf::from(&vcf)));
    let vaf = best(|| {
        write_vaf_rows(&Input::from_argument(&whole), 1, &mut std::io::sink()).unwrap();
    });
    let ratio = |d: Duration| d.as_secs_f64() / view.as_secs_f64();
    println!("bcftools view        {:8.3} s  1.000", view.as_secs_f64());
    println!(
        "scan, whole file     {:8.3} s  {:.3}",
        whole_scan.as_secs_f64(),
        ratio(whole_scan)
    );
    println!(
        "scan, indexed        {:8.3} s  {:.3}",
        indexed.as_secs_f64(),
        ratio(indexed)
    );
    println!(
        "vaf, every allele    {:8.3} s  {:.3}",
        vaf.as_secs_f64(),
        ratio(vaf)
    );
    if let Some(kb) = memory {
        println!("peak memory of the scan: {} MB", kb / 1024);
    }
}
