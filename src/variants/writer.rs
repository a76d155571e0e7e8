use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;

use noodles::bgzf;

/// A file that VCF text is written to, plain or in BGZF blocks.
pub struct VcfWriter {
    inner: Inner,
}

type Output = Box<dyn Write + Send>;

enum Inner {
    Plain(BufWriter<Output>),
    Bgzf(bgzf::io::Writer<Output>),
    Threads(bgzf::io::MultithreadedWriter<Output>),
}

impl VcfWriter {
    /// Writes to `file`; `threads` above 1 compress in the background. The bytes do not depend on the number.
    pub fn new(file: impl Write + Send + 'static, compressed: bool, threads: usize) -> Self {
        let file: Output = Box::new(file);
        let workers = NonZeroUsize::new(threads).filter(|n| n.get() > 1);
        let inner = match (compressed, workers) {
            (false, _) => Inner::Plain(BufWriter::with_capacity(1 << 16, file)),
            (true, None) => Inner::Bgzf(bgzf::io::Writer::new(file)),
            (true, Some(n)) => Inner::Threads(bgzf::io::MultithreadedWriter::with_worker_count(n, file)),
        };
        Self { inner }
    }

    /// Writes what is left and the end-of-file block.
    pub fn finish(self) -> io::Result<()> {
        match self.inner {
            Inner::Plain(mut writer) => writer.flush(),
            Inner::Bgzf(writer) => writer.finish().map(drop),
            Inner::Threads(mut writer) => writer.finish().map(drop),
        }
    }
}

impl Write for VcfWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.inner {
            Inner::Plain(writer) => writer.write(bytes),
            Inner::Bgzf(writer) => writer.write(bytes),
            Inner::Threads(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        // A flush would end a BGZF block early: the blocks would depend on who flushes when.
        match &mut self.inner {
            Inner::Plain(writer) => writer.flush(),
            Inner::Bgzf(_) | Inner::Threads(_) => Ok(()),
        }
    }
}
