//! Text from strangers on its way into tables, terminals and pages; [`crate::report::file_stem`] is its way into file names.
//!
//! Sample names, contig names, filters and annotation come from files that anybody may have written. A spreadsheet runs
//! cells that begin like a formula, and a terminal obeys escape sequences.

use std::borrow::Cow;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Returns a text as it may stand in a cell of a table that a spreadsheet or a terminal will open.
///
/// Control characters (terminal escapes among them), line separators and direction overrides are written as `\n`,
/// `\t`, `\r` or `\u{1b}`; text that a spreadsheet would take for a formula gets a leading apostrophe, unless it is a
/// number.
pub fn tsv(text: &str) -> Cow<'_, str> {
    let escaped = terminal(text);
    if is_formula(text) {
        Cow::Owned(format!("'{escaped}"))
    } else {
        escaped
    }
}

/// Returns a text as a cell of a table without quotes, which every reader of tab-separated text splits alike, whether it obeys
/// quotes (`read.delim`, pandas) or not (`cut`, `awk`).
///
/// As [`tsv`], and reversible: a backslash is doubled, a quotation mark is `\u{22}`, and a number sign in front, by which some readers
/// know a comment, is `\u{23}`. [`from_cell`] gives the text back.
pub fn cell(text: &str) -> Cow<'_, str> {
    let is_plain = |b: &u8| matches!(b, b' '..=b'~') && !matches!(b, b'"' | b'\\');
    let starts_oddly = text.starts_with(['=', '+', '-', '@', '\'', '#']);
    if !starts_oddly && text.as_bytes().iter().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut cell = String::with_capacity(text.len() + 8);
    // An apostrophe of the text's own, before what would be a formula, gets another: the first one is always ours.
    if is_formula(text.trim_start_matches('\'')) {
        cell.push('\'');
    }
    for (place, c) in text.char_indices() {
        match c {
            '\\' => cell.push_str("\\\\"),
            '"' => cell.push_str("\\u{22}"),
            '#' if place == 0 => cell.push_str("\\u{23}"),
            c => push_terminal(&mut cell, c),
        }
    }
    Cow::Owned(cell)
}

/// Returns the text that [`cell`] made a cell of.
pub fn from_cell(cell: &str) -> Cow<'_, str> {
    if !cell.contains(['\\', '\'']) {
        return Cow::Borrowed(cell);
    }
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let (c, length) = escaped_char(rest).unwrap_or(('\\', 0));
        text.push(c);
        rest = &rest[length..];
    }
    text.push_str(rest);
    match text.strip_prefix('\'') {
        Some(guarded) if is_formula(guarded.trim_start_matches('\'')) => Cow::Owned(guarded.to_owned()),
        _ => Cow::Owned(text),
    }
}

/// Reads what follows a backslash; returns the character and how many bytes name it.
fn escaped_char(rest: &str) -> Option<(char, usize)> {
    match rest.as_bytes().first()? {
        b'\\' => Some(('\\', 1)),
        b'n' => Some(('\n', 1)),
        b't' => Some(('\t', 1)),
        b'r' => Some(('\r', 1)),
        b'u' => {
            let (hexadecimal, _) = rest.strip_prefix("u{")?.split_once('}')?;
            let c = u32::from_str_radix(hexadecimal, 16)
                .ok()
                .and_then(char::from_u32)?;
            Some((c, hexadecimal.len() + 3))
        }
        _ => None,
    }
}

fn push_terminal(escaped: &mut String, c: char) {
    match c {
        '\n' => escaped.push_str("\\n"),
        '\t' => escaped.push_str("\\t"),
        '\r' => escaped.push_str("\\r"),
        c if is_unprintable(c) => {
            // Writing to a String cannot fail.
            let _ = write!(escaped, "\\u{{{:x}}}", u32::from(c));
        }
        c => escaped.push(c),
    }
}

/// Returns a text as it may be printed on a terminal: control characters and the like are escaped as in [`tsv`].
pub fn terminal(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unprintable) {
        let mut escaped = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            push_terminal(&mut escaped, c);
        }
        Cow::Owned(escaped)
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns the beginning of a text that has more than so many characters, and marks that it goes on.
pub fn beginning(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// Returns a text of several lines as it may be shown: as [`terminal`], but line breaks and tabs stay. A carriage return is a line
/// break only before a line feed; alone it would let what follows hide what stands before.
pub fn page(text: &str) -> Cow<'_, str> {
    let harmful = |c: char| is_unprintable(c) && !matches!(c, '\n' | '\t');
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 64);
    let mut ahead = text.chars().peekable();
    while let Some(c) = ahead.next() {
        match c {
            '\r' if ahead.peek() == Some(&'\n') => escaped.push(c),
            '\r' => escaped.push_str("\\r"),
            c if harmful(c) => {
                // Writing to a String cannot fail.
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// Returns JSON with the same content, in which nothing is unprintable: such characters stand in strings only, where JSON has an
/// escape for them.
pub fn json(text: &str) -> Cow<'_, str> {
    // Line breaks between values are not part of a string, and those within are escaped already.
    let harmful = |c: char| is_unprintable(c) && c != '\n';
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 64);
    for c in text.chars() {
        if harmful(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// C0 and C1 controls, DEL, line and paragraph separators, the marks that turn the direction of text (CVE-2021-42574), and
/// what takes no room: the byte order mark, soft hyphens, fillers, word joiners, annotation marks and tags, by which two names look
/// like one. Joiners and variation selectors, which names of people need, are none of these.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}'
                | '\u{2029}'
                | '\u{00ad}'
                | '\u{034f}'
                | '\u{061c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Spreadsheets take these at the start of a cell for a formula; East Asian editions also the full-width forms (OWASP,
/// "CSV Injection").
fn is_formula(text: &str) -> bool {
    text.chars().nth(1).is_some()
        && text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        && text.parse::<f64>().map_or(true, |number| !number.is_finite())
}

/// Returns the SHA-256 (FIPS 180-4) of bytes, 64 hexadecimal digits, as `sha256sum` prints it.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut digits, byte| {
            // Writing to a String cannot fail.
            let _ = write!(digits, "{byte:02x}");
            digits
        })
}

/// Declares what can be said of something: a code for each sentence, the values in it by type, and its English. Other languages are
/// the report's (`report/words`).
macro_rules! sayings {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $($variant:ident $({ $($field:ident: $type:ty),* $(,)? })? = $english:literal $(, $value:expr)*;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(tag = "code", rename_all = "snake_case")]
        #[allow(missing_docs, reason = "the sentence says what the values are")]
        $vis enum $name {
            $(#[doc = $english] $variant $({ $($field: $type),* })?,)*
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant $({ $($field),* })? => write!(f, $english $(, $value)*),)*
                }
            }
        }

        #[cfg(test)]
        impl $crate::text::Examples for $name {
            fn examples() -> Vec<Self> {
                vec![$(Self::$variant $({ $($field: $crate::text::one()),* })?,)*]
            }
        }
    };
}

