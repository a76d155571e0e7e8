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
#[error("build {0:?} is neither grch37 (hg19, b37) nor grch38 (hg38)")]
pub struct BuildNameError(String);

impl FromStr for Build {
    type Err = BuildNameError;

    /// Reads a name as people write it: `grch37`, `GRCh38.p14`, `hg19`, `b37`, `hs37d5`, `hs38DH`; case, hyphens and underscores
    /// say nothing.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let bare: String = name
            .trim()
            .chars()
            .filter(|c| !matches!(c, '-' | '_' | ' '))
            .flat_map(char::to_lowercase)
            .collect();
        // A patch adds sequences and moves none (Genome Reference Consortium).
        let bare = match bare.rsplit_once(".p") {
            Some((release, patch)) if patch.parse::<u8>().is_ok() => release,
            _ => &bare,
        };
        match bare {
            "grch37" | "hg19" | "b37" | "hs37" | "hs37d5" | "g1kv37" | "humang1kv37" | "grch37lite"
            | "37" => Ok(Self::Grch37),
            "grch38" | "hg38" | "b38" | "hs38" | "hs38d1" | "hs38dh" | "grch38dh" | "38" => Ok(Self::Grch38),
            _ => Err(BuildNameError(name.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_names_that_options_take() {
        assert_eq!("grch37".parse(), Ok(Build::Grch37));
        assert_eq!("GRCh38".parse(), Ok(Build::Grch38));
        for name in [
            "hg19",
            "b37",
            "hs37d5",
            "HG19",
            "GRCh37.p13",
            "human_g1k_v37",
            "37",
        ] {
            assert_eq!(name.parse(), Ok(Build::Grch37), "{name}");
        }
        for name in ["hg38", "b38", "GRCh38.p14", "hs38DH", "GRCH-38", " hg38 "] {
            assert_eq!(name.parse(), Ok(Build::Grch38), "{name}");
        }
        for name in ["hg18", "GRCh39", "grch37.px", "t2t", "", "hg1"] {
            assert!(name.parse::<Build>().is_err(), "{name}");
        }
        let error = "hg18".parse::<Build>().unwrap_err().to_string();
        assert_eq!(
            error,
            "build \"hg18\" is neither grch37 (hg19, b37) nor grch38 (hg38)"
        );
    }
}
