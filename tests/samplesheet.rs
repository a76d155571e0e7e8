//! What a workflow asks of the program: a sheet as batches, the results of batches as one run, and which samples failed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

#[path = "support/person.rs"]
mod person;
#[path = "support/vcf.rs"]
mod vcf;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

fn hemoclone(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hemoclone"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/demo/inputs")
}

/// The demo's inputs in a folder of their own, with one file that is none.
fn data() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("inputs");
    fs::create_dir(&inputs).unwrap();
    for entry in fs::read_dir(demo()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), inputs.join(entry.file_name())).unwrap();
    }
    fs::write(inputs.join("broken.vcf"), "no variants\n").unwrap();
    folder
}

/// As a spreadsheet writes it: semicolons, and names of columns as people write them.
const SHEET: &str = "Sample;VCF;Sex;HB\n\
    A;inputs/demo01.mutect2.vcf;F;13,4\n\
    twin;inputs/demo01.mutect2.vcf;;\n\
    C;inputs/demo02.mutect2.vcf;F;12,1\n\
    bad;inputs/broken.vcf;;\n\
    gone;inputs/gone.vcf;;\n\
    D;inputs/demo03.vardict.vcf;M;9,8\n\
    old;inputs/demo03.vardict.vcf;M;980\n";

fn plan(folder: &Path, more: &[&str]) -> (Value, Output) {
    fs::write(folder.join("s.csv"), SHEET).unwrap();
    let mut arguments = vec!["samplesheet", "check", "--json", "-s", "s.csv"];
    arguments.extend(more);
    let output = hemoclone(folder, &arguments);
    let plan = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stderr)));
    (plan, output)
}

fn samples(plan: &Value) -> Vec<String> {
    let batches = plan["batches"].as_array().unwrap();
    let names = |batch: &Value| {
        let names = batch["samples"].as_array().unwrap().iter();
        names.map(|n| n.as_str().unwrap()).collect::<Vec<_>>().join(" ")
    };
    batches.iter().map(names).collect()
}

fn table(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap();
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines().map(cells).collect()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(path).unwrap())
        })
        .collect()
}

