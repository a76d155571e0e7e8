//! Columns of the operations of an alignment.

/// Returns the columns that an alignment spans.
pub(crate) fn reference_length(cigar: &[u32]) -> u32 {
    cigar
        .iter()
        .filter(|op| matches!(*op & 15, 0 | 2 | 3 | 7 | 8))
        .map(|op| op >> 4)
        .fold(0, u32::saturating_add)
}
