//! `changes.html`: what changed, for people.

use std::io::Write;

use askama::Template;

use super::output::ChangesTold;
use super::{ChangeKind, FieldChange};
use crate::report::ReportError;
use crate::report::words::{
    Bilingual, CompareWords, Language, Languages, Phrase, compare_phrases as phrases,
};
use crate::text;

/// Rows of a table that the page shows.
const ROWS: usize = 2_000;

/// Characters of a value that the page shows.
const SHOWN: usize = 120;

#[derive(Template)]
#[template(path = "changes.html")]
struct Page<'a> {
    w: CompareWords,
    languages: &'a [Language],
    first_language: &'static str,
    samples: usize,
    answer: Bilingual,
    is_changed: bool,
    counting: Vec<Row<'a>>,
    more: Option<Bilingual>,
    other: Vec<Row<'a>>,
    version: &'static str,
}

struct Row<'a> {
    sample: &'a str,
    kind: Bilingual,
    section: &'a str,
    item: &'a str,
    field: &'a str,
    before: String,
    after: String,
    difference: String,
}

impl ChangesTold {
    /// Writes `changes.html`.
    pub fn write_html(&self, mut writer: impl Write, languages: &Languages) -> Result<(), ReportError> {
        let page = Page::new(self, languages).render()?;
        writer
            .write_all(text::page(&page).as_bytes())
            .and_then(|()| writer.flush())
            .map_err(ReportError::Write)
    }
}

impl<'a> Page<'a> {
    fn new(told: &'a ChangesTold, languages: &'a Languages) -> Self {
        let (counting, other): (Vec<&FieldChange>, Vec<_>) =
            told.changes.iter().partition(|c| c.kind.counts());
        let all = told.samples.len().to_string();
        let answer = if counting.is_empty() {
            languages.fill(phrases::unchanged, &[("n", &all)])
        } else {
            let (n, fields) = (
                told.changed_samples().len().to_string(),
                counting.len().to_string(),
            );
            languages.fill(phrases::changed, &[("n", &n), ("all", &all), ("fields", &fields)])
        };
        let more = counting.len().saturating_sub(ROWS);
        Self {
            w: CompareWords::new(languages),
            languages: languages.list(),
            first_language: languages.first().code(),
            samples: told.samples.len(),
            answer,
            is_changed: !counting.is_empty(),
            more: (more > 0).then(|| languages.fill(phrases::more_changes, &[("n", &more.to_string())])),
            counting: counting
                .into_iter()
                .take(ROWS)
                .map(|c| Row::new(c, languages))
                .collect(),
            other: other
                .into_iter()
                .take(ROWS)
                .map(|c| Row::new(c, languages))
                .collect(),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

const fn kind_words(kind: ChangeKind) -> Phrase {
    match kind {
        ChangeKind::Changed => phrases::differs,
        ChangeKind::Added => phrases::added,
        ChangeKind::Removed => phrases::removed,
        ChangeKind::SampleMissing => phrases::sample_missing,
        ChangeKind::SampleAdded => phrases::sample_added,
        ChangeKind::Provenance => phrases::provenance,
        ChangeKind::Tolerated => phrases::tolerated,
    }
}

impl<'a> Row<'a> {
    fn new(change: &'a FieldChange, languages: &Languages) -> Self {
        let value = |value: &Option<String>| {
            value
                .as_deref()
                .map_or_else(|| "–".to_owned(), |v| text::beginning(v, SHOWN).into_owned())
        };
        Self {
            sample: &change.sample,
            kind: languages.say(kind_words(change.kind)),
            section: &change.section,
            item: &change.item,
            field: &change.field,
            before: value(&change.before),
            after: value(&change.after),
            difference: change.difference.map_or_else(String::new, |d| format!("{d:+.6}")),
        }
    }
}
