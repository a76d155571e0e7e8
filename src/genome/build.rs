use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A human genome build that the panel has coordinates for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Build {
    /// GRCh37, also called hg19, b37 or hs37d5.
    #[serde(rename = "GRCh37")]
    Grch37,
    /// GRCh38, also called hg38.
    #[serde(rename = "GRCh38")]
    Grch38,
}

impl Build {
    /// Both builds, oldest first.
    pub const ALL: [Self; 2] = [Self::Grch37, Self::Grch38];

    /// Returns the name used in every output, for example `GRCh38`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Grch37 => "GRCh37",
            Self::Grch38 => "GRCh38",
        }
    }
}

impl fmt::Display for Build {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no build.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("build {0:?} is neither grch37 nor grch38")]
pub struct BuildNameError(String);

impl FromStr for Build {
    type Err = BuildNameError;

    /// Reads the name that options take, without regard to case.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|build| build.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| BuildNameError(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_names_that_options_take() {
        assert_eq!("grch37".parse(), Ok(Build::Grch37));
        assert_eq!("GRCh38".parse(), Ok(Build::Grch38));
        let error = "hg19".parse::<Build>().unwrap_err().to_string();
        assert_eq!(error, "build \"hg19\" is neither grch37 nor grch38");
    }
}
