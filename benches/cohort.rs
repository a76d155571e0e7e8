//! `hemoclone cohort` over simulated reports: time by number, peak memory, what it costs to add a batch, and whether order, split and threads
//! make a difference.
//!
//! `cargo bench --bench cohort` takes 2,000, 4,000 and 8,000; `-- 100000 FOLDER` so many, and keeps the reports (FOLDER/reports) and the
//! cohort (FOLDER/cohort); `-- 100000 FOLDER same` makes the cohort again in another order, in three batches, and with one thread and
//! two, and holds every file against that of the first. Memory and processor time are those of `/usr/bin/time -v` (package `time`), where it is
//! there.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its figures and may stop at any fault"
)]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use rayon::prelude::*;

#[path = "../tests/support/simulated.rs"]
mod simulated;

const TIME: &str = "/usr/bin/time";

/// Samples of the batch that is added.
const BATCH: u64 = 1000;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let number: Option<u64> = arguments.first().and_then(|n| n.parse().ok());
    match (number, arguments.get(1)) {
        (Some(number), Some(folder)) => {
            let folder = Path::new(folder);
            measure(number, folder);
            if arguments.get(2).is_some_and(|word| word == "same") {
                compare(number, folder);
            }
        }
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
        let path = folder.join(format!("P{number:06}.json"));
        if !path.exists() {
            fs::write(path, people.json(number)).unwrap();
        }
    });
}

fn measure(number: u64, folder: &Path) {
    let path = |name: &str| folder.join(name).display().to_string();
    write(&folder.join("reports"), 0..number);
    write(&folder.join("batch"), number..number + BATCH);
    let rows = (0..number + BATCH).map(|n| format!("P{n:06}\t{}\n", simulated::batch(n)));
    let table = format!("sample\tbatch\n{}", rows.collect::<String>());
    fs::write(folder.join("batches.tsv"), table).unwrap();
    told(
        folder,
        &format!("{number} reports"),
        &[&path("reports"), "-o", &path("cohort"), "--force"],
    );
    told(
        folder,
        &format!("{BATCH} alone"),
        &[&path("batch"), "-o", &path("alone"), "--force"],
    );
    told(
        folder,
        &format!("{BATCH} added to {number}"),
        &[&path("batch"), "-o", &path("cohort")],
    );
    let page = fs::metadata(folder.join("cohort/cohort.html")).unwrap().len();
    println!("page: {} kB", page / 1024);
}

/// Runs `cohort` and prints time and peak memory.
fn told(folder: &Path, what: &str, arguments: &[&str]) {
    let program = env!("CARGO_BIN_EXE_hemoclone");
    let mut command = if Path::new(TIME).exists() {
        let mut command = Command::new(TIME);
        command.args(["-v", program]);
        command
    } else {
        Command::new(program)
    };
    let start = Instant::now();
    command.arg("cohort").args(arguments);
    let output = command
        .arg("--batches")
        .arg(folder.join("batches.tsv"))
        .output()
        .unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let figure = |name: &str| -> f64 {
        let mut lines = said.lines();
        let value = lines.find_map(|line| line.trim().strip_prefix(name));
        value.and_then(|value| value.parse().ok()).unwrap_or(f64::NAN)
    };
    let processor = figure("User time (seconds): ") + figure("System time (seconds): ");
    let peak = figure("Maximum resident set size (kbytes): ") / 1024.0;
    println!("{what}: {seconds:.1} s, {processor:.1} s of processor time, peak {peak:.0} MB");
}

