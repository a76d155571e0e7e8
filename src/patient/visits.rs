//! Reads a table of visits: CSV or TSV, one row per visit, several rows of one sample with dates being its visits.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use csv::StringRecord;

use super::columns::ClinicalColumns;
use super::fields::{Reader, fields};
use super::input_error::{InputError, VisitRow};
use super::table::{Column, Header, Row};
use super::units::{StatedUnits, Unstated};
use super::visit::PlasmaInput;
use crate::tables::{Dot, Records, unread};

/// A table as read: the visits of each sample, and what was wrong with the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Visits of one sample each, samples in the order of the file, visits by date.
    pub patients: Vec<Vec<PlasmaInput>>,
    /// Rows that could not be used. A sample with a bad row is left out whole: half of its visits could mislead.
    pub errors: Vec<InputError>,
    /// Columns that nothing reads.
    pub unknown_columns: Vec<String>,
    /// What had to be assumed or chosen to read it.
    pub notes: Vec<String>,
}

impl Table {
    /// Returns what to say of the columns that nothing reads, each with the known one that it is nearest to.
    pub fn unread_warning(&self) -> Option<String> {
        let known = known_columns();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        unread(&self.unknown_columns, &known)
    }
}

/// Reads a table: CSV, TSV or a workbook; `path` is only for messages.
///
/// # Errors
///
/// Where the file or its header cannot be used. Errors of single rows are in [`Table::errors`].
pub fn read_table(reader: impl Read, path: &str) -> Result<Table, InputError> {
    read_worksheet(reader, path, None)
}

/// Reads a table; of a workbook the worksheet named, or numbered from 1 on.
///
/// # Errors
///
/// As [`read_table`].
pub fn read_worksheet(reader: impl Read, path: &str, worksheet: Option<&str>) -> Result<Table, InputError> {
    let fail = |message: String| InputError::Csv {
        path: path.to_owned(),
        message,
    };
    let mut records = Records::new(reader, worksheet).map_err(|e| fail(e.to_string()))?;
    let columns = VisitColumns::new(records.header.clone(), path)?.with_dot(records.dot);
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    while let Some((line, unfit)) = records.next(&mut record).map_err(|e| fail(e.to_string()))? {
        record.trim();
        rows.push(match unfit {
            None => columns.visit(&record, line),
            Some(unfit) => Err(Box::new((
                columns.sample_of(&record).to_owned(),
                InputError::Form {
                    path: path.to_owned(),
                    line,
                    message: unfit.to_string(),
                },
            ))),
        });
    }
    let mut table = group(rows, columns.unread(), path)?;
    table.notes = records.notes;
    Ok(table)
}

/// The columns of a table of visits.
#[derive(Debug)]
pub(super) struct VisitColumns {
    header: Header,
    sample: Column,
    columns: ClinicalColumns,
}

impl VisitColumns {
    /// Finds the columns; `path` is for messages.
    pub(super) fn new(names: Vec<String>, path: &str) -> Result<Self, InputError> {
        let header = Header::new(path, names)?;
        Ok(Self {
            sample: header.sample()?,
            columns: ClinicalColumns::new(&header, Reader::PlasmaCell, StatedUnits::default())?,
            header,
        })
    }

    /// Says what the dot of a number means.
    pub(super) fn with_dot(mut self, dot: Dot) -> Self {
        self.header = self.header.with_dot(dot);
        self
    }

    /// Returns the columns that nothing reads.
    pub(super) fn unread(&self) -> Vec<String> {
        self.header.unread()
    }

    /// Returns what a row gives as the name of the sample.
    fn sample_of<'r>(&self, record: &'r StringRecord) -> &'r str {
        record.get(self.sample.place()).unwrap_or_default()
    }

    /// Reads one visit.
    pub(super) fn visit(&self, record: &StringRecord, line: u64) -> VisitRow {
        let row = Row::new(&self.header, record, line);
        let read = || {
            let sample = row.id(self.sample)?.to_owned();
            let visit = self.columns.read(&row)?.visit;
            Ok(PlasmaInput {
                sample,
                line,
                ..visit
            })
        };
        read().map_err(|cell| {
            let path = self.header.path().to_owned();
            Box::new((self.sample_of(record).to_owned(), InputError::Cell { path, cell }))
        })
    }
}

/// Returns every name of a column of visits, with its units where it must state one.
fn known_columns() -> Vec<String> {
    let mut known = vec!["sample".to_owned()];
    for field in fields().filter(|field| field.is_for(Reader::PlasmaCell)) {
        match field.quantity().filter(|q| q.unstated == Unstated::Error) {
            Some(quantity) => known.extend(quantity.units.iter().map(|unit| field.name_in(unit))),
            None => known.extend(field.names.iter().map(|&name| name.to_owned())),
        }
    }
    known
}

/// Puts the visits of one sample together.
pub(crate) fn group(
    rows: Vec<VisitRow>,
    unknown_columns: Vec<String>,
    path: &str,
) -> Result<Table, InputError> {
    if rows.is_empty() {
        return Err(InputError::Empty {
            path: path.to_owned(),
        });
    }
    let mut table = Table {
        unknown_columns,
        ..Table::default()
    };
    let mut bad: HashSet<String> = HashSet::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for row in rows {
        match row {
            Ok(visit) => {
                if let Some(place) = places.get(&visit.sample) {
                    table.patients[*place].push(visit);
                } else {
                    places.insert(visit.sample.clone(), table.patients.len());
                    table.patients.push(vec![visit]);
                }
            }
            Err(spoiled) => {
                let (sample, error) = *spoiled;
                bad.insert(sample);
                table.errors.push(error);
            }
        }
    }
    for visits in &mut table.patients {
        visits.sort_by_key(|v| v.date);
        let clash = visits
            .windows(2)
            .find(|pair| pair[0].date.is_none() || pair[0].date == pair[1].date);
        if let Some([first, second]) = clash {
            let undated = if first.date.is_none() { first } else { second };
            bad.insert(undated.sample.clone());
            table.errors.push(InputError::VisitDate {
                path: path.to_owned(),
                line: undated.line,
                sample: undated.sample.clone(),
            });
        }
    }
    table
        .patients
        .retain(|p| p.first().is_some_and(|v| !bad.contains(&v.sample)));
    Ok(table)
}
