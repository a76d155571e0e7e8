//! How many threads a run takes.

use std::env;
use std::num::NonZeroUsize;
use std::thread;

use super::UsageError;

/// Threads at the most: more than any machine's cores would help with, and each takes memory.
const MOST: usize = 512;

/// Returns how many threads to use: what was asked for, else what the scheduler granted, else every core we may use.
///
/// `available_parallelism` minds cgroups and CPU affinity, so it is right in a container too.
pub fn count(asked: Option<NonZeroUsize>) -> Result<usize, UsageError> {
    if let Some(asked) = asked.filter(|n| n.get() > MOST) {
        return Err(UsageError(format!(
            "--threads {asked}: {MOST} is the most; leave it out to use every core that there is"
        )));
    }
    let granted = || {
        env::var("SLURM_CPUS_PER_TASK")
            .ok()
            .and_then(|n| n.parse::<NonZeroUsize>().ok())
    };
    let threads = asked
        .or_else(granted)
        .or_else(|| thread::available_parallelism().ok())
        .map_or(1, NonZeroUsize::get);
    Ok(threads.min(MOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_threads_than_help_are_refused() {
        assert_eq!(count(NonZeroUsize::new(3)).unwrap(), 3);
        assert_eq!(count(NonZeroUsize::new(MOST)).unwrap(), MOST);
        let message = count(NonZeroUsize::new(100_000)).unwrap_err().to_string();
        assert!(
            message.contains("--threads 100000") && message.contains("512"),
            "{message}"
        );
        assert!((1..=MOST).contains(&count(None).unwrap()));
    }
}
