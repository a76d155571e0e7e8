//! A text in both languages on its way to the page.

use super::super::context::Context;
use crate::report::words::{Bilingual, Language, Phrase};

/// A text in both languages before it is put on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub en: String,
    pub ja: String,
}

impl Said {
    pub(super) fn new(en: impl Into<String>, ja: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            ja: ja.into(),
        }
    }

    pub(super) fn phrase(phrase: Phrase) -> Self {
        Self::new(phrase.en(), phrase.ja())
    }

    /// Fills places that read differently in the languages.
    pub(super) fn filled(phrase: Phrase, values: &[(&str, &Self)]) -> Self {
        let fill = |language: Language, pick: fn(&Self) -> &str| {
            let values: Vec<_> = values.iter().map(|(name, value)| (*name, pick(value))).collect();
            phrase.fill(language, &values)
        };
        Self::new(
            fill(Language::English, |s| &s.en),
            fill(Language::Japanese, |s| &s.ja),
        )
    }

    /// Joins texts, with what stands between two of them in each language.
    pub(super) fn joined(list: &[Self], en: &str, ja: &str) -> Self {
        let of = |pick: fn(&Self) -> &str, gap: &str| list.iter().map(pick).collect::<Vec<_>>().join(gap);
        Self::new(of(|s| &s.en, en), of(|s| &s.ja, ja))
    }

    /// Begins the English sentence with a capital letter.
    pub(super) fn capitalized(self) -> Self {
        let mut letters = self.en.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        Self::new(format!("{first}{}", letters.as_str()), self.ja)
    }

    pub(super) fn same(text: &str) -> Self {
        Self::new(text, text)
    }

    pub(super) fn on(&self, context: &Context<'_>) -> Bilingual {
        context.languages.text(&self.en, &self.ja)
    }
}
