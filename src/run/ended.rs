//! What a run, or a file of it, came to.

/// How a run ended, or a file of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// Samples that the output took.
    pub reported: usize,
    /// One message per sample or file that failed, in the order of the files.
    pub errors: Vec<String>,
    /// Files that failed for a reason that one of the messages tells.
    pub untold: usize,
}

impl Ended {
    /// Returns how many samples or files failed.
    pub const fn failed(&self) -> usize {
        self.errors.len() + self.untold
    }

    /// Puts how the next file ended behind.
    pub(super) fn add(&mut self, next: Self) {
        self.reported += next.reported;
        self.errors.extend(next.errors);
        self.untold += next.untold;
    }
}
