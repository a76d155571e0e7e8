//! How often errors alone would make as much of an allele as was seen.

use statrs::function::gamma::ln_gamma;

use crate::alignments::counts::observation::SIGHTS;
use crate::evidence::statistics::ln_factorial;

/// Counts above which the split over sights is no longer looked at: the number alone decides.
pub(crate) const MANY: u32 = 40;
/// Terms of a tail below this share of its sum are left out.
const NEGLIGIBLE: f64 = 1e-12;

/// Logarithms of the chances that so many of some errors are of one sight, but for the factorial of their number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shares {
    ln: [f64; SIGHTS],
}

impl Shares {
    /// Takes the share of each sight.
    pub(crate) fn new(shares: [f64; SIGHTS]) -> Self {
        Self {
            ln: shares.map(f64::ln),
        }
    }

    /// Returns the logarithm for `n` of a sight.
    pub(crate) fn ln(&self, sight: usize, n: u32) -> f64 {
        if n == 0 {
            0.0
        } else {
            f64::from(n) * self.ln[sight] - ln_factorial(u64::from(n))
        }
    }
}

/// Returns the chance of `count` or more errors where `mean` are expected and rates vary from site to site.
///
/// Negative binomial: Poisson errors whose rate is Gamma-distributed over sites with squared coefficient of variation
/// `dispersion`; the beta-binomial for rates far below one.
pub(crate) fn chance_of_at_least(count: u32, mean: f64, dispersion: f64) -> f64 {
    if count == 0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    // The smaller tail is summed: the terms of the other one may be too small for a number, and its sum would be 0 instead of 1.
    if f64::from(count) <= mean {
        return (1.0 - fewer_errors(count, mean, dispersion)).clamp(0.0, 1.0);
    }
    let mut term = ln_chance(count, mean, dispersion).exp();
    let mut sum = term;
    let mut k = f64::from(count);
    let size = 1.0 / dispersion;
    // p(k + 1) / p(k), which falls towards mean / (size + mean) < 1. The smallest number above zero does not become less when it is
    // multiplied by a half or more, so terms below the normal numbers end the sum as well.
    while term > sum * NEGLIGIBLE && term >= f64::MIN_POSITIVE || k <= mean {
        term *= (k + size) / (k + 1.0) * mean / (size + mean);
        k += 1.0;
        sum += term;
    }
    sum.min(1.0)
}

/// Returns the chance of fewer errors than `count`, which is at least 1 and at most the mean.
fn fewer_errors(count: u32, mean: f64, dispersion: f64) -> f64 {
    let size = 1.0 / dispersion;
    let mut k = count - 1;
    let mut term = ln_chance(k, mean, dispersion).exp();
    let mut sum = term;
    // p(k - 1) / p(k); the terms fall downward, or rise where rates vary that much that no error is the likeliest.
    while k > 0 && term > sum * NEGLIGIBLE {
        term *= f64::from(k) / (f64::from(k - 1) + size) * (size + mean) / mean;
        k -= 1;
        sum += term;
    }
    sum
}

/// Returns the logarithm of the chance of so many errors.
pub(crate) fn ln_chance(count: u32, mean: f64, dispersion: f64) -> f64 {
    let (k, size) = (f64::from(count), 1.0 / dispersion);
    ln_gamma(k + size) - ln_gamma(size) - ln_factorial(u64::from(count)) - size * (mean / size).ln_1p()
        + k * (mean / (size + mean)).ln()
}

/// Returns the chance that errors alone look at least as convincing as `seen`.
///
/// What was seen by both mates, or with high quality, is rarer among errors and therefore says more: outcomes are ordered by
/// the sum of `ln(1 + fraction / rate)` over their fragments, the likelihood ratio of a clone of that fraction against errors.
/// `means` are the errors expected by sight, `rates` the rates per fragment behind them.
pub(crate) fn chance_of_as_convincing(
    seen: [u32; SIGHTS],
    means: [f64; SIGHTS],
    rates: [f64; SIGHTS],
    fraction: f64,
    dispersion: f64,
) -> f64 {
    let count: u32 = seen.iter().sum();
    let mean: f64 = means.iter().sum();
    if count == 0 {
        return 1.0;
    }
    // As many errors are no longer split either where they are expected: most of their numbers would not be looked at.
    if count > MANY || mean <= 0.0 || mean > f64::from(MANY) {
        return chance_of_at_least(count, mean, dispersion);
    }
    let weights: [f64; SIGHTS] =
        std::array::from_fn(|i| (fraction / rates[i].max(f64::MIN_POSITIVE)).ln_1p());
    let score: f64 = (0..SIGHTS).map(|i| f64::from(seen[i]) * weights[i]).sum();
    // Equal outcomes must not differ by rounding.
    let score = score * (1.0 - 1e-9);
    let heaviest = weights.iter().fold(0.0, |a: f64, b| a.max(*b));
    let shares = Shares::new(std::array::from_fn(|i| means[i] / mean));
    let mut sum = 0.0;
    for errors in 1.. {
        if f64::from(errors) * heaviest < score {
            continue;
        }
        let chance = ln_chance(errors, mean, dispersion).exp();
        let term = chance * share_as_convincing(errors, score, weights, shares);
        sum += term;
        // Behind the most likely number of errors the terms fall at least as fast as the chances do.
        if f64::from(errors) > mean && chance <= sum * NEGLIGIBLE || errors > 4 * MANY {
            break;
        }
    }
    sum.min(1.0)
}

