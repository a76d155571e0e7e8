use std::env;
use std::num::NonZeroUsize;
use std::thread;

/// Returns how many threads to use: what was asked for, else what the scheduler granted, else every core we may use.
///
/// `available_parallelism` minds cgroups and CPU affinity, so it is right in a container too.
pub fn count(asked: Option<NonZeroUsize>) -> usize {
    let granted = || {
        env::var("SLURM_CPUS_PER_TASK")
            .ok()
            .and_then(|n| n.parse::<NonZeroUsize>().ok())
    };
    asked
        .or_else(granted)
        .or_else(|| thread::available_parallelism().ok())
        .map_or(1, NonZeroUsize::get)
}
