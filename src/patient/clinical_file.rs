//! The clinical file: JSON with the names of the columns as keys.

use std::collections::HashMap;
use std::io::Read;

use super::clinical::Clinical;
use super::json::object_lines;
use super::json_value::{Fields, Json, Record, dot_of};
use super::person::{Patient, PatientColumns, PatientError, in_order};
use super::report_identity::{IdentityPlaces, ReportIdentity};
use super::table::TableError;
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
fn objects(text: &str) -> Result<Vec<Fields>, serde_json::Error> {
    let records: Vec<Record> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text)?
    } else {
        serde_json::Deserializer::from_str(text)
            .into_iter()
            .collect::<Result<_, _>>()?
    };
    let mut objects: Vec<Fields> = records.into_iter().map(|r| r.0).collect();
    match objects.pop() {
        Some(only) if objects.is_empty() => Ok(by_name(only)),
        last => {
            objects.extend(last);
            Ok(objects)
        }
    }
}

/// Returns the objects of an object of objects by sample name; any other as it is.
fn by_name(fields: Fields) -> Vec<Fields> {
    if fields.is_empty() || !fields.iter().all(|(_, value)| matches!(value, Json::Object(_))) {
        return vec![fields];
    }
    let named = |(name, value)| match value {
        Json::Object(mut fields) => {
            fields.insert(0, ("sample".to_owned(), Json::Text(name)));
            Some(fields)
        }
        _ => None,
    };
    fields.into_iter().filter_map(named).collect()
}

fn record(fields: &[(String, Json)], path: &str, line: u64, dot: Dot) -> ClinicalRecord {
    let sample = SAMPLE_NAMES.iter().find_map(|name| text(fields, name));
    let name = sample.as_deref().unwrap_or("the sample");
    ClinicalRecord {
        patient: patient(fields, name, &Place { path, line, dot }),
        sample,
    }
}

/// Returns the value of a key that is no column.
fn own<'f>(fields: &'f [(String, Json)], name: &str) -> Option<&'f Json> {
    let mut named = fields.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
    named.next().map(|(_, value)| value)
}

fn text(fields: &[(String, Json)], name: &str) -> Option<String> {
    own(fields, name).map(Json::plain).filter(|t| !t.is_empty())
}

/// Where an object stands, and what the dot of a number in quotation marks means there.
#[derive(Clone, Copy)]
struct Place<'p> {
    path: &'p str,
    line: u64,
    dot: Dot,
}

