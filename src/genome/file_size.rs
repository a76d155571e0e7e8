//! The size of a file when it was opened: one that shrinks or grows while it is read was not read whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The size of a regular file at a moment. A pipe or a terminal has none, and is never found changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSize {
    path: PathBuf,
    size: Option<u64>,
}

/// A file that has another size than when it was opened, or is gone.
#[derive(Debug, thiserror::Error)]
#[error(
    "{}: changed while it was read ({before} bytes when opened, {}): wait until it is written, or copy it anew",
    path.display(),
    after.map_or("cannot be found now".to_owned(), |n| format!("{n} afterwards"))
)]
pub struct ChangedFile {
    /// The file.
    pub path: PathBuf,
    /// Bytes when it was opened.
    pub before: u64,
    /// Bytes now; `None` where it is gone.
    pub after: Option<u64>,
}

impl FileSize {
    /// Takes the size of a file; call it before the first byte is read.
    pub fn of(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        Ok(Self {
            path: path.to_path_buf(),
            size: metadata.is_file().then_some(metadata.len()),
        })
    }

    /// Compares it with the size now; call it when the last byte was read.
    pub fn check(&self) -> Result<(), ChangedFile> {
        let Some(before) = self.size else {
            return Ok(());
        };
        let after = fs::metadata(&self.path).ok().map(|m| m.len());
        if after == Some(before) {
            return Ok(());
        }
        Err(ChangedFile {
            path: self.path.clone(),
            before,
            after,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_shrinks_or_vanishes_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reads.sam");
        fs::write(&path, "two\nlines\n").unwrap();
        let size = FileSize::of(&path).unwrap();
        assert!(size.check().is_ok());
        fs::write(&path, "two\n").unwrap();
        let message = size.check().unwrap_err().to_string();
        assert!(
            message.contains("10 bytes") && message.contains("4 afterwards"),
            "{message}"
        );
        fs::remove_file(&path).unwrap();
        assert!(size.check().unwrap_err().to_string().contains("cannot be found"));
    }
}
