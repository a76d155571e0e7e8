//! The values of a slice: core bits and streams, unpacked when the first value is asked for.

use super::CramError;
use super::block_kinds::{CORE, EXTERNAL};
use super::bytes::Bytes;
use super::compression::{CompressionHeader, Encoding, Huffman};
use super::container::Block;

/// What a slice may take for each byte that its blocks unpack to, and in any case.
const MOST_PER_BYTE: usize = 16;
const MOST: usize = 1 << 26;

/// Where the values of a slice come from.
#[derive(Debug)]
pub(super) struct Streams<'b> {
    body: &'b [u8],
    core: Vec<u8>,
    /// Bits of the core that were read.
    bit: usize,
    external: Vec<Stream<'b>>,
    /// Bytes that records may still take: a code of no bits costs nothing in the file.
    allowance: usize,
}

#[derive(Debug)]
enum Stream<'b> {
    Missing,
    Packed(&'b Block),
    Ready(Vec<u8>, usize),
}

impl<'b> Streams<'b> {
    /// Takes the blocks of a slice.
    pub(super) fn new(
        header: &CompressionHeader,
        body: &'b [u8],
        blocks: &'b [Block],
    ) -> Result<Self, CramError> {
        let core = blocks.iter().find(|b| b.kind == CORE);
        let of = |id: &i32| {
            let block = blocks.iter().find(|b| b.kind == EXTERNAL && b.id == *id);
            block.map_or(Stream::Missing, Stream::Packed)
        };
        let unpacked: usize = blocks.iter().map(|b| b.unpacked).sum();
        Ok(Self {
            body,
            core: core.map_or(Ok(Vec::new()), |block| block.unpack(body))?,
            bit: 0,
            external: header.streams.iter().map(of).collect(),
            allowance: unpacked.saturating_mul(MOST_PER_BYTE).saturating_add(MOST),
        })
    }

    /// Takes from what the slice may take.
    pub(super) fn allow(&mut self, bytes: usize) -> Result<(), CramError> {
        let left = self.allowance.checked_sub(bytes);
        self.allowance =
            left.ok_or_else(|| CramError::new("records take more memory than any writer asks for"))?;
        Ok(())
    }

    fn stream(&mut self, place: usize) -> Result<(&[u8], &mut usize), CramError> {
        let stream = self.external.get_mut(place).ok_or_else(CramError::end)?;
        if let Stream::Packed(block) = stream {
            *stream = Stream::Ready(block.unpack(self.body)?, 0);
        }
        match stream {
            Stream::Ready(bytes, at) => Ok((bytes, at)),
            _ => Err(CramError::new("a stream that records need is missing")),
        }
    }

    fn bits(&mut self, count: u32) -> Result<u32, CramError> {
        let mut value = 0_u32;
        for _ in 0..count {
            let byte = *self.core.get(self.bit / 8).ok_or_else(CramError::end)?;
            value = value << 1 | u32::from(byte >> (7 - self.bit % 8) & 1);
            self.bit += 1;
        }
        Ok(value)
    }

    /// Counts bits of a kind up to the first of the other, which is taken too.
    fn run(&mut self, of: u32) -> Result<u32, CramError> {
        let mut count = 0;
        while self.bits(1)? == of {
            count += 1;
            if count > 32 {
                return Err(CramError::new("a value has more than 32 bits"));
            }
        }
        Ok(count)
    }

    fn huffman(&mut self, tree: &Huffman) -> Result<i32, CramError> {
        let mut code = 0;
        for length in 0..tree.lengths.len() {
            if let Some(symbol) = tree.symbol(length, code) {
                return Ok(symbol);
            }
            code = code << 1 | self.bits(1)?;
        }
        Err(CramError::new(
            "the core data hold a code that the Huffman tree has not",
        ))
    }

