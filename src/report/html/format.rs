//! Numbers and names as the page writes them.

use std::fmt::Write as _;

/// Returns a fraction as per cent for people: two decimals, one from 10 % up, four below 0.01 %.
pub(crate) fn percent(fraction: f64) -> String {
    format!("{} %", digits(fraction))
}

/// Returns two fractions as a range in per cent; one where both read alike.
pub(crate) fn percent_range(low: f64, high: f64) -> String {
    let (low, high) = (digits(low), digits(high));
    if low == high {
        format!("{low} %")
    } else {
        format!("{low}–{high} %")
    }
}

/// Returns a likelihood, which is read by its size only: two digits, small ones as a power of ten.
pub(super) fn likelihood(value: f64) -> String {
    if value == 0.0 || value >= 0.001 {
        let text = format!("{value:.3}");
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    let text = format!("{value:.1e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let raised = exponent.chars().map(|c| match c {
        '-' => '⁻',
        digit => digit
            .to_digit(10)
            .and_then(|d| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(d as usize))
            .unwrap_or(digit),
    });
    format!("{mantissa}×10{}", raised.collect::<String>())
}

fn digits(fraction: f64) -> String {
    let value = fraction * 100.0;
    if value >= 9.995 {
        format!("{value:.1}")
    } else if value >= 0.01 || value == 0.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.4}")
    }
}

/// Returns a number of years in English.
pub(super) fn years(years: f64) -> String {
    if (years - 1.0).abs() < f64::EPSILON {
        format!("{years} year")
    } else {
        format!("{years} years")
    }
}

/// Alleles and changes longer than this are shortened on the page; tables and JSON have them whole.
const SHOWN: usize = 24;

/// Returns the beginning of a long allele, with its length.
pub(super) fn shortened_allele(allele: &str) -> String {
    match crate::text::beginning(allele, SHOWN) {
        std::borrow::Cow::Borrowed(whole) => whole.to_owned(),
        std::borrow::Cow::Owned(start) => format!("{start} ({} bp)", allele.chars().count()),
    }
}

/// Returns the beginning of a long name of a change.
pub(super) fn shortened(change: &str) -> String {
    crate::text::beginning(change, SHOWN).into_owned()
}

/// Returns reads with the variant and all reads.
pub(super) fn reads(alt: Option<u32>, depth: Option<u32>) -> String {
    let number = |value: Option<u32>| value.map_or_else(|| "–".to_owned(), |n| n.to_string());
    if alt.is_none() && depth.is_none() {
        String::new()
    } else {
        format!("{} / {}", number(alt), number(depth))
    }
}

/// Returns a text as the value of `content` in a style sheet, quotation marks included: whatever is no letter or digit of ASCII is
/// written by its number, so that it can end neither the string nor the style element.
pub(super) fn css_string(text: &str) -> String {
    let mut css = String::from("\"");
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            css.push(c);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(css, "\\{:x} ", u32::from(c));
        }
    }
    css.push('"');
    css
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(percent_range(0.28, 0.346), "28.0–34.6 %");
        assert_eq!(percent_range(0.02, 0.020_000_1), "2.00 %");
    }

    #[test]
    fn a_likelihood_has_two_digits() {
        for (value, expected) in [
            (0.01845, "0.018"),
            (0.000_399_6, "4.0×10⁻⁴"),
            (0.0, "0"),
            (1.0, "1"),
        ] {
            assert_eq!(likelihood(value), expected);
        }
    }

    #[test]
    fn one_year_is_no_years() {
        assert_eq!(
            [years(1.0), years(1.7), years(0.0)],
            ["1 year", "1.7 years", "0 years"]
        );
    }

    #[test]
    fn a_name_in_a_style_sheet_ends_nothing() {
        assert_eq!(css_string("a-1"), r#""a\2d 1""#.replace("\\\\", "\\"));
        let hostile = css_string("\"}</style><script>\n検体");
        assert!(
            !hostile[1..hostile.len() - 1].contains(['"', '<', '>', '}', '\n']),
            "{hostile}"
        );
    }
}
