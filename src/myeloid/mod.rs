//! The myeloid road from clonal hematopoiesis to leukemia: stage, classification and prognostic scores.
//!
//! Every score is a pure function of a typed input in which a value that is not known is `None`, and answers with the
//! score, its category, where it came from and what is missing. The `table` room reads and writes them by the row, in
//! constant memory. A score supports a physician's judgment and does not replace it.

pub mod assessment;
pub mod ccrs;
pub mod chrs;
pub mod classify;
pub mod eln;
pub mod findings;
mod given;
pub mod ipss_m;
pub mod ipss_r;
mod karyotype_table;
mod limits;
pub mod mutations;
pub mod next_steps;
pub mod rounding;
pub mod stage;
mod stated;
pub mod table;

pub use crate::karyotype::CytogeneticRisk;
pub use karyotype_table::KaryotypeTable;
