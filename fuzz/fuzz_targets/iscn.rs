//! A karyotype.
#![no_main]

use hemoclone::karyotype::{Karyotype, assess};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    if let Ok(karyotype) = Karyotype::parse(&text) {
        _ = assess(&karyotype, None);
    }
});
