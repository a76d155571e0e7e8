//! How many threads make sense.

use std::num::NonZeroUsize;

use super::UsageError;

/// Threads at the most: more than any machine's cores would help with, and each takes memory.
pub const MOST_THREADS: usize = 512;

/// Refuses more threads than help.
pub fn allowed(asked: Option<NonZeroUsize>) -> Result<(), UsageError> {
    match asked.filter(|n| n.get() > MOST_THREADS) {
        None => Ok(()),
        Some(asked) => Err(UsageError(format!(
            "--threads {asked}: {MOST_THREADS} is the most; leave it out to use every core that there is"
        ))),
    }
}
