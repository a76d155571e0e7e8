//! The sheet of `hemoclone serial`: whose each report is, and when its sample was collected.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use hemoclone::patient::{Date, TableReader};
use hemoclone::text;

/// Names of the columns, the documented one first.
const JSON: [&str; 3] = ["json", "report", "file"];
const SAMPLE: [&str; 3] = ["sample", "sample_id", "検体"];
const PERSON: [&str; 5] = ["person", "patient", "patient_id", "患者ID", "患者番号"];
const COLLECTED: [&str; 4] = ["collected", "collection_date", "date", "採取日"];

/// A row.
#[derive(Clone, Debug)]
pub(super) struct SheetRow {
    /// 1-based line.
    pub line: u64,
    /// File of the report, beside the sheet.
    pub json: Option<PathBuf>,
    /// Sample name.
    pub sample: Option<String>,
    pub person: Option<String>,
    pub collected: Option<Date>,
}

/// The sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Name for messages.
    pub name: String,
    pub rows: Vec<SheetRow>,
    /// Rows that cannot be used.
    pub errors: Vec<String>,
}

impl Sheet {
    /// Reads a sheet.
    pub(super) fn read(path: &Path, worksheet: Option<&str>) -> anyhow::Result<Self> {
        let name = path.display().to_string();
        let file = File::open(path).with_context(|| format!("cannot read the sheet {name}"))?;
        let mut table = TableReader::of_worksheet(file, &name, worksheet)?;
        let find = |names: &[&str]| table.header().find(names);
        let (json, sample) = (find(&JSON)?, find(&SAMPLE)?);
        let (person, collected) = (find(&PERSON)?, find(&COLLECTED)?);
        if json.is_none() && sample.is_none() {
            bail!("{name}: no column json or sample: nothing tells which report a row is of; add one");
        }
        if person.is_none() && collected.is_none() {
            bail!("{name}: no column person or collected: it says nothing of the reports; add one");
        }
        if let Some(warning) = table.header().unread_warning() {
            tracing::warn!("{}", text::terminal(&format!("{name}: {warning}")));
        }
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let (mut rows, mut errors) = (Vec::new(), Vec::new());
        while let Some((row, unfit)) = table.next_row()? {
            if let Some(error) = unfit {
                errors.push(format!("{name}: {error}"));
                continue;
            }
            let given = |column| {
                row.text(column)
                    .map(str::trim)
                    .filter(|text| !text.is_empty())
                    .map(str::to_owned)
            };
            let date = given(collected);
            let read = date.as_deref().map(|text| Date::parse(text).ok_or(text));
            let date = match read.transpose() {
                Ok(date) => date,
                Err(text) => {
                    errors.push(format!(
                        "{name}, line {}, column collected: {:?} is not a date YYYY-MM-DD; correct it",
                        row.line(),
                        text::beginning(text, 40)
                    ));
                    // The report itself may hold a date; it must not be taken in place of one that was meant to be given.
                    continue;
                }
            };
            rows.push(SheetRow {
                line: row.line(),
                json: given(json).map(|file| folder.join(file)),
                sample: given(sample),
                person: given(person),
                collected: date,
            });
        }
        if rows.is_empty() && errors.is_empty() {
            bail!("{name}: no row below the header");
        }
        Ok(Self { name, rows, errors })
    }

    /// Returns the row of a report: by its file, else by its sample.
    pub(super) fn row_of(&self, file: &Path, sample: &str) -> Option<&SheetRow> {
        let by_sample = || {
            self.rows
                .iter()
                .find(|row| row.json.is_none() && row.sample.as_deref() == Some(sample))
        };
        self.row_of_file(file).or_else(by_sample)
    }

    /// Returns the row that names a file.
    pub(super) fn row_of_file(&self, file: &Path) -> Option<&SheetRow> {
        self.rows.iter().find(|row| row.json.as_deref() == Some(file))
    }
}
