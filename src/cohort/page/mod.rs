//! The page of a cohort: one file that asks nothing of the network, in English and Japanese.
//!
//! Its figures are drawn in the browser from data that stand in the page, so that they can be sorted, filtered and saved. Whatever a
//! report or a file name brought stands in the data as JSON, and is put on the page as text.

mod data;
mod words;

use std::io::Write;

use askama::Template;

use super::manifest::Manifest;
use super::summary::Summary;
use crate::report::{Language, Languages, ReportError};
use crate::text;

pub use data::Shown;

#[derive(Template)]
#[template(path = "cohort.html")]
struct Page<'a> {
    languages: &'a [Language],
    first_language: &'static str,
    style: &'static str,
    script: &'static str,
    data: String,
    words: String,
    samples: u32,
    version: &'static str,
}

/// Writes the page of a cohort.
///
/// # Errors
///
/// Where it cannot be written.
pub fn write_page(
    mut writer: impl Write,
    summary: &Summary,
    shown: &Shown,
    manifest: &Manifest,
    languages: &Languages,
) -> Result<(), ReportError> {
    let page = Page {
        languages: languages.list(),
        first_language: languages.first().code(),
        style: include_str!("../../../templates/cohort.css"),
        script: include_str!("../../../templates/cohort.js"),
        data: in_script(&data::json(summary, shown, manifest)?),
        words: in_script(&words::json()?),
        samples: summary.samples,
        version: env!("CARGO_PKG_VERSION"),
    };
    writer
        .write_all(text::page(&page.render()?).as_bytes())
        .and_then(|()| writer.flush())
        .map_err(ReportError::Write)
}

/// Returns JSON that may stand in a script: nothing in it ends the script or begins another element.
fn in_script(json: &str) -> String {
    text::json(json)
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::member::{Known, State};
    use super::super::summary::Totals;
    use super::super::tests_support::{gene, member};
    use super::*;
    use crate::report::read::Basis;

    fn page(names: &[&str]) -> String {
        let mut totals = Totals::new(vec!["TET2".to_owned()]);
        let mut shown = Shown::default();
        for name in names {
            let mut member = member(name, vec![gene(State::Driver, Known::Shown)]);
            member.page = Some("../r/%3Cb%3E.html".to_owned());
            totals.add(&member);
            shown.add(&member);
        }
        let basis = Basis::of_fields(|field| Some(field.to_owned())).unwrap();
        let manifest = Manifest::new(&basis, vec!["TET2".to_owned()], vec![]);
        let mut page = Vec::new();
        write_page(
            &mut page,
            &totals.summary(|_| Ok::<(), ()>(())).unwrap(),
            &shown,
            &manifest,
            &Languages::default(),
        )
        .unwrap();
        String::from_utf8(page).unwrap()
    }

    #[test]
    fn names_cannot_break_out_of_the_data() {
        let page = page(&[
            "</script><script>alert(1)</script>",
            "a\u{202e}b",
            "<!--",
            "{{ version }}",
        ]);
        assert_eq!(
            page.matches("</script>").count(),
            3,
            "data, words and the program"
        );
        assert!(!page.contains("alert(1)</script>") && !page.contains("<!--") && !page.contains('\u{202e}'));
        let data = page
            .split("id=\"data\">")
            .nth(1)
            .unwrap()
            .split("</script>")
            .next()
            .unwrap();
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        let names: BTreeSet<_> = data["samples"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s["n"].as_str().unwrap())
            .collect();
        let expected = BTreeSet::from([
            "</script><script>alert(1)</script>",
            "a\u{202e}b",
            "<!--",
            "{{ version }}",
        ]);
        assert_eq!(names, expected);
    }

    #[test]
    fn nothing_is_asked_of_the_network() {
        let page = page(&["S1"]);
        for word in [
            "http://",
            "https://",
            "src=",
            "@import",
            "fetch(",
            "XMLHttpRequest",
            "innerHTML",
        ] {
            let allowed = page.matches("http://www.w3.org/2000/svg").count();
            let found = page.matches(word).count() - if word == "http://" { allowed } else { 0 };
            assert_eq!(found, 0, "{word}");
        }
        assert_eq!(page.matches("url(").count(), page.matches("url(#hatch)").count());
        assert!(page.contains("default-src 'none'"));
    }
}
