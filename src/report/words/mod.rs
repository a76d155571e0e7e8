//! Every phrase of a report, in English and Japanese, in one place.
//!
//! `page` holds the fixed text of the page, `codes` a sentence or label for each value of an enumeration. A phrase may hold
//! places to fill, written `{name}`.

/// Declares the phrases of a page: a struct of them in the languages of a report, and the same with places unfilled.
macro_rules! words {
    ($words:ident; $($name:ident = $en:literal, $ja:literal;)*) => {
        /// The fixed text of the page in the languages of a report, by place.
        #[derive(Clone, Debug)]
        #[allow(missing_docs, reason = "the phrase itself is the documentation")]
        pub struct $words {
            $(pub $name: crate::report::words::Bilingual,)*
        }

        impl $words {
            /// Returns the words in some languages.
            pub fn new(languages: &crate::report::words::Languages) -> Self {
                Self { $($name: languages.say(phrases::$name),)* }
            }
        }

        /// The same phrases with their places unfilled.
        #[allow(non_upper_case_globals, dead_code, reason = "named after the places they stand in")]
        pub(crate) mod phrases {
            use crate::report::words::Phrase;

            $(pub(crate) const $name: Phrase = Phrase { en: $en, ja: $ja };)*

            #[cfg(test)]
            pub(crate) const ALL: &[(&str, Phrase)] = &[$((stringify!($name), $name),)*];
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

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// English.
    pub en: &'static str,
    /// Japanese.
    pub ja: &'static str,
}

/// A language of the HTML report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    English,
    /// Japanese.
    Japanese,
}

impl Language {
    /// Returns the ISO 639-1 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }
}

/// The languages of a report, the first shown first; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Languages(Vec<Language>);

/// Why a list of languages cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LanguagesError {
    /// A language this program has no words for.
    #[error("unknown report language {0:?}: choose from en, ja")]
    Unknown(String),
    /// No language at all.
    #[error("no report language given: choose from en, ja")]
    Empty,
}

impl Default for Languages {
    fn default() -> Self {
        Self(vec![Language::English, Language::Japanese])
    }
}

impl std::str::FromStr for Languages {
    type Err = LanguagesError;

    /// Reads a comma-separated list, `en,ja`; repeated entries count once.
    fn from_str(list: &str) -> Result<Self, Self::Err> {
        let mut languages = Vec::new();
        for code in list.split(',').map(str::trim).filter(|code| !code.is_empty()) {
            let language = match code.to_ascii_lowercase().as_str() {
                "en" => Language::English,
                "ja" => Language::Japanese,
                _ => return Err(LanguagesError::Unknown(code.to_owned())),
            };
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
        self.text(phrase.en, phrase.ja)
    }

    /// Returns a phrase with its places filled.
    pub fn fill(&self, phrase: Phrase, values: &[(&str, &str)]) -> Bilingual {
        let filled = |text: &str| {
            values.iter().fold(text.to_owned(), |text, (name, value)| {
                text.replace(&format!("{{{name}}}"), value)
            })
        };
        self.text(&filled(phrase.en), &filled(phrase.ja))
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

    /// Returns a pair of texts in these languages.
    pub fn text(&self, en: &str, ja: &str) -> Bilingual {
        let (en, ja) = (numbers::singular(&signs(en)), signs(ja));
        if en == ja {
            return Bilingual::of(vec![(None, en)]);
        }
        let pick = |language: &Language| match language {
            Language::English => (Some(*language), en.clone()),
            Language::Japanese => (Some(*language), typography::japanese(&ja)),
        };
        Bilingual::of(self.0.iter().map(pick).collect())
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
        let read = |folder: &str, name: &str| {
            let mut text = String::new();
            for entry in walkdir(&root.join(folder)) {
                if !entry.ends_with(name) {
                    text.push_str(&std::fs::read_to_string(entry).unwrap());
                }
            }
            text
        };
        let templates = read("templates", "none");
        for (phrases, list, in_templates) in [
            (page::phrases::ALL, "words/page.rs", "w"),
            (clinical::phrases::ALL, "words/clinical.rs", "c"),
            (first::phrases::ALL, "words/first.rs", "f"),
        ] {
            let code = read("src/report", list);
            for (name, _) in phrases {
                let is_said = |text: &str, begin: &str| {
                    let whole = format!("{begin}{name}");
                    text.match_indices(&whole).any(|(at, _)| {
                        !text[at + whole.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
                    })
                };
                assert!(
                    is_said(&code, "phrases::") || is_said(&templates, &format!("{in_templates}.")),
                    "{list}: {name}"
                );
            }
        }
    }

    fn walkdir(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
        entries
            .flat_map(|path| if path.is_dir() { walkdir(&path) } else { vec![path] })
            .collect()
    }

    /// Every word that a page can say, by code, in both languages.
    fn everything() -> Vec<(String, String)> {
        use crate::myeloid::next_steps::{BackgroundCode, RiskCode, StepCode};
        let phrase = |p: Phrase| (p.en.to_owned(), p.ja.to_owned());
        let fixed = [
            page::phrases::ALL,
            clinical::phrases::ALL,
            first::phrases::ALL,
            compare::phrases::ALL,
            serial::phrases::ALL,
        ]
        .concat();
        let mut all: Vec<_> = fixed.iter().map(|(_, p)| phrase(*p)).collect();
        all.extend(codes::all_labels().map(phrase));
        all.extend(copies::all_labels().into_iter().map(phrase));
        let steps = StepCode::ALL.iter().map(|c| c.words());
        let risks = RiskCode::ALL.iter().map(|c| c.words());
        let taught = BackgroundCode::ALL.iter().map(|c| c.words());
        all.extend(
            steps
                .chain(risks)
                .chain(taught)
                .map(|s| (s.en.to_owned(), s.ja.to_owned())),
        );
        all.extend(
            crate::plasma_cell::word_keys()
                .filter_map(|key| crate::plasma_cell::words(&key))
                .map(|w| (w.en, w.ja)),
        );
        all
    }

    /// Returns the places of a phrase that are filled in.
    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<_> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        places.sort_unstable();
        places
    }

    #[test]
    fn phrases_fill_the_same_places_in_both_languages_and_none_is_untranslated() {
        // On the page some words are names, the same in both languages.
        for (phrases, has_names) in [
            (page::phrases::ALL, true),
            (clinical::phrases::ALL, false),
            (first::phrases::ALL, false),
            (compare::phrases::ALL, true),
            (serial::phrases::ALL, false),
        ] {
            for (name, phrase) in phrases {
                assert_eq!(places(phrase.en), places(phrase.ja), "{name}");
                let is_name = has_names && phrase.en == phrase.ja;
                assert!(!phrase.ja.is_ascii() || is_name, "{name}");
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
            .fill(
                Phrase {
                    en: "{x} found",
                    ja: "{x}を検出",
                },
                &[("x", "<b>")],
            )
            .to_string();
        assert_eq!(
            actual,
            "<span lang=\"en\">&#60;b&#62; found</span><span lang=\"ja\">&#60;b&#62;を検出</span>"
        );
    }
}
