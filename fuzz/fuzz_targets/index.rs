//! Indexes beside an intact file: the first byte chooses the kind, the rest is the index before compression.
#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((&kind, index)) = data.split_first() else { return };
    match kind % 3 {
        0 => support::read_by_index("tbi", &support::bgzf(index)),
        1 => support::read_by_index("csi", &support::bgzf(index)),
        _ => support::count_by_index(index),
    }
});
