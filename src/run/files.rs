//! Where the files of a run are: on disk, or as bytes under the names that the request gives them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::pipes;
use super::remote::is_address;
use super::same_file::is_same_file;
use crate::variants::Input;

/// Files given as bytes; any other name is that of a file on disk.
///
/// Variants, sample sheets, clinical files, panels, profiles, targets, recurrent alleles, population files and normals can be bytes. A reference and
/// alignments are read in many places at once, and always from disk.
#[derive(Clone, Debug, Default)]
pub struct Files {
    given: BTreeMap<PathBuf, Arc<[u8]>>,
}

impl Files {
    /// Adds a file; the request names it by `name`.
    #[must_use]
    pub fn with(mut self, name: impl Into<PathBuf>, bytes: impl Into<Arc<[u8]>>) -> Self {
        self.given.insert(name.into(), bytes.into());
        self
    }

    /// Returns the bytes of a file that was given as such.
    pub fn bytes_of(&self, path: &Path) -> Option<&Arc<[u8]>> {
        self.given.get(path)
    }

    /// Whether a file is there.
    pub(super) fn has(&self, path: &Path) -> bool {
        self.given.contains_key(path) || path.exists()
    }

    /// Whether a name leads to a file, and not to a folder or a pipe.
    pub(super) fn is_file(&self, path: &Path) -> bool {
        self.given.contains_key(path) || path.is_file()
    }

    /// Whether two names lead to one file: of bytes the names say it, of files on disk what they are.
    pub(super) fn is_same(&self, one: &Path, other: &Path) -> bool {
        if self.given.contains_key(one) || self.given.contains_key(other) || is_address(one) {
            return one == other;
        }
        is_same_file(one, other)
    }

    /// Opens a file.
    pub(super) fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        Ok(match self.given.get(path) {
            Some(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
            None => Box::new(fs::File::open(path)?),
        })
    }

    /// Reads a file whole.
    pub(super) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.given
            .get(path)
            .map_or_else(|| fs::read(path), |bytes| Ok(bytes.to_vec()))
    }

    /// Opens a file that is read from begin to end once, and returns it with its name for messages; `-` is standard input.
    pub(super) fn open_once(&self, path: &Path) -> io::Result<(Box<dyn Read>, String)> {
        if self.given.contains_key(path) {
            return Ok((self.open(path)?, path.display().to_string()));
        }
        pipes::open_once(path)
    }

    /// Returns a file of variants as it was named.
    pub(super) fn input(&self, path: &Path) -> Input {
        match self.given.get(path) {
            Some(bytes) => Input::from_bytes(path.display().to_string(), Arc::clone(bytes)),
            None => Input::from_argument(path),
        }
    }

    /// Returns the copy of what came through a pipe; `None` of what can be read again and again.
    pub(super) fn copy_of(&self, path: &Path) -> anyhow::Result<Option<pipes::Copy>> {
        if self.given.contains_key(path) {
            return Ok(None);
        }
        pipes::copy_of(path)
    }

    /// Returns the variants of a file, to be read as often as needed: what comes through a pipe is kept.
    pub(super) fn variants(&self, path: &Path) -> anyhow::Result<Input> {
        Ok(self
            .copy_of(path)?
            .map_or_else(|| self.input(path), |copy| copy.input))
    }
}
