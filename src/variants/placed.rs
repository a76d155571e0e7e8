//! Reads a file that others read at the same time: each from a place of its own.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

/// A reader with its own place in a shared file, whose handles would move each other's.
pub(super) struct PlacedReader {
    pub file: Arc<File>,
    pub at: u64,
}

impl Read for PlacedReader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = read_at(&self.file, buf, self.at)?;
        self.at += n as u64;
        Ok(n)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buf: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buf, at)
}

#[cfg(windows)]
fn read_at(file: &File, buf: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buf, at)
}

// What is left (WebAssembly) has neither threads nor pipes.
#[cfg(not(any(unix, windows)))]
fn read_at(mut file: &File, buf: &mut [u8], at: u64) -> io::Result<usize> {
    io::Seek::seek(&mut file, io::SeekFrom::Start(at))?;
    file.read(buf)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn readers_do_not_move_each_other() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"abcdef").unwrap();
        let file = Arc::new(file);
        let open = || PlacedReader {
            file: Arc::clone(&file),
            at: 0,
        };
        let (mut a, mut b) = (open(), open());
        let mut two = [0; 2];
        a.read_exact(&mut two).unwrap();
        let (mut rest_of_a, mut rest_of_b) = (String::new(), String::new());
        b.read_to_string(&mut rest_of_b).unwrap();
        a.read_to_string(&mut rest_of_a).unwrap();
        assert_eq!((rest_of_a.as_str(), rest_of_b.as_str()), ("cdef", "abcdef"));
    }
}
