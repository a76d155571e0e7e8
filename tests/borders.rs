//! Every limit that a stage, a type or a score turns on, just below, on and just above it.
//!
//! `borders/limits.tsv` was written by hand from the publications that the code cites: model, the patient (`{}` stands for the value that
//! changes), three values, the column of the answer and what it must say at each.
#![allow(clippy::unwrap_used)] // Test code.

mod score_support;

use score_support::{score_text, table};

const LIMITS: &str = include_str!("borders/limits.tsv");

/// Returns the answer of a model for a patient, `column=value | column=value`.
fn answer(model: &str, patient: &str, column: &str) -> String {
    let (names, values): (Vec<&str>, Vec<&str>) = patient
        .split(" | ")
        .map(|cell| cell.split_once('=').unwrap())
        .unzip();
    let quoted: Vec<String> = values.iter().map(|v| format!("\"{v}\"")).collect();
    let text = format!("ID,{}\nP1,{}\n", names.join(","), quoted.join(","));
    match score_text(model, &text, &[]) {
        Ok(scored) => table(&scored, ',')[0][column].clone(),
        Err(error) => panic!("{patient}: {error}"),
    }
}

#[test]
fn every_limit_holds_below_on_and_above_it() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for line in LIMITS.lines().skip(1) {
        let [model, patient, values, column, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let (values, expected): (Vec<&str>, Vec<&str>) =
            (values.split(", ").collect(), expected.split(" / ").collect());
        assert_eq!((values.len(), expected.len()), (3, 3), "{line}");
        for (value, expected) in values.into_iter().zip(expected) {
            let found = answer(model, &patient.replace("{}", value), column);
            if found != expected {
                wrong.push(format!(
                    "{model} {patient} at {value}: {found}, expected {expected}"
                ));
            }
            checked += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked >= 120, "{checked}");
}
