//! The folder of reports: one program at a time, and a list of what it is about to write.
//!
//! The lock is a file in the folder, which the system unlocks however the program ends. It holds the stems of the samples that are
//! being written and is removed at the end: where it is found unlocked, a program was killed, and the samples that it names are
//! unfinished.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};

use super::leftovers::remove_leftovers;
use super::write_error;

/// Name of the lock. A leading dot: reports have none.
const LOCK: &str = ".hemoclone.lock";

/// End of a stem in the lock, which no stem holds: a line without it was cut when the program was killed.
const END: char = '/';

/// How long to wait for another program to finish; a small run is over by then, and nobody wonders why nothing happens.
const PATIENCE: Duration = Duration::from_secs(30);

/// A folder that this program alone writes to.
#[derive(Debug)]
pub(crate) struct OutputFolder {
    path: PathBuf,
    /// Unlocked when it is dropped.
    lock: File,
    /// Stems of samples that a program which was killed was writing.
    unfinished: BTreeSet<String>,
    /// Whether the lock names nothing that still has to be finished.
    is_settled: bool,
}

impl OutputFolder {
    /// Makes the folder with all its parents, takes its lock, and removes temporary files that a killed program left;
    /// `ours` are names that such a program may have been writing.
    pub(crate) fn open(path: &Path, ours: impl Fn(&str) -> bool) -> anyhow::Result<Self> {
        make(path)?;
        let mut lock = locked(path, PATIENCE)?;
        let mut text = String::new();
        lock.read_to_string(&mut text)
            .with_context(|| format!("cannot read {}; remove it", path.join(LOCK).display()))?;
        remove_leftovers(path, |output| output.to_str().is_some_and(&ours));
        let unfinished: BTreeSet<String> = text
            .lines()
            .filter_map(|line| line.strip_suffix(END))
            .map(str::to_owned)
            .collect();
        Ok(Self {
            path: path.to_owned(),
            lock,
            is_settled: unfinished.is_empty(),
            unfinished,
        })
    }

    /// Returns the path of a file in it.
    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Returns the stems of samples that a killed program was writing.
    pub(crate) const fn unfinished(&self) -> &BTreeSet<String> {
        &self.unfinished
    }

    /// Notes the stems of the samples that are about to be written; must come before anything of theirs is touched.
    pub(crate) fn announce<'s>(&mut self, stems: impl Iterator<Item = &'s str>) -> anyhow::Result<()> {
        // Behind those that are there: a program killed right here forgets none. The line feed in front ends a line that was cut.
        let mut text = String::from("\n");
        for stem in stems {
            text.push_str(stem);
            text.push(END);
            text.push('\n');
        }
        self.is_settled = false;
        self.lock
            .write_all(text.as_bytes())
            .map_err(|e| write_error(&self.path.join(LOCK), e))
    }

    /// Ends the work: all that was announced, now or by a program that was killed, is finished or gone.
    pub(crate) fn settle(mut self) {
        self.is_settled = true;
    }
}

impl Drop for OutputFolder {
    fn drop(&mut self) {
        // A program that ends early leaves the list for the next.
        if self.is_settled {
            // Before it is unlocked: who waits for it sees that it is another file by then.
            let _ = fs::remove_file(self.path.join(LOCK));
        }
    }
}

fn make(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() && !folder.is_dir() {
        return Err(anyhow!(
            "{} is no folder: nothing can be written into it; give another --output",
            folder.display()
        ));
    }
    fs::create_dir_all(folder).map_err(|error| {
        anyhow!(
            "cannot make the output folder {}: {error}; give another --output",
            folder.display()
        )
    })
}

fn locked(folder: &Path, patience: Duration) -> anyhow::Result<File> {
    let path = folder.join(LOCK);
    let started = Instant::now();
    let mut is_told = false;
    loop {
        let file = open(&path).map_err(|e| write_error(&path, e))?;
        match file.try_lock() {
            // Unless its holder removed it meanwhile.
            Ok(()) if is_still(&file, &path) => return Ok(file),
            Ok(()) => continue,
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return without_locks(file, &path, &error),
        }
        if started.elapsed() >= patience {
            return Err(anyhow!(
                "another run is writing into {}; wait until it is over, or give another --output",
                folder.display()
            ));
        }
        if !is_told {
            tracing::warn!("another run is writing into {}; waiting for it", folder.display());
            is_told = true;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn open(path: &Path) -> io::Result<File> {
    File::options().read(true).append(true).create(true).open(path)
}

/// On a file system without locks (some of NFS) nobody can tell a run that is going on from one that was killed.
fn without_locks(file: File, path: &Path, error: &io::Error) -> anyhow::Result<File> {
    if file.metadata().is_ok_and(|m| m.len() > 0) {
        return Err(anyhow!(
            "{} is there: a run is writing into its folder, or was killed ({error}); remove it if none is running",
            path.display()
        ));
    }
    tracing::warn!(
        "{}: the file system has no locks ({error}); start no other run into this folder meanwhile",
        path.display()
    );
    Ok(file)
}

#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let place = |m: fs::Metadata| (m.dev(), m.ino());
    let (Ok(opened), Ok(there)) = (file.metadata(), fs::metadata(path)) else {
        return false;
    };
    place(opened) == place(there)
}

#[cfg(not(unix))]
fn is_still(_: &File, path: &Path) -> bool {
    // A file that is open cannot be removed there.
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_and_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a").join("b");
        let mut first = OutputFolder::open(&path, |_| true).unwrap();
        first.announce(["x"].into_iter()).unwrap();
        // Nothing of it was finished yet.
        drop(first);
        let first = OutputFolder::open(&path, |_| true).unwrap();
        assert_eq!(first.unfinished().len(), 1);
        let refused = locked(&path, Duration::from_millis(120)).unwrap_err().to_string();
        assert!(refused.contains("another run is writing"), "{refused}");
        let waiting = {
            let path = path.clone();
            thread::spawn(move || OutputFolder::open(&path, |_| true).unwrap().unfinished.len())
        };
        thread::sleep(Duration::from_millis(120));
        first.settle();
        assert_eq!(waiting.join().unwrap(), 0);
        assert_eq!(fs::read_dir(&path).unwrap().count(), 0);
    }

    #[test]
    fn a_killed_program_leaves_what_it_was_writing() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(LOCK), "\na b/\nc/\n\nd/\ncut").unwrap();
        fs::write(folder.path().join(".c.json.7.tmp"), "x").unwrap();
        fs::write(folder.path().join(".other.7.tmp"), "x").unwrap();
        let mut opened = OutputFolder::open(folder.path(), |name| name == "c.json").unwrap();
        let unfinished: Vec<&str> = opened.unfinished().iter().map(String::as_str).collect();
        assert_eq!(unfinished, ["a b", "c", "d"]);
        opened.announce(["e"].into_iter()).unwrap();
        let text = fs::read_to_string(folder.path().join(LOCK)).unwrap();
        assert_eq!(text, "\na b/\nc/\n\nd/\ncut\ne/\n");
        opened.settle();
        let left: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        assert_eq!(left, [".other.7.tmp"]);
    }

    #[test]
    fn a_file_is_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taken");
        fs::write(&path, "").unwrap();
        for path in [path.clone(), path.join("below")] {
            let message = OutputFolder::open(&path, |_| true).unwrap_err().to_string();
            assert!(
                message.contains("taken") && message.contains("another --output"),
                "{message}"
            );
        }
    }
}
