//! docs/serial.md holds the columns that the tables of growth have.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;

use hemoclone::serial::GROWTH_FILES;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/serial.md");
const BEGIN: &str = "<!-- columns -->\n";
const END: &str = "<!-- /columns -->";

fn columns() -> String {
    let mut text = String::new();
    for file in GROWTH_FILES.iter().rev() {
        write!(
            text,
            "### `<table>{}`: {}\n\n| column | type | may be empty | example | meaning |\n| --- | --- | --- | --- | --- |\n",
            file.suffix, file.holds
        )
        .unwrap();
        for column in file.columns {
            let (name, kind, example) = (column.name, column.kind.name(), column.example);
            let empty = if column.optional { "yes" } else { "no" };
            let meaning = column.description.trim();
            writeln!(text, "| `{name}` | {kind} | {empty} | `{example}` | {meaning} |").unwrap();
        }
        text.push('\n');
    }
    text
}

fn page() -> (String, String) {
    let page = fs::read_to_string(PATH).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, behind) = rest.split_once(END).unwrap();
    let expected = format!("{before}{BEGIN}{}{END}{behind}", columns());
    (page, expected)
}

#[test]
fn the_page_has_the_columns_of_the_tables() {
    let (actual, expected) = page();
    assert!(
        actual == expected,
        "docs/serial.md is stale: cargo test --test serial_docs -- --ignored writes it anew"
    );
}

#[test]
#[ignore = "writes docs/serial.md anew"]
fn write_the_page() {
    fs::write(PATH, page().1).unwrap();
}
