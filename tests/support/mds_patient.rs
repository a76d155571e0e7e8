//! Reads of a patient with the counts of MDS, through `analyze` to the report.

#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// Analyzes `person.bam` or another ending of a folder, which holds `reference.fa`; returns the result and the page.
pub fn report(folder: &Path, ending: &str) -> (Value, String) {
    let columns = "sample,bam,sex,age,hb,plt,anc,bm_blast,dysplasia_lineages,karyotype";
    let sheet = format!("{columns}\nperson,person.{ending},F,70,9,90,1.5,3,2,\"46,XX[20]\"\n");
    fs::write(folder.join("sheet.csv"), sheet).unwrap();
    let output = Command::cargo_bin("hemoclone")
        .unwrap()
        .current_dir(folder)
        .args([
            "analyze",
            "-s",
            "sheet.csv",
            "-f",
            "reference.fa",
            "-o",
            "out",
            "--force",
        ])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let read = |name: &str| fs::read_to_string(folder.join("out").join(name)).unwrap();
    (
        serde_json::from_str(&read("person.json")).unwrap(),
        read("person.html"),
    )
}
