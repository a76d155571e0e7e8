use std::io::Read;

use csv::StringRecord;

use super::{Header, Row, RowError, TableError};
use crate::tables::{Records, Unreadable};

/// Reads a CSV or TSV table, or a worksheet of a workbook, row by row.
#[derive(Debug)]
pub struct TableReader {
    records: Records,
    header: Header,
    record: StringRecord,
}

impl TableReader {
    /// Starts to read; `path` is only for messages.
    ///
    /// What the table is, its contents say: a workbook, or text in UTF-8, UTF-16, Shift_JIS or Windows-1252 with the tab, the
    /// comma or the semicolon between its cells.
    pub fn new(reader: impl Read, path: &str) -> Result<Self, TableError> {
        Self::of_worksheet(reader, path, None)
    }

    /// Starts to read; of a workbook the worksheet named, or numbered from 1 on.
    pub fn of_worksheet(reader: impl Read, path: &str, worksheet: Option<&str>) -> Result<Self, TableError> {
        let records = Records::new(reader, worksheet).map_err(|e| unreadable(path, &e))?;
        Ok(Self {
            header: Header::new(path, records.header.clone())?.with_dot(records.dot),
            records,
            record: StringRecord::new(),
        })
    }

    /// Returns the columns.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Returns what had to be assumed or chosen to read the table.
    pub fn notes(&self) -> &[String] {
        &self.records.notes
    }

    /// Reads the next row that is not empty, and what is wrong with its form; `None` at the end.
    pub fn next_row(&mut self) -> Result<Option<(Row<'_>, Option<RowError>)>, TableError> {
        let next = self.records.next(&mut self.record);
        let next = next.map_err(|e| unreadable(self.header.path(), &e))?;
        Ok(next.map(|(line, unfit)| {
            let error = unfit.map(|unfit| RowError::Form {
                line,
                message: unfit.to_string(),
            });
            (Row::new(&self.header, &self.record, line), error)
        }))
    }
}

fn unreadable(path: &str, error: &Unreadable) -> TableError {
    TableError::Csv {
        path: path.to_owned(),
        message: error.to_string(),
    }
}
