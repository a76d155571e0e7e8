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

/// Whether they are there: the published crate leaves them out.
fn has_workflows() -> bool {
    let is_there = root().join("workflows").exists();
    if !is_there {
        outside::skip("workflows/ is not part of the crate");
    }
    is_there
}

/// Returns the engine's command, if there is one.
fn engine(variable: &str) -> Option<OsString> {
    if !has_workflows() {
        return None;
    }
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
    let (is_success, said) = tried(command);
    assert!(is_success, "{command:?}\n{said}");
    said
}

/// Runs a command that may fail; returns whether it did not, and what it said.
fn tried(command: &mut Command) -> (bool, String) {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    (output.status.success(), said.concat())
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

/// Holds that the reports are the same; the table of those that failed is beside them in any case.
fn same(actual: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) {
    let mut actual = actual.clone();
    assert!(actual.remove("failed.tsv").is_some());
    same_files(&actual, expected);
}

fn same_files(actual: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(
        actual.keys().collect::<Vec<_>>(),
        expected.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in expected {
        assert!(actual[name] == *bytes, "{name} differs");
    }
}

/// Makes the cohort of a folder of reports in a folder within it, as the workflows do; two samples of the demo are of another build, and
/// left out.
fn cohort_of(folder: &Path, reports: &Path) -> BTreeMap<String, Vec<u8>> {
    let out = reports.join("cohort");
    let mut command = Command::new(folder.join("bin/hemoclone"));
    command.args(["-q", "cohort"]).arg(reports).arg("-o").arg(&out);
    let (_, said) = tried(&mut command);
    assert!(said.contains("9 samples added"), "{said}");
    files(&out)
}

/// The same of reports without their pages beside them.
fn cohort_without_pages(folder: &Path, reports: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let alone = folder.join("alone");
    fs::create_dir(&alone).unwrap();
    for (name, bytes) in reports
        .iter()
        .filter(|(name, _)| Path::new(name).extension().is_some_and(|e| e == "json"))
    {
        fs::write(alone.join(name), bytes).unwrap();
    }
    cohort_of(folder, &alone)
}

/// Puts the folder of MultiQC before a search path, where it is at hand (scripts/format-readers).
fn with_multiqc(path: &OsString) -> Option<OsString> {
    let python = PathBuf::from(std::env::var_os("HEMOCLONE_PYTHON")?);
    let folder = python.parent()?.to_owned();
    if !folder.join("multiqc").exists() {
        return None;
    }
    std::env::join_paths(std::env::split_paths(path).chain([folder])).ok()
}

fn nextflow(engine: &OsString, folder: &Path, path: &OsString, arguments: &[&str]) {
    run(&mut nextflow_command(engine, folder, path, arguments));
}

fn nextflow_command(engine: &OsString, folder: &Path, path: &OsString, arguments: &[&str]) -> Command {
    let mut command = Command::new(engine);
    command
        .env("PATH", path)
        .env("NXF_ANSI_LOG", "false")
        .current_dir(folder)
        .arg("run")
        .arg(root().join("workflows/nextflow"))
        .args(arguments);
    command
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
    run(&mut snakemake_command(engine, folder, path, sheet, out, more))
}

/// No configuration file: the folder is that of whoever runs it, and has none.
fn snakemake_command(
    engine: &OsString,
    folder: &Path,
    path: &OsString,
    sheet: &Path,
    out: &str,
    more: &[&str],
) -> Command {
    let workflow = root().join("workflows/snakemake");
    let (options, entries): (Vec<&str>, Vec<&str>) = more.iter().partition(|m| m.starts_with('-'));
    let mut command = Command::new(engine);
    command
        .env("PATH", path)
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .current_dir(folder)
        .arg("-s")
        .arg(workflow.join("workflow/Snakefile"))
        .arg("--workflow-profile")
        .arg(workflow.join("profiles/local"))
        .args(["--cores", "2"])
        .args(options)
        .arg("--config")
        .arg(format!("samples={}", sheet.display()))
        .arg(format!("outdir={out}"))
        .args(entries);
    command
}

/// The demo as a spreadsheet writes it, beside a file that is no VCF and one that is not there.
fn sheet_with_bad_samples(folder: &Path) -> PathBuf {
    let demo = root().join("testdata/demo");
    let sheet = fs::read_to_string(demo.join("samples.csv")).unwrap();
    let inputs = demo.join("inputs").display().to_string();
    let mut lines: Vec<String> = sheet
        .lines()
        .map(|l| l.replace(',', ";").replace("inputs", &inputs))
        .collect();
    // A karyotype holds commas, in quotation marks, and stays as it was.
    lines = lines
        .iter()
        .zip(sheet.lines())
        .map(|(new, old)| {
            if old.contains('"') {
                requoted(old, &inputs)
            } else {
                new.clone()
            }
        })
        .collect();
    lines[0] = lines[0].replacen("sample;vcf", "Sample;VCF", 1);
    let rest = ";".repeat(lines[0].matches(';').count() - 1);
    fs::write(folder.join("broken.vcf"), "no variants\n").unwrap();
    lines.insert(3, format!("broken;broken.vcf{rest}"));
    lines.insert(7, format!("gone;gone.vcf{rest}"));
    let path = folder.join("bad.csv");
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    path
}

/// A line with commas as one with semicolons, those within quotation marks kept.
fn requoted(line: &str, inputs: &str) -> String {
    let parts = line.split('"').enumerate();
    let parts = parts.map(|(i, part)| {
        if i % 2 == 0 {
            part.replace(',', ";")
        } else {
            part.to_owned()
        }
    });
    parts
        .collect::<Vec<_>>()
        .join("\"")
        .replace("inputs/", &format!("{inputs}/"))
}

/// Holds that every good sample is reported as by one run, and each bad one listed.
fn good_and_bad(out: &Path, expected: &BTreeMap<String, Vec<u8>>) {
    let actual = files(out);
    same(&actual, expected);
    let failed = String::from_utf8(actual["failed.tsv"].clone()).unwrap();
    let names: Vec<&str> = failed
        .lines()
        .map(|line| line.split('\t').next().unwrap())
        .collect();
    assert_eq!(names, ["sample", "broken", "gone"], "{failed}");
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
        &["-profile", "test", "--outdir", "batch", "--batch_bytes", "9K"],
    );
    same(&files(&folder.path().join("batch")), &expected);
    let cohort = cohort_without_pages(folder.path(), &expected);
    for out in ["single", "batch"] {
        same_files(&files(&folder.path().join(out).join("cohort")), &cohort);
    }
}

/// A bad sample fails neither its batch nor the others, and the run still ends with an error.
#[test]
fn nextflow_finishes_what_can_be_finished() {
    let Some(engine) = engine("HEMOCLONE_NEXTFLOW") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = search_path(folder.path());
    let expected = direct(folder.path(), &path);
    let sheet = sheet_with_bad_samples(folder.path()).display().to_string();
    let arguments = ["--input", &sheet, "--outdir", "out", "--batch_bytes", "9K"];
    let mut command = nextflow_command(&engine, folder.path(), &path, &arguments);
    let (is_success, said) = tried(&mut command);
    assert!(!is_success, "{said}");
    good_and_bad(&folder.path().join("out"), &expected);
    // Mended, it goes on where it was: the batch without a bad sample is not made again.
    let demo = root().join("testdata/demo/samples.csv").display().to_string();
    let arguments = [
        "--input",
        &demo,
        "--outdir",
        "out",
        "--batch_bytes",
        "9K",
        "-resume",
    ];
    nextflow(&engine, folder.path(), &path, &arguments);
    same(&files(&folder.path().join("out")), &expected);
}

/// Files that a profile names are handed over, and none is missed because a parameter was misspelled.
#[test]
fn nextflow_stages_the_files_of_a_profile() {
    let Some(engine) = engine("HEMOCLONE_NEXTFLOW") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = search_path(folder.path());
    let lab = folder.path().join("lab's");
    fs::create_dir(&lab).unwrap();
    fs::write(
        lab.join("lab.toml"),
        "targets = \"two genes.bed\"\nmin-depth = 30\n",
    )
    .unwrap();
    fs::write(
        lab.join("two genes.bed"),
        "chr2\t25227854\t25342590\nchr4\t105145874\t105279816\n",
    )
    .unwrap();
    let (profile, sheet) = (lab.join("lab.toml"), root().join("testdata/demo/samples.csv"));
    let out = folder.path().join("direct");
    run(Command::new(folder.path().join("bin/hemoclone"))
        .args(["-q", "analyze", "-s"])
        .arg(&sheet)
        .arg("-c")
        .arg(&profile)
        .arg("-o")
        .arg(&out));
    let profile = profile.display().to_string();
    let arguments = ["-profile", "test", "--profile", &profile, "--outdir", "out"];
    nextflow(&engine, folder.path(), &path, &arguments);
    same(&files(&folder.path().join("out")), &files(&out));
    let (is_success, said) = tried(&mut nextflow_command(
        &engine,
        folder.path(),
        &path,
        &["--inptu", "x"],
    ));
    assert!(
        !is_success && said.contains("unknown parameter: --inptu"),
        "{said}"
    );
}

/// Options without a parameter of their own went through `ext.args`, and files that they named were neither staged nor seen when they changed.
#[test]
fn nextflow_stages_the_files_of_other_options() {
    let Some(engine) = engine("HEMOCLONE_NEXTFLOW") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = search_path(folder.path());
    let bed = folder.path().join("two genes.bed");
    let sheet = root().join("testdata/demo/samples.csv");
    let direct = |out: &str, regions: &str| {
        fs::write(&bed, regions).unwrap();
        let out = folder.path().join(out);
        run(Command::new(folder.path().join("bin/hemoclone"))
            .args(["-q", "analyze", "--min-depth=30", "-s"])
            .arg(&sheet)
            .arg("-L")
            .arg(&bed)
            .arg("-o")
            .arg(&out));
        files(&out)
    };
    // Relative to the folder of the launch, as a parameter is.
    let words = serde_json::json!({ "extra": ["--targets=two genes.bed", "--min-depth=30"] });
    fs::write(folder.path().join("words.json"), words.to_string()).unwrap();
    let of_file = [
        "-profile",
        "test",
        "-params-file",
        "words.json",
        "--outdir",
        "of_file",
    ];
    let expected = direct("two", "chr2\t25227854\t25342590\nchr4\t105145874\t105279816\n");
    nextflow(&engine, folder.path(), &path, &of_file);
    same(&files(&folder.path().join("of_file")), &expected);

    // What is in the file is seen: made anew, and not taken from before.
    let expected = direct("one", "chr2\t25227854\t25342590\n");
    let again: Vec<&str> = of_file.iter().copied().chain(["-resume"]).collect();
    nextflow(&engine, folder.path(), &path, &again);
    same(&files(&folder.path().join("of_file")), &expected);

    let gone = ["-profile", "test", "--extra=--min-depth=30 --targets=gone.bed"];
    let (is_success, said) = tried(&mut nextflow_command(&engine, folder.path(), &path, &gone));
    assert!(!is_success && said.contains("gone.bed"), "{said}");
}

#[test]
fn nextflow_stub_tries_the_wiring() {
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
    for name in ["failed.tsv", "hemoclone_mqc.json", "stub.html", "summary.tsv"] {
        assert!(files.contains_key(name), "{name}");
    }
}

/// Each module by itself, as who builds a workflow of their own takes them.
#[test]
fn nextflow_runs_every_module() {
    let Some(engine) = engine("HEMOCLONE_NEXTFLOW") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = search_path(folder.path());
    let mut command = Command::new(&engine);
    command
        .env("PATH", &path)
        .env("NXF_ANSI_LOG", "false")
        .current_dir(folder.path())
        .arg("run")
        .arg(root().join("workflows/nextflow/tests/modules.nf"))
        .args(["--outdir", "out"]);
    run(&mut command);
    let out = folder.path().join("out");
    let written = files(&out);
    for name in [
        "demo10.annotated.vcf.gz",
        "demo10.tsv",
        "demo10.vaf.tsv",
        "demo10.vcf.gz",
        "normals.tsv",
        "patients.scores.csv",
    ] {
        assert!(written.contains_key(name), "{name}");
    }
    every_step_of_the_analysis(&out.join("demo10.comparison"), &out.join("demo.cohort"));
    assert!(out.join("visits.serial").is_dir());
}

/// The sample's variants are found, and its report has a place in a cohort.
fn every_step_of_the_analysis(comparison: &Path, cohort: &Path) {
    let metrics = fs::read_to_string(comparison.join("metrics.tsv")).unwrap();
    // Found and missed of the six variants of the truth.
    assert!(metrics.contains("\nall\t\t\t\t6\t0\t"), "{metrics}");
    for name in ["cohort.json", "calls.parquet", "samples.tsv"] {
        assert!(cohort.join(name).exists(), "{name}");
    }
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
    let cohort = cohort_of(folder.path(), &folder.path().join("direct"));
    let mut made = files(&folder.path().join("out/cohort"));
    made.remove(".snakemake_timestamp");
    same_files(&made, &cohort);
    snakemake(
        &engine,
        folder.path(),
        &path,
        &sheet,
        "out",
        &["--report=report.html"],
    );
    let report = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(report.contains("cohort.html") && report.contains("summary.tsv"));
    let Some(path) = with_multiqc(&path) else {
        outside::skip_part("MultiQC is not at hand (scripts/format-readers)");
        return;
    };
    let more = ["formats=mqc", "multiqc=true", "cohort=false"];
    snakemake(&engine, folder.path(), &path, &sheet, "multiqc", &more);
    let report = fs::read_to_string(folder.path().join("multiqc/multiqc_report.html")).unwrap();
    assert!(report.contains("id=\"hemoclone\"") && report.contains("id=\"hemoclone_genes\""));
    assert!(!folder.path().join("multiqc/cohort").exists());
}

#[test]
fn snakemake_finishes_what_can_be_finished() {
    let Some(engine) = engine("HEMOCLONE_SNAKEMAKE") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = search_path(folder.path());
    let expected = direct(folder.path(), &path);
    let sheet = sheet_with_bad_samples(folder.path());
    let more = ["batch_bytes=9K"];
    let mut command = snakemake_command(&engine, folder.path(), &path, &sheet, "out", &more);
    let (is_success, said) = tried(&mut command);
    assert!(!is_success, "{said}");
    good_and_bad(&folder.path().join("out"), &expected);
    let demo = root().join("testdata/demo/samples.csv");
    snakemake(&engine, folder.path(), &path, &demo, "out", &more);
    same(&files(&folder.path().join("out")), &expected);
}

#[test]
fn snakemake_serves_as_a_module_and_is_without_lint() {
    let Some(engine) = engine("HEMOCLONE_SNAKEMAKE") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = search_path(folder.path());
    let expected = direct(folder.path(), &path);
    let snakefile = root().join("workflows/snakemake/workflow/Snakefile");
    let module = format!(
        "configfile: \"lab.yaml\"\n\nmodule hemoclone:\n    snakefile: {:?}\n    config: config[\"ch\"]\n\nuse rule * from hemoclone as ch_*\n\nrule all:\n    default_target: True\n    input: rules.ch_all.input\n",
        snakefile.display().to_string()
    );
    fs::write(folder.path().join("Snakefile"), module).unwrap();
    let sheet = root().join("testdata/demo/samples.csv").display().to_string();
    fs::write(
        folder.path().join("lab.yaml"),
        format!("ch:\n  samples: {sheet:?}\n  outdir: out\n"),
    )
    .unwrap();
    let command = || {
        let mut command = Command::new(&engine);
        command
            .env("PATH", &path)
            .env("XDG_CACHE_HOME", folder.path().join("cache"));
        command.current_dir(folder.path());
        command
    };
    run(command().args(["--cores", "2"]));
    same(&files(&folder.path().join("out")), &expected);
    let sheet = format!("samples={sheet}");
    let lint = run(command()
        .arg("-s")
        .arg(&snakefile)
        .args(["--lint", "--config", &sheet]));
    assert!(lint.contains("good condition"), "{lint}");
    let (is_success, said) =
        tried(
            command()
                .arg("-s")
                .arg(&snakefile)
                .args(["-n", "--config", &sheet, "sampels=x"]),
        );
    assert!(!is_success && said.contains("sampels"), "{said}");
}

/// Each wrapper over the bundled samples; the demand of `compare` fails the job where it is not met.
#[test]
fn snakemake_runs_every_wrapper() {
    let Some(engine) = engine("HEMOCLONE_SNAKEMAKE") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = search_path(folder.path());
    let wrappers = root().join("workflows/snakemake/wrappers");
    let command = |more: &[&str]| {
        let mut command = Command::new(&engine);
        command
            .env("PATH", &path)
            .env("XDG_CACHE_HOME", folder.path().join("cache"))
            .current_dir(folder.path())
            .arg("-s")
            .arg(wrappers.join("test/Snakefile"))
            .args(["--cores", "2"])
            .args(more);
        command
    };
    run(&mut command(&[]));
    let written = files(folder.path());
    let failed = String::from_utf8_lossy(&written["failed.tsv"]);
    assert!(
        failed.lines().count() == 2 && failed.contains("no/such/file.vcf"),
        "{failed}"
    );
    for name in [
        "called sample.vcf.gz",
        "counts.tsv",
        "vaf.tsv",
        "annotated.vcf.gz",
        "scores.csv",
        "junit.xml",
    ] {
        assert!(written.contains_key(name), "{name}");
    }
    every_step_of_the_analysis(&folder.path().join("comparison"), &folder.path().join("cohort"));
    assert!(folder.path().join("merged/summary.tsv").exists());
    let (is_success, said) = tried(&mut command(&[
        "--force",
        "comparison",
        "--config",
        "require=precision>=1.1",
    ]));
    assert!(!is_success, "{said}");
    // A wrapper for each has its description.
    for entry in fs::read_dir(&wrappers).unwrap() {
        let wrapper = entry.unwrap().path();
        if wrapper.file_name().unwrap() != "test" {
            let files = files(&wrapper);
            let names: Vec<_> = files.keys().map(String::as_str).collect();
            assert_eq!(
                names,
                ["environment.yaml", "meta.yaml", "wrapper.py"],
                "{}",
                wrapper.display()
            );
        }
    }
}

/// Parameters that somebody can set and the schema of the parameters are the same.
#[test]
fn the_schema_of_nextflow_knows_every_parameter() {
    if !has_workflows() {
        return;
    }
    let folder = root().join("workflows/nextflow");
    let schema = fs::read(folder.join("nextflow_schema.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_slice(&schema).unwrap();
    let known: Vec<String> = schema["$defs"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|group| group["properties"].as_object().unwrap().keys().cloned())
        .collect();
    let config = fs::read_to_string(folder.join("nextflow.config")).unwrap();
    let (_, set) = config.split_once("params {").unwrap();
    let (set, _) = set.split_once('}').unwrap();
    let set: Vec<&str> = set
        .lines()
        .filter_map(|line| Some(line.split_once('=')?.0.trim()))
        .collect();
    let sorted = |names: Vec<String>| names.into_iter().collect::<std::collections::BTreeSet<_>>();
    assert_eq!(
        sorted(set.iter().map(|n| (*n).to_owned()).collect()),
        sorted(known)
    );
    let readme = fs::read_to_string(folder.join("README.md")).unwrap();
    for name in set {
        assert!(
            readme.contains(&format!("`--{name}`")),
            "README.md does not tell of --{name}"
        );
    }
}

/// What can be set, and its default, stands in a table: the catalog of workflows shows it.
#[test]
fn the_table_of_settings_of_snakemake_is_the_schema() {
    if !has_workflows() {
        return;
    }
    let folder = root().join("workflows/snakemake");
    let schema = fs::read_to_string(folder.join("workflow/schemas/config.schema.yaml")).unwrap();
    let (_, properties) = schema.split_once("\nproperties:\n").unwrap();
    let mut expected: Vec<(String, String)> = Vec::new();
    for line in properties.lines() {
        if let Some(default) = line.strip_prefix("    default: ") {
            let empty = default == "\"\"" || default == "[]";
            let shown = if empty { "" } else { default.trim_matches('"') };
            expected.last_mut().unwrap().1 = shown.to_owned();
        } else if !line.starts_with("   ") {
            expected.push((line.trim().trim_end_matches(':').to_owned(), String::new()));
        }
    }
    let readme = fs::read_to_string(folder.join("config/README.md")).unwrap();
    let actual: Vec<(String, String)> = readme
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line
                .split('|')
                .map(|cell| cell.trim().trim_matches('`'))
                .collect();
            (cells[1].to_owned(), cells[2].to_owned())
        })
        .collect();
    assert_eq!(actual, expected);
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
                "--batch_samples",
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
