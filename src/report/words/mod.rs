//! What a report says: phrases of `languages/` by the place or the value that they stand for, and values put into words.
//!
//! A phrase may hold places to fill, written `{name}`.

/// Declares the phrases of a page by their codes, which stand in a table of `languages/`: a struct of them in the languages of a report, and
/// the same with places unfilled.
macro_rules! words {
    ($words:ident = $group:literal; $($name:ident,)*) => {
        /// The fixed text of the page in the languages of a report, by place.
        #[derive(Clone, Debug)]
        #[allow(missing_docs, reason = "the phrase itself is the documentation")]
        pub struct $words {
            $(pub $name: $crate::report::words::Bilingual,)*
        }

        impl $words {
            /// Returns the words in some languages.
            pub fn new(languages: &$crate::report::words::Languages) -> Self {
                Self { $($name: languages.say(phrases::$name),)* }
            }
        }

        /// The same phrases with their places unfilled.
        #[allow(non_upper_case_globals, dead_code, reason = "named after the places they stand in")]
        pub(crate) mod phrases {
            use $crate::words::Phrase;

            $(pub(crate) const $name: Phrase = Phrase::new($group, stringify!($name));)*

            #[cfg(test)]
            pub(crate) const ALL: &[Phrase] = &[$($name,)*];
        }
    };
}

mod clinical;
mod codes;
mod compare;
mod consequence;
mod copies;
mod counts;
mod findings;
mod first;
mod karyotype;
mod numbers;
mod options;
mod over_time;
mod page;
mod reasons;
mod said;
mod serial;
mod typography;
mod warnings;

use std::fmt;

pub use clinical::ClinicalWords;
pub(super) use clinical::phrases as clinical_phrases;
pub use codes::Label;
pub use compare::CompareWords;
pub(crate) use compare::phrases as compare_phrases;
pub use first::FirstWords;
pub(super) use first::phrases as first_phrases;
pub use page::Words;
pub(super) use page::phrases as page_phrases;
pub use serial::SerialWords;
pub(crate) use serial::phrases as serial_phrases;

use crate::drivers::Reason;
use crate::panel::Text;
use crate::plasma_cell::FindingValues;
pub use crate::words::{Language, Phrase};

/// The languages of a report, the first shown first; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Languages(Vec<Language>);

/// Why a list of languages cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LanguagesError {
    /// A language this program has no words for.
    #[error("unknown report language {0:?}: choose from {list}", list = known())]
    Unknown(String),
    /// No language at all.
    #[error("no report language given: choose from {list}", list = known())]
    Empty,
}

/// Lists the codes that a report may be asked for.
fn known() -> String {
    let codes: Vec<&str> = Language::ALL.iter().map(|language| language.code()).collect();
    codes.join(", ")
}

impl Default for Languages {
    fn default() -> Self {
        Self(Language::ALL.to_vec())
    }
}

impl std::str::FromStr for Languages {
    type Err = LanguagesError;

    /// Reads a comma-separated list, `en,ja`; repeated entries count once.
    fn from_str(list: &str) -> Result<Self, Self::Err> {
        let mut languages = Vec::new();
        for code in list.split(',').map(str::trim).filter(|code| !code.is_empty()) {
            let known = Language::ALL
                .iter()
                .find(|language| language.code().eq_ignore_ascii_case(code));
            let language = *known.ok_or_else(|| LanguagesError::Unknown(code.to_owned()))?;
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
        if languages.is_empty() {
            Err(LanguagesError::Empty)
        } else {
            Ok(Self(languages))
        }
    }
}

impl Languages {
    /// Returns the languages in order.
    pub fn list(&self) -> &[Language] {
        &self.0
    }

    /// Returns the language shown first.
    pub fn first(&self) -> Language {
        self.0.first().copied().unwrap_or(Language::English)
    }

    /// Returns a phrase in these languages.
    pub fn say(&self, phrase: Phrase) -> Bilingual {
        self.each(|language| phrase.say(language).to_owned())
    }

    /// Returns a phrase with its places filled.
    pub fn fill(&self, phrase: Phrase, values: &[(&str, &str)]) -> Bilingual {
        self.each(|language| phrase.fill(language, values))
    }

    /// Returns a text of the panel in these languages; a language left empty shows the other.
    pub fn panel_text(&self, text: &Text) -> Bilingual {
        let (en, ja) = (text.en.as_str(), text.ja.as_str());
        self.text(
            if en.is_empty() { ja } else { en },
            if ja.is_empty() { en } else { ja },
        )
    }

