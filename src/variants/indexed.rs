//! A bgzipped VCF of few records with its tabix index, both made in memory.

use std::io::{self, Write as _};

use noodles::bgzf;
use noodles::core::Position;
use noodles::csi::binning_index::index::{Header, header, reference_sequence::bin::Chunk};
use noodles::tabix;

/// A record as a line of VCF, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedLine {
    /// Contig as in the line.
    pub contig: &'static str,
    /// First base of REF, 1-based.
    pub start: u32,
    /// Last base of REF, 1-based.
    pub end: u32,
    /// The line, without line feed.
    pub line: String,
}

/// A bgzipped VCF and its index (`.tbi`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedVcf {
    /// The file.
    pub vcf: Vec<u8>,
    /// Its index.
    pub index: Vec<u8>,
}

/// Compresses and indexes lines that are sorted by contig and position. An order that no index can hold is an error.
pub fn indexed_vcf(header: &str, lines: &[PlacedLine]) -> io::Result<IndexedVcf> {
    let mut vcf = bgzf::io::Writer::new(Vec::new());
    vcf.write_all(header.as_bytes())?;
    let mut indexer = tabix::index::Indexer::default();
    indexer.set_header(vcf_columns());
    for record in lines {
        let start = vcf.virtual_position();
        vcf.write_all(record.line.as_bytes())?;
        vcf.write_all(b"\n")?;
        let chunk = Chunk::new(start, vcf.virtual_position());
        indexer.add_record(
            record.contig,
            position(record.start)?,
            position(record.end)?,
            chunk,
        )?;
    }
    let vcf = vcf.finish()?;
    let mut index = tabix::io::Writer::new(Vec::new());
    index.write_index(&indexer.build())?;
    let index = index.into_inner().finish()?;
    Ok(IndexedVcf { vcf, index })
}

/// Where the columns of a VCF stand, as `tabix -p vcf` says it.
fn vcf_columns() -> Header {
    header::Builder::vcf().build()
}

fn position(base: u32) -> io::Result<Position> {
    usize::try_from(base)
        .ok()
        .and_then(|base| Position::try_from(base).ok())
        .ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!("position {base} cannot be indexed"),
            )
        })
}
