//! What an output is: a file of each sample or of the run, its writer, its columns, and what is said of it.

use std::io::Write;

use super::table::Column;
use super::value::Value;
use super::{Languages, ReportError};
use crate::sample::SampleResult;

/// A file that `analyze` can write, and everything that is known about it.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// Short name, as `hemoclone docs NAME` and `--formats NAME` take it.
    pub name: &'static str,
    /// Where it goes.
    pub place: Place,
    /// What it holds, in a few words for the list of files.
    pub holds: &'static str,
    /// What a row is, or what the file is for.
    pub about: &'static str,
    /// The columns in order; none where it is no table.
    pub columns: &'static [Column],
    /// Who decides whether it is written.
    pub selection: Selection,
    /// Whether a sample has anything to write in it.
    pub applies: fn(&SampleResult) -> bool,
    /// Writes it.
    pub writer: Writer,
}

/// Name of an output's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file of each sample: what stands behind [`file_stem`](super::file_stem).
    Sample(&'static str),
    /// A file of the run: its name.
    Run(&'static str),
}

/// Who decides whether an output is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// It always is: other outputs, commands and programs rest on it.
    Always,
    /// It is, unless `--formats` leaves it out.
    Default,
    /// It is where `--formats` names it.
    OnRequest,
}

/// Writes a file of a sample.
pub type SampleWriter = fn(&mut dyn Write, &SampleResult, &Languages) -> Result<(), ReportError>;

/// Writes an output.
#[derive(Clone, Copy, Debug)]
pub enum Writer {
    /// From one sample.
    Sample(SampleWriter),
    /// From every sample of the folder, one after the other in the order of the summary.
    Run(fn() -> Box<dyn RunWriter>),
    /// The summary, which keeps the lines of earlier runs.
    Summary,
}

/// A file of the run in the making.
pub trait RunWriter {
    /// Takes in a sample.
    fn add(&mut self, result: &SampleResult);

    /// Whether there would be nothing in the file, so that it is not written.
    fn is_empty(&self, _summary: &[Vec<Value>]) -> bool {
        false
    }

    /// Writes the file; `summary` has the rows of the summary, in the order of [`SummaryRow`](super::SummaryRow)'s columns.
    fn write(&mut self, summary: &[Vec<Value>], writer: &mut dyn Write) -> Result<(), ReportError>;
}

impl Output {
    /// Returns the name of the file as documents spell it, `<sample>.calls.tsv`.
    pub fn file(&self) -> String {
        match self.place {
            Place::Sample(suffix) => format!("<sample>{suffix}"),
            Place::Run(name) => name.to_owned(),
        }
    }
}
