//! Whether threads can be started: compressor and decompressor panic where the system refuses one (`ulimit -v`, `ulimit -u`).

use std::sync::{Arc, Mutex};
use std::thread::Builder;

/// Starts so many threads at once that do nothing, and says whether the system let it.
pub(super) fn can_start(count: usize) -> bool {
    let gate = Arc::new(Mutex::new(()));
    let Ok(held) = gate.lock() else { return false };
    let start = || {
        let gate = Arc::clone(&gate);
        Builder::new().spawn(move || drop(gate.lock()))
    };
    let started: Vec<_> = (0..count).map_while(|_| start().ok()).collect();
    drop(held);
    let all = started.len() == count;
    started.into_iter().all(|thread| thread.join().is_ok()) && all
}

#[cfg(test)]
mod tests {
    use super::can_start;

    #[test]
    fn a_few_threads_can_be_started() {
        assert!(can_start(3));
        assert!(can_start(0));
    }
}
