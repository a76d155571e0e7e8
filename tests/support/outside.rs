//! What a test needs from outside the checkout. Where it is absent the test is skipped, and `make test` says which and why: libtest shows nothing of a test that passes.

#![allow(dead_code, missing_docs, reason = "each test takes what it needs")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test says why it is skipped"
)]

use std::fmt::Display;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Says why the running test checks nothing.
pub fn skip(reason: impl Display) {
    say("whole", &reason);
}

/// Says why the running test checks less than it could.
pub fn skip_part(reason: impl Display) {
    say("part", &reason);
}

/// Returns a file or folder of the folder of large inputs beside the checkout.
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    skip(format_args!("../shared/{name} is absent"));
    None
}

/// Whether all programs can be started.
pub fn programs(names: &[&str]) -> bool {
    let absent = |name: &&&str| {
        let mut command = Command::new(name);
        command.arg("--version").stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_err()
    };
    match names.iter().find(absent) {
        Some(name) => {
            skip(format_args!("{name} is not installed"));
            false
        }
        None => true,
    }
}

/// One line for `scripts/run-tests`: how much, the test, why.
fn say(how_much: &str, reason: &dyn Display) {
    println!("skipped: {reason}");
    let Some(list) = std::env::var_os("HEMOCLONE_SKIPPED") else {
        return;
    };
    let program = std::env::current_exe().unwrap();
    let program = program.file_stem().unwrap().to_string_lossy();
    let file = program.rsplit_once('-').map_or(&*program, |(file, _hash)| file);
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("main");
    let line = format!("{how_much}\t{file}::{test}\t{reason}\n");
    let mut list = OpenOptions::new().create(true).append(true).open(list).unwrap();
    list.write_all(line.as_bytes()).unwrap();
}
