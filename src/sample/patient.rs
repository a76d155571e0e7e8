//! What is known of a person beyond the calls: the clinical columns of a sample sheet, or a clinical JSON with the same names.

mod json;
mod schema;

use csv::StringRecord;
use serde_json::Value;

use super::ReportIdentity;
use crate::genome::Sex;
use crate::myeloid::clinical::{Clinical, ClinicalColumns};
use crate::myeloid::table::{CellError, Header, Row, TableError};
use crate::myeloid::units::StatedUnits;
use crate::plasma_cell::{
    InputError, PlasmaInput, VisitColumns, group, is_visit_column, visit, visit_columns,
};
use crate::tables::Dot;

pub use json::{ClinicalFile, ClinicalRecord};
pub use schema::{clinical_markdown, clinical_schema};

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

/// Name of the plasma-cell column that the hemoglobin of the clinical columns goes to.
const VISIT_HEMOGLOBIN: &str = "hb_g_dl";

/// The clinical columns of a file, split by the road that they belong to.
#[derive(Debug)]
pub struct PatientColumns {
    path: String,
    header: Header,
    clinical: ClinicalColumns,
    /// Places in the file of the columns of `header`.
    clinical_places: Vec<usize>,
    visits: VisitColumns,
    visit_places: Vec<usize>,
    used: Vec<bool>,
}

impl PatientColumns {
    /// Finds the columns of a header; `path` and `line` are for messages. `own` are columns that someone else reads.
    pub fn new(names: &[String], own: &[&str], path: &str, line: u64) -> Result<Self, PatientError> {
        let mut used = vec![false; names.len()];
        let mine = |name: &str| !name.is_empty() && !own.iter().any(|o| o.eq_ignore_ascii_case(name.trim()));
        let (visit_places, others): (Vec<usize>, Vec<usize>) = (0..names.len())
            .filter(|i| mine(&names[*i]))
            .partition(|i| is_visit_column(&names[*i]));
        let pick = |places: &[usize]| places.iter().map(|i| names[*i].clone()).collect::<Vec<_>>();
        let header = Header::new(path, pick(&others))?;
        let clinical = ClinicalColumns::new(&header, StatedUnits::default())?;
        let mut of_visits = vec!["sample".to_owned(), VISIT_HEMOGLOBIN.to_owned()];
        of_visits.extend(pick(&visit_places));
        let visits = VisitColumns::new(&of_visits, path, line)?;
        for place in clinical.places() {
            used[others[place]] = true;
        }
        for place in &visit_places {
            used[*place] = true;
        }
        Ok(Self {
            path: path.to_owned(),
            header,
            clinical,
            clinical_places: others,
            visits,
            visit_places,
            used,
        })
    }

    /// Says what the dot of a number means.
    pub(crate) fn with_dot(mut self, dot: Dot) -> Self {
        self.header = self.header.with_dot(dot);
        self.visits.dot = dot;
        self
    }

    /// Whether a column of the file, by its place, is one of these.
    pub fn uses(&self, place: usize) -> bool {
        self.used.get(place).copied().unwrap_or(false)
    }

    /// Returns the names of the columns that are known.
    pub fn known(&self) -> Vec<String> {
        let visits = visit_columns().into_iter().map(|(name, _, _)| name);
        self.header.known().into_iter().chain(visits).collect()
    }

    /// Reads one row; sex and age are for who reads these columns.
    pub fn read(&self, sample: &str, cells: &StringRecord, line: u64) -> Result<Patient, PatientError> {
        let pick = |places: &[usize]| -> StringRecord {
            places.iter().map(|i| cells.get(*i).unwrap_or("")).collect()
        };
        let record = pick(&self.clinical_places);
        let clinical = self
            .clinical
            .read(&Row::new(&self.header, &record, line))
            .map_err(|cell| PatientError::Cell {
                path: self.path.clone(),
                cell,
            })?;
        let hemoglobin = clinical.hemoglobin.map(|h| self.visits.dot.typed(h.to_string()));
        let hemoglobin = hemoglobin.unwrap_or_default();
        let of_visit = pick(&self.visit_places);
        let mut values = vec![sample, &hemoglobin];
        values.extend(&of_visit);
        let read = visit(&self.visits, &values, &self.path, line).map_err(|e| e.1)?;
        let empty = PlasmaInput {
            sample: read.sample.clone(),
            line,
            hb: read.hb,
            date: read.date,
            ..PlasmaInput::default()
        };
        Ok(Patient {
            sex: None,
            age: None,
            report: ReportIdentity::default(),
            clinical,
            visits: if read == empty { Vec::new() } else { vec![read] },
        })
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
        let visits = match (self.visits.is_empty(), other.visits.is_empty()) {
            (false, false) if self.visits != other.visits => {
                return Err(disagree(
                    "a plasma-cell visit",
                    "given".into(),
                    "given too".into(),
                ));
            }
            (true, _) => other.visits,
            _ => self.visits,
        };
        Ok(Self {
            sex: self.sex.or(other.sex),
            age: self.age.or(other.age),
            report,
            clinical: merged,
            visits,
        })
    }
}

/// A field with its two values.
type Conflict = (String, String, String);

/// Merges by the fields of the serialized form, so that no field can be forgotten.
fn merge(first: &Clinical, second: &Clinical) -> Result<Clinical, Conflict> {
    let odd = |e: serde_json::Error| ("the record".to_owned(), e.to_string(), String::new());
    let (mut into, from) = (
        serde_json::to_value(first).map_err(odd)?,
        serde_json::to_value(second).map_err(odd)?,
    );
    merge_values("", &mut into, from)?;
    serde_json::from_value(into).map_err(odd)
}

fn merge_values(name: &str, into: &mut Value, from: Value) -> Result<(), Conflict> {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge_values(&key, into.entry(key.clone()).or_insert(Value::Null), value)?;
            }
            Ok(())
        }
        (_, Value::Null) => Ok(()),
        (Value::Array(into), Value::Array(from)) if from.is_empty() || *into == from => Ok(()),
        (into, from) if into.is_null() || into.as_array().is_some_and(Vec::is_empty) || *into == from => {
            *into = from;
            Ok(())
        }
        (into, from) => Err((name.to_owned(), into.to_string(), from.to_string())),
    }
}

/// Checks that several visits of a sample can be put in order, and sorts them.
fn in_order(visits: Vec<PlasmaInput>, path: &str) -> Result<Vec<PlasmaInput>, PatientError> {
    if visits.len() < 2 {
        return Ok(visits);
    }
    let mut table = group(visits.into_iter().map(Ok).collect(), Vec::new(), path)?;
    match table.errors.pop() {
        Some(error) => Err(error.into()),
        None => Ok(table.patients.pop().unwrap_or_default()),
    }
}

/// Bytes of a clinical file beyond which it is no clinical file.
const MAX_BYTES: u64 = 64 << 20;
