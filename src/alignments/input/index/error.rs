//! Why an index cannot be used.

use std::io;

/// Why an index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Its content.
    #[error("{0}")]
    Content(String),
    /// Reading.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl IndexError {
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self::Content(problem.into())
    }
}
