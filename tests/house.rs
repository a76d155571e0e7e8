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

/// Reads an order of rooms where the documentation states it.
fn rooms(documentation: &str) -> Vec<String> {
    let (_, list) = documentation.split_once("```rooms").unwrap();
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

/// Returns the arrows between rooms within `parent` that point at a later room.
fn arrows_back(source: &Source, parent: &[&str], rooms: &[String]) -> Vec<String> {
    let place = |module: &Module| {
        let inside = module
            .iter()
            .map(String::as_str)
            .take(parent.len())
            .eq(parent.iter().copied());
        let room = module.get(parent.len()).filter(|_| inside)?;
        rooms.iter().position(|known| known == room)
    };
    source
        .arrows()
        .filter(|(from, to)| matches!((place(from), place(to)), (Some(own), Some(other)) if other > own))
        .map(|(from, to)| format!("{} looks back at {}", from.join("/"), to.join("/")))
        .collect()
}

#[test]
fn no_room_looks_back() {
    let rooms = rooms(include_str!("../src/lib.rs"));
    let source = Source::read();
    let in_use: BTreeSet<&str> = source.modules().filter_map(room).collect();
    assert_eq!(
        in_use,
        rooms.iter().map(String::as_str).collect(),
        "rooms of lib.rs and of src/"
    );
    assert_eq!(arrows_back(&source, &[], &rooms), [""; 0]);
}

/// The largest room has rooms of its own.
#[test]
fn no_room_of_alignments_looks_back() {
    let rooms = rooms(include_str!("../src/alignments/mod.rs"));
    let source = Source::read();
    let in_use: BTreeSet<&str> = source
        .modules()
        .filter(|m| room(m) == Some("alignments"))
        .filter_map(|m| m.get(1).map(String::as_str))
        .filter(|room| *room != "dice")
        .collect();
    assert_eq!(in_use, rooms.iter().map(String::as_str).collect());
    assert_eq!(arrows_back(&source, &["alignments"], &rooms), [""; 0]);
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

/// Two types of the clinical values are two as long as the table of their fields says why.
#[test]
fn the_table_of_clinical_fields_is_whole() {
    let page = include_str!("../docs/architecture.md");
    let (_, table) = page
        .split_once("| field | in `Clinical` | in `Findings` |")
        .unwrap();
    let mut told: [BTreeSet<String>; 2] = Default::default();
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [names, clinical, findings] = cells[..] else {
            panic!("{row}");
        };
        for (told, cell) in told.iter_mut().zip([clinical, findings]) {
            if cell != "–" {
                told.extend(names.split(", ").map(|name| name.trim_matches('`').to_owned()));
            }
        }
    }
    let fields = |file: &str, name: &str| -> BTreeSet<String> {
        let parsed = syn::parse_file(file).unwrap();
        let found = parsed.items.iter().find_map(|item| match item {
            syn::Item::Struct(item) if item.ident == name => Some(&item.fields),
            _ => None,
        });
        found
            .unwrap()
            .iter()
            .map(|field| field.ident.as_ref().unwrap().to_string())
            .collect()
    };
    let clinical = fields(include_str!("../src/patient/clinical.rs"), "Clinical");
    let findings = fields(include_str!("../src/myeloid/findings.rs"), "Findings");
    assert_eq!(told, [clinical, findings]);
}
