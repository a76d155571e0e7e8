//! Temporary files: their names, and what a program that was killed left of them.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::process;

/// Longest file name in bytes of common file systems.
const LONGEST_NAME: usize = 255;

/// Longest that is put around a name: a dot, a process number and the ending.
const AROUND: usize = 1 + 1 + 10 + ENDING.len();

const ENDING: &str = ".tmp";

/// Creates the temporary file of an output, locked as long as it is open, so that nobody takes it for a leftover.
pub(super) fn create_temporary(path: &Path) -> io::Result<(PathBuf, File)> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidFilename, "this is no name of a file"))?;
    // The process id keeps two programs apart; the name is gone when the program ends.
    let mut temporary = OsString::from(".");
    temporary.push(shortened(name));
    temporary.push(format!(".{}{ENDING}", process::id()));
    let temporary = path.with_file_name(temporary);
    let file = File::create(&temporary)?;
    // Where a file system has no locks nothing is ever taken for a leftover.
    let _ = file.try_lock();
    Ok((temporary, file))
}

/// Cuts a name that would be too long with what is put around it.
fn shortened(name: &OsStr) -> OsString {
    if name.len() + AROUND <= LONGEST_NAME {
        return name.to_owned();
    }
    let text = name.to_string_lossy();
    let mut end = (LONGEST_NAME - AROUND).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    OsString::from(&text[..end])
}

/// Returns the output that a temporary file was of, as far as its name tells it.
fn output_of(temporary: &OsStr) -> Option<&str> {
    let inner = temporary.to_str()?.strip_prefix('.')?.strip_suffix(ENDING)?;
    let (output, process) = inner.rsplit_once('.')?;
    let is_number = !process.is_empty() && process.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(output)
}

/// Removes temporary files of an output whose writer is gone.
pub(super) fn remove_leftovers_of(path: &Path) {
    let Some(name) = path.file_name().map(shortened) else {
        return;
    };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    remove_leftovers(folder.unwrap_or(Path::new(".")), |output| *output == *name);
}

/// Removes temporary files in a folder whose output is `ours` and whose writer is gone.
pub(super) fn remove_leftovers(folder: &Path, ours: impl Fn(&OsStr) -> bool) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_ours = output_of(&name).is_some_and(|output| ours(OsStr::new(output)));
        if is_ours && is_abandoned(&entry.path()) {
            // A leftover that cannot be removed does no harm but to the eye.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether nobody holds the lock of a file; not where there are no locks.
fn is_abandoned(path: &Path) -> bool {
    let is_file = fs::symlink_metadata(path).is_ok_and(|m| m.is_file());
    is_file
        && File::options().write(true).open(path).is_ok_and(|file| {
            !matches!(
                file.try_lock(),
                Err(TryLockError::WouldBlock | TryLockError::Error(_))
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_what_a_killed_program_left_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let others = [
            ".a.json.tmp",
            ".a.json.12x.tmp",
            ".b.json.12.tmp",
            "a.json.12.tmp",
            ".a.json.12.tmp.gz",
            ".a.json..tmp",
        ];
        for name in others.iter().chain(&[".a.json.12.tmp", ".a.json.4194304.tmp"]) {
            fs::write(path(name), "x").unwrap();
        }
        let (temporary, held) = create_temporary(&path("a.json")).unwrap();
        remove_leftovers_of(&path("a.json"));
        let mut actual: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        actual.sort();
        let own = temporary.file_name().unwrap().to_str().unwrap().to_owned();
        let mut expected: Vec<String> = others.map(str::to_owned).into();
        expected.push(own);
        expected.sort();
        assert_eq!(actual, expected);
        drop(held);
        remove_leftovers_of(&path("a.json"));
        assert!(!temporary.exists());
    }

    #[test]
    fn a_long_name_has_a_temporary_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("é".repeat(127));
        let (temporary, _held) = create_temporary(&path).unwrap();
        fs::rename(temporary, &path).unwrap();
        assert!(path.exists());
    }
}
