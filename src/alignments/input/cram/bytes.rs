//! Numbers of a CRAM file (CRAM specification 3.1, section 2.3).

use super::CramError;

/// Bytes that are read from their start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes<'b> {
    rest: &'b [u8],
}

impl<'b> Bytes<'b> {
    /// Reads from the start of a slice.
    pub(super) const fn new(rest: &'b [u8]) -> Self {
        Self { rest }
    }

    /// Returns how many bytes are left.
    pub(super) const fn len(&self) -> usize {
        self.rest.len()
    }

    /// Takes so many bytes.
    pub(super) fn take(&mut self, count: usize) -> Result<&'b [u8], CramError> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or_else(CramError::end)?;
        self.rest = rest;
        Ok(taken)
    }

    /// Takes a byte.
    pub(super) fn byte(&mut self) -> Result<u8, CramError> {
        self.take(1).map(|taken| taken[0])
    }

    /// Takes four bytes, the lowest first.
    pub(super) fn word(&mut self) -> Result<u32, CramError> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// Takes a number of the kind ITF8: the ones at the top of its first byte say how many bytes follow.
    pub(super) fn itf8(&mut self) -> Result<i32, CramError> {
        let first = self.byte()?;
        let more = (first.leading_ones() as usize).min(4);
        let rest = self.take(more)?;
        if more == 4 {
            // The last of five bytes holds four bits.
            let top = u32::from(first & 0x0f) << 28;
            let middle = rest[..3].iter().fold(0, |value, b| value << 8 | u32::from(*b));
            return Ok((top | middle << 4 | u32::from(rest[3] & 0x0f)).cast_signed());
        }
        let top = u32::from(first) & (0xff >> (more + 1));
        let value = rest.iter().fold(top, |value, b| value << 8 | u32::from(*b));
        Ok(value.cast_signed())
    }

    /// Takes a number of the kind LTF8.
    pub(super) fn ltf8(&mut self) -> Result<i64, CramError> {
        let first = self.byte()?;
        let more = first.leading_ones() as usize;
        let rest = self.take(more)?;
        let top = if more >= 7 {
            0
        } else {
            u64::from(first) & (0xff >> (more + 1))
        };
        let value = rest.iter().fold(top, |value, b| value << 8 | u64::from(*b));
        Ok(value.cast_signed())
    }

    /// Takes a number of the kind uint7: seven bits to a byte, the highest first, all but the last byte with the bit above set.
    pub(super) fn uint7(&mut self) -> Result<usize, CramError> {
        let mut value = 0_u64;
        for _ in 0..5 {
            let byte = self.byte()?;
            value = value << 7 | u64::from(byte & 0x7f);
            if byte & 0x80 == 0 {
                return usize::try_from(value).map_err(|_| CramError::end());
            }
        }
        Err(CramError::new("a number is longer than any"))
    }

    /// Takes a number that cannot be below zero: a size or a count.
    pub(super) fn size(&mut self) -> Result<usize, CramError> {
        usize::try_from(self.itf8()?).map_err(|_| CramError::new("a size is below zero"))
    }

    /// Takes a list of numbers with its length before it; the length is believed no further than the bytes reach.
    pub(super) fn list(&mut self) -> Result<Vec<i32>, CramError> {
        let count = self.size()?;
        if count > self.len() {
            return Err(CramError::end());
        }
        (0..count).map(|_| self.itf8()).collect()
    }

    /// Takes a stretch with its length before it.
    pub(super) fn stretch(&mut self) -> Result<&'b [u8], CramError> {
        let length = self.size()?;
        self.take(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand from the specification.
    #[test]
    fn reads_numbers_of_every_length() {
        for (bytes, expected) in [
            (&[0x7f_u8][..], 127),
            (&[0x80, 0x80], 128),
            (&[0xc0, 0x40, 0x00], 0x4000),
            (&[0xe0, 0x20, 0x00, 0x00], 0x20_0000),
            (&[0xf1, 0x00, 0x00, 0x00, 0x00], 0x1000_0000),
            (&[0xff, 0xff, 0xff, 0xff, 0x0f], -1),
            (&[0xff, 0xff, 0xff, 0xff, 0x0e], -2),
        ] {
            assert_eq!(Bytes::new(bytes).itf8().unwrap(), expected, "{bytes:x?}");
            assert!(Bytes::new(&bytes[..bytes.len() - 1]).itf8().is_err());
        }
        for (bytes, expected) in [
            (&[0x7f_u8][..], 127),
            (&[0x80, 0x80], 128),
            (&[0xf8, 1, 0, 0, 0, 0], 1 << 32),
            (&[0xff; 9], -1),
        ] {
            assert_eq!(Bytes::new(bytes).ltf8().unwrap(), expected, "{bytes:x?}");
        }
    }

    #[test]
    fn a_length_beyond_the_end_takes_no_memory() {
        let mut bytes = Bytes::new(&[0xf7, 0xff, 0xff, 0xff, 0x0f, 1, 2]);
        assert!(bytes.list().is_err());
    }
}
