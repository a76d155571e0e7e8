//! Standard output.

use std::io::{self, BufWriter, StdoutLock, Write};

/// Returns a buffered, locked standard output; whoever writes must flush it, for what is left in it is lost without a word.
///
/// One that is closed (`>&-`) is an error: all that is written would go nowhere, and nobody be told. Ask for it before the work, so
/// that nobody waits for nothing.
pub(crate) fn stdout() -> io::Result<BufWriter<StandardOutput>> {
    if closed::is_closed() {
        return Err(io::Error::other(
            "cannot write to standard output: it is closed; open it, or send it to a file (`> /dev/null` throws it away)",
        ));
    }
    Ok(BufWriter::with_capacity(
        1 << 16,
        StandardOutput {
            lock: io::stdout().lock(),
            failure: None,
        },
    ))
}

/// Lets somebody else print, to the last byte, who locks standard output alone.
///
/// For help and version, which programs ask for to learn whether this one is there: for them a closed one is none that misses
/// anything.
pub(crate) fn printed(print: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    print().and_then(|()| io::stdout().flush()).map_err(named)
}

/// Standard output whose errors say what they are of.
#[derive(Debug)]
pub(crate) struct StandardOutput {
    lock: StdoutLock<'static>,
    /// The first error of writing.
    failure: Option<io::Error>,
}

impl StandardOutput {
    /// Returns why something could not be written, whatever the error was made into on its way.
    #[cfg(feature = "alignments")]
    pub(crate) const fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    fn keep(&mut self, error: io::Error) -> io::Error {
        let error = named(error);
        if error.kind() != io::ErrorKind::Interrupted {
            let copy = io::Error::new(error.kind(), error.to_string());
            self.failure.get_or_insert(copy);
        }
        error
    }
}

fn named(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::Interrupted {
        return error;
    }
    io::Error::new(error.kind(), format!("cannot write to standard output: {error}"))
}

impl Write for StandardOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lock.write(bytes).map_err(|e| self.keep(e))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.lock.flush().map_err(|e| self.keep(e))
    }
}

/// Makes a file above the limit of the shell (`ulimit -f`) an error of writing that names it: the signal would end the program
/// without a word.
pub(crate) fn outlive_file_size_limit() {
    #[cfg(unix)]
    {
        let seen = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        // Where that cannot be, the signal does what it always did.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, seen);
    }
}

/// Before `main` the standard library opens `/dev/null` for reading and writing in the place of a standard output that is closed,
/// and so do programs that start others to throw their output away (Python's `DEVNULL`, Node's `ignore`, daemons): the flags, the
/// device and all else that `/proc` shows are the same. The two can be told apart only before the standard library was there.
#[cfg(unix)]
mod closed {
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::{io, stdio};

    static WAS_CLOSED: AtomicBool = AtomicBool::new(false);

    /// Runs before `main`: one system call, no memory, nothing that could panic.
    #[ctor::ctor]
    fn look() {
        WAS_CLOSED.store(io::fcntl_getfd(stdio::stdout()).is_err(), Ordering::Relaxed);
    }

    /// Whether standard output was closed when the program started.
    pub(super) fn is_closed() -> bool {
        WAS_CLOSED.load(Ordering::Relaxed)
    }
}

#[cfg(not(unix))]
mod closed {
    pub(super) const fn is_closed() -> bool {
        false
    }
}
