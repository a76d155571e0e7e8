//! Tables that scores are computed from and written to: one row per patient, read and written one at a time.
//!
//! A model says which columns it takes and what it writes of a row ([`TableModel`]); [`score_table`] does the rest. A row that
//! cannot be used is left out, as in a run of `analyze`, and named by file, line, column and value.

mod header;
mod reader;
mod row;

use std::collections::HashMap;
use std::io::Write;

use crate::tables::shown;
use crate::text;

pub use header::{Column, Header, MeasuredColumn};
pub use reader::TableReader;
pub use row::{Cell, Row};

/// How many wrong rows are named before the rest is only counted.
pub const MAX_ERRORS: usize = 20;

/// How many lines of further wrong rows are listed.
const MAX_LINES: usize = 200;

/// What a score needs of a table, and what it writes.
pub trait TableModel {
    /// Names of the columns written, in order.
    fn output_columns(&self) -> Vec<String>;

    /// Scores a row; pushes one field for each output column.
    fn score(&self, row: &Row<'_>, fields: &mut Vec<String>) -> Result<(), CellError>;
}

/// A cell that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {value:?} is not {wanted}")]
pub struct CellError {
    /// 1-based line of the file; the header is line 1.
    pub line: u64,
    /// The column as the file writes it.
    pub column: String,
    /// The cell.
    pub value: String,
    /// What would be right.
    pub wanted: String,
}

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// For a cell.
    #[error(transparent)]
    Cell(#[from] CellError),
    /// For its form: another number of cells than the header, a quotation mark that is never closed.
    #[error("line {line}: {message}")]
    Form {
        /// 1-based line of the file; the header is line 1.
        line: u64,
        /// What is wrong and what to do.
        message: String,
    },
}

/// What came of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scored {
    /// Rows of the table.
    pub rows: u64,
    /// Rows that could not be used.
    pub failed: u64,
    /// The first of them, at most [`MAX_ERRORS`].
    pub errors: Vec<RowError>,
    /// Lines of the next, at most 200.
    pub further_lines: Vec<u64>,
    /// Names of patients that stand in several rows.
    pub repeated: Repeated,
}

/// Names that stand in several rows: two visits, or two patients who are taken for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeated {
    /// The first line of each name.
    lines: HashMap<String, u64>,
    /// Rows whose name stood before.
    rows: u64,
    /// The first of them: the name and both lines.
    first: Option<(String, u64, u64)>,
}

impl Repeated {
    fn add(&mut self, name: &str, line: u64) {
        let Some(&before) = self.lines.get(name) else {
            self.lines.insert(name.to_owned(), line);
            return;
        };
        self.rows += 1;
        self.first.get_or_insert_with(|| (shown(name), before, line));
    }

    /// Returns what to say of them.
    pub fn message(&self) -> Option<String> {
        let (name, before, line) = self.first.as_ref()?;
        let further = match self.rows {
            1 => String::new(),
            2 => ", and 1 more row likewise".to_owned(),
            rows => format!(", and {} more rows likewise", rows - 1),
        };
        Some(format!(
            "ID {name:?} stands in lines {before} and {line}{further}: every row is scored for itself; give each patient or visit an ID \
             of its own"
        ))
    }
}

impl Scored {
    fn add(&mut self, error: RowError, line: u64) {
        self.failed += 1;
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(error);
        } else if self.further_lines.len() < MAX_LINES {
            self.further_lines.push(line);
        }
    }

    /// Returns what to say of the rows that could not be used.
    pub fn messages(&self, path: &str) -> Vec<String> {
        let mut lines: Vec<String> = self.errors.iter().map(|e| format!("{path}, {e}")).collect();
        let more = self.failed.saturating_sub(self.errors.len() as u64);
        if more > 0 {
            let shown: Vec<String> = self.further_lines.iter().map(u64::to_string).collect();
            let end = if more > shown.len() as u64 { ", …" } else { "" };
            let (rows, line) = if more == 1 {
                ("row", "line")
            } else {
                ("rows", "lines")
            };
            lines.push(format!(
                "{path}: {more} more {rows} cannot be used ({line} {}{end})",
                shown.join(", ")
            ));
        }
        lines
    }
}

/// Why a table cannot be scored.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file is no table.
    #[error("{path}: {message}")]
    Csv {
        /// File as given.
        path: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// A column that the model cannot do without is missing.
    #[error("{path}: no column {column}; the first line must name the columns (found: {found})")]
    NoColumn {
        /// File as given.
        path: String,
        /// The names that would do.
        column: String,
        /// Columns found.
        found: String,
    },
    /// Two columns say the same.
    #[error("{path}: columns {first:?} and {second:?} both give {what}; remove one")]
    ColumnTwice {
        /// File as given.
        path: String,
        /// The first of them.
        first: String,
        /// The second of them.
        second: String,
        /// What they give.
        what: String,
    },
    /// A column names a unit that is not known for its quantity.
    #[error("{path}: the unit in column name {column:?} is not known; use {wanted}")]
    Unit {
        /// File as given.
        path: String,
        /// The column.
        column: String,
        /// Names that would do.
        wanted: &'static str,
    },
    /// There is no row below the header.
    #[error("{path}: no row below the header")]
    Empty {
        /// File as given.
        path: String,
    },
    /// The output cannot be written.
    #[error("cannot write the scores: {0}")]
    Write(#[source] csv::Error),
}

/// Scores every row of a table. What is written takes no room.
///
/// A row that cannot be used is left out and named in what is returned.
pub fn score_table(
    reader: &mut TableReader,
    model: &impl TableModel,
    out: impl Write,
    delimiter: u8,
) -> Result<Scored, TableError> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
    writer
        .write_record(model.output_columns())
        .map_err(TableError::Write)?;
    let mut scored = Scored::default();
    let mut fields = Vec::new();
    while let Some((row, unfit)) = reader.next_row()? {
        scored.rows += 1;
        fields.clear();
        let done = match unfit {
            Some(unfit) => Err(unfit),
            None => model.score(&row, &mut fields).map_err(RowError::from),
        };
        match done {
            Ok(()) => {
                if let Some(name) = fields.first() {
                    scored.repeated.add(name, row.line());
                }
                write_safely(&mut writer, &fields).map_err(TableError::Write)?;
            }
            Err(error) => scored.add(error, row.line()),
        }
    }
    if scored.rows == 0 {
        return Err(TableError::Empty {
            path: reader.header().path().to_owned(),
        });
    }
    writer.flush().map_err(|e| TableError::Write(e.into()))?;
    Ok(scored)
}

/// Writes a row of texts of which some come from strangers: no formula for a spreadsheet, no escape for a terminal.
fn write_safely(writer: &mut csv::Writer<impl Write>, fields: &[String]) -> csv::Result<()> {
    for field in fields {
        // Nearly every field of a score is a short word or a number: no sign of a formula in front, printable ASCII behind.
        let bytes = field.as_bytes();
        if bytes.first().is_none_or(u8::is_ascii_alphanumeric)
            && bytes.iter().all(|b| (0x20..0x7f).contains(b))
        {
            writer.write_field(bytes)?;
        } else {
            writer.write_field(text::tsv(field).as_bytes())?;
        }
    }
    writer.write_record(None::<&[u8]>)
}

/// Returns the delimiter that a file name asks for: tab for `.tsv`, `.txt` and `.tab`, else comma.
pub fn delimiter_of(file_name: &str) -> u8 {
    let extension = file_name.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    if matches!(extension.as_str(), "tsv" | "txt" | "tab") {
        b'\t'
    } else {
        b','
    }
}
