//! Tables whose columns are known by their names: truths, lists of alleles.

use std::io::Read;

use csv::StringRecord;

use super::{Dot, Records, Unreadable};

/// A table read line by line. Names of columns are taken in lower case and without the number sign that some write before the first.
#[derive(Debug)]
pub(crate) struct NamedTable {
    records: Records,
    record: StringRecord,
    columns: Vec<String>,
}

/// One line of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamedLine<'t> {
    /// Where it begins; the header is line 1.
    pub number: u64,
    columns: &'t [String],
    record: &'t StringRecord,
}

impl NamedTable {
    /// Reads the header.
    pub(crate) fn new(reader: impl Read) -> Result<Self, Unreadable> {
        let records = Records::new(reader, None)?;
        let name = |name: &String| name.trim_start_matches('#').to_ascii_lowercase();
        Ok(Self {
            columns: records.header.iter().map(name).collect(),
            record: StringRecord::new(),
            records,
        })
    }

    /// Returns the names of the columns.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Returns the first of these columns that is not there.
    pub(crate) fn lacks(&self, wanted: &[&'static str]) -> Option<&'static str> {
        let has = |column: &str| self.columns.iter().any(|c| c == column);
        wanted.iter().copied().find(|column| !has(column))
    }

    /// Returns what the dot of a number means.
    pub(crate) fn dot(&self) -> Dot {
        self.records.dot
    }

    /// Reads the next line that is not empty.
    pub(crate) fn next(&mut self) -> Result<Option<NamedLine<'_>>, Unreadable> {
        let Some((number, unfit)) = self.records.next(&mut self.record)? else {
            return Ok(None);
        };
        if let Some(unfit) = unfit {
            return Err(Unreadable(format!("line {number}: {unfit}")));
        }
        self.record.trim();
        Ok(Some(NamedLine {
            number,
            columns: &self.columns,
            record: &self.record,
        }))
    }
}

impl<'t> NamedLine<'t> {
    /// Returns a cell; `None` where there is no such column, or nothing in it.
    pub(crate) fn get(&self, column: &str) -> Option<&'t str> {
        let at = self.columns.iter().position(|c| c == column)?;
        self.record.get(at).filter(|v| !matches!(*v, "" | "." | "NA"))
    }
}
