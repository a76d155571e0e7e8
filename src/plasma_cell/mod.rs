//! The plasma-cell road: MGUS → smoldering myeloma → myeloma, from laboratory values, without sequencing.
//!
//! [`read_table`] and [`read_json`] turn a table into visits with canonical units, [`assess`] turns the visits of a person into
//! a [`PlasmaResult`], and [`row`] turns that into a line of a table. The result holds every word, number and source that a
//! page needs; nothing is computed after it.
//!
//! Definitions are those of the International Myeloma Working Group (Rajkumar, Lancet Oncol 2014;15:e538); every other number
//! cites its own source, and `from_memory` marks the few that were not seen in print.

mod answers;
mod case;
mod columns;
mod diagnosis;
mod fields;
mod findings;
mod follow_up;
mod input_error;
mod json;
mod light_chains;
mod mgus;
mod missing;
mod mm;
mod plasmacytoma;
mod result;
mod risk;
mod road;
mod rows;
mod serial;
mod settings;
mod smm;
mod sources;
mod stage;
mod staging;
mod table;
mod units;
mod words;

pub(crate) use columns::{Columns as VisitColumns, is_visit_column, visit_columns};
pub(crate) use fields::visit;
pub(crate) use json::{Record, dot_of, object_lines, plain};
pub(crate) use table::group;

pub use findings::{Finding, Severity};
pub use follow_up::Statement;
pub use input_error::InputError;
pub use json::read_json;
pub use light_chains::FreeLightChains;
pub use missing::Missing;
pub use mm::{Event, EventCode, EventState};
pub use result::{Carried, Certainty, PlasmaResult, RuleMatch, assess};
pub use risk::{Comparison, Factor, FactorState, Group, RiskModel};
pub use road::{Road, Segment};
pub use rows::{COLUMNS, Column, row};
pub use serial::{Change, Evolving, Serial};
pub use settings::Settings;
pub use sources::Source;
pub use stage::Stage;
pub use table::{Table, read_table, read_worksheet};
#[cfg(test)]
pub(crate) use words::keys as word_keys;
pub use words::{Words, words};
