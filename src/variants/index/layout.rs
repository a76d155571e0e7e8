//! What a `.tbi` or `.csi` says, every size in it checked against the bytes that are there: a library that believes the sizes
//! of a crafted index asks the system for gigabytes, and is ended for it with all samples of the run.
//!
//! Layouts: SAM/BCF/tabix index specifications (`tabix.pdf`, `CSIv1.pdf` of hts-specs).

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

/// Depth and width of the bins of every `.tbi`.
const TABIX: Bins = Bins {
    min_shift: 14,
    depth: 5,
};

/// Bytes that an index may have, whatever its file: the linear index of 25 human chromosomes takes 2 MB.
const ALWAYS_ALLOWED: u64 = 16 << 20;

/// Bytes of the index for a byte of its file: a chunk takes 24 bytes and stands for a record at least.
const FOR_EACH_BYTE: u64 = 4;

/// An index may not have more bytes than this.
const LARGEST: u64 = 256 << 20;

/// An index.
#[derive(Debug)]
pub(super) struct Layout {
    /// Names of the contigs, where the index has them; else they are those of the header, in its order.
    pub names: Option<Vec<Vec<u8>>>,
    pub references: Vec<Reference>,
}

/// What the index knows of one contig.
#[derive(Debug, Default)]
pub(super) struct Reference {
    /// In the order of the file.
    pub pieces: Vec<Piece>,
    /// How many records the contig has.
    pub records: Option<u64>,
}

/// A piece of the file that holds records of one bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Piece {
    /// Virtual offset of its first record.
    pub start: u64,
    /// Virtual offset behind its last record.
    pub end: u64,
    /// First position of its bin, 1-based.
    pub first: u64,
    /// Last position of its bin.
    pub last: u64,
}

/// How positions are put into bins.
#[derive(Clone, Copy, Debug)]
struct Bins {
    min_shift: u32,
    depth: u32,
}

impl Bins {
    const fn first_of(level: u32) -> u64 {
        ((1 << (3 * level)) - 1) / 7
    }

    /// The bin that is none, where the writer keeps counts.
    const fn counts(self) -> u64 {
        Self::first_of(self.depth + 1) + 1
    }

    /// Returns the first and last position of a bin.
    fn span(self, bin: u64) -> Option<(u64, u64)> {
        let level = (0..=self.depth).find(|&level| bin < Self::first_of(level + 1))?;
        let shift = self.min_shift + 3 * (self.depth - level);
        let first = (bin - Self::first_of(level)) << shift;
        Some((first + 1, first + (1 << shift)))
    }
}

impl Layout {
    /// Reads the index of a file; the error says what is wrong with it.
    pub(super) fn read(index: &Path, file: &Path) -> Result<Self, String> {
        let length = |path: &Path| path.metadata().map_or(0, |m| m.len());
        let allowed = (ALWAYS_ALLOWED + FOR_EACH_BYTE.saturating_mul(length(file))).min(LARGEST);
        let compressed = File::open(index).map_err(|e| e.to_string())?;
        let mut bytes = Vec::new();
        MultiGzDecoder::new(BufReader::new(compressed))
            .take(allowed + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| format!("it cannot be decompressed: {e}"))?;
        if bytes.len() as u64 > allowed {
            return Err("it is larger than an index of this file can be".into());
        }
        Self::parse(&bytes)
    }

    /// Reads the uncompressed bytes of an index.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let mut bytes = Bytes(bytes);
        match bytes.take(4)? {
            b"TBI\x01" => tabix(&mut bytes),
            b"CSI\x01" => csi(&mut bytes),
            _ => Err("it is no index".into()),
        }
    }
}

fn tabix(bytes: &mut Bytes<'_>) -> Result<Layout, String> {
    let count = bytes.count(8)?;
    let names = tabix_header(bytes)?;
    let references = (0..count)
        .map(|_| {
            let reference = reference(bytes, TABIX, false)?;
            let intervals = bytes.count(8)?;
            bytes.take(8 * intervals)?;
            Ok(reference)
        })
        .collect::<Result<Vec<_>, String>>()?;
    finished(bytes, Some(names), references)
}

fn csi(bytes: &mut Bytes<'_>) -> Result<Layout, String> {
    let (min_shift, depth) = (bytes.number()?, bytes.number()?);
    // 2^40 bases are more than any chromosome has, and 2^31 more than a VCF can number.
    let bins = match (u32::try_from(min_shift), u32::try_from(depth)) {
        (Ok(min_shift @ 1..=31), Ok(depth @ 0..=12)) if min_shift + 3 * depth <= 40 => {
            Bins { min_shift, depth }
        }
        _ => return Err("its bins have an impossible size".into()),
    };
    let length = bytes.count(1)?;
    let mut auxiliary = Bytes(bytes.take(length)?);
    // Of a BCF the header names the contigs; of a VCF it stands here, as in a `.tbi`.
    let names = if length == 0 {
        None
    } else {
        Some(tabix_header(&mut auxiliary)?)
    };
    let count = bytes.count(4)?;
    let references = (0..count)
        .map(|_| reference(bytes, bins, true))
        .collect::<Result<Vec<_>, String>>()?;
    finished(bytes, names, references)
}

