//! Options whose values people write in several ways: the build and the sex.

use std::num::NonZeroUsize;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::error::Error;
use clap::{Arg, Command};

use crate::genome::Sex;
use crate::genome::{Build, BuildNameError};

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

/// Reads a number with a decimal point.
pub fn number(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err("write a number with a decimal point, such as 0.02".to_owned()),
    }
}

/// Reads a fraction.
pub fn fraction(text: &str) -> Result<f64, String> {
    match number(text) {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("write a fraction from 0 to 1 with a decimal point, such as 0.02".to_owned()),
    }
}

/// Reads a whole number of the type.
pub fn whole<T: TryFrom<u64>>(text: &str) -> Result<T, String> {
    let number = text.parse::<u64>().ok().and_then(|n| T::try_from(n).ok());
    number.ok_or_else(|| {
        let most = 8 * size_of::<T>();
        let most = u64::MAX >> (64 - most.min(64));
        format!("write a whole number from 0 to {most}")
    })
}

/// Reads a number of threads.
pub fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .map_err(|_| "write a whole number from 1 on, or leave it out to use what there is".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_told_in_plain_words() {
        assert_eq!((number("0.02"), whole::<u8>("255")), (Ok(0.02), Ok(255)));
        assert_eq!(threads("3").unwrap().get(), 3);
        let errors = [
            number("0,02").unwrap_err(),
            number("inf").unwrap_err(),
            fraction("2").unwrap_err(),
            whole::<u8>("256").unwrap_err(),
            whole::<u32>("-1").unwrap_err(),
            whole::<u32>("1.5").unwrap_err(),
            threads("0").unwrap_err(),
            threads("all").unwrap_err(),
        ];
        assert!(errors.iter().all(|e| e.starts_with("write a ")), "{errors:?}");
        assert!(errors[3].ends_with("from 0 to 255") && errors[4].ends_with("4294967295"));
    }

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
