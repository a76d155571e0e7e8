//! The page of `score plasma-cell`: one section a patient.

use std::io::Write;

use askama::Template;

use super::plasma::PlasmaView;
use super::sources::{Registry, SourceView};
use crate::plasma_cell::PlasmaResult;
use crate::report::ReportError;
use crate::report::words::{ClinicalWords, FirstWords, Language, Languages, Words};
use crate::text;

/// The page of a table of patients.
#[derive(Template)]
#[template(path = "plasma-page.html")]
struct PlasmaPage<'a> {
    w: Words,
    c: ClinicalWords,
    f: FirstWords,
    languages: &'a [Language],
    first_language: &'static str,
    patients: Vec<PlasmaView>,
    sources: Vec<SourceView>,
    version: &'static str,
}

/// Writes the page of `score plasma-cell`: one section a patient, in the order of the table.
pub fn write_plasma_html(
    mut writer: impl Write,
    results: &[PlasmaResult],
    languages: &Languages,
) -> Result<(), ReportError> {
    let registry = Registry::default();
    let patients = results
        .iter()
        .enumerate()
        .map(|(index, r)| PlasmaView::new(&format!("p{}", index + 1), r, languages, &registry))
        .collect();
    let page = PlasmaPage {
        w: Words::new(languages),
        c: ClinicalWords::new(languages),
        f: FirstWords::new(languages),
        languages: languages.list(),
        first_language: languages.first().code(),
        patients,
        sources: registry.list(languages),
        version: env!("CARGO_PKG_VERSION"),
    };
    writer
        .write_all(text::page(&page.render()?).as_bytes())
        .and_then(|()| writer.flush())
        .map_err(ReportError::Write)
}
