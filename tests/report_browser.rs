//! The reports in a real browser: the demo samples, and samples at the edges of what can come.
//!
//! Needs Chromium, node and the packages of `tests/browser` (`npm ci --prefix tests/browser`); skipped where they are not.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/outside.rs"]
mod outside;

use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the folder of the scripts; `None` where what they need is absent.
fn scripts() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    if !Path::new(&chromium).exists() {
        outside::skip(format_args!(
            "{chromium} is absent (CHROMIUM names another browser)"
        ));
        return None;
    }
    if !outside::programs(&["node"]) {
        return None;
    }
    if !folder.join("node_modules/playwright-core").exists() || !folder.join("node_modules/axe-core").exists()
    {
        outside::skip("the packages of tests/browser are not installed: npm ci --prefix tests/browser");
        return None;
    }
    // Poppler's has no --version.
    if Command::new("pdftotext").arg("-v").output().is_err() {
        outside::skip_part("pdftotext is not installed: printed pages are not read");
    }
    Some(folder)
}

fn hemoclone(args: &[&str]) {
    assert_cmd::Command::cargo_bin("hemoclone")
        .unwrap()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(args)
        .assert()
        .success();
}

fn node(args: &[&str]) {
    let out = Command::new("node").args(args).output().unwrap();
    assert!(
        out.status.success(),
        "{}{}",
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    );
}

#[test]
fn demo_reports_answer_on_one_screen_and_one_sheet() {
    let Some(scripts) = scripts() else { return };
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    let reads = out.path().join("alignments");
    hemoclone(&[
        "-q",
        "analyze",
        "-s",
        "testdata/demo/samples.csv",
        "-o",
        folder,
        "--force",
    ]);
    hemoclone(&[
        "-q",
        "analyze",
        "-s",
        "testdata/alignments/samples.csv",
        "-f",
        "testdata/alignments/reference.fa.gz",
        "-L",
        "testdata/alignments/targets.bed",
        "-o",
        reads.to_str().unwrap(),
        "--force",
    ]);
    node(&[
        scripts.join("look.mjs").to_str().unwrap(),
        folder,
        "--ten-seconds",
    ]);
}

#[test]
fn extreme_reports_stay_whole() {
    let Some(scripts) = scripts() else { return };
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    let binary = assert_cmd::cargo::cargo_bin("hemoclone");
    node(&[
        scripts.join("extremes.mjs").to_str().unwrap(),
        binary.to_str().unwrap(),
        env!("CARGO_MANIFEST_DIR"),
        folder,
    ]);
    node(&[scripts.join("look.mjs").to_str().unwrap(), folder]);
}
