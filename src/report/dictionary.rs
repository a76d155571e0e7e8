//! The data dictionary: every output table with its columns, from the doc comments of the row structs.

use std::fmt::Write as _;

use super::table::{Column, Row};
use super::words::Label;
use super::{CallRow, GeneRow, HotspotRow, SummaryRow};
use crate::drivers::{CallStatus, ReasonCode};

/// An output table and what is known about it.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Short name, as `hemoclone docs NAME` takes it.
    pub name: &'static str,
    /// Name of the file.
    pub file: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// The columns in order.
    pub columns: &'static [Column],
}

/// Every output table.
pub const TABLES: [Table; 4] = [
    Table {
        name: "calls",
        file: "<sample>.calls.tsv",
        about: "One row per call on a panel gene, drivers first, then by position. Nothing is dropped silently.",
        columns: CallRow::COLUMNS,
    },
    Table {
        name: "genes",
        file: "<sample>.genes.tsv",
        about: "One row per panel gene, in alphabetical order, whether or not anything was found in it.",
        columns: GeneRow::COLUMNS,
    },
    Table {
        name: "hotspots",
        file: "<sample>.hotspots.tsv",
        about: "One row per hotspot allele that the panel's rules list, along the genome, counted whether or not a read shows it. \
                Only of alignments (BAM, CRAM).",
        columns: HotspotRow::COLUMNS,
    },
    Table {
        name: "summary",
        file: "summary.tsv",
        about: "One row per sample, sorted by name.",
        columns: SummaryRow::COLUMNS,
    },
];

const CONVENTIONS: &str = "\
Tables are UTF-8 text with tabs between columns, one header line, no comment lines and `\\n` line ends, so that files of one
kind can be put together. Positions are 1-based and inclusive, on the plus strand. Fractions (VAF) run from 0 to 1 and have six
decimals. Lists are joined by `;`. An empty cell means that the value is missing: it is never zero and never a negative
finding. Control characters are written as `\\t`, `\\n`, `\\r` or `\\u{1b}`, and text that a spreadsheet would run as a formula
gets a leading apostrophe.
";

/// Returns the dictionary as Markdown: the page docs/output-files.md.
pub fn markdown() -> String {
    let mut page =
        String::from("# Output files\n\nThis page is printed by `hemoclone docs --format markdown`.\n\n");
    page.push_str(FILES);
    let _ = write!(page, "\n## Conventions\n\n{CONVENTIONS}");
    for table in TABLES {
        let _ = write!(page, "\n## {}\n\n{}\n\n", code(table.file), table.about);
        page.push_str(
            "| column | type | may be empty | example | meaning |\n| --- | --- | --- | --- | --- |\n",
        );
        for column in table.columns {
            let _ = writeln!(
                page,
                "| `{}` | {} | {} | {} | {} |",
                column.name,
                column.kind,
                if column.optional || column.kind == "list" {
                    "yes"
                } else {
                    "no"
                },
                code(column.example),
                column.description.trim().replace('|', "\\|"),
            );
        }
    }
    page.push_str("\n## Statuses of a call\n\n| status | English | Japanese |\n| --- | --- | --- |\n");
    for status in CallStatus::ALL {
        let _ = writeln!(
            page,
            "| `{}` | {} | {} |",
            status.name(),
            status.label().en,
            status.label().ja
        );
    }
    page.push_str("\n## Reasons\n\n| code | English | Japanese |\n| --- | --- | --- |\n");
    for reason in ReasonCode::ALL {
        let _ = writeln!(
            page,
            "| `{}` | {} | {} |",
            reason.name(),
            reason.label().en,
            reason.label().ja
        );
    }
    page
}

const FILES: &str = "\
| file | holds |
| --- | --- |
| `<sample>.json` | everything that was found; its schema is `schemas/sample-result.schema.json` (`hemoclone schema sample`) |
| `<sample>.calls.tsv` | one row per call |
| `<sample>.genes.tsv` | one row per panel gene |
| `<sample>.hotspots.tsv` | one row per hotspot allele of the panel's rules; of alignments (BAM, CRAM) |
| `<sample>.html` | the report for people, English and Japanese in one file |
| `summary.tsv` | one row per sample |

`<sample>` is the sample's name, in the composed form of Unicode (NFC), where it consists of letters and digits of any script, `.`,
`_` and `-`. Any other character is written as its UTF-8 bytes in the form `%2F`, and so are a `.` or `-` in front, a `.` at the end
and the first character of a name that Windows reserves. Of a name that comes to more than 120 bytes the beginning stays, with
`%sha256-` and the SHA-256 of the whole name behind it. So two names never share a file; names that differ only in upper and lower
case or in composition would on some systems, and are refused. The name inside the files is always the true one.

The JSON of a sample is written last: a sample is complete where its JSON is there, and without it the sample is as good as absent.
While a run writes into a folder, `.hemoclone.lock` stands there; another run waits for it, for half a minute. Where a run was
killed, the next one into the folder removes what was left half done. A run adds its samples to those of earlier runs, also in
`summary.tsv`; a sample that is there already is an error, or replaced with `--force`.
";

fn code(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("`{text}`")
    }
}

/// Returns a table's part of the dictionary as plain text for a terminal.
pub fn text(table: &Table) -> String {
    let width = table
        .columns
        .iter()
        .map(|column| column.name.len())
        .max()
        .unwrap_or_default();
    let mut page = format!("{}\n{}\n\n", table.file, table.about);
    for column in table.columns {
        let optional = if column.optional { ", may be empty" } else { "" };
        let _ = writeln!(
            page,
            "  {:width$}  {} ({}{optional}; {})",
            column.name,
            column.description.trim(),
            column.kind,
            column.example,
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order that other programs rely on.
    #[test]
    fn keeps_the_first_columns_of_the_calls() {
        let actual: Vec<_> = CallRow::COLUMNS
            .iter()
            .take(22)
            .map(|column| column.name)
            .collect();
        let expected = [
            "sample",
            "gene",
            "chrom",
            "pos",
            "ref",
            "alt",
            "status",
            "rule",
            "rule_sets",
            "transcript",
            "exon",
            "consequence",
            "hgvs_c",
            "hgvs_p",
            "common_name",
            "depth",
            "alt_count",
            "vaf",
            "vaf_low",
            "vaf_high",
            "caller_filter",
            "reasons",
        ];
        assert_eq!(actual, expected);
    }

    #[test]
    fn describes_every_column_once() {
        for table in TABLES {
            let mut names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
            assert_eq!(names.first(), Some(&"sample"));
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), table.columns.len());
            for column in table.columns {
                assert!(column.description.trim().ends_with('.'), "{}", column.name);
                assert!(
                    column
                        .name
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
                );
            }
        }
    }
}
