//! What is given to `cohort`, `serial` and `compare` in place of reports: named, and the rest is done.

#![cfg(all(unix, feature = "cli", feature = "cohort"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/cohorts.rs"]
mod cohorts;
#[path = "support/lab.rs"]
mod lab;
#[path = "support/simulated.rs"]
mod simulated;

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use cohorts::{cohort, said, simulate};
use lab::Lab;
use serde_json::Value;

fn change(lab: &Lab, file: &str, change: impl FnOnce(&mut Value)) {
    let mut report: Value = serde_json::from_slice(&fs::read(lab.path(file)).unwrap()).unwrap();
    change(&mut report);
    lab.write(file, report.to_string());
}

#[test]
fn files_that_are_no_reports_are_named_one_by_one() {
    let lab = Lab::new();
    simulate(&lab, "r", 0..14);
    let first = fs::read(lab.path("r/P000000.json")).unwrap();
    let name = |number: u32| format!("r/P{number:06}.json");
    change(&lab, &name(1), |r| r["sample"] = " ".into());
    change(&lab, &name(2), |r| {
        let call = r["calls"][0].clone();
        r["calls"].as_array_mut().unwrap().push(call);
    });
    change(&lab, &name(3), |r| r["age"] = (-5).into());
    change(&lab, &name(4), |r| r["genes"] = Value::Array(Vec::new()));
    change(&lab, &name(5), |r| {
        r["calls"][0]["evidence"]["alt_count"] = 1_000_000_000.into();
    });
    lab.write(&name(6), [first.as_slice(), &first].concat());
    lab.write(&name(7), "[".repeat(100_000));
    lab.write(&name(8), "");
    lab.write(&name(9), &first[..first.len() - 1]);
    let text = String::from_utf8(first.clone()).unwrap();
    lab.write(
        &name(10),
        format!(
            "{},\"sample\":\"other\"}}",
            text.trim_end().strip_suffix('}').unwrap()
        ),
    );
    lab.write(
        &name(11),
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>(),
    );
    lab.write(
        &name(12),
        text.replace("P000000", "P0\u{fffd}00")
            .into_bytes()
            .iter()
            .map(|b| if *b == 0xef { 0xff } else { *b })
            .collect::<Vec<u8>>(),
    );
    let output = lab.run(&["-v", "cohort", "r", "-o", "c"]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(3), "{said}");
    for (number, wanted) in [
        (1, "field \"sample\": no name"),
        (2, "is there already, and would be counted twice"),
        (3, "field \"age\": no age in years"),
        (4, "field \"genes\" lists other genes"),
        (5, "more than the depth"),
        (6, "no JSON: trailing characters"),
        (7, "no JSON: recursion limit"),
        (8, "no JSON: EOF"),
        (9, "no JSON: EOF"),
        (10, "duplicate field `sample`"),
        (11, "no JSON"),
        (12, "no JSON: invalid unicode"),
    ] {
        let line = said.lines().find(|line| line.contains(&name(number)));
        assert!(
            line.is_some_and(|line| line.contains(wanted)),
            "{number} {wanted}: {said}"
        );
    }
    assert!(said.contains("2 samples added, 2 in the cohort"), "{said}");
}

/// A pipe in a folder was waited for without end.
#[test]
fn pipes_folders_and_links_in_a_folder_hold_nobody_up() {
    let lab = Lab::new();
    simulate(&lab, "r", 0..3);
    if !Command::new("mkfifo")
        .arg(lab.path("r/pipe.json"))
        .status()
        .is_ok_and(|s| s.success())
    {
        return;
    }
    fs::create_dir(lab.path("r/folder.json")).unwrap();
    symlink("gone", lab.path("r/dangling.json")).unwrap();
    symlink("P000000.json", lab.path("r/link.json")).unwrap();
    symlink("loop.json", lab.path("r/loop.json")).unwrap();
    let output = lab.run(&["cohort", "r", "-o", "c"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(3), "{text}");
    for wanted in [
        "r/pipe.json: neither file nor folder; skipped",
        "r/dangling.json: cannot be read",
        "r/loop.json: cannot be read",
        "3 samples added, 3 in the cohort c; 2 inputs failed",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    for command in [&["serial", "r", "-o", "s"][..], &["compare", "r", "r"]] {
        let text = said(&lab.run(command));
        assert!(
            text.contains("r/pipe.json: neither file nor folder; skipped"),
            "{text}"
        );
    }
    // The same report under another name adds nothing.
    fs::copy(lab.path("r/P000001.json"), lab.path("again.json")).unwrap();
    let text = cohort(&lab, &["again.json", "-o", "c"]);
    assert!(text.contains("1 report was in it already"), "{text}");
}

#[test]
fn where_nothing_can_be_written_is_said() {
    let lab = Lab::new();
    simulate(&lab, "r", 0..2);
    lab.write("file", "");
    for (output, wanted) in [
        ("file", "file"),
        ("file/c", "file/c"),
        ("r/P000000.json", "P000000.json"),
    ] {
        let run = lab.run(&["cohort", "r", "-o", output]);
        let text = said(&run);
        assert_eq!(run.status.code(), Some(3), "{text}");
        assert!(text.contains(wanted) && text.contains("--output"), "{text}");
    }
    assert_eq!(fs::read(lab.path("file")).unwrap(), b"");
}
