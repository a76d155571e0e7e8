//! What brings files that grow back to what they were: noted before anything is put behind their rows, and gone when all is done.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::growing::Tail;
use super::names::ANEW;
use crate::cli::output::{OutputSet, remove_if_there, write_error};
use hemoclone::cohort::{append, rows_end};

/// Name of the note. A leading dot: it is nobody's to read.
pub(super) const UNDO: &str = ".cohort.undo";

/// A note on disk.
pub(super) struct Undo {
    output: PathBuf,
    note: Note,
}

#[derive(Serialize, Deserialize)]
struct Note {
    /// SHA-256 of the manifest of the cohort as it was: where it is another by now, all was done.
    manifest: [u8; 32],
    files: Vec<Grown>,
}

/// A file that grows: all before `length` bytes stays, and `end` came behind it.
#[derive(Serialize, Deserialize)]
struct Grown {
    name: String,
    length: u64,
    end: Vec<u8>,
}

impl Undo {
    /// Notes how the files are, before the rows of a batch are put behind theirs.
    pub(super) fn note(output: &Path, manifest: &str, tails: &[Tail]) -> anyhow::Result<Self> {
        let files: anyhow::Result<Vec<Grown>> = tails.iter().map(|tail| grown(output, tail)).collect();
        let undo = Self {
            output: output.to_owned(),
            note: Note {
                manifest: Sha256::digest(manifest).into(),
                files: files?,
            },
        };
        let mut set = OutputSet::default();
        let mut file = set.open(&output.join(UNDO))?;
        file.write_all(&postcard::to_stdvec(&undo.note)?)?;
        // Before the rows: whoever finds them finds this too, also after a loss of power.
        file.sync()?;
        set.commit()?;
        Ok(undo)
    }

    /// Reads the note of a run that was ended while it was writing; `None` where there is none, or that run was done but for its removal.
    pub(super) fn of(output: &Path, manifest: &str) -> anyhow::Result<Option<Self>> {
        let path = output.join(UNDO);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        let note: Note = postcard::from_bytes(&bytes)
            .map_err(|_| anyhow!("{}: it was changed; {ANEW}", path.display()))?;
        if note.manifest[..] != Sha256::digest(manifest)[..] {
            remove_if_there(&path)?;
            return Ok(None);
        }
        let output = output.to_owned();
        Ok(Some(Self { output, note }))
    }

    /// Brings the files back.
    pub(super) fn roll_back(&self) -> anyhow::Result<()> {
        for grown in &self.note.files {
            let path = self.output.join(&grown.name);
            let mut file = opened(&path)?;
            let length = file.metadata().with_context(|| path.display().to_string())?.len();
            if length < grown.length {
                bail!("{}: it was cut; {ANEW}", path.display());
            }
            let mut write = || {
                file.set_len(grown.length)?;
                file.seek(SeekFrom::Start(grown.length))?;
                file.write_all(&grown.end)
            };
            write().map_err(|e| write_error(&path, e))?;
        }
        Ok(())
    }

    /// Removes the note, when all is done.
    pub(super) fn remove(&self) -> anyhow::Result<()> {
        remove_if_there(&self.output.join(UNDO))
    }
}

fn opened(path: &Path) -> anyhow::Result<File> {
    let file = File::options().read(true).write(true).open(path);
    file.map_err(|e| write_error(path, e))
}

fn grown(output: &Path, tail: &Tail) -> anyhow::Result<Grown> {
    let path = output.join(&tail.name);
    let mut file = opened(&path)?;
    let mut end = Vec::new();
    let length = if tail.is_parquet() {
        let length = rows_end(&file).with_context(|| path.display().to_string())?;
        let read = file
            .seek(SeekFrom::Start(length))
            .and_then(|_| file.read_to_end(&mut end));
        read.with_context(|| format!("cannot read {}", path.display()))?;
        length
    } else {
        file.metadata().with_context(|| path.display().to_string())?.len()
    };
    let name = tail.name.clone();
    Ok(Grown { name, length, end })
}

/// Puts the rows of a batch behind those of a file, and waits until the disk has them.
pub(super) fn put_behind(output: &Path, tail: &Tail) -> anyhow::Result<()> {
    let path = output.join(&tail.name);
    let mut file = opened(&path)?;
    if tail.is_parquet() {
        append(&file, &tail.rows).with_context(|| format!("cannot write {}", path.display()))?;
    } else {
        let mut rows = &tail.rows;
        let mut copy = || {
            rows.seek(SeekFrom::Start(0))?;
            file.seek(SeekFrom::End(0))?;
            io::copy(&mut rows, &mut file)
        };
        copy().map_err(|e| write_error(&path, e))?;
    }
    file.sync_data().map_err(|e| write_error(&path, e))
}
