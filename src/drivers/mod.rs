//! From an annotated variant to a classified call: driver rules, germline and artifact assessment, status, reasons.

pub mod artifact;
mod call;
mod caller_filter;
mod flags;
pub mod germline;
mod statistics;
pub mod threshold;

pub use call::{Call, CallStatus, FileAllele, PopulationFrequency, Reason, ReasonCode, RuleMatch};
pub use caller_filter::{FilterMeaning, meaning};
pub use flags::{Flag, Weight};
