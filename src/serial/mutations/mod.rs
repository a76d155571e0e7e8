//! Growth of mutations that a plain table gives: of papers, of older reports, of other programs.
//!
//! A table has persons, times, and counts or fractions; no calls, no panel, no depth anywhere else. So it gets tables back, and no page.

mod cells;
mod columns;
mod error;
mod growth;
mod observation;
mod rows;
mod table;
#[cfg(test)]
mod tests;

pub use error::{MutationProblem, MutationTableError};
pub use growth::GrowthTable;
pub use observation::MutationSettings;
pub use rows::GROWTH_FILES;
pub use table::Mutations;
