//! Numbers without the noise of binary fractions, so that a limit is a limit.

/// Decimals kept after any conversion, subtraction or division, so that 11.7 and 13.7 are 2 apart and not a hair less.
const DECIMALS: f64 = 1e9;

/// Removes the noise of binary fractions: the nearest number with nine decimals.
pub(crate) fn tidy(value: f64) -> f64 {
    (value * DECIMALS).round() / DECIMALS
}
