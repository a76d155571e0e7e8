//! The sample sheet: one row per sample, CSV or TSV, with the files and what is known of the person.

use std::collections::HashMap;
use std::io::Read;

use csv::StringRecord;

use super::sheet_files::{FILES, PREVIOUS, files_of_cell};
use crate::patient::{IdentityPlaces, Patient, PatientColumns, PatientError};
use crate::patient::{is_dash, is_missing, sample_place};
use crate::tables::{Records, Unreadable, key, list, short, shown, unread};

/// One row of a sample sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    /// 1-based line in the file, for messages.
    pub line: u64,
    /// Sample name of the reports.
    pub sample: String,
    /// VCF or BCF file, as written.
    pub vcf: Option<String>,
    /// BAM or CRAM file, as written.
    pub bam: Option<String>,
    /// Sample column of the VCF; needed where the file has several and none is called like the sample.
    pub vcf_sample: Option<String>,
    /// VCF or BCF file of the matched normal, as written.
    pub normal: Option<String>,
    /// Column of the matched normal, in the same VCF or in that of `normal`.
    pub normal_sample: Option<String>,
    /// Clinical file of this sample, as written.
    pub clinical: Option<String>,
    /// Earlier reports of the person, as written.
    pub previous: Vec<String>,
    /// What sex, age and the clinical columns say, or why that cannot be used: a bad value does not take the other rows down.
    pub patient: Result<Patient, SheetError>,
}

/// A sample sheet as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SampleSheet {
    /// Rows in the order of the file.
    pub rows: Vec<SheetRow>,
    /// Columns that no part of the program reads.
    pub unknown_columns: Vec<String>,
    /// What a reader of the run must know: what was assumed, and columns that are not used.
    pub warnings: Vec<String>,
    /// Place of each sample in `rows`.
    by_name: HashMap<String, usize>,
}

/// Why a sample sheet cannot be used. Lines are 1-based; the header is line 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// The file is no table.
    #[error("sample sheet {path}: {message}")]
    Csv {
        /// File as given.
        path: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// A row has another number of cells than the header, or a quotation mark that is never closed.
    #[error("sample sheet {path}, line {line}: {message}")]
    Form {
        /// File as given.
        path: String,
        /// Line.
        line: u64,
        /// What is wrong and what to do.
        message: String,
    },
    /// A column that must be there is missing.
    #[error(
        "sample sheet {path}: no column {column:?}; the first line must name the columns (found: {found})"
    )]
    Column {
        /// File as given.
        path: String,
        /// The column.
        column: &'static str,
        /// Columns found.
        found: String,
    },
    /// A column stands twice.
    #[error("sample sheet {path}: column {column:?} stands twice (columns {} and {}); remove one", places.0, places.1)]
    ColumnTwice {
        /// File as given.
        path: String,
        /// The column.
        column: String,
        /// Where it stands, from 1.
        places: (usize, usize),
    },
    /// A value cannot be read.
    #[error("sample sheet {path}, line {line}, column {column}: {value:?} is not {wanted}")]
    Value {
        /// File as given.
        path: String,
        /// Line.
        line: u64,
        /// The column.
        column: &'static str,
        /// The value.
        value: String,
        /// What would be right.
        wanted: &'static str,
    },
    /// A clinical column or value.
    #[error("sample sheet {0}")]
    Clinical(PatientError),
    /// Two rows have the same sample name.
    #[error(
        "sample sheet {path}: sample {sample:?} stands in lines {first} and {second}; give each sample its own name"
    )]
    SampleTwice {
        /// File as given.
        path: String,
        /// The name.
        sample: String,
        /// Its first line.
        first: u64,
        /// Its second line.
        second: u64,
    },
    /// There is no row.
    #[error("sample sheet {path}: no sample below the header")]
    Empty {
        /// File as given.
        path: String,
    },
}

// Not `#[from]`, which makes it a source too: a chain would say the same cell twice.
impl From<PatientError> for SheetError {
    fn from(error: PatientError) -> Self {
        Self::Clinical(error)
    }
}

