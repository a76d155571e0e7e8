//! Figures of a comparison: shares with their intervals, and how far observed fractions lie from the true ones.

use serde::Serialize;

use crate::evidence::{Interval, wilson_95};

/// A share with its 95 % Wilson score interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Share {
    /// Those that are so.
    pub count: u32,
    /// All of them.
    pub total: u32,
}

impl Share {
    /// Counts another one.
    pub(super) const fn add(&mut self, is_so: bool) {
        self.count += is_so as u32;
        self.total += 1;
    }

    /// Returns the share; `None` where there is nothing to be a share of.
    pub fn value(self) -> Option<f64> {
        (self.total > 0).then(|| f64::from(self.count) / f64::from(self.total))
    }

    /// Returns its interval.
    pub fn interval(self) -> Option<Interval> {
        wilson_95(self.count, self.total)
    }
}

/// How far observed fractions lie from the true ones.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Deviation {
    count: u32,
    sum: f64,
    squares: f64,
    largest: f64,
}

impl Deviation {
    /// Adds a pair.
    pub(super) fn add(&mut self, truth: f64, observed: f64) {
        let difference = observed - truth;
        self.count += 1;
        self.sum += difference;
        self.squares += difference * difference;
        self.largest = self.largest.max(difference.abs());
    }

    /// Returns the number of pairs.
    pub const fn count(&self) -> u32 {
        self.count
    }

    fn of(&self, value: f64) -> Option<f64> {
        (self.count > 0).then_some(value)
    }

    /// Returns the mean of observed less true.
    pub fn bias(&self) -> Option<f64> {
        self.of(self.sum / f64::from(self.count.max(1)))
    }

    /// Returns the root of the mean square.
    pub fn rmse(&self) -> Option<f64> {
        self.of((self.squares / f64::from(self.count.max(1))).sqrt())
    }

    /// Returns the largest difference, whatever its sign.
    pub fn largest(&self) -> Option<f64> {
        self.of(self.largest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_no_share_and_no_deviation() {
        assert_eq!(
            (Share::default().value(), Share::default().interval()),
            (None, None)
        );
        let none = Deviation::default();
        assert_eq!((none.bias(), none.rmse(), none.largest()), (None, None, None));
    }

    /// numpy: d = [.01, -.03, .02]; mean 0, sqrt(mean(d²)) 0.0216025.
    #[test]
    fn deviations_are_those_of_numpy() {
        let mut deviation = Deviation::default();
        for (truth, observed) in [(0.05, 0.06), (0.40, 0.37), (0.10, 0.12)] {
            deviation.add(truth, observed);
        }
        assert!(deviation.bias().unwrap().abs() < 1e-12);
        assert!((deviation.rmse().unwrap() - 0.021_602_5).abs() < 1e-7);
        assert!((deviation.largest().unwrap() - 0.03).abs() < 1e-12);
    }
}
