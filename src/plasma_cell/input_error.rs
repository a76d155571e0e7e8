//! Why a table, a row or a value cannot be used.

use crate::patient::PlasmaInput;

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
    /// There is no sample column.
    #[error("{path}: no column \"sample\"; the first line must name the columns (found: {found})")]
    NoSampleColumn {
        /// File as given.
        path: String,
        /// Columns found.
        found: String,
    },
    /// Two columns mean the same.
    #[error("{path}, line {line}: columns {first:?} and {second:?} give the same quantity; keep one")]
    ColumnTwice {
        /// File as given.
        path: String,
        /// Line of the header or object.
        line: u64,
        /// The first.
        first: String,
        /// The second.
        second: String,
    },
    /// A column of a known quantity ends in a unit that is not known for it.
    #[error(
        "{path}, line {line}: column {column:?} has no unit that is known for it; name it one of: {wanted}"
    )]
    UnknownUnitColumn {
        /// File as given.
        path: String,
        /// Line of the header or object.
        line: u64,
        /// The column.
        column: String,
        /// Names that are understood.
        wanted: String,
    },
    /// A value without a unit.
    #[error(
        "{path}, line {line}, column {column}: {value:?} has no unit; name the column one of: {wanted}, or add a column {column}_unit"
    )]
    NoUnit {
        /// File as given.
        path: String,
        /// Line.
        line: u64,
        /// The column.
        column: String,
        /// The value.
        value: String,
        /// Names that are understood.
        wanted: String,
    },
    /// A unit that is not known, or a second one that differs.
    #[error("{path}, line {line}, column {column}: unit {value:?} is not {wanted}")]
    Unit {
        /// File as given.
        path: String,
        /// Line.
        line: u64,
        /// The column.
        column: String,
        /// The unit.
        value: String,
        /// What would be right.
        wanted: String,
    },
    /// A value that cannot be read.
    #[error("{path}, line {line}, column {column}: {value:?} is not {wanted}")]
    Value {
        /// File as given.
        path: String,
        /// Line.
        line: u64,
        /// The column.
        column: String,
        /// The value.
        value: String,
        /// What would be right.
        wanted: String,
    },
    /// A value that no person has.
    #[error("{path}, line {line}, column {column}: {value:?} is {detail}; check the number and its unit")]
    Implausible {
        /// File as given.
        path: String,
        /// Line.
        line: u64,
        /// The column.
        column: String,
        /// The value.
        value: String,
        /// The value in the canonical unit and the range that is believed.
        detail: String,
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

/// A visit, or the sample that cannot be used and why.
pub(crate) type Row = Result<PlasmaInput, Box<(String, InputError)>>;
