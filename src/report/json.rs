//! `<sample>.json`: everything that was found.

use std::io::Write;

use super::ReportError;
use super::output::{Output, Place, Selection, Writer};
use crate::sample::SampleResult;
use crate::text;

/// The JSON of a sample.
pub(super) const JSON: Output = Output {
    name: "json",
    place: Place::Sample(".json"),
    holds: "everything that was found; its schema is `schemas/sample-result.schema.json` (`hemoclone schema sample`)",
    about: "Everything that was found.",
    columns: &[],
    selection: Selection::Always,
    applies: |_| true,
    writer: Writer::Sample(|writer, result, _| write_json(writer, result)),
};

/// Writes `<sample>.json`: everything, indented, fields in the order of the schema.
pub fn write_json(mut writer: impl Write, result: &SampleResult) -> Result<(), ReportError> {
    let text = serde_json::to_string_pretty(result)?;
    writer
        .write_all(text::json(&text).as_bytes())
        .and_then(|()| writer.write_all(b"\n"))
        .and_then(|()| writer.flush())
        .map_err(ReportError::Write)
}
