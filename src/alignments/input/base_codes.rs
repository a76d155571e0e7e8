//! Codes of bases: those of BAM, and one that no read has.

/// Code of an unknown reference base.
pub(crate) const UNKNOWN: u8 = 32;

/// Whether a code is that of A, C, G or T.
pub(crate) const fn is_known(code: u8) -> bool {
    matches!(code, 1 | 2 | 4 | 8)
}
