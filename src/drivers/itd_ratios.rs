//! The allelic ratios of the internal tandem duplications of one sample, which share the wild type.

use super::{AllelicRatio, Call, CallStatus, ELN_2017_RATIO};
use crate::transcript::EventName;

/// Returns the share of molecules with none of the duplications; `None` where there is none, or a VAF is missing.
fn wild_type_share(vafs: impl IntoIterator<Item = Option<f64>>) -> Option<f64> {
    let mutated: Option<f64> = vafs.into_iter().sum();
    mutated.map(|sum| 1.0 - sum).filter(|share| *share > 0.0)
}

/// Sets the ratio of each internal tandem duplication: several in one sample share the wild type.
pub(crate) fn set_ratios(calls: &mut [Call]) {
    let counts = |call: &Call| {
        let is_itd = call.consequence.event.as_ref().map(|e| e.name) == Some(EventName::Flt3Itd);
        let is_error = matches!(
            call.status,
            CallStatus::ArtifactSuspected | CallStatus::ReferenceMismatch
        );
        is_itd && !is_error
    };
    let vafs: Vec<Option<f64>> = calls
        .iter()
        .filter(|c| counts(c))
        .map(|c| c.evidence.vaf)
        .collect();
    let Some(wild_type) = wild_type_share(vafs) else {
        return;
    };
    for call in calls.iter_mut().filter(|c| counts(c)) {
        call.allelic_ratio = ratio(call, wild_type);
    }
}

fn ratio(call: &Call, wild_type: f64) -> Option<AllelicRatio> {
    let vaf = call.evidence.vaf?;
    let interval = call.evidence.interval;
    // What is not this duplication: wild type, and the others, whose share is held fixed.
    let others = 1.0 - vaf - wild_type;
    let of = |share: f64| {
        let rest = 1.0 - share - others;
        (rest > 0.0).then(|| rounded(share / rest))
    };
    let ratio = of(vaf)?;
    Some(AllelicRatio {
        ratio,
        low: interval.and_then(|i| of(i.low)),
        high: interval.and_then(|i| of(i.high)),
        is_high: ratio >= ELN_2017_RATIO,
    })
}

/// More decimals say nothing.
fn rounded(ratio: f64) -> f64 {
    (ratio * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::wild_type_share;

    #[test]
    fn several_duplications_share_the_wild_type() {
        let share = |vafs: &[Option<f64>]| wild_type_share(vafs.iter().copied());
        assert_eq!(share(&[Some(0.25)]), Some(0.75));
        assert_eq!(share(&[Some(0.25), Some(0.5)]), Some(0.25));
        assert_eq!(share(&[Some(0.25), None]), None);
        assert_eq!(share(&[Some(0.5), Some(0.5)]), None, "no wild type is left");
    }
}
