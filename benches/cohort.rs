//! `hemoclone cohort` over simulated reports: time by number, peak memory, and what it costs to add a batch.
//!
//! `cargo bench --bench cohort` takes 2,000, 4,000 and 8,000; `-- 100000 FOLDER` so many, and keeps the reports (FOLDER/reports) and the
//! cohort (FOLDER/cohort). Peak memory is that of `/usr/bin/time -v` (package `time`), where it is there.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its figures and may stop at any fault"
)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use rayon::prelude::*;

#[path = "../tests/support/simulated.rs"]
mod simulated;

const TIME: &str = "/usr/bin/time";

/// Samples of the batch that is added.
const BATCH: u64 = 1000;

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"));
    let number: Option<u64> = arguments.next().and_then(|n| n.parse().ok());
    match (number, arguments.next()) {
        (Some(number), Some(folder)) => measure(number, Path::new(&folder)),
        _ => {
            for number in [2000, 4000, 8000] {
                let folder = tempfile::tempdir().unwrap();
                measure(number, folder.path());
            }
        }
    }
}

fn write(folder: &Path, numbers: std::ops::Range<u64>) {
    fs::create_dir_all(folder).unwrap();
    let people = simulated::People::default();
    numbers.into_par_iter().for_each(|number| {
        fs::write(folder.join(format!("P{number:06}.json")), people.json(number)).unwrap();
    });
}

fn measure(number: u64, folder: &Path) {
    let (reports, batch, cohort, alone) = (
        folder.join("reports"),
        folder.join("batch"),
        folder.join("cohort"),
        folder.join("alone"),
    );
    write(&reports, 0..number);
    write(&batch, number..number + BATCH);
    let table = folder.join("batches.tsv");
    let rows = (0..number + BATCH).map(|n| format!("P{n:06}\t{}\n", simulated::batch(n)));
    fs::write(&table, format!("sample\tbatch\n{}", rows.collect::<String>())).unwrap();
    let table = ["--batches", table.to_str().unwrap()];
    told(
        &format!("{number} reports"),
        &[
            reports.to_str().unwrap(),
            "-o",
            cohort.to_str().unwrap(),
            "--force",
        ],
        &table,
    );
    told(
        &format!("{BATCH} alone"),
        &[batch.to_str().unwrap(), "-o", alone.to_str().unwrap(), "--force"],
        &table,
    );
    told(
        &format!("{BATCH} added to {number}"),
        &[batch.to_str().unwrap(), "-o", cohort.to_str().unwrap()],
        &table,
    );
    println!(
        "page: {} kB",
        fs::metadata(cohort.join("cohort.html")).unwrap().len() / 1024
    );
}

/// Runs `cohort` and prints time and peak memory.
fn told(what: &str, arguments: &[&str], more: &[&str]) {
    let program = env!("CARGO_BIN_EXE_hemoclone");
    let mut command = if Path::new(TIME).exists() {
        let mut command = Command::new(TIME);
        command.args(["-v", program]);
        command
    } else {
        Command::new(program)
    };
    let start = Instant::now();
    let output = command.arg("cohort").args(arguments).args(more).output().unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let peak = said
        .lines()
        .find_map(|line| line.trim().strip_prefix("Maximum resident set size (kbytes): "));
    let peak = peak.map_or_else(
        || "unknown".to_owned(),
        |kb| format!("{} MB", kb.parse::<u64>().unwrap_or_default() / 1024),
    );
    println!("{what}: {seconds:.1} s, peak {peak}");
}
