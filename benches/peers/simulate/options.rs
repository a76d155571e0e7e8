//! `--name value` pairs of the command line, each used at most once and none left over.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::Failure;

/// The options as typed.
pub struct Options(BTreeMap<String, String>);

impl Options {
    /// Reads `--name value` pairs; `--name` before another option, or at the end, is a switch.
    pub fn read(words: &[String]) -> Result<Self, Failure> {
        let mut options = BTreeMap::new();
        let mut rest = words.iter().peekable();
        while let Some(word) = rest.next() {
            let Some(name) = word.strip_prefix("--") else {
                return Err(Failure(format!(
                    "`{word}`: options are written `--name value`; try `help`"
                )));
            };
            let value = rest.next_if(|next| !next.starts_with("--"));
            let value = value.map_or_else(|| "yes".to_owned(), Clone::clone);
            if options.insert(name.to_owned(), value).is_some() {
                return Err(Failure(format!("--{name} is given twice")));
            }
        }
        Ok(Self(options))
    }

    pub fn text(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }

    pub fn required(&mut self, name: &str) -> Result<String, Failure> {
        self.text(name)
            .ok_or_else(|| Failure(format!("--{name} is missing; try `help`")))
    }

    pub fn switch(&mut self, name: &str) -> bool {
        self.0.remove(name).is_some()
    }

    pub fn value<T: FromStr>(&mut self, name: &str, default: T) -> Result<T, Failure> {
        self.text(name).map_or(Ok(default), |text| {
            text.parse()
                .map_err(|_| Failure(format!("--{name} {text}: not a value of this option")))
        })
    }

    /// A probability or fraction.
    pub fn fraction(&mut self, name: &str, default: f64) -> Result<f64, Failure> {
        let value: f64 = self.value(name, default)?;
        if (0.0..=1.0).contains(&value) {
            return Ok(value);
        }
        Err(Failure(format!("--{name} {value}: must lie between 0 and 1")))
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, name: &str, choices: &[(&str, T)], default: T) -> Result<T, Failure> {
        let Some(text) = self.text(name) else {
            return Ok(default);
        };
        choices
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, value)| *value)
            .ok_or_else(|| {
                let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
                Failure(format!("--{name} {text}: one of {}", words.join(", ")))
            })
    }

    /// Fails if anything typed has not been asked for: a misspelled option must not be ignored.
    pub fn finish(self) -> Result<(), Failure> {
        match self.0.into_keys().next() {
            None => Ok(()),
            Some(name) => Err(Failure(format!("--{name} is not an option here; try `help`"))),
        }
    }
}
