//! From an annotated variant to a classified call: driver rules, germline and artifact assessment, status, reasons.

mod call;

pub use call::{Call, CallStatus, FileAllele, PopulationFrequency, Reason, ReasonCode, RuleMatch};
