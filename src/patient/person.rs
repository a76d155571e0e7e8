//! What is known of a person beyond the calls: the clinical columns of a sample sheet, or a clinical JSON with the same names.

use csv::StringRecord;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::clinical::Clinical;
use super::columns::ClinicalColumns;
use super::entry::Entry;
use super::fields::Reader;
use super::input_error::InputError;
use super::report_identity::ReportIdentity;
use super::table::{CellError, Header, Row, TableError};
use super::units::StatedUnits;
use super::visit::PlasmaInput;
use super::visits::group;
use crate::genome::Sex;
use crate::tables::Dot;

/// What is known of a person beyond the calls.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patient {
    /// Sex.
    pub sex: Option<Sex>,
    /// Age, years.
    pub age: Option<f64>,
    /// What the report names beside them.
    pub report: ReportIdentity,
    /// Counts, marrow, karyotype, history, statements on genes.
    pub clinical: Clinical,
    /// Visits with plasma-cell values; empty where there are none.
    pub visits: Vec<PlasmaInput>,
}

/// Why clinical values cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatientError {
    /// A column.
    #[error("{0}")]
    Column(String),
    /// A cell.
    #[error("{path}, {cell}")]
    Cell {
        /// File as given.
        path: String,
        /// The cell and what is wrong with it.
        cell: CellError,
    },
    /// A value or column of the plasma-cell road.
    #[error(transparent)]
    Visit(#[from] InputError),
    /// Two sources give different values.
    #[error(
        "sample {sample:?}: {field} is {first} in the sample sheet and {second} in the clinical file; correct one of them"
    )]
    Disagree {
        /// The sample.
        sample: String,
        /// The value.
        field: String,
        /// In the sheet.
        first: String,
        /// In the clinical file.
        second: String,
    },
    /// The clinical file is not JSON of the form that is read.
    #[error("clinical file {path}: {message}")]
    Json {
        /// File as given.
        path: String,
        /// What is wrong and what to do.
        message: String,
    },
}

impl From<TableError> for PatientError {
    fn from(error: TableError) -> Self {
        Self::Column(error.to_string())
    }
}

/// The clinical columns of a file with one person a row.
#[derive(Debug)]
pub struct PatientColumns {
    header: Header,
    columns: ClinicalColumns,
}

impl PatientColumns {
    /// Finds the columns of a header; `path` is for messages. A name that is empty is a column that someone else reads.
    ///
    /// # Errors
    ///
    /// Where two columns give the same, or a name ends in a unit that is not known for its quantity.
    pub fn new(names: &[String], path: &str) -> Result<Self, PatientError> {
        let header = Header::new(path, names.to_vec())?;
        let columns = ClinicalColumns::new(&header, Reader::Analyze, StatedUnits::default())?;
        Ok(Self { header, columns })
    }

    /// Says what the dot of a number means.
    pub(crate) fn with_dot(mut self, dot: Dot) -> Self {
        self.header = self.header.with_dot(dot);
        self
    }

    /// Returns the columns that nothing reads.
    pub fn unread(&self) -> Vec<String> {
        self.header.unread()
    }

    /// Returns the names of the columns that are known.
    pub fn known(&self) -> Vec<String> {
        self.header.known()
    }

    /// Reads one row.
    ///
    /// # Errors
    ///
    /// For the first cell that cannot be used.
    pub fn read(&self, sample: &str, cells: &StringRecord, line: u64) -> Result<Patient, PatientError> {
        let entry = self.columns.read(&Row::new(&self.header, cells, line));
        let entry = entry.map_err(|cell| PatientError::Cell {
            path: self.header.path().to_owned(),
            cell,
        })?;
        Ok(Patient::of_entry(entry, sample, line))
    }
}

impl Patient {
    fn of_entry(entry: Entry, sample: &str, line: u64) -> Self {
        // The hemoglobin of the counts alone makes no visit, nor does a date.
        let empty = PlasmaInput {
            hb: entry.visit.hb,
            date: entry.visit.date,
            ..PlasmaInput::default()
        };
        let visits = if entry.visit == empty {
            Vec::new()
        } else {
            vec![PlasmaInput {
                sample: sample.to_owned(),
                line,
                ..entry.visit
            }]
        };
        Self {
            sex: entry.sex,
            age: entry.age,
            report: ReportIdentity::default(),
            clinical: entry.clinical,
            visits,
        }
    }
}

