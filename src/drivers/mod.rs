//! From an annotated variant to a classified call: driver rules, germline and artifact assessment, status, reasons.

mod call;
mod consensus;
mod rules;

pub use call::{Call, CallStatus, FileAllele, PopulationFrequency, Reason, ReasonCode, RuleMatch};
pub use consensus::{Verdict, VerdictState, decide};
pub use rules::{match_rules, undetermined_rules};
