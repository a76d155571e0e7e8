//! Indexes, looked at in full before they are believed: htslib trusts them, and one that is cut, another file's or made to harm
//! crashes it, takes gigabytes, or hides reads without a word.
//!
//! A BAI has no checksum, so not every damage shows. What is demanded: each number within its bounds, each offset within the file,
//! the references of the header, and that the reads between the offsets of each reference are those of that reference, up to the
//! reads without a place or the end of the file.

mod crai;
mod spans;

use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _, SeekFrom};
use std::path::Path;

use noodles::bgzf;

pub use self::crai::read_crai;
use self::spans::{Kind, Span, read_spans};

/// References whose first and last reads are looked at: all of them in files of people.
const MOST_LOOKED_AT: usize = 400;
/// Bytes that an unpacked CSI may have for each byte of the file.
const MOST_UNPACKED: u64 = 64;

/// Why an index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Its content.
    #[error("{0}")]
    Content(String),
    /// Reading.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl IndexError {
    fn new(problem: impl Into<String>) -> Self {
        Self::Content(problem.into())
    }
}

/// Looks at the index of a BAM file, which has so many references.
pub fn check_bam_index(index: &Path, bam: &Path, references: usize) -> Result<(), IndexError> {
    let mut file = File::open(index)?;
    let length = file.metadata()?.len();
    let size = std::fs::metadata(bam)?.len();
    let mut magic = [0; 4];
    let is_csi = file.read_exact(&mut magic).is_ok() && magic.starts_with(&[0x1f, 0x8b]);
    file.seek(SeekFrom::Start(0))?;
    let limit = Kind::new(references, size);
    let spans = if is_csi {
        let unpacked = bgzf::io::Reader::new(BufReader::new(file));
        let most = size.saturating_add(1 << 20).saturating_mul(MOST_UNPACKED);
        read_spans(unpacked.take(most), &limit)?
    } else {
        read_spans(BufReader::new(file).take(length), &limit)?
    };
    check_spans(&spans, bam)
}

/// The first number of the record that begins at a place: its reference, -1 for none.
struct Records {
    reader: bgzf::io::Reader<File>,
}

impl Records {
    /// Returns the reference of the record at a virtual offset; `None` at the end of the file.
    fn reference_at(&mut self, offset: u64) -> Result<Option<i32>, IndexError> {
        self.reader.seek(bgzf::VirtualPosition::from(offset))?;
        self.next_reference()
    }

    fn next_reference(&mut self) -> Result<Option<i32>, IndexError> {
        let mut head = [0; 8];
        let mut filled = 0;
        while filled < head.len() {
            match self.reader.read(&mut head[filled..])? {
                0 if filled == 0 => return Ok(None),
                0 => return Err(IndexError::new("the file ends within a read")),
                count => filled += count,
            }
        }
        let [size @ .., a, b, c, d] = head;
        // Without its length, the fixed part of a record has 32 bytes (SAM specification 1.6, section 4.2).
        if i32::from_le_bytes(size) < 32 {
            return Err(IndexError::new("it points to a place where no read begins"));
        }
        Ok(Some(i32::from_le_bytes([a, b, c, d])))
    }

    /// Passes the header and returns the reference of the first record.
    fn first(&mut self) -> Result<Option<i32>, IndexError> {
        let reader = &mut self.reader;
        let mut word = || -> io::Result<u64> {
            let mut bytes = [0; 4];
            reader.read_exact(&mut bytes)?;
            Ok(u64::from(u32::from_le_bytes(bytes)))
        };
        word()?;
        let text = word()?;
        skip(&mut self.reader, text)?;
        let mut bytes = [0; 4];
        self.reader.read_exact(&mut bytes)?;
        for _ in 0..u32::from_le_bytes(bytes) {
            self.reader.read_exact(&mut bytes)?;
            skip(&mut self.reader, u64::from(u32::from_le_bytes(bytes)) + 4)?;
        }
        self.next_reference()
    }
}

fn skip(reader: &mut impl Read, count: u64) -> io::Result<()> {
    let skipped = io::copy(&mut reader.take(count), &mut io::sink())?;
    if skipped < count {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

/// Holds the first and last offsets of each reference against the reads that are there.
fn check_spans(spans: &[Option<Span>], bam: &Path) -> Result<(), IndexError> {
    let mut records = Records {
        reader: bgzf::io::Reader::new(File::open(bam)?),
    };
    let with_reads: Vec<(usize, Span)> = spans
        .iter()
        .enumerate()
        .filter_map(|(number, span)| Some((number, (*span)?)))
        .collect();
    let number = |index: usize| with_reads.get(index).and_then(|(n, _)| i32::try_from(*n).ok());
    let placed = |found: Option<i32>| found.filter(|reference| *reference >= 0);
    if placed(records.first()?) != number(0) {
        return Err(IndexError::new("it does not begin at the first read of the file"));
    }
    let last = with_reads.len().saturating_sub(1);
    for (index, (reference, span)) in with_reads.iter().enumerate() {
        if index >= MOST_LOOKED_AT && index != last {
            continue;
        }
        if records.reference_at(span.first)? != i32::try_from(*reference).ok() {
            return Err(IndexError::new(
                "it points to reads of another contig than it says",
            ));
        }
        let next = placed(records.reference_at(span.last)?);
        if next != number(index + 1) {
            return Err(IndexError::new(
                "it does not reach all reads: the file goes on where it ends, or has another order",
            ));
        }
    }
    Ok(())
}
