//! Options whose values people write in several ways: the build and the sex.

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::error::Error;
use clap::{Arg, Command};

use crate::genome::{Build, BuildNameError};
use crate::sample::Sex;

/// Reads a value as its one name; help and completion show the names, more spellings are understood.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    names: &'static [&'static str],
    read: fn(String) -> Result<String, String>,
}

/// Returns the reader of a genome build: `grch37` of GRCh37, hg19, b37 and the like.
pub const fn build() -> Named {
    Named {
        names: &["grch37", "grch38"],
        read: |text| {
            let build: Build = text.parse().map_err(|e: BuildNameError| e.to_string())?;
            Ok(build.name().to_lowercase())
        },
    }
}

/// Returns the reader of a sex: `female` of F, woman, 女性 and the like.
pub const fn sex() -> Named {
    Named {
        names: &["female", "male"],
        read: |text| match Sex::read(&text) {
            Some(Sex::Female) => Ok("female".to_owned()),
            Some(Sex::Male) => Ok("male".to_owned()),
            None => Err("write female or male, F or M, 女性 or 男性".to_owned()),
        },
    }
}

impl TypedValueParser for Named {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, Error> {
        StringValueParser::new()
            .try_map(self.read)
            .parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.names.iter().map(PossibleValue::new)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_sex_as_people_write_it() {
        for text in ["f", "F", "Female", "女", "女性", "Ｆ", "W"] {
            assert_eq!((sex().read)(text.to_owned()).unwrap(), "female", "{text}");
        }
        for text in ["m", "MALE", "男", "男性"] {
            assert_eq!((sex().read)(text.to_owned()).unwrap(), "male", "{text}");
        }
        assert!((sex().read)("x".to_owned()).is_err());
        assert_eq!((build().read)("hg19".to_owned()).unwrap(), "grch37");
    }
}
