//! `<person>.serial.html`: one self-contained page, in English and Japanese, that runs no script and asks nothing of the network.

use std::collections::HashMap;
use std::io::Write;

use askama::Template;

use super::result::SerialResult;
use crate::report::ReportError;
use crate::report::over_time::{CloneView, OverTime, OverTimeView, SOURCES};
use crate::report::words::{
    Bilingual, Label, Language, Languages, SerialWords, Words, serial_phrases as phrases,
};
use crate::sample::over_time::{PairRecord, VisitRecord};
use crate::text;

/// The page.
#[derive(Template)]
#[template(path = "serial.html")]
struct SerialPage<'a> {
    w: Words,
    s: SerialWords,
    languages: &'a [Language],
    first_language: &'static str,
    title: String,
    person: Bilingual,
    facts: Vec<Bilingual>,
    /// What pages of several visits share.
    o: OverTimeView,
    pairs: Vec<(Bilingual, Bilingual)>,
    sources: [(&'static str, Option<&'static str>); 5],
    version: &'static str,
}

/// Writes the page of a person.
///
/// # Errors
///
/// Where it cannot be made or written.
pub fn write_serial_html(
    mut writer: impl Write,
    result: &SerialResult,
    languages: &Languages,
) -> Result<(), ReportError> {
    let page = SerialPage::new(result, languages).render()?;
    writer
        .write_all(text::page(&page).as_bytes())
        .and_then(|()| writer.flush())
        .map_err(ReportError::Write)
}

impl<'a> SerialPage<'a> {
    fn new(result: &'a SerialResult, languages: &'a Languages) -> Self {
        Self {
            w: Words::new(languages),
            s: SerialWords::new(languages),
            languages: languages.list(),
            first_language: languages.first().code(),
            title: result.person.clone(),
            person: languages.name(&result.person),
            facts: facts(result, languages),
            o: OverTimeView::new(
                &OverTime {
                    noise: &result.noise,
                    visits: &result.visits,
                    clones: &result.clones,
                    changes: &result.changes,
                    warnings: &result.warnings,
                },
                languages,
            ),
            pairs: pairs(result, languages),
            sources: SOURCES,
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

fn facts(result: &SerialResult, languages: &Languages) -> Vec<Bilingual> {
    let (first, last) = (result.visits.first(), result.visits.last());
    let date = |visit: Option<&VisitRecord>| visit.map(|v| v.date.to_string()).unwrap_or_default();
    let n = result.visits.len().to_string();
    let visits = [("n", n.as_str()), ("from", &date(first)), ("to", &date(last))];
    let mut facts = vec![languages.fill(phrases::visits_n, &visits)];
    facts.extend(result.sex.map(|sex| languages.say(sex.label())));
    facts.push(languages.text(result.build.name(), result.build.name()));
    facts
}

/// Pairs that are listed; the table of pairs has all.
const LISTED: usize = 60;

fn pairs(result: &SerialResult, languages: &Languages) -> Vec<(Bilingual, Bilingual)> {
    let names: HashMap<&str, String> = result
        .clones
        .iter()
        .map(|clone| (clone.key.as_str(), CloneView::title(clone)))
        .collect();
    let name = |key: &str| names.get(key).cloned().unwrap_or_else(|| key.to_owned());
    let view = |pair: &PairRecord| {
        let both = format!("{} · {}", name(&pair.first), name(&pair.second));
        (languages.name(&both), languages.say(pair.relation.label()))
    };
    result.pairs.iter().take(LISTED).map(view).collect()
}
