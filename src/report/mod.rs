//! Reports: JSON, TSV, HTML, words in English and Japanese. Nothing is computed here that a [`SampleResult`](crate::sample::SampleResult) does not hold.
//!
//! Every writer takes any [`Write`](std::io::Write); opening, replacing and naming files is the command's business ([`file_stem`] gives
//! the name).

mod calls;
mod copies;
pub mod dictionary;
mod failed;
mod faults;
mod fhir;
mod genes;
mod hotspots;
mod html;
mod json;
mod maf;
mod mqc;
pub(crate) mod names;
pub mod output;
pub mod outputs;
pub mod read;
mod stem;
mod summary;
pub mod table;
mod type_key;
pub mod value;
mod vcf;
pub mod vcf_info;
pub mod words;
mod workbook;

pub use calls::{CallRow, write_calls};
pub use copies::{CopyRow, write_copies};
pub use failed::{FAILED_FILE, FailedRow, read_failed, write_failed};
pub use genes::{GeneRow, write_genes};
pub use hotspots::{HotspotRow, write_hotspots};
pub(crate) use html::format::{percent, percent_range, shortened_allele};
pub(crate) use html::over_time;
pub use html::{write_html, write_plasma_html};
pub use json::write_json;
pub use stem::{file_stem, folded};
pub use summary::{SUMMARY_FILE, SummaryLines, SummaryRow, write_summary};
pub use vcf::{write_vcf, write_vcf_index};
pub use words::{Language, Languages, LanguagesError};

/// Why a report could not be written; the command adds the file's name.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The file could not be written.
    #[error("could not write: {0}")]
    Write(#[source] std::io::Error),
    /// The JSON could not be made.
    #[error("could not write JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The workbook could not be made.
    #[error("could not write the workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
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
            Self::Html(_) | Self::Workbook(_) => None,
        }
    }
}
