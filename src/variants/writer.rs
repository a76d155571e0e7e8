use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::Path;

use noodles::bgzf;

use super::bcf_writer::BcfWriter;
use super::workers::can_start;

/// How a file of variants is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputFormat {
    /// VCF text.
    Vcf,
    /// VCF text in BGZF blocks.
    VcfGz,
    /// BCF.
    Bcf,
}

impl OutputFormat {
    /// Returns the format that the name of a file asks for: BCF by `.bcf`, BGZF by `.gz` or `.bgz`, else plain text.
    pub fn of_path(path: &Path) -> Self {
        let suffix = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        match suffix.as_deref() {
            Some("bcf") => Self::Bcf,
            Some("gz" | "bgz") => Self::VcfGz,
            _ => Self::Vcf,
        }
    }
}

/// A file that VCF text is written to: plain, in BGZF blocks, or encoded as BCF.
pub struct VcfWriter {
    inner: Inner,
}

type Output = Box<dyn Write + Send>;

enum Inner {
    Plain(BufWriter<Output>),
    Bgzf(bgzf::io::Writer<Output>),
    Threads(bgzf::io::MultithreadedWriter<Output>),
    Bcf(Box<BcfWriter>),
}

impl VcfWriter {
    /// Writes to `file`; `threads` above 1 compress in the background, where they can be started. The bytes do not depend on the
    /// number.
    pub fn new(file: impl Write + Send + 'static, format: OutputFormat, threads: usize) -> io::Result<Self> {
        let file: Output = Box::new(file);
        // One more writes what the others compressed.
        let workers = NonZeroUsize::new(threads).filter(|n| n.get() > 1 && can_start(n.get() + 1));
        let inner = match (format, workers) {
            (OutputFormat::Vcf, _) => Inner::Plain(BufWriter::with_capacity(1 << 16, file)),
            (OutputFormat::VcfGz, None) => Inner::Bgzf(bgzf::io::Writer::new(file)),
            (OutputFormat::VcfGz, Some(n)) => {
                Inner::Threads(bgzf::io::MultithreadedWriter::with_worker_count(n, file))
            }
            (OutputFormat::Bcf, _) => Inner::Bcf(Box::new(BcfWriter::new(file)?)),
        };
        Ok(Self { inner })
    }

    /// Writes what is left and the end-of-file block.
    pub fn finish(self) -> io::Result<()> {
        match self.inner {
            Inner::Plain(mut writer) => writer.flush(),
            Inner::Bgzf(writer) => writer.finish().map(drop),
            Inner::Threads(mut writer) => writer.finish().map(drop),
            Inner::Bcf(writer) => writer.finish(),
        }
    }
}

impl Write for VcfWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.inner {
            Inner::Plain(writer) => writer.write(bytes),
            Inner::Bgzf(writer) => writer.write(bytes),
            Inner::Threads(writer) => writer.write(bytes),
            Inner::Bcf(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        // A flush would end a BGZF block early: the blocks would depend on who flushes when.
        match &mut self.inner {
            Inner::Plain(writer) => writer.flush(),
            Inner::Bgzf(_) | Inner::Threads(_) | Inner::Bcf(_) => Ok(()),
        }
    }
}
