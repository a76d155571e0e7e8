//! The sample sheet: one row per sample, CSV or TSV, with the files and what is known of the person.

use std::io::Read;

use super::{Patient, PatientColumns, PatientError, Sex};
use crate::tables::{delimiter, line_of};

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
}

/// Why a sample sheet cannot be used. Lines are 1-based; the header is line 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// The file is not valid CSV or not UTF-8.
    #[error("sample sheet {path}: {message}; save it as CSV or TSV in UTF-8")]
    Csv {
        /// File as given.
        path: String,
        /// What the CSV reader says.
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
    #[error("sample sheet {path}: column {column:?} stands twice; remove one")]
    ColumnTwice {
        /// File as given.
        path: String,
        /// The column.
        column: String,
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
const OWN: [&str; 9] = [
    "sample",
    "vcf",
    "bam",
    "vcf_sample",
    "normal",
    "normal_sample",
    "sex",
    "age",
    "clinical",
];

/// Spellings of "not given".
const MISSING: [&str; 9] = ["", ".", "-", "na", "n/a", "nan", "unknown", "u", "不明"];

/// Oldest age that is believed, years; the oldest documented person reached 122.
const MAX_AGE: f64 = 122.0;

impl SampleSheet {
    /// Reads a sheet; `path` is only for messages.
    ///
    /// The separator is the tab where the first line holds one, else the comma or the semicolon, whichever is more
    /// frequent there.
    ///
    /// # Errors
    ///
    /// Where the file, its header or the name of a sample cannot be used. Bad values of a row are in [`SheetRow::patient`].
    pub fn read(mut reader: impl Read, path: &str) -> Result<Self, SheetError> {
        let mut text = String::new();
        reader.read_to_string(&mut text).map_err(|e| SheetError::Csv {
            path: path.into(),
            message: e.to_string(),
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut csv = csv::ReaderBuilder::new()
            .delimiter(delimiter(text))
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let csv_error = |e: csv::Error| SheetError::Csv {
            path: path.into(),
            message: e.to_string(),
        };
        let headers: Vec<String> = csv
            .headers()
            .map_err(csv_error)?
            .iter()
            .map(str::to_lowercase)
            .collect();
        for required in ["sample"] {
            if !headers.iter().any(|h| h == required) {
                return Err(SheetError::Column {
                    path: path.into(),
                    column: "sample",
                    found: headers.join(", "),
                });
            }
        }
        if let Some(column) = headers
            .iter()
            .enumerate()
            .find(|(i, h)| headers[..*i].contains(h))
            .map(|(_, h)| h.clone())
        {
            return Err(SheetError::ColumnTwice {
                path: path.into(),
                column,
            });
        }
        let columns = PatientColumns::new(&headers, &OWN, path, 1)?;
        let mut sheet = Self {
            rows: Vec::new(),
            unknown_columns: headers
                .iter()
                .enumerate()
                .filter(|(i, h)| !OWN.contains(&h.as_str()) && !columns.uses(*i))
                .map(|(_, h)| h.clone())
                .collect(),
        };
        for record in csv.records() {
            let record = record.map_err(csv_error)?;
            if record.iter().all(str::is_empty) {
                continue;
            }
            let row = Fields {
                path,
                headers: &headers,
                columns: &columns,
                line: record.position().map_or(0, |p| line_of(text, p)),
                record: &record,
            }
            .row()?;
            if let Some(first) = sheet.rows.iter().find(|r| r.sample == row.sample) {
                return Err(SheetError::SampleTwice {
                    path: path.into(),
                    sample: row.sample,
                    first: first.line,
                    second: row.line,
                });
            }
            sheet.rows.push(row);
        }
        if sheet.rows.is_empty() {
            Err(SheetError::Empty { path: path.into() })
        } else {
            Ok(sheet)
        }
    }
}

/// Reads a sex as typed.
pub(super) fn read_sex(text: &str) -> Option<Sex> {
    match text.to_lowercase().as_str() {
        "f" | "female" | "女" | "女性" => Some(Sex::Female),
        "m" | "male" | "男" | "男性" => Some(Sex::Male),
        _ => None,
    }
}

/// Reads an age in years.
pub(super) fn read_age(text: &str) -> Option<f64> {
    text.parse().ok().filter(|age| (0.0..=MAX_AGE).contains(age))
}

struct Fields<'a> {
    path: &'a str,
    headers: &'a [String],
    columns: &'a PatientColumns,
    line: u64,
    record: &'a csv::StringRecord,
}

impl Fields<'_> {
    fn row(&self) -> Result<SheetRow, SheetError> {
        let sample = self
            .record
            .get(self.headers.iter().position(|h| h == "sample").unwrap_or(0))
            .unwrap_or("");
        if sample.is_empty() {
            return Err(self.error("sample", "a name"));
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
            patient: self.patient(sample),
        })
    }

    fn patient(&self, sample: &str) -> Result<Patient, SheetError> {
        Ok(Patient {
            sex: self.sex()?,
            age: self.age()?,
            ..self.columns.read(sample, self.record, self.line)?
        })
    }

    fn text(&self, column: &str) -> Option<String> {
        let index = self.headers.iter().position(|h| h == column)?;
        let value = self.record.get(index)?;
        (!MISSING.contains(&value.to_lowercase().as_str())).then(|| value.to_owned())
    }

    fn sex(&self) -> Result<Option<Sex>, SheetError> {
        let Some(value) = self.text("sex") else {
            return Ok(None);
        };
        match read_sex(&value) {
            Some(sex) => Ok(Some(sex)),
            None => Err(self.error("sex", "female, male, F, M or empty")),
        }
    }

    fn age(&self) -> Result<Option<f64>, SheetError> {
        let Some(value) = self.text("age") else {
            return Ok(None);
        };
        match read_age(&value) {
            Some(age) => Ok(Some(age)),
            None => Err(self.error("age", "an age in years from 0 to 122")),
        }
    }

    fn error(&self, column: &'static str, wanted: &'static str) -> SheetError {
        let value = self
            .headers
            .iter()
            .position(|h| h == column)
            .and_then(|i| self.record.get(i))
            .unwrap_or("")
            .to_owned();
        SheetError::Value {
            path: self.path.to_owned(),
            line: self.line,
            column,
            value,
            wanted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn names_line_column_and_value_of_what_is_wrong() {
        assert_eq!(
            of_row("sample,sex\nA,2\n"),
            "sample sheet sheet.csv, line 2, column sex: \"2\" is not female, male, F, M or empty"
        );
        assert_eq!(
            of_row("sample,age\nA,150\n"),
            "sample sheet sheet.csv, line 2, column age: \"150\" is not an age in years from 0 to 122"
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
