//! Tables that scores are computed from and written to: one row per patient, read and written one at a time.
//!
//! A model says which columns it takes and what it writes of a row ([`TableModel`]); [`score_table`] does the rest. A row that
//! cannot be used is left out, as in a run of `analyze`, and named by file, line, column and value.

use std::collections::HashMap;
use std::io::Write;

use crate::patient::{CellError, Row, RowError, TableError, TableReader};
use crate::tables::shown;
use crate::text;

/// How many wrong rows are named before the rest is only counted.
pub const MAX_ERRORS: usize = 20;

/// How many lines of further wrong rows are listed.
const MAX_LINES: usize = 200;

/// What a score needs of a table, and what it writes.
pub trait TableModel {
    /// Names of the columns written, in order.
    fn output_columns(&self) -> Vec<String>;

    /// Scores a row; pushes one field for each output column.
    fn score(&self, row: &Row<'_>, fields: &mut Vec<String>) -> Result<(), CellError>;
}

/// What came of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scored {
    /// Rows of the table.
    pub rows: u64,
    /// Rows that could not be used.
    pub failed: u64,
    /// The first of them, at most [`MAX_ERRORS`].
    pub errors: Vec<RowError>,
    /// Lines of the next, at most 200.
    pub further_lines: Vec<u64>,
    /// Names of patients that stand in several rows.
    pub repeated: Repeated,
}

/// Names that stand in several rows: two visits, or two patients who are taken for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeated {
    /// The first line of each name.
    lines: HashMap<String, u64>,
    /// Rows whose name stood before.
    rows: u64,
    /// The first of them: the name and both lines.
    first: Option<(String, u64, u64)>,
}

impl Repeated {
    fn add(&mut self, name: &str, line: u64) {
        let Some(&before) = self.lines.get(name) else {
            self.lines.insert(name.to_owned(), line);
            return;
        };
        self.rows += 1;
        self.first.get_or_insert_with(|| (shown(name), before, line));
    }

    /// Returns what to say of them.
    pub fn message(&self) -> Option<String> {
        let (name, before, line) = self.first.as_ref()?;
        let further = match self.rows {
            1 => String::new(),
            2 => ", and 1 more row likewise".to_owned(),
            rows => format!(", and {} more rows likewise", rows - 1),
        };
        Some(format!(
            "ID {name:?} stands in lines {before} and {line}{further}: every row is scored for itself; give each patient or visit an ID \
             of its own"
        ))
    }
}

impl Scored {
    fn add(&mut self, error: RowError, line: u64) {
        self.failed += 1;
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(error);
        } else if self.further_lines.len() < MAX_LINES {
            self.further_lines.push(line);
        }
    }

    /// Returns what to say of the rows that could not be used.
    pub fn messages(&self, path: &str) -> Vec<String> {
        let mut lines: Vec<String> = self.errors.iter().map(|e| format!("{path}, {e}")).collect();
        let more = self.failed.saturating_sub(self.errors.len() as u64);
        if more > 0 {
            let shown: Vec<String> = self.further_lines.iter().map(u64::to_string).collect();
            let end = if more > shown.len() as u64 { ", …" } else { "" };
            let (rows, line) = if more == 1 {
                ("row", "line")
            } else {
                ("rows", "lines")
            };
            lines.push(format!(
                "{path}: {more} more {rows} cannot be used ({line} {}{end})",
                shown.join(", ")
            ));
        }
        lines
    }
}

/// Scores every row of a table. What is written takes no room.
///
/// A row that cannot be used is left out and named in what is returned.
pub fn score_table(
    reader: &mut TableReader,
    model: &impl TableModel,
    out: impl Write,
    delimiter: u8,
) -> Result<Scored, TableError> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
    writer
        .write_record(model.output_columns())
        .map_err(TableError::Write)?;
    let mut scored = Scored::default();
    let mut fields = Vec::new();
    while let Some((row, unfit)) = reader.next_row()? {
        scored.rows += 1;
        fields.clear();
        let done = match unfit {
            Some(unfit) => Err(unfit),
            None => model.score(&row, &mut fields).map_err(RowError::from),
        };
        match done {
            Ok(()) => {
                if let Some(name) = fields.first() {
                    scored.repeated.add(name, row.line());
                }
                write_safely(&mut writer, &fields).map_err(TableError::Write)?;
            }
            Err(error) => scored.add(error, row.line()),
        }
    }
    if scored.rows == 0 {
        return Err(TableError::Empty {
            path: reader.header().path().to_owned(),
        });
    }
    writer.flush().map_err(|e| TableError::Write(e.into()))?;
    Ok(scored)
}

/// Writes a row of texts of which some come from strangers: no formula for a spreadsheet, no escape for a terminal.
fn write_safely(writer: &mut csv::Writer<impl Write>, fields: &[String]) -> csv::Result<()> {
    for field in fields {
        // Nearly every field of a score is a short word or a number: no sign of a formula in front, printable ASCII behind.
        let bytes = field.as_bytes();
        if bytes.first().is_none_or(u8::is_ascii_alphanumeric)
            && bytes.iter().all(|b| (0x20..0x7f).contains(b))
        {
            writer.write_field(bytes)?;
        } else {
            writer.write_field(text::tsv(field).as_bytes())?;
        }
    }
    writer.write_record(None::<&[u8]>)
}

