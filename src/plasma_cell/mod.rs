//! The plasma-cell road: MGUS → smoldering myeloma → myeloma, from laboratory values, without sequencing.
//!
//! [`assess`] turns the visits of a person ([`crate::patient::read_table`]) into a [`PlasmaResult`], and [`row`] turns that into a line of a table. The result holds every word, number and source that a
//! page needs; nothing is computed after it.
//!
//! Definitions are those of the International Myeloma Working Group (Rajkumar, Lancet Oncol 2014;15:e538); every other number
//! cites its own source, and `from_memory` marks the few that were not seen in print.

mod case;
mod diagnosis;
mod finding_values;
mod findings;
mod follow_up;
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
mod words;

pub use finding_values::FindingValues;
pub use findings::{Finding, Severity};
pub use follow_up::Statement;
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
#[cfg(test)]
pub(crate) use words::keys as word_keys;
pub use words::{Words, words};
