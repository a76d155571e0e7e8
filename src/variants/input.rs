//! Opens an input and finds out from its first bytes what it is; the file name is never asked.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use flate2::bufread::MultiGzDecoder;
use noodles::bgzf;

use super::error::ScanError;
use super::failed::FailsForGood;
use super::placed::PlacedReader;
use super::tail::{Tail, TailReader};
use super::workers::can_start;
use crate::genome::{DataFile, failure_of_mirror};

/// What to do with alignments.
const CALL_FIRST: &str =
    "alignments are not read here: call variants first (`hemoclone call`) and give the VCF or BCF";

/// Name of the alignments that are compressed whatever they are in.
const BAM: &str = "a BAM file";

/// More threads do not decompress faster than one reads, and each takes room.
const MOST_WORKERS: usize = 32;

/// Bytes by which it is told what a pipe holds.
const HEAD: u64 = 1 << 16;

/// An input as the user named it.
#[derive(Clone, Debug)]
pub struct Input {
    source: Source,
    /// The bytes that a file had when it was opened first; every later look must find as many.
    size: Arc<OnceLock<u64>>,
}

#[derive(Clone, Debug)]
enum Source {
    Path(PathBuf),
    Stdin,
    Bytes(String, Arc<[u8]>),
    /// A source that can be read only once, and the file that holds what came out of it.
    Spooled(Box<Source>, Arc<File>),
    /// A file on a server, by the address that is shown, and the copy of what was fetched of it.
    #[cfg_attr(
        not(feature = "remote"),
        expect(dead_code, reason = "nothing reads servers without the feature")
    )]
    Mirrored(PathBuf, PathBuf),
}

impl Source {
    fn file_name(&self) -> String {
        let path = match self {
            // The number that the shell gives to `<(…)` says nothing and changes from run to run.
            Self::Path(path) if is_descriptor(path) => return "-".into(),
            Self::Path(path) | Self::Mirrored(path, _) => path.as_path(),
            Self::Bytes(name, _) => Path::new(name),
            Self::Stdin => return "-".into(),
            Self::Spooled(source, _) => return source.file_name(),
        };
        let name = path.file_name().unwrap_or(path.as_os_str());
        name.to_string_lossy().into()
    }

    fn display(&self) -> String {
        match self {
            Self::Path(path) | Self::Mirrored(path, _) => path.display().to_string(),
            Self::Stdin => "standard input".into(),
            Self::Bytes(name, _) => name.clone(),
            Self::Spooled(source, _) => source.display(),
        }
    }
}

/// Whether a path stands for an open file of the process rather than for one in a folder: `/dev/stdin`, `/dev/fd/63`.
fn is_descriptor(path: &Path) -> bool {
    path == Path::new("/dev/stdin")
        || ["/dev/fd", "/proc/self/fd"]
            .iter()
            .any(|folder| path.parent() == Some(Path::new(folder)))
}

impl Input {
    /// Makes an input of a command-line argument: `-` is standard input, all else a path.
    pub fn from_argument(argument: &Path) -> Self {
        let source = if argument.as_os_str() == "-" {
            Source::Stdin
        } else {
            Source::Path(argument.to_owned())
        };
        Self::new(source)
    }

    fn new(source: Source) -> Self {
        Self {
            source,
            size: Arc::default(),
        }
    }

    /// Makes an input of bytes in memory; `name` stands for the path of the file.
    pub fn from_bytes(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self::new(Source::Bytes(name.into(), bytes.into()))
    }

    /// Makes an input of the copy of a file on a server, of which only what is read is fetched; `name` is its address.
    #[cfg(feature = "remote")]
    pub(crate) fn mirrored(name: PathBuf, copy: PathBuf) -> Self {
        Self::new(Source::Mirrored(name, copy))
    }

    /// Whether it is a file on a server.
    pub(super) const fn is_mirrored(&self) -> bool {
        matches!(self.source, Source::Mirrored(..))
    }

