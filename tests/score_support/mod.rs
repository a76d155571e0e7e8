//! Runs `hemoclone score` and reads what it writes.
#![allow(dead_code)] // Each test file uses a part of it.
#![allow(clippy::unwrap_used, clippy::expect_used)] // Test code.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// Scores a table; returns the CSV written, or what was said on standard error.
pub fn score(model: &str, table: &Path, options: &[&str]) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.csv");
    let output = Command::cargo_bin("hemoclone")
        .unwrap()
        .args(["score", model])
        .arg(table)
        .arg("-o")
        .arg(&out)
        .args(options)
        .output()
        .unwrap();
    if output.status.success() {
        Ok(fs::read_to_string(&out).unwrap())
    } else {
        assert_eq!(output.status.code(), Some(3));
        // A table with bad rows is written without them; of one that cannot be read nothing is.
        for left in fs::read_dir(folder.path()).unwrap() {
            assert_eq!(left.unwrap().path(), out, "a failed run left a file");
        }
        Err(String::from_utf8(output.stderr).unwrap())
    }
}

/// Scores the text of a table.
pub fn score_text(model: &str, text: &str, options: &[&str]) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("patients.csv");
    fs::write(&path, text).unwrap();
    score(model, &path, options)
}

/// Returns the rows of a table, by column name.
pub fn table(text: &str, delimiter: char) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap())
        .from_reader(text.as_bytes());
    reader
        .deserialize::<BTreeMap<String, String>>()
        .map(Result::unwrap)
        .collect()
}

/// Checks that a run failed and said each of these.
pub fn assert_fails(result: Result<String, String>, said: &[&str]) {
    let error = result.expect_err("should fail");
    for text in said {
        assert!(error.contains(text), "{text:?} not in:\n{error}");
    }
}
