//! What can be odd about a file of variants that could be read.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was odd about a file of variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "its sentence says what it is")]
pub enum FileOddity {
    HeaderLine,
    NoFileformat,
    DuplicateSample,
    TrailingTab,
    UndeclaredContig,
    UndeclaredInfo,
    UndeclaredFormat,
    UndeclaredFilter,
    BlankLine,
    HeaderInBody,
    NotUtf8,
    NoFinalNewline,
    StaleIndex,
    BadIndex,
    TooFewSampleFields,
    Quality,
}

impl FileOddity {
    /// Every one.
    pub const ALL: [Self; 16] = [
        Self::HeaderLine,
        Self::NoFileformat,
        Self::DuplicateSample,
        Self::TrailingTab,
        Self::UndeclaredContig,
        Self::UndeclaredInfo,
        Self::UndeclaredFormat,
        Self::UndeclaredFilter,
        Self::BlankLine,
        Self::HeaderInBody,
        Self::NotUtf8,
        Self::NoFinalNewline,
        Self::StaleIndex,
        Self::BadIndex,
        Self::TooFewSampleFields,
        Self::Quality,
    ];
}

impl fmt::Display for FileOddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HeaderLine => "header lines that cannot be read were skipped",
            Self::NoFileformat => "the first line is not ##fileformat=VCF…",
            Self::DuplicateSample => "two sample columns have the same name",
            Self::TrailingTab => "tabs behind the last column of the #CHROM line make no sample",
            Self::UndeclaredContig => "contigs without a ##contig line",
            Self::UndeclaredInfo => "INFO fields that the header does not declare",
            Self::UndeclaredFormat => "FORMAT fields that the header does not declare",
            Self::UndeclaredFilter => "filters that the header does not declare",
            Self::BlankLine => "blank lines were skipped",
            Self::HeaderInBody => "header lines between the records were skipped",
            Self::NotUtf8 => "INFO fields that are not UTF-8 were read with replacement characters",
            Self::NoFinalNewline => "the last line has no line end: the file may be cut short",
            Self::StaleIndex => {
                "the index is older than the file, so the whole file was read: index it again"
            }
            Self::BadIndex => "the index could not be used, so the whole file was read: index it again",
            Self::TooFewSampleFields => "sample cells with more fields than FORMAT names",
            Self::Quality => {
                "values of QUAL that are no numbers (nothing here depends on them; the line may be damaged)"
            }
        })
    }
}
