//! Standard output.

use std::io::{self, BufWriter, StdoutLock, Write};

/// Returns a buffered, locked standard output; whoever writes must flush it, for what is left in it is lost without a word.
///
/// Before `main` the standard library opens `/dev/null` in the place of a standard output that is closed (`>&-`): all that is
/// written would go nowhere, and nobody be told. Ask for it before the work, so that nobody waits for nothing.
pub fn stdout() -> io::Result<BufWriter<StandardOutput>> {
    let stdout = io::stdout().lock();
    if was_closed(&stdout) {
        return Err(io::Error::other(
            "cannot write to standard output: it is closed, or /dev/null opened for reading, too, which looks the same; open it, \
             or send it to a file (`> /dev/null` throws it away)",
        ));
    }
    Ok(BufWriter::with_capacity(1 << 16, StandardOutput(stdout)))
}

/// Lets somebody else print, to the last byte, who locks standard output alone.
///
/// For help and version, which programs ask for to learn whether this one is there, throwing the answer away: one that looks
/// closed is none for them.
pub fn printed(print: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    print().and_then(|()| io::stdout().flush()).map_err(named)
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
/// reading, too. Some programs start others with such an output to throw it away; the two cannot be told apart.
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
