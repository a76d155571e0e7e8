//! The shape of the source: rooms look one way, files stand in no circle, files and functions are short.
//!
//! What does not hold yet is listed with its reason; the lists may only shrink, for an entry that is no longer needed fails too.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

#[path = "house_support/source.rs"]
mod source;

use source::{Module, Source};

/// Lines of a file, its tests included.
const LONGEST_FILE: usize = 500;

/// Lines of a function, its signature and braces included.
const LONGEST_FUNCTION: usize = 60;

/// Half of the functions have at most so many lines.
const MEDIAN_FUNCTION: usize = 11;

/// Longer files, each with its reason.
const LONG_FILES: &[(&str, &str)] = &[
    (
        "alignments/detection",
        "to be split: when counts become a call, and the smallest clone that would be one",
    ),
    (
        "alignments/realign",
        "to be split: candidates of indels, and the reads that are aligned anew to them",
    ),
    (
        "alignments/tally",
        "to be split: what a column counts, and how the mates of a fragment are put together",
    ),
    (
        "sample/sheet",
        "to be split: the columns of a sheet, and the reading of its rows",
    ),
    (
        "variants/bcf",
        "to be split: the cursor over typed values, and the record as a line of VCF",
    ),
    (
        "variants/reader",
        "to be split: opening and seeking, and reading a record",
    ),
];

/// Longer functions, each with its reason.
const LONG_FUNCTIONS: &[(&str, &str)] = &[
    ("alignments/call call", "to be split: realignment and judgment"),
    (
        "alignments/judge substitution",
        "to be split: what the reads make expect, and the record of the call",
    ),
    (
        "myeloid/classify/cmml every_criterion_of_both_tables",
        "a table of cases, one a criterion",
    ),
    (
        "report/html/plasma facts",
        "a flat list: the facts in the order of the page",
    ),
];

/// Circles of files, each with its reason: the files in the order of the alphabet.
const CIRCLES: &[(&str, &str)] = &[];

/// Reads the order of rooms where lib.rs states it.
fn rooms() -> Vec<String> {
    let lib = include_str!("../src/lib.rs");
    let (_, list) = lib.split_once("```rooms").unwrap();
    let (list, _) = list.split_once("```").unwrap();
    list.split(',')
        .map(|room| {
            room.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .to_owned()
        })
        .collect()
}

fn room(module: &Module) -> Option<&str> {
    module.first().map(String::as_str).filter(|room| *room != "main")
}

#[test]
fn no_room_looks_back() {
    let rooms = rooms();
    let source = Source::read();
    let in_use: BTreeSet<&str> = source.modules().filter_map(room).collect();
    assert_eq!(
        in_use,
        rooms.iter().map(String::as_str).collect(),
        "rooms of lib.rs and of src/"
    );
    let place = |module: &Module| room(module).and_then(|r| rooms.iter().position(|known| known == r));
    let mut back = Vec::new();
    for (from, to) in source.arrows() {
        if let (Some(own), Some(other)) = (place(from), place(to))
            && other > own
        {
            back.push(format!("{} looks back at {}", from.join("/"), to.join("/")));
        }
    }
    assert_eq!(back, [""; 0]);
}

#[test]
fn files_stand_in_no_circle() {
    let source = Source::read();
    let mut graph: BTreeMap<&Module, BTreeSet<&Module>> = BTreeMap::new();
    for (from, to) in source.arrows() {
        graph.entry(from).or_default().insert(to);
    }
    let actual: BTreeSet<String> = source::circles(&graph)
        .iter()
        .map(|circle| circle.iter().map(|m| m.join("/")).collect::<Vec<_>>().join(" "))
        .collect();
    agree(&actual, CIRCLES);
}

#[test]
fn files_are_short() {
    let source = Source::read();
    let long = source.files().filter(|(_, file)| file.lines > LONGEST_FILE);
    agree(&long.map(|(module, _)| module.join("/")).collect(), LONG_FILES);
}

#[test]
fn functions_are_short() {
    let source = Source::read();
    let mut long = BTreeSet::new();
    let mut all = Vec::new();
    for (module, file) in source.files() {
        for (name, lines) in &file.functions {
            all.push(*lines);
            if *lines > LONGEST_FUNCTION {
                long.insert(format!("{} {name}", module.join("/")));
            }
        }
    }
    agree(&long, LONG_FUNCTIONS);
    all.sort_unstable();
    let median = all[all.len() / 2];
    assert!(
        all.len() > 3000 && median <= MEDIAN_FUNCTION,
        "{} functions, median {median}",
        all.len()
    );
}

/// Asserts that what is there is what was named, no more and no less.
fn agree(actual: &BTreeSet<String>, named: &[(&str, &str)]) {
    let named: BTreeSet<String> = named.iter().map(|(name, _)| (*name).to_owned()).collect();
    let new: Vec<_> = actual.difference(&named).collect();
    let gone: Vec<_> = named.difference(actual).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "new: {new:#?}\nno longer there: {gone:#?}"
    );
}
