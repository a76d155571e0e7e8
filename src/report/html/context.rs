//! What every view of the page is made from, and the small things that views share.

use super::sources::{Cite, Registry};
use crate::report::words::{Bilingual, Label, Languages};
use crate::sample::SampleResult;

/// A name and a value of a list of facts.
pub(super) struct Pair {
    pub(super) name: Bilingual,
    pub(super) value: Bilingual,
}

/// What every view is made from.
pub(super) struct Context<'a> {
    pub(super) result: &'a SampleResult,
    pub(super) languages: &'a Languages,
    pub(super) sources: &'a Registry,
}

impl Context<'_> {
    pub(super) fn label(&self, value: &impl Label) -> Bilingual {
        self.languages.say(value.label())
    }

    /// Cites a source of the panel by its key; a key that its table does not hold stands for itself.
    pub(super) fn cite(&self, key: &str) -> Cite {
        let unknown = || crate::sample::SourceRecord {
            citation: key.to_owned(),
            doi: None,
        };
        match self.result.sources.get(key) {
            Some(source) => self.sources.record(source),
            None => self.sources.record(&unknown()),
        }
    }

    pub(super) fn same(&self, text: &str) -> Bilingual {
        self.languages.text(text, text)
    }

    /// A name as a stranger wrote it, kept apart from the direction of the text around it.
    pub(super) fn name(&self, text: &str) -> Bilingual {
        self.languages.name(text)
    }
}
