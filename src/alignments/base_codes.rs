//! Codes of bases that no read has.

/// Code of an unknown reference base.
pub const UNKNOWN: u8 = 32;
