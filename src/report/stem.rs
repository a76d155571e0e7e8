//! The stem of a sample's files: one for each name, and no two names with the same.
//!
//! Names come from files that anybody may have written. A name may be a path, a device of Windows or a shell option, and file
//! systems differ in what they take for the same name: two samples in one file would be one report for two patients.

use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization as _;

use crate::text::sha256;

/// Longest stem in bytes; leaves room for the longest suffix and a temporary name under the 255 bytes that common file systems
/// allow.
const LONGEST: usize = 120;

/// Bytes that are kept of a longer stem, for the eye: the digest behind them tells names apart.
const KEPT: usize = 40;

/// Begin and end of the stems of JSON files that stand beside the reports (MultiQC): a sample of such a name would overwrite them.
const OWN_STEMS: (&str, &str) = ("hemoclone", "_mqc");

/// End of the stem of a sample's second JSON file: a sample whose name ends so would overwrite that of another.
const OWN_END: &str = ".fhir";

/// Device names that Windows reserves, with or without a suffix; COM and LPT with any digit, superscript ones too (Microsoft,
/// "Naming Files, Paths, and Namespaces").
const WINDOWS_DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Returns the stem of a sample's output files.
///
/// Letters and digits of any script, `.`, `_` and `-` stay as they are, in the composed form of Unicode (NFC). Every other
/// character becomes its UTF-8 bytes in the form `%2F`, and so do a dot or hyphen in front, a dot at the end, and the first
/// character of a reserved name. What is too long keeps its beginning, and gets the SHA-256 of the whole name behind `%sha256-`,
/// which is the form of no shorter name. Two names have one stem only where they differ in nothing but composition.
pub fn file_stem(sample: &str) -> String {
    let name: String = sample.nfc().collect();
    let stem = escaped(&name);
    if stem.len() <= LONGEST {
        return stem;
    }
    let mut short = escaped_within(&name, KEPT);
    short.push_str("%sha256-");
    short.push_str(&sha256(name.as_bytes()));
    short
}

/// Returns a stem as file systems compare it that do not tell upper from lower case: equal ones are one file there.
pub fn folded(stem: &str) -> String {
    // Both ways, for letters with several small forms (σ and ς), and twice: the capital of ß is SS, and that of ẞ itself.
    let fold = |text: &str| text.to_uppercase().to_lowercase();
    fold(&fold(stem)).nfc().collect()
}

fn escaped(name: &str) -> String {
    escaped_within(name, usize::MAX)
}

/// Escapes a name as far as it fits.
fn escaped_within(name: &str, bytes: usize) -> String {
    if name.is_empty() {
        // No other name has this form: hexadecimal digits are capitals.
        return "%empty".to_owned();
    }
    let reserved = is_reserved(name);
    let last = name.chars().count() - 1;
    let mut stem = String::with_capacity(name.len());
    for (place, c) in name.chars().enumerate() {
        let before = stem.len();
        if keeps(c, place == 0, place == last, reserved) {
            stem.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a String cannot fail.
                let _ = write!(stem, "%{byte:02X}");
            }
        }
        if stem.len() > bytes {
            stem.truncate(before);
            break;
        }
    }
    stem
}

fn keeps(c: char, is_first: bool, is_last: bool, is_reserved: bool) -> bool {
    match c {
        _ if is_first && is_reserved => false,
        '.' => !is_first && !is_last,
        '-' => !is_first,
        '_' => true,
        // Hangul fillers are letters that nobody sees.
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => false,
        c => c.is_alphanumeric(),
    }
}

