//! Reports: JSON, TSV, HTML, words in English and Japanese. Nothing is computed here that a [`SampleResult`] does not hold.
//!
//! Every writer takes any [`Write`]; opening, replacing and naming files is the command's business ([`file_stem`] gives
//! the name).

mod calls;
pub mod dictionary;
mod genes;
mod hotspots;
mod html;
mod names;
mod stem;
mod summary;
pub mod table;
pub mod vcf_info;
pub mod words;

use std::io::Write;

pub use calls::CallRow;
pub use genes::GeneRow;
pub use hotspots::HotspotRow;
pub use html::{write_html, write_plasma_html};
pub use stem::{file_stem, folded};
pub use summary::{SummaryLines, SummaryRow};
pub use words::{Language, Languages, LanguagesError};

use crate::sample::SampleResult;
use crate::text;

/// Endings of a sample's files, put behind [`file_stem`].
pub mod suffix {
    /// Everything, as JSON.
    pub const JSON: &str = ".json";
    /// One row per call.
    pub const CALLS: &str = ".calls.tsv";
    /// One row per panel gene.
    pub const GENES: &str = ".genes.tsv";
    /// One row per hotspot allele; of alignments.
    pub const HOTSPOTS: &str = ".hotspots.tsv";
    /// The report for people.
    pub const HTML: &str = ".html";
}

/// Name of the table with one row per sample.
pub const SUMMARY_FILE: &str = "summary.tsv";

/// Why a report could not be written; the command adds the file's name.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The file could not be written.
    #[error("could not write: {0}")]
    Write(#[source] std::io::Error),
    /// The JSON could not be made.
    #[error("could not write JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The table could not be made.
    #[error("could not write the table: {0}")]
    Table(#[from] csv::Error),
    /// The page could not be made.
    #[error("could not write the HTML page: {0}")]
    Html(#[from] askama::Error),
}

impl ReportError {
    /// Returns the cause where it is one of input and output, so that a broken pipe can be told from a full disk.
    pub fn io(&self) -> Option<std::io::ErrorKind> {
        match self {
            Self::Write(error) => Some(error.kind()),
            Self::Json(error) => error.io_error_kind(),
            Self::Table(error) => match error.kind() {
                csv::ErrorKind::Io(error) => Some(error.kind()),
                _ => None,
            },
            Self::Html(_) => None,
        }
    }
}

/// Writes `<sample>.json`: everything, indented, fields in the order of the schema.
pub fn write_json(mut writer: impl Write, result: &SampleResult) -> Result<(), ReportError> {
    let text = serde_json::to_string_pretty(result)?;
    writer
        .write_all(text::json(&text).as_bytes())
        .and_then(|()| writer.write_all(b"\n"))
        .and_then(|()| writer.flush())
        .map_err(ReportError::Write)
}

/// Writes `<sample>.calls.tsv`: one row per call, in the order of the result.
pub fn write_calls(writer: impl Write, result: &SampleResult) -> Result<(), ReportError> {
    table::write_table(writer, result.calls.iter().map(|call| CallRow::new(result, call)))
}

/// Writes `<sample>.genes.tsv`: one row per panel gene.
pub fn write_genes(writer: impl Write, result: &SampleResult) -> Result<(), ReportError> {
    table::write_table(writer, result.genes.iter().map(|gene| GeneRow::new(result, gene)))
}

/// Writes `<sample>.hotspots.tsv`: one row per hotspot allele.
pub fn write_hotspots(writer: impl Write, result: &SampleResult) -> Result<(), ReportError> {
    table::write_table(
        writer,
        result.hotspots.iter().map(|spot| HotspotRow::new(result, spot)),
    )
}

/// Writes `summary.tsv`: one row per sample, in the order of [`SummaryLines`].
pub fn write_summary(writer: impl Write, rows: Vec<SummaryRow>) -> Result<(), ReportError> {
    let mut lines = SummaryLines::default();
    for row in rows {
        lines.insert(row)?;
    }
    lines.write(writer)
}
