//! How small a clone with a duplication would have been found, by length: what a negative of reads is worth.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::HotspotState;
use crate::drivers::{Call, CallStatus, USUAL_FLT3_ITD};
use crate::genome::Chromosome;
use crate::myeloid::assessment::MissedDuplications;
use crate::panel::Thresholds;
use crate::transcript::EventName;

/// Duplications of some lengths in one sample of alignments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventLimit {
    /// Gene symbol.
    pub gene: String,
    /// What they are called.
    pub event: EventName,
    /// Fewest bases gained.
    pub shortest: u32,
    /// Most bases gained.
    pub longest: u32,
    /// Chromosome.
    pub chromosome: Chromosome,
    /// First and last base at which their copies begin and end, 1-based.
    pub stretch: (u32, u32),
    /// Id of the first rule that names the event.
    pub rule: String,
    /// What is known.
    pub state: HotspotState,
    /// Smallest VAF that would have been found and called with 95 % power wherever it begins and ends; `None` where that was not assessed.
    pub detection_limit: Option<f64>,
}

/// Returns which internal tandem duplications of FLT3 the reads would not have shown; `None` where nothing is said of them.
fn missed_itd(limits: &[EventLimit], thresholds: &Thresholds) -> Option<MissedDuplications> {
    let mut missed = MissedDuplications {
        vaf: thresholds.min_vaf,
        ..MissedDuplications::default()
    };
    let of_flt3 = || limits.iter().filter(|l| l.event == EventName::Flt3Itd);
    of_flt3().next()?;
    for limit in of_flt3().filter(|l| l.state == HotspotState::NotAssessed) {
        let list = if limit.shortest <= USUAL_FLT3_ITD {
            &mut missed.usual
        } else {
            &mut missed.longer
        };
        list.push((limit.shortest, limit.longest));
    }
    Some(missed)
}

/// Decides what is known of duplications, from the calls of the sample, and which of FLT3 the reads would have missed.
pub(super) fn settled(
    limits: Vec<EventLimit>,
    calls: &[Call],
    thresholds: &Thresholds,
) -> (Vec<EventLimit>, Option<MissedDuplications>) {
    let settle = |limit: EventLimit| EventLimit {
        state: state(&limit, calls, thresholds),
        ..limit
    };
    let limits: Vec<EventLimit> = limits.into_iter().map(settle).collect();
    let missed = missed_itd(&limits, thresholds);
    (limits, missed)
}

fn state(limit: &EventLimit, calls: &[Call], thresholds: &Thresholds) -> HotspotState {
    let is_of_class = |call: &&Call| {
        let event = call.consequence.event.as_ref();
        call.consequence.gene == limit.gene
            && event.is_some_and(|e| {
                let fits = |n: u32| (limit.shortest..=limit.longest).contains(&n);
                e.name == limit.event && e.length.is_some_and(fits)
            })
    };
    let statuses = || calls.iter().filter(is_of_class).map(|c| c.status);
    if statuses().any(|s| s != CallStatus::BelowThreshold && s != CallStatus::ArtifactSuspected) {
        HotspotState::Called
    } else if statuses().next().is_some() {
        HotspotState::BelowLimit
    } else if limit.detection_limit.is_some_and(|l| l <= thresholds.min_vaf) {
        HotspotState::NotDetected
    } else {
        HotspotState::NotAssessed
    }
}
