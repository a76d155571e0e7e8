//! What was odd about an input but could be read: one line a kind, with a count and the first example.

use std::collections::BTreeMap;

use super::error::shown;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
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
    BuildOnTrust,
    TooFewSampleFields,
    Quality,
}

impl Kind {
    const fn text(self) -> &'static str {
        match self {
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
            Self::BuildOnTrust => "genome build",
            Self::TooFewSampleFields => "sample cells with more fields than FORMAT names",
            Self::Quality => {
                "values of QUAL that are no numbers (nothing here depends on them; the line may be damaged)"
            }
        }
    }
}

/// Warnings by kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Warnings {
    found: BTreeMap<Kind, (u64, String)>,
}

impl Warnings {
    /// Adds a warning; an example is cut where it is text of the file, but not where it is a sentence of ours, which ends in what
    /// matters.
    pub(super) fn add(&mut self, kind: Kind, example: &str) {
        let is_ours = matches!(kind, Kind::StaleIndex | Kind::BadIndex | Kind::BuildOnTrust);
        let example = || {
            if is_ours {
                example.to_owned()
            } else {
                shown(example)
            }
        };
        let entry = self.found.entry(kind).or_insert_with(|| (0, example()));
        entry.0 += 1;
    }

    /// Returns the first example of a kind.
    pub(super) fn example(&self, kind: Kind) -> Option<&str> {
        self.found.get(&kind).map(|(_, example)| example.as_str())
    }

    /// Returns one sentence a kind.
    pub(super) fn lines(&self) -> Vec<String> {
        self.found
            .iter()
            .map(|(kind, (count, example))| match (count, example.is_empty()) {
                (1, true) => kind.text().to_owned(),
                (1, false) => format!("{}: {example:?}", kind.text()),
                (n, true) => format!("{} ({n} times)", kind.text()),
                (n, false) => format!("{} ({n} times, first {example:?})", kind.text()),
            })
            .collect()
    }
}
