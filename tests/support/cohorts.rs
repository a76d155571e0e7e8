//! Cohorts of simulated people in a folder of a test.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::process::Output;

use super::lab::Lab;
use super::simulated::People;

/// Writes reports of people into a folder.
pub fn simulate(lab: &Lab, folder: &str, numbers: impl IntoIterator<Item = u64>) {
    fs::create_dir_all(lab.path(folder)).unwrap();
    let people = People::default();
    for number in numbers {
        lab.write(&format!("{folder}/P{number:06}.json"), people.json(number));
    }
}

/// What a run said.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs `cohort`, expects success, and returns what it said.
pub fn cohort(lab: &Lab, arguments: &[&str]) -> String {
    let output = lab.run(&[&["cohort"], arguments].concat());
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}
