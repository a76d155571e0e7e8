//! Every phrase of the page, in every language. A phrase may hold places to fill, written `{name}`.

use indexmap::IndexMap;

use crate::words::{Language, Phrase, group};

/// Where the phrases stand in `languages/`, by the names under which the page asks for them.
const GROUP: &str = "cohort";

/// Returns the phrases as JSON: each name with its texts by language.
pub(super) fn json() -> Result<String, serde_json::Error> {
    let said = |phrase: &Phrase| -> IndexMap<_, _> {
        let all = Language::ALL.iter();
        all.map(|language| (language.code(), phrase.say(*language)))
            .collect()
    };
    let words = group(GROUP);
    let words: IndexMap<_, _> = words.iter().map(|phrase| (phrase.code(), said(phrase))).collect();
    serde_json::to_string(&words)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const SCRIPT: &str = include_str!("../../../templates/cohort.js");

    fn names() -> BTreeSet<&'static str> {
        group(GROUP).into_iter().map(Phrase::code).collect()
    }

    #[test]
    fn each_phrase_is_used() {
        for name in names().iter().filter(|name| !name.starts_with("code.")) {
            let quoted = [format!("\"{name}\""), format!("'{name}'")];
            assert!(
                quoted.iter().any(|q| SCRIPT.contains(q.as_str())),
                "{name} is not used"
            );
        }
    }

    #[test]
    fn each_phrase_that_the_page_asks_for_is_there() {
        let names = names();
        for (place, call) in SCRIPT.match_indices("t(\"") {
            let is_call = !SCRIPT[..place].ends_with(|c: char| c.is_alphanumeric() || c == '.');
            let asked = SCRIPT[place + call.len()..].split('"').next().unwrap_or_default();
            assert!(!is_call || names.contains(asked), "{asked} has no phrase");
        }
    }

    #[test]
    fn japanese_has_its_own_punctuation() {
        for phrase in group(GROUP) {
            let ja = phrase.ja();
            let is_japanese = ja.chars().any(|c| c > '\u{3000}');
            assert!(
                !is_japanese || !ja.contains(['(', ')', ',', ':']),
                "{phrase:?}: {ja}"
            );
        }
    }

    /// Every code that a doubt, a state or a quality may have is said in words.
    #[test]
    fn codes_have_words() {
        use crate::sample::{IdentityCode, QualityCode};

        let names = names();
        let quality = QualityCode::ALL.iter().map(|code| code.name());
        let identity = [
            IdentityCode::OtherPersonsDna,
            IdentityCode::ReadsDisagree,
            IdentityCode::NormalDisagrees,
        ];
        let states = [
            "present",
            "review",
            "not_detected",
            "none_called",
            "pass",
            "limited",
            "fail",
        ];
        for study in crate::cohort::published::STUDIES {
            let note = format!("code.about {}", study.name);
            let found = Phrase::find(GROUP, &note).map(Phrase::en);
            assert_eq!(found, Some(study.note), "{note}");
        }
        let all = quality
            .chain(identity.iter().map(|code| code.name()))
            .chain(states);
        for code in all {
            assert!(names.contains(format!("code.{code}").as_str()), "{code}");
        }
    }
}