/// Returns which share of outcomes with so many errors reaches the score.
fn share_as_convincing(errors: u32, score: f64, weights: [f64; SIGHTS], shares: Shares) -> f64 {
    let ln_total = ln_factorial(u64::from(errors));
    let mut sum = 0.0;
    for both in 0..=errors {
        for high in 0..=errors - both {
            let middle = errors - both - high;
            let reached =
                f64::from(middle) * weights[0] + f64::from(high) * weights[1] + f64::from(both) * weights[2];
            if reached >= score {
                sum += (ln_total + shares.ln(0, middle) + shares.ln(1, high) + shares.ln(2, both)).exp();
            }
        }
    }
    sum
}

/// Returns the phred form of a chance, at most [`MOST_QUALITY`].
pub(crate) fn phred(chance: f64) -> f64 {
    if chance <= 0.0 {
        return MOST_QUALITY;
    }
    (-10.0 * chance.log10()).clamp(0.0, MOST_QUALITY)
}

/// Largest quality that is printed.
pub(crate) const MOST_QUALITY: f64 = 999.0;

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy.stats: `poisson.sf(3, 0.12)` is 7.81e-6; `nbinom.sf(3, 2, 2/2.5)` (mean 0.5, dispersion 0.5) is 0.00672.
    #[test]
    fn equals_known_tails() {
        assert!((chance_of_at_least(4, 0.12, 1e-7) - 7.856_7e-6).abs() < 2e-8);
        assert!((chance_of_at_least(4, 0.5, 0.5) - 0.006_72).abs() < 1e-9);
    }

    /// A chance among the numbers below the normal ones never became negligible, and `call` went on for ever (deep amplicons).
    #[test]
    fn every_tail_comes_to_an_end() {
        for (mean, dispersion) in [(0.405, 3.38), (30.0, 2.0), (5.0, 0.01), (800.0, 1e-3)] {
            let mut before = 1.0;
            for count in 0..4000 {
                let chance = chance_of_at_least(count, mean, dispersion);
                assert!(
                    (0.0..=before + 1e-9).contains(&chance),
                    "{count} of {mean}: {chance}"
                );
                before = chance;
            }
        }
    }

    /// `scipy.stats.nbinom.sf(count - 1, 1 / dispersion, 1 / (1 + mean * dispersion))`.
    #[test]
    fn fewer_errors_than_expected_are_no_evidence() {
        for (count, mean, dispersion, expected) in [
            (1, 5000.0, 1e-4, 1.0),
            (100, 2000.0, 1e-3, 1.0),
            (40, 500.0, 0.05, 1.0),
            (30, 41.0, 0.1, 0.778_044_59),
            (38, 45.0, 0.3, 0.549_611_04),
            (20, 60.0, 0.02, 0.999_995_01),
            (350, 400.0, 1e-3, 0.985_453_35),
            (3000, 3100.0, 5e-4, 0.871_314_33),
        ] {
            let by_number = chance_of_at_least(count, mean, dispersion);
            assert!(
                (by_number - expected).abs() < 1e-6,
                "{count} of {mean}: {by_number}"
            );
            let split = chance_of_as_convincing(
                [count, 0, 0],
                [mean, 0.0, 0.0],
                [1e-3, 1e-4, 1e-5],
                0.01,
                dispersion,
            );
            assert!((split - expected).abs() < 1e-6, "{count} of {mean}: {split}");
        }
    }

    #[test]
    fn with_one_sight_the_number_alone_decides() {
        let actual = chance_of_as_convincing([0, 5, 0], [0.0, 0.3, 0.0], [1e-3, 1e-4, 1e-5], 0.01, 0.1);
        assert!((actual / chance_of_at_least(5, 0.3, 0.1) - 1.0).abs() < 1e-9);
    }

    /// Brute force over a grid of independent Poisson counts (dispersion near zero).
    #[test]
    fn equals_a_sum_over_all_outcomes() {
        let (means, rates) = ([0.2, 0.3, 0.01], [1e-3, 1e-4, 1e-5]);
        let weight = |i: usize| (0.01_f64 / rates[i]).ln_1p();
        let poisson = |m: f64, k: u32| (-m + f64::from(k) * m.ln() - ln_factorial(u64::from(k))).exp();
        for seen in [[1, 1, 0], [0, 0, 1], [3, 0, 0], [1, 2, 1]] {
            let score: f64 = (0..3).map(|i| f64::from(seen[i]) * weight(i)).sum();
            let mut expected = 0.0;
            for a in 0..30 {
                for b in 0..30 {
                    for c in 0..10 {
                        let reached: f64 = [a, b, c]
                            .iter()
                            .enumerate()
                            .map(|(i, k)| f64::from(*k) * weight(i))
                            .sum();
                        if reached >= score * (1.0 - 1e-9) {
                            expected += poisson(means[0], a) * poisson(means[1], b) * poisson(means[2], c);
                        }
                    }
                }
            }
            let actual = chance_of_as_convincing(seen, means, rates, 0.01, 1e-9);
            assert!(
                (actual / expected - 1.0).abs() < 1e-5,
                "{seen:?}: {actual} {expected}"
            );
        }
    }
}