/// Returns the delimiter that a file name asks for: tab for `.tsv`, `.txt` and `.tab`, else comma.
pub fn delimiter_of(file_name: &str) -> u8 {
    let extension = file_name.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    if matches!(extension.as_str(), "tsv" | "txt" | "tab") {
        b'\t'
    } else {
        b','
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patient::{ClinicalColumns, Column, Header, Reader, StatedUnits};

    /// Doubles the hemoglobin and says the flag.
    struct Echo(Column, ClinicalColumns);

    impl Echo {
        fn new(header: &Header) -> Result<Self, TableError> {
            let columns = ClinicalColumns::new(header, Reader::IpssM, StatedUnits::default())?;
            columns.require(header, "hb")?;
            Ok(Self(header.id()?, columns))
        }
    }

    impl TableModel for Echo {
        fn output_columns(&self) -> Vec<String> {
            ["ID", "twice", "complex"].map(String::from).to_vec()
        }

        fn score(&self, row: &Row<'_>, fields: &mut Vec<String>) -> Result<(), CellError> {
            fields.push(row.id(self.0)?.to_owned());
            let given = self.1.read(row)?.clinical;
            fields.push(
                given
                    .hemoglobin
                    .map_or("NA".into(), |v| format!("{:.1}", 2.0 * v)),
            );
            fields.push(format!("{:?}", given.complex));
            Ok(())
        }
    }

    fn echo(text: &str) -> Result<(String, Vec<String>), TableError> {
        let mut reader = TableReader::new(text.as_bytes(), "t.csv")?;
        let model = Echo::new(reader.header())?;
        let mut out = Vec::new();
        let scored = score_table(&mut reader, &model, &mut out, b'\t')?;
        Ok((String::from_utf8(out).unwrap(), scored.messages("t.csv")))
    }

    #[test]
    fn reads_values_units_and_what_is_missing() {
        assert_eq!(
            echo("ID,hb_g_l,complex\na,96,0\nb, ,1\nc,NA,n/a\nd,100,1.0\n")
                .unwrap()
                .0,
            "ID\ttwice\tcomplex\na\t19.2\tSome(false)\nb\tNA\tSome(true)\nc\tNA\tNone\nd\t20.0\tSome(true)\n"
        );
        let european = echo("ID;HB;complex\na;9,6;0\nb;９．６;１\n").unwrap();
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
        let (table, errors) = echo("ID;HB;complex\na;9,6;0\nb;12.500;0\nc;1 250;1\nd;9.6;1\n").unwrap();
        assert_eq!(
            table,
            "ID\ttwice\tcomplex\na\t19.2\tSome(false)\nd\t19.2\tSome(true)\n"
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
        let (table, errors) = echo("ID,HB,complex\na,96,0\nb,9,2\n,9,1\nd,ten,0\ne\nf,9,1\n").unwrap();
        let hb = "plausible for hemoglobin: 1.5 to 25 g/dL; for another unit name the column hb_g_l (g/L)";
        let expected = [
            format!("t.csv, line 2, column HB: \"96\" is not {hb}"),
            "t.csv, line 3, column complex: \"2\" is not 0 (no), 1 (yes) or NA (not known)".to_owned(),
            "t.csv, line 4, column ID: \"\" is not a name for the patient or sample".to_owned(),
            "t.csv, line 5, column HB: \"ten\" is not a number; give hemoglobin from 1.5 to 25 g/dL".to_owned(),
            "t.csv, line 6: 1 cell where the header has 3 cells; a cell that is not known stays empty between its separators"
                .to_owned(),
        ];
        assert_eq!(errors, expected);
        assert_eq!(table, "ID\ttwice\tcomplex\nf\t18.0\tSome(true)\n");
        let many = format!("ID,HB,complex\n{}", "a,9,2\n".repeat(25));
        let errors = echo(&many).unwrap().1;
        assert_eq!(
            errors.last().unwrap(),
            "t.csv: 5 more rows cannot be used (lines 22, 23, 24, 25, 26)"
        );
        assert_eq!(
            echo("ID,HB,complex\n").unwrap_err().to_string(),
            "t.csv: no row below the header"
        );
    }

    #[test]
    fn names_that_stand_in_several_rows_are_counted() {
        let message = |names: &[&str]| {
            let mut repeated = Repeated::default();
            for (index, name) in names.iter().enumerate() {
                repeated.add(name, index as u64 + 2);
            }
            repeated.message().unwrap_or_default()
        };
        assert_eq!(message(&["a", "b", "c"]), "");
        let said = message(&["a", "b", "a"]);
        assert!(
            said.starts_with("ID \"a\" stands in lines 2 and 4: every row"),
            "{said}"
        );
        let said = message(&["a", "b", "a", "b"]);
        assert!(
            said.starts_with("ID \"a\" stands in lines 2 and 4, and 1 more row likewise: "),
            "{said}"
        );
        let said = message(&["a", "b", "b", "a", "a"]);
        assert!(
            said.starts_with("ID \"b\" stands in lines 3 and 4, and 2 more rows likewise: "),
            "{said}"
        );
    }

    #[test]
    fn a_cell_of_a_stranger_is_no_formula_and_no_escape() {
        let (table, _) = echo("ID,HB,complex\n=cmd|x,9,1\n\"a\u{1b}[31m\tb\u{202e}\",9,1\n").unwrap();
        assert!(
            table.contains("\n'=cmd|x\t") && table.contains("\na\\u{1b}[31m\\tb\\u{202e}\t"),
            "{table}"
        );
    }
}
