//! Tables that scores are computed from and written to: one row per patient, read and written one at a time.
//!
//! A model says which columns it takes and what it writes of a row ([`TableModel`]); [`score_table`] does the rest. What
//! is wrong in a table is gathered, up to [`MAX_ERRORS`] cells, and named by file, line, column and value.

mod header;
mod reader;
mod row;

use std::io::{Read, Write};

pub use header::{Column, Header, MeasuredColumn};
pub use reader::TableReader;
pub use row::{Cell, Row};

/// How many wrong cells are named before the rest is only counted.
pub const MAX_ERRORS: usize = 20;

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

/// Why a table cannot be scored.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file is no CSV or TSV in UTF-8, or has a row of another length than its header.
    #[error("{path}: {message}; save it as CSV or TSV in UTF-8, every row with as many fields as the header")]
    Csv {
        /// File as given.
        path: String,
        /// What the reader says, with the line.
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
    /// Some cells cannot be used.
    #[error("{}", list_cells(path, cells, *more))]
    Cells {
        /// File as given.
        path: String,
        /// The first of them.
        cells: Vec<CellError>,
        /// How many more there are.
        more: u64,
    },
    /// The output cannot be written.
    #[error("cannot write the scores: {0}")]
    Write(#[source] csv::Error),
}

fn list_cells(path: &str, cells: &[CellError], more: u64) -> String {
    let mut lines: Vec<String> = cells.iter().map(|cell| format!("{path}, {cell}")).collect();
    if more > 0 {
        lines.push(format!("{path}: {more} more cells are wrong"));
    }
    lines.join("\n")
}

/// Scores every row of a table; returns how many there were. Memory does not grow with the table.
///
/// A row with a wrong cell is not written, and the whole ends in [`TableError::Cells`]: a table of scores with silent
/// holes is worse than none.
pub fn score_table(
    reader: &mut TableReader<impl Read>,
    model: &impl TableModel,
    out: impl Write,
    delimiter: u8,
) -> Result<u64, TableError> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
    writer
        .write_record(model.output_columns())
        .map_err(TableError::Write)?;
    let (mut rows, mut cells, mut more) = (0, Vec::new(), 0);
    let mut fields = Vec::new();
    while let Some(row) = reader.next_row()? {
        rows += 1;
        fields.clear();
        match model.score(&row, &mut fields) {
            Ok(()) if cells.is_empty() => writer.write_record(&fields).map_err(TableError::Write)?,
            Ok(()) => {}
            Err(error) if cells.len() < MAX_ERRORS => cells.push(error),
            Err(_) => more += 1,
        }
    }
    let path = reader.header().path().to_owned();
    if !cells.is_empty() {
        return Err(TableError::Cells { path, cells, more });
    }
    if rows == 0 {
        return Err(TableError::Empty { path });
    }
    writer.flush().map_err(|e| TableError::Write(e.into()))?;
    Ok(rows)
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
