//! Files that appear whole or not at all: written beside their place under another name, then renamed.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// A set of files that belong together. Dropped before [`OutputSet::commit`], it leaves nothing behind.
#[derive(Debug, Default)]
pub struct OutputSet {
    /// Temporary and final path of each file written so far.
    files: Vec<(PathBuf, PathBuf)>,
}

impl OutputSet {
    /// Writes one file of the set under a temporary name.
    pub fn write(
        &mut self,
        path: &Path,
        content: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let temporary = temporary_name(path);
        let file =
            fs::File::create(&temporary).with_context(|| format!("cannot write {}", path.display()))?;
        self.files.push((temporary, path.to_owned()));
        let mut writer = BufWriter::new(file);
        content(&mut writer).with_context(|| format!("cannot write {}", path.display()))?;
        writer
            .flush()
            .with_context(|| format!("cannot write {}", path.display()))
    }

    /// Gives every file its name.
    pub fn commit(mut self) -> anyhow::Result<()> {
        for (temporary, path) in std::mem::take(&mut self.files) {
            fs::rename(&temporary, &path).with_context(|| format!("cannot write {}", path.display()))?;
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

/// Writes one file whole or not at all.
pub fn write_whole(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut set = OutputSet::default();
    set.write(path, content)?;
    set.commit()
}

/// Makes the folder of the output with all its parents.
pub fn create_folder(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make the output folder {}", folder.display()))
}

fn temporary_name(path: &Path) -> PathBuf {
    // The process id keeps two runs into one folder apart; the name is gone when the run ends.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

/// Returns a buffered, locked standard output.
pub fn stdout() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
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
        assert!(failed.is_err());
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
}
