//! The table of samples that no report is there of: one row per sample, so that a run of many tasks can tell what is missing.

use std::io::Write;

use super::ReportError;
use super::table::{Row as _, header_line, table, write_table};
use crate::text;

/// Name of the table in a folder of reports.
pub const FAILED_FILE: &str = "failed.tsv";

table! {
    /// A sample that failed.
    FailedRow(sample: &str, file: &str, reason: &str) {
        /// Sample name as in the input; empty where the file could not be read and no sheet names its sample.
        sample: String, "S1" => sample.to_owned();
        /// The file that the sample comes from, as it was given; empty where there is none.
        file: String, "s1.vcf.gz" => file.to_owned();
        /// Why there is no report of it.
        reason: String, "s1.vcf.gz: No such file or directory (os error 2)" => reason.to_owned();
    }
}

impl serde::Serialize for FailedRow {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;

        let mut fields = serializer.serialize_struct("FailedRow", Self::COLUMNS.len())?;
        fields.serialize_field("sample", &self.sample)?;
        fields.serialize_field("file", &self.file)?;
        fields.serialize_field("reason", &self.reason)?;
        fields.end()
    }
}

/// Writes the table, sorted by sample.
pub fn write_failed(writer: impl Write, mut rows: Vec<FailedRow>) -> Result<(), ReportError> {
    rows.sort_by(|a, b| (&a.sample, &a.file, &a.reason).cmp(&(&b.sample, &b.file, &b.reason)));
    write_table(writer, rows)
}

/// Reads the table; `None` where the text is none, or one that was cut.
pub fn read_failed(text: &str) -> Option<Vec<FailedRow>> {
    let mut lines = text.strip_suffix('\n')?.split('\n');
    if lines.next()? != header_line(FailedRow::COLUMNS) {
        return None;
    }
    let row = |line: &str| {
        let cells: Vec<_> = line.split('\t').map(text::from_cell).collect();
        match cells.as_slice() {
            [sample, file, reason] => Some(FailedRow::new(sample, file, reason)),
            _ => None,
        }
    };
    lines.map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let rows = vec![
            FailedRow::new("b", "x/b.vcf", "line 3: \"x\"\tis no number"),
            FailedRow::new("=a", "", "two\nlines"),
        ];
        let mut text = Vec::new();
        write_failed(&mut text, rows.clone()).unwrap();
        let text = String::from_utf8(text).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[..2],
            ["sample\tfile\treason", "'=a\t\ttwo\\nlines"],
            "a formula of a spreadsheet is none, and a row is a line"
        );
        let mut expected = rows;
        expected.reverse();
        assert_eq!(read_failed(&text), Some(expected));
        assert_eq!(read_failed(&text[..text.len() - 1]), None);
        assert_eq!(read_failed("sample\tch\n"), None);
    }
}
