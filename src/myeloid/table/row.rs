use std::ops::RangeInclusive;

use csv::StringRecord;

use super::{CellError, Column, Header, MeasuredColumn};

/// Spellings of "not known": those of the published IPSS-M package (`""`, `NA`, `N/A`) in any case, and a few more that
/// cannot mean anything else.
const MISSING: [&str; 7] = ["na", "n/a", "nan", ".", "unknown", "null", "不明"];

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

    /// Returns the number in a cell, which must lie in the range.
    pub fn number(
        &self,
        column: impl Into<Option<Column>>,
        range: RangeInclusive<f64>,
        wanted: &str,
    ) -> Result<Option<f64>, CellError> {
        let Some(cell) = self.cell(column) else {
            return Ok(None);
        };
        match cell.text.parse::<f64>() {
            Ok(value) if range.contains(&value) => Ok(Some(value)),
            _ => Err(cell.error(wanted)),
        }
    }

    /// Returns the value of a quantity in the unit of the formulas.
    pub fn measured(&self, column: Option<MeasuredColumn>) -> Result<Option<f64>, CellError> {
        let Some((measured, cell)) = column.and_then(|m| Some((m, self.cell(m.column)?))) else {
            return Ok(None);
        };
        match cell.text.parse::<f64>() {
            Ok(value) if measured.quantity.is_plausible(value / measured.divisor) => {
                Ok(Some(value / measured.divisor))
            }
            _ => Err(cell.error(measured.quantity.wanted())),
        }
    }

    /// Returns the answer of a cell that holds 0 or 1.
    pub fn zero_or_one(&self, column: impl Into<Option<Column>>) -> Result<Option<bool>, CellError> {
        let Some(cell) = self.cell(column) else {
            return Ok(None);
        };
        match cell.text {
            "0" | "0.0" => Ok(Some(false)),
            "1" | "1.0" => Ok(Some(true)),
            _ => Err(cell.error("0 (no), 1 (yes) or NA (not known)")),
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
            column: self.header.name(column).to_owned(),
            value: self.record.get(column.0).unwrap_or("").to_owned(),
            wanted: wanted.to_owned(),
        }
    }
}

impl Cell<'_> {
    /// Returns the error that this cell cannot be used.
    pub fn error(&self, wanted: &str) -> CellError {
        self.row.error(self.column, wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{TableError, TableModel, TableReader, score_table};
    use super::*;
    use crate::myeloid::units::{Quantity, StatedUnits};

    /// Doubles the hemoglobin and says the flag.
    struct Echo(Column, MeasuredColumn, Column);

    impl TableModel for Echo {
        fn output_columns(&self) -> Vec<String> {
            ["ID", "twice", "flag"].map(String::from).to_vec()
        }

        fn score(&self, row: &Row<'_>, fields: &mut Vec<String>) -> Result<(), CellError> {
            fields.push(row.id(self.0)?.to_owned());
            fields.push(
                row.measured(Some(self.1))?
                    .map_or("NA".into(), |v| format!("{:.1}", 2.0 * v)),
            );
            fields.push(format!("{:?}", row.zero_or_one(self.2)?));
            Ok(())
        }
    }

    fn echo(text: &str) -> Result<String, TableError> {
        let mut reader = TableReader::new(text.as_bytes(), "t.csv")?;
        let header = reader.header();
        let model = Echo(
            header.id()?,
            header.require_measured(Quantity::Hemoglobin, StatedUnits::default())?,
            header.require(&["flag"])?,
        );
        let mut out = Vec::new();
        score_table(&mut reader, &model, &mut out, b'\t')?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn reads_values_units_and_what_is_missing() {
        assert_eq!(
            echo("ID,hb_g_l,flag\na,96,0\nb, ,1\nc,NA,n/a\nd,100,1.0\n").unwrap(),
            "ID\ttwice\tflag\na\t19.2\tSome(false)\nb\tNA\tSome(true)\nc\tNA\tNone\nd\t20.0\tSome(true)\n"
        );
    }

    #[test]
    fn names_every_wrong_cell() {
        let error = echo("ID,HB,flag\na,96,0\nb,9,2\n,9,1\nd,ten,0\n")
            .unwrap_err()
            .to_string();
        let hb = Quantity::Hemoglobin.wanted();
        assert_eq!(
            error,
            format!(
                "t.csv, line 2, column HB: \"96\" is not {hb}\n\
                 t.csv, line 3, column flag: \"2\" is not 0 (no), 1 (yes) or NA (not known)\n\
                 t.csv, line 4, column ID: \"\" is not a name for the patient or sample\n\
                 t.csv, line 5, column HB: \"ten\" is not {hb}"
            )
        );
        let many = format!("ID,HB,flag\n{}", "a,9,2\n".repeat(25));
        assert!(
            echo(&many)
                .unwrap_err()
                .to_string()
                .ends_with("t.csv: 5 more cells are wrong")
        );
        assert_eq!(
            echo("ID,HB,flag\n").unwrap_err().to_string(),
            "t.csv: no row below the header"
        );
    }
}
