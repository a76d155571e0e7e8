//! Why a run, a file or a sample failed, by what can be done about it.

use std::fmt;
use std::io;

use super::UsageError;
use crate::sample::AnalysisError;

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Options contradict each other, or name what there is not.
    Usage,
    /// A file is not there, or the system does not let it be read.
    CannotRead,
    /// What was read is not what it should be: a damaged file, a table with a wrong value, another genome.
    BadInput,
    /// The file could be read, but of this sample no report can be made: its records contradict the reference.
    SampleRefused,
    /// Whoever takes the results went away, or the reading was interrupted.
    Interrupted,
    /// A result could not be put where it was to go, as the output says.
    CannotWrite,
}

/// Why a run failed. It is written as the program writes it but for its causes, which [`explained`](super::explained) puts behind.
pub struct RunError {
    kind: ErrorKind,
    error: anyhow::Error,
}

impl RunError {
    /// Returns what kind of failure it is.
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the error with its causes, each as it arose.
    pub fn into_causes(self) -> anyhow::Error {
        self.error
    }
}

impl RunError {
    /// Makes the error of an output that refused the run.
    pub(super) fn of_output(error: anyhow::Error) -> Self {
        let kind = match kind_of(&error) {
            kind @ (ErrorKind::Usage | ErrorKind::Interrupted) => kind,
            _ => ErrorKind::CannotWrite,
        };
        Self { kind, error }
    }
}

impl From<anyhow::Error> for RunError {
    fn from(error: anyhow::Error) -> Self {
        Self {
            kind: kind_of(&error),
            error,
        }
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl fmt::Debug for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for RunError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}

/// A message that several samples share, with its kind; the error itself cannot be kept twice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(super) struct Told {
    message: String,
    kind: ErrorKind,
}

impl Told {
    pub(super) fn new(error: &anyhow::Error) -> Self {
        Self {
            message: super::explained(error),
            kind: kind_of(error),
        }
    }
}

/// Why an output did not take a sample.
#[derive(Debug)]
pub(super) struct NotTaken(pub(super) anyhow::Error);

impl fmt::Display for NotTaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for NotTaken {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

/// Returns the kind of an error by what it is and by its causes.
pub(super) fn kind_of(error: &anyhow::Error) -> ErrorKind {
    let io_kinds = || {
        error
            .chain()
            .filter_map(|cause| cause.downcast_ref::<io::Error>())
            .map(io::Error::kind)
    };
    if let Some(told) = error.chain().find_map(|cause| cause.downcast_ref::<Told>()) {
        return told.kind;
    }
    if error.chain().any(<dyn std::error::Error>::is::<UsageError>) {
        return ErrorKind::Usage;
    }
    if io_kinds().any(|kind| matches!(kind, io::ErrorKind::Interrupted | io::ErrorKind::BrokenPipe)) {
        return ErrorKind::Interrupted;
    }
    if error.chain().any(<dyn std::error::Error>::is::<NotTaken>) {
        return ErrorKind::CannotWrite;
    }
    if error.chain().any(<dyn std::error::Error>::is::<AnalysisError>) {
        return ErrorKind::SampleRefused;
    }
    // Whoever unpacks damaged data says so with one of these.
    let is_of_content = |kind| {
        matches!(
            kind,
            io::ErrorKind::InvalidData
                | io::ErrorKind::InvalidInput
                | io::ErrorKind::UnexpectedEof
                | io::ErrorKind::Other
        )
    };
    if io_kinds().any(|kind| !is_of_content(kind)) {
        return ErrorKind::CannotRead;
    }
    ErrorKind::BadInput
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn a_failure_is_known_by_its_causes() {
        let io = |kind: io::ErrorKind| anyhow::Error::from(io::Error::from(kind));
        let told = Told::new(&io(io::ErrorKind::NotFound).context("reference.fa"));
        for (error, expected) in [
            (
                anyhow::Error::from(UsageError("--x".into())).context("with the profile"),
                ErrorKind::Usage,
            ),
            (
                io(io::ErrorKind::NotFound).context("a.vcf"),
                ErrorKind::CannotRead,
            ),
            (io(io::ErrorKind::PermissionDenied), ErrorKind::CannotRead),
            (
                io(io::ErrorKind::UnexpectedEof).context("a.vcf.gz"),
                ErrorKind::BadInput,
            ),
            (io(io::ErrorKind::InvalidData), ErrorKind::BadInput),
            (anyhow!("a.vcf: line 3"), ErrorKind::BadInput),
            (
                io(io::ErrorKind::BrokenPipe).context("out"),
                ErrorKind::Interrupted,
            ),
            (anyhow::Error::new(told).context("P1"), ErrorKind::CannotRead),
            (
                anyhow::Error::new(NotTaken(io(io::ErrorKind::StorageFull).context("P1.json"))),
                ErrorKind::CannotWrite,
            ),
        ] {
            assert_eq!(kind_of(&error), expected, "{error:#}");
        }
        let refused = RunError::of_output(anyhow!("exists"));
        assert_eq!(refused.kind(), ErrorKind::CannotWrite);
        let refused = RunError::of_output(UsageError("give --force".into()).into());
        assert_eq!(refused.kind(), ErrorKind::Usage);
    }

    #[test]
    fn the_message_and_its_causes_stay_as_they_are() {
        let error = || anyhow!("line 3").context("a.vcf");
        let typed = RunError::from(error());
        assert_eq!(typed.to_string(), error().to_string());
        assert_eq!(
            super::super::explained(&anyhow::Error::new(typed)),
            super::super::explained(&error())
        );
        let taken = anyhow::Error::new(NotTaken(error()));
        assert_eq!(super::super::explained(&taken), super::super::explained(&error()));
    }
}
