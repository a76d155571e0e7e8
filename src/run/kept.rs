//! Temporary files of a run: what came through a pipe, what was fetched from a server.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;

/// A file that is gone with the program: at once where the system can open it again without a name, else at the end.
#[derive(Debug)]
pub(super) struct Kept {
    /// By which it can be opened again.
    #[cfg_attr(
        not(feature = "alignments"),
        allow(dead_code, reason = "only alignments are opened by a path")
    )]
    pub path: PathBuf,
    /// Itself.
    pub file: Arc<File>,
    _named: Option<tempfile::TempPath>,
}

impl Kept {
    /// Makes one.
    pub(super) fn new() -> anyhow::Result<Self> {
        let context = "cannot make a temporary file; name another folder in TMPDIR";
        let file = tempfile::tempfile().context(context)?;
        if let Some(path) = path_of(&file) {
            return Ok(Self {
                path,
                file: Arc::new(file),
                _named: None,
            });
        }
        let (file, named) = tempfile::NamedTempFile::new().context(context)?.into_parts();
        Ok(Self {
            path: named.to_path_buf(),
            file: Arc::new(file),
            _named: Some(named),
        })
    }
}

/// Returns a path by which an open file without a name can be opened once more, as Linux has one.
#[cfg(target_os = "linux")]
fn path_of(file: &File) -> Option<PathBuf> {
    use std::os::fd::AsRawFd as _;

    let path = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
    File::open(&path).is_ok().then_some(path)
}

#[cfg(not(target_os = "linux"))]
fn path_of(_: &File) -> Option<PathBuf> {
    None
}
