//! The end of a BGZF file: the empty block without which it is cut.

use std::io::{self, Read};
use std::sync::{Arc, Mutex};

use crate::genome::DataFile;

/// The empty block that ends every BGZF file (SAM specification, section 4.1.2).
const BGZF_EOF: [u8; 28] = [
    0x1f, 0x8b, 0x08, 0x04, 0, 0, 0, 0, 0, 0xff, 0x06, 0, 0x42, 0x43, 0x02, 0, 0x1b, 0, 0x03, 0, 0, 0, 0, 0,
    0, 0, 0, 0,
];

/// The last compressed bytes that went by.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    bytes: Vec<u8>,
}

impl Tail {
    fn push(&mut self, new: &[u8]) {
        let keep = BGZF_EOF.len();
        if new.len() >= keep {
            self.bytes.clear();
            self.bytes.extend_from_slice(&new[new.len() - keep..]);
        } else {
            self.bytes.extend_from_slice(new);
            let extra = self.bytes.len().saturating_sub(keep);
            self.bytes.drain(..extra);
        }
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.bytes == BGZF_EOF
    }
}

/// Returns whether a BGZF file on disk ends with its closing block.
pub(crate) fn ends_with_eof_block(file: &mut DataFile) -> io::Result<bool> {
    use std::io::{Seek, SeekFrom};
    let length = file.seek(SeekFrom::End(0))?;
    if length < BGZF_EOF.len() as u64 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-28))?;
    let mut tail = [0; 28];
    file.read_exact(&mut tail)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(tail == BGZF_EOF)
}

/// Reads and remembers the last bytes.
pub(super) struct TailReader<R> {
    pub inner: R,
    pub tail: Arc<Mutex<Tail>>,
}

impl<R: Read> Read for TailReader<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        if let Ok(mut tail) = self.tail.lock() {
            tail.push(&buf[..n]);
        }
        Ok(n)
    }
}
