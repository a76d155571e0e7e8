//! Regions of a BED file.
#![no_main]

use hemoclone::genome::Regions;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    _ = Regions::read_bed(data);
});
