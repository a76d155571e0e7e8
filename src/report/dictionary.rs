//! The data dictionary: every output table with its columns, from the doc comments of the row structs.

use std::fmt::Write as _;

use super::output::{Output, Selection};
use super::outputs::OUTPUTS;
use super::words::Label;
use crate::drivers::{CallStatus, ReasonCode};

/// Returns the outputs that are tables.
pub fn tables() -> impl Iterator<Item = &'static Output> {
    OUTPUTS.iter().filter(|output| !output.columns.is_empty())
}

const CONVENTIONS: &str = "\
Tables are UTF-8 text with tabs between columns, one header line, no comment lines and `\\n` line ends, so that files of one
kind can be put together. Positions are 1-based and inclusive, on the plus strand. Fractions (VAF) run from 0 to 1 and have six
decimals.

**Missing.** An empty cell has one meaning: there is no value, because it is not known, was not assessed, or does not apply. It is
never zero and never a negative finding. Lists are joined by `;`; a list that is known to have no entry is `none`.

**Keys and labels.** A status, state, stage or type is a key of small letters, digits and `_` (`driver_review`, `ccus`, `aml_npm1`)
that programs may rely on; what it is called in reports stands beside it in the column of the same name with `_label`. Categories of
published scores are spelled as published. `variant_key` (`GRCh38:chr2:25234373:C:T`) is one variant in every table.

**Quoting.** No cell is quoted, and none needs to be: `cut` and `awk` see the same cells as R, pandas and csvtk. Control characters
are written as `\\t`, `\\n`, `\\r` or `\\u{1b}`, a quotation mark as `\\u{22}`, a `#` in front as `\\u{23}`, a `;` within an entry of a list
as `\\u{3b}`, and a backslash as `\\\\`; text that a spreadsheet would run as a formula gets a leading apostrophe. All of it occurs only in
names that a file brings.

**Layout version.** The last column of every table, `schema_version`, is the version of the layout, the same as in the JSON. Its
first number is raised where the meaning of a column changes or a column goes; columns may be added at any time, so read them by
name. It is a column, for a comment line in front would be taken for the header by `read.delim`, pandas and `csvtk`, and would end
up in the middle where tables are put together.
";

/// Returns the dictionary as Markdown: the page docs/output-files.md.
pub fn markdown() -> String {
    let mut page =
        String::from("# Output files\n\nThis page is printed by `hemoclone docs --format markdown`.\n\n");
    page.push_str(&files());
    let _ = write!(page, "\n## Conventions\n\n{CONVENTIONS}");
    for table in tables() {
        let _ = write!(page, "\n## {}\n\n{}\n\n", code(&table.file()), table.about);
        page.push_str(
            "| column | type | may be empty | example | meaning |\n| --- | --- | --- | --- | --- |\n",
        );
        for column in table.columns {
            let _ = writeln!(
                page,
                "| `{}` | {} | {} | {} | {} |",
                column.name,
                column.kind.name(),
                if column.optional { "yes" } else { "no" },
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
            status.label().en(),
            status.label().ja()
        );
    }
    page.push_str("\n## Reasons\n\n| code | English | Japanese |\n| --- | --- | --- |\n");
    for reason in ReasonCode::ALL {
        let _ = writeln!(
            page,
            "| `{}` | {} | {} |",
            reason.name(),
            reason.label().en(),
            reason.label().ja()
        );
    }
    page
}

/// The list of files, and how they are named and written.
fn files() -> String {
    let mut text = String::from("| file | `--formats` | holds |\n| --- | --- | --- |\n");
    for output in OUTPUTS {
        let chosen = match output.selection {
            Selection::Always => "always written".to_owned(),
            Selection::Default => format!("`{}`, by default", output.name),
            Selection::OnRequest => format!("`{}`, on request", output.name),
        };
        let _ = writeln!(text, "| `{}` | {chosen} | {} |", output.file(), output.holds);
    }
    text.push_str(FILES);
    text
}

const FILES: &str = "
`--formats` takes a list of these names, `--formats default,xlsx` or `--formats html`; `default` stands for all that are written
without it, and `all` for everything.

`<sample>` is the sample's name, in the composed form of Unicode (NFC), where it consists of letters and digits of any script, `.`,
`_` and `-`. Any other character is written as its UTF-8 bytes in the form `%2F`, and so are a `.` or `-` in front, a `.` at the end
and the first character of a name that Windows reserves. Of a name that comes to more than 120 bytes the beginning stays, with
`%sha256-` and the SHA-256 of the whole name behind it. So two names never share a file; names that differ only in upper and lower
case or in composition would on some systems, and are refused. The name inside the files is always the true one, and
`summary.tsv` has both: `sample` and `file_stem`.

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
pub fn text(table: &Output) -> String {
    let width = table
        .columns
        .iter()
        .map(|column| column.name.len())
        .max()
        .unwrap_or_default();
    let mut page = format!("{}\n{}\n\n", table.file(), table.about);
    for column in table.columns {
        let optional = if column.optional { ", may be empty" } else { "" };
        let _ = writeln!(
            page,
            "  {:width$}  {} ({}{optional}; {})",
            column.name,
            column.description.trim(),
            column.kind.name(),
            column.example,
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::super::value::Kind;
    use super::super::{CallRow, table::Row as _};
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
        for table in tables() {
            let mut names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), table.columns.len());
            for column in table.columns {
                assert!(column.description.trim().ends_with('.'), "{}", column.name);
                assert_ne!((column.kind, column.example), (Kind::Text, ""), "{}", column.name);
            }
        }
    }

    /// Of the tables in our own words; others have those of their readers.
    #[test]
    fn our_tables_begin_with_the_sample_and_end_with_the_version_of_the_layout() {
        let is_ours = |table: &&Output| table.columns[0].name == "sample";
        let ours: Vec<&str> = tables().filter(is_ours).map(|table| table.name).collect();
        assert_eq!(ours, ["calls", "genes", "hotspots", "copies", "summary"]);
        for table in tables().filter(is_ours) {
            let last = table.columns.last().unwrap();
            assert_eq!((last.name, last.optional), ("schema_version", false));
            assert_eq!(last.example, crate::sample::SCHEMA_VERSION);
            let small = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
            assert!(table.columns.iter().all(|column| column.name.bytes().all(small)));
            let is_named = |name: &str| table.columns.iter().any(|column| column.name == name);
            let labels = table
                .columns
                .iter()
                .filter_map(|column| column.name.strip_suffix("_label"));
            assert!(
                labels.clone().count() > 0 && labels.clone().all(is_named),
                "{}",
                table.name
            );
        }
    }

    /// Each example is a cell as the table writes it.
    #[test]
    fn examples_are_cells_of_their_kind() {
        use super::super::value::Value;

        for (table, column) in tables().flat_map(|t| t.columns.iter().map(move |c| (t.name, c))) {
            let value = Value::read(column.kind, column.example);
            let written = value.map(|value| value.cell());
            assert_eq!(
                written.as_deref(),
                Some(column.example),
                "{table} {}",
                column.name
            );
        }
    }
}
