//! Files that appear whole or not at all: written beside their place under another name, then renamed.

mod clash;
mod folder;
mod leftovers;
mod standard;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub(super) use clash::Inputs;
pub(super) use folder::OutputFolder;
pub(super) use standard::{outlive_file_size_limit, printed, stdout};

use anyhow::Context as _;
use hemoclone::run::UsageError;
use leftovers::{create_temporary, remove_leftovers_of};

/// An output could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {source}{}", path.display(), remedy(source))]
pub(super) struct WriteError {
    path: PathBuf,
    source: io::Error,
}

/// Says what to do about a failed write, where that is clear.
fn remedy(error: &io::Error) -> &'static str {
    use io::ErrorKind::{
        FileTooLarge, NotADirectory, NotFound, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem,
        StorageFull,
    };
    match error.kind() {
        StorageFull | QuotaExceeded => "; free some space or write elsewhere (--output)",
        FileTooLarge => "; raise the limit (`ulimit -f`) or write elsewhere (--output)",
        PermissionDenied | ReadOnlyFilesystem => "; check the permissions or write elsewhere (--output)",
        NotFound | NotADirectory => "; make its folder first, or write elsewhere (--output)",
        _ => "",
    }
}

/// Returns the error of a file that could not be written.
pub(super) fn write_error(path: &Path, source: io::Error) -> anyhow::Error {
    WriteError {
        path: path.to_owned(),
        source,
    }
    .into()
}

/// A set of files that belong together. Dropped before [`OutputSet::commit`], it leaves nothing behind.
#[derive(Debug, Default)]
pub(super) struct OutputSet {
    /// Temporary and final path of each file written so far.
    files: Vec<(PathBuf, PathBuf)>,
}

impl OutputSet {
    /// Writes one file of the set under a temporary name.
    pub(super) fn write(
        &mut self,
        path: &Path,
        content: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let file = self.create(path)?;
        let failure = file.failure.clone();
        let mut writer = BufWriter::new(file);
        let written = content(&mut writer).and_then(|()| Ok(writer.flush()?));
        failure.explain(path, written)
    }

    /// Opens one file of the set for writing along with others; its errors name it.
    #[cfg(feature = "cohort")]
    pub(super) fn open(&mut self, path: &Path) -> anyhow::Result<SetFile> {
        Ok(SetFile {
            file: self.create(path)?,
            path: path.to_owned(),
        })
    }

    fn create(&mut self, path: &Path) -> anyhow::Result<OutputFile> {
        let (temporary, file) = create_temporary(path).map_err(|e| write_error(path, e))?;
        self.files.push((temporary, path.to_owned()));
        Ok(OutputFile {
            file,
            failure: Failure::default(),
        })
    }

    /// Gives every file its name, in the order of writing: whoever sees the last sees them all.
    pub(super) fn commit(mut self) -> anyhow::Result<()> {
        for (temporary, path) in std::mem::take(&mut self.files) {
            fs::rename(&temporary, &path).map_err(|e| write_error(&path, e))?;
        }
        Ok(())
    }
}

impl Drop for OutputSet {
    fn drop(&mut self) {
        for (temporary, _) in &self.files {
            // Nothing more can be done about a leftover than to have tried.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// A file that remembers why it could not be written: an error of what is read meanwhile is none of its own.
#[derive(Debug)]
pub(super) struct OutputFile {
    file: File,
    failure: Failure,
}

#[derive(Clone, Debug, Default)]
struct Failure(Arc<Mutex<Option<io::Error>>>);

impl Failure {
    fn note(&self, error: &io::Error) {
        let copy = error
            .raw_os_error()
            .map_or_else(|| io::Error::from(error.kind()), io::Error::from_raw_os_error);
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert(copy);
    }

    /// Puts the file's name to an error of writing; any other stays as it is.
    fn explain(&self, path: &Path, written: anyhow::Result<()>) -> anyhow::Result<()> {
        match self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(error) => Err(write_error(path, error)),
            None => written,
        }
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).inspect_err(|e| {
            if e.kind() != io::ErrorKind::Interrupted {
                self.failure.note(e);
            }
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().inspect_err(|e| self.failure.note(e))
    }
}

/// A file of a set whose errors of writing name it, for several that are written at the same time.
#[cfg(feature = "cohort")]
#[derive(Debug)]
pub(super) struct SetFile {
    file: OutputFile,
    path: PathBuf,
}

#[cfg(feature = "cohort")]
impl SetFile {
    /// Opens a file without a name, which is gone when it is closed; its errors name the file for which it is meant.
    pub(super) fn nameless(path: &Path) -> anyhow::Result<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let file = tempfile::tempfile_in(folder.unwrap_or(Path::new(".")));
        Ok(Self {
            file: OutputFile {
                file: file.map_err(|e| write_error(path, e))?,
                failure: Failure::default(),
            },
            path: path.to_owned(),
        })
    }

    /// Waits until the disk has it.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.file.sync_all().map_err(|e| self.named(e))
    }

    /// Returns the file itself.
    pub(super) fn into_file(self) -> File {
        self.file.file
    }

    fn named(&self, error: io::Error) -> io::Error {
        if error.kind() == io::ErrorKind::Interrupted {
            return error;
        }
        let kind = error.kind();
        let path = self.path.clone();
        io::Error::new(kind, WriteError { path, source: error })
    }
}

#[cfg(feature = "cohort")]
impl Write for SetFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(|e| self.named(e))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(|e| self.named(e))
    }
}

