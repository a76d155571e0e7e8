//! Rounding as the published implementations do it, because categories are taken from rounded scores.

/// Decimal digits beyond which a double holds no more information; a number that has fewer left of the cut is returned
/// as it is.
const DOUBLE_DIGITS: f64 = 15.0;

/// Rounds to `digits` decimals as R's `round` does since R 4.0.0: to the nearer of the two doubles that have so many
/// decimals, and to the one with the even last digit where both are equally near. Never returns negative zero.
pub fn round_as_r(value: f64, digits: i32) -> f64 {
    let size = value.abs();
    if f64::from(digits) + size.log10().floor() > DOUBLE_DIGITS {
        return value;
    }
    let power = 10f64.powi(digits);
    let scaled = size * power;
    let (below, above) = (scaled.floor() / power, scaled.ceil() / power);
    let (down, up) = (size - below, above - size);
    let even = scaled.floor() % 2.0 == 0.0;
    let nearest = if down < up || (even && (up - down).abs() <= 0.0) {
        below
    } else {
        above
    };
    if value < 0.0 && nearest > 0.0 {
        -nearest
    } else {
        nearest
    }
}

/// Rounds to `digits` decimals, halves upwards, as JavaScript's `Math.round` does after scaling. Never returns negative
/// zero.
pub fn round_half_up(value: f64, digits: i32) -> f64 {
    let power = 10f64.powi(digits);
    (value * power + 0.5).floor() / power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_like_r() {
        // Printed by R 4: round(x, 2) of each.
        for (value, expected) in [
            (0.15, 0.15_f64),
            (2.675, 2.67),
            (1.005, 1.0),
            (0.125, 0.12),
            (0.375, 0.38),
            (-0.125, -0.12),
            (-0.375, -0.38),
            (0.502_280_049_3, 0.5),
            (-1.505, -1.5),
            (13.903_762_823_1, 13.9),
            (-0.004, 0.0),
            (0.0, 0.0),
        ] {
            let actual = round_as_r(value, 2);
            assert_eq!(actual.to_bits(), expected.to_bits(), "{value}: {actual}");
        }
    }

    #[test]
    fn rounds_halves_up() {
        for (value, expected) in [
            (2.256_25, 2.2563),
            (2.256_24, 2.2562),
            (-0.000_05, 0.0),
            (-2.256_25, -2.2562),
            (3.695, 3.695),
        ] {
            let actual = round_half_up(value, 4);
            assert!(
                (actual - expected).abs() < 1e-12 && (actual != 0.0 || actual.is_sign_positive()),
                "{value}: {actual}"
            );
        }
    }

    /// Sizes far from those of scores, by the definition: the nearer, at a tie the even.
    #[test]
    fn rounds_small_and_large_numbers() {
        for (value, expected) in [(1e-14, 0.0_f64), (123_456_789.125, 123_456_789.12)] {
            assert_eq!(round_as_r(value, 2).to_bits(), expected.to_bits(), "{value}");
        }
    }

    #[test]
    fn leaves_alone_what_has_no_such_digits() {
        // Scaled by 100 and back it is another number.
        let large = 546_804_560_964_358.7_f64;
        assert_eq!(round_as_r(large, 2).to_bits(), large.to_bits());
        assert!((round_as_r(1e17, 2) - 1e17).abs() < 1.0);
        assert!(round_as_r(f64::NAN, 2).is_nan());
        assert!(round_as_r(f64::INFINITY, 2).is_infinite());
    }
}
