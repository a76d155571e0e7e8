//! How many times a VAF changed between two visits, by profile likelihood.

use super::growth::{Estimate, Noise};
use super::likelihood::Sight;
use super::search::{crossing, maximum};

/// Natural logarithms of the folds that are looked at.
const MOST_LOG_FOLD: f64 = 16.0;

/// Natural logarithm of the smallest VAF that is looked at.
const LEAST_LOG_VAF: f64 = -25.0;

const TOLERANCE: f64 = 1e-8;

/// Returns the later VAF over the earlier one; `None` where neither visit counted the clone.
///
/// Without a count at one of them there is no likeliest fold within reason: its value is not finite, and one end is open.
pub(super) fn fold(earlier: Sight, later: Sight, noise: Noise) -> Option<Estimate> {
    let is_counted = |sight: Sight| matches!(sight, Sight::Counted { alt: 1.., .. });
    if !is_counted(earlier) && !is_counted(later) {
        return None;
    }
    let at = |log_fold: f64| {
        // Neither VAF above 1.
        let most = 0.0_f64.min(-log_fold);
        let both = |log_vaf: f64| {
            earlier.log_probability(log_vaf.exp(), noise.concentration)
                + later.log_probability((log_vaf + log_fold).exp(), noise.concentration)
        };
        maximum(both, [LEAST_LOG_VAF + most, most], TOLERANCE).1
    };
    let (best, likeliest) = maximum(at, [-MOST_LOG_FOLD, MOST_LOG_FOLD], TOLERANCE);
    let above = |log_fold: f64| at(log_fold) - likeliest + noise.loss;
    let value = match (is_counted(earlier), is_counted(later)) {
        (true, true) => best.exp(),
        (true, false) => 0.0,
        _ => f64::INFINITY,
    };
    Some(Estimate {
        value,
        low: crossing(above, best, -MOST_LOG_FOLD, TOLERANCE).map(f64::exp),
        high: crossing(above, best, MOST_LOG_FOLD, TOLERANCE).map(f64::exp),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serial::growth::LOSS_95;

    fn counted(alt: u32) -> Sight {
        Sight::Counted { alt, depth: 1000 }
    }

    /// The figures of benches/serial/growth_scipy.py (scipy 1.17).
    #[test]
    fn folds_equal_scipy() {
        let spread = Noise {
            concentration: Some(500.0),
            loss: LOSS_95,
        };
        for (noise, expected) in [
            (Noise::BINOMIAL, [0.25, 0.118_733, 0.476_937]),
            (spread, [0.267_827, 0.063_972, 0.726_753]),
        ] {
            let fold = fold(counted(40), counted(10), noise).unwrap();
            for (actual, expected) in [Some(fold.value), fold.low, fold.high].into_iter().zip(expected) {
                assert!(
                    actual.is_some_and(|a| (a - expected).abs() < 2e-5),
                    "{actual:?} {expected}"
                );
            }
        }
    }

    #[test]
    fn below_detection_is_a_bound_and_no_zero() {
        let below = Sight::Fewer {
            least: 3,
            depth: 1000,
        };
        let gone = fold(counted(40), below, Noise::BINOMIAL).unwrap();
        assert!(
            gone.low.is_none() && gone.high.is_some_and(|high| (high - 0.123_402).abs() < 2e-5),
            "{gone:?}"
        );
        let come = fold(below, counted(40), Noise::BINOMIAL).unwrap();
        assert!(
            come.high.is_none() && come.low.is_some_and(|low| low > 8.0),
            "{come:?}"
        );
        assert!(fold(below, below, Noise::BINOMIAL).is_none());
    }
}