impl Patient {
    /// Puts what another source says beside this; what both say must be the same.
    pub fn completed_by(self, other: Self, sample: &str) -> Result<Self, PatientError> {
        let disagree = |field: &str, first: String, second: String| PatientError::Disagree {
            sample: sample.to_owned(),
            field: field.to_owned(),
            first,
            second,
        };
        if let (Some(first), Some(second)) = (self.sex, other.sex)
            && first != second
        {
            return Err(disagree("sex", format!("{first:?}"), format!("{second:?}")));
        }
        if let (Some(first), Some(second)) = (self.age, other.age)
            && (first - second).abs() > f64::EPSILON
        {
            return Err(disagree("age", first.to_string(), second.to_string()));
        }
        let merged = merge(&self.clinical, &other.clinical)
            .map_err(|(field, first, second)| disagree(&field, first, second))?;
        let report = self
            .report
            .completed_by(other.report)
            .map_err(|(field, first, second)| disagree(field, first, second))?;
        let mut visits = visits_of_both(named(self.visits, sample), named(other.visits, sample))
            .map_err(|(field, first, second)| disagree(&field, first, second))?;
        // Of a visit without a date the hemoglobin is that of the counts, whichever of both says it.
        if let [visit] = visits.as_mut_slice()
            && visit.date.is_none()
        {
            visit.hb = visit.hb.or(merged.hemoglobin);
        }
        Ok(Self {
            sex: self.sex.or(other.sex),
            age: self.age.or(other.age),
            report,
            clinical: merged,
            visits,
        })
    }
}

/// Names the visits after their sample: a clinical file of one sample need not.
fn named(mut visits: Vec<PlasmaInput>, sample: &str) -> Vec<PlasmaInput> {
    for visit in &mut visits {
        sample.clone_into(&mut visit.sample);
    }
    visits
}

/// Returns the visits of two sources: those of one, or the same visits completed by each other.
fn visits_of_both(first: Vec<PlasmaInput>, second: Vec<PlasmaInput>) -> Result<Vec<PlasmaInput>, Conflict> {
    if first.is_empty() || second.is_empty() {
        return Ok([first, second].concat());
    }
    let dates = |visits: &[PlasmaInput]| {
        let date = |visit: &PlasmaInput| visit.date.map_or("no date".to_owned(), |date| date.to_string());
        visits.iter().map(date).collect::<Vec<_>>().join(", ")
    };
    let (of_first, of_second) = (dates(&first), dates(&second));
    if of_first != of_second {
        return Err((
            "the date of the plasma-cell visits".to_owned(),
            of_first,
            of_second,
        ));
    }
    let both = first.into_iter().zip(second).map(|(first, second)| {
        // Each has it on a line of its own.
        let second = PlasmaInput {
            line: first.line,
            ..second
        };
        merge(&first, &second)
    });
    both.collect()
}

/// A field with its two values.
type Conflict = (String, String, String);

/// Lists of which an empty one says nothing.
const LISTS_OF_STATEMENTS: [&str; 2] = ["covered_genes", "other_cause"];

/// Merges by the fields of the serialized form, so that no field can be forgotten.
fn merge<T: Clone + Default + PartialEq + Serialize + DeserializeOwned>(
    first: &T,
    second: &T,
) -> Result<T, Conflict> {
    if *second == T::default() {
        return Ok(first.clone());
    }
    if *first == T::default() {
        return Ok(second.clone());
    }
    let odd = |e: serde_json::Error| ("the record".to_owned(), e.to_string(), String::new());
    let (mut into, from) = (
        serde_json::to_value(first).map_err(odd)?,
        serde_json::to_value(second).map_err(odd)?,
    );
    merge_values("", &mut into, from)?;
    // As text again: reading from a `Value` would compile a second reader of each record.
    serde_json::to_vec(&into)
        .and_then(|json| serde_json::from_slice(&json))
        .map_err(odd)
}

fn merge_values(name: &str, into: &mut Value, from: Value) -> Result<(), Conflict> {
    let says_nothing = |value: &Value| {
        value.is_null() || LISTS_OF_STATEMENTS.contains(&name) && value.as_array().is_some_and(Vec::is_empty)
    };
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge_values(&key, into.entry(key.clone()).or_insert(Value::Null), value)?;
            }
            Ok(())
        }
        (_, from) if says_nothing(&from) => Ok(()),
        (into, from) if says_nothing(into) || *into == from => {
            *into = from;
            Ok(())
        }
        (into, from) => Err((name.to_owned(), into.to_string(), from.to_string())),
    }
}

/// Checks that several visits of a sample can be put in order, and sorts them.
pub(super) fn in_order(visits: Vec<PlasmaInput>, path: &str) -> Result<Vec<PlasmaInput>, PatientError> {
    if visits.len() < 2 {
        return Ok(visits);
    }
    let mut table = group(visits.into_iter().map(Ok).collect(), Vec::new(), path)?;
    match table.errors.pop() {
        Some(error) => Err(error.into()),
        None => Ok(table.patients.pop().unwrap_or_default()),
    }
}