/// Columns that the sheet reads itself; all others are clinical ones (docs/sample-sheet.md).
const OWN: [&str; 8] = [
    "sample",
    "vcf",
    "bam",
    "vcf_sample",
    "normal",
    "normal_sample",
    "clinical",
    "previous",
];

impl SheetRow {
    /// Returns the files that the row names, each with its column, as written.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let cells = [&self.vcf, &self.bam, &self.normal, &self.clinical];
        let named = FILES.into_iter().zip(cells);
        let previous = self.previous.iter().map(|file| (PREVIOUS, file.as_str()));
        named
            .filter_map(|(column, cell)| Some((column, cell.as_deref()?)))
            .chain(previous)
    }
}

impl SampleSheet {
    /// Reads a sheet; `path` is only for messages.
    ///
    /// What the table is, its contents say: a workbook, or text with tabs, commas or semicolons between the cells.
    ///
    /// # Errors
    ///
    /// Where the file, its header or the name of a sample cannot be used. Bad values of a row are in [`SheetRow::patient`].
    pub fn read(reader: impl Read, path: &str) -> Result<Self, SheetError> {
        Self::of_worksheet(reader, path, None)
    }

    /// Reads a sheet; of a workbook the worksheet named, or numbered from 1 on.
    ///
    /// # Errors
    ///
    /// As [`SampleSheet::read`].
    pub fn of_worksheet(reader: impl Read, path: &str, worksheet: Option<&str>) -> Result<Self, SheetError> {
        let unreadable = |e: Unreadable| SheetError::Csv {
            path: path.into(),
            message: e.to_string(),
        };
        let mut records = Records::new(reader, worksheet).map_err(unreadable)?;
        let own = OwnColumns::new(&records.header, path)?;
        let taken = |place| own.0.contains(&Some(place));
        let identity = IdentityPlaces::new(&records.header, path, taken).map_err(PatientError::from)?;
        let mine = |place: usize| own.0.contains(&Some(place)) || identity.uses(place);
        let names = Self::clinical_names(&records.header, mine);
        let columns = PatientColumns::new(&names, path)?.with_dot(records.dot);
        let unknown_columns = columns.unread();
        let mut sheet = Self {
            warnings: std::mem::take(&mut records.notes),
            ..Self::default()
        };
        let known = columns.known();
        let known: Vec<&str> = OWN.into_iter().chain(known.iter().map(String::as_str)).collect();
        sheet.warnings.extend(unread(&unknown_columns, &known));
        sheet.unknown_columns = unknown_columns;
        let mut record = StringRecord::new();
        while let Some((line, unfit)) = records.next(&mut record).map_err(unreadable)? {
            record.trim();
            let fields = Fields {
                path,
                own: &own,
                columns: &columns,
                identity: &identity,
                line,
                record: &record,
            };
            let form = unfit.map(|unfit| SheetError::Form {
                path: path.into(),
                line,
                message: unfit.to_string(),
            });
            sheet.add(fields.row(form)?, path)?;
        }
        if sheet.rows.is_empty() {
            Err(SheetError::Empty { path: path.into() })
        } else {
            Ok(sheet)
        }
    }

    /// Returns the names of the columns, those that the sheet reads itself without one, so that places stay.
    fn clinical_names(header: &[String], mine: impl Fn(usize) -> bool) -> Vec<String> {
        let name = |(i, name): (usize, &String)| {
            if mine(i) { String::new() } else { name.clone() }
        };
        header.iter().enumerate().map(name).collect()
    }

    fn add(&mut self, row: SheetRow, path: &str) -> Result<(), SheetError> {
        if let Some(first) = self.by_name.insert(row.sample.clone(), self.rows.len()) {
            return Err(SheetError::SampleTwice {
                path: path.into(),
                sample: short(&row.sample).into_owned(),
                first: self.rows[first].line,
                second: row.line,
            });
        }
        self.rows.push(row);
        Ok(())
    }

    /// Returns the row of a sample.
    pub fn row_of(&self, sample: &str) -> Option<&SheetRow> {
        self.by_name.get(sample).map(|place| &self.rows[*place])
    }
}

/// Places of the columns that the sheet reads itself, in the order of [`OWN`].
#[derive(Clone, Debug)]
pub(super) struct OwnColumns([Option<usize>; OWN.len()]);

