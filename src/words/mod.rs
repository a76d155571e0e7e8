//! The languages of a report, and the phrases that are said in them.
//!
//! A phrase is named by a code, everywhere; what it says stands in `languages/`, a file for each language, which are part of the program.
//! `{name}` in a phrase is a place to fill.

use std::sync::LazyLock;

use indexmap::IndexMap;

/// Declares the languages: a file of `languages/` each.
macro_rules! languages {
    ($($variant:ident = $code:literal, $name:literal;)*) => {
        /// A language of the reports.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Language {
            $(#[doc = $name] $variant,)*
        }

        impl Language {
            /// Every language, in the order in which a report shows them when it is not told another.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the ISO 639-1 code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Returns what the language calls itself.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns the file of its phrases.
            const fn file(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("../../languages/", $code, ".toml")),)* }
            }
        }
    };
}

languages! {
    English = "en", "English";
    Japanese = "ja", "日本語";
}

/// Phrases by group, and there by code, in the order of the file.
type Phrases = IndexMap<String, IndexMap<String, String>>;

/// Read when the first phrase is said: a run without reports says none. A test holds that every file can be read, and has every phrase.
static PHRASES: LazyLock<Vec<Phrases>> = LazyLock::new(|| {
    let read = |language: &Language| toml::from_str(language.file()).unwrap_or_default();
    Language::ALL.iter().map(read).collect()
});

fn look_up(language: Language, group: &str, code: &str) -> Option<&'static str> {
    let of_language = PHRASES.get(language as usize)?;
    of_language.get(group)?.get(code).map(String::as_str)
}

/// A phrase of the reports, by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// None for a name, which stands in the place of the code and is the same in every language.
    group: Option<&'static str>,
    code: &'static str,
}

impl Phrase {
    /// Names the phrase of a code.
    pub const fn new(group: &'static str, code: &'static str) -> Self {
        Self {
            group: Some(group),
            code,
        }
    }

    /// Makes a phrase of a name that no language translates, such as a gene.
    pub const fn name(name: &'static str) -> Self {
        Self {
            group: None,
            code: name,
        }
    }

    /// Returns the phrase of a code that is known at run time only, where there is one.
    pub fn find(group: &'static str, code: &str) -> Option<Self> {
        let english = PHRASES.get(Language::English as usize)?;
        let (code, _) = english.get(group)?.get_key_value(code)?;
        Some(Self::new(group, code.as_str()))
    }

    /// Returns its code.
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// Says the phrase, with its places as they are; in English where the language has no words for it.
    pub fn say(self, language: Language) -> &'static str {
        self.group
            .map_or(Some(self.code), |group| {
                look_up(language, group, self.code).or_else(|| look_up(Language::English, group, self.code))
            })
            .unwrap_or(self.code)
    }

    /// Says the phrase in English.
    pub fn en(self) -> &'static str {
        self.say(Language::English)
    }

    /// Says the phrase in Japanese.
    pub fn ja(self) -> &'static str {
        self.say(Language::Japanese)
    }

    /// Says the phrase with its places filled.
    pub fn fill(self, language: Language, values: &[(&str, &str)]) -> String {
        filled(self.say(language), values)
    }
}

/// Fills the places of a text, once: what looks like a place in a value, as in the name of a sample, is none.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let (mut filled, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let value = values.iter().find_map(|(name, value)| {
            let rest = behind.strip_prefix(name)?.strip_prefix('}')?;
            Some((value, rest))
        });
        if let Some((value, behind_place)) = value {
            filled.push_str(value);
            rest = behind_place;
        } else {
            filled.push('{');
            rest = behind;
        }
    }
    filled.push_str(rest);
    filled
}

/// The phrases of a group, in the order of the file.
#[cfg(any(feature = "cohort", test))]
pub(crate) fn group(group: &'static str) -> Vec<Phrase> {
    let english = PHRASES.get(Language::English as usize);
    let codes = english
        .and_then(|groups| groups.get(group))
        .into_iter()
        .flat_map(IndexMap::keys);
    codes.map(|code| Phrase::new(group, code.as_str())).collect()
}

/// The groups.
#[cfg(test)]
pub(crate) fn groups() -> Vec<&'static str> {
    let english = &PHRASES[Language::English as usize];
    english.keys().map(String::as_str).collect()
}

/// The files of a folder, and of those within it.
#[cfg(test)]
pub(crate) fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

/// The phrases that the code names where it says them, by group and code.
#[cfg(test)]
pub(crate) fn named_in_code() -> Vec<Phrase> {
    let named = |call: &str| {
        let (group, rest) = call.trim_start().strip_prefix('"')?.split_once('"')?;
        let (code, _) = rest
            .trim_start_matches(',')
            .trim_start()
            .strip_prefix('"')?
            .split_once('"')?;
        let is_code = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        (is_code(group) && is_code(code))
            .then(|| Phrase::new(group.to_owned().leak(), code.to_owned().leak()))
    };
    let in_file = |path: std::path::PathBuf| -> Vec<Phrase> {
        let code = std::fs::read_to_string(path).unwrap();
        code.split("Phrase::new(").skip(1).filter_map(named).collect()
    };
    let sources = files(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    sources.into_iter().flat_map(in_file).collect()
}

/// Returns the places of a text, in the order of the alphabet.
#[cfg(test)]
pub(crate) fn places(text: &str) -> Vec<&str> {
    let behind = text.split('{').skip(1);
    let mut places: Vec<_> = behind.filter_map(|rest| rest.split('}').next()).collect();
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Code, with its group, and places of every phrase of a file.
    fn codes_with_places(file: &str) -> BTreeMap<String, Vec<String>> {
        let phrases: Phrases = toml::from_str(file).unwrap();
        let of_group = |(group, phrases): (String, IndexMap<String, String>)| {
            phrases.into_iter().map(move |(code, text)| {
                assert!(!text.is_empty(), "{group}.{code} is empty");
                let places = places(&text).into_iter().map(str::to_owned).collect();
                (format!("{group}.{code}"), places)
            })
        };
        phrases.into_iter().flat_map(of_group).collect()
    }

    #[test]
    fn every_language_has_the_same_phrases_with_the_same_places() {
        let expected = codes_with_places(Language::English.file());
        assert!(expected.len() > 500, "{}", expected.len());
        for language in Language::ALL {
            let mut actual = codes_with_places(language.file());
            for (code, places) in &expected {
                let code_of_language = actual.remove(code);
                assert_eq!(
                    code_of_language.as_ref(),
                    Some(places),
                    "{}: {code}",
                    language.code()
                );
            }
            assert!(actual.is_empty(), "{}: {actual:?}", language.code());
        }
    }

    #[test]
    fn fills_places_and_leaves_names_as_they_are() {
        assert_eq!(
            filled("{n} of {all}, {n}", &[("n", "2"), ("all", "3")]),
            "2 of 3, 2"
        );
        assert_eq!(
            filled("{a}{b}{c", &[("a", "{b}"), ("b", "{a}")]),
            "{b}{a}{c",
            "hostile values"
        );
        assert_eq!(Phrase::name("TP53").say(Language::Japanese), "TP53");
        assert_eq!(Phrase::find("page", "no such code"), None);
        let sample = Phrase::find("page", "sample").unwrap();
        assert_eq!((sample.en(), sample.ja()), ("Sample", "検体"));
    }
}
