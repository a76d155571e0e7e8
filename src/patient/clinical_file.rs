//! The clinical file: JSON with the names of the columns as keys.

use std::collections::HashMap;
use std::io::Read;

use serde_json::Value;

use super::clinical::Clinical;
use super::json::{Record, dot_of, object_lines, plain};
use super::person::{Patient, PatientColumns, PatientError, in_order};
use super::report_identity::ReportIdentity;
use crate::tables::{Dot, nearest, short};

/// Bytes of a clinical file beyond which it is no clinical file.
const MAX_BYTES: u64 = 64 << 20;

/// One object of a clinical file.
#[derive(Clone, Debug, PartialEq)]
pub struct ClinicalRecord {
    /// The sample; `None` in a file that speaks of one sample without naming it.
    pub sample: Option<String>,
    /// What it says, or why that cannot be used: a bad object does not take the others down.
    pub patient: Result<Patient, PatientError>,
}

/// A clinical file as read: an object, an array of objects, one object per line, or an object of objects by sample name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClinicalFile {
    /// The records in the order of the file.
    pub records: Vec<ClinicalRecord>,
    /// What had to be assumed to read it.
    pub warnings: Vec<String>,
    /// Place of each sample in `records`.
    by_name: HashMap<Option<String>, usize>,
}

/// Keys that are no columns.
const OWN: [&str; 4] = ["sample", "id", "sample_id", "visits"];

/// Keys that name the sample, by preference.
const SAMPLE_NAMES: [&str; 3] = ["sample", "id", "sample_id"];

impl ClinicalFile {
    /// Reads a file; `path` is only for messages.
    ///
    /// # Errors
    ///
    /// Where the file is no JSON of this form or a sample stands twice. A key that is not known or a value that cannot be right
    /// is an error of its record alone ([`ClinicalRecord::patient`]).
    pub fn read(reader: impl Read, path: &str) -> Result<Self, PatientError> {
        let fail = |message: String| PatientError::Json {
            path: path.to_owned(),
            message,
        };
        let (text, assumed) = crate::tables::text(reader.take(MAX_BYTES)).map_err(|e| fail(e.to_string()))?;
        let objects = objects(&text).map_err(|e| {
            fail(format!(
                "{e}; give an object, an array of objects, one object per line, or an object of objects by sample name \
                 (`hemoclone schema clinical`)"
            ))
        })?;
        let lines = object_lines(&text);
        let dot = dot_of(objects.iter().flatten().map(|(_, value)| value));
        let mut file = Self {
            warnings: assumed.into_iter().collect(),
            ..Self::default()
        };
        for (index, object) in objects.into_iter().enumerate() {
            let line = lines.get(index).copied().unwrap_or(1);
            let record = record(&object, path, line, dot);
            if file.by_name.insert(record.sample.clone(), index).is_some() {
                let name = record.sample.as_deref().unwrap_or("without a name");
                return Err(fail(format!(
                    "line {line}: sample {name} stands twice; put its plasma-cell visits into one object, key visits"
                )));
            }
            file.records.push(record);
        }
        if file.records.is_empty() {
            return Err(fail("no object".to_owned()));
        }
        Ok(file)
    }

    /// Returns the record of a sample: by its name, or the only one without a name.
    pub fn of(&self, sample: &str) -> Option<&ClinicalRecord> {
        let named = self.by_name.get(&Some(sample.to_owned()));
        let place = named.or_else(|| self.by_name.get(&None))?;
        self.records.get(*place)
    }
}

/// Returns the objects, each with its sample's name among the fields.
fn objects(text: &str) -> Result<Vec<Vec<(String, Value)>>, serde_json::Error> {
    if text.trim_start().starts_with('[') {
        let records: Vec<Record> = serde_json::from_str(text)?;
        return Ok(records.into_iter().map(|r| r.0).collect());
    }
    let records: Vec<Record> = serde_json::Deserializer::from_str(text)
        .into_iter()
        .collect::<Result<_, _>>()?;
    let by_name =
        |fields: &[(String, Value)]| !fields.is_empty() && fields.iter().all(|(_, value)| value.is_object());
    match records.as_slice() {
        [only] if by_name(&only.0) => {
            // Read again, so that a repeated key inside an object is an error and not the last one's.
            let text = serde_json::Deserializer::from_str(text)
                .into_iter::<Named>()
                .next()
                .transpose()?;
            Ok(text.map(|named| named.0).unwrap_or_default())
        }
        _ => Ok(records.into_iter().map(|r| r.0).collect()),
    }
}

