//! `hemoclone cohort` where something goes wrong: runs that are ended, disks that are full, files that were changed, and hostile names.

#![cfg(all(feature = "cli", feature = "cohort"))]
#![allow(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test fails by panicking, and names of files are those that the program gives"
)]

#[path = "support/cohorts.rs"]
mod cohorts;
#[path = "support/lab.rs"]
mod lab;
#[path = "support/simulated.rs"]
mod simulated;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use cohorts::{cohort, said, simulate};
use lab::Lab;

/// Every file of a folder but the lock, which a run that failed may leave.
fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.is_file());
    files
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read(&path).unwrap(),
            )
        })
        .filter(|(name, _)| name != ".hemoclone.lock")
        .collect()
}

fn assert_same(actual: &Path, expected: &Path) {
    let (actual, expected) = (content(actual), content(expected));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&actual), names(&expected));
    for (name, bytes) in expected {
        assert!(actual[&name] == bytes, "{name} differs");
    }
}

/// Cohort `c` of 20 reports in `r`, 5 in `more`, and `whole`, which has both batches.
fn cohorts() -> Lab {
    let lab = Lab::new();
    simulate(&lab, "r", 0..20);
    simulate(&lab, "more", 20..25);
    cohort(&lab, &["r", "-o", "c"]);
    cohort(&lab, &["r", "-o", "whole"]);
    cohort(&lab, &["more", "-o", "whole"]);
    lab
}

/// What was put behind the rows is taken back, and the batch is added as if nothing had happened: by the next run, whatever it is asked for.
#[test]
fn a_run_that_was_ended_while_it_gave_files_their_names_is_taken_back() {
    let lab = cohorts();
    // A folder in the place of the page: the files before it have their names by then, and those that grow have grown.
    fs::remove_file(lab.path("c/cohort.html")).unwrap();
    fs::create_dir(lab.path("c/cohort.html")).unwrap();
    let output = lab.run(&["cohort", "more", "-o", "c"]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("cohort.html"), "{}", said(&output));
    assert!(lab.path("c/.cohort.undo").exists());
    let rows = fs::read_to_string(lab.path("c/samples.tsv")).unwrap();
    assert_eq!(rows.lines().count(), 26, "{rows}");
    fs::remove_dir(lab.path("c/cohort.html")).unwrap();
    // Ended again and again, then asked for what is there already: of files of two cohorts one is made.
    fs::create_dir_all(lab.path("copy")).unwrap();
    for (name, bytes) in content(&lab.path("c")) {
        lab.write(&format!("copy/{name}"), bytes);
    }
    let text = cohort(&lab, &["r", "-o", "copy"]);
    assert!(
        text.contains("the run before was ended while it was writing"),
        "{text}"
    );
    cohort(&lab, &["r", "-o", "first"]);
    assert_same(&lab.path("copy"), &lab.path("first"));
    let text = cohort(&lab, &["more", "-o", "c"]);
    assert!(text.contains("5 samples added, 25 in the cohort"), "{text}");
    assert_same(&lab.path("c"), &lab.path("whole"));
}

/// As a run leaves it that was killed when all was done but the removal of its note.
#[test]
fn a_note_of_a_cohort_that_is_no_more_takes_nothing_back() {
    let lab = cohorts();
    fs::create_dir(lab.path("c/.hold")).unwrap();
    fs::remove_file(lab.path("c/cohort.html")).unwrap();
    fs::create_dir(lab.path("c/cohort.html")).unwrap();
    lab.run(&["cohort", "more", "-o", "c"]);
    let note = fs::read(lab.path("c/.cohort.undo")).unwrap();
    lab.write("whole/.cohort.undo", note);
    let text = cohort(&lab, &["more", "-o", "whole"]);
    assert!(text.contains("0 samples added, 25 in the cohort"), "{text}");
    assert!(!lab.path("whole/.cohort.undo").exists());
    // And one that is none.
    lab.write("whole/.cohort.undo", "x");
    let output = lab.run(&["cohort", "more", "-o", "whole"]);
    assert!(
        said(&output).contains("make the cohort anew"),
        "{}",
        said(&output)
    );
    cohort(&lab, &["r", "-o", "whole", "--force"]);
    cohort(&lab, &["r", "-o", "first"]);
    assert_same(&lab.path("whole"), &lab.path("first"));
}

/// A file may not grow above a limit, as on a disk that is full.
#[cfg(unix)]
#[test]
fn rows_that_do_not_fit_on_the_disk_are_taken_back() {
    let lab = cohorts();
    cohort(&lab, &["r", "-o", "first"]);
    let largest = content(&lab.path("c")).values().map(Vec::len).max().unwrap();
    let program = assert_cmd::cargo::cargo_bin("hemoclone");
    let limited = |kilobytes: usize| {
        let script = format!("ulimit -f {kilobytes}; exec \"$0\" cohort more -o c");
        let mut command = Command::new("bash");
        command
            .current_dir(lab.path(""))
            .args(["-c", &script])
            .arg(&program);
        command.output().unwrap()
    };
    for kilobytes in [largest / 1024, largest / 2048, 16, 1, 0] {
        let output = limited(kilobytes);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(3), "{kilobytes}: {text}");
        assert!(
            text.contains("cannot write") && text.contains("raise the limit"),
            "{text}"
        );
        assert_same(&lab.path("c"), &lab.path("first"));
    }
    cohort(&lab, &["more", "-o", "c"]);
    assert_same(&lab.path("c"), &lab.path("whole"));
}

