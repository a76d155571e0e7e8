//! The few distributions that the assessment of a call needs.

use statrs::function::beta::ln_beta;
use statrs::function::factorial::ln_binomial;

/// Returns the two-sided p-value of `count` of `total` under a beta-binomial with the given mean and concentration.
///
/// Two-sided as in R's `binom.test`: the sum of all outcomes that are no likelier than the one seen.
pub fn beta_binomial_two_sided(count: u32, total: u32, mean: f64, concentration: f64) -> f64 {
    let (alpha, beta) = (mean * concentration, (1.0 - mean) * concentration);
    let normalizer = ln_beta(alpha, beta);
    let ln_p = |k: u32| {
        ln_binomial(u64::from(total), u64::from(k))
            + ln_beta(f64::from(k) + alpha, f64::from(total - k) + beta)
            - normalizer
    };
    // Rounding must not leave out outcomes exactly as likely as the one seen; R uses the same relative slack.
    let seen = ln_p(count) + 1e-7;
    (0..=total)
        .map(ln_p)
        .filter(|p| *p <= seen)
        .map(f64::exp)
        .sum::<f64>()
        .min(1.0)
}

/// Returns the two-sided p-value of Fisher's exact test on a 2×2 table, as R's `fisher.test` does.
pub fn fisher_exact_two_sided(table: [[u32; 2]; 2]) -> f64 {
    let [[a, b], [c, d]] = table;
    let (row, other, column) = (
        u64::from(a) + u64::from(b),
        u64::from(c) + u64::from(d),
        u64::from(a) + u64::from(c),
    );
    let ln_p =
        |k: u64| ln_binomial(row, k) + ln_binomial(other, column - k) - ln_binomial(row + other, column);
    let low = column.saturating_sub(other);
    let high = row.min(column);
    let seen = ln_p(u64::from(a)) + 1e-7;
    (low..=high)
        .map(ln_p)
        .filter(|p| *p <= seen)
        .map(f64::exp)
        .sum::<f64>()
        .min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R 4.2: `fisher.test(matrix(c(3,1,1,3),2))$p.value` is 0.4857143; Fisher's tea-tasting table.
    #[test]
    fn fisher_equals_known_values() {
        assert!((fisher_exact_two_sided([[3, 1], [1, 3]]) - 0.485_714_3).abs() < 1e-6);
        // scipy.stats.fisher_exact([[8, 2], [1, 5]]): 0.03496503
        assert!((fisher_exact_two_sided([[8, 2], [1, 5]]) - 0.034_965_03).abs() < 1e-7);
        assert!((fisher_exact_two_sided([[0, 0], [5, 7]]) - 1.0).abs() < 1e-9);
    }

    /// With a huge concentration the beta-binomial is the binomial: `binom.test(7, 20)$p.value` is 0.2631760.
    #[test]
    fn beta_binomial_tends_to_the_binomial() {
        assert!((beta_binomial_two_sided(7, 20, 0.5, 1e9) - 0.263_176).abs() < 1e-5);
        assert!((beta_binomial_two_sided(10, 20, 0.5, 200.0) - 1.0).abs() < 1e-9);
    }
}