impl OwnColumns {
    pub(super) fn new(header: &[String], path: &str) -> Result<Self, SheetError> {
        let mut first: HashMap<String, usize> = HashMap::new();
        for (index, name) in header.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            if let Some(before) = first.insert(name.to_lowercase(), index) {
                return Err(SheetError::ColumnTwice {
                    path: path.into(),
                    column: shown(&name.to_lowercase()),
                    places: (before + 1, index + 1),
                });
            }
        }
        let mut places = [None; OWN.len()];
        for (index, name) in header.iter().enumerate() {
            let name = key(name);
            if let Some(own) = OWN.iter().position(|own| key(own) == name) {
                if let Some(before) = places[own] {
                    return Err(SheetError::ColumnTwice {
                        path: path.into(),
                        column: OWN[own].to_owned(),
                        places: (before + 1, index + 1),
                    });
                }
                places[own] = Some(index);
            }
        }
        // Other names of the first column, where there is none of that name.
        places[0] = places[0].or_else(|| sample_place(header));
        if places[0].is_none() {
            return Err(SheetError::Column {
                path: path.into(),
                column: OWN[0],
                found: list(header),
            });
        }
        Ok(Self(places))
    }

    /// Returns the name of the column at a place, where it is one that names a file.
    pub(super) fn file_column(&self, place: usize) -> Option<&'static str> {
        let mut columns = FILES.into_iter().chain([PREVIOUS]);
        columns.find(|column| self.place(column) == Some(place))
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.0[OWN.iter().position(|own| *own == column)?]
    }
}

struct Fields<'a> {
    path: &'a str,
    own: &'a OwnColumns,
    columns: &'a PatientColumns,
    identity: &'a IdentityPlaces,
    line: u64,
    record: &'a StringRecord,
}

