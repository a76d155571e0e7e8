//! Cells as people type them.

use std::borrow::Cow;

use crate::text;

/// Characters of a stranger's text that a message repeats.
const SHOWN: usize = 80;

/// Names that a message lists.
const LISTED: usize = 40;

/// Returns a text with full-width letters, digits and signs as ASCII, as Japanese input methods write them (Unicode, block
/// Halfwidth and Fullwidth Forms), and without blanks around it.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{2212}' => '-',
        other => other,
    };
    Cow::Owned(text.chars().map(narrow).collect::<String>().trim().to_owned())
}

/// Returns what of a column's name is compared: lower case without blanks, hyphens, brackets and the like, so that `FLT3-ITD`,
/// `FLT3_ITD` and `flt3 itd` are one. Signs that carry a meaning stay as words.
pub(crate) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in plain(name).chars() {
        match c {
            '%' => key.push_str("percent"),
            'µ' | 'μ' => key.push('u'),
            c if c.is_alphanumeric() => key.extend(c.to_lowercase()),
            _ => {}
        }
    }
    key
}

/// Returns a stranger's text as a message may repeat it: bounded, and harmless on a terminal.
pub(crate) fn shown(text: &str) -> String {
    text::terminal(&short(text)).into_owned()
}

/// Returns the beginning of a text that is longer than a message should repeat.
pub(crate) fn short(text: &str) -> Cow<'_, str> {
    text::beginning(text, SHOWN)
}

/// Returns names as a message lists them: bounded in number and length, and harmless on a terminal.
pub(crate) fn list(names: &[String]) -> String {
    let names: Vec<&String> = names.iter().filter(|name| !name.is_empty()).collect();
    let mut text: Vec<String> = names.iter().take(LISTED).map(|n| shown(n)).collect();
    if names.len() > LISTED {
        text.push(format!("and {} more", names.len() - LISTED));
    }
    text.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_blanks_and_hyphens() {
        assert_eq!(key("FLT3-ITD"), key("flt3 itd"));
        assert_eq!(key("KMT2A_PTD"), key("KMT2A-PTD"));
        assert_eq!(key("ＨＢ"), key("hb"));
        assert_ne!(key("max_vaf (%)"), key("max_vaf"));
    }

    #[test]
    fn messages_are_bounded_and_harmless() {
        assert_eq!(shown("a\u{1b}[31m\u{202e}"), "a\\u{1b}[31m\\u{202e}");
        assert_eq!(shown(&"x".repeat(70_000)).chars().count(), SHOWN + 1);
        let names: Vec<String> = (0..100).map(|i| i.to_string()).collect();
        assert!(list(&names).ends_with("39, and 60 more"), "{}", list(&names));
    }
}
