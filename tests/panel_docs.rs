//! docs/rules.md holds the table that the program prints.

#![allow(clippy::expect_used, reason = "a test may stop at what cannot be")]

use std::fs;

use hemoclone::panel::{Panel, rules_markdown};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
const BEGIN: &str = "<!-- begin of table -->\n";
const END: &str = "<!-- end of table -->";

fn up_to_date(page: &str) -> String {
    let (before, rest) = page.split_once(BEGIN).expect("the begin mark");
    let (_, after) = rest.split_once(END).expect("the end mark");
    let table = rules_markdown(&Panel::bundled("ch").expect("bundled"));
    format!("{before}{BEGIN}{table}{END}{after}")
}

#[test]
fn the_table_of_rules_is_up_to_date() {
    let page = fs::read_to_string(PATH).expect("docs/rules.md");
    assert!(
        page == up_to_date(&page),
        "docs/rules.md is stale: cargo test --test panel_docs -- --ignored writes it anew"
    );
}

#[test]
#[ignore = "writes docs/rules.md anew"]
fn write_the_table_of_rules() {
    let page = fs::read_to_string(PATH).expect("docs/rules.md");
    fs::write(PATH, up_to_date(&page)).expect("written");
}