    /// Says why a server did not give what was asked of it.
    pub(super) fn failure(&self) -> Option<ScanError> {
        let Source::Mirrored(_, copy) = &self.source else {
            return None;
        };
        failure_of_mirror(copy).map(|problem| ScanError::Server {
            file: self.display(),
            problem,
        })
    }

    /// Returns the file name without its folder, so that output does not depend on the machine.
    pub fn file_name(&self) -> String {
        self.source.file_name()
    }

    /// Returns the name for messages, with its folder.
    pub(crate) fn display(&self) -> String {
        self.source.display()
    }

    /// Whether the bytes are gone once they were read: standard input, a pipe.
    pub fn is_read_once(&self) -> bool {
        match &self.source {
            Source::Path(path) => fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir()),
            Source::Stdin => true,
            Source::Bytes(..) | Source::Spooled(..) | Source::Mirrored(..) => false,
        }
    }

    /// Copies the input into `file`, so that it can be read more than once; its name stays. What is neither VCF or BCF nor
    /// alignments is refused by its begin, for it may have no end. Returns whether it holds alignments, too.
    pub fn spool(self, file: Arc<File>) -> Result<(Self, bool), ScanError> {
        let open = |source| ScanError::Open {
            file: self.display(),
            source,
        };
        let mut raw = self.open_raw().map_err(open)?;
        let mut head = Vec::new();
        (&mut raw).take(HEAD).read_to_end(&mut head).map_err(open)?;
        if head.is_empty() {
            return Err(ScanError::Empty { file: self.display() });
        }
        let are_alignments = self.check_head(&head)?;
        let mut copy = &*file;
        let copied = copy.write_all(&head).and_then(|()| io::copy(&mut raw, &mut copy));
        if let Err(source) = copied {
            return Err(ScanError::Spool {
                file: self.display(),
                source,
            });
        }
        Ok((
            Self::new(Source::Spooled(Box::new(self.source), file)),
            are_alignments,
        ))
    }

    /// Whether the first bytes are those of alignments; an error where they are not those of variants either.
    fn check_head(&self, head: &[u8]) -> Result<bool, ScanError> {
        let compression = Compression::of(head);
        let mut inflated = Vec::new();
        if compression != Compression::None {
            // The head ends in the middle; what can be read of it tells.
            _ = MultiGzDecoder::new(head).take(HEAD).read_to_end(&mut inflated);
            if inflated.is_empty() {
                return Ok(false);
            }
        }
        match kind_of(if inflated.is_empty() { head } else { &inflated }) {
            Kind::Alignments(_) => Ok(true),
            kind => self.check_kind(&kind, compression).map(|()| false),
        }
    }

    fn check_kind(&self, kind: &Kind, compression: Compression) -> Result<(), ScanError> {
        let (found, remedy) = match *kind {
            Kind::Vcf | Kind::Bcf => return Ok(()),
            Kind::Alignments(found) => (found, CALL_FIRST),
            Kind::Other(found, remedy) => (found, remedy),
        };
        let bare = ["a ", "an "]
            .iter()
            .find_map(|article| found.strip_prefix(article));
        let found = match (compression, bare) {
            // A BAM file is always compressed.
            _ if found == BAM => found.to_owned(),
            (Compression::None, _) => found.to_owned(),
            (_, Some(bare)) => format!("a compressed {bare}"),
            (_, None) => format!("compressed {found}"),
        };
        Err(ScanError::NotVcf {
            file: self.display(),
            found,
            remedy: remedy.into(),
        })
    }

    /// Says whether the file has, or gave, as many bytes as it had at first.
    pub(crate) fn check_size(&self, before: u64, now: u64) -> Result<(), ScanError> {
        if before == now {
            return Ok(());
        }
        Err(ScanError::Changed {
            file: self.display(),
            before,
            now,
        })
    }

    /// Returns the bytes of a file on disk; an error where it had others before.
    fn size(&self) -> Result<Option<u64>, ScanError> {
        let (Source::Path(path) | Source::Mirrored(_, path)) = &self.source else {
            return Ok(None);
        };
        let Some(now) = fs::metadata(path).ok().filter(fs::Metadata::is_file) else {
            return Ok(None);
        };
        let before = *self.size.get_or_init(|| now.len());
        self.check_size(before, now.len())?;
        Ok(Some(before))
    }

    pub(crate) fn path(&self) -> Option<&Path> {
        match &self.source {
            Source::Path(path) | Source::Mirrored(_, path) => Some(path),
            _ => None,
        }
    }

    fn open_raw(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match &self.source {
            Source::Path(path) => {
                let file = File::open(path)?;
                if file.metadata()?.is_dir() {
                    return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
                }
                Box::new(file)
            }
            Source::Mirrored(_, copy) => Box::new(DataFile::open(copy)?),
            Source::Stdin => Box::new(io::stdin()),
            Source::Bytes(_, bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
            Source::Spooled(_, file) => Box::new(PlacedReader {
                file: Arc::clone(file),
                at: 0,
            }),
        })
    }

    fn cannot_open(&self, source: io::Error) -> ScanError {
        self.failure().unwrap_or(ScanError::Open {
            file: self.display(),
            source,
        })
    }

    /// Opens the input and recognizes its compression and format.
    pub(crate) fn open(&self, threads: usize) -> Result<Opened, ScanError> {
        let open = |source| self.cannot_open(source);
        // Threads read ahead, and what they read would be fetched.
        let threads = if self.is_mirrored() { 1 } else { threads };
        let raw = self.open_raw().map_err(open)?;
        let size = self.size()?;
        let read = Arc::new(AtomicU64::new(0));
        let raw: Box<dyn Read + Send> = Box::new(CountingReader {
            inner: raw,
            read: Arc::clone(&read),
        });
        let mut raw = BufReader::with_capacity(1 << 16, raw);
        let head = peek(&mut raw).map_err(open)?;
        if head.is_empty() {
            return Err(ScanError::Empty { file: self.display() });
        }
        let compression = Compression::of(&head);
        let tail = Arc::new(Mutex::new(Tail::default()));
        let stream: Box<dyn BufRead + Send> = match compression {
            Compression::None => Box::new(raw),
            Compression::Bgzf => {
                let watched = TailReader {
                    inner: raw,
                    tail: Arc::clone(&tail),
                };
                match NonZero::new(threads.min(MOST_WORKERS)) {
                    Some(n) if n.get() > 1 && can_start(n.get() + 1) => {
                        Box::new(bgzf::io::MultithreadedReader::with_worker_count(n, watched))
                    }
                    _ => Box::new(bgzf::io::Reader::new(watched)),
                }
            }
            Compression::Gzip => Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(raw))),
        };
        let mut stream: Box<dyn BufRead + Send> = Box::new(FailsForGood::new(stream));
        let damaged = |source: io::Error| {
            self.failure().unwrap_or(ScanError::Damaged {
                file: self.display(),
                place: super::Place::default(),
                problem: source.to_string(),
            })
        };
        let inner = stream.fill_buf().map_err(damaged)?;
        if inner.is_empty() {
            return Err(ScanError::Empty { file: self.display() });
        }
        let kind = kind_of(inner);
        let bcf = matches!(kind, Kind::Bcf);
        self.check_kind(&kind, compression)?;
        Ok(Opened {
            stream,
            bcf,
            compression,
            tail: (compression == Compression::Bgzf).then_some(tail),
            size,
            read,
        })
    }
}

