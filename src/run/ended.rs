//! What a run, or a file of it, came to.

use std::path::PathBuf;

use super::error::ErrorKind;

/// A sample or a file that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The file, as it was given.
    pub file: PathBuf,
    /// The sample; `None` where no sample of the file can be reported on.
    pub sample: Option<String>,
    /// What kind of failure it is.
    pub kind: ErrorKind,
    /// Why.
    pub reason: String,
}

/// How a run ended, or a file of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// Samples that the output took.
    pub reported: usize,
    /// One message per sample or file that failed, in the order of the files.
    pub errors: Vec<String>,
    /// Files that failed for a reason that one of the messages tells.
    pub untold: usize,
    /// What failed, by file and sample: as many as there are errors, told or not.
    pub failures: Vec<Failure>,
}

impl Ended {
    /// Returns how many samples or files failed.
    pub const fn failed(&self) -> usize {
        self.errors.len() + self.untold
    }

    /// Notes that a sample of a file failed, or all of them, and why.
    pub(super) fn fail(&mut self, file: PathBuf, sample: Option<String>, kind: ErrorKind, reason: String) {
        self.errors.push(reason.clone());
        self.failures.push(Failure {
            file,
            sample,
            kind,
            reason,
        });
    }

    /// Notes that a file failed for a reason that another one's error tells.
    pub(super) fn fail_untold(&mut self, file: PathBuf, kind: ErrorKind, reason: String) {
        self.untold += 1;
        self.failures.push(Failure {
            file,
            sample: None,
            kind,
            reason,
        });
    }

    /// Puts how the next file ended behind.
    pub(super) fn add(&mut self, next: Self) {
        self.reported += next.reported;
        self.errors.extend(next.errors);
        self.untold += next.untold;
        self.failures.extend(next.failures);
    }
}
