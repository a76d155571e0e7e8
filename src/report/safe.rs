//! Text from an input, made harmless for a table: no terminal escapes, no spreadsheet formulas, one line a row.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns the text for a cell of a TSV table.
///
/// Control characters become `\xNN` (`\u{NNNN}` above 0xFF, among them the marks that turn the writing direction). Text that
/// a spreadsheet would take for a formula (it starts with `=`, `+`, `-` or `@` and is no number) gets a `'` before it.
pub fn tsv(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@']) && text.len() > 1 && text.parse::<f64>().is_err();
    if !formula && !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    if formula {
        safe.push('\'');
    }
    for c in text.chars() {
        let code = u32::from(c);
        // Writing to a String cannot fail.
        _ = match is_unsafe(c) {
            true if code <= 0xff => write!(safe, "\\x{code:02x}"),
            true => write!(safe, "\\u{{{code:04x}}}"),
            false => write!(safe, "{c}"),
        };
    }
    Cow::Owned(safe)
}

/// Control characters, and the invisible marks that reorder text (Unicode Bidi_Control).
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neutralizes_formulas_and_escapes() {
        for (text, expected) in [
            ("NA12878", "NA12878"),
            ("=cmd()", "'=cmd()"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-1.5", "-1.5"),
            ("-T", "'-T"),
            ("+1e3", "+1e3"),
            ("-", "-"),
            ("a\tb\n", "a\\x09b\\x0a"),
            ("\x1b[31m", "\\x1b[31m"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("<script>", "<script>"),
            ("患者", "患者"),
        ] {
            assert_eq!(tsv(text), expected);
        }
    }
}