    /// Returns what a reason rests on in these languages.
    pub(super) fn reason(&self, reason: &Reason) -> Bilingual {
        let (en, ja) = reasons::said(reason);
        self.text(&shown(&en), &shown(&ja))
    }

    /// Returns what a plasma-cell finding is about in these languages.
    pub(super) fn finding(&self, values: &FindingValues) -> Bilingual {
        let shown = |text: &str| numbers::shortened(text);
        let (en, ja) = findings::said(values);
        self.text(&shown(&en), &shown(&ja))
    }

    /// Returns a pair of texts in these languages; what a result holds is in these two, and English stands in for any other.
    pub fn text(&self, en: &str, ja: &str) -> Bilingual {
        self.each(|language| if language == Language::Japanese { ja } else { en }.to_owned())
    }

    /// Returns a text in each of these languages, once where all languages say it alike.
    fn each(&self, say: impl Fn(Language) -> String) -> Bilingual {
        let said = Language::ALL.iter().map(|language| {
            let text = signs(&say(*language));
            let is_english = *language == Language::English;
            let text = if is_english {
                numbers::singular(&text)
            } else {
                text
            };
            (*language, text)
        });
        let said: Vec<(Language, String)> = said.collect();
        if let Some((_, one)) = said
            .first()
            .filter(|(_, one)| said.iter().all(|(_, text)| text == one))
        {
            return Bilingual::of(vec![(None, one.clone())]);
        }
        let dressed = |(language, text): &(Language, String)| {
            let is_japanese = *language == Language::Japanese;
            let text = if is_japanese {
                typography::japanese(text)
            } else {
                text.clone()
            };
            (Some(*language), text)
        };
        let shown = |language: &Language| said.iter().find(|(known, _)| known == language).map(dressed);
        Bilingual::of(self.0.iter().filter_map(shown).collect())
    }

    /// Returns a name as a stranger wrote it: the same in every language, kept apart from the direction of the text around it.
    pub fn name(&self, text: &str) -> Bilingual {
        Bilingual {
            is_name: true,
            ..Bilingual::of(vec![(None, text.to_owned())])
        }
    }
}

/// Writes a text of the result as a reader of the page sees it.
fn shown(text: &str) -> String {
    options::without_options(&numbers::shortened(text))
}

/// Writes comparisons and powers of ten as people do; data keep the signs of a keyboard.
fn signs(text: &str) -> String {
    text.replace(">=", "≥")
        .replace("<=", "≤")
        .replace("10^9", "10⁹")
        .replace(" x 10⁹", " ×10⁹")
}

/// A text as it stands in the page: one element a language, escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bilingual {
    texts: Vec<(Option<Language>, String)>,
    is_name: bool,
}

impl Bilingual {
    fn of(texts: Vec<(Option<Language>, String)>) -> Self {
        Self {
            texts,
            is_name: false,
        }
    }

    /// Returns whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.texts.iter().all(|(_, text)| text.is_empty())
    }
}

impl Bilingual {
    /// Returns the texts with the code of their language; none for a text that is the same in all.
    pub fn parts(&self) -> impl Iterator<Item = (Option<&'static str>, &str)> {
        self.texts
            .iter()
            .map(|(language, text)| (language.map(Language::code), text.as_str()))
    }
}

impl fmt::Display for Bilingual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (language, text) in &self.texts {
            let text = askama::filters::escape(text, askama::filters::Html).map_err(|_| fmt::Error)?;
            match language {
                Some(language) => write!(f, "<span lang=\"{}\">{text}</span>", language.code())?,
                None if self.is_name => write!(f, "<bdi>{text}</bdi>")?,
                None => write!(f, "{text}")?,
            }
        }
        Ok(())
    }
}

// `Display` above escapes.
impl askama::filters::HtmlSafe for Bilingual {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_languages() {
        assert_eq!("en,ja".parse(), Ok(Languages::default()));
        assert_eq!("JA, ja".parse(), Ok(Languages(vec![Language::Japanese])));
        assert_eq!(
            "de".parse::<Languages>(),
            Err(LanguagesError::Unknown("de".to_owned()))
        );
        assert_eq!(",".parse::<Languages>(), Err(LanguagesError::Empty));
    }

