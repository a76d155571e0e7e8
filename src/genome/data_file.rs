//! A file of data that need not be here in full: of one that is read over a network, the parts that somebody asks for are fetched into a
//! local copy with holes, at their own places. Whoever reads it knows nothing of that.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

#[cfg(feature = "remote")]
use std::collections::HashMap;
#[cfg(feature = "remote")]
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// Fetches parts of a file into its local copy.
#[cfg(feature = "remote")]
pub(crate) trait Fill: std::fmt::Debug + Send + Sync {
    /// Sees to it that the bytes from `start` to `end` are in the copy.
    fn fill(&self, start: u64, end: u64) -> io::Result<()>;
    /// Returns the local copy of its index.
    fn index(&self) -> Option<PathBuf>;
    /// Says why bytes were asked for in vain.
    fn failure(&self) -> Option<String>;
}

/// Local copies with holes, by their paths.
#[cfg(feature = "remote")]
static MIRRORS: LazyLock<RwLock<HashMap<PathBuf, Arc<dyn Fill>>>> = LazyLock::new(RwLock::default);

/// Says that the file at a path is a copy with holes, and what fills them.
#[cfg(feature = "remote")]
pub(crate) fn mirror(path: PathBuf, fill: Arc<dyn Fill>) {
    let mut mirrors = MIRRORS.write().unwrap_or_else(PoisonError::into_inner);
    mirrors.insert(path, fill);
}

#[cfg(feature = "remote")]
fn fill_of(path: &Path) -> Option<Arc<dyn Fill>> {
    let mirrors = MIRRORS.read().unwrap_or_else(PoisonError::into_inner);
    mirrors.get(path).map(Arc::clone)
}

/// Whether a path is that of a copy with holes.
pub(crate) fn is_mirror(path: &Path) -> bool {
    #[cfg(feature = "remote")]
    return fill_of(path).is_some();
    #[cfg(not(feature = "remote"))]
    {
        _ = path;
        false
    }
}

/// Returns the index of a copy with holes, which does not lie beside it.
pub(crate) fn index_of_mirror(path: &Path) -> Option<PathBuf> {
    #[cfg(feature = "remote")]
    return fill_of(path)?.index();
    #[cfg(not(feature = "remote"))]
    {
        _ = path;
        None
    }
}

/// Says why bytes of a copy with holes were asked for in vain: an error that is taken for the end of the file, or for a fault of its
/// index, would hide reads.
pub(crate) fn failure_of_mirror(path: &Path) -> Option<String> {
    #[cfg(feature = "remote")]
    return fill_of(path)?.failure();
    #[cfg(not(feature = "remote"))]
    {
        _ = path;
        None
    }
}

/// An open file of data.
#[derive(Debug)]
pub(crate) struct DataFile {
    file: File,
    #[cfg(feature = "remote")]
    fill: Option<Arc<dyn Fill>>,
    #[cfg(feature = "remote")]
    at: u64,
}

impl DataFile {
    /// Opens a file.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self {
            file: File::open(path)?,
            #[cfg(feature = "remote")]
            fill: fill_of(path),
            #[cfg(feature = "remote")]
            at: 0,
        })
    }

    /// Returns what the system knows of it; a copy with holes is as long as the file that it is of.
    pub(crate) fn metadata(&self) -> io::Result<std::fs::Metadata> {
        self.file.metadata()
    }
}

impl Read for DataFile {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        #[cfg(feature = "remote")]
        if let Some(fill) = &self.fill {
            fill.fill(self.at, self.at.saturating_add(buf.len() as u64))?;
        }
        let read = self.file.read(buf)?;
        #[cfg(feature = "remote")]
        {
            self.at += read as u64;
        }
        Ok(read)
    }
}

impl Seek for DataFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = self.file.seek(to)?;
        #[cfg(feature = "remote")]
        {
            self.at = place;
        }
        Ok(place)
    }
}
