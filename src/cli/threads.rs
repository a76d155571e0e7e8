//! Threads of a command: how many, and their pool.

use std::env;
use std::num::NonZeroUsize;
use std::thread;

use anyhow::anyhow;

use hemoclone::run::{MOST_THREADS, UsageError, allowed_threads as allowed};

/// Returns how many threads to use: what was asked for, else what the scheduler granted, else every core we may use.
///
/// `available_parallelism` minds cgroups and CPU affinity, so it is right in a container too.
pub(super) fn count(asked: Option<NonZeroUsize>) -> Result<usize, UsageError> {
    allowed(asked)?;
    let granted = || {
        env::var("SLURM_CPUS_PER_TASK")
            .ok()
            .and_then(|n| n.parse::<NonZeroUsize>().ok())
    };
    let threads = asked
        .or_else(granted)
        .or_else(|| thread::available_parallelism().ok())
        .map_or(1, NonZeroUsize::get);
    Ok(threads.min(MOST_THREADS))
}

/// Starts so many threads.
pub(super) fn pool(threads: usize) -> anyhow::Result<rayon::ThreadPool> {
    let built = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    built.map_err(|error| {
        anyhow!(
            "cannot start {threads} threads: {error}; give fewer (--threads), or allow more processes or memory (`ulimit -u`, `ulimit -v`)"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_threads_than_help_are_refused() {
        assert_eq!(count(NonZeroUsize::new(3)).unwrap(), 3);
        assert_eq!(count(NonZeroUsize::new(MOST_THREADS)).unwrap(), MOST_THREADS);
        let message = count(NonZeroUsize::new(100_000)).unwrap_err().to_string();
        assert!(
            message.contains("--threads 100000") && message.contains("512"),
            "{message}"
        );
        assert!((1..=MOST_THREADS).contains(&count(None).unwrap()));
    }
}
