use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A closed interval of fractions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Interval {
    /// Lower end, 0 to 1.
    pub low: f64,
    /// Upper end, 0 to 1.
    pub high: f64,
}

/// The 97.5 % point of the standard normal distribution.
pub(crate) const Z_975: f64 = 1.959_963_984_540_054;

/// Returns the 95 % Wilson score interval of `count / total`, without continuity correction; `None` for a total of zero.
///
/// Source: E. B. Wilson, J Am Stat Assoc 1927;22:209, as equation (4) of R. G. Newcombe, Stat Med 1998;17:857.
pub fn wilson_95(count: u32, total: u32) -> Option<Interval> {
    if total == 0 || count > total {
        return None;
    }
    let (count, total) = (f64::from(count), f64::from(total));
    let p = count / total;
    let z2 = Z_975 * Z_975;
    let center = p + z2 / (2.0 * total);
    let half = Z_975 * (p * (1.0 - p) / total + z2 / (4.0 * total * total)).sqrt();
    let scale = 1.0 + z2 / total;
    // At 0 and `total` the bound is exactly 0 or 1; rounding would leave ±1e-17.
    let low = if count == 0.0 {
        0.0
    } else {
        ((center - half) / scale).max(0.0)
    };
    let high = if count >= total {
        1.0
    } else {
        ((center + half) / scale).min(1.0)
    };
    Some(Interval { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe 1998, table I, method 3 (score without continuity correction): the four worked examples.
    #[test]
    fn equals_newcombe_table_1() {
        for (count, total, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let actual = wilson_95(count, total).unwrap();
            assert!(
                (actual.low - low).abs() < 5e-5 && (actual.high - high).abs() < 5e-5,
                "{count}/{total}: {actual:?}"
            );
        }
    }

    #[test]
    fn has_no_interval_without_reads() {
        assert_eq!(wilson_95(0, 0), None);
        assert_eq!(wilson_95(2, 1), None);
        assert!((wilson_95(5, 5).unwrap().high - 1.0).abs() < f64::EPSILON);
    }
}
