//! What an index of CRAM says of a slice.

/// A slice by the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CraiEntry {
    /// Reference number, -1 for reads without a place.
    pub reference: i32,
    /// First position, 1-based.
    pub start: i64,
    /// Positions.
    pub span: i64,
    /// Where its container begins in the file.
    pub container: u64,
    /// Where it begins in the container's body.
    pub slice: u64,
    /// Bytes of the slice.
    pub size: u64,
}
