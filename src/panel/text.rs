//! A text as panels and results hold it: in English and Japanese, whatever other languages a report is shown in.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::words::{Language, Phrase};

/// A text in both report languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// English.
    pub en: String,
    /// Japanese.
    pub ja: String,
}

impl Text {
    /// Makes a text.
    pub fn new(en: impl Into<String>, ja: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            ja: ja.into(),
        }
    }

    /// Says a phrase with its places filled by values that read alike in every language.
    pub fn filled(phrase: Phrase, values: &[(&str, &dyn fmt::Display)]) -> Self {
        let values: Vec<(&str, String)> = values
            .iter()
            .map(|(name, value)| (*name, value.to_string()))
            .collect();
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Self::new(
            phrase.fill(Language::English, &values),
            phrase.fill(Language::Japanese, &values),
        )
    }
}

impl From<Phrase> for Text {
    fn from(phrase: Phrase) -> Self {
        Self::new(phrase.en(), phrase.ja())
    }
}