    /// A phrase that nothing says is a phrase that nobody corrects.
    #[test]
    fn every_phrase_is_said() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let read = |folder: &str| -> String {
            let files = crate::words::files(&root.join(folder)).into_iter();
            files.map(|file| std::fs::read_to_string(file).unwrap()).collect()
        };
        let (code, templates) = (read("src/report"), read("templates"));
        for (phrases, in_templates) in [
            (page::phrases::ALL, "w"),
            (clinical::phrases::ALL, "c"),
            (first::phrases::ALL, "f"),
        ] {
            for phrase in phrases {
                let is_said = |text: &str, begin: &str| {
                    let whole = format!("{begin}{}", phrase.code());
                    text.match_indices(&whole).any(|(at, _)| {
                        !text[at + whole.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
                    })
                };
                assert!(
                    is_said(&code, "phrases::") || is_said(&templates, &format!("{in_templates}.")),
                    "{phrase:?}"
                );
            }
        }
    }

    /// The phrases of pages and labels by their codes.
    fn named() -> Vec<Phrase> {
        use crate::myeloid::next_steps::{BackgroundCode, RiskCode, StepCode};

        let fixed = [
            page::phrases::ALL,
            clinical::phrases::ALL,
            first::phrases::ALL,
            compare::phrases::ALL,
            serial::phrases::ALL,
        ];
        let mut all = fixed.concat();
        all.extend(codes::all_labels());
        all.extend(copies::all_labels());
        all.extend(over_time::all_labels());
        all.extend(StepCode::ALL.iter().map(|code| code.words()));
        all.extend(RiskCode::ALL.iter().map(|code| code.words()));
        all.extend(BackgroundCode::ALL.iter().map(|code| code.words()));
        all
    }

    /// A misspelled code would be shown instead of words; words that no code names would be translated for nobody.
    #[test]
    fn every_phrase_has_a_code_and_every_code_a_phrase() {
        use crate::words::{group, groups, named_in_code};

        let elsewhere = ["cohort", "columns", "plasma_cell"];
        let mut named: std::collections::HashSet<Phrase> =
            named().into_iter().chain(named_in_code()).collect();
        named.retain(|phrase| {
            !elsewhere
                .into_iter()
                .any(|group| Phrase::find(group, phrase.code()) == Some(*phrase))
        });
        let groups = groups().into_iter().filter(|group| !elsewhere.contains(group));
        let written: std::collections::HashSet<Phrase> = groups.flat_map(group).collect();
        let lost: Vec<_> = named.symmetric_difference(&written).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }

    /// Every word that a page can say, by code, in both languages.
    fn everything() -> Vec<(String, String)> {
        let mut all: Vec<_> = named()
            .iter()
            .map(|p| (p.en().to_owned(), p.ja().to_owned()))
            .collect();
        all.extend(
            crate::plasma_cell::word_keys()
                .filter_map(|key| crate::plasma_cell::words(&key))
                .map(|w| (w.en, w.ja)),
        );
        all
    }

    #[test]
    fn no_phrase_is_untranslated() {
        // On the page some words are names, the same in both languages.
        for (phrases, has_names) in [
            (page::phrases::ALL, true),
            (clinical::phrases::ALL, false),
            (first::phrases::ALL, false),
            (compare::phrases::ALL, true),
            (serial::phrases::ALL, false),
        ] {
            for phrase in phrases {
                let is_name = has_names && phrase.en() == phrase.ja();
                assert!(!phrase.ja().is_ascii() || is_name, "{phrase:?}");
            }
        }
    }

    #[test]
    fn every_code_has_words_in_both_languages_with_the_punctuation_of_each() {
        let all = everything();
        assert!(all.len() > 500, "{}", all.len());
        for (en, ja) in all {
            assert!(!en.is_empty() && !ja.is_empty(), "{en:?} {ja:?}");
            assert!(!en.contains(typography::is_japanese), "{en}");
            assert!(
                ja.contains(typography::is_japanese) || ja == en || ja.chars().count() < 12,
                "{en}: {ja}"
            );
            assert_eq!(typography::japanese(&ja), ja, "{en}");
        }
    }

    /// One word for one thing, the one that doctors use.
    #[test]
    fn words_that_doctors_do_not_use_are_gone() {
        for (en, ja) in everything() {
            for old in [
                "被覆",
                "細胞障害性",
                "定義事象",
                "関与軽鎖",
                "関与する軽鎖",
                "二アレル",
                "多重ヒット",
                "from memory",
                "記憶",
            ] {
                assert!(!ja.contains(old) && !en.contains(old), "{old}: {ja}");
            }
        }
    }

    #[test]
    fn escapes_what_it_fills_in() {
        let actual = Languages::default()
            .fill(page::phrases::lollipop_hotspot, &[("n", "<b>")])
            .to_string();
        let expected = "<span lang=\"en\">residue &#60;b&#62;, named by a rule</span>";
        assert!(actual.starts_with(expected), "{actual}");
    }
}
