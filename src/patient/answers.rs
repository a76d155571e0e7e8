//! The words of an answer: what people write for yes, for no, for "looked for and none", and for "not known".
//!
//! They are the same for every column, whichever file it comes from. A lone hyphen is none of them where a column could also say
//! no: some write it for no and some for an empty cell, and "not known" is never "no".

use crate::tables::plain;

/// Spellings of "not known", in lower case: those of the published IPSS-M package (`""`, `NA`, `N/A`) and others that cannot mean
/// anything else. `ND` is "not done" to one and "not detected" to another, so that it says nothing.
const MISSING: [&str; 44] = [
    "na",
    "n/a",
    "n.a.",
    "n.a",
    "#n/a",
    "nan",
    "null",
    ".",
    "?",
    "u",
    "unk",
    "unknown",
    "not known",
    "nd",
    "n.d.",
    "n.d",
    "n/d",
    "ne",
    "n.e.",
    "not done",
    "not determined",
    "not performed",
    "not tested",
    "not available",
    "not assessed",
    "not evaluated",
    "not evaluable",
    "not given",
    "not measured",
    "not applicable",
    "missing",
    "pending",
    "不明",
    "未検査",
    "未検",
    "未施行",
    "未実施",
    "未測定",
    "未評価",
    "検査せず",
    "測定せず",
    "欠測",
    "結果待ち",
    "該当なし",
];

/// Spellings of yes, in lower case.
const YES: [&str; 21] = [
    "1",
    "1.0",
    "1,0",
    "yes",
    "y",
    "true",
    "t",
    "+",
    "(+)",
    "positive",
    "pos",
    "present",
    "detected",
    "mutated",
    "あり",
    "有り",
    "有",
    "陽性",
    "検出",
    "変異あり",
    "はい",
];

/// Spellings of no, in lower case.
const NO: [&str; 30] = [
    "未検出",
    "0",
    "0.0",
    "0,0",
    "no",
    "n",
    "false",
    "f",
    "(-)",
    "negative",
    "neg",
    "absent",
    "not present",
    "not detected",
    "not mutated",
    "unmutated",
    "wild type",
    "wild-type",
    "wildtype",
    "wt",
    "none",
    "なし",
    "無し",
    "無",
    "陰性",
    "検出せず",
    "検出されず",
    "変異なし",
    "野生型",
    "いいえ",
];

/// Spellings of "looked for, none" in a list, beside those of no.
const NOTHING: [&str; 4] = ["nothing", "normal", "正常", "異常なし"];

/// Signs that stand for no to some and for an empty cell to others.
const DASHES: [&str; 9] = ["-", "--", "---", "–", "—", "―", "‐", "ー", "ｰ"];

/// What a yes-or-no column wants.
pub(crate) const YES_OR_NO: &str = "0 (no), 1 (yes) or NA (not known)";

/// What to say of a hyphen where a column could also say no.
pub(crate) const UNCLEAR_DASH: &str =
    "clear, for a hyphen is no to some and an empty cell to others: write no (none) or NA (not known)";

/// Whether a cell says that its value is not known.
pub(crate) fn is_missing(text: &str) -> bool {
    let text = text.trim();
    // Most cells begin with a digit; no spelling of "not known" does.
    match text.as_bytes().first() {
        None => return true,
        Some(first) if first.is_ascii_digit() => return false,
        Some(_) => {}
    }
    // The longest of them has 17 bytes.
    text.len() <= 48 && has(&MISSING, text)
}

/// Whether a cell holds a hyphen and nothing else.
pub(crate) fn is_dash(text: &str) -> bool {
    DASHES.contains(&&*plain(text))
}

/// Reads yes or no.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" => Some(true),
        _ if has(&YES, text) => Some(true),
        _ if has(&NO, text) => Some(false),
        _ => None,
    }
}

/// Whether the cell of a list says that nothing was found.
pub(crate) fn is_none(text: &str) -> bool {
    has(&NO, text) || has(&NOTHING, text)
}

/// Words beside the thing in a sentence that says that none was found.
const BESIDE_NONE: [&str; 15] = [
    "pathogenic",
    "driver",
    "somatic",
    "clinically",
    "significant",
    "relevant",
    "known",
    "gene",
    "detected",
    "found",
    "identified",
    "seen",
    "observed",
    "present",
    "detectable",
];