/// Reads format, columns and names.
fn tabix_header(bytes: &mut Bytes<'_>) -> Result<Vec<Vec<u8>>, String> {
    let [format, contig, begin] = [bytes.number()?, bytes.number()?, bytes.number()?];
    let (_end, _comment, _skipped) = (bytes.number()?, bytes.number()?, bytes.number()?);
    // 2 is VCF, 0 is any table; the flag of positions from 0 on is 0x10000.
    if !matches!(format, 0 | 2) || (contig, begin) != (1, 2) {
        return Err("it is no index of a VCF".into());
    }
    let length = bytes.count(1)?;
    let text = bytes.take(length)?;
    let Some(text) = text.strip_suffix(b"\0") else {
        return if text.is_empty() {
            Ok(Vec::new())
        } else {
            Err("its names of contigs do not end".into())
        };
    };
    let names: Vec<Vec<u8>> = text.split(|&b| b == 0).map(<[u8]>::to_vec).collect();
    if names.iter().any(Vec::is_empty) {
        return Err("a contig has no name".into());
    }
    Ok(names)
}

fn reference(bytes: &mut Bytes<'_>, bins: Bins, csi: bool) -> Result<Reference, String> {
    let mut reference = Reference::default();
    for _ in 0..bytes.count(if csi { 16 } else { 8 })? {
        let bin = u64::from(bytes.number()?.cast_unsigned());
        if csi {
            // The least offset of the bin: only a shortcut, and nothing shows whether it is right.
            bytes.offset()?;
        }
        let count = bytes.count(16)?;
        if bin == bins.counts() {
            reference.records = counted(bytes, count)?;
            continue;
        }
        let (first, last) = bins.span(bin).ok_or("a bin has an impossible number")?;
        for _ in 0..count {
            let (start, end) = (bytes.offset()?, bytes.offset()?);
            if start > end {
                return Err("a chunk ends before it starts".into());
            }
            reference.pieces.push(Piece {
                start,
                end,
                first,
                last,
            });
        }
    }
    reference.pieces.sort_unstable();
    Ok(reference)
}

/// Reads the two chunks that are none: offsets of the contig, then numbers of records with and without position.
fn counted(bytes: &mut Bytes<'_>, chunks: usize) -> Result<Option<u64>, String> {
    let mut numbers = [0; 4];
    for at in 0..2 * chunks {
        let number = bytes.offset()?;
        if let Some(place) = numbers.get_mut(at) {
            *place = number;
        }
    }
    let [_, _, with, without] = numbers;
    Ok((chunks == 2).then(|| with.saturating_add(without)))
}

fn finished(
    bytes: &mut Bytes<'_>,
    names: Option<Vec<Vec<u8>>>,
    references: Vec<Reference>,
) -> Result<Layout, String> {
    // The number of records without contig may follow.
    if !matches!(bytes.0.len(), 0 | 8) {
        return Err("bytes follow its end".into());
    }
    if names
        .as_ref()
        .is_some_and(|names| names.len() != references.len())
    {
        return Err("it has another number of names than of contigs".into());
    }
    Ok(Layout { names, references })
}

/// The bytes that were not read yet.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], String> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or("it is cut short")?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<i32, String> {
        let bytes = self.take(4)?.try_into().map_err(|_| "it is cut short")?;
        Ok(i32::from_le_bytes(bytes))
    }

    fn offset(&mut self) -> Result<u64, String> {
        let bytes = self.take(8)?.try_into().map_err(|_| "it is cut short")?;
        Ok(u64::from_le_bytes(bytes))
    }

    /// Reads a number of things that take at least `size` bytes each: so many must still be there.
    fn count(&mut self, size: usize) -> Result<usize, String> {
        let count = usize::try_from(self.number()?).map_err(|_| "a number in it is negative")?;
        match count.checked_mul(size) {
            Some(length) if length <= self.0.len() => Ok(count),
            _ => Err(format!(
                "it announces {count} entries and is cut short or damaged"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(values: &[i32]) -> Vec<u8> {
        values.iter().flat_map(|v| v.to_le_bytes()).collect()
    }

    /// An index of one contig with one bin of one chunk.
    fn tbi() -> Vec<u8> {
        let mut bytes = b"TBI\x01".to_vec();
        bytes.extend(numbers(&[1, 2, 1, 2, 0, i32::from(b'#'), 0, 5]));
        bytes.extend(b"chr2\0");
        bytes.extend(numbers(&[1, 4681, 1]));
        bytes.extend([7_u64, 99].map(u64::to_le_bytes).concat());
        bytes.extend(numbers(&[0]));
        bytes
    }

    #[test]
    fn reads_chunks_with_the_positions_of_their_bin() {
        let layout = Layout::parse(&tbi()).unwrap();
        let expected = Piece {
            start: 7,
            end: 99,
            first: 1,
            last: 1 << 14,
        };
        assert_eq!(layout.references[0].pieces, [expected]);
        assert_eq!(layout.names, Some(vec![b"chr2".to_vec()]));
    }

    #[test]
    fn an_index_cut_anywhere_is_an_error() {
        let whole = tbi();
        for length in 0..whole.len() {
            assert!(Layout::parse(&whole[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn a_number_that_the_bytes_cannot_hold_is_an_error() {
        let whole = tbi();
        // Numbers of contigs, bytes of names, bins, chunks, intervals.
        for at in [4, 32, 41, 49, 69] {
            for value in [-1, i32::MAX, i32::MIN, 1 << 20] {
                let mut bytes = whole.clone();
                bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
                assert!(Layout::parse(&bytes).is_err(), "{at}: {value}");
            }
        }
        for (min_shift, depth) in [
            (0, 5),
            (14, -1),
            (14, 13),
            (40, 5),
            (i32::MAX, i32::MAX),
            (14, 10),
        ] {
            let mut bytes = b"CSI\x01".to_vec();
            bytes.extend(numbers(&[min_shift, depth, 0, 0]));
            assert!(Layout::parse(&bytes).is_err(), "{min_shift}, {depth}");
        }
    }
}
