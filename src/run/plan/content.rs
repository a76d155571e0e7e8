//! What a file holds, by its first bytes.

use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;

use crate::run::files::Files;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Variants: VCF or BCF.
    Variants,
    /// Alignments: BAM, CRAM or SAM.
    Alignments,
}

/// Whether a file begins as BAM, CRAM or SAM does. What cannot be read is left to the reader of variants to complain about.
pub(crate) fn holds_alignments(path: &Path, files: &Files) -> bool {
    match files.copy_of(path) {
        Ok(None) => {}
        Ok(Some(copy)) => return copy.holds_alignments,
        Err(_) => return false,
    }
    let starts = |reader: &mut dyn Read| {
        let mut start = Vec::new();
        // A cut or broken file is recognized by what can be read of it.
        _ = reader.take(4).read_to_end(&mut start);
        start
    };
    let Ok(mut file) = files.open(path) else {
        return false;
    };
    let start = starts(&mut file);
    let is_text = |s: &[u8]| {
        [b"@HD\t", b"@SQ\t", b"@RG\t", b"@PG\t", b"@CO\t"]
            .iter()
            .any(|t| s == *t)
    };
    if start.starts_with(&[0x1f, 0x8b]) {
        let Ok(file) = files.open(path) else { return false };
        let inflated = starts(&mut MultiGzDecoder::new(file));
        return inflated == b"BAM\x01" || is_text(&inflated);
    }
    start == b"CRAM" || is_text(&start)
}