/// Endings of the same in Japanese.
const NONE_FOUND_JA: [&str; 8] = [
    "未検出",
    "なし",
    "無し",
    "陰性",
    "認めず",
    "認めない",
    "検出されず",
    "検出せず",
];

/// Whether a sentence says that none of some things was found, and no more: `no pathogenic variants detected`, `融合遺伝子は検出されず`.
/// The things are English words, in the singular, and Japanese ones.
pub(crate) fn says_none_found(text: &str, things: &[&str]) -> bool {
    let text = plain(text).to_lowercase();
    let text = text.trim_end_matches(['.', '。']);
    let is_thing =
        |word: &str| things.contains(&word) || word.strip_suffix('s').is_some_and(|w| things.contains(&w));
    let mut words = text.split_whitespace();
    if let Some(first @ ("no" | "none")) = words.next() {
        let rest: Vec<&str> = words.collect();
        // `none detected` says it of whatever the cell is for, `no` needs the thing.
        let of_everything = first == "none" && !rest.is_empty();
        return (of_everything || rest.iter().any(|word| is_thing(word)))
            && rest
                .iter()
                .all(|word| is_thing(word) || BESIDE_NONE.contains(word));
    }
    let named = NONE_FOUND_JA.iter().find_map(|end| text.strip_suffix(end));
    named.is_some_and(|rest| things.contains(&rest.trim().trim_end_matches(['は', 'を'])))
}

fn has(words: &[&str], text: &str) -> bool {
    let plain = plain(text);
    let is_word = |text: &str| {
        if text.is_ascii() {
            words.iter().any(|word| word.eq_ignore_ascii_case(text))
        } else {
            words.contains(&text.to_lowercase().as_str())
        }
    };
    is_word(&plain) || plain.ends_with(['.', '。']) && is_word(plain.trim_end_matches(['.', '。']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_has_one_meaning() {
        let groups: [&[&str]; 4] = [&MISSING, &YES, &NO, &DASHES];
        for (index, words) in groups.iter().enumerate() {
            for word in *words {
                assert_eq!(*word, word.to_lowercase(), "{word}");
                let meanings = [
                    is_missing(word),
                    yes_or_no(word) == Some(true),
                    yes_or_no(word) == Some(false),
                    is_dash(word),
                ];
                let expected: Vec<bool> = (0..4).map(|i| i == index).collect();
                assert_eq!(meanings.to_vec(), expected, "{word}");
            }
        }
        assert!(NOTHING.iter().all(|word| is_none(word) && !is_missing(word)));
    }

    #[test]
    fn a_sentence_that_says_none_was_found_says_nothing_else() {
        let things = ["mutation", "variant", "病的変異"];
        for text in [
            "no mutations",
            "No pathogenic variants detected.",
            "no clinically significant variant found",
            "NO SOMATIC MUTATION IDENTIFIED",
            "病的変異なし",
            "病的変異を認めず。",
            "病的変異は検出されず",
            "病的変異未検出",
            "none detected",
            "none found",
        ] {
            assert!(says_none_found(text, &things), "{text}");
        }
        for text in [
            "no",
            "none",
            "no other mutations",
            "no mutation in TP53",
            "no mutations but TET2",
            "mutation detected",
            "TP53変異なし",
            "病的変異あり",
            "なし",
            "no fusion",
        ] {
            assert!(!says_none_found(text, &things), "{text}");
        }
    }

    #[test]
    fn case_width_and_blanks_do_not_matter() {
        for text in [" Yes ", "ＹＥＳ", "TRUE", "１", "あり ", "（＋）", "Positive"] {
            assert_eq!(yes_or_no(text), Some(true), "{text}");
        }
        for text in ["No", "None.", "ＮＯ", "0", "０", "なし", "(−)", "NEGATIVE"] {
            assert_eq!(yes_or_no(text), Some(false), "{text}");
        }
        for text in ["", "  ", "ND", "n/A", "Not done", "Ｎ／Ａ", "不明"] {
            assert!(is_missing(text), "{text}");
        }
        for text in ["maybe", "2", "yes or no", "01"] {
            assert_eq!((yes_or_no(text), is_missing(text)), (None, false), "{text}");
        }
    }
}
