//! What is wrong with a CRAM file.

use std::io;

use crate::genome::ReferenceFastaError;

/// What is wrong with a CRAM file.
#[derive(Debug, thiserror::Error)]
pub enum CramError {
    /// The content of the file.
    #[error("{0}")]
    Content(String),
    /// Reading.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The reference.
    #[error(transparent)]
    Reference(#[from] ReferenceFastaError),
}

impl CramError {
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self::Content(problem.into())
    }

    /// The file says that there is more than there is.
    pub(super) fn end() -> Self {
        Self::new("data end where there should be more")
    }
}
