//! Containers and their blocks: sizes and checksums are looked at before anything is unpacked (CRAM specification 3.1, sections 7
//! and 8).

use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::Range;

use super::CramError;
use super::block_kinds::crc;
use super::bytes::Bytes;
use super::declared::{self, Coder};
use crate::genome::DataFile;

/// Bytes that the header of a container needs at the most, but for its list of slices.
const LONGEST_HEADER: usize = 64;
/// Slices of a container at the most; writers put one to a few into it.
const MOST_SLICES: usize = 100_000;
/// Bytes of a packed container, of an unpacked block and of all blocks of a container at the most. Writers hold a slice to some
/// ten thousand reads and millions of bases.
const LARGEST_BODY: usize = 1 << 29;
const LARGEST_BLOCK: usize = 1 << 28;
const LARGEST_UNPACKED: usize = 1 << 30;

/// Reference number of a container whose reads have no place.
pub(crate) const UNPLACED: i32 = -1;
/// Reference number of a container or slice whose reads lie on several references.
pub(super) const SEVERAL: i32 = -2;

/// Method of a block that is not packed, and that of gzip.
const RAW: u8 = 0;
pub(super) const GZIP: u8 = 1;
const LZMA: u8 = 3;
const RANS_4X8: u8 = 4;
const RANS_NX16: u8 = 5;
const ARITHMETIC: u8 = 6;
const FQZCOMP: u8 = 7;
const NAMES: u8 = 8;
/// Kilobytes that a dictionary of LZMA may take; the largest of the presets takes 64 MB.
const LARGEST_DICTIONARY: u32 = 1 << 17;

/// What the header of a container says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContainerHeader {
    /// Reference number, or [`UNPLACED`], or [`SEVERAL`].
    pub reference: i32,
    /// First position, 1-based.
    pub start: i32,
    /// Positions that its reads span.
    pub span: i32,
    /// Records.
    pub records: i32,
    /// Where its slices begin, from the start of the body.
    pub slices: Vec<usize>,
    /// Where its body begins in the file.
    pub body: u64,
    /// Bytes of the body.
    pub length: usize,
    /// Whether it is the one that ends a file.
    pub last: bool,
}

impl ContainerHeader {
    /// Returns where the next container begins.
    pub(crate) fn next(&self) -> u64 {
        self.body + self.length as u64
    }

    /// Reads the header that begins at an offset of a file of the given size.
    pub(crate) fn read(file: &mut DataFile, offset: u64, size: u64) -> Result<Self, CramError> {
        let mut wanted = 512;
        loop {
            file.seek(SeekFrom::Start(offset))?;
            let mut bytes = Vec::with_capacity(wanted);
            file.by_ref().take(wanted as u64).read_to_end(&mut bytes)?;
            match Self::parse(&bytes, offset) {
                Err(_) if bytes.len() == wanted && wanted < LONGEST_HEADER + 5 * MOST_SLICES => wanted *= 8,
                Err(error) => return Err(error),
                Ok(header) if header.next() > size => return Err(CramError::end()),
                Ok(header) => return Ok(header),
            }
        }
    }

    fn parse(whole: &[u8], offset: u64) -> Result<Self, CramError> {
        let mut bytes = Bytes::new(whole);
        let length = usize::try_from(bytes.word()?).unwrap_or(usize::MAX);
        let (reference, start, span) = (bytes.itf8()?, bytes.itf8()?, bytes.itf8()?);
        let records = bytes.itf8()?;
        bytes.ltf8()?;
        bytes.ltf8()?;
        let blocks = bytes.itf8()?;
        let slices = bytes.list()?;
        let head = &whole[..whole.len() - bytes.len()];
        if bytes.word()? != crc(head) && !CHECKSUMS_OFF {
            return Err(CramError::new("the header of a container has a wrong checksum"));
        }
        let slices: Option<Vec<usize>> = slices.into_iter().map(|s| usize::try_from(s).ok()).collect();
        let slices = slices.filter(|s| s.len() <= MOST_SLICES && s.is_sorted() && s.last() < Some(&length));
        let slices = slices.ok_or_else(|| CramError::new("a container lists slices outside of itself"))?;
        if length > LARGEST_BODY {
            return Err(CramError::new("a container is larger than any writer makes it"));
        }
        Ok(Self {
            reference,
            start,
            span,
            records,
            slices,
            body: offset + (whole.len() - bytes.len()) as u64,
            length,
            // Section 9: "EOF" in the place of the position.
            last: length == 15 && reference == UNPLACED && start == 0x45_4f46 && blocks == 1,
        })
    }

    /// Reads the body.
    pub(crate) fn read_body(&self, file: &mut DataFile) -> Result<Vec<u8>, CramError> {
        file.seek(SeekFrom::Start(self.body))?;
        let mut body = Vec::with_capacity(self.length);
        file.by_ref().take(self.length as u64).read_to_end(&mut body)?;
        if body.len() < self.length {
            return Err(CramError::end());
        }
        Ok(body)
    }
}

