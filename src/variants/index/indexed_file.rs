//! A file with its index, and the pieces of it.

use std::io::BufReader;
use std::path::PathBuf;

use noodles::bgzf;

use super::layout::{Piece, Reference};
use crate::genome::DataFile;

/// A piece of the file, by virtual offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub start: u64,
    pub end: u64,
}

impl From<&Piece> for Chunk {
    fn from(piece: &Piece) -> Self {
        Self {
            start: piece.start,
            end: piece.end,
        }
    }
}

/// Opens a file for reading by chunks.
pub(crate) fn reader(file: DataFile) -> bgzf::io::Reader<BufReader<DataFile>> {
    bgzf::io::Reader::new(BufReader::with_capacity(1 << 16, file))
}

/// An index that fits its file.
#[derive(Debug)]
pub(crate) struct FittingIndex {
    pub(super) path: PathBuf,
    pub(super) bcf: bool,
    pub(super) names: Vec<Vec<u8>>,
    pub(super) references: Vec<Reference>,
    /// Whether every record was compared with it.
    pub(super) compared: bool,
}
