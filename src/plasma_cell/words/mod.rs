//! The words of the plasma-cell road, English and Japanese, by key.
//!
//! A result carries every word that it uses, so that a page needs nothing else. Japanese follows the terms of the lecture, with
//! 意義不明の単クローン性ガンマグロブリン血症 as the name of MGUS: "benign", the older name, promises what nobody can.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::patient;

mod care;
mod events;
mod findings;
mod risk;
mod rules;
mod stages;

/// One text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// English.
    pub en: String,
    /// Japanese.
    pub ja: String,
}

/// (key, English, Japanese)
type Entry = (&'static str, &'static str, &'static str);

const TABLES: [&[Entry]; 6] = [
    stages::WORDS,
    rules::WORDS,
    events::WORDS,
    risk::WORDS,
    findings::WORDS,
    care::WORDS,
];

/// What begins the key of an input, the name of its column behind it.
const INPUT: &str = "input.";

/// Returns the words of a key; those of an input are the words of its column.
pub fn words(key: &str) -> Option<Words> {
    if let Some(column) = key.strip_prefix(INPUT) {
        return patient::named(column).map(|field| Words {
            en: field.en.to_owned(),
            ja: field.ja.to_owned(),
        });
    }
    TABLES
        .iter()
        .flat_map(|table| table.iter())
        .find(|(k, ..)| *k == key)
        .map(|(_, en, ja)| Words {
            en: (*en).to_owned(),
            ja: (*ja).to_owned(),
        })
}

#[cfg(test)]
pub(crate) fn keys() -> impl Iterator<Item = String> {
    let columns = patient::fields().filter(|field| field.is_for(patient::Reader::PlasmaCell));
    let fixed = TABLES
        .iter()
        .flat_map(|table| table.iter())
        .map(|(key, ..)| (*key).to_owned());
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