fn patient(fields: &[(String, Json)], name: &str, place: &Place<'_>) -> Result<Patient, PatientError> {
    let Place { path, line, .. } = *place;
    let fail = |message: String| PatientError::Json {
        path: path.to_owned(),
        message: format!("line {line}: {message}"),
    };
    for own_key in OWN {
        if fields
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(own_key))
            .count()
            > 1
        {
            return Err(fail(format!("key {own_key} stands twice; remove one")));
        }
    }
    let mut patient = of_columns(fields, name, place)?;
    patient.report = identity(fields, path)?;
    if let Some(visits) = own(fields, "visits") {
        let Json::List(visits) = visits else {
            return Err(fail("visits is not a list of objects".to_owned()));
        };
        for visit in visits {
            let Json::Object(fields) = visit else {
                return Err(fail("visits is not a list of objects".to_owned()));
            };
            if let Some((key, _)) = fields.iter().find(|(key, _)| is_beside_visits(key)) {
                return Err(fail(format!("{key:?} stands in a visit; put it beside visits")));
            }
            let read = of_columns(fields, name, place)?;
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

/// Whether a key belongs to the person and not to a visit.
fn is_beside_visits(key: &str) -> bool {
    ReportIdentity::knows(key) || key.eq_ignore_ascii_case("visits")
}

/// Returns what the report names of person, sample and laboratory.
fn identity(fields: &[(String, Json)], path: &str) -> Result<ReportIdentity, TableError> {
    let (names, values): (Vec<String>, Vec<String>) = fields
        .iter()
        .map(|(key, value)| (key.clone(), value.plain()))
        .unzip();
    let places = IdentityPlaces::new(&names, path, |_| false)?;
    Ok(places.read(&values.iter().map(String::as_str).collect()))
}

/// Reads the columns of one object as a table of one row.
fn of_columns(fields: &[(String, Json)], sample: &str, place: &Place<'_>) -> Result<Patient, PatientError> {
    let Place { path, line, dot } = *place;
    let (names, cells): (Vec<String>, Vec<String>) = fields
        .iter()
        .filter(|(key, _)| {
            !OWN.iter().any(|own| own.eq_ignore_ascii_case(key)) && !ReportIdentity::knows(key)
        })
        .map(|(key, value)| (key.clone(), value.cell(dot)))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Patient, String> {
        let file = ClinicalFile::read(text.as_bytes(), "c.json").map_err(|e| e.to_string())?;
        let mut records = file.records;
        records.remove(0).patient.map_err(|e| e.to_string())
    }

    /// `true` became the number 1: a thrombocytopenia of 1, one lineage, one mutation.
    #[test]
    fn yes_is_an_answer_and_no_number() {
        let read_whole =
            read(r#"{"auer_rods": true, "prior_mds": false, "NPM1": true, "del5q": false}"#).unwrap();
        let clinical = read_whole.clinical;
        assert_eq!(
            (clinical.auer_rods, clinical.prior_mds),
            (Some(true), Some(false))
        );
        assert_eq!(
            (clinical.genes.get("NPM1"), clinical.del5q),
            (Some(&true), Some(false))
        );
        for (text, column) in [
            (r#"{"plt": true}"#, "plt"),
            (r#"{"age": false}"#, "age"),
            (r#"{"dysplasia_lineages": true}"#, "dysplasia_lineages"),
            (r#"{"fibrosis": false}"#, "fibrosis"),
            (r#"{"TP53mut": true}"#, "TP53mut"),
            (r#"{"fusions": true}"#, "fusions"),
            (r#"{"covered_genes": true}"#, "covered_genes"),
            (
                r#"{"visits": [{"date": "2026-01-02", "bone_lesions": true}]}"#,
                "bone_lesions",
            ),
            (r#"{"hb": {"value": 9}, "plt": 9}"#, "hb"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(&format!("column {column}: ")), "{text}: {error}");
        }
    }

    /// The last of two keys won, or the first, without a word.
    #[test]
    fn what_stands_twice_is_an_error_at_any_depth() {
        for (text, said) in [
            (r#"{"hb": 9, "hb": 12}"#, "both give the same"),
            (r#"{"hb": 9, "hemoglobin": 12}"#, "both give hb"),
            (
                r#"{"A": {"hb": 9, "hb": 12}, "B": {"hb": 9}}"#,
                "both give the same",
            ),
            (r#"{"mrn": 7, "患者ID": 8}"#, "both give patient_id"),
            (
                r#"{"sample": "A", "Sample": "B", "hb": 9}"#,
                "key sample stands twice",
            ),
            (r#"{"visits": [], "Visits": []}"#, "key visits stands twice"),
            (
                r#"{"visits": [{"date": "2026-01-02", "m_protein_g_dl": 1, "m_protein_g_dl": 3}]}"#,
                "both give the same",
            ),
            (
                r#"{"visits": [{"date": "2026-01-02", "m_protein_g_dl": 1, "patient_id": 7}]}"#,
                "\"patient_id\" stands in a visit; put it beside visits",
            ),
            (
                r#"{"visits": [{"date": "2026-01-02", "visits": []}]}"#,
                "put it beside visits",
            ),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(said), "{text}: {error}");
        }
        // Numbers of a person are text as given.
        let report = read(r#"{"mrn": 70, "hb": 9}"#).unwrap().report;
        assert_eq!(report.patient_id.as_deref(), Some("70"));
    }

    /// A file of one sample need not name it: its visit was called "the sample" and contradicted that of the sheet.
    #[test]
    fn a_file_without_a_name_completes_the_visit_of_the_sheet() {
        let of = |text: &str| {
            ClinicalFile::read(text.as_bytes(), "c.json")
                .unwrap()
                .records
                .remove(0)
        };
        let sheet = of(r#"{"sample": "A", "date": "2026-01-02", "m_protein_g_dl": 1.5, "hb": 12}"#);
        for json in [
            r#"{"date": "2026-01-02", "plasma_cells": 8, "heavy_chain": "IgG"}"#,
            r#"{"visits": [{"date": "2026-01-02", "plasma_cells": 8, "heavy_chain": "IgG"}]}"#,
            r#"{"sample": "A", "date": "2026-01-02", "m_protein_g_dl": 1.5, "plasma_cells": 8, "heavy_chain": "IgG"}"#,
        ] {
            let (first, second) = (sheet.patient.clone().unwrap(), of(json).patient.unwrap());
            for (first, second) in [(first.clone(), second.clone()), (second, first)] {
                let both = first
                    .completed_by(second, "A")
                    .map_err(|e| e.to_string())
                    .unwrap();
                let [visit] = &both.visits[..] else {
                    panic!("{json}: {:?}", both.visits);
                };
                assert_eq!(visit.sample, "A", "{json}");
                assert_eq!(
                    (visit.m_protein, visit.plasma_cells),
                    (Some(1.5), Some(8.0)),
                    "{json}"
                );
            }
        }
        let several = |rest: &str| {
            let text = format!(
                r#"{{"visits": [{{"date": "2026-01-02", "m_protein_g_dl": 1}}, {{"date": "2026-02-02"{rest}}}]}}"#
            );
            of(&text).patient.unwrap()
        };
        let both = several(r#", "m_protein_g_dl": 2"#).completed_by(several(r#", "plasma_cells": 8"#), "A");
        let second = &both.unwrap().visits[1];
        assert_eq!((second.m_protein, second.plasma_cells), (Some(2.0), Some(8.0)));
        let error = sheet
            .patient
            .clone()
            .unwrap()
            .completed_by(several(r#", "plasma_cells": 8"#), "A");
        assert!(
            error.unwrap_err().to_string().contains(
                "the date of the plasma-cell visits is 2026-01-02 in the sample sheet and 2026-01-02, 2026-02-02 in the clinical file"
            )
        );
        let alone = Patient::default().completed_by(of(r#"{"m_protein_g_dl": 1.5}"#).patient.unwrap(), "A");
        assert_eq!(alone.unwrap().visits[0].sample, "A");
    }
}