#[test]
fn a_sheet_is_checked_and_parted() {
    let folder = data();
    // The twins are of one file, which is read once; the others have a batch each.
    let (plan, output) = plan(folder.path(), &["--batch-bytes", "0"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(samples(&plan), ["A twin", "C", "bad", "D"]);
    let failed = plan["failed"].as_array().unwrap();
    let reason = |i: usize| failed[i]["reason"].as_str().unwrap();
    assert_eq!((failed.len(), &failed[0]["sample"]), (2, &Value::from("gone")));
    assert!(reason(0).starts_with("line 6, column vcf: \"inputs/gone.vcf\" is no file that is there"));
    assert!(reason(1).contains("line 8, column HB"), "{}", reason(1));
    let text = hemoclone(folder.path(), &["samplesheet", "check", "-s", "s.csv"]);
    let said = String::from_utf8_lossy(&text.stderr).into_owned();
    assert!(
        said.contains("5 samples in 1 batch; 2 samples cannot be analyzed"),
        "{said}"
    );
    assert!(text.stdout.is_empty());
}

/// Every option that names a file is part of the plan, whoever names it: the command line or a profile.
#[test]
fn every_file_of_the_options_is_handed_over() {
    let folder = data();
    let lab = folder.path().join("lab");
    fs::create_dir(&lab).unwrap();
    fs::write(
        lab.join("lab.toml"),
        "targets = \"t.bed\"\nmin-depth = 30\npopulation = [\"p.vcf\"]\n",
    )
    .unwrap();
    for name in ["lab/t.bed", "lab/p.vcf", "lab/p.vcf.tbi", "own.bed"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    let path = |name: &str| {
        folder
            .path()
            .canonicalize()
            .unwrap()
            .join(name)
            .display()
            .to_string()
    };
    let arguments =
        |plan: &Value| -> Vec<String> { serde_json::from_value(plan["arguments"].clone()).unwrap() };
    let (by_path, _) = plan(
        folder.path(),
        &["-c", "lab/lab.toml", "--filter", "dust=off", "--min-vaf", "0.01"],
    );
    assert_eq!(
        arguments(&by_path),
        [
            "--min-vaf=0.01".to_owned(),
            "--filter=dust=off".to_owned(),
            format!("--config={}", path("lab/lab.toml")),
            format!("--targets={}", path("lab/t.bed")),
            format!("--population={}", path("lab/p.vcf")),
        ]
    );
    assert_eq!(by_path["links"], "");
    let (staged, _) = plan(folder.path(), &["-c", "lab/lab.toml", "-L", "own.bed", "--stage"]);
    assert_eq!(
        arguments(&staged),
        [
            "--targets=options/1/own.bed",
            "--config=options/2/lab.toml",
            "--population=options/3/p.vcf"
        ]
    );
    let wanted = ["own.bed", "lab/lab.toml", "lab/p.vcf", "lab/p.vcf.tbi"].map(path);
    assert_eq!(staged["files"], serde_json::json!(wanted));
    let output = hemoclone(
        folder.path(),
        &["samplesheet", "check", "-s", "s.csv", "-L", "no.bed"],
    );
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.code() == Some(3) && said.contains("--targets: ") && said.contains("no.bed"),
        "{said}"
    );
}

/// An engine that has the files elsewhere says which there are; the disk is not asked.
#[test]
fn an_engine_may_look_for_the_files_itself() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("s.csv"),
        "sample,bam\nA,d/a.cram\nB,s3://other/b.bam\n",
    )
    .unwrap();
    fs::write(folder.path().join("lab.toml"), "reference = \"ref.fa\"\n").unwrap();
    let places = [
        "--sheet-folder=s3://bucket/run",
        "--working-folder=/w",
        "--config=lab.toml",
        "--config-folder=s3://bucket/lab",
    ];
    let with = |command: &[&str]| {
        let mut arguments = vec!["samplesheet"];
        arguments.extend(command);
        arguments.extend(["-s", "s.csv"]);
        arguments.extend(places);
        let output = hemoclone(folder.path(), &arguments);
        serde_json::from_slice::<Value>(&output.stdout).unwrap_or_else(|e| panic!("{e}: {output:?}"))
    };
    let asked: Vec<String> = serde_json::from_value(with(&["files"])).unwrap();
    for path in [
        "s3://bucket/run/d/a.cram",
        "/w/d/a.cram",
        "s3://bucket/run/d/a.cram.crai",
        "s3://other/b.bai",
        "s3://bucket/lab/ref.fa.fai",
        "s3://bucket/lab/lab.toml",
    ] {
        assert!(
            asked.iter().any(|p| p == path),
            "{path} is not asked for: {asked:?}"
        );
    }
    let sizes = serde_json::json!({
        "s3://bucket/run/d/a.cram": 900, "s3://bucket/run/d/a.cram.crai": 1, "s3://other/b.bam": 50,
        "s3://bucket/lab/ref.fa": 7, "s3://bucket/lab/ref.fa.fai": 1, "s3://bucket/lab/lab.toml": 20,
    });
    fs::write(folder.path().join("sizes.json"), sizes.to_string()).unwrap();
    let plan = with(&[
        "check",
        "--json",
        "--stage",
        "--sizes=sizes.json",
        "--batch-bytes=900",
    ]);
    assert_eq!(samples(&plan), ["A", "B"]);
    assert_eq!(plan["batches"][0]["sheet"], "sample\tbam\nA\tinputs/1/a.cram\n");
    assert_eq!(plan["batches"][0]["bytes"], 901);
    assert_eq!(
        plan["files"],
        serde_json::json!([
            "s3://bucket/lab/lab.toml",
            "s3://bucket/lab/ref.fa",
            "s3://bucket/lab/ref.fa.fai"
        ])
    );
}

#[test]
fn what_no_task_can_share_is_refused() {
    let folder = data();
    for (arguments, remedy) in [
        (&["x.vcf", "-s", "s.csv"][..], "column vcf or bam"),
        (&["-s", "s.csv", "--clinical", "c.json"], "column clinical"),
        (&["-s", "s.csv", "--normal", "n.vcf"], "column normal"),
        (&["-s", "s.csv", "--batch-bytes", "1.5G"], "500M"),
    ] {
        let mut all = vec!["samplesheet", "check"];
        all.extend(arguments);
        let output = hemoclone(folder.path(), &all);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && said.contains(remedy), "{said}");
    }
}

