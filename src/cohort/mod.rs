//! Many samples together: tables for analysis, prevalence, recurrent alleles, quality, doubtful identities, and a page.
//!
//! Reports come one after the other and are not kept: a [`Member`] of a few hundred bytes is. Everything over samples is a function of
//! the set of members, in no order, so that batches can be added as they come.

mod artifact;
mod artifact_panel;
mod batch_table;
mod batches;
#[cfg(test)]
mod calibration;
mod counted;
mod genotypes;
mod kinship;
mod manifest;
mod member;
mod multiple;
mod names;
mod outliers;
pub mod page;
mod pairs;
mod parquet;
mod parquet_end;
mod prevalence;
mod published;
mod summary;
pub mod tables;
#[cfg(test)]
mod tests_support;
mod vafs;
mod variants;

pub use artifact_panel::ArtifactRules;
pub use batch_table::{BatchTableError, read_batches};
pub use batches::BatchRow;
pub use counted::Counted;
pub use kinship::KinshipRow;
pub use manifest::{Manifest, ManifestError};
pub use member::{Beside, Digest, Gene, Known, Member, Seen, State};
pub use multiple::Probability;
pub use outliers::OutlierRow;
pub use pairs::PairRow;
pub use parquet::{ParquetTable, TableError};
pub use parquet_end::{append, check, rows_end};
pub use prevalence::{PrevalenceRow, PublishedRow};
pub use summary::{Summary, Totals};
pub use variants::VariantRow;
