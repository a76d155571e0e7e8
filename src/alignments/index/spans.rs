//! BAI and CSI (SAM specification 1.6, section 5.2; CSI specification 1.0), read once from start to end.

use std::collections::HashSet;
use std::io::{self, Read};

use super::IndexError;

/// Windows of 16,384 columns that a BAI can have: it reaches 2^29 columns.
const MOST_WINDOWS: u32 = 1 << 15;
/// Deepest CSI, and the most bits that its positions may have.
const DEEPEST: u32 = 10;
const MOST_BITS: u32 = 44;

/// What an index may say of a file.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    references: usize,
    size: u64,
}

/// Virtual offsets between which the reads of a reference lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Of the first read.
    pub first: u64,
    /// Behind the last read.
    pub last: u64,
}

impl Kind {
    /// Makes the bounds of the index of a file of so many bytes and references.
    pub const fn new(references: usize, size: u64) -> Self {
        Self { references, size }
    }
}

struct Numbers<R> {
    inner: R,
}

impl<R: Read> Numbers<R> {
    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], IndexError> {
        let mut bytes = [0; N];
        self.inner.read_exact(&mut bytes).map_err(|error| {
            if error.kind() == io::ErrorKind::UnexpectedEof {
                return IndexError::new("it is cut off");
            }
            error.into()
        })?;
        Ok(bytes)
    }

    fn word(&mut self) -> Result<u32, IndexError> {
        Ok(u32::from_le_bytes(self.bytes()?))
    }

    fn long(&mut self) -> Result<u64, IndexError> {
        Ok(u64::from_le_bytes(self.bytes()?))
    }
}

/// Bins of an index.
#[derive(Clone, Copy)]
struct Bins {
    /// Their number; the one that holds counts is two above the last.
    count: u32,
    csi: bool,
}

/// Reads an index and returns the span of each reference that has reads.
pub fn read_spans(inner: impl Read, kind: &Kind) -> Result<Vec<Option<Span>>, IndexError> {
    let mut numbers = Numbers { inner };
    let bins = match &numbers.bytes()? {
        b"BAI\x01" => Bins {
            count: bins_of(5),
            csi: false,
        },
        b"CSI\x01" => csi_bins(&mut numbers)?,
        _ => return Err(IndexError::new("it is no BAI or CSI index")),
    };
    let references = numbers.word()? as usize;
    if references != kind.references {
        return Err(IndexError::new(format!(
            "it is of a file with {references} contigs, this one has {}",
            kind.references
        )));
    }
    let mut spans = Vec::with_capacity(references);
    for _ in 0..references {
        spans.push(reference(&mut numbers, kind, bins)?);
    }
    // The number of reads without a place may be left out; nothing follows it.
    let mut rest = Vec::new();
    numbers.inner.take(9).read_to_end(&mut rest)?;
    match rest.len() {
        0 | 8 => Ok(spans),
        9 => Err(IndexError::new("it goes on behind its end")),
        _ => Err(IndexError::new("it is cut off")),
    }
}

const fn bins_of(depth: u32) -> u32 {
    ((1 << (3 * (depth + 1))) - 1) / 7
}

fn csi_bins(numbers: &mut Numbers<impl Read>) -> Result<Bins, IndexError> {
    let (shift, depth, other) = (numbers.word()?, numbers.word()?, numbers.word()?);
    if depth > DEEPEST - 1 || shift > 31 || shift + 3 * depth > MOST_BITS {
        return Err(IndexError::new("its depth is none of an index"));
    }
    let skipped = io::copy(&mut (&mut numbers.inner).take(u64::from(other)), &mut io::sink())?;
    if skipped < u64::from(other) {
        return Err(IndexError::new("it is cut off"));
    }
    Ok(Bins {
        count: bins_of(depth),
        csi: true,
    })
}

fn reference(numbers: &mut Numbers<impl Read>, kind: &Kind, bins: Bins) -> Result<Option<Span>, IndexError> {
    let count = numbers.word()?;
    if count > bins.count + 1 {
        return Err(IndexError::new("it has more bins than there can be"));
    }
    let (mut span, mut counts): (Option<Span>, Option<Span>) = (None, None);
    let mut known = HashSet::new();
    for _ in 0..count {
        let bin = numbers.word()?;
        if bins.csi {
            within(kind, numbers.long()?)?;
        }
        let is_count = bin == bins.count + 1;
        if (bin >= bins.count && !is_count) || !known.insert(bin) {
            return Err(IndexError::new("it has a bin that there cannot be, or one twice"));
        }
        let chunks = numbers.word()?;
        if is_count {
            if chunks != 2 {
                return Err(IndexError::new("the counts of a contig are none"));
            }
            counts = Some(chunk(numbers, kind)?);
            numbers.bytes::<16>()?;
            continue;
        }
        for _ in 0..chunks {
            let chunk = chunk(numbers, kind)?;
            let so_far = span.get_or_insert(chunk);
            so_far.first = so_far.first.min(chunk.first);
            so_far.last = so_far.last.max(chunk.last);
        }
    }
    if !bins.csi {
        let windows = numbers.word()?;
        if windows > MOST_WINDOWS + 1 {
            return Err(IndexError::new("it has more windows than there can be"));
        }
        for _ in 0..windows {
            within(kind, numbers.long()?)?;
        }
    }
    match (span, counts) {
        (Some(span), Some(counts)) if span.first < counts.first || span.last > counts.last => Err(
            IndexError::new("a contig has reads outside of where it says they are"),
        ),
        (None, Some(counts)) if counts.first < counts.last => {
            Err(IndexError::new("a contig has reads, but no bin of them"))
        }
        _ => Ok(span),
    }
}

fn chunk(numbers: &mut Numbers<impl Read>, kind: &Kind) -> Result<Span, IndexError> {
    let (first, last) = (within(kind, numbers.long()?)?, within(kind, numbers.long()?)?);
    if first > last {
        return Err(IndexError::new("it has a stretch that ends before it begins"));
    }
    Ok(Span { first, last })
}

/// A virtual offset: that of a block in the file, and 16 bits within the block.
fn within(kind: &Kind, offset: u64) -> Result<u64, IndexError> {
    if offset >> 16 > kind.size {
        return Err(IndexError::new("it points behind the end of the file"));
    }
    Ok(offset)
}
