//! The files of a comparison, each of any writer: tables, JSON, JUnit.

use std::fmt::Write as _;
use std::io::Write;

use serde_json::{Map, Value, json};

use super::evaluate::{ComparedChange, Comparison};
use super::metrics::{Figures, Stratum};
use super::requirement::Verdict;
use super::rows::{COMPARISON_VERSION, ChangeRow, MetricRow, RequirementRow};
use crate::report::ReportError;
use crate::report::table::{Row, write_table};
use crate::text;

/// A comparison as it is reported: with the parts that figures are told of, and what became of the requirements.
#[derive(Debug)]
pub struct Told {
    /// What was found.
    pub comparison: Comparison,
    /// Parts with their figures; those with nothing in them are left out.
    pub metrics: Vec<(Stratum, Figures)>,
    /// The requirements.
    pub verdicts: Vec<Verdict>,
}

impl Told {
    /// Counts the figures.
    pub fn new(comparison: Comparison, bins: &[f64], verdicts: Vec<Verdict>) -> Self {
        let strata = Stratum::all(&comparison, bins);
        let metrics = strata
            .into_iter()
            .filter_map(|stratum| Some((stratum.clone(), Figures::of(&comparison, &stratum)?)))
            .collect();
        Self {
            comparison,
            metrics,
            verdicts,
        }
    }

    /// Writes `comparison.tsv`: a row each change.
    pub fn write_changes(&self, writer: impl Write) -> Result<(), ReportError> {
        write_table(writer, self.comparison.changes.iter().map(ChangeRow::new))
    }

    /// Writes `metrics.tsv`: a row each part.
    pub fn write_metrics(&self, writer: impl Write) -> Result<(), ReportError> {
        write_table(
            writer,
            self.metrics
                .iter()
                .map(|(stratum, figures)| MetricRow::new(stratum, figures)),
        )
    }

    /// Writes `comparison.json`: everything, the changes last, a line each.
    pub fn write_json(&self, mut writer: impl Write) -> Result<(), ReportError> {
        let comparison = &self.comparison;
        let verdicts: Vec<Value> = self
            .verdicts
            .iter()
            .map(|v| object(&RequirementRow::new(v)))
            .collect();
        let value = json!({
            "schema_version": COMPARISON_VERSION,
            "program": {"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")},
            "truth": comparison.truth,
            "samples": comparison.samples,
            "samples_not_observed": comparison.absent,
            "truth_lists_all": comparison.is_complete,
            "outside": comparison.outside,
            "requirements": verdicts,
            "metrics": self.metrics.iter().map(|(s, f)| object(&MetricRow::new(s, f))).collect::<Vec<_>>(),
            "warnings": comparison.warnings,
        });
        let head = serde_json::to_string_pretty(&value)?;
        let mut write = |text: &str| writer.write_all(text.as_bytes()).map_err(ReportError::Write);
        // One at a time: a genome has millions.
        write(&text::json(head.trim_end_matches("\n}")))?;
        write(",\n  \"changes\": [")?;
        let mut before = "\n    ";
        for change in &comparison.changes {
            let row = serde_json::to_string(&object(&ChangeRow::new(change)))?;
            write(before)?;
            write(&text::json(&row))?;
            before = ",\n    ";
        }
        write("\n  ]\n}\n")?;
        writer.flush().map_err(ReportError::Write)
    }

    /// Returns what speaks against a requirement, in words: a line each.
    pub fn against(&self, verdict: &Verdict) -> Vec<String> {
        let changes = verdict
            .against
            .iter()
            .filter_map(|i| self.comparison.changes.get(*i));
        changes.map(in_words).collect()
    }

    /// Writes the requirements for a CI (JUnit XML): a test case each; without any, a test case each change of the truth.
    pub fn write_junit(&self, writer: impl Write) -> Result<(), ReportError> {
        let cases: Vec<Case> = if self.verdicts.is_empty() {
            let changes = self.comparison.changes.iter();
            changes.map(Case::of_change).collect()
        } else {
            self.verdicts
                .iter()
                .map(|verdict| Case::of_verdict(self, verdict))
                .collect()
        };
        write_cases(writer, &cases)
    }
}

/// Says a change in words, for a message.
fn in_words(change: &ComparedChange) -> String {
    let mut text = format!("{} {}:", change.outcome.name(), change.sample);
    for part in [&change.gene, &change.name].into_iter().flatten() {
        let _ = write!(text, " {part}");
    }
    let _ = write!(text, " {}", change.change.key());
    for (what, vaf) in [("true", change.truth_vaf), ("observed", change.observed_vaf)] {
        if let Some(vaf) = vaf {
            let _ = write!(text, ", {what} VAF {vaf:.4}");
        }
    }
    for why in &change.why {
        let _ = write!(text, ", {}", why.text());
    }
    text
}

