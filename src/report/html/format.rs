/// Returns a fraction as per cent for people: two decimals, one from 10 % up, four below 0.01 %.
pub(super) fn percent(fraction: f64) -> String {
    let value = fraction * 100.0;
    if value >= 9.995 {
        format!("{value:.1} %")
    } else if value >= 0.01 || value == 0.0 {
        format!("{value:.2} %")
    } else {
        format!("{value:.4} %")
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn keeps_three_digits() {
        for (fraction, expected) in [
            (0.02, "2.00 %"),
            (0.1, "10.0 %"),
            (0.119_458, "11.9 %"),
            (0.0, "0.00 %"),
            (0.000_012, "0.0012 %"),
            (1.0, "100.0 %"),
        ] {
            assert_eq!(percent(fraction), expected);
        }
    }
}
