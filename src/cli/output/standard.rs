//! Standard output.

use std::io::{self, BufWriter, StdoutLock, Write};

/// Whom a command's standard output is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Another program, or a file; a caller that wants only the exit code throws it away.
    Programs,
    /// Whoever asked: there is no use in the command without its output.
    People,
}

/// Returns a buffered, locked standard output; whoever writes must flush it, for what is left in it is lost without a word.
///
/// Before `main` the standard library opens `/dev/null` in the place of a standard output that is closed (`>&-`): all that is
/// written goes nowhere, and nobody is told.
pub fn stdout(audience: Audience) -> io::Result<BufWriter<StandardOutput>> {
    let stdout = io::stdout().lock();
    match audience {
        _ if !was_closed(&stdout) => {}
        Audience::People => {
            return Err(io::Error::other(
                "cannot write to standard output: it is closed; open it, or send it to a file",
            ));
        }
        Audience::Programs => {
            tracing::warn!(
                "standard output is closed, or thrown away: nobody will see what is written to it"
            );
        }
    }
    Ok(BufWriter::with_capacity(1 << 16, StandardOutput(stdout)))
}

/// Standard output whose errors say what they are of.
#[derive(Debug)]
pub struct StandardOutput(StdoutLock<'static>);

fn named(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::Interrupted {
        return error;
    }
    io::Error::new(error.kind(), format!("cannot write to standard output: {error}"))
}

impl Write for StandardOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(named)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(named)
    }
}

/// Makes a file above the limit of the shell (`ulimit -f`) an error of writing that names it: the signal would end the program
/// without a word.
pub fn outlive_file_size_limit() {
    #[cfg(unix)]
    {
        let seen = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        // Where that cannot be, the signal does what it always did.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, seen);
    }
}

/// Whether a standard output looks like what the standard library puts in the place of a closed one: `/dev/null`, open for
/// reading, too. Some programs start others with such an output to throw it away, hence [`Audience`].
#[cfg(unix)]
fn was_closed(stdout: &StdoutLock<'_>) -> bool {
    use std::fs;
    use std::os::unix::fs::MetadataExt as _;

    use rustix::fs::{OFlags, fcntl_getfl, fstat};

    let (Ok(opened), Ok(flags), Ok(null)) = (fstat(stdout), fcntl_getfl(stdout), fs::metadata("/dev/null"))
    else {
        return true;
    };
    opened.st_rdev == null.rdev()
        && opened.st_ino == null.ino()
        && opened.st_dev == null.dev()
        && flags & OFlags::RWMODE == OFlags::RDWR
}

#[cfg(not(unix))]
fn was_closed(_: &StdoutLock<'_>) -> bool {
    false
}
