//! What lines of an annotation file give: a transcript in the making, or why they cannot be used.

use std::io;

use super::super::model::{Strand, TranscriptError};
use crate::genome::Chromosome;

/// Why an annotation file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GeneModelError {
    /// Reading failed.
    #[error("line {line}: cannot be read (a compressed file must be unpacked first)")]
    Read {
        /// Line, from 1.
        line: usize,
        /// Cause.
        source: io::Error,
    },
    /// A line that is not of the format.
    #[error("line {line}: {what}: {value:?}; {remedy}")]
    Line {
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        what: &'static str,
        /// The value.
        value: String,
        /// What to do.
        remedy: &'static str,
    },
    /// The parts of a transcript do not fit.
    #[error("line {line}: transcript {source}")]
    Transcript {
        /// Line of its first part.
        line: usize,
        /// What is wrong.
        source: TranscriptError,
    },
}

#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) line: usize,
    pub(super) gene: String,
    pub(super) chromosome: Chromosome,
    pub(super) strand: Strand,
    pub(super) exons: Vec<(u32, u32)>,
    pub(super) coding: Option<(u32, u32)>,
}

impl Draft {
    pub(super) fn add_coding(&mut self, start: u32, end: u32) {
        let (low, high) = self.coding.unwrap_or((start, end));
        self.coding = Some((low.min(start), high.max(end)));
    }
}

pub(super) fn strand(line: usize, text: &str) -> Result<Strand, GeneModelError> {
    match text {
        "+" => Ok(Strand::Plus),
        "-" => Ok(Strand::Minus),
        _ => Err(problem(line, "not a strand", text, "write + or -")),
    }
}

pub(super) fn problem(line: usize, what: &'static str, value: &str, remedy: &'static str) -> GeneModelError {
    GeneModelError::Line {
        line,
        what,
        value: value.chars().take(80).collect(),
        remedy,
    }
}
