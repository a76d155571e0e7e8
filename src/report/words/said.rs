//! What is said by code in both languages.

use super::{Bilingual, Languages};

/// Something that has a code and typed values, and words for them in English and Japanese.
pub(in crate::report) trait Said {
    /// Returns the words in English and Japanese. English is how it writes itself, but for names of options, which whoever runs the
    /// program reads and a reader of the report does not.
    fn said(&self) -> [String; 2];
}

impl Languages {
    /// Returns what is said in these languages.
    pub(in crate::report) fn saying(&self, said: &impl Said) -> Bilingual {
        let [en, ja] = said.said();
        self.text(&super::shown(&en), &super::shown(&ja))
    }

    /// Returns several things said; those of a result of an earlier version, which has no codes, as they are written there.
    pub(in crate::report) fn sayings<S: Said>(&self, written: &[String], coded: &[S]) -> Vec<Bilingual> {
        if coded.len() == written.len() {
            coded.iter().map(|said| self.saying(said)).collect()
        } else {
            written.iter().map(|text| self.as_written(text)).collect()
        }
    }

    /// Returns a value in English and Japanese, with its numbers as the page writes them.
    pub(in crate::report) fn values(&self, en: &str, ja: &str) -> Bilingual {
        self.text(&super::shown(en), &super::shown(ja))
    }

    /// Returns several things said in a line.
    pub(in crate::report) fn joined<S: Said>(&self, coded: &[S]) -> Bilingual {
        let (en, ja): (Vec<_>, Vec<_>) = coded.iter().map(|s| <(String, String)>::from(s.said())).unzip();
        self.text(&super::shown(&en.join("; ")), &super::shown(&ja.join("；")))
    }

    /// Returns a name, a number or a text of an earlier version: the same in every language.
    pub(in crate::report) fn as_written(&self, text: &str) -> Bilingual {
        let text = super::shown(text);
        self.text(&text, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::typography;
    use super::Said;
    use crate::evidence::{CountsNote, FileOddity, SpanOddity, Warning};
    use crate::text::Examples;

    /// Everything that is said by code with values, in both languages.
    fn sayings() -> Vec<[String; 2]> {
        fn of<S: Said + Examples>() -> impl Iterator<Item = [String; 2]> {
            S::examples().into_iter().map(|said| said.said())
        }
        let files = FileOddity::examples().into_iter().map(|oddity| Warning::OddFile {
            oddity,
            times: 2,
            first: None,
        });
        let spans = SpanOddity::examples()
            .into_iter()
            .map(|oddity| Warning::OddSpans {
                oddity,
                records: 2,
                first: "chr2:7".to_owned(),
            });
        of::<crate::karyotype::KaryotypeNote>()
            .chain(of::<crate::transcript::ConsequenceNote>())
            .chain(of::<crate::genome::WrittenEvent>())
            .chain(of::<crate::genome::BuildSource>())
            .chain(of::<crate::genome::BuildDoubt>())
            .chain(of::<CountsNote>())
            .chain(of::<Warning>())
            .chain(files.chain(spans).map(|warning| warning.said()))
            .collect()
    }

    /// Each value of an example stands in both languages, and so does what is said of it.
    #[test]
    fn what_is_said_by_code_is_said_in_both_languages() {
        let all = sayings();
        assert!(all.len() > 100, "{}", all.len());
        for [en, ja] in all {
            // A problem in words of a library or of a file stands as it is.
            let is_as_written = en == "q7" && ja == "q7";
            assert!(
                is_as_written || ja.contains(typography::is_japanese),
                "{en:?} {ja:?}"
            );
            assert!(!en.is_empty() && !en.contains(typography::is_japanese), "{en}");
            for value in ["q7", "Z", "GRCh38"] {
                assert_eq!(en.contains(value), ja.contains(value), "{en}: {ja}");
            }
            for option in ["--build", "--reference", "--primers"] {
                assert!(!en.contains(option) && !ja.contains(option), "{en}: {ja}");
            }
        }
    }

    /// Words are found by code: a text that is looked into for its words is one that somebody rewrites some day.
    #[test]
    fn no_sentence_is_looked_into() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/words");
        let looks = [
            "starts_with",
            "ends_with",
            "strip_prefix",
            "strip_suffix",
            "contains",
            "split_once",
            "find",
            "replace",
            "replacen",
        ];
        for entry in std::fs::read_dir(root).unwrap() {
            let file = entry.unwrap().path();
            let text = std::fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            for look in looks {
                for (at, _) in code.match_indices(&format!("{look}(\"")) {
                    let literal = code[at + look.len() + 2..].split('"').next().unwrap();
                    // "1 more genes" is made "1 more gene" from English to English.
                    let is_prose =
                        literal.chars().filter(|c| c.is_alphabetic()).count() > 2 && literal != "more ";
                    assert!(!is_prose, "{}: {look}({literal:?})", file.display());
                }
            }
        }
    }
}
