//! The page of `score plasma-cell`: one section a patient.

use std::io::Write;

use askama::Template;

use super::plasma::PlasmaView;
use crate::plasma_cell::PlasmaResult;
use crate::report::ReportError;
use crate::report::words::{ClinicalWords, Language, Languages, Words};
use crate::text;

/// The page of a table of patients.
#[derive(Template)]
#[template(path = "plasma-page.html")]
struct PlasmaPage<'a> {
    w: Words,
    c: ClinicalWords,
    languages: &'a [Language],
    first_language: &'static str,
    patients: Vec<PlasmaView>,
    version: &'static str,
}

/// Writes the page of `score plasma-cell`: one section a patient, in the order of the table.
pub fn write_plasma_html(
    mut writer: impl Write,
    results: &[PlasmaResult],
    languages: &Languages,
) -> Result<(), ReportError> {
    let page = PlasmaPage {
        w: Words::new(languages),
        c: ClinicalWords::new(languages),
        languages: languages.list(),
        first_language: languages.first().code(),
        patients: results
            .iter()
            .enumerate()
            .map(|(index, r)| PlasmaView::new(&format!("p{}", index + 1), r, languages))
            .collect(),
        version: env!("CARGO_PKG_VERSION"),
    };
    writer
        .write_all(text::page(&page.render()?).as_bytes())
        .and_then(|()| writer.flush())
        .map_err(ReportError::Write)
}
