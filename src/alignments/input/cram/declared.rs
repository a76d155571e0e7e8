//! Sizes that stand within a packed block: noodles takes memory by each of them, so they are held against the block's own before it is
//! unpacked (CRAM codecs 3.1, sections 3 and 4; of the arithmetic coder alike).

use super::CramError;
use super::bytes::Bytes;

/// Which of the two codecs wrote a stream: they share flags, and sizes but for those of run lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coder {
    /// rANS Nx16, method 5.
    Rans,
    /// Adaptive arithmetic coder, method 6.
    Arithmetic,
}

const ORDER: u8 = 0x01;
const EXTERNAL: u8 = 0x04;
const STRIPE: u8 = 0x08;
const NO_SIZE: u8 = 0x10;
const STORED: u8 = 0x20;
const RUN_LENGTHS: u8 = 0x40;
const PACK: u8 = 0x80;

/// Stripes within stripes at the most; writers make none.
const DEEPEST: usize = 2;
/// Bytes of a table of frequencies: 256 of 256 symbols of two bytes each, their names, and runs of zeros.
const LARGEST_TABLE: usize = 257 * 257 * 3;

/// Returns how many bytes a stream says that it unpacks to; an error where they are more than `most`, or where anything within it would
/// take more than it needs.
pub(super) fn size_of(coder: Coder, data: &[u8], most: usize) -> Result<usize, CramError> {
    let mut bytes = Bytes::new(data);
    let flags = bytes.byte()?;
    let size = if flags & NO_SIZE == 0 { bytes.uint7()? } else { 0 };
    if size > most {
        return Err(too_large());
    }
    check(coder, data, size, 0)?;
    Ok(size)
}

/// Holds every size within a stream against the size that it unpacks to.
pub(super) fn check(coder: Coder, data: &[u8], size: usize, depth: usize) -> Result<(), CramError> {
    let mut bytes = Bytes::new(data);
    let flags = bytes.byte()?;
    if flags & NO_SIZE == 0 && bytes.uint7()? != size {
        return Err(too_large());
    }
    if flags & STRIPE != 0 {
        return check_stripes(coder, bytes, size, depth);
    }
    let mut inner = size;
    if flags & PACK != 0 {
        let symbols = usize::from(bytes.byte()?);
        bytes.take(symbols)?;
        inner = within(bytes.uint7()?, inner)?;
    }
    if coder == Coder::Rans && flags & RUN_LENGTHS != 0 {
        let runs = bytes.uint7()?;
        let literals = within(bytes.uint7()?, inner)?;
        // Symbols that have runs, and a length for each run, which has no more bytes than the run has symbols.
        within(runs >> 1, inner.saturating_add(257))?;
        let packed = if runs & 1 == 0 { bytes.uint7()? } else { runs >> 1 };
        bytes.take(packed)?;
        inner = literals;
    }
    let has_table = coder == Coder::Rans && flags & (STORED | ORDER) == ORDER;
    if has_table && bytes.byte()? & 1 != 0 {
        within(bytes.uint7()?, LARGEST_TABLE)?;
    }
    // What is not packed is copied, and must be as long as what it is copied to.
    let is_stored = flags & STORED != 0 && !(coder == Coder::Arithmetic && flags & EXTERNAL != 0);
    if is_stored && bytes.len() != inner {
        return Err(too_large());
    }
    Ok(())
}

fn check_stripes(coder: Coder, mut bytes: Bytes<'_>, size: usize, depth: usize) -> Result<(), CramError> {
    if depth >= DEEPEST {
        return Err(CramError::new("a block is packed in layers that no writer makes"));
    }
    let count = usize::from(bytes.byte()?);
    let lengths: Result<Vec<usize>, CramError> = (0..count).map(|_| bytes.uint7()).collect();
    for (place, length) in lengths?.into_iter().enumerate() {
        let share = size / count + usize::from(size % count > place);
        check(coder, bytes.take(length)?, share, depth + 1)?;
    }
    Ok(())
}

fn within(size: usize, most: usize) -> Result<usize, CramError> {
    if size > most {
        return Err(too_large());
    }
    Ok(size)
}

fn too_large() -> CramError {
    CramError::new("a block holds a part that would be larger than the block, or is not as long as it says")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 268,435,455, the largest of four bytes.
    const HUGE: [u8; 4] = [0xff, 0xff, 0xff, 0x7f];

    fn is_refused(coder: Coder, parts: &[&[u8]]) -> bool {
        let data = parts.concat();
        check(coder, &data, 8, 0).is_err() && size_of(coder, &data, 1 << 10).is_err()
    }

    #[test]
    fn a_size_within_a_stream_that_is_absurd_is_refused() {
        let both = [Coder::Rans, Coder::Arithmetic];
        for coder in both {
            assert!(is_refused(coder, &[&[0], &HUGE]), "the size of the stream");
            assert!(is_refused(coder, &[&[PACK, 8, 1, b'A'], &HUGE]), "packed symbols");
            let nested = [&[0_u8][..], &HUGE].concat();
            let length = u8::try_from(nested.len()).unwrap();
            assert!(is_refused(coder, &[&[STRIPE, 8, 1, length], &nested]), "a stripe");
            let stripe = |inner: &[u8]| [&[STRIPE, 8, 1, u8::try_from(inner.len()).unwrap()], inner].concat();
            let deep = (0..20).fold(vec![STORED | NO_SIZE], |inner, _| stripe(&inner));
            assert!(is_refused(coder, &[&deep]), "stripes in stripes");
        }
        assert!(
            is_refused(Coder::Rans, &[&[RUN_LENGTHS, 8, 3], &HUGE, &[0]]),
            "literals"
        );
        assert!(
            is_refused(Coder::Rans, &[&[RUN_LENGTHS, 8], &HUGE[..3], &[0x7e, 8, 0]]),
            "runs"
        );
        assert!(
            is_refused(Coder::Rans, &[&[ORDER, 8, 1], &HUGE]),
            "a table of frequencies"
        );
        assert!(check(Coder::Rans, &[STORED, 8, 1, 2, 3, 4, 5, 6, 7, 8], 8, 0).is_ok());
        let striped = [
            STRIPE,
            8,
            2,
            5,
            5,
            STORED | NO_SIZE,
            1,
            2,
            3,
            4,
            STORED | NO_SIZE,
            5,
            6,
            7,
            8,
        ];
        assert!(check(Coder::Rans, &striped, 8, 0).is_ok());
        assert_eq!(size_of(Coder::Rans, &striped, 8).unwrap(), 8);
        assert!(size_of(Coder::Rans, &striped, 7).is_err());
    }
}
