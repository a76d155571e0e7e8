//! Why a table, a row or a value cannot be used.

use super::table::{CellError, TableError};
use super::visit::PlasmaInput;

/// Why a table, a row or a value cannot be used. Lines are 1-based; the header is line 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// The file cannot be read as a table.
    #[error("{path}: {message}")]
    Csv {
        /// File as given.
        path: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// A row has another number of cells than the header, or a quotation mark that is never closed.
    #[error("{path}, line {line}: {message}")]
    Form {
        /// File as given.
        path: String,
        /// Line.
        line: u64,
        /// What is wrong and what to do.
        message: String,
    },
    /// The file cannot be read as JSON.
    #[error(
        "{path}: {message}; give an object, an array of objects, or one object per line, with the columns of the table as names"
    )]
    Json {
        /// File as given.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// A column: missing, twice, or with a unit that is not known for it.
    #[error("{0}")]
    Column(String),
    /// A cell that cannot be used.
    #[error("{path}, {cell}")]
    Cell {
        /// File as given.
        path: String,
        /// The cell and what is wrong with it.
        cell: CellError,
    },
    /// Several visits of a sample cannot be put in order.
    #[error(
        "{path}, line {line}, column date: sample {sample:?} has several rows, so each needs a date of its own"
    )]
    VisitDate {
        /// File as given.
        path: String,
        /// Line.
        line: u64,
        /// The sample.
        sample: String,
    },
    /// There is no row.
    #[error("{path}: no row below the header")]
    Empty {
        /// File as given.
        path: String,
    },
}

impl From<TableError> for InputError {
    fn from(error: TableError) -> Self {
        Self::Column(error.to_string())
    }
}

/// A visit, or the sample that cannot be used and why.
pub(super) type VisitRow = Result<PlasmaInput, Box<(String, InputError)>>;
