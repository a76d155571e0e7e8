//! A panel file.
#![no_main]

use hemoclone::panel::Panel;
use hemoclone::panel::BuiltInTranscripts;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        _ = Panel::from_toml("panel.toml", text, Some(&BuiltInTranscripts));
    }
});
