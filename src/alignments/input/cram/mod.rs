//! CRAM 3.0 and 3.1 without htslib: the bundled one has published faults that write into memory of others (docs/security.md).
//!
//! Containers, slices and records are read here; noodles unpacks the blocks. Nothing but the file, its index and the FASTA
//! is ever opened: not `REF_PATH`, not `UR` of a header line, no network.

mod block_kinds;
mod build;
mod bytes;
mod compression;
mod container;
mod declared;
mod entry;
mod error;
mod extent;
mod file;
mod names;
mod packed;
mod qualities;
mod reader;
mod slice;
mod streams;
mod tags;

pub(crate) use self::container::{ContainerHeader, UNPLACED};
pub(crate) use self::entry::CraiEntry;
pub(crate) use self::error::CramError;
pub(crate) use self::extent::{Extent, extents};
pub(crate) use self::file::CramFile;
pub(crate) use self::reader::CramReader;
