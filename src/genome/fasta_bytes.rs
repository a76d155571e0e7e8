//! The bytes of a FASTA, plain or bgzipped, at any place.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};

use super::bgzip::BgzipFile;

/// The bytes of a FASTA, unpacked.
pub(super) enum Bytes {
    /// As they are in the file.
    Plain(File, u64),
    /// Bgzipped.
    Packed(Box<BgzipFile>),
}

impl Bytes {
    /// Returns how many there are.
    pub(super) const fn len(&self) -> u64 {
        match self {
            Self::Plain(_, length) => *length,
            Self::Packed(file) => file.len(),
        }
    }

    /// Reads bytes; fewer where the file ends.
    pub(super) fn read(&mut self, offset: u64, count: usize) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain(file, _) => {
                let mut bytes = Vec::with_capacity(count);
                file.seek(SeekFrom::Start(offset))?;
                file.by_ref().take(count as u64).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            Self::Packed(file) => file.read(offset, count),
        }
    }
}
