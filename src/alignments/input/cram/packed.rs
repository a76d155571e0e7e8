//! Unpacks blocks by noodles, which is safe Rust throughout: what is wrong in a file cannot write into memory that is not its own.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use noodles::cram;

use super::CramError;
use super::block_kinds::{CORE, EXTERNAL, SLICE_HEADER, crc};
use super::declared::Coder;
use crate::genome::as_count;

/// Minus one as ITF8.
const NONE: [u8; 5] = [0xff, 0xff, 0xff, 0xff, 0x0f];

thread_local! {
    static UNPACKING: Cell<bool> = const { Cell::new(false) };
}

/// Unpacks a block given with its head and checksum.
///
/// noodles unpacks the blocks of a slice only, so one is made around the block. Some damage makes it panic (a file whose checksums
/// are right, so one that was made to): that is an error of the file, and nothing is printed of it.
pub(super) fn unpack(block: &[u8]) -> Result<Vec<u8>, CramError> {
    silence();
    let container = around(block);
    UNPACKING.set(true);
    let unpacked = panic::catch_unwind(AssertUnwindSafe(|| unpack_slice(&container)));
    UNPACKING.set(false);
    match unpacked {
        Ok(result) => result,
        Err(_) => Err(CramError::new("a block cannot be unpacked")),
    }
}

/// Unpacks a stream of which the sizes were looked at ([`super::declared`]).
pub(super) fn unpack_stream(coder: Coder, data: &[u8], size: usize) -> Result<Vec<u8>, CramError> {
    if size == 0 {
        return Ok(Vec::new());
    }
    let method = match coder {
        Coder::Rans => 5,
        Coder::Arithmetic => 6,
    };
    let mut block = vec![method, EXTERNAL, 0];
    push_size(&mut block, data.len())?;
    push_size(&mut block, size)?;
    block.extend_from_slice(data);
    block.extend(crc(&block).to_le_bytes());
    let unpacked = unpack(&block)?;
    if unpacked.len() != size {
        return Err(CramError::new("a stream is not as long as it says"));
    }
    Ok(unpacked)
}

/// Writes a size as ITF8 of five bytes.
fn push_size(bytes: &mut Vec<u8>, size: usize) -> Result<(), CramError> {
    let size = u32::try_from(size)
        .ok()
        .filter(|n| *n < 1 << 31)
        .ok_or_else(CramError::end)?;
    let [a, b, c, d] = size.to_be_bytes();
    // Four bits, three bytes, and the lowest four bits.
    bytes.extend([
        0xf0 | a >> 4,
        a << 4 | b >> 4,
        b << 4 | c >> 4,
        c << 4 | d >> 4,
        d & 0x0f,
    ]);
    Ok(())
}

fn unpack_slice(bytes: &[u8]) -> Result<Vec<u8>, CramError> {
    let mut container = cram::io::reader::Container::default();
    cram::io::Reader::new(bytes).read_container(&mut container)?;
    let slice = container.slices().next().ok_or_else(CramError::end)??;
    let (core, others) = slice.decode_blocks()?;
    Ok(match others.into_iter().next() {
        Some((_, unpacked)) => unpacked.into_owned(),
        None => core.into_owned(),
    })
}

/// Makes the panics of one call print nothing; all others are printed as before.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !UNPACKING.get() {
                before(info);
            }
        }));
    });
}

/// Makes a container of one slice that holds the block, after an empty core block where it is no core block itself.
fn around(block: &[u8]) -> Vec<u8> {
    let is_core = block.get(1) == Some(&CORE);
    let mut body = slice_header(if is_core { 1 } else { 2 });
    if !is_core {
        body.extend(raw_block(CORE, &[]));
    }
    body.extend_from_slice(block);
    let mut container = as_count(body.len()).to_le_bytes().to_vec();
    container.extend(NONE);
    // Start, span, records, counter, bases, blocks, and one slice at the start of the body.
    container.extend([0, 0, 0, 0, 0, 2, 1, 0]);
    container.extend(crc(&container).to_le_bytes());
    container.extend(body);
    container
}

fn slice_header(blocks: u8) -> Vec<u8> {
    let mut header = NONE.to_vec();
    // Start, span, records, counter, blocks, no list of their numbers.
    header.extend([0, 0, 0, 0, blocks, 0]);
    header.extend(NONE);
    header.extend([0; 16]);
    raw_block(SLICE_HEADER, &header)
}

fn raw_block(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).unwrap_or(0);
    let mut block = vec![0, kind, 0, length, length];
    block.extend_from_slice(content);
    block.extend(crc(&block).to_le_bytes());
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacks_a_block_of_either_kind() {
        for kind in [EXTERNAL, CORE] {
            let block = raw_block(kind, b"bases");
            assert_eq!(unpack(&block).unwrap(), b"bases");
            let mut damaged = block.clone();
            damaged[6] ^= 1;
            assert!(unpack(&damaged).is_err());
        }
    }
}