/// Batches and one run come to the same files, though the twins are in two of them: what compares samples is done again.
#[test]
fn batches_merged_are_one_run() {
    let folder = data();
    let run = |arguments: &[&str]| hemoclone(folder.path(), arguments);
    let twins = SHEET.replace("twin;inputs/demo01.mutect2.vcf", "twin;inputs/twin.vcf");
    let twins = twins.replace("A;inputs/demo01.mutect2.vcf;F;13,4", "A;inputs/one.vcf;F;13,4");
    for (file, name) in [("inputs/one.vcf", "A"), ("inputs/twin.vcf", "twin")] {
        fs::write(folder.path().join(file), person::sample(name, 1).text()).unwrap();
    }
    fs::write(folder.path().join("s.csv"), &twins).unwrap();
    let check = run(&["samplesheet", "check", "--json", "--batch-bytes=0", "-s", "s.csv"]);
    fs::write(folder.path().join("plan.json"), &check.stdout).unwrap();
    let plan: Value = serde_json::from_slice(&check.stdout).unwrap();
    assert_eq!(samples(&plan), ["A", "twin", "C", "bad", "D"]);
    for batch in plan["batches"].as_array().unwrap() {
        let name = batch["name"].as_str().unwrap();
        let (sheet, out) = (format!("{name}.tsv"), format!("parts/{name}"));
        fs::write(folder.path().join(&sheet), batch["sheet"].as_str().unwrap()).unwrap();
        let failed = format!("{out}/failed.tsv");
        let output = run(&["-q", "analyze", "-s", &sheet, "-o", &out, "--failed", &failed]);
        let expected = if batch["samples"][0] == "bad" { 3 } else { 0 };
        assert_eq!(output.status.code(), Some(expected), "{output:?}");
    }
    let formats = "--formats=mqc,maf";
    let merged = run(&[
        "merge",
        "--plan=plan.json",
        "--batches=parts",
        "-o",
        "merged",
        "--reports",
        formats,
    ]);
    assert_eq!(merged.status.code(), Some(3), "{merged:?}");
    let failed = table(&folder.path().join("merged/failed.tsv"));
    let names: Vec<&str> = failed.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, ["sample", "bad", "gone", "old"]);
    assert!(failed[1][2].contains("no VCF or BCF"), "{failed:?}");

    let good: Vec<&str> = twins
        .lines()
        .filter(|l| !["bad;", "gone;", "old;"].iter().any(|n| l.starts_with(n)))
        .collect();
    let good = good.join("\n") + "\n";
    fs::write(folder.path().join("good.csv"), good).unwrap();
    let direct = run(&[
        "-q",
        "analyze",
        "-s",
        "good.csv",
        "-o",
        "direct",
        "--formats=default,mqc,maf",
    ]);
    assert!(direct.status.success(), "{direct:?}");
    let (mut actual, expected) = (
        files(&folder.path().join("merged")),
        files(&folder.path().join("direct")),
    );
    actual.remove("failed.tsv");
    assert_eq!(
        actual.keys().collect::<Vec<_>>(),
        expected.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &expected {
        assert!(actual[name] == *bytes, "{name} differs");
    }
    let summary = table(&folder.path().join("merged/summary.tsv"));
    let column = summary[0].iter().position(|c| c == "same_genotype_as").unwrap();
    assert_eq!(summary[1][column], "twin");
}

#[test]
fn a_merge_tells_what_is_missing_and_what_stands_twice() {
    let folder = data();
    let run = |arguments: &[&str]| hemoclone(folder.path(), arguments);
    let vcf = "inputs/demo01.mutect2.vcf";
    for out in ["one", "two"] {
        assert!(run(&["-q", "analyze", vcf, "-o", out]).status.success());
    }
    let twice = run(&["merge", "one", "two", "-o", "m"]);
    let said = String::from_utf8_lossy(&twice.stderr).into_owned();
    assert!(
        twice.status.code() == Some(3) && said.contains("stands in "),
        "{said}"
    );
    assert!(!folder.path().join("m/summary.tsv").exists());
    let plan = r#"{"batches": [{"name": "b1", "samples": ["lost"]}], "failed": [{"sample": "x", "file": "x.vcf", "reason": "why"}]}"#;
    fs::write(folder.path().join("plan.json"), plan).unwrap();
    let merged = run(&["merge", "one", "--plan", "plan.json", "-o", "m"]);
    assert_eq!(merged.status.code(), Some(3));
    let failed = table(&folder.path().join("m/failed.tsv"));
    assert!(
        failed[1][0] == "lost" && failed[1][2].contains("batch b1"),
        "{failed:?}"
    );
    assert_eq!(failed[2], ["x", "x.vcf", "why"]);
    // A merge that lacks nothing leaves no row of an earlier one.
    assert_eq!(
        run(&["merge", "one", "-o", "m"]).status.code(),
        Some(2),
        "without --force"
    );
    assert!(run(&["merge", "one", "-o", "m", "--force"]).status.success());
    assert_eq!(table(&folder.path().join("m/failed.tsv")).len(), 1);
    fs::write(folder.path().join("one/other.json"), "{}").unwrap();
    let foreign = run(&["merge", "one", "-o", "m", "--force"]);
    let said = String::from_utf8_lossy(&foreign.stderr).into_owned();
    assert!(
        foreign.status.code() == Some(3) && said.contains("other.json: is no result"),
        "{said}"
    );
}