fn is_reserved(name: &str) -> bool {
    let lower = name.to_lowercase();
    let device = lower.split('.').next().unwrap_or_default();
    let numbered = ["com", "lpt"].iter().any(|port| {
        device.strip_prefix(port).is_some_and(|rest| {
            let mut rest = rest.chars();
            rest.next()
                .is_some_and(|c| matches!(c, '0'..='9' | '¹' | '²' | '³'))
                && rest.next().is_none()
        })
    });
    let is_own = lower.starts_with(OWN_STEMS.0) && lower.ends_with(OWN_STEMS.1) || lower.ends_with(OWN_END);
    numbered || WINDOWS_DEVICES.contains(&device) || is_own
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keeps_plain_names_and_letters_of_any_script() {
        let long = "x".repeat(120);
        for name in [
            "S1",
            "a.b_c-d",
            "NA12878",
            &long,
            "summary",
            "console",
            "com",
            "com10",
            "日本太郎",
            "患者２",
            "Łódź",
        ] {
            assert_eq!(file_stem(name), name);
        }
    }

    #[test]
    fn makes_hostile_names_harmless() {
        for (name, expected) in [
            ("../../x", "%2E.%2F..%2Fx"),
            ("=cmd()", "%3Dcmd%28%29"),
            ("<script>", "%3Cscript%3E"),
            ("", "%empty"),
            (".", "%2E"),
            ("..", "%2E%2E"),
            ("-rf", "%2Drf"),
            ("a\0b", "a%00b"),
            ("a b", "a%20b"),
            ("a b ", "a%20b%20"),
            ("a\\b", "a%5Cb"),
            ("a.", "a%2E"),
            ("a%20b", "a%2520b"),
            ("CON", "%43ON"),
            ("nul.txt", "%6Eul.txt"),
            ("COM¹", "%43OM¹"),
            ("HEMOCLONE_MQC", "%48EMOCLONE_MQC"),
            ("hemoclone_vaf_mqc", "%68emoclone_vaf_mqc"),
            ("S1.FHIR", "%531.FHIR"),
            ("C:x", "C%3Ax"),
            ("a\u{202e}b", "a%E2%80%AEb"),
            ("検体　１", "検体%E3%80%80１"),
        ] {
            assert_eq!(file_stem(name), expected);
        }
    }

    /// The digest is that of the whole name (`printf %s name | sha256sum`).
    #[test]
    fn a_long_name_keeps_its_beginning_and_a_digest() {
        let name = "x".repeat(300);
        let digest = "0d4e2ca9e9cbced7a7a5380eb29e1a3783b9b6d0db72de36a1051038e1c1fbc7";
        let stem = file_stem(&name);
        assert_eq!(&stem[..48], format!("{}%sha256-", "x".repeat(40)));
        assert_eq!(&stem[48..], digest);
        // An escape is never cut.
        assert!(file_stem(&"/".repeat(300)).starts_with(&format!("{}%sha256-", "%2F".repeat(13))));
        assert!(file_stem(&"検".repeat(300)).starts_with(&format!("{}%sha256-", "検".repeat(13))));
    }

    /// Pairs that had one stem: by a name that looks like a hash, and by equal 32-bit hashes (FNV-1a).
    #[test]
    fn different_names_have_different_stems() {
        let mut stems = BTreeMap::new();
        for name in [
            "a b",
            "a_b-10a3f9f2",
            "a_b",
            "a%20b",
            "P #?!\"$1",
            "P:/+:#:1",
            "",
            "%empty",
            "%",
            "%25",
            "sample",
        ] {
            assert_eq!(stems.insert(file_stem(name), name), None, "{name}");
        }
        let long = "x".repeat(300);
        assert_ne!(file_stem(&long), file_stem(&format!("{long}x")));
        assert_ne!(file_stem(&file_stem(&long)), file_stem(&long));
    }

    #[test]
    fn composition_and_case_meet() {
        assert_eq!(file_stem("Po\u{308}hl"), file_stem("Pöhl"));
        assert_eq!(folded(&file_stem("Straße")), folded(&file_stem("STRASSE")));
        assert_eq!(folded("ΣΑΣ"), folded("σας"));
        assert_ne!(folded(&file_stem("a b")), folded(&file_stem("a%20b")));
    }

    proptest! {
        #[test]
        fn no_two_names_have_one_stem(a in "\\PC{0,60}|[%A-Fa-f0-9. _-]{0,8}", b in "\\PC{0,60}|[%A-Fa-f0-9. _-]{0,8}") {
            let same = a.nfc().eq(b.nfc());
            prop_assert_eq!(file_stem(&a) == file_stem(&b), same);
            for stem in [file_stem(&a), file_stem(&file_stem(&b))] {
                prop_assert!(!stem.is_empty() && stem.len() <= LONGEST);
                prop_assert!(!stem.starts_with(['.', '-']) && !stem.ends_with(['.', ' ']));
                prop_assert!(!stem.contains(['/', '\\', ':', '\0', '<', '=']) && !is_reserved(&stem));
                prop_assert!(stem.nfc().eq(stem.chars()));
            }
        }
    }
}
