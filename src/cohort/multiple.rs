//! Many tests at once.

use crate::report::value::{Cell, Kind, Number, Value};

/// A p-value, with two significant digits: more says nothing, and differs between machines.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Probability(pub f64);

impl Cell for Probability {
    const KIND: Kind = Kind::Number;

    fn value(&self) -> Value {
        // None is nothing: what is smaller than any number of a computer is written as the smallest.
        Number(two_digits(self.0.max(f64::MIN_POSITIVE))).value()
    }
}

/// Rounds to two significant digits.
fn two_digits(value: f64) -> f64 {
    format!("{value:.1e}").parse().unwrap_or(value)
}

/// Returns for each p-value the smallest share of false findings at which it would be one (Benjamini and Hochberg, J R Stat Soc B
/// 1995;57:289), in the order given.
pub(super) fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*b].total_cmp(&p[*a]));
    let mut adjusted = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (place, index) in order.into_iter().enumerate() {
        let rank = p.len() - place;
        least = least.min(p[index] * p.len() as f64 / rank as f64);
        adjusted[index] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R 4.2: `p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.8), "BH")`.
    #[test]
    fn equals_r() {
        let actual = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005, 0.8]);
        let expected = [0.025, 0.05, 0.05, 0.025, 0.8];
        for (a, e) in actual.iter().zip(expected) {
            assert!((a - e).abs() < 1e-12, "{actual:?}");
        }
        assert!(benjamini_hochberg(&[]).is_empty());
    }

    #[test]
    fn a_probability_has_two_digits() {
        assert_eq!(Probability(0.001_349).value().cell(), "0.0013");
        assert_eq!(Probability(1.0).value().cell(), "1");
        assert_eq!(Probability(0.0).value().cell(), "2.2e-308");
    }
}
