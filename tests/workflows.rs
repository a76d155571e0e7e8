//! The workflows give what one run of the program gives, byte for byte.
//!
//! The engines are named by `HEMOCLONE_NEXTFLOW` and `HEMOCLONE_SNAKEMAKE` (see scripts/workflow-engines); without them the tests are
//! skipped with a message. `HEMOCLONE_BIN` names another binary than the one under test, for example a release build.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/outside.rs"]
mod outside;
#[cfg(feature = "alignments")]
#[path = "support/reads.rs"]
mod reads;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the engine's command, if there is one.
fn engine(variable: &str) -> Option<OsString> {
    let command = std::env::var_os(variable).filter(|command| !command.is_empty());
    if command.is_none() {
        outside::skip(format_args!("{variable} is not set (scripts/workflow-engines)"));
    }
    command
}

/// Returns a PATH whose first `hemoclone` is the binary under test.
fn search_path(folder: &Path) -> OsString {
    let binary = std::env::var_os("HEMOCLONE_BIN")
        .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_hemoclone")), PathBuf::from);
    let bin = folder.join("bin");
    fs::create_dir_all(&bin).unwrap();
    fs::copy(binary, bin.join("hemoclone")).unwrap();
    let old = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(bin).chain(std::env::split_paths(&old))).unwrap()
}

/// Returns every file of a folder, not of the folders in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            (
                path.file_name().unwrap().to_str().unwrap().to_owned(),
                fs::read(&path).unwrap(),
            )
        })
        .collect()
}