impl Fields<'_> {
    /// Reads the row; `form` is what is wrong with it as a whole.
    fn row(&self, form: Option<SheetError>) -> Result<SheetRow, SheetError> {
        let sample = self.cell("sample");
        if sample.is_empty() {
            return Err(form.unwrap_or_else(|| self.error("sample", "a name")));
        }
        Ok(SheetRow {
            line: self.line,
            sample: sample.to_owned(),
            vcf: self.text("vcf"),
            bam: self.text("bam"),
            vcf_sample: self.text("vcf_sample"),
            normal: self.text("normal"),
            normal_sample: self.text("normal_sample"),
            clinical: self.text("clinical"),
            previous: self
                .text(PREVIOUS)
                .iter()
                .flat_map(|cell| files_of_cell(PREVIOUS, cell))
                .map(str::to_owned)
                .collect(),
            patient: match form {
                Some(error) => Err(error),
                None => self.patient(sample),
            },
        })
    }

    fn patient(&self, sample: &str) -> Result<Patient, SheetError> {
        Ok(Patient {
            report: self.identity.read(self.record),
            ..self.columns.read(sample, self.record, self.line)?
        })
    }

    fn cell(&self, column: &str) -> &str {
        let place = self.own.place(column);
        place.and_then(|i| self.record.get(i)).unwrap_or("")
    }

    fn text(&self, column: &str) -> Option<String> {
        let value = self.cell(column);
        (!is_missing(value) && !is_dash(value)).then(|| value.to_owned())
    }

    fn error(&self, column: &'static str, wanted: &'static str) -> SheetError {
        SheetError::Value {
            path: self.path.to_owned(),
            line: self.line,
            column,
            value: short(self.cell(column)).into_owned(),
            wanted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::Sex;

    fn read(text: &str) -> Result<SampleSheet, String> {
        SampleSheet::read(text.as_bytes(), "sheet.csv").map_err(|e| e.to_string())
    }

    /// Returns what is wrong with the first row.
    fn of_row(text: &str) -> String {
        read(text).unwrap().rows[0]
            .patient
            .clone()
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn reads_comma_tab_and_semicolon() {
        for separator in [",", "\t", ";"] {
            let text = [
                "Sample", "VCF", "sex", "age", "mood\nA", "a.vcf", "男性", "71.5", "good\nB", "b.vcf", "NA",
                ".", "-",
            ]
            .join(separator);
            let sheet = read(&text).unwrap();
            assert_eq!(sheet.rows.len(), 2, "{text}");
            let [first, second] = [0, 1].map(|i| sheet.rows[i].patient.clone().unwrap());
            assert_eq!((first.sex, first.age), (Some(Sex::Male), Some(71.5)));
            assert_eq!((second.sex, second.age, sheet.rows[1].line), (None, None, 3));
            assert_eq!(sheet.unknown_columns, ["mood"]);
        }
    }

    /// The sheet's own list of names had no Japanese one, though every other column has.
    #[test]
    fn the_sample_may_be_named_as_in_every_table() {
        for name in [
            "sample",
            "ID",
            "Sample Name",
            "patient_id",
            "検体番号",
            "患者ID",
            "症例番号",
        ] {
            let sheet = read(&format!("{name},vcf\nA,a.vcf\n")).unwrap();
            assert_eq!(sheet.rows[0].sample, "A", "{name}");
            assert!(
                sheet.unknown_columns.is_empty(),
                "{name}: {:?}",
                sheet.unknown_columns
            );
        }
        let both = read("患者ID,検体番号,vcf\nP,A,a.vcf\n").unwrap();
        assert_eq!(both.rows[0].sample, "A");
    }

    #[test]
    fn counts_empty_lines_and_windows_line_ends() {
        for text in ["sample,sex\n\n\nA,2\n", "sample,sex\r\n\r\n\r\nA,2\r\n"] {
            assert!(
                of_row(text).contains("line 4, column sex"),
                "{text:?}: {}",
                of_row(text)
            );
        }
    }

    #[test]
    fn a_dot_that_may_part_thousands_keeps_its_sample_out() {
        let text = "sample;age;hb;plt;m_protein_g_l\nA;71;9,6;1.250;\nB;71;9,6250;80;\nC;7.100;9,6;80;\nD;71;9,6;80;1.250\n";
        let sheet = read(text).unwrap();
        let said = |row: usize| sheet.rows[row].patient.clone().map_err(|e| e.to_string());
        for (row, column) in [(0, "plt"), (2, "age"), (3, "m_protein_g_l")] {
            let error = said(row).unwrap_err();
            assert!(
                error.contains(&format!("line {}, column {column}: ", row + 2))
                    && error.contains("its dot may part"),
                "{error}"
            );
        }
        assert_eq!(said(1).unwrap().clinical.hemoglobin, Some(9.625));
        let json = r#"{"A": {"hb": "9,6", "plt": "1.250"}, "B": {"hb": 9.625, "age": 71.125}}"#;
        let file = crate::patient::ClinicalFile::read(json.as_bytes(), "c.json").unwrap();
        let error = file.of("A").unwrap().patient.clone().unwrap_err().to_string();
        assert!(error.contains("column plt: \"1.250\" is not clear"), "{error}");
        assert_eq!(file.of("B").unwrap().patient.clone().unwrap().age, Some(71.125));
    }

    #[test]
    fn names_line_column_and_value_of_what_is_wrong() {
        assert_eq!(
            of_row("sample,sex\nA,2\n"),
            "sample sheet sheet.csv, line 2, column sex: \"2\" is not female, male, F or M, or NA"
        );
        assert_eq!(
            of_row("sample,age\nA,150\n"),
            "sample sheet sheet.csv, line 2, column age: \"150\" is not plausible for age: 0 to 122 years"
        );
        assert!(
            read("sample,vcf\nA,x\nA,y\n")
                .unwrap_err()
                .contains("lines 2 and 3")
        );
        assert!(
            read("name,vcf\nA,x\n")
                .unwrap_err()
                .contains("no column \"sample\"")
        );
        assert!(
            read("sample,vcf,vcf\nA,x,y\n")
                .unwrap_err()
                .contains("stands twice")
        );
        assert!(
            read("sample,vcf\n")
                .unwrap_err()
                .contains("no sample below the header")
        );
        assert!(
            read("sample,vcf\n,x\n")
                .unwrap_err()
                .contains("line 2, column sample")
        );
    }
}
