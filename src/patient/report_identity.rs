//! Whose sample it is and which way it took, as a report names it: text that nothing is computed from.

use csv::StringRecord;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answers::{is_dash, is_missing};
use super::table::TableError;
use crate::tables::{key, shown};

/// What a report says of person, sample and laboratory beyond name, sex and age. All of it is text as given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReportIdentity {
    /// The hospital's or study's number of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient_id: Option<String>,
    /// Date of birth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// Kind of specimen: blood, marrow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub specimen: Option<String>,
    /// When it was collected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collected: Option<String>,
    /// When it reached the laboratory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<String>,
    /// When it was reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported: Option<String>,
    /// The laboratory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub laboratory: Option<String>,
    /// Who asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requester: Option<String>,
}

/// A column: its names, the documented one first, and what it is.
pub(super) struct IdentityColumn {
    pub names: &'static [&'static str],
    pub about: &'static str,
    place: fn(&mut ReportIdentity) -> &mut Option<String>,
}

/// The columns, in the order of the page.
#[rustfmt::skip]
pub(super) const COLUMNS: [IdentityColumn; 8] = [
    IdentityColumn { names: &["patient_id", "patient_number", "mrn", "患者ID", "患者番号"], about: "number of the person, printed on the report", place: |i| &mut i.patient_id },
    IdentityColumn { names: &["birth_date", "date_of_birth", "dob", "生年月日"], about: "date of birth, printed on the report", place: |i| &mut i.birth_date },
    IdentityColumn { names: &["specimen", "specimen_type", "検体種別"], about: "kind of specimen, printed on the report", place: |i| &mut i.specimen },
    IdentityColumn { names: &["collected", "collection_date", "採取日"], about: "date of collection, printed on the report", place: |i| &mut i.collected },
    IdentityColumn { names: &["received", "received_date", "受領日"], about: "date of receipt, printed on the report", place: |i| &mut i.received },
    IdentityColumn { names: &["reported", "report_date", "報告日"], about: "date of the report, printed on the report", place: |i| &mut i.reported },
    IdentityColumn { names: &["laboratory", "検査施設"], about: "laboratory, printed on the report", place: |i| &mut i.laboratory },
    IdentityColumn { names: &["requester", "requested_by", "ordering_physician", "依頼者", "依頼医"], about: "who asked for it, printed on the report", place: |i| &mut i.requester },
];

fn column_of(name: &str) -> Option<usize> {
    let name = key(name);
    COLUMNS
        .iter()
        .position(|column| column.names.iter().any(|known| key(known) == name))
}

impl ReportIdentity {
    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a name is one of the columns.
    pub(super) fn knows(name: &str) -> bool {
        column_of(name).is_some()
    }

    /// Takes in the value of a column; what is missing is left as it is.
    fn set(&mut self, column: usize, value: &str) {
        let value = value.trim();
        if !is_missing(value) && !is_dash(value) {
            *(COLUMNS[column].place)(self) = Some(value.to_owned());
        }
    }

    /// Fills what is not given from another source; returns the first column on which the two disagree, with both values.
    pub(super) fn completed_by(mut self, mut other: Self) -> Result<Self, (&'static str, String, String)> {
        for column in &COLUMNS {
            let (mine, theirs) = ((column.place)(&mut self), (column.place)(&mut other).take());
            match (mine.as_ref(), theirs) {
                (Some(first), Some(second)) if *first != second => {
                    return Err((column.names[0], first.clone(), second));
                }
                (None, theirs) => *mine = theirs,
                _ => {}
            }
        }
        Ok(self)
    }
}

/// Where the columns stand in a table: the place in its header, and the column.
#[derive(Debug, Default)]
pub struct IdentityPlaces(Vec<(usize, usize)>);

impl IdentityPlaces {
    /// Finds them; `path` is for messages, `taken` are columns that someone else reads.
    ///
    /// # Errors
    ///
    /// Where two columns give the same: which of two numbers of a person is right, only who wrote them knows.
    pub fn new(header: &[String], path: &str, taken: impl Fn(usize) -> bool) -> Result<Self, TableError> {
        let mut own: Vec<(usize, usize)> = Vec::new();
        for (place, name) in header.iter().enumerate().filter(|(place, _)| !taken(*place)) {
            let Some(column) = column_of(name) else { continue };
            if let Some((first, _)) = own.iter().find(|(_, known)| *known == column) {
                return Err(TableError::ColumnTwice {
                    path: path.to_owned(),
                    first: shown(&header[*first]),
                    second: shown(name),
                    what: COLUMNS[column].names[0].to_owned(),
                });
            }
            own.push((place, column));
        }
        Ok(Self(own))
    }

    /// Whether a column of the table, by its place, is one of these.
    pub fn uses(&self, place: usize) -> bool {
        self.0.iter().any(|(own, _)| *own == place)
    }

    /// Reads a row.
    pub fn read(&self, record: &StringRecord) -> ReportIdentity {
        let mut identity = ReportIdentity::default();
        for (place, column) in &self.0 {
            identity.set(*column, record.get(*place).unwrap_or(""));
        }
        identity
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_columns_by_any_of_their_names_and_leaves_out_what_is_missing() {
        let header = ["Sample", "患者ID", "Date of birth", "Specimen", "lab"].map(str::to_owned);
        let places = IdentityPlaces::new(&header, "s.csv", |place| place == 0).unwrap();
        assert_eq!(
            [0, 1, 2, 3, 4].map(|p| places.uses(p)),
            [false, true, true, true, false]
        );
        let actual = places.read(&StringRecord::from(vec!["A", "007", "1950-02-03", "NA", "x"]));
        let expected = ReportIdentity {
            patient_id: Some("007".to_owned()),
            birth_date: Some("1950-02-03".to_owned()),
            ..ReportIdentity::default()
        };
        assert_eq!(actual, expected);
    }

    /// The last of two columns won without a word: a report went out with another person's number.
    #[test]
    fn two_columns_of_one_meaning_are_an_error() {
        for (first, second) in [("MRN", "患者ID"), ("dob", "Birth date"), ("報告日", "reported")] {
            let header = ["sample", first, second].map(str::to_owned);
            let error = IdentityPlaces::new(&header, "s.csv", |place| place == 0).unwrap_err();
            let error = error.to_string();
            assert!(
                error.contains(&format!("columns {first:?} and {second:?} both give")),
                "{error}"
            );
            assert!(IdentityPlaces::new(&header, "s.csv", |place| place == 1).is_ok());
        }
    }

    #[test]
    fn two_sources_complete_each_other_or_disagree() {
        let of = |name: &str, value: &str| {
            let mut identity = ReportIdentity::default();
            identity.set(column_of(name).unwrap(), value);
            identity
        };
        let both = of("patient_id", "7").completed_by(of("laboratory", "L")).unwrap();
        assert_eq!(
            (both.patient_id.as_deref(), both.laboratory.as_deref()),
            (Some("7"), Some("L"))
        );
        let error = of("patient_id", "7")
            .completed_by(of("patient_id", "8"))
            .unwrap_err();
        assert_eq!(error, ("patient_id", "7".to_owned(), "8".to_owned()));
    }
}
