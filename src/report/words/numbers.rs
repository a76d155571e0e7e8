//! Numbers as people read them: the JSON and the tables keep every digit.

/// Digits that a number of a sentence keeps.
const DIGITS: i32 = 3;
/// Decimals from which a number is shortened.
const LONG: usize = 4;

/// Shortens numbers of four decimals and more in a text to three digits that say something.
pub(super) fn shortened(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, at) = rest.split_at(begin);
        out.push_str(before);
        let end = at
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(at.len());
        let (number, after) = at.split_at(end);
        // A version, an accession or part of a name is no number.
        let in_name =
            out.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '-' | '.'));
        let exponent = after.starts_with(['e', 'E']);
        match short(number).filter(|_| !in_name && !exponent) {
            Some(short) => out.push_str(&short),
            None => out.push_str(number),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn short(number: &str) -> Option<String> {
    let (_, decimals) = number.split_once('.')?;
    if decimals.len() < LONG || decimals.contains('.') {
        return None;
    }
    let value: f64 = number.parse().ok()?;
    if value == 0.0 {
        return Some("0".to_owned());
    }
    let magnitude = value.abs().log10().floor();
    // Magnitudes of f64 fit.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let places = (f64::from(DIGITS) - 1.0 - magnitude).clamp(0.0, 12.0) as usize;
    let text = format!("{value:.places$}");
    if text.contains('.') {
        return Some(text.trim_end_matches('0').trim_end_matches('.').to_owned());
    }
    Some(text)
}

/// Nouns that page phrases count.
const COUNTED: [&str; 9] = [
    "years",
    "months",
    "days",
    "genes",
    "calls",
    "points",
    "drivers",
    "mutations",
    "patients",
];

/// Writes "1 year" where a phrase of many was filled with one.
pub(super) fn singular(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("1 ") {
        let (before, one) = rest.split_at(at);
        let (one, after) = one.split_at(2);
        out.push_str(before);
        // The end of a longer number, or of a range.
        let alone = !out.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '–' | '-'));
        out.push_str(one);
        rest = after;
        // "1 more genes".
        let counted = after.strip_prefix("more ").unwrap_or(after);
        let noun = COUNTED.iter().find(|noun| {
            counted
                .strip_prefix(**noun)
                .is_some_and(|behind| !behind.starts_with(|c: char| c.is_ascii_alphabetic()))
        });
        if let Some(noun) = noun.filter(|_| alone) {
            out.push_str(&after[..after.len() - counted.len()]);
            out.push_str(noun.trim_end_matches('s'));
            rest = &counted[noun.len()..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{shortened, singular};

    #[test]
    fn one_of_a_thing_is_not_many() {
        for (text, expected) in [
            ("median survival 1 years", "median survival 1 year"),
            ("1 drivers, 11 drivers", "1 driver, 11 drivers"),
            (
                "1.1 years (quartiles 0.5–1 years)",
                "1.1 years (quartiles 0.5–1 years)",
            ),
            ("1 yearsome", "1 yearsome"),
            ("1 more genes and 1 calls", "1 more gene and 1 call"),
            ("1 more, smaller", "1 more, smaller"),
            ("stage 1 and 2", "stage 1 and 2"),
        ] {
            assert_eq!(singular(text), expected);
        }
    }

    #[test]
    fn shortens_long_decimals_and_nothing_else() {
        for (text, expected) in [
            ("0.043750 < 0.1", "0.0437 < 0.1"),
            ("VAF 0.4917 fits 0.5, p = 0.968", "VAF 0.492 fits 0.5, p = 0.968"),
            (
                "kappa/lambda 2.0000 from both chains",
                "kappa/lambda 2 from both chains",
            ),
            ("p = 0.000012", "p = 0.000012"),
            ("p = 0.00001234", "p = 0.0000123"),
            ("12.34567 mg", "12.3 mg"),
            ("0.0000 of it", "0 of it"),
            ("NM_022552.51234", "NM_022552.51234"),
            ("chr1:115256529", "chr1:115256529"),
            ("1.23456e-9", "1.23456e-9"),
            ("3 of 4, 2.125", "3 of 4, 2.125"),
        ] {
            assert_eq!(shortened(text), expected);
        }
    }
}
