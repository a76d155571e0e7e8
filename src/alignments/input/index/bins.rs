//! BAI and CSI (SAM specification 1.6, section 5.2; CSI specification 1.0), read once from start to end.
//!
//! An index says twice where reads are: bins hold stretches of the file by the columns that their reads lie within, and the windows of
//! a BAI (the least offset of each bin, in a CSI) say where the first read stands that reaches into them. Reads are looked for by
//! the second, and the first shows whether it is right (`places`).

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Read};

use super::IndexError;

/// Columns of a window of a BAI, as a power of two.
const WINDOW: u32 = 14;
/// Windows that a BAI can have: it reaches 2^29 columns.
const MOST_WINDOWS: u32 = 1 << 15;
/// Deepest CSI, and the most bits that its positions may have.
const DEEPEST: u32 = 10;
const MOST_BITS: u32 = 44;

/// What an index may say of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    references: usize,
    size: u64,
    longest: u32,
}

/// Virtual offsets between which the reads of a reference lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// Of the first read.
    pub first: u64,
    /// Behind the last read.
    pub last: u64,
}

impl Kind {
    /// Makes the bounds of the index of a file of so many bytes and references, the longest of so many columns.
    pub(super) const fn new(references: usize, size: u64, longest: u32) -> Self {
        Self {
            references,
            size,
            longest,
        }
    }
}

/// A stretch of the file that holds reads of one bin, and by the way of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    /// Virtual offset of its first read, which is of the bin.
    pub first: u64,
    /// Virtual offset behind its last read.
    pub last: u64,
    /// First column of the bin.
    pub from: u64,
    /// Column behind the last of the bin.
    pub to: u64,
}

/// Where the reads of a contig are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ContigReads {
    /// Between which offsets; `None` where the contig has no reads.
    pub span: Option<Span>,
    /// Its stretches, by their offsets.
    pub stretches: Vec<Stretch>,
    /// Columns, and where the first read stands that reaches to one of them or begins behind; both in order.
    pub starts: Vec<(u64, u64)>,
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
    /// Columns of the smallest, as a power of two.
    shift: u32,
    /// Levels below the bin that holds everything.
    depth: u32,
    csi: bool,
}

impl Bins {
    /// Returns their number; the one that holds counts is one above it.
    const fn count(self) -> u32 {
        bins_of(self.depth)
    }

    /// Returns the columns of a bin.
    fn columns(self, bin: u32) -> (u64, u64) {
        let level = (0..self.depth)
            .find(|level| bin < bins_of(*level))
            .unwrap_or(self.depth);
        let first = if level == 0 { 0 } else { bins_of(level - 1) };
        let shift = self.shift + 3 * (self.depth - level);
        let from = u64::from(bin - first) << shift;
        (from, from + (1 << shift))
    }
}

/// Reads an index and returns where the reads of each reference are.
pub(super) fn read_bins(inner: impl Read, kind: &Kind) -> Result<Vec<ContigReads>, IndexError> {
    let mut numbers = Numbers { inner };
    let bins = match &numbers.bytes()? {
        b"BAI\x01" => Bins {
            shift: WINDOW,
            depth: 5,
            csi: false,
        },
        b"CSI\x01" => csi_bins(&mut numbers)?,
        _ => return Err(IndexError::new("it is no BAI or CSI index")),
    };
    if u64::from(kind.longest) > 1 << (bins.shift + 3 * bins.depth) {
        return Err(IndexError::new("its bins do not reach to the end of the contigs"));
    }
    let references = numbers.word()? as usize;
    if references != kind.references {
        return Err(IndexError::new(format!(
            "it is of a file with {references} contigs, this one has {}",
            kind.references
        )));
    }
    let mut contigs = Vec::with_capacity(references);
    for _ in 0..references {
        contigs.push(reference(&mut numbers, kind, bins)?);
    }
    // The number of reads without a place may be left out; nothing follows it.
    let mut rest = Vec::new();
    numbers.inner.take(9).read_to_end(&mut rest)?;
    match rest.len() {
        0 | 8 => Ok(contigs),
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
        shift,
        depth,
        csi: true,
    })
}

fn reference(numbers: &mut Numbers<impl Read>, kind: &Kind, bins: Bins) -> Result<ContigReads, IndexError> {
    let count = numbers.word()?;
    if count > bins.count() + 1 {
        return Err(IndexError::new("it has more bins than there can be"));
    }
    let mut contig = ContigReads::default();
    let mut counts: Option<Span> = None;
    let (mut known, mut least) = (HashSet::new(), BTreeMap::new());
    for _ in 0..count {
        let bin = numbers.word()?;
        let offset = if bins.csi {
            within(kind, numbers.long()?)?
        } else {
            0
        };
        let is_count = bin == bins.count() + 1;
        if (bin >= bins.count() && !is_count) || !known.insert(bin) {
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
        let (from, to) = bins.columns(bin);
        for _ in 0..chunks {
            let Span { first, last } = chunk(numbers, kind)?;
            contig.stretches.push(Stretch {
                first,
                last,
                from,
                to,
            });
        }
        // Zero is said by who does not know.
        if offset > 0 && *least.entry(from).or_insert(offset) != offset {
            return Err(IndexError::new("its bins contradict each other"));
        }
    }
    if bins.csi {
        contig.starts = least.into_iter().collect();
    } else {
        contig.starts = windows(numbers, kind)?;
    }
    contig.stretches.sort_unstable();
    contig.span = span(&contig.stretches);
    check_contig(&contig, counts)?;
    Ok(contig)
}

/// Reads where the first reads of each window are.
fn windows(numbers: &mut Numbers<impl Read>, kind: &Kind) -> Result<Vec<(u64, u64)>, IndexError> {
    let count = numbers.word()?;
    if count > MOST_WINDOWS + 1 {
        return Err(IndexError::new("it has more windows than there can be"));
    }
    let mut starts = Vec::new();
    for window in 0..u64::from(count) {
        let offset = within(kind, numbers.long()?)?;
        // Old writers leave windows before the first read empty.
        if offset > 0 {
            starts.push((window << WINDOW, offset));
        }
    }
    Ok(starts)
}

fn span(stretches: &[Stretch]) -> Option<Span> {
    let first = stretches.iter().map(|s| s.first).min()?;
    let last = stretches.iter().map(|s| s.last).max()?;
    Some(Span { first, last })
}

fn check_contig(contig: &ContigReads, counts: Option<Span>) -> Result<(), IndexError> {
    match (contig.span, counts) {
        (Some(span), Some(counts)) if span.first < counts.first || span.last > counts.last => {
            return Err(IndexError::new(
                "a contig has reads outside of where it says they are",
            ));
        }
        (None, Some(counts)) if counts.first < counts.last => {
            return Err(IndexError::new("a contig has reads, but no bin of them"));
        }
        _ => {}
    }
    // A read that reaches into a later window stands in an earlier one, or behind all that do.
    if !contig.starts.is_sorted_by_key(|(_, offset)| *offset) {
        return Err(IndexError::new("its windows are not in the order of the file"));
    }
    let (first, last) = contig.span.map_or((0, 0), |span| (span.first, span.last));
    if contig
        .starts
        .iter()
        .any(|(_, offset)| *offset < first || *offset >= last)
    {
        return Err(IndexError::new("a window begins where the contig has no reads"));
    }
    Ok(())
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
