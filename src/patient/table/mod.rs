//! Tables of patients, read one row at a time: where a column stands, what its cells say, and what is wrong with them.

mod header;
mod reader;
mod row;

pub(crate) use header::sample_place;
pub use header::{Column, Header};
pub use reader::TableReader;
pub use row::{Cell, Row};

/// A cell that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {value:?} {wrong}")]
pub struct CellError {
    /// 1-based line of the file; the header is line 1.
    pub line: u64,
    /// The column as the file writes it.
    pub column: String,
    /// The cell.
    pub value: String,
    /// What is wrong with it, and what would be right.
    pub wrong: String,
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
        wanted: String,
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
