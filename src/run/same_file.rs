//! Whether two paths lead to one file.

use std::fs;
use std::path::Path;
#[cfg(not(unix))]
use std::path::PathBuf;

/// What is one file, whatever its path: links and case-insensitive file systems give a file several.
#[cfg(unix)]
pub type Identity = (u64, u64);
/// What is one file, whatever its path.
#[cfg(not(unix))]
pub type Identity = PathBuf;

/// Returns what a file is known by, whatever its path; `None` where there is none.
#[cfg(unix)]
pub fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;

    let found = fs::metadata(path).ok()?;
    found.is_file().then(|| (found.dev(), found.ino()))
}

/// Returns what a file is known by, whatever its path; `None` where there is none.
#[cfg(not(unix))]
pub fn identity(path: &Path) -> Option<Identity> {
    fs::canonicalize(path).ok().filter(|p| p.is_file())
}

/// Whether two paths are one file.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    identity(one).is_some_and(|file| identity(other) == Some(file))
}
