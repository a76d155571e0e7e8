//! IPSS-M, the molecular prognostic score of myelodysplastic syndromes (Bernard et al., NEJM Evid
//! 2022;1(7):EVIDoa2200008).
//!
//! The score is the sum over 22 variables of (value - mean) x weight / ln 2, so that one unit doubles the hazard against
//! the average patient. What is not known is replaced three times, by the best, the mean and the worst that it could be;
//! what is reported depends on how far the three scores lie apart.

mod category;
mod gene;
mod input;
mod model;
mod score;
mod table;

pub use category::{IpssmCategory, IpssmOutcome};
pub use gene::IpssmGene;
pub use input::{GeneStates, HemoglobinLimits, IpssmInput};
pub use model::{IpssmVariable, VariableSpec};
pub use score::{
    Contribution, IpssmComment, IpssmReport, IpssmResult, MissingVariable, ScenarioScore, score,
};
pub use table::{IpssmTable, IpssmTableOptions};