fn run(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Runs the program itself over the demo samples.
fn direct(folder: &Path, path: &OsString) -> BTreeMap<String, Vec<u8>> {
    direct_over(
        folder,
        path,
        "direct",
        &root().join("testdata/demo/samples.csv"),
        None,
    )
}

/// Runs the program itself over a sheet.
fn direct_over(
    folder: &Path,
    path: &OsString,
    out: &str,
    sheet: &Path,
    reference: Option<&Path>,
) -> BTreeMap<String, Vec<u8>> {
    let out = folder.join(out);
    let mut command = Command::new(folder.join("bin/hemoclone"));
    command
        .env("PATH", path)
        .args(["-q", "analyze", "-s"])
        .arg(sheet)
        .arg("-o")
        .arg(&out);
    if let Some(fasta) = reference {
        command.arg("-f").arg(fasta);
    }
    run(&mut command);
    files(&out)
}

fn same(actual: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(
        actual.keys().collect::<Vec<_>>(),
        expected.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in expected {
        assert!(actual[name] == *bytes, "{name} differs");
    }
}

fn nextflow(engine: &OsString, folder: &Path, path: &OsString, arguments: &[&str]) {
    run(Command::new(engine)
        .env("PATH", path)
        .env("NXF_ANSI_LOG", "false")
        .current_dir(folder)
        .arg("run")
        .arg(root().join("workflows/nextflow"))
        .args(arguments));
}

/// Runs the workflow over a sheet; `more` are further entries of its configuration, or options before them.
fn snakemake(
    engine: &OsString,
    folder: &Path,
    path: &OsString,
    sheet: &Path,
    out: &str,
    more: &[&str],
) -> String {
    let workflow = root().join("workflows/snakemake");
    let (options, entries): (Vec<&str>, Vec<&str>) = more.iter().partition(|m| m.starts_with('-'));
    run(Command::new(engine)
        .env("PATH", path)
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .current_dir(folder)
        .arg("-s")
        .arg(workflow.join("workflow/Snakefile"))
        .arg("--configfile")
        .arg(workflow.join("config/config.yaml"))
        .args(["--cores", "2"])
        .args(options)
        .arg("--config")
        .arg(format!("samples={}", sheet.display()))
        .arg(format!("outdir={out}"))
        .args(entries))
}

#[test]
fn nextflow_gives_what_one_run_gives() {
    let Some(engine) = engine("HEMOCLONE_NEXTFLOW") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = search_path(folder.path());
    let expected = direct(folder.path(), &path);
    nextflow(
        &engine,
        folder.path(),
        &path,
        &["-profile", "test", "--outdir", "single"],
    );
    same(&files(&folder.path().join("single")), &expected);
    nextflow(
        &engine,
        folder.path(),
        &path,
        &["-profile", "test", "--outdir", "batch", "--batch_size", "4"],
    );
    same(&files(&folder.path().join("batch")), &expected);
}

#[test]
fn nextflow_stub_names_every_report() {
    let Some(engine) = engine("HEMOCLONE_NEXTFLOW") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = search_path(folder.path());
    nextflow(
        &engine,
        folder.path(),
        &path,
        &["-profile", "test", "-stub-run", "--outdir", "stub"],
    );
    let files = files(&folder.path().join("stub"));
    let sheet = std::fs::read_to_string(root().join("testdata/demo/samples.csv")).unwrap();
    let samples = sheet.lines().count() - 1;
    assert_eq!(
        files.keys().filter(|name| name.contains(".html")).count(),
        samples
    );
    assert_eq!(
        String::from_utf8_lossy(&files["summary.tsv"]).lines().count(),
        samples + 1
    );
}

#[test]
fn snakemake_gives_what_one_run_gives() {
    let Some(engine) = engine("HEMOCLONE_SNAKEMAKE") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = search_path(folder.path());
    let expected = direct(folder.path(), &path);
    let sheet = root().join("testdata/demo/samples.csv");
    snakemake(&engine, folder.path(), &path, &sheet, "out", &[]);
    same(&files(&folder.path().join("out")), &expected);
}

/// Reads in BAM and CRAM with the names that indexes have, and a reference that is bgzipped where bgzip is at hand.
#[cfg(feature = "alignments")]
mod alignments {
    use super::*;
    use crate::reads::{ReadSet, human_chromosome};
    use hemoclone::genome::Build;

    /// R201 of RUNX1 on GRCh38.
    const R201: usize = 34_859_486;
    const INDEXES: [&str; 3] = ["one.bam.bai", "two.bai", "three.cram.crai"];

    struct Sheet {
        path: PathBuf,
        reference: PathBuf,
    }

    fn sheet(folder: &Path) -> Sheet {
        let mut set = ReadSet {
            contigs: vec![("chr21".to_owned(), human_chromosome(Build::Grch38, "21"))],
            lines: Vec::new(),
            header_lines: vec!["@RG\tID:r\tSM:person".to_owned()],
        };
        for i in 0..100 {
            set.add_pair(&format!("p{i}"), 0, R201 - 40 + i % 30, R201 - 30 + i % 30, 50);
        }
        set.substitute(0, R201, b'A', |line| {
            line.name.ends_with('7') || line.name.ends_with('3')
        });
        let data = folder.join("data");
        fs::create_dir_all(&data).unwrap();
        let mut reference = set.write_fasta(&data);
        set.write_bam(&data.join("one.bam"));
        set.write_bam(&data.join("two.bam"));
        fs::rename(data.join("two.bam.bai"), data.join("two.bai")).unwrap();
        set.write_cram(&data.join("three.cram"), &reference);
        let zipped = Command::new("bgzip").arg(&reference).status();
        let indexed = Command::new("samtools")
            .arg("faidx")
            .arg(data.join("reference.fa.gz"))
            .status();
        if zipped.is_ok_and(|s| s.success()) && indexed.is_ok_and(|s| s.success()) {
            reference = data.join("reference.fa.gz");
        } else {
            outside::skip_part("a bgzipped reference: bgzip or samtools is not installed");
        }
        let path = data.join("samples.csv");
        fs::write(&path, "sample,bam\none,one.bam\ntwo,two.bam\nthree,three.cram\n").unwrap();
        Sheet { path, reference }
    }

    fn without_indexes(sheet: &Sheet) {
        for name in INDEXES {
            fs::remove_file(sheet.path.with_file_name(name)).unwrap();
        }
    }

    /// What every task of Nextflow said.
    fn logs(folder: &Path) -> String {
        let mut text = String::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                text += &logs(&path);
            } else if path.ends_with(".command.err") || path.extension().is_some_and(|e| e == "log") {
                text += &String::from_utf8_lossy(&fs::read(&path).unwrap());
            }
        }
        text
    }

    fn used_an_index(text: &str) -> bool {
        !text.contains("no index") && !text.contains("is not used")
    }

    #[test]
    fn nextflow_stages_the_indexes() {
        let Some(engine) = engine("HEMOCLONE_NEXTFLOW") else {
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let path = search_path(folder.path());
        let sheet = sheet(folder.path());
        let over = |out: &str, size: &str| {
            let (input, reference) = (
                sheet.path.display().to_string(),
                sheet.reference.display().to_string(),
            );
            let work = folder.path().join(format!("work-{out}"));
            let arguments = [
                "--input",
                &input,
                "--reference",
                &reference,
                "--outdir",
                out,
                "--batch_size",
                size,
            ];
            let mut all = arguments.to_vec();
            let work_text = work.display().to_string();
            all.extend(["-work-dir", &work_text]);
            nextflow(&engine, folder.path(), &path, &all);
            (files(&folder.path().join(out)), logs(&work))
        };
        // The reports say whether an index was used, so that equal reports show it too.
        let expected = direct_over(
            folder.path(),
            &path,
            "direct",
            &sheet.path,
            Some(&sheet.reference),
        );
        let report: serde_json::Value = serde_json::from_slice(&expected["one.json"]).unwrap();
        assert_eq!(report["inputs"][0]["indexed"], true);
        let (reports, log) = over("single", "1");
        same(&reports, &expected);
        assert!(used_an_index(&log), "{log}");

        without_indexes(&sheet);
        let expected = direct_over(folder.path(), &path, "whole", &sheet.path, Some(&sheet.reference));
        let (reports, log) = over("batch", "3");
        same(&reports, &expected);
        assert!(!used_an_index(&log), "the log hides what costs time: {log}");
    }

    #[test]
    fn snakemake_has_the_indexes_among_its_inputs() {
        let Some(engine) = engine("HEMOCLONE_SNAKEMAKE") else {
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let path = search_path(folder.path());
        let sheet = sheet(folder.path());
        let reference = format!("reference={}", sheet.reference.display());
        let over = |out: &str, more: &[&str]| {
            let mut all = vec![reference.as_str()];
            all.extend(more);
            snakemake(&engine, folder.path(), &path, &sheet.path, out, &all)
        };
        let plan = over("plan", &["--dry-run"]);
        let mut wanted = INDEXES.to_vec();
        wanted.push("reference.fa");
        if sheet.reference.extension().is_some_and(|e| e == "gz") {
            wanted.extend(["reference.fa.gz.fai", "reference.fa.gz.gzi"]);
        }
        for name in wanted {
            assert!(plan.contains(name), "{name} is not among the inputs:\n{plan}");
        }
        let expected = direct_over(
            folder.path(),
            &path,
            "direct",
            &sheet.path,
            Some(&sheet.reference),
        );
        over("out", &[]);
        same(&files(&folder.path().join("out")), &expected);
        let log = logs(&folder.path().join("out/logs"));
        assert!(used_an_index(&log), "{log}");

        without_indexes(&sheet);
        let expected = direct_over(folder.path(), &path, "whole", &sheet.path, Some(&sheet.reference));
        over("without", &[]);
        same(&files(&folder.path().join("without")), &expected);
        let log = logs(&folder.path().join("without/logs"));
        assert!(!used_an_index(&log), "the log hides what costs time: {log}");
    }
}
