//! A CRAM file, whose checksums are not looked at here.
#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // What the unpacking of blocks panics at is caught and named by the reader; only what gets through is a fault.
    std::panic::set_hook(Box::new(|_| {}));
    support::count_reads("r.cram", data);
});
