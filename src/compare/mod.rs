//! What was observed beside what is true, and two runs beside each other.
//!
//! A [`Truth`] is read from a VCF or BCF, a table, or is a named reference standard; what was [`Observed`] are reports or the files of any
//! caller. [`compare()`] matches them allele by allele, and where that fails by the bases that result, and [`Told`] writes figures, tables, a page
//! and the verdicts on [`Requirement`]s. Nothing is opened here.

mod change;
mod changes;
mod evaluate;
mod figures;
mod haplotype;
mod matching;
mod metrics;
mod observed;
mod output;
mod page;
mod picture;
mod places;
mod requirement;
mod rows;
mod schema;
mod standard;
mod truth;
mod truth_table;

pub use change::{Change, ChangeType, LengthChange, LengthChangeKind};
pub use changes::{
    ChangeKind, ChangesTold, FieldChange, FieldChangeRow, FieldRuleError, FieldRules, changes,
};
pub use evaluate::{ComparedChange, Comparison, CountedAllele, Outcome, Terms, Why, compare};
pub use figures::{Deviation, Share};
pub use matching::MatchedBy;
pub use metrics::{Figures, Stratum, VAF_BINS};
pub use observed::{Assessed, NotAssessed, Observed, ObservedAllele, whole_genome};
pub use output::Told;
pub use places::WrongReference;
pub use requirement::{Requirement, RequirementError, Verdict, read_requirements};
pub use rows::{COMPARISON_VERSION, ChangeRow, MetricRow, RequirementRow};
pub use schema::{changes_schema, comparison_schema};
pub use standard::standards;
pub use truth::{Truth, TruthSample, TruthVariant};
pub use truth_table::TruthTableError;
