//! The reference and the truth of the demo reads: still what the script writes, and true of the human genome.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/outside.rs"]
mod outside;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::cargo_bin_cmd;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// (driver, protein change, where the bases came from) of each record of a truth file.
fn annotated(truth: &Path, folder: &Path) -> Vec<[String; 3]> {
    let out = folder.join("annotated.vcf");
    let reference = root().join("testdata/alignments/reference.fa.gz");
    let mut command = cargo_bin_cmd!("hemoclone");
    command.args(["-q", "annotate", "--build", "grch38", "--force"]);
    command
        .arg(truth)
        .arg("-f")
        .arg(reference)
        .arg("-o")
        .arg(&out)
        .assert()
        .success();
    let text = fs::read_to_string(&out).unwrap();
    let records = text.lines().filter(|line| !line.starts_with('#'));
    let field = |record: &str, key: &str| {
        let info = record.split('\t').nth(7).unwrap();
        let value = info.split(';').find_map(|entry| entry.strip_prefix(key));
        value.unwrap_or("absent").to_owned()
    };
    records
        .map(|r| ["HC_DRIVER=", "HC_HGVSP=", "HC_SOURCE="].map(|key| field(r, key)))
        .collect()
}

/// `annotate` refuses a reference that differs from the coding sequences inside the program.
#[test]
fn reference_and_drivers_are_those_of_the_human_genome() {
    let folder = tempfile::tempdir().unwrap();
    let truth = root().join("testdata/alignments/demo10-drivers.truth.vcf");
    let actual = annotated(&truth, folder.path());
    let expected = [
        ["driver", "p.(Arg882His)", "reference"],
        ["driver", "p.(Val617Phe)", "reference"],
        ["driver", "p.(Pro95His)", "reference"],
        ["no", "p.(Asp48%3D)", "reference"],
        ["review", "p.(Gly646TrpfsTer12)", "reference"],
        ["driver", "p.(Ser34Phe)", "reference"],
    ];
    assert_eq!(actual, expected.map(|row| row.map(str::to_owned)));
}

#[test]
fn script_writes_the_committed_reference() {
    let script = root().join("testdata/make_alignments.py");
    let Ok(output) = Command::new("python3").arg(&script).arg("--check").output() else {
        outside::skip("python3 is not installed");
        return;
    };
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn scorer_of_the_benchmarks_counts_right() {
    let tests = root().join("benches/peers");
    let mut python = Command::new("python3");
    let Ok(output) = python
        .args(["-B", "-m", "unittest", "discover"])
        .arg(tests)
        .output()
    else {
        outside::skip("python3 is not installed");
        return;
    };
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && report.contains("Ran 2 tests"),
        "{report}"
    );
}

/// Fragments and carriers in the truth are those of the reads: fractions lie within three standard deviations.
#[test]
fn fragments_carry_the_simulated_fractions() {
    let truth = fs::read_to_string(root().join("testdata/alignments/demo10-drivers.truth.vcf")).unwrap();
    let mut judged = 0;
    for record in truth.lines().filter(|line| !line.starts_with('#')) {
        let value = |key: &str| -> f64 {
            let info = record.split('\t').nth(7).unwrap();
            info.split(';')
                .find_map(|entry| entry.strip_prefix(key))
                .unwrap()
                .parse()
                .unwrap()
        };
        let (fraction, fragments, carriers) = (value("TAF="), value("FRAGMENTS="), value("CARRIERS="));
        let deviation = (fraction * (1.0 - fraction) / fragments).sqrt();
        assert!(
            (carriers / fragments - fraction).abs() < 3.0 * deviation,
            "{record}"
        );
        assert!(fragments > 400.0, "{record}");
        judged += 1;
    }
    assert_eq!(judged, 6);
}
