//! Indexes, looked at in full before they are believed: htslib trusts them, and one that is cut, another file's or made to harm
//! crashes it, takes gigabytes, or hides reads without a word.
//!
//! A BAI has no checksum. What is demanded when it is opened: each number within its bounds, each offset within the file, the
//! references of the header, and that the reads between the offsets of each reference are those of that reference, up to the
//! reads without a place or the end of the file. And of every region, before it is read, that no read of it is left out (`places`,
//! `slices`): this takes time by the regions, not by the file.

mod bins;
mod crai;
mod error;
mod places;
mod slices;

use std::fs::File;
use std::io::{BufReader, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use noodles::bgzf;
use rayon::prelude::*;

use self::bins::{ContigReads, Kind, read_bins};
pub(crate) use self::error::IndexError;
use self::places::{Head, Heads};
pub(crate) use self::slices::SliceIndex;
use super::region::TargetRegion;

/// References whose first and last reads are looked at in any case; of others when reads of theirs are wanted.
const MOST_LOOKED_AT: usize = 400;
/// Regions that are looked at by one thread in one go.
const TOGETHER: usize = 8;
/// Bytes that an unpacked CSI may have for each byte of the file.
const MOST_UNPACKED: u64 = 64;

/// The index of a BAM file.
#[derive(Debug)]
pub struct BamIndex {
    bam: PathBuf,
    contigs: Vec<ContigReads>,
    /// Contigs that have reads.
    with_reads: Vec<usize>,
}

impl BamIndex {
    /// Reads the index of a BAM file with so many references, the longest of so many columns, and looks at where each of them begins
    /// and ends.
    pub fn read(index: &Path, bam: &Path, references: usize, longest: u32) -> Result<Self, IndexError> {
        let mut file = File::open(index)?;
        let length = file.metadata()?.len();
        let size = std::fs::metadata(bam)?.len();
        let mut magic = [0; 4];
        let is_csi = file.read_exact(&mut magic).is_ok() && magic.starts_with(&[0x1f, 0x8b]);
        file.seek(SeekFrom::Start(0))?;
        let limit = Kind::new(references, size, longest);
        let contigs = if is_csi {
            let unpacked = bgzf::io::Reader::new(BufReader::new(file));
            let most = size.saturating_add(1 << 20).saturating_mul(MOST_UNPACKED);
            read_bins(unpacked.take(most), &limit)?
        } else {
            read_bins(BufReader::new(file).take(length), &limit)?
        };
        let with_reads = contigs
            .iter()
            .enumerate()
            .filter(|(_, reads)| reads.span.is_some());
        let index = Self {
            bam: bam.to_path_buf(),
            with_reads: with_reads.map(|(number, _)| number).collect(),
            contigs,
        };
        index.check_seams()?;
        Ok(index)
    }

    /// Returns the virtual offset of a read before which none reaches into the columns of a contig from the given one on; `None` where
    /// the contig has no reads.
    pub fn start(&self, contig: u32, column: u32) -> Option<u64> {
        let reads = self.contigs.get(contig as usize)?;
        reads.start(column).map(|(_, start)| start)
    }

    /// Demands that the reads of the regions are where [`start`](Self::start) says.
    pub fn check(&self, regions: &[TargetRegion]) -> Result<(), IndexError> {
        regions.par_chunks(TOGETHER).try_for_each(|some| {
            let mut heads = Heads::open(&self.bam)?;
            some.iter().try_for_each(|region| {
                let number = region.contig as usize;
                let place = self.with_reads.partition_point(|contig| *contig < number);
                if place >= MOST_LOOKED_AT {
                    self.check_seam(&mut heads, place - 1)?;
                    self.check_seam(&mut heads, place)?;
                }
                match self.contigs.get(number) {
                    Some(reads) => heads.check_region(reads, region),
                    None => Ok(()),
                }
            })
        })
    }

    /// Fetches the reads of a contig from an offset to the first that begins at a column or behind, or is of another contig.
    pub fn fetch(&self, contig: u32, offset: u64, end: u32) -> Result<(), IndexError> {
        Heads::open(&self.bam)?.fetch(contig, offset, end)
    }

    fn number(&self, place: usize) -> Option<i32> {
        self.with_reads.get(place).and_then(|n| i32::try_from(*n).ok())
    }

    /// Holds the first and last offsets of contigs against the reads that are there.
    fn check_seams(&self) -> Result<(), IndexError> {
        let mut heads = Heads::open(&self.bam)?;
        if placed(heads.first()?) != self.number(0) {
            return Err(IndexError::new("it does not begin at the first read of the file"));
        }
        let last = self.with_reads.len().saturating_sub(1);
        (0..self.with_reads.len())
            .filter(|place| *place < MOST_LOOKED_AT || *place == last)
            .try_for_each(|place| self.check_seam(&mut heads, place))
    }

    /// Holds the first and last offset of the contig at a place among those with reads against the reads that are there.
    fn check_seam(&self, heads: &mut Heads, place: usize) -> Result<(), IndexError> {
        let contig = self.with_reads.get(place);
        let Some(span) = contig.and_then(|number| self.contigs.get(*number)?.span) else {
            return Ok(());
        };
        if placed(heads.at(span.first)?) != self.number(place) {
            return Err(IndexError::new(
                "it points to reads of another contig than it says",
            ));
        }
        if placed(heads.at(span.last)?) != self.number(place + 1) {
            return Err(IndexError::new(
                "it does not reach all reads: the file goes on where it ends, or has another order",
            ));
        }
        Ok(())
    }
}

/// Fetches the header of a BAM file on a server, and its first read.
pub(crate) fn fetch_start(bam: &Path) -> Result<(), IndexError> {
    Heads::open(bam)?.first().map(|_| ())
}

fn placed(head: Option<Head>) -> Option<i32> {
    head.map(|head| head.contig).filter(|contig| *contig >= 0)
}
