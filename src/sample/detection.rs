//! The smallest clone that could have been seen at a depth.

use crate::evidence::statistics::rounded_limit;

/// Power that a detection limit promises.
const POWER: f64 = 0.95;

/// Returns the smallest VAF (0 to 1) of which at least `min_alt` fragments are seen with 95 % probability at `depth`;
/// `None` where the depth is too small for any.
///
/// Rounded up to six decimals. Binomial sampling of fragments; supposes that the caller writes every allele with `min_alt` fragments.
pub fn detection_limit(depth: u32, min_alt: u32) -> Option<f64> {
    if depth < min_alt || min_alt == 0 {
        return None;
    }
    // The chance grows with the fraction: bisection to far below the printed decimals.
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if chance_of_fewer(depth, min_alt, middle) <= 1.0 - POWER {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(rounded_limit(high))
}

/// Returns the chance of seeing fewer than `min_alt` of `depth` fragments at fraction `vaf`.
fn chance_of_fewer(depth: u32, min_alt: u32, vaf: f64) -> f64 {
    if vaf >= 1.0 {
        return 0.0;
    }
    let mut term = (f64::from(depth) * (1.0 - vaf).ln()).exp();
    let mut sum = term;
    for k in 1..min_alt {
        term *= f64::from(depth - k + 1) / f64::from(k) * vaf / (1.0 - vaf);
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rule of three is the limit for one fragment: 1 - 0.05^(1/n).
    #[test]
    fn equals_the_closed_form_for_one_fragment() {
        let actual = detection_limit(1000, 1).unwrap();
        assert!((actual - (1.0 - 0.05_f64.powf(1.0 / 1000.0))).abs() < 1e-6);
    }

    /// R: `pbinom(2, 313, 0.02)` is 0.04973 and `pbinom(2, 312, 0.02)` is 0.05047: 313 is the first depth that sees 2 %.
    #[test]
    fn three_fragments_of_two_percent_need_depth_313() {
        assert!(detection_limit(313, 3).unwrap() <= 0.02);
        assert!(detection_limit(312, 3).unwrap() > 0.02);
        assert_eq!(detection_limit(2, 3), None);
    }
}
