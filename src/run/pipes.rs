//! Inputs that can be read only once: standard input, a pipe of the shell, a named pipe. Each is copied into a file when it is asked
//! for first; whoever asks again gets the copy.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use anyhow::anyhow;

use super::UsageError;
pub use super::copied::Copy;
use super::kept::Kept;
use super::messages::explained;
use super::remote;
use crate::variants::{Input, ScanError};

/// What standard input is called where a file would be named.
#[cfg(feature = "alignments")]
const STANDARD_INPUT: &str = "standard input";

/// Open files of the process are the process's own: so is what was read from them.
static COPIES: LazyLock<Mutex<HashMap<PathBuf, Arc<Once>>>> = LazyLock::new(Mutex::default);

/// A pipe that is copied once; the second that asks waits for what the first one takes out.
type Once = OnceLock<Result<Copy, Refused>>;

/// Why a pipe was not copied.
#[derive(Clone, Debug)]
struct Refused {
    message: String,
    /// Whether it begins like nothing that is read.
    #[cfg_attr(
        not(feature = "alignments"),
        allow(dead_code, reason = "only who wants alignments has another answer to it")
    )]
    by_begin: bool,
}

impl Refused {
    fn new(error: &anyhow::Error) -> Self {
        Self {
            message: explained(error),
            by_begin: matches!(error.downcast_ref(), Some(ScanError::NotVcf { .. })),
        }
    }
}

/// Returns the copy of what comes through a pipe, or is on a server; `None` for a file, which can be read again and again.
pub fn copy_of(path: &Path) -> anyhow::Result<Option<Copy>> {
    look_up(path).map_err(|refused| anyhow!(refused.message))
}

fn look_up(path: &Path) -> Result<Option<Copy>, Refused> {
    if remote::is_address(path) {
        return match remote::open(path) {
            Ok(copy) => Ok(Some(copy)),
            Err(error) => Err(Refused::new(&error)),
        };
    }
    let input = Input::from_argument(path);
    if !input.is_read_once() {
        return Ok(None);
    }
    // Not held while it is read: who writes to two pipes may wait for both to be read.
    let once = {
        let mut copies = COPIES.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(copies.entry(one_name(path).to_owned()).or_default())
    };
    let copy = once.get_or_init(|| copied(input).map_err(|e| Refused::new(&e)));
    copy.clone().map(Some)
}

/// Refuses standard input or a pipe that is given for more than one file: it holds one, and is empty when that was read.
pub fn refuse_twice<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Result<(), UsageError> {
    let mut seen = HashSet::new();
    for path in paths {
        let name = one_name(path);
        if !Input::from_argument(path).is_read_once() || seen.insert(name) {
            continue;
        }
        let what = if name == Path::new("-") {
            "standard input"
        } else {
            "a pipe"
        };
        return Err(UsageError(format!(
            "`{}` ({what}) is given more than once; it holds one file: give the others by their paths",
            path.display()
        )));
    }
    Ok(())
}

/// Opens a file that is read from begin to end once, and returns it with its name for messages; `-` is standard input.
pub fn open_once(path: &Path) -> io::Result<(Box<dyn Read>, String)> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin().lock()), "standard input".to_owned()));
    }
    Ok((Box::new(File::open(path)?), path.display().to_string()))
}

/// Returns the one name of a pipe that has several.
fn one_name(path: &Path) -> &Path {
    let names = ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];
    if names.iter().any(|name| path == Path::new(name)) {
        Path::new("-")
    } else {
        path
    }
}

fn copied(input: Input) -> anyhow::Result<Copy> {
    let kept = Kept::new()?;
    let (input, holds_alignments) = input.spool(Arc::clone(&kept.file))?;
    Ok(Copy::of_pipe(input, holds_alignments, kept))
}

/// Opens the alignments of an argument.
#[cfg(feature = "alignments")]
pub fn alignments_of(
    path: &Path,
    reference: Option<&Path>,
    decoder: crate::alignments::CramDecoder,
) -> anyhow::Result<crate::alignments::AlignmentFile> {
    use crate::alignments::{AlignmentError, AlignmentFile};

    let name = if one_name(path) == Path::new("-") {
        Path::new(STANDARD_INPUT)
    } else {
        path
    };
    Ok(match look_up(path) {
        Ok(Some(copy)) => AlignmentFile::open_copy(&copy.path, name, reference, decoder)?,
        Ok(None) => AlignmentFile::open(path, reference, decoder)?,
        // What it would have to be to be variants is of no interest.
        Err(refused) if refused.by_begin => return Err(AlignmentError::no_alignments(name).into()),
        Err(refused) => return Err(anyhow!(refused.message)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_input_has_one_name() {
        for path in ["-", "/dev/stdin", "/dev/fd/0"] {
            assert_eq!(one_name(Path::new(path)), Path::new("-"), "{path}");
        }
        assert_eq!(one_name(Path::new("/dev/fd/63")), Path::new("/dev/fd/63"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_read_once_and_given_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        let text = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";
        let writer = {
            let path = path.clone();
            std::thread::spawn(move || std::fs::write(path, text).unwrap())
        };
        let copies = [0, 1].map(|_| copy_of(&path).unwrap().unwrap());
        writer.join().unwrap();
        assert!(copies.iter().all(|copy| !copy.holds_alignments));
        assert_eq!(std::fs::read_to_string(&copies[1].path).unwrap(), text);
        assert!(copy_of(folder.path()).unwrap().is_none());
    }
}