/// A stream of uncompressed bytes.
pub(crate) struct Opened {
    pub stream: Box<dyn BufRead + Send>,
    pub bcf: bool,
    pub compression: Compression,
    /// The last compressed bytes seen; at the end they must be the empty block that closes a BGZF file.
    pub tail: Option<Arc<Mutex<Tail>>>,
    /// The bytes that a file on disk had when it was opened first.
    pub size: Option<u64>,
    read: Arc<AtomicU64>,
}

impl Opened {
    /// Returns how many bytes of the file went by, compressed as they are.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.read.load(Ordering::Acquire)
    }

    /// Returns the name of the format for the report.
    pub(crate) fn format(&self) -> &'static str {
        match (self.bcf, self.compression) {
            (true, _) => "bcf",
            (false, Compression::None) => "vcf",
            (false, _) => "vcf.gz",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    None,
    Gzip,
    Bgzf,
}

impl Compression {
    /// BGZF is gzip with an extra field `BC` (SAM specification, section 4.1).
    fn of(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, 8, flags, _, _, _, _, _, _, _, _, b'B', b'C', 2, 0, ..] if flags & 4 != 0 => {
                Self::Bgzf
            }
            [0x1f, 0x8b, ..] => Self::Gzip,
            _ => Self::None,
        }
    }
}

