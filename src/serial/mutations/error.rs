//! What is wrong with a table of mutations.

use crate::patient::{CellError, RowError, TableError};

/// Why a table cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum MutationTableError {
    /// It is no table, or two of its columns say the same.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Columns are missing.
    #[error("{file}: no column {columns}: {why}; name one so, docs/serial.md has the columns")]
    Columns {
        /// File as given.
        file: String,
        /// Names that would do.
        columns: &'static str,
        /// What the table does not tell without.
        why: &'static str,
    },
    /// A column of fractions holds what can only be per cent: then the smaller ones are not what they seem, too.
    #[error(
        "{file}, {cell}: are these per cent? Then name the column {}_percent; nothing of the table was used, for 0.8 may be 0.8 % too",
        .cell.column
    )]
    Percent {
        /// File as given.
        file: String,
        /// The cell.
        cell: CellError,
    },
    /// Nothing below the header.
    #[error("{file}: no row below the header")]
    Empty {
        /// File as given.
        file: String,
    },
}

/// What is left out of a table, and why; the rest is done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MutationProblem {
    /// A row that cannot be used.
    #[error("{file}, {error}")]
    Row {
        /// File as given.
        file: String,
        /// What is wrong.
        error: RowError,
    },
    /// Two rows of one mutation at one time.
    #[error(
        "{file}, lines {first} and {second}: {person}, {mutation}: two rows of one visit; leave one out, or tell the mutations apart (column change, or pos, ref and alt)"
    )]
    Twice {
        /// File as given.
        file: String,
        /// 1-based line.
        first: u64,
        /// 1-based line.
        second: u64,
        /// The person.
        person: String,
        /// The mutation.
        mutation: String,
    },
}
