//! Text from strangers on its way into tables, terminals and file names.
//!
//! Sample names, contig names, filters and annotation come from files that anybody may have written. A spreadsheet runs
//! cells that begin like a formula, a terminal obeys escape sequences, and a name may be a path.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Longest sample name, in characters, that is used as a file stem unchanged: leaves room for suffixes under the 255
/// bytes that common file systems allow.
const MAX_STEM: usize = 120;

/// Characters of a replaced name that are kept before the hash.
const KEPT: usize = 80;

/// Stems that a run writes itself: a sample of that name would overwrite the file.
const OWN_STEMS: [&str; 1] = ["hemoclone_mqc"];

/// Device names that Windows reserves, with or without a suffix.
const WINDOWS_STEMS: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

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

/// Returns lines of text as they may be printed on a terminal: as [`terminal`], but for the line feeds and tabs that lay them out.
pub fn lines(text: &str) -> Cow<'_, str> {
    let is_layout = |c: char| matches!(c, '\n' | '\t');
    if !text.chars().any(|c| is_unprintable(c) && !is_layout(c)) {
        return Cow::Borrowed(text);
    }
    let pieces = text
        .split_inclusive(is_layout)
        .map(|piece| match piece.chars().next_back() {
            Some(last) if is_layout(last) => format!("{}{last}", terminal(&piece[..piece.len() - 1])),
            _ => terminal(piece).into_owned(),
        });
    Cow::Owned(pieces.collect())
}

/// Returns a text as it may be printed on a terminal: control characters and the like are escaped as in [`tsv`].
pub fn terminal(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unprintable) {
        let mut escaped = String::with_capacity(text.len() + 8);
        for c in text.chars() {
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
        Cow::Owned(escaped)
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns a text of several lines as it may be shown: as [`terminal`], but line breaks and tabs stay.
pub fn page(text: &str) -> Cow<'_, str> {
    let harmful = |c: char| is_unprintable(c) && !matches!(c, '\n' | '\t' | '\r');
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 64);
    for c in text.chars() {
        if harmful(c) {
            // Writing to a String cannot fail.
            let _ = write!(escaped, "\\u{{{:x}}}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// Returns the stem of a sample's output files.
///
/// Names of ASCII letters, digits, `.`, `_` and `-` stay as they are. Anything else (a path, a leading dot or hyphen, a
/// name Windows reserves, one that this program writes itself, one that is too long or empty) has its other characters replaced
/// by `_` and gets a hash of the whole name, so that different names do not meet in one file.
pub fn file_stem(sample: &str) -> String {
    if is_plain_stem(sample) {
        return sample.to_owned();
    }
    let kept: String = sample
        .chars()
        .take(KEPT)
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let kept = kept.trim_start_matches(['.', '-']);
    let kept = if kept.is_empty() { "sample" } else { kept };
    // A reserved name stays reserved with a suffix behind a dot: the underscore in front frees it.
    let front = if is_reserved(kept) { "_" } else { "" };
    format!("{front}{kept}-{:08x}", fnv1a_32(sample.as_bytes()))
}

fn is_plain_stem(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= MAX_STEM
        && !name.starts_with(['.', '-'])
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
        && !is_reserved(name)
}

fn is_reserved(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let device = lower.split('.').next().unwrap_or_default();
    WINDOWS_STEMS.contains(&device) || OWN_STEMS.contains(&lower.as_str())
}

/// C0 and C1 controls, DEL, line and paragraph separators, and the marks that turn the direction of text (CVE-2021-42574).
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Spreadsheets take these at the start of a cell for a formula; East Asian editions also the full-width forms (OWASP,
/// "CSV Injection").
fn is_formula(text: &str) -> bool {
    text.chars().nth(1).is_some()
        && text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        && text.parse::<f64>().map_or(true, |number| !number.is_finite())
}

/// The Fowler-Noll-Vo hash, variant 1a, 32 bits: stable across versions and machines, unlike the standard library's.
fn fnv1a_32(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
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
    fn escapes_controls() {
        assert_eq!(tsv("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(tsv("a\tb\nc\rd\0"), "a\\tb\\nc\\rd\\u{0}");
        assert_eq!(tsv("a\u{202e}b\u{9b}"), "a\\u{202e}b\\u{9b}");
        assert_eq!(tsv("日本 é"), "日本 é");
        assert_eq!(lines("a\tb\u{1b}\nc\0\n"), "a\tb\\u{1b}\nc\\u{0}\n");
        assert_eq!(lines("a\tb\n\u{202e}"), "a\tb\n\\u{202e}");
    }

    #[test]
    fn keeps_plain_names() {
        for name in ["S1", "a.b_c-d", "NA12878", &"x".repeat(120), "summary", "console"] {
            assert_eq!(file_stem(name), name);
        }
    }

    #[test]
    fn makes_hostile_names_harmless() {
        let long = "x".repeat(300);
        let names = [
            "../../x",
            "..-..-x",
            "=cmd()",
            "<script>",
            "",
            ".",
            "..",
            "-rf",
            "a\0b",
            "a b",
            "a/b",
            "a\\b",
            "日本",
            "CON",
            "nul.txt",
            "hemoclone_mqc",
            "HEMOCLONE_MQC",
            "COM1",
            &long,
            "C:x",
            "a\u{202e}b",
        ];
        let mut seen = std::collections::BTreeSet::new();
        for name in names {
            let stem = file_stem(name);
            assert!(is_plain_stem(&stem), "{name:?} -> {stem:?}");
            assert_ne!(stem, name);
            assert!(stem.len() <= 100, "{stem}");
            assert!(seen.insert(stem.clone()), "{name:?} -> {stem:?} twice");
        }
        assert_eq!(
            file_stem("../../x"),
            format!("_.._x-{:08x}", fnv1a_32(b"../../x"))
        );
    }

    /// Test vectors of the FNV reference page (Noll).
    #[test]
    fn hashes_as_published() {
        assert_eq!(fnv1a_32(b""), 0x811c_9dc5);
        assert_eq!(fnv1a_32(b"a"), 0xe40c_292c);
        assert_eq!(fnv1a_32(b"foobar"), 0xbf9c_f968);
    }
}
