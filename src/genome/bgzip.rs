//! A bgzipped file read at any place by its `.gzi`, every block of which is held against the blocks beside it: a `.gzi` has no
//! checksum of its own.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::as_index;

/// Bytes of a BGZF block before and behind its data, and at the most (SAM specification 1.6, section 4.1).
const HEAD: usize = 18;
const TAIL: usize = 8;
const LARGEST: u64 = 1 << 16;
/// Blocks behind the last one of the index: the rest of the file and the empty block that ends it.
const MOST_BEHIND: usize = 4;

/// A bgzipped file with its index.
#[derive(Debug)]
pub(super) struct BgzipFile {
    file: File,
    size: u64,
    /// Where each block begins: in the file, and unpacked.
    blocks: Vec<(u64, u64)>,
    /// Bytes unpacked.
    length: u64,
    /// The block unpacked last.
    kept: Option<(usize, Vec<u8>)>,
}

impl BgzipFile {
    /// Opens a file and looks at the whole index and the end of the file.
    pub(super) fn open(path: &Path, index: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut opened = Self {
            file,
            size,
            blocks: read_index(index, size)?,
            length: 0,
            kept: None,
        };
        opened.length = opened.find_end()?;
        Ok(opened)
    }

    /// Returns the number of bytes unpacked.
    pub(super) const fn len(&self) -> u64 {
        self.length
    }

    /// Walks from the last block of the index to the end of the file.
    fn find_end(&mut self) -> io::Result<u64> {
        let last = self.blocks.len() - 1;
        if last > 0 {
            // What the index says of the last block is proven by the one before it.
            self.unpack(last - 1)?;
        }
        let (mut at, mut unpacked) = self.blocks[last];
        let mut walked = 0;
        while at < self.size {
            let (packed, bytes) = self.sizes(at)?;
            (at, unpacked) = (at + packed, unpacked + bytes);
            walked += 1;
            if walked > MOST_BEHIND {
                return Err(wrong("the .gzi ends before the file does"));
            }
        }
        Ok(unpacked)
    }

    /// Reads bytes by their place in the unpacked file; fewer where it ends.
    pub(super) fn read(&mut self, offset: u64, count: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(count);
        while bytes.len() < count {
            let at = offset + bytes.len() as u64;
            if at >= self.length {
                break;
            }
            let number = self.blocks.partition_point(|(_, start)| *start <= at) - 1;
            let start = self.blocks[number].1;
            let wanted = count - bytes.len();
            let block = self.unpack(number)?;
            let from = as_index(at - start);
            let rest = block.get(from..).unwrap_or_default();
            if rest.is_empty() {
                return Err(wrong("the .gzi ends before the file does"));
            }
            bytes.extend_from_slice(&rest[..rest.len().min(wanted)]);
        }
        Ok(bytes)
    }

    /// Returns the bytes of a block, packed and unpacked.
    fn sizes(&mut self, at: u64) -> io::Result<(u64, u64)> {
        let packed = self.packed_size(at)?;
        let mut tail = [0; 4];
        self.file.seek(SeekFrom::Start(at + packed - 4))?;
        self.file.read_exact(&mut tail)?;
        Ok((packed, u64::from(u32::from_le_bytes(tail))))
    }

    /// Reads the head of a block; what follows it is read next.
    fn packed_size(&mut self, at: u64) -> io::Result<u64> {
        let mut head = [0; HEAD];
        self.file.seek(SeekFrom::Start(at))?;
        self.file.read_exact(&mut head)?;
        let is_head = head.starts_with(&[0x1f, 0x8b, 8, 4]) && head[10..16] == [6, 0, b'B', b'C', 2, 0];
        let packed = u64::from(u16::from_le_bytes([head[16], head[17]])) + 1;
        if !is_head || packed < (HEAD + TAIL) as u64 || at + packed > self.size {
            return Err(wrong(&format!(
                "no block begins at byte {at}, where the .gzi says so"
            )));
        }
        Ok(packed)
    }

    fn unpack(&mut self, number: usize) -> io::Result<&[u8]> {
        if self.kept.as_ref().is_none_or(|(kept, _)| *kept != number) {
            self.kept = None;
            let (at, start) = self.blocks[number];
            let packed = self.packed_size(at)?;
            let mut rest = vec![0; as_index(packed) - HEAD];
            self.file.read_exact(&mut rest)?;
            let bytes = inflate(&rest, at)?;
            if let Some((next, next_start)) = self.blocks.get(number + 1)
                && (at + packed, start + bytes.len() as u64) != (*next, *next_start)
            {
                return Err(wrong(&format!(
                    "the block at byte {at} has another size than in the .gzi"
                )));
            }
            self.kept = Some((number, bytes));
        }
        self.kept
            .as_ref()
            .map(|(_, bytes)| bytes.as_slice())
            .ok_or_else(|| wrong("no block"))
    }
}

fn inflate(data: &[u8], at: u64) -> io::Result<Vec<u8>> {
    let damaged = || wrong(&format!("the block at byte {at} is damaged (checksum)"));
    let (data, tail) = data.split_at(data.len() - TAIL);
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0_u32, |n, b| n << 8 | u32::from(*b));
    let (sum, size) = (number(&tail[..4]), number(&tail[4..]) as usize);
    if size as u64 > LARGEST {
        return Err(damaged());
    }
    let mut bytes = vec![0; size];
    let mut inflater = Decompress::new(false);
    let status = inflater
        .decompress(data, &mut bytes, FlushDecompress::Finish)
        .map_err(|_| damaged())?;
    let mut crc = Crc::new();
    crc.update(&bytes);
    if status != Status::StreamEnd || inflater.total_out() != size as u64 || crc.sum() != sum {
        return Err(damaged());
    }
    Ok(bytes)
}

/// Reads a `.gzi`: the number of its entries, then of each block but the first where it begins.
fn read_index(path: &Path, size: u64) -> io::Result<Vec<(u64, u64)>> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    // A block has more bytes than its entry.
    if length > size.saturating_add(LARGEST) {
        return Err(wrong("the .gzi is larger than the file that it belongs to"));
    }
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    let mut words = bytes
        .chunks_exact(8)
        .map(|word| word.iter().rev().fold(0_u64, |n, b| n << 8 | u64::from(*b)));
    let count = words.next().unwrap_or(u64::MAX);
    if count.checked_mul(16).and_then(|n| n.checked_add(8)) != Some(bytes.len() as u64) {
        return Err(wrong("the .gzi has not as many entries as it says"));
    }
    let mut blocks = vec![(0, 0)];
    while let (Some(at), Some(start)) = (words.next(), words.next()) {
        let (last, last_start) = blocks[blocks.len() - 1];
        let step = (HEAD + TAIL) as u64..=LARGEST;
        let follows = |before: u64, behind: u64| behind.checked_sub(before);
        let in_order = follows(last, at).is_some_and(|n| step.contains(&n))
            && follows(last_start, start).is_some_and(|n| n <= LARGEST);
        if !in_order || at > size {
            return Err(wrong("the .gzi lists blocks that cannot follow one another"));
        }
        blocks.push((at, start));
    }
    Ok(blocks)
}

fn wrong(problem: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, problem)
}