/// Makes the cohort with its batch again in other ways, and holds its files against those of the first.
fn compare(number: u64, folder: &Path) {
    let all = number + BATCH;
    let path = |name: &str| folder.join(name).display().to_string();
    // Reports are read in the order of their names: under other names they come the other way round.
    let link = |to: &str, name: &dyn Fn(u64) -> Option<u64>| {
        let _ = fs::remove_dir_all(folder.join(to));
        fs::create_dir_all(folder.join(to)).unwrap();
        for report in 0..all {
            let from = if report < number { "reports" } else { "batch" };
            let from = folder.join(from).join(format!("P{report:06}.json"));
            if let Some(name) = name(report) {
                fs::hard_link(from, folder.join(to).join(format!("P{name:06}.json"))).unwrap();
            }
        }
    };
    link("reversed", &|report| Some(all - 1 - report));
    told(
        folder,
        "the other way round",
        &[&path("reversed"), "-o", &path("other_order"), "--force"],
    );
    same(folder, "other_order");
    let _ = fs::remove_dir_all(folder.join("split"));
    for part in [2, 0, 1] {
        let name = format!("part{part}");
        link(&name, &|report| (report % 7 % 3 == part).then_some(report));
        told(
            folder,
            &format!("batch {part} of three"),
            &[&path(&name), "-o", &path("split")],
        );
    }
    same(folder, "split");
    for threads in ["1", "2"] {
        let (name, reports) = (format!("threads{threads}"), [path("reports"), path("batch")]);
        let arguments = [
            &reports[0],
            &reports[1],
            "-o",
            &path(&name),
            "--force",
            "--threads",
            threads,
        ];
        told(folder, &format!("--threads {threads}"), &arguments);
        same(folder, &name);
    }
    let (one, two) = (folder.join("threads1"), folder.join("threads2"));
    let equal = names(&one)
        .iter()
        .all(|name| is_equal(&one.join(name), &two.join(name)));
    println!("every file of --threads 2 is, byte by byte, that of --threads 1: {equal}");
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// Says which files of a cohort are those of the first: byte by byte, or, where rows come batch by batch, row by row in any order.
fn same(folder: &Path, name: &str) {
    let (first, other) = (folder.join("cohort"), folder.join(name));
    assert_eq!(names(&first), names(&other), "{name}");
    let (mut bytes, mut rows, mut differ) = (0, 0, Vec::new());
    for file in names(&first) {
        let (one, two) = (first.join(&file), other.join(&file));
        let grows = ["samples.", "calls.", "genes.", "matrix.", "members."];
        if is_equal(&one, &two) {
            bytes += 1;
        } else if grows.iter().any(|start| file.starts_with(start)) && sum(&one) == sum(&two) {
            rows += 1;
        } else {
            differ.push(file);
        }
    }
    println!("{name}: {bytes} files are the same byte by byte, {rows} row by row; others: {differ:?}");
    // The counts hold alleles and samples in the order in which they came.
    assert!(differ.iter().all(|file| file == "cohort.counts"), "{differ:?}");
}

fn is_equal(one: &Path, two: &Path) -> bool {
    let (mut one, mut two) = (File::open(one).unwrap(), File::open(two).unwrap());
    if one.metadata().unwrap().len() != two.metadata().unwrap().len() {
        return false;
    }
    let (mut a, mut b) = (vec![0; 1 << 20], vec![0; 1 << 20]);
    loop {
        let read = one.read(&mut a).unwrap();
        two.read_exact(&mut b[..read]).unwrap();
        if read == 0 || a[..read] != b[..read] {
            return read == 0;
        }
    }
}

/// Number of rows, and a sum over what each hashes to, which does not depend on their order.
fn sum(path: &Path) -> (u64, u64) {
    let add = |(rows, sum): (u64, u64), row: &str| {
        let mut hasher = DefaultHasher::new();
        row.hash(&mut hasher);
        (rows + 1, sum.wrapping_add(hasher.finish()))
    };
    let file = File::open(path).unwrap();
    if path.extension().is_some_and(|ending| ending == "parquet") {
        let reader = SerializedFileReader::new(file).unwrap();
        let rows = reader.get_row_iter(None).unwrap();
        return rows.fold((0, 0), |all, row| add(all, &row.unwrap().to_string()));
    }
    let lines = BufReader::new(file).lines();
    lines.fold((0, 0), |all, line| add(all, &line.unwrap()))
}
