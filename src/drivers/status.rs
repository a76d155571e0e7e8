//! One status for a call from what the thresholds, the rules, the germline and the artifact assessment say.

use super::consensus::{Verdict, VerdictState};
use super::flags::{Flag, Weight, heaviest};
use super::threshold::ThresholdVerdict;
use super::{CallStatus, Reason};
use crate::panel::ExcludedAs;

/// The four opinions on a call.
#[derive(Clone, Debug)]
pub struct Opinions {
    /// Driver rules.
    pub rules: Verdict,
    /// Thresholds.
    pub thresholds: ThresholdVerdict,
    /// What speaks to inheritance.
    pub germline: Vec<Flag>,
    /// What speaks for an error.
    pub artifact: Vec<Flag>,
}

/// Decides the status and lists every reason, in the order they were weighed.
///
/// Decisive germline evidence (matched normal, common in the population) beats a driver rule; anything softer puts a
/// driver up for review instead of hiding it.
pub fn decide(opinions: Opinions) -> (CallStatus, Vec<Reason>) {
    let (germline, artifact) = (heaviest(&opinions.germline), heaviest(&opinions.artifact));
    let doubt =
        opinions.thresholds.doubtful || germline >= Some(Weight::Review) || artifact >= Some(Weight::Review);
    let status = if opinions.thresholds.below {
        CallStatus::BelowThreshold
    } else if germline == Some(Weight::Decisive) {
        CallStatus::GermlineSuspected
    } else if artifact == Some(Weight::Decisive) {
        CallStatus::ArtifactSuspected
    } else {
        match opinions.rules.state {
            VerdictState::Driver if doubt => CallStatus::DriverReview,
            VerdictState::Driver => CallStatus::Driver,
            VerdictState::Review => CallStatus::DriverReview,
            VerdictState::NotDriver if opinions.rules.excluded_as == Some(ExcludedAs::Inherited) => {
                CallStatus::GermlineSuspected
            }
            VerdictState::NotDriver if opinions.rules.excluded_as == Some(ExcludedAs::Artifact) => {
                CallStatus::ArtifactSuspected
            }
            VerdictState::NotDriver | VerdictState::Unknown if germline == Some(Weight::Doubt) => {
                CallStatus::GermlineSuspected
            }
            VerdictState::NotDriver | VerdictState::Unknown if artifact == Some(Weight::Doubt) => {
                CallStatus::ArtifactSuspected
            }
            VerdictState::NotDriver | VerdictState::Unknown => CallStatus::Uncertain,
        }
    };
    let flags = opinions
        .germline
        .into_iter()
        .chain(opinions.artifact)
        .map(|f| f.reason);
    let reasons = opinions
        .thresholds
        .reasons
        .into_iter()
        .chain(opinions.rules.reasons)
        .chain(flags)
        .collect();
    (status, reasons)
}