/// Removes a file that is to be written anew, where it is there.
pub(super) fn remove_if_there(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot overwrite {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Writes one file whole or not at all.
pub(super) fn write_whole(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if is_stream(path) {
        let file = open_stream(path)?;
        let failure = file.failure.clone();
        let mut writer = BufWriter::new(file);
        let written = content(&mut writer).and_then(|()| Ok(writer.flush()?));
        return failure.explain(path, written);
    }
    remove_leftovers_of(path);
    let mut set = OutputSet::default();
    set.write(path, content)?;
    set.commit()
}

/// Writes one file whole or not at all, for writers that must own the file.
pub(super) fn write_whole_file(
    path: &Path,
    content: impl FnOnce(OutputFile) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if is_stream(path) {
        let file = open_stream(path)?;
        let failure = file.failure.clone();
        return failure.explain(path, content(file));
    }
    remove_leftovers_of(path);
    let mut set = OutputSet::default();
    let file = set.create(path)?;
    let failure = file.failure.clone();
    failure.explain(path, content(file))?;
    set.commit()
}

/// Whether a path is a device or a pipe (`/dev/stdout`, `>(gzip)`): it is written to as it stands, for a file put in its place
/// would be the end of the device.
fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir())
}

fn open_stream(path: &Path) -> anyhow::Result<OutputFile> {
    let file = File::options()
        .write(true)
        .open(path)
        .map_err(|e| write_error(path, e))?;
    Ok(OutputFile {
        file,
        failure: Failure::default(),
    })
}

/// Refuses an output that is there already, unless it may be overwritten; a folder never may.
pub(super) fn refuse_existing(path: &Path, force: bool) -> Result<(), UsageError> {
    if path == Path::new("-") || is_stream(path) {
        return Ok(());
    }
    refuse_existing_file(path, force)
}

/// The same of a file among several, which nothing but a file can be.
pub(super) fn refuse_existing_file(path: &Path, force: bool) -> Result<(), UsageError> {
    if path.is_dir() {
        return Err(UsageError(format!(
            "{} is a folder; give the name of a file",
            path.display()
        )));
    }
    if path.exists() && !force {
        return Err(UsageError(format!(
            "{} is there already; give --force to overwrite it",
            path.display()
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_nothing_of_a_set_that_failed() {
        let folder = tempfile::tempdir().unwrap();
        let mut set = OutputSet::default();
        set.write(&folder.path().join("a.json"), |w| Ok(w.write_all(b"{}")?))
            .unwrap();
        let failed = set.write(&folder.path().join("b.json"), |_| anyhow::bail!("no"));
        assert_eq!(failed.unwrap_err().to_string(), "no");
        drop(set);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn gives_names_on_commit() {
        let folder = tempfile::tempdir().unwrap();
        write_whole(&folder.path().join("a.json"), |w| Ok(w.write_all(b"{}")?)).unwrap();
        assert_eq!(fs::read(folder.path().join("a.json")).unwrap(), b"{}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_missing_folder_is_named_with_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none").join("a.json");
        let message = write_whole(&path, |w| Ok(w.write_all(b"{}")?))
            .unwrap_err()
            .to_string();
        assert!(
            message.contains("none/a.json") && message.contains("make its folder first"),
            "{message}"
        );
    }
}