/// Counts that are absent, damaged, or of another cohort are made anew from the members.
#[test]
fn the_counts_are_made_anew_where_they_do_not_fit() {
    for damage in ["none", "cut", "flipped", "other"] {
        let lab = cohorts();
        let counts = lab.path("c/cohort.counts");
        let mut bytes = fs::read(&counts).unwrap();
        match damage {
            "none" => fs::remove_file(&counts).unwrap(),
            "cut" => lab.write("c/cohort.counts", &bytes[..bytes.len() / 2]),
            "flipped" => {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                lab.write("c/cohort.counts", bytes);
            }
            _ => fs::copy(lab.path("whole/cohort.counts"), &counts)
                .map(|_| ())
                .unwrap(),
        }
        cohort(&lab, &["more", "-o", "c"]);
        assert_same(&lab.path("c"), &lab.path("whole"));
    }
}

/// Files of one cohort beside those of another.
#[test]
fn a_file_of_another_cohort_is_named() {
    for name in [
        "samples.parquet",
        "calls.tsv",
        "genes.parquet",
        "matrix.tsv",
        "members.jsonl",
    ] {
        let lab = cohorts();
        fs::copy(lab.path("whole").join(name), lab.path("c").join(name)).unwrap();
        let before = content(&lab.path("c"));
        let output = lab.run(&["cohort", "more", "-o", "c"]);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(3), "{text}");
        assert!(text.contains(name) && text.contains("anew"), "{text}");
        assert!(
            content(&lab.path("c")) == before,
            "{name}: the folder has changed"
        );
        fs::remove_file(lab.path("c").join(name)).unwrap();
        let text = said(&lab.run(&["cohort", "more", "-o", "c"]));
        assert!(text.contains(name) && text.contains("anew"), "{text}");
    }
}

fn change(lab: &Lab, file: &str, change: impl FnOnce(&mut serde_json::Value)) {
    let mut report: serde_json::Value = serde_json::from_slice(&fs::read(lab.path(file)).unwrap()).unwrap();
    change(&mut report);
    lab.write(file, report.to_string());
}

/// Names that break tables, run in spreadsheets, steer terminals or turn the direction of text; long and Japanese ones; and two that differ only in
/// case.
const NAMES: [&str; 12] = [
    "=HYPERLINK(\"http://x\")",
    "+cmd|' /C calc'!A0",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "a\u{202e}b\u{2066}c",
    "red\u{1b}[31m\u{9b}31m",
    "tab\tline\nreturn\r",
    "検体一号（再検）",
    "s1",
    "S1",
    "../../etc/passwd",
    "\"quoted\" 'text' \\",
];

#[test]
fn hostile_names_stay_text() {
    let lab = Lab::new();
    simulate(&lab, "r", 490..504);
    let long = "長い".repeat(100);
    let names: Vec<&str> = NAMES.into_iter().chain([long.as_str()]).collect();
    for (number, name) in (490..).zip(&names) {
        change(&lab, &format!("r/P{number:06}.json"), |report| {
            report["sample"] = (*name).into();
            if let Some(call) = report["calls"].get_mut(0) {
                call["consequence"]["hgvs_p_short"] = format!("p.{name}").into();
                call["consequence"]["hgvs_c"] = (*name).into();
            }
        });
    }
    let batch = "=1+1\u{1b}]0;x\u{7}<b>";
    let output = lab.run(&["cohort", "r", "-o", "c", "--batch", batch]);
    let told = said(&output);
    for (name, bytes) in content(&lab.path("c")) {
        if name.ends_with(".parquet") || name == "cohort.counts" {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let steers = |c: &char| {
            c.is_control() && !"\n\t".contains(*c)
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert_eq!(text.chars().find(steers), None, "{name}");
        if name.ends_with(".tsv") {
            let columns = text.lines().next().unwrap().split('\t').count();
            for line in text.lines() {
                assert_eq!(line.split('\t').count(), columns, "{name}: {line}");
                let formula = |cell: &&str| cell.starts_with(['=', '+', '@', '＝']);
                assert_eq!(line.split('\t').find(formula), None, "{name}");
            }
        }
    }
    assert!(!told.contains('\u{1b}'), "{told}");
    let matrix = fs::read_to_string(lab.path("c/matrix.tsv")).unwrap();
    assert!(matrix.contains("\ns1\t") && matrix.contains("\nS1\t"), "{told}");
    assert!(
        matrix.contains(&long) && matrix.contains("検体一号（再検）"),
        "{told}"
    );
    let before = content(&lab.path("c"));
    cohort(&lab, &["r", "-o", "c"]);
    assert!(content(&lab.path("c")) == before);
}
