//! What is known of a person beyond the sequencing: the one list of clinical columns, the tables and files that they come from,
//! and the typed values that rooms behind this one judge.
//!
//! [`fields()`] is the list. [`ClinicalColumns`] finds its columns in a table and reads a row into an [`Entry`]; the words of an
//! answer and the units of a quantity are the same on every road.

mod answers;
mod clinical;
mod clinical_file;
mod columns;
mod date;
mod entry;
mod fields;
mod input_error;
mod json;
mod json_value;
mod measure;
mod names;
mod person;
mod plasma_answers;
mod report_identity;
mod rounding;
mod schema;
mod table;
mod units;
mod visit;
mod visits;

pub(crate) use answers::{is_dash, is_missing, is_none, says_none_found};
pub(crate) use clinical::ALL_GENES;
pub use clinical::{Clinical, GivenKaryotype, Tp53Count};
pub use clinical_file::{ClinicalFile, ClinicalRecord};
pub use columns::ClinicalColumns;
pub use date::Date;
pub use entry::{Entry, StatedClone};
pub use fields::{Field, Kind, Reader, Refusal, Text, fields, gene_fields, named};
pub use input_error::InputError;
pub use json::read_json;
pub use person::{Patient, PatientColumns, PatientError};
pub use report_identity::{IdentityPlaces, ReportIdentity};
pub(crate) use rounding::tidy;
pub use schema::{clinical_markdown, clinical_schema, columns_help};
pub(crate) use table::sample_place;
pub use table::{Cell, CellError, Column, Header, Row, RowError, TableError, TableReader};
pub use units::{CountUnit, HemoglobinUnit, Quantity, StatedUnits, Unit, Unstated};
pub use visit::{Crab, Fish, HeavyChain, LightChain, PlasmaInput, Plasmacytoma};
pub use visits::{Table, read_table, read_worksheet};
