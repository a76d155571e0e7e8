//! The workflows give what one run of the program gives, byte for byte.
//!
//! The engines are named by `HEMOCLONE_NEXTFLOW` and `HEMOCLONE_SNAKEMAKE` (see scripts/workflow-engines); without them the tests are
//! skipped with a message. `HEMOCLONE_BIN` names another binary than the one under test, for example a release build.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says why it skips"
)]

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
        println!("skipped: {variable} is not set");
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

fn run(command: &mut Command) {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Runs the program itself over the demo samples.
fn direct(folder: &Path, path: &OsString) -> BTreeMap<String, Vec<u8>> {
    let out = folder.join("direct");
    run(Command::new(folder.join("bin/hemoclone"))
        .env("PATH", path)
        .args(["-q", "analyze", "-s"])
        .arg(root().join("testdata/demo/samples.csv"))
        .arg("-o")
        .arg(&out));
    let mut files = files(&out);
    // Of one task each; a workflow leaves its making to MultiQC's own run.
    files.remove("hemoclone_mqc.json");
    files
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
    let workflow = root().join("workflows/snakemake");
    let sheet = root().join("testdata/demo/samples.csv");
    run(Command::new(&engine)
        .env("PATH", &path)
        .env("XDG_CACHE_HOME", folder.path().join("cache"))
        .current_dir(folder.path())
        .arg("-s")
        .arg(workflow.join("workflow/Snakefile"))
        .arg("--configfile")
        .arg(workflow.join("config/config.yaml"))
        .args(["--cores", "2", "--quiet", "all", "--config"])
        .arg(format!("samples={}", sheet.display()))
        .arg("outdir=out"));
    same(&files(&folder.path().join("out")), &expected);
}
