//! The files of what changed: table, JSON, JUnit.

use std::io::Write;

use serde_json::json;

use super::{ChangeKind, FieldChange};
use crate::compare::output::{Case, CaseResult, object, write_cases};
use crate::compare::rows::COMPARISON_VERSION;
use crate::report::ReportError;
use crate::report::table::{table, write_table};
use crate::report::value::Number;
use crate::text;

table! {
    /// One field that differs.
    FieldChangeRow(change: &FieldChange) {
        /// Sample.
        sample: String, "S1" => change.sample.clone();
        /// `changed`, `added`, `removed` (a field, or the whole entry where `field` is empty), `sample_missing`, `sample_added`; `provenance` (who wrote the report) and `tolerated` do not count.
        change: &'static str, "changed" => change.kind.name();
        /// Whether it counts.
        counts: bool, "true" => change.kind.counts();
        /// Part of the report.
        section: Option<String>, "calls" => some(&change.section);
        /// Entry of a list: the variant and gene of a call, a gene, a code.
        item: Option<String>, "GRCh38:chr9:5073770:G:T JAK2" => some(&change.item);
        /// Field, with those that it lies in.
        field: Option<String>, "evidence.vaf" => some(&change.field);
        /// Earlier value as JSON.
        before: Option<String>, "0.05" => change.before.clone();
        /// Value now as JSON.
        after: Option<String>, "0.04" => change.after.clone();
        /// Now less earlier, of numbers.
        difference: Option<Number>, "-0.01" => change.difference.map(Number);
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// What changed between two folders of reports, as it is reported.
#[derive(Clone, Debug, Default)]
pub struct ChangesTold {
    /// Samples of both folders, by name.
    pub samples: Vec<String>,
    /// What differs, by sample, in the order of the reports.
    pub changes: Vec<FieldChange>,
}

impl ChangesTold {
    /// Adds a sample that only one folder holds.
    pub fn only_in_one(&mut self, sample: &str, is_missing: bool) {
        self.samples.push(sample.to_owned());
        self.changes.push(FieldChange {
            sample: sample.to_owned(),
            kind: if is_missing {
                ChangeKind::SampleMissing
            } else {
                ChangeKind::SampleAdded
            },
            section: String::new(),
            item: String::new(),
            field: String::new(),
            before: None,
            after: None,
            difference: None,
        });
    }

    /// Returns what counts.
    pub fn counting(&self) -> impl Iterator<Item = &FieldChange> {
        self.changes.iter().filter(|change| change.kind.counts())
    }

    /// Whether anything changed.
    pub fn is_changed(&self) -> bool {
        self.counting().next().is_some()
    }

    /// Returns the samples of which something counts.
    pub fn changed_samples(&self) -> Vec<&str> {
        let is_changed = |sample: &&str| self.counting().any(|c| c.sample == **sample);
        self.samples
            .iter()
            .map(String::as_str)
            .filter(is_changed)
            .collect()
    }

    /// Says how it stands in a line.
    pub fn summary(&self) -> String {
        let (changed, all) = (self.changed_samples().len(), self.samples.len());
        let (counting, other) = (
            self.counting().count(),
            self.changes.len() - self.counting().count(),
        );
        format!(
            "changed: {changed} of {all} samples, {counting} fields; tolerated or provenance: {other} fields"
        )
    }

    /// Writes `changes.tsv`: a row each field.
    pub fn write_table(&self, writer: impl Write) -> Result<(), ReportError> {
        write_table(writer, self.changes.iter().map(FieldChangeRow::new))
    }

    /// Writes `changes.json`.
    pub fn write_json(&self, mut writer: impl Write) -> Result<(), ReportError> {
        let value = json!({
            "schema_version": COMPARISON_VERSION,
            "program": {"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")},
            "samples": self.samples,
            "changed": self.is_changed(),
            "changes": self.changes.iter().map(|c| object(&FieldChangeRow::new(c))).collect::<Vec<_>>(),
        });
        let json = serde_json::to_string_pretty(&value)?;
        writer
            .write_all(text::json(&json).as_bytes())
            .and_then(|()| writer.write_all(b"\n"))
            .and_then(|()| writer.flush())
            .map_err(ReportError::Write)
    }

    /// Writes a test case each sample, for a CI (JUnit XML).
    pub fn write_junit(&self, writer: impl Write) -> Result<(), ReportError> {
        let case = |sample: &String| {
            let changes: Vec<String> = self
                .counting()
                .filter(|c| c.sample == *sample)
                .map(in_words)
                .collect();
            Case {
                class: "hemoclone.compare".to_owned(),
                name: sample.clone(),
                result: if changes.is_empty() {
                    CaseResult::Passed
                } else {
                    CaseResult::Failed(format!("fields that changed: {}", changes.len()), changes)
                },
            }
        };
        let cases: Vec<Case> = self.samples.iter().map(case).collect();
        write_cases(writer, &cases)
    }

    /// Returns what counts, a line each.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.counting().map(in_words)
    }
}

/// Characters of a value that a message repeats.
const SHOWN: usize = 80;

fn in_words(change: &FieldChange) -> String {
    let place = [&change.section, &change.item, &change.field]
        .into_iter()
        .filter(|part| !part.is_empty());
    let place: Vec<&str> = place.map(String::as_str).collect();
    let value = |value: &Option<String>| {
        value.as_deref().map_or_else(
            || "nothing".to_owned(),
            |v| text::beginning(v, SHOWN).into_owned(),
        )
    };
    match change.kind {
        ChangeKind::SampleMissing => format!("{}: no report any more", change.sample),
        ChangeKind::SampleAdded => format!("{}: had no report", change.sample),
        _ => format!(
            "{}: {} {}: {} -> {}",
            change.sample,
            place.join(" "),
            change.kind.name(),
            value(&change.before),
            value(&change.after)
        ),
    }
}