pub(crate) use sayings;

/// Values to try words on.
#[cfg(test)]
pub(crate) trait Examples: Sized {
    /// Returns one of each kind.
    fn examples() -> Vec<Self>;
}

/// Returns the first example.
#[cfg(test)]
pub(crate) fn one<T: Examples>() -> T {
    T::examples().remove(0)
}

#[cfg(test)]
macro_rules! examples {
    ($($type:ty: $($value:expr),*;)*) => {
        $(impl Examples for $type {
            fn examples() -> Vec<Self> {
                vec![$($value),*]
            }
        })*
    };
}

#[cfg(test)]
examples! {
    String: "q7".to_owned();
    char: 'Z';
    u8: 7;
    u32: 7;
    u64: 7;
    usize: 7;
    bool: true, false;
}

#[cfg(test)]
impl<T: Examples> Examples for Vec<T> {
    fn examples() -> Vec<Self> {
        vec![T::examples()]
    }
}

#[cfg(test)]
impl<T: Examples> Examples for Option<T> {
    fn examples() -> Vec<Self> {
        vec![Some(one()), None]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neutralises_formulas_but_not_numbers() {
        for (text, expected) in [
            ("=cmd()", "'=cmd()"),
            ("+1+cmd", "'+1+cmd"),
            ("-rf", "'-rf"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1+1", "'＝1+1"),
            ("\t=1", "'\\t=1"),
            ("-", "-"),
            ("-inf", "'-inf"),
            ("-0.5", "-0.5"),
            ("+3", "+3"),
            ("p.(Arg882His)", "p.(Arg882His)"),
            ("c.-1G>T", "c.-1G>T"),
            ("", ""),
        ] {
            assert_eq!(tsv(text), expected);
        }
    }

    #[test]
    fn cells_need_no_quotes_and_give_the_text_back() {
        for (text, expected) in [
            ("S1", "S1"),
            ("a\"b", "a\\u{22}b"),
            ("\"", "\\u{22}"),
            ("a\\tb", "a\\\\tb"),
            ("a\tb", "a\\tb"),
            ("#x", "\\u{23}x"),
            ("x#", "x#"),
            ("=1+1", "'=1+1"),
            ("'=1+1", "''=1+1"),
            ("'x", "'x"),
            ("-0.5", "-0.5"),
            ("\t=1", "'\\t=1"),
            ("日本 é\u{202e}", "日本 é\\u{202e}"),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected);
            assert_eq!(from_cell(expected), text);
        }
        assert_eq!(from_cell("a\\x\\u{zz}\\"), "a\\x\\u{zz}\\");
    }

    proptest::proptest! {
        #[test]
        fn every_text_comes_back_from_its_cell(text in "[ -~\t\r\n\u{a0}-\u{ff}\u{202e}＝日]{0,12}") {
            let written = cell(&text).into_owned();
            proptest::prop_assert!(!written.contains(['\t', '\n', '\r', '"']) && !written.starts_with('#'));
            proptest::prop_assert_eq!(from_cell(&written), text);
        }
    }

    #[test]
    fn escapes_controls() {
        assert_eq!(tsv("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(tsv("a\tb\nc\rd\0"), "a\\tb\\nc\\rd\\u{0}");
        assert_eq!(tsv("a\u{202e}b\u{9b}"), "a\\u{202e}b\\u{9b}");
        assert_eq!(tsv("日本 é"), "日本 é");
        assert_eq!(page("a\tb\u{1b}\nc\0\n"), "a\tb\\u{1b}\nc\\u{0}\n");
        assert_eq!(page("a\tb\n\u{202e}"), "a\tb\n\\u{202e}");
        assert_eq!(page("a\rb\r\nc\r"), "a\\rb\r\nc\\r");
        let text = "葛\u{e0100} a\u{202e}b\u{7f}\u{e0041}\u{1b}\"";
        let escaped = serde_json::to_string_pretty(&[text]).unwrap();
        let escaped = json(&escaped);
        assert_eq!(
            escaped,
            "[\n  \"葛\u{e0100} a\\u202eb\\u007f\\udb40\\udc41\\u001b\\\"\"\n]"
        );
        assert_eq!(serde_json::from_str::<Vec<String>>(&escaped).unwrap(), [text]);
    }

    /// The example of FIPS 180-4 for one block (`printf abc | sha256sum`).
    #[test]
    fn a_digest_is_the_one_of_the_standard() {
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