enum Kind {
    Vcf,
    Bcf,
    Alignments(&'static str),
    Other(&'static str, &'static str),
}

fn kind_of(head: &[u8]) -> Kind {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = text
        .iter()
        .position(|b| !b.is_ascii_whitespace())
        .unwrap_or(text.len());
    let text = &text[start..];
    if head.starts_with(b"BCF\x02") {
        return Kind::Bcf;
    }
    if head.starts_with(b"BCF") {
        return Kind::Other(
            "a BCF file of version 1",
            "convert it with an old bcftools (0.1.19)",
        );
    }
    if text.starts_with(b"##") || text.starts_with(b"#CHROM") {
        if text.starts_with(b"##gff") {
            return Kind::Other("a GFF file", "give the caller's VCF");
        }
        return Kind::Vcf;
    }
    match head {
        [b'B', b'A', b'M', 1, ..] => Kind::Alignments(BAM),
        [b'C', b'R', b'A', b'M', ..] => Kind::Alignments("a CRAM file"),
        [b'P', b'K', 3, 4, ..] => Kind::Other("a zip archive", "unpack it first"),
        [0x42, 0x5a, b'h', ..] => {
            Kind::Other("a bzip2 archive", "unpack it first and compress it with bgzip")
        }
        [0xfd, b'7', b'z', b'X', b'Z', ..] => {
            Kind::Other("an xz archive", "unpack it first and compress it with bgzip")
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            Kind::Other("zstd data", "unpack it first and compress it with bgzip")
        }
        [0x1f, 0x8b, ..] => Kind::Other("data compressed twice", "decompress it once"),
        [b'T', b'B', b'I', 1, ..] | [b'C', b'S', b'I', 1, ..] => {
            Kind::Other("an index", "give the file that it belongs to")
        }
        [b'@', b'H' | b'S' | b'R' | b'P' | b'C', _, b'\t', ..] => Kind::Alignments("a SAM file"),
        [b'>', ..] => Kind::Other("a FASTA file", "give the caller's VCF"),
        [b'<', ..] => Kind::Other("an HTML or XML page", "the download failed; fetch the file again"),
        _ if head.iter().take(512).any(|&b| b == 0) => {
            Kind::Other("binary data", "give the caller's VCF or BCF")
        }
        _ => Kind::Other(
            "text that does not start with a VCF header (##fileformat=VCF… or #CHROM)",
            "give the caller's VCF with its header",
        ),
    }
}

/// Returns the first bytes without taking them; asks again while the stream gives only a few (pipes do).
fn peek(reader: &mut BufReader<Box<dyn Read + Send>>) -> io::Result<Vec<u8>> {
    const ENOUGH: usize = 18;
    let mut head = reader.fill_buf()?.to_vec();
    if head.is_empty() || head.len() >= ENOUGH {
        head.truncate(1 << 12);
        return Ok(head);
    }
    let got = head.len();
    reader.consume(got);
    let mut byte = [0; ENOUGH];
    while head.len() < ENOUGH {
        match reader.read(&mut byte)? {
            0 => break,
            n => head.extend_from_slice(&byte[..n]),
        }
    }
    let rest = std::mem::replace(reader, BufReader::new(Box::new(io::empty()))).into_inner();
    *reader = BufReader::with_capacity(1 << 16, Box::new(Cursor::new(head.clone()).chain(rest)));
    Ok(head)
}

struct CountingReader<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for CountingReader<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.read.fetch_add(n as u64, Ordering::Release);
        Ok(n)
    }
}
