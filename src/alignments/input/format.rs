//! Kinds of alignment files: by which bytes each begins, and by which it ends.

use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use super::error::AlignmentError;
use crate::genome::DataFile;

/// The empty BGZF block that ends a BAM file (SAM specification, section 4.1.2).
const BAM_END: [u8; 28] = [
    0x1f, 0x8b, 0x08, 0x04, 0, 0, 0, 0, 0, 0xff, 0x06, 0, 0x42, 0x43, 0x02, 0, 0x1b, 0, 0x03, 0, 0, 0, 0, 0,
    0, 0, 0, 0,
];

/// The end-of-file container of CRAM 3 (CRAM specification 3.0, section 9).
const CRAM_3_END: [u8; 38] = [
    0x0f, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f, 0xe0, 0x45, 0x4f, 0x46, 0, 0, 0, 0, 0x01, 0, 0x05, 0xbd,
    0xd9, 0x4f, 0, 0x01, 0, 0x06, 0x06, 0x01, 0, 0x01, 0, 0x01, 0, 0xee, 0x63, 0x01, 0x4b,
];

/// Kind of alignment file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlignmentFormat {
    /// BAM.
    Bam,
    /// CRAM.
    Cram,
    /// SAM, plain or compressed.
    Sam,
}

impl AlignmentFormat {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bam => "bam",
            Self::Cram => "cram",
            Self::Sam => "sam",
        }
    }
}

/// Recognizes the kind by the first bytes and demands the block that ends the file: a cut file would show depth too low, and
/// that an index hides.
pub(crate) fn look_at_ends(path: &Path) -> Result<AlignmentFormat, AlignmentError> {
    let io = |source| AlignmentError::Io {
        path: path.to_path_buf(),
        source,
    };
    let mut file = DataFile::open(path).map_err(io)?;
    let mut start = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut start).map_err(io)?;
    let (format, end, name): (_, &[u8], _) = match start.as_slice() {
        b"CRAM" => (AlignmentFormat::Cram, &CRAM_3_END, "CRAM"),
        [0x1f, 0x8b, ..] => (AlignmentFormat::Bam, &BAM_END, "BAM"),
        // Of other content htslib would recognize formats that name further files and addresses.
        [b'@', ..] => return Ok(AlignmentFormat::Sam),
        _ => return Err(AlignmentError::no_alignments(path)),
    };
    if format == AlignmentFormat::Cram {
        let mut version = [0];
        // CRAM 2 ends otherwise; htslib itself complains about a cut one.
        if file.read_exact(&mut version).is_err() || version[0] != 3 {
            return Ok(format);
        }
    }
    let length = i64::try_from(end.len()).unwrap_or(0);
    let mut last = vec![0; end.len()];
    let whole =
        file.seek(SeekFrom::End(-length)).is_ok() && file.read_exact(&mut last).is_ok() && last == end;
    if whole {
        return Ok(format);
    }
    Err(AlignmentError::Truncated {
        path: path.to_path_buf(),
        format: name,
    })
}
