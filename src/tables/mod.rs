//! What the readers of people's tables share: bytes of any spreadsheet to records, numbers as people type them, and the column
//! that a misspelled name is nearest to.
//!
//! A table is CSV (comma, semicolon or vertical line), TSV, or a workbook; which, its contents say, not its name.

mod cells;
mod decode;
mod named;
mod nearest;
mod numbers;
mod records;
mod workbook;

pub(crate) use cells::{key, list, plain, short, shown};
pub(crate) use named::{NamedLine, NamedTable};
pub(crate) use nearest::{nearest, unread};
pub(crate) use numbers::Dot;
pub(crate) use records::Records;

/// Bytes of a table beyond which it is no table of patients: 512 MiB, a few million rows.
const MAX_BYTES: u64 = 512 << 20;

/// Columns beyond which it is no table of patients: as many as a worksheet has.
const MAX_COLUMNS: usize = 16_384;

/// Reads a text whole, with what had to be assumed to read it.
pub(crate) fn text(reader: impl std::io::Read) -> Result<(String, Option<String>), Unreadable> {
    let decoded = decode::decode(records::bytes(reader)?)?;
    Ok((decoded.text, decoded.assumed))
}

/// Why a table cannot be read at all: what is wrong and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Unreadable(pub String);
