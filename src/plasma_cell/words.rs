//! The words of the plasma-cell road, English and Japanese, by key.
//!
//! A result carries every word that it uses, so that a page needs nothing else.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::patient;
use crate::words::Phrase;

/// One text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// English.
    pub en: String,
    /// Japanese.
    pub ja: String,
}

/// Where the phrases stand in `languages/`.
const GROUP: &str = "plasma_cell";

/// What begins the key of an input, the name of its column behind it.
const INPUT: &str = "input.";

/// Returns the words of a key; those of an input are the words of its column.
pub fn words(key: &str) -> Option<Words> {
    if let Some(column) = key.strip_prefix(INPUT) {
        return patient::named(column).map(|field| Words {
            en: field.label.en().to_owned(),
            ja: field.label.ja().to_owned(),
        });
    }
    Phrase::find(GROUP, key).map(|phrase| Words {
        en: phrase.en().to_owned(),
        ja: phrase.ja().to_owned(),
    })
}

#[cfg(test)]
pub(crate) fn keys() -> impl Iterator<Item = String> {
    let columns = patient::fields().filter(|field| field.is_for(patient::Reader::PlasmaCell));
    let fixed = crate::words::group(GROUP)
        .into_iter()
        .map(|phrase| phrase.code().to_owned());
    fixed.chain(columns.map(|field| format!("{INPUT}{}", field.name())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_once_and_both_languages_are_there() {
        let all: Vec<String> = keys().collect();
        let unique: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(unique.len(), all.len());
        for key in all {
            let found = words(&key).unwrap();
            assert!(!found.en.is_empty() && !found.ja.is_empty(), "{key}");
            assert!(
                !found.en.contains(|c| ('\u{3000}'..'\u{a000}').contains(&c)),
                "{key}: {}",
                found.en
            );
            assert!(!found.ja.is_ascii() || found.ja.len() < 12, "{key}: {}", found.ja);
        }
    }
}
