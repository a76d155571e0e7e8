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

    fn echo(text: &str) -> Result<(String, Vec<String>), TableError> {
        let mut reader = TableReader::new(text.as_bytes(), "t.csv")?;
        let header = reader.header();
        let model = Echo(
            header.id()?,
            header.require_measured(Quantity::Hemoglobin, StatedUnits::default())?,
            header.require(&["flag"])?,
        );
        let mut out = Vec::new();
        let scored = score_table(&mut reader, &model, &mut out, b'\t')?;
        Ok((String::from_utf8(out).unwrap(), scored.messages("t.csv")))
    }

    #[test]
    fn reads_values_units_and_what_is_missing() {
        assert_eq!(
            echo("ID,hb_g_l,flag\na,96,0\nb, ,1\nc,NA,n/a\nd,100,1.0\n")
                .unwrap()
                .0,
            "ID\ttwice\tflag\na\t19.2\tSome(false)\nb\tNA\tSome(true)\nc\tNA\tNone\nd\t20.0\tSome(true)\n"
        );
        let european = echo("ID;HB;flag\na;9,6;0\nb;９．６;１\n").unwrap();
        assert_eq!(european.1, [""; 0]);
        assert!(
            european.0.contains("a\t19.2\t") && european.0.contains("b\t19.2\tSome(true)"),
            "{}",
            european.0
        );
    }

    /// `1.250` platelets beside a hemoglobin of `9,6` were read as one and a quarter, without a word.
    #[test]
    fn a_dot_that_may_part_thousands_is_an_error() {
        let (table, errors) = echo("ID;HB;flag\na;9,6;0\nb;12.500;0\nc;1 250;1\nd;9.6;1\n").unwrap();
        assert_eq!(
            table,
            "ID\ttwice\tflag\na\t19.2\tSome(false)\nd\t19.2\tSome(true)\n"
        );
        assert!(
            errors[0].starts_with(
                "t.csv, line 3, column HB: \"12.500\" is not clear, for its dot may part thousands"
            ) && errors[0].contains("write 1250 for"),
            "{errors:?}"
        );
        assert!(
            errors[1]
                .starts_with("t.csv, line 4, column HB: \"1 250\" is not a number without signs between"),
            "{errors:?}"
        );
        assert_eq!(errors.len(), 2);
    }

    /// One bad row once took the whole table with it.
    #[test]
    fn names_every_wrong_cell_and_scores_the_other_rows() {
        let (table, errors) = echo("ID,HB,flag\na,96,0\nb,9,2\n,9,1\nd,ten,0\ne\nf,9,1\n").unwrap();
        let hb = Quantity::Hemoglobin.wanted();
        let expected = [
            format!("t.csv, line 2, column HB: \"96\" is not {hb}"),
            "t.csv, line 3, column flag: \"2\" is not 0 (no), 1 (yes) or NA (not known)".to_owned(),
            "t.csv, line 4, column ID: \"\" is not a name for the patient or sample".to_owned(),
            "t.csv, line 5, column HB: \"ten\" is not a number; give a hemoglobin of 1.5 to 25 g/dL".to_owned(),
            "t.csv, line 6: 1 cell where the header has 3 cells; a cell that is not known stays empty between its separators"
                .to_owned(),
        ];
        assert_eq!(errors, expected);
        assert_eq!(table, "ID\ttwice\tflag\nf\t18.0\tSome(true)\n");
        let many = format!("ID,HB,flag\n{}", "a,9,2\n".repeat(25));
        let errors = echo(&many).unwrap().1;
        assert_eq!(
            errors.last().unwrap(),
            "t.csv: 5 more rows cannot be used (lines 22, 23, 24, 25, 26)"
        );
        assert_eq!(
            echo("ID,HB,flag\n").unwrap_err().to_string(),
            "t.csv: no row below the header"
        );
    }

    #[test]
    fn a_cell_of_a_stranger_is_no_formula_and_no_escape() {
        let (table, _) = echo("ID,HB,flag\n=cmd|x,9,1\n\"a\u{1b}[31m\tb\u{202e}\",9,1\n").unwrap();
        assert!(
            table.contains("\n'=cmd|x\t") && table.contains("\na\\u{1b}[31m\\tb\\u{202e}\t"),
            "{table}"
        );
    }

    #[test]
    fn the_sign_of_per_cent_says_what_is_meant() {
        let mut reader = TableReader::new("ID,vaf,blasts\na,12%,7 %\n".as_bytes(), "t").unwrap();
        let columns = ["vaf", "blasts"].map(|n| reader.header().find(&[n]).unwrap());
        let (row, _) = reader.next_row().unwrap().unwrap();
        assert_eq!(
            row.number(columns[0], 0.0..=1.0, "a fraction").unwrap(),
            Some(0.12)
        );
        assert_eq!(
            row.number(columns[1], 0.0..=100.0, "per cent").unwrap(),
            Some(7.0)
        );
        assert!(row.number(columns[1], 0.0..=100.0, "years").is_err());
    }
}
