use std::fmt;

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
