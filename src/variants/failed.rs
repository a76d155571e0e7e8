//! A stream that failed once fails for good. The readers of BGZF go on after a damaged block, with what was unpacked of it or with
//! the block behind it: whoever looks ahead and lets an error pass would lose calls without a sign.

use std::io::{self, BufRead, Read};

/// Returns the error of the first failure at every later read.
pub(super) struct FailsForGood<R> {
    inner: R,
    failure: Option<(io::ErrorKind, String)>,
}

impl<R> FailsForGood<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, failure: None }
    }

    fn check(&self) -> io::Result<()> {
        match &self.failure {
            Some((kind, message)) => Err(io::Error::new(*kind, message.clone())),
            None => Ok(()),
        }
    }

    fn keep(&mut self, error: &io::Error) {
        // An interrupted read is to be repeated.
        if error.kind() != io::ErrorKind::Interrupted {
            self.failure = Some((error.kind(), error.to_string()));
        }
    }
}

impl<R: BufRead> Read for FailsForGood<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.check()?;
        let got = self.inner.read(buf);
        if let Err(error) = &got {
            self.keep(error);
        }
        got
    }
}

impl<R: BufRead> BufRead for FailsForGood<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.check()?;
        // Asked twice: the borrow of a result that is handed out would last too long to keep its error. The second time the buffer is full.
        if let Err(error) = self.inner.fill_buf() {
            self.keep(&error);
            return Err(error);
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use noodles::bgzf;

    use super::*;

    /// Three blocks, the second damaged.
    fn damaged() -> Vec<u8> {
        let mut writer = bgzf::io::Writer::new(Vec::new());
        let mut ends = Vec::new();
        for line in ["one\n", "two\n", "three\n"] {
            writer.write_all(line.as_bytes()).unwrap();
            writer.flush().unwrap();
            ends.push(writer.get_ref().len());
        }
        let mut bytes = writer.finish().unwrap();
        // In the checksum of the second block.
        bytes[ends[1] - 8] ^= 1;
        bytes
    }

    #[test]
    fn nothing_is_read_behind_an_error_that_was_let_pass() {
        let workers = std::num::NonZero::new(2).unwrap();
        let bytes = damaged();
        let readers: [Box<dyn BufRead>; 2] = [
            Box::new(bgzf::io::Reader::new(io::Cursor::new(bytes.clone()))),
            Box::new(bgzf::io::MultithreadedReader::with_worker_count(
                workers,
                io::Cursor::new(bytes),
            )),
        ];
        for reader in readers {
            let mut reader = FailsForGood::new(reader);
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            assert_eq!(line, "one\n");
            let first = reader.fill_buf().unwrap_err().to_string();
            let second = reader.read_line(&mut line).unwrap_err().to_string();
            assert_eq!(first, second);
            assert!(reader.read(&mut [0; 4]).is_err());
            assert_eq!(line, "one\n");
        }
    }
}
