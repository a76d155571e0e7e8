//! A whole file of any kind through both readers of variants: the table of `vaf` and the scan of `analyze`.
#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| support::read_variants(data));
