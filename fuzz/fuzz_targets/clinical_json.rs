//! A clinical JSON, of both roads.
#![no_main]

use hemoclone::patient::{ClinicalFile, read_json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    _ = ClinicalFile::read(data, "clinical.json");
    _ = read_json(data, "clinical.json");
});
