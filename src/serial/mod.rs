//! Samples of one person over time: growth of each clone with its interval, what is new, lost or below detection, the order of clones, and changes of
//! stage and scores.
//!
//! A visit at which a clone is below detection bounds its size; it is never taken for zero, and a visit that did not assess it says nothing. The method,
//! its limits and its sources are in docs/serial.md.

mod assess;
mod changes;
mod clones;
#[cfg(test)]
mod coverage;
mod dispersion;
mod fold;
mod growth;
mod history;
mod likelihood;
mod mutations;
mod page;
mod pairs;
mod result;
mod rows;
mod search;
mod sights;
mod visits;

pub use assess::{Settings, serial};
pub use history::history;
pub use mutations::{
    GROWTH_FILES, GrowthTable, MutationProblem, MutationSettings, MutationTableError, Mutations,
};
pub use page::write_serial_html;
pub use result::{SERIAL_VERSION, SerialResult};
pub use rows::{SERIAL_FILES, SerialFile};
pub use visits::{Person, SerialError, SerialInput, persons};

pub use crate::sample::over_time::*;
