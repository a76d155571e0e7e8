//! Kinds of block, and the checksum of each (CRAM specification 3.1, section 8).

use flate2::Crc;

/// Kinds of block.
pub(super) const FILE_HEADER: u8 = 0;
pub(super) const COMPRESSION_HEADER: u8 = 1;
pub(super) const SLICE_HEADER: u8 = 2;
pub(super) const EXTERNAL: u8 = 4;
pub(super) const CORE: u8 = 5;

/// Returns the checksum of bytes.
pub(super) fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}
