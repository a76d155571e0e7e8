//! Kinds of block, and the checksum of each (CRAM specification 3.1, section 8).

use flate2::Crc;

/// Kinds of block.
pub const FILE_HEADER: u8 = 0;
pub const COMPRESSION_HEADER: u8 = 1;
pub const SLICE_HEADER: u8 = 2;
pub const EXTERNAL: u8 = 4;
pub const CORE: u8 = 5;

/// Returns the checksum of bytes.
pub fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}