    fn in_core(&mut self, encoding: &Encoding) -> Result<i32, CramError> {
        match encoding {
            Encoding::Huffman(tree) => self.huffman(tree),
            Encoding::Beta(offset, count) => Ok(self.bits(*count)?.cast_signed().wrapping_sub(*offset)),
            Encoding::Gamma(offset) => {
                let count = self.run(0)?;
                let value = 1_u64 << count | u64::from(self.bits(count)?);
                lowered(value, *offset)
            }
            Encoding::Subexponential(offset, k) => {
                let ones = self.run(1)?;
                let value = if ones == 0 {
                    u64::from(self.bits(*k)?)
                } else {
                    let count = (ones + k - 1).min(33);
                    if count > 32 {
                        return Err(CramError::new("a value has more than 32 bits"));
                    }
                    1 << count | u64::from(self.bits(count)?)
                };
                lowered(value, *offset)
            }
            _ => Err(CramError::new(
                "values are written by a codec that does not fit them",
            )),
        }
    }

    /// Reads a number.
    pub(super) fn number(&mut self, encoding: &Encoding) -> Result<i32, CramError> {
        let Encoding::External(place) = encoding else {
            return self.in_core(encoding);
        };
        let (bytes, at) = self.stream(*place)?;
        let mut rest = Bytes::new(bytes.get(*at..).unwrap_or_default());
        let value = rest.itf8()?;
        *at = bytes.len() - rest.len();
        Ok(value)
    }

    /// Reads a number that cannot be below zero.
    pub(super) fn size(&mut self, encoding: &Encoding) -> Result<usize, CramError> {
        usize::try_from(self.number(encoding)?).map_err(|_| CramError::new("a length is below zero"))
    }

    /// Reads a byte.
    pub(super) fn byte(&mut self, encoding: &Encoding) -> Result<u8, CramError> {
        let Encoding::External(place) = encoding else {
            let value = self.in_core(encoding)?;
            return u8::try_from(value).map_err(|_| CramError::new("a byte has another value than one"));
        };
        let (bytes, at) = self.stream(*place)?;
        let value = *bytes.get(*at).ok_or_else(CramError::end)?;
        *at += 1;
        Ok(value)
    }

    /// Reads so many bytes behind those of a buffer.
    pub(super) fn bytes(
        &mut self,
        encoding: &Encoding,
        count: usize,
        buffer: &mut Vec<u8>,
    ) -> Result<(), CramError> {
        self.allow(count)?;
        if let Encoding::External(place) = encoding {
            let (bytes, at) = self.stream(*place)?;
            let behind = at.saturating_add(count);
            buffer.extend_from_slice(bytes.get(*at..behind).ok_or_else(CramError::end)?);
            *at = behind;
            return Ok(());
        }
        for _ in 0..count {
            buffer.push(self.byte(encoding)?);
        }
        Ok(())
    }

    /// Reads a list of bytes behind those of a buffer.
    pub(super) fn list(&mut self, encoding: &Encoding, buffer: &mut Vec<u8>) -> Result<(), CramError> {
        match encoding {
            Encoding::LengthThenValues(length, values) => {
                let count = self.size(length)?;
                self.bytes(values, count, buffer)
            }
            Encoding::UpToStop(stop, place) => {
                let (bytes, at) = self.stream(*place)?;
                let rest = bytes.get(*at..).unwrap_or_default();
                let length = memchr::memchr(*stop, rest).ok_or_else(CramError::end)?;
                buffer.extend_from_slice(&rest[..length]);
                *at += length + 1;
                self.allow(length)
            }
            _ => Err(CramError::new(
                "a list is written by a codec that does not fit it",
            )),
        }
    }
}

fn lowered(value: u64, offset: i32) -> Result<i32, CramError> {
    let lowered = i64::try_from(value).ok().map(|v| v - i64::from(offset));
    let number = lowered.and_then(|v| i32::try_from(v).ok());
    number.ok_or_else(|| CramError::new("a value has more than 32 bits"))
}
