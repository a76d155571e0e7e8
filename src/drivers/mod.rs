//! From an annotated variant to a classified call: driver rules, germline and artifact assessment, status, reasons.

mod call;
mod caller_filter;
pub mod consensus;
pub mod filters;
mod flags;
mod gene_result;
pub mod germline;
pub mod inheritance;
mod known_somatic;
pub mod oncogenic;
mod other_clones;
mod reason;
pub mod recount;
mod reason_values;
mod repeated;
mod rule_classes;
mod rule_match;
mod rules;
mod status;
pub mod threshold;

pub use call::{Call, CallStatus};
pub use caller_filter::{FilterMeaning, meaning};
pub use consensus::{Verdict, VerdictState};
pub use flags::{Flag, Weight};
pub use gene_result::{GeneResult, GeneState};
pub use inheritance::{CloneBackground, Inheritance, InheritanceKind};
pub use known_somatic::is_known_somatic;
pub use oncogenic::{IpssmDecision, IpssmOpinion, IpssmReason};
pub use other_clones::{KnownClones, OtherClones};
pub use reason::{Reason, ReasonCode};
pub use repeated::told_once;
pub use rule_match::RuleMatch;
pub use reason_values::ReasonValues;
pub use rules::{match_list, match_rules, undetermined_list, undetermined_rules};
pub use status::{Opinions, decide};