/// A block of a container's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Where it begins in the body.
    pub start: usize,
    /// Kind.
    pub kind: u8,
    /// Number of its stream.
    pub id: i32,
    /// Method of packing.
    pub method: u8,
    /// Bytes unpacked.
    pub unpacked: usize,
    /// All of it, its checksum last.
    pub whole: Range<usize>,
    /// What is packed.
    pub data: Range<usize>,
}

impl Block {
    /// Lists the blocks of a body; their sizes are those of a file that can be unpacked.
    pub(crate) fn list(body: &[u8]) -> Result<Vec<Self>, CramError> {
        let (mut blocks, mut at, mut unpacked) = (Vec::new(), 0, 0_usize);
        while at < body.len() {
            let block = Self::read(body, at)?;
            at = block.whole.end;
            unpacked = unpacked.saturating_add(block.unpacked);
            if unpacked > LARGEST_UNPACKED {
                return Err(CramError::new("a container is larger than any writer makes it"));
            }
            blocks.push(block);
        }
        Ok(blocks)
    }

    /// Reads the head of the first block of a body.
    pub(crate) fn first(body: &[u8]) -> Result<Self, CramError> {
        Self::read(body, 0)
    }

    fn read(body: &[u8], start: usize) -> Result<Self, CramError> {
        let mut bytes = Bytes::new(body.get(start..).unwrap_or_default());
        let (method, kind) = (bytes.byte()?, bytes.byte()?);
        let id = bytes.itf8()?;
        let (packed, size) = (bytes.size()?, bytes.size()?);
        let data = body.len() - bytes.len();
        let content = bytes.take(packed)?;
        bytes.word()?;
        if method > NAMES {
            return Err(CramError::new("a block is packed by an unknown method"));
        }
        if size > LARGEST_BLOCK || !sizes_within(method, content, size) {
            return Err(CramError::new(
                "a block would be larger than any writer makes it, or than it says",
            ));
        }
        Ok(Self {
            start,
            kind,
            id,
            method,
            unpacked: size,
            whole: start..body.len() - bytes.len(),
            data: data..data + packed,
        })
    }

    /// Unpacks the block.
    pub(crate) fn unpack(&self, body: &[u8]) -> Result<Vec<u8>, CramError> {
        let whole = body.get(self.whole.clone()).ok_or_else(CramError::end)?;
        let (head, sum) = whole.split_at(whole.len().saturating_sub(4));
        if sum != crc(head).to_le_bytes() && !CHECKSUMS_OFF {
            return Err(CramError::new("a block has a wrong checksum"));
        }
        let data = body.get(self.data.clone()).ok_or_else(CramError::end)?;
        match self.method {
            _ if self.unpacked == 0 => {}
            RANS_NX16 => declared::check(Coder::Rans, data, self.unpacked, 0)?,
            ARITHMETIC => declared::check(Coder::Arithmetic, data, self.unpacked, 0)?,
            _ => {}
        }
        let unpacked = match self.method {
            _ if self.unpacked == 0 => Vec::new(),
            RAW => data.to_vec(),
            GZIP => gunzip(data, self.unpacked)?,
            LZMA => unpack_lzma(data, self.unpacked)?,
            FQZCOMP => super::qualities::unpack(data, self.unpacked)?,
            NAMES => super::names::unpack(data, self.unpacked)?,
            _ => super::packed::unpack(whole)?,
        };
        if unpacked.len() != self.unpacked {
            return Err(CramError::new("a block is not as long as it says"));
        }
        Ok(unpacked)
    }
}

/// Whether the size that stands within the packed data, where the method writes one at its start, is that of the block: the
/// decoder takes memory by it.
fn sizes_within(method: u8, data: &[u8], size: usize) -> bool {
    match method {
        RANS_4X8 if size > 0 => data
            .get(5..9)
            .and_then(|bytes| bytes.try_into().ok())
            .is_some_and(|bytes| u32::from_le_bytes(bytes) as usize == size),
        RAW => data.len() == size,
        _ => true,
    }
}

fn gunzip(data: &[u8], size: usize) -> Result<Vec<u8>, CramError> {
    let mut unpacked = Vec::new();
    let decoder = flate2::bufread::MultiGzDecoder::new(data);
    decoder.take(size as u64 + 1).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

fn unpack_lzma(data: &[u8], size: usize) -> Result<Vec<u8>, CramError> {
    let mut unpacked = Vec::new();
    let decoder = lzma_rust2::XzReader::new_mem_limit(data, false, LARGEST_DICTIONARY);
    decoder.take(size as u64 + 1).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

/// Coverage-guided fuzzing (fuzz/) gets past checksums, which no mutation keeps right.
const CHECKSUMS_OFF: bool = cfg!(fuzzing);
