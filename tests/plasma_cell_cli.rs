//! `hemoclone score plasma-cell`: files, exit codes, messages.

#![allow(clippy::expect_used, clippy::unwrap_used)] // Helpers of tests, outside the functions that clippy exempts.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;

fn score(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("hemoclone").unwrap();
    command.current_dir(folder).args(["score", "plasma-cell"]);
    command
}

const TABLE: &str = "sample\tplasma_cells\thb_g_dl\nA\t60\t\nB\t12\t120\nC\t12\t14\n";

#[test]
fn a_bad_row_is_named_and_the_others_are_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("t.tsv"), TABLE).unwrap();
    score(folder.path())
        .args(["t.tsv", "-o", "o.tsv"])
        .assert()
        .code(3)
        .stderr(predicate::str::contains("t.tsv, line 3, column hb_g_dl: \"120\""));
    let text = fs::read_to_string(folder.path().join("o.tsv")).unwrap();
    let samples: Vec<&str> = text.lines().map(|l| l.split('\t').next().unwrap()).collect();
    assert_eq!(samples, ["sample", "A", "C"]);
    // An output is never overwritten without being asked.
    score(folder.path())
        .args(["t.tsv", "-o", "o.tsv"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("--force"));
    score(folder.path())
        .args(["t.tsv", "-o", "o.tsv", "--force"])
        .assert()
        .code(3);
}

#[test]
fn json_in_and_out_and_the_same_bytes_twice() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("t.json"),
        r#"[{"sample": "A", "plasma_cells": 12, "calcium_mg_dl": 10.5, "albumin_g_dl": 3.0}]"#,
    )
    .unwrap();
    for out in ["a.json", "b.json"] {
        score(folder.path())
            .args(["t.json", "-o", out])
            .assert()
            .success();
    }
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("a.json"), read("b.json"));
    let stage = |text: &str| {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        value[0]["stage"].as_str().unwrap().to_owned()
    };
    assert_eq!(stage(&read("a.json")), "smm");
    score(folder.path())
        .args(["t.json", "-o", "c.json", "--correct-calcium"])
        .assert()
        .success();
    assert_eq!(stage(&read("c.json")), "mm");
}

#[test]
fn standard_input_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    score(folder.path())
        .args(["-", "-o", "-"])
        .write_stdin("sample,plasma_cells,mood\nA,60,good\n")
        .assert()
        .success()
        .stdout(predicate::str::contains("A\t\t1\tmm\tMultiple myeloma (MM)"))
        .stderr(predicate::str::contains("columns that were not read: mood"));
    score(folder.path())
        .args(["none.tsv", "-o", "-"])
        .assert()
        .code(3)
        .stderr(predicate::str::contains("cannot read none.tsv"));
}
