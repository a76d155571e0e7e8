//! Inputs that failed.

use crate::cli::say::Errors;

/// Inputs that failed: counted, and the first of them told.
pub(super) struct Failures {
    errors: Errors,
    count: usize,
}

impl Failures {
    pub(super) fn new() -> Self {
        Self {
            errors: Errors::new("input failed", "inputs failed"),
            count: 0,
        }
    }

    pub(super) fn tell(&mut self, message: &str) {
        self.count += 1;
        self.errors.tell(message);
    }

    pub(super) fn finish(self) -> usize {
        self.errors.finish();
        self.count
    }
}
