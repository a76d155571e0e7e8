use csv::StringRecord;

use super::super::answers::is_missing;
use super::{CellError, Column, Header};
use crate::tables::{Dot, short, shown};

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    header: &'a Header,
    record: &'a StringRecord,
    line: u64,
}

/// One cell that is not empty.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    row: Row<'a>,
    column: Column,
    /// The text of the cell without blanks around it.
    pub text: &'a str,
}

impl<'a> Row<'a> {
    /// Makes a row of a record; `line` is the 1-based line of its file.
    pub fn new(header: &'a Header, record: &'a StringRecord, line: u64) -> Self {
        Self { header, record, line }
    }

    /// Returns the 1-based line of the file.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Returns a cell; `None` where it says that the value is not known.
    pub fn cell(&self, column: impl Into<Option<Column>>) -> Option<Cell<'a>> {
        let column = column.into()?;
        let text = self.record.get(column.0)?.trim();
        (!is_missing(text)).then_some(Cell {
            row: *self,
            column,
            text,
        })
    }

    /// Returns the name of a column.
    pub(in crate::patient) fn name(&self, column: Column) -> String {
        shown(self.header.name(column))
    }

    /// Returns what the dot of a number means.
    pub(crate) const fn dot(&self) -> Dot {
        self.header.dot()
    }

    /// Returns the text of a cell.
    pub fn text(&self, column: impl Into<Option<Column>>) -> Option<&'a str> {
        self.cell(column).map(|c| c.text)
    }

    /// Returns the name of the patient or sample, which must be there.
    pub fn id(&self, column: Column) -> Result<&'a str, CellError> {
        self.record
            .get(column.0)
            .map(str::trim)
            .filter(|t| !t.is_empty())
            .ok_or_else(|| self.error(column, "is not a name for the patient or sample"))
    }

    fn error(&self, column: Column, wrong: &str) -> CellError {
        CellError {
            line: self.line,
            column: shown(self.header.name(column)),
            value: short(self.record.get(column.0).unwrap_or("").trim()).into_owned(),
            wrong: wrong.to_owned(),
        }
    }
}

impl Cell<'_> {
    /// Returns the error that this cell is not what it must be.
    pub fn error(&self, wanted: &str) -> CellError {
        self.wrong(&format!("is not {wanted}"))
    }

    /// Returns the error that something is wrong with this cell.
    pub fn wrong(&self, wrong: &str) -> CellError {
        self.row.error(self.column, wrong)
    }
}