/// Returns a row as an object: columns by name.
pub(super) fn object<R: Row>(row: &R) -> Value {
    let names = R::COLUMNS.iter().map(|column| column.name.to_owned());
    let values = row.values();
    Value::Object(
        names
            .zip(values.iter().map(crate::report::value::Value::json))
            .collect::<Map<_, _>>(),
    )
}

/// A test case of a CI.
#[derive(Debug)]
pub(super) struct Case {
    /// What it is part of.
    pub class: String,
    pub name: String,
    /// What it came to.
    pub result: CaseResult,
}

/// What a test case came to.
#[derive(Debug)]
pub(super) enum CaseResult {
    Passed,
    /// A sentence, and lines of detail.
    Failed(String, Vec<String>),
    Skipped(String),
}

impl Case {
    fn of_verdict(told: &Told, verdict: &Verdict) -> Self {
        let value = verdict
            .value
            .map_or_else(|| "nothing to tell it of".to_owned(), |v| format!("{v:.6}"));
        Self {
            class: "hemoclone.compare".to_owned(),
            name: verdict.requirement.clone(),
            result: if verdict.is_met {
                CaseResult::Passed
            } else {
                CaseResult::Failed(format!("not met: {value}"), told.against(verdict))
            },
        }
    }

    fn of_change(change: &ComparedChange) -> Self {
        use super::evaluate::Outcome;
        let words = in_words(change);
        let reasons = || {
            change
                .why
                .iter()
                .map(super::evaluate::Why::text)
                .collect::<Vec<_>>()
                .join(", ")
        };
        Self {
            class: change.sample.clone(),
            name: words
                .split_once(": ")
                .map_or(words.clone(), |(_, name)| name.to_owned()),
            result: match change.outcome {
                Outcome::Found => CaseResult::Passed,
                Outcome::Missed | Outcome::False => {
                    CaseResult::Failed(change.outcome.name().to_owned(), vec![words])
                }
                Outcome::NotAssessed => CaseResult::Skipped(format!("not assessed: {}", reasons())),
                Outcome::Extra => CaseResult::Skipped("not listed by the truth".to_owned()),
            },
        }
    }
}

/// Writes test cases as one suite.
pub(super) fn write_cases(mut writer: impl Write, cases: &[Case]) -> Result<(), ReportError> {
    let count = |is: fn(&CaseResult) -> bool| cases.iter().filter(|c| is(&c.result)).count();
    let failed = count(|r| matches!(r, CaseResult::Failed(..)));
    let skipped = count(|r| matches!(r, CaseResult::Skipped(_)));
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let counts = format!(
        "tests=\"{}\" failures=\"{failed}\" errors=\"0\" skipped=\"{skipped}\"",
        cases.len()
    );
    // Writing to a String cannot fail.
    let _ = writeln!(
        xml,
        "<testsuites {counts}>\n<testsuite name=\"hemoclone compare\" {counts}>"
    );
    for case in cases {
        let (class, name) = (escaped(&case.class), escaped(&case.name));
        let _ = write!(xml, "<testcase classname=\"{class}\" name=\"{name}\"");
        let _ = match &case.result {
            CaseResult::Passed => writeln!(xml, "/>"),
            CaseResult::Failed(message, lines) => {
                let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
                let message = escaped(message);
                writeln!(
                    xml,
                    ">\n<failure message=\"{message}\">{}</failure>\n</testcase>",
                    lines.join("\n")
                )
            }
            CaseResult::Skipped(message) => {
                writeln!(xml, ">\n<skipped message=\"{}\"/>\n</testcase>", escaped(message))
            }
        };
    }
    xml.push_str("</testsuite>\n</testsuites>\n");
    writer
        .write_all(xml.as_bytes())
        .and_then(|()| writer.flush())
        .map_err(ReportError::Write)
}

/// Escapes text for an attribute or an element; what XML cannot hold is written as on a terminal.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text::terminal(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_stay_text_in_xml() {
        let case = Case {
            class: "<S>&\"'".to_owned(),
            name: "a\u{1b}[31m\u{0}\u{ffff}".to_owned(),
            result: CaseResult::Failed("]]>".to_owned(), vec!["<b>".to_owned()]),
        };
        let mut out = Vec::new();
        write_cases(&mut out, &[case]).unwrap();
        let xml = String::from_utf8(out).unwrap();
        assert!(
            xml.contains("classname=\"&lt;S&gt;&amp;&quot;&apos;\" name=\"a\\u{1b}[31m\\u{0}\u{fffd}\""),
            "{xml}"
        );
        assert!(
            xml.contains("<failure message=\"]]&gt;\">&lt;b&gt;</failure>"),
            "{xml}"
        );
        assert!(xml.contains("tests=\"1\" failures=\"1\""), "{xml}");
    }
}
