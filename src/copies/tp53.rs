//! The fraction of a TP53 mutation as a sign of its own: above one half, some cells have no other allele.

use super::model::rounded;
use super::shift_model::{Tp53Fraction, Within95};
use crate::drivers::{Call, ReasonCode};

/// Returns the TP53 mutation whose VAF lies above one half with its whole interval, the largest of them.
///
/// An inherited one is at one half, and beyond it where the other allele is lost; one that the matched normal holds is none of these. The
/// rules of WHO, ICC and IPSS-M look at the VAF themselves (0.49, 0.50, 0.55), so that it counts in none a second time.
pub fn tp53_fraction(calls: &[Call]) -> Option<Tp53Fraction> {
    let above = |call: &&Call| {
        call.consequence.gene == "TP53"
            && call.status.is_driver_or_review()
            && call.reasons.iter().all(|r| r.code != ReasonCode::InNormal)
            && call.evidence.interval.is_some_and(|i| i.low > 0.5)
    };
    let vaf = |call: &Call| call.evidence.vaf.unwrap_or(0.0);
    let call = calls
        .iter()
        .filter(above)
        .max_by(|a, b| vaf(a).total_cmp(&vaf(b)))?;
    let interval = call.evidence.interval?;
    Some(Tp53Fraction {
        change: call
            .consequence
            .change()
            .map_or_else(|| call.variant.to_string(), str::to_owned),
        vaf: Within95 {
            value: rounded(call.evidence.vaf?),
            low: rounded(interval.low),
            high: rounded(interval.high),
        },
        cells_at_least: rounded(2.0 * interval.low - 1.0),
    })
}