/// An object of objects by sample name.
struct Named(Vec<Vec<(String, Value)>>);

impl<'de> serde::Deserialize<'de> for Named {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> serde::de::Visitor<'de> for Fields {
            type Value = Named;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of objects by sample name")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Named, A::Error> {
                let mut named = Vec::new();
                while let Some((name, Record(mut fields))) = map.next_entry::<String, Record>()? {
                    fields.insert(0, ("sample".to_owned(), Value::String(name)));
                    named.push(fields);
                }
                Ok(Named(named))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

fn record(fields: &[(String, Value)], path: &str, line: u64, dot: Dot) -> ClinicalRecord {
    let sample = SAMPLE_NAMES.iter().find_map(|name| text(fields, name));
    let name = sample.as_deref().unwrap_or("the sample");
    ClinicalRecord {
        patient: patient(fields, name, &Place { path, line, dot }),
        sample,
    }
}

/// Returns the value of a key that is no column.
fn own<'f>(fields: &'f [(String, Value)], name: &str) -> Option<&'f Value> {
    let mut named = fields.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
    named.next().map(|(_, value)| value)
}

fn text(fields: &[(String, Value)], name: &str) -> Option<String> {
    own(fields, name).map(plain).filter(|t| !t.is_empty())
}

/// Where an object stands, and what the dot of a number in quotation marks means there.
#[derive(Clone, Copy)]
struct Place<'p> {
    path: &'p str,
    line: u64,
    dot: Dot,
}

fn patient(fields: &[(String, Value)], name: &str, place: &Place<'_>) -> Result<Patient, PatientError> {
    let Place { path, line, .. } = *place;
    let fail = |message: String| PatientError::Json {
        path: path.to_owned(),
        message: format!("line {line}: {message}"),
    };
    let mut patient = of_columns(fields, name, place)?;
    patient.report = identity(fields);
    if let Some(visits) = own(fields, "visits") {
        let Value::Array(visits) = visits else {
            return Err(fail("visits is not a list of objects".to_owned()));
        };
        for visit in visits {
            let Value::Object(visit) = visit else {
                return Err(fail("visits is not a list of objects".to_owned()));
            };
            let fields: Vec<(String, Value)> = visit.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
            let read = of_columns(&fields, name, place)?;
            let counts = Clinical {
                hemoglobin: read.clinical.hemoglobin,
                ..Clinical::default()
            };
            if read.clinical != counts || read.sex.is_some() || read.age.is_some() {
                return Err(fail(
                    "a visit holds plasma-cell values only; put the others beside visits".to_owned(),
                ));
            }
            patient.visits.extend(read.visits);
        }
        patient.visits = in_order(patient.visits, path)?;
    }
    Ok(patient)
}

/// Returns what the report names of person, sample and laboratory.
fn identity(fields: &[(String, Value)]) -> ReportIdentity {
    let mut identity = ReportIdentity::default();
    for (key, value) in fields {
        identity.set(key, &plain(value));
    }
    identity
}

/// Reads the columns of one object as a table of one row.
fn of_columns(fields: &[(String, Value)], sample: &str, place: &Place<'_>) -> Result<Patient, PatientError> {
    let Place { path, line, dot } = *place;
    let (names, cells): (Vec<String>, Vec<String>) = fields
        .iter()
        .filter(|(key, _)| {
            !OWN.iter().any(|own| own.eq_ignore_ascii_case(key)) && !ReportIdentity::knows(key)
        })
        .map(|(key, value)| (key.clone(), cell(value, dot)))
        .unzip();
    let columns = PatientColumns::new(&names, path)?.with_dot(dot);
    if let Some(unknown) = columns.unread().first() {
        let known = columns.known();
        let known = OWN.into_iter().chain(known.iter().map(String::as_str));
        let meant =
            nearest(unknown, known).map_or_else(String::new, |near| format!("; did you mean {near}?"));
        return Err(PatientError::Json {
            path: path.to_owned(),
            message: format!(
                "line {line}: key {:?} is not known{meant} (`hemoclone schema clinical` lists the keys)",
                short(unknown)
            ),
        });
    }
    columns.read(sample, &cells.iter().map(String::as_str).collect(), line)
}

/// Returns a value as it would stand in a table; yes and no as the columns of 0 and 1 want them.
fn cell(value: &Value, dot: Dot) -> String {
    match value {
        Value::Number(number) => dot.typed(number.to_string()),
        Value::Bool(yes) => u8::from(*yes).to_string(),
        // A list of genes or fusions; t(4;14) of FISH holds a semicolon, a comma parts both.
        other => plain(other),
    }
}
