use std::fmt;
use std::io;
use std::ops::Range;

use super::toml_words::{Complaint, complaint};

/// Why a panel could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum PanelError {
    /// Neither a bundled panel nor a file.
    #[error("no panel {name:?}: give a bundled one ({bundled}) or the path of a TOML file")]
    Unknown {
        /// What was asked for.
        name: String,
        /// Names of the bundled panels.
        bundled: String,
    },
    /// The file could not be read.
    #[error("panel {file}: cannot read: {source}")]
    Read {
        /// The file.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// The content is wrong; every problem that could be found at once is named.
    #[error("{}", problem_lines(.0))]
    Invalid(Vec<PanelProblem>),
}

impl PanelError {
    /// Returns the problems found in the content.
    pub fn problems(&self) -> &[PanelProblem] {
        match self {
            Self::Invalid(problems) => problems,
            Self::Unknown { .. } | Self::Read { .. } => &[],
        }
    }
}

fn problem_lines(problems: &[PanelProblem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// One thing wrong with a panel file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelProblem {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The field, with the gene or rule it belongs to where there is one.
    pub field: String,
    /// The value found.
    pub value: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for PanelProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: ", self.file, self.line, self.column)?;
        if !self.field.is_empty() {
            write!(f, "{} = {}: ", self.field, self.value)?;
        }
        f.write_str(&self.message)
    }
}

/// Collects the problems of one file.
pub(super) struct Problems<'a> {
    file: &'a str,
    text: &'a str,
    pub list: Vec<PanelProblem>,
}

impl<'a> Problems<'a> {
    pub(super) const fn new(file: &'a str, text: &'a str) -> Self {
        Self {
            file,
            text,
            list: Vec::new(),
        }
    }

    /// Adds a problem at a byte range of the text.
    pub(super) fn add(&mut self, span: Range<usize>, field: String, value: impl fmt::Debug, message: String) {
        let (line, column) = place(self.text, span.start);
        self.list.push(PanelProblem {
            file: self.file.to_owned(),
            line,
            column,
            field,
            value: format!("{value:?}"),
            message,
        });
    }

    /// Adds what the TOML reader itself complains about.
    pub(super) fn add_toml(&mut self, error: &toml::de::Error) {
        let (line, column) = place(self.text, error.span().map_or(0, |s| s.start));
        let Complaint {
            field,
            value,
            message,
        } = complaint(self.text, error);
        self.list.push(PanelProblem {
            file: self.file.to_owned(),
            line,
            column,
            field,
            value,
            message,
        });
    }
}

fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    (line, column)
}

impl Problems<'_> {
    /// Returns the last place where a quoted string stands in the file, for problems found after reading.
    pub(super) fn find(&self, value: &str) -> Range<usize> {
        let at = self.text.rfind(&format!("\"{value}\"")).unwrap_or(0);
        at..at
    }
}
