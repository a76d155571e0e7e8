//! What was looked at in a column.

use super::cycle::CycleDepth;
use super::substitution::{Exposure, total};

/// What was looked at in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnDepth {
    /// Contig number.
    pub contig: u32,
    /// Column, 0-based.
    pub column: u32,
    /// Reference base code.
    pub base: u8,
    /// Fragments with a base, by group and sight.
    pub exposure: Exposure,
    /// Reads that alone cover the column, by cycle.
    pub cycles: CycleDepth,
    /// Neighbors.
    pub before: u8,
    /// Neighbors.
    pub behind: u8,
}

impl ColumnDepth {
    /// Returns the fragments with a base.
    pub fn depth(&self) -> u32 {
        total(&self.exposure)
    }
}
