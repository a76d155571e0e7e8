//! What every view of the page is made from, and the small things that views share.

use crate::report::words::{Bilingual, Label, Languages};
use crate::sample::SampleResult;

/// A name and a value of a list of facts.
pub(super) struct Pair {
    pub(super) name: Bilingual,
    pub(super) value: Bilingual,
}

/// A reference to the list of sources: its number, or the key where the list does not hold it.
pub(super) struct Cite {
    pub(super) number: Option<usize>,
    pub(super) key: String,
}

/// What every view is made from.
pub(super) struct Context<'a> {
    pub(super) result: &'a SampleResult,
    pub(super) languages: &'a Languages,
}

impl Context<'_> {
    pub(super) fn label(&self, value: &impl Label) -> Bilingual {
        self.languages.say(value.label())
    }

    pub(super) fn cite(&self, key: &str) -> Cite {
        Cite {
            number: self.result.sources.get_index_of(key).map(|index| index + 1),
            key: key.to_owned(),
        }
    }

    pub(super) fn same(&self, text: &str) -> Bilingual {
        self.languages.text(text, text)
    }
}
