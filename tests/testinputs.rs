//! Real files of every caller, read through `write_vaf_rows` and compared with what bcftools or a person read in them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use hemoclone::variants::{Input, write_vaf_rows};

fn folder() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/testinputs");
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: the folder of test inputs is not beside this checkout");
    None
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    write_vaf_rows(&Input::from_argument(path), 1, &mut out)
        .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let text = String::from_utf8(out).unwrap();
    text.lines()
        .map(|l| l.split('\t').map(str::to_owned).collect())
        .collect()
}

#[test]
fn every_expected_row_is_right() {
    let Some(folder) = folder() else { return };
    let expected = std::fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let mut files: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    let mut wrong = Vec::new();
    let mut checked = 0;
    for line in expected.lines().skip(1) {
        let e: Vec<&str> = line.split('\t').collect();
        let table = files
            .entry(e[0].to_owned())
            .or_insert_with(|| rows(&folder.join("vcf").join(e[0])));
        let matching: Vec<_> = table
            .iter()
            .filter(|r| r[1] == e[6] && r[2] == e[1] && r[3] == e[2] && r[4] == e[3] && r[5] == e[4])
            .collect();
        let close = |a: &str, b: &str| match (a.parse::<f64>(), b.parse::<f64>()) {
            (Ok(a), Ok(b)) => (a - b).abs() <= 1e-4,
            _ => a == b,
        };
        let good = matching
            .iter()
            .any(|r| r[6] == e[8] && r[7] == e[9] && close(&r[8], e[10]) && r[12] == e[7]);
        checked += 1;
        if !good {
            wrong.push(format!("{line}\n    got {matching:?}"));
        }
    }
    assert!(checked > 80, "{checked} rows");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
