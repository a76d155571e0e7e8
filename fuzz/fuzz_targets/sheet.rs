//! A sample sheet with its clinical columns.
#![no_main]

use hemoclone::sample::SampleSheet;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    _ = SampleSheet::read(data, "samples.csv");
});