#[test]
fn the_samples_that_fail_are_a_table() {
    let folder = data();
    fs::write(folder.path().join("s.csv"), SHEET).unwrap();
    let output = hemoclone(
        folder.path(),
        &[
            "-q",
            "analyze",
            "-s",
            "s.csv",
            "-o",
            "out",
            "--failed",
            "failed.tsv",
        ],
    );
    assert_eq!(output.status.code(), Some(3));
    let failed = table(&folder.path().join("failed.tsv"));
    let names: Vec<&str> = failed.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, ["sample", "bad", "gone", "old"], "{failed:?}");
    let none = hemoclone(
        folder.path(),
        &[
            "-q",
            "analyze",
            "inputs/demo01.mutect2.vcf",
            "-o",
            "b",
            "--failed",
            "none.tsv",
        ],
    );
    assert!(none.status.success());
    assert_eq!(
        fs::read(folder.path().join("none.tsv")).unwrap(),
        b"sample\tfile\treason\n"
    );
    let input = hemoclone(
        folder.path(),
        &[
            "analyze",
            "inputs/broken.vcf",
            "-o",
            "c",
            "--failed",
            "inputs/broken.vcf",
        ],
    );
    assert_eq!(input.status.code(), Some(2), "an input is not overwritten");
}

/// A row that names a column that its file does not have took the other rows of the file down.
#[test]
fn a_row_without_its_column_fails_alone() {
    let folder = data();
    let sheet = "sample,vcf\ndemo09a-mds,inputs/demo09.bcftools.vcf\nstranger,inputs/demo09.bcftools.vcf\n";
    fs::write(folder.path().join("s.csv"), sheet).unwrap();
    let arguments = [
        "-q",
        "analyze",
        "-s",
        "s.csv",
        "-o",
        "out",
        "--failed",
        "failed.tsv",
    ];
    let output = hemoclone(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(3));
    assert!(folder.path().join("out/demo09a-mds.json").exists());
    let failed = table(&folder.path().join("failed.tsv"));
    assert!(
        failed.len() == 2 && failed[1][0] == "stranger" && failed[1][2].contains("none of its columns"),
        "{failed:?}"
    );
}

#[test]
fn the_version_tells_what_decides_on_results() {
    let folder = tempfile::tempdir().unwrap();
    let line = hemoclone(folder.path(), &["--version"]).stdout;
    assert_eq!(hemoclone(folder.path(), &["version"]).stdout, line);
    let version: Value =
        serde_json::from_slice(&hemoclone(folder.path(), &["version", "--json"]).stdout).unwrap();
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
    let panels = version["panels"].as_array().unwrap();
    assert_eq!(panels.len(), 4);
    for panel in panels {
        let name = panel["name"].as_str().unwrap();
        let shown = hemoclone(folder.path(), &["panel", "show", name, "--format", "json"]).stdout;
        let digest = Sha256::digest(&shown);
        let sum = digest
            .iter()
            .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        assert_eq!(panel["sha256"], sum, "{name}");
    }
    if cfg!(feature = "alignments") {
        let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
        assert!(
            lock.contains("name = \"hts-sys\"\nversion = \"2.2."),
            "look up the htslib of the new hts-sys"
        );
        assert_eq!(version["htslib"], "1.19.1");
    }
}

/// `cohort` and `remote` were not told of.
#[test]
fn the_version_tells_every_feature() {
    let known = [
        ("alignments", cfg!(feature = "alignments")),
        ("cli", cfg!(feature = "cli")),
        ("cohort", cfg!(feature = "cohort")),
        ("libdeflate", cfg!(feature = "libdeflate")),
        ("remote", cfg!(feature = "remote")),
    ];
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let mut declared: Vec<&String> = manifest["features"].as_table().unwrap().keys().collect();
    declared.retain(|name| *name != "default");
    declared.sort();
    assert_eq!(declared, known.map(|(name, _)| name));

    let folder = tempfile::tempdir().unwrap();
    let version: Value =
        serde_json::from_slice(&hemoclone(folder.path(), &["version", "--json"]).stdout).unwrap();
    let expected: Vec<&str> = known
        .iter()
        .filter(|(_, on)| *on)
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(version["features"], serde_json::json!(expected));
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    assert!(hemoclone(folder.path(), &["man", "-o", "man"]).status.success());
    let pages = files(&folder.path().join("man"));
    let page = |name: &str| String::from_utf8(pages[name].clone()).unwrap();
    for name in [
        "hemoclone.1",
        "hemoclone-analyze.1",
        "hemoclone-panel-bed.1",
        "hemoclone-samplesheet-check.1",
    ] {
        assert!(page(name).starts_with(".ie"), "{name}");
    }
    assert!(page("hemoclone-analyze.1").contains("\\-\\-min\\-vaf\\-x\\-linked\\-male"));
    let first = files(&folder.path().join("man"));
    assert!(hemoclone(folder.path(), &["man", "-o", "man"]).status.success());
    assert_eq!(first, files(&folder.path().join("man")));
}
