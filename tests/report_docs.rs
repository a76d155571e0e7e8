//! Generated files of the repository are those that the program prints today.
//!
//! `HEMOCLONE_UPDATE=1 cargo test --test report_docs` (or `make generated`) writes them anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use hemoclone::report::dictionary;

fn is_up_to_date(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("HEMOCLONE_UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, expected).unwrap();
    }
    let actual = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        actual == expected,
        "{path} is stale: run `make generated` and commit it"
    );
}

#[test]
fn schemas_are_up_to_date() {
    for (name, file) in [
        ("sample", "sample-result"),
        ("panel", "panel"),
        ("clinical", "clinical"),
        ("serial", "serial-result"),
        ("comparison", "comparison"),
        ("changes", "changes"),
    ] {
        let mut program = assert_cmd::Command::cargo_bin("hemoclone").unwrap();
        let printed = program.args(["schema", name]).assert().success();
        let text = String::from_utf8(printed.get_output().stdout.clone()).unwrap();
        is_up_to_date(&format!("schemas/{file}.schema.json"), &text);
    }
}

#[test]
fn clinical_columns_page_is_up_to_date() {
    is_up_to_date(
        "docs/clinical-columns.md",
        &hemoclone::patient::clinical_markdown(),
    );
}

#[test]
fn output_files_page_is_up_to_date() {
    is_up_to_date("docs/output-files.md", &dictionary::markdown());
}
