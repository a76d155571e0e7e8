use std::ops::RangeInclusive;

use csv::StringRecord;

use super::{CellError, Column, Header, MeasuredColumn};
use crate::tables::{Dot, NotANumber, plain, short, shown, yes_or_no};

/// Spellings of "not known": those of the published IPSS-M package (`""`, `NA`, `N/A`) in any case, and a few more that
/// cannot mean anything else.
const MISSING: [&str; 16] = [
    "na",
    "n/a",
    "nan",
    ".",
    "unknown",
    "null",
    "not known",
    "not done",
    "not performed",
    "not tested",
    "not available",
    "不明",
    "未検査",
    "未施行",
    "未実施",
    "検査せず",
];

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
        // Most cells begin with a digit; no spelling of "not known" does.
        let number = text.as_bytes().first().is_some_and(u8::is_ascii_digit);
        let missing = !number && (text.is_empty() || MISSING.iter().any(|m| m.eq_ignore_ascii_case(text)));
        (!missing).then_some(Cell {
            row: *self,
            column,
            text,
        })
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
            .ok_or_else(|| self.error(column, "a name for the patient or sample"))
    }

    /// Returns the number in a cell, which must lie in the range; `7%` is 7 where per cent are wanted and 0.07 where a fraction is.
    pub fn number(
        &self,
        column: impl Into<Option<Column>>,
        range: RangeInclusive<f64>,
        wanted: &str,
    ) -> Result<Option<f64>, CellError> {
        let Some(cell) = self.cell(column) else {
            return Ok(None);
        };
        let dot = self.header.dot();
        let value = match per_cent(cell.text, dot) {
            Some(Ok(value)) if *range.end() <= 1.0 => value / 100.0,
            Some(Ok(value)) if wanted.contains('%') || wanted.contains("per cent") => value,
            Some(Ok(_)) => return Err(cell.error(wanted)),
            Some(Err(why)) => return Err(cell.error(&why.wanted(wanted))),
            None => dot
                .number(cell.text)
                .map_err(|why| cell.error(&why.wanted(wanted)))?,
        };
        if range.contains(&value) {
            Ok(Some(value))
        } else {
            Err(cell.error(wanted))
        }
    }

    /// Returns the value of a quantity in the unit of the formulas.
    pub fn measured(&self, column: Option<MeasuredColumn>) -> Result<Option<f64>, CellError> {
        let Some((measured, cell)) = column.and_then(|m| Some((m, self.cell(m.column)?))) else {
            return Ok(None);
        };
        let wanted = measured.quantity.wanted();
        let value = self.header.dot().number(cell.text);
        let value = value.map_err(|why| cell.error(&why.wanted(wanted)))? / measured.divisor;
        if measured.quantity.is_plausible(value) {
            Ok(Some(value))
        } else {
            Err(cell.error(wanted))
        }
    }

    /// Returns the answer of a cell that holds 0 or 1.
    pub fn zero_or_one(&self, column: impl Into<Option<Column>>) -> Result<Option<bool>, CellError> {
        let Some(cell) = self.cell(column) else {
            return Ok(None);
        };
        match cell.text {
            "0" => Ok(Some(false)),
            "1" => Ok(Some(true)),
            text => yes_or_no(text)
                .map(Some)
                .ok_or_else(|| cell.error("0 (no), 1 (yes) or NA (not known)")),
        }
    }

    /// Returns what `read` makes of a cell.
    pub fn parsed<T>(
        &self,
        column: impl Into<Option<Column>>,
        wanted: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, CellError> {
        let Some(cell) = self.cell(column) else {
            return Ok(None);
        };
        read(cell.text).map(Some).ok_or_else(|| cell.error(wanted))
    }

    fn error(&self, column: Column, wanted: &str) -> CellError {
        CellError {
            line: self.line,
            column: shown(self.header.name(column)),
            value: short(self.record.get(column.0).unwrap_or("").trim()).into_owned(),
            wanted: wanted.to_owned(),
        }
    }
}

/// Reads a number with the sign of per cent behind it.
fn per_cent(text: &str, dot: Dot) -> Option<Result<f64, NotANumber>> {
    // Few cells end so.
    let last = text
        .chars()
        .next_back()
        .filter(|c| matches!(c, '%' | '\u{ff05}'))?;
    Some(dot.number(&plain(&text[..text.len() - last.len_utf8()])))
}

impl Cell<'_> {
    /// Returns the error that this cell cannot be used.
    pub fn error(&self, wanted: &str) -> CellError {
        self.row.error(self.column, wanted)
    }
}
