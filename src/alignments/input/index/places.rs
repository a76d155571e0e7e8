//! Whether the reads of a region stand where an index of BAM says: looked at before they are read.
//!
//! The reads of a region are read from where its window begins by the index, one after the other, until one begins behind the region.
//! So all of them are found if that place is the begin of a read and none before it reaches into the region. Such a read would
//! stand behind where the window before begins, and in a bin that the region touches: of these stretches, a block of the file
//! or a few, each read is looked at. A number that is wrong is so wherever it is: of the windows, the bins show it; where a
//! bin is wrong, nothing is lost.

use std::io::{self, BufRead as _, Read};
use std::path::Path;

use noodles::bgzf;

use super::IndexError;
use super::bins::{ContigReads, Stretch};
use crate::alignments::input::cigar::reference_length;
use crate::alignments::input::region::TargetRegion;
use crate::genome::DataFile;

/// Bytes of a record before its name, its length left out (SAM specification 1.6, section 4.2).
const FIXED: usize = 32;
const UNMAPPED: u16 = 0x4;

const NO_READ: &str = "it points to a place where no read begins";

/// A record as far as its place goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    /// Reference, -1 for none.
    pub contig: i32,
    /// First column.
    first: i64,
    /// Column behind the last.
    end: i64,
    mapped: bool,
}

impl Head {
    fn overlaps(&self, region: &TargetRegion) -> bool {
        self.mapped
            && i64::from(region.contig) == i64::from(self.contig)
            && self.first < i64::from(region.end)
            && self.end > i64::from(region.start)
    }

    fn is_within(&self, stretch: &Stretch) -> bool {
        let within = |from: i64, to: i64| {
            u64::try_from(from).is_ok_and(|n| n >= stretch.from)
                && u64::try_from(to).is_ok_and(|n| n <= stretch.to)
        };
        self.first < 0 || within(self.first, self.end)
    }
}

/// Reads the heads of records.
pub(super) struct Heads {
    reader: bgzf::io::Reader<DataFile>,
}

impl Heads {
    /// Opens a BAM file.
    pub(super) fn open(bam: &Path) -> io::Result<Self> {
        Ok(Self {
            reader: bgzf::io::Reader::new(DataFile::open(bam)?),
        })
    }

    /// Passes the header and returns the first record.
    pub(super) fn first(&mut self) -> Result<Option<Head>, IndexError> {
        let reader = &mut self.reader;
        let mut word = || -> io::Result<u64> {
            let mut bytes = [0; 4];
            reader.read_exact(&mut bytes)?;
            Ok(u64::from(u32::from_le_bytes(bytes)))
        };
        word()?;
        let text = word()?;
        skip(&mut self.reader, text)?;
        let mut bytes = [0; 4];
        self.reader.read_exact(&mut bytes)?;
        for _ in 0..u32::from_le_bytes(bytes) {
            self.reader.read_exact(&mut bytes)?;
            skip(&mut self.reader, u64::from(u32::from_le_bytes(bytes)) + 4)?;
        }
        self.next()
    }

    /// Returns the record at a virtual offset; `None` at the end of the file.
    pub(super) fn at(&mut self, offset: u64) -> Result<Option<Head>, IndexError> {
        self.seek(offset)?;
        self.next()
    }

    /// Reads from an offset to the first read that begins at a column or behind, or is of another contig.
    pub(super) fn fetch(&mut self, contig: u32, offset: u64, end: u32) -> Result<(), IndexError> {
        let mut head = self.at(offset)?;
        while let Some(read) = head {
            if i64::from(read.contig) != i64::from(contig) || read.first >= i64::from(end) {
                break;
            }
            head = self.next()?;
        }
        Ok(())
    }

    fn seek(&mut self, offset: u64) -> Result<(), IndexError> {
        // Where no block begins, or none that is as long, there is no read either.
        let sought = self.reader.seek(bgzf::VirtualPosition::from(offset));
        sought.map_err(|_| IndexError::new(NO_READ)).map(|_| ())
    }

    /// Returns the offset of the next byte; the end of a block is the begin of the next one that has bytes.
    fn offset(&mut self) -> Result<u64, IndexError> {
        self.reader.fill_buf()?;
        Ok(self.reader.virtual_position().into())
    }

    fn next(&mut self) -> Result<Option<Head>, IndexError> {
        let mut size = [0; 4];
        let mut filled = 0;
        while filled < size.len() {
            match self.reader.read(&mut size[filled..])? {
                0 if filled == 0 => return Ok(None),
                0 => return Err(IndexError::new("the file ends within a read")),
                count => filled += count,
            }
        }
        let size = usize::try_from(i32::from_le_bytes(size)).unwrap_or(0);
        if size < FIXED {
            return Err(IndexError::new(NO_READ));
        }
        let mut fixed = [0; FIXED];
        let cut = |_| IndexError::new("the file ends within a read");
        self.reader.read_exact(&mut fixed).map_err(cut)?;
        let int = |at: usize| i32::from_le_bytes([fixed[at], fixed[at + 1], fixed[at + 2], fixed[at + 3]]);
        let short = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
        let (name, operations) = (usize::from(fixed[8]), usize::from(short(12)));
        let rest = (size - FIXED).checked_sub(name + 4 * operations);
        let rest = rest.ok_or_else(|| IndexError::new(NO_READ))?;
        skip(&mut self.reader, name as u64).map_err(cut)?;
        let mut cigar = Vec::with_capacity(operations);
        for _ in 0..operations {
            let mut operation = [0; 4];
            self.reader.read_exact(&mut operation).map_err(cut)?;
            cigar.push(u32::from_le_bytes(operation));
        }
        skip(&mut self.reader, rest as u64).map_err(cut)?;
        let first = i64::from(int(4));
        let mapped = short(14) & UNMAPPED == 0;
        let length = if mapped { reference_length(&cigar) } else { 1 };
        Ok(Some(Head {
            contig: int(0),
            first,
            end: first + i64::from(length.max(1)),
            mapped,
        }))
    }

    /// Goes from read to read between two offsets, and demands that one begins at the second where `exactly`.
    fn walk(
        &mut self,
        (from, to): (u64, u64),
        exactly: bool,
        mut each: impl FnMut(u64, &Head) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        let mut to = to;
        if exactly {
            // The end of a block and the begin of the next are one place.
            self.seek(to)?;
            to = self.offset()?;
        }
        self.seek(from)?;
        loop {
            let offset = self.offset()?;
            if offset >= to {
                return if offset > to && exactly {
                    Err(IndexError::new(NO_READ))
                } else {
                    Ok(())
                };
            }
            let head = self.next()?.ok_or_else(|| IndexError::new(NO_READ))?;
            each(offset, &head)?;
        }
    }

    /// Demands that no read of a region stands before the place where its reads are said to begin.
    pub(super) fn check_region(
        &mut self,
        reads: &ContigReads,
        region: &TargetRegion,
    ) -> Result<(), IndexError> {
        let Some((before, start)) = reads.start(region.start) else {
            return Ok(());
        };
        let contig = i32::try_from(region.contig).unwrap_or(i32::MAX);
        let holding = reads.stretches[..reads.stretches.partition_point(|s| s.first <= start)].iter();
        let holding = holding.rev().find(|s| s.last > start);
        let holding = holding.ok_or_else(|| IndexError::new("a window begins where no bin has reads"))?;
        self.walk((holding.first.max(before), start), true, |_, _| Ok(()))?;
        if self.at(start)?.map(|head| head.contig) != Some(contig) {
            return Err(IndexError::new(
                "it points to reads of another contig than it says",
            ));
        }
        let touched = |s: &&Stretch| {
            s.first < start
                && s.last > before
                && s.from < u64::from(region.end)
                && s.to > u64::from(region.start)
        };
        // The first read of a stretch is of its bin.
        for stretch in reads.stretches.iter().filter(touched).chain([holding]) {
            let head = self.at(stretch.first)?;
            if !head.is_some_and(|head| head.contig == contig && head.is_within(stretch)) {
                return Err(IndexError::new("a bin has reads of elsewhere"));
            }
        }
        for stretch in reads.stretches.iter().filter(touched) {
            let part = (stretch.first.max(before), stretch.last.min(start));
            self.walk(part, false, |_, head| {
                if head.overlaps(region) {
                    return Err(IndexError::new(
                        "reads stand before where it says that they begin",
                    ));
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}

impl ContigReads {
    /// Returns where the reads of a region begin, that starts at a column, and a place before it by which that can be looked at; `None`
    /// where the contig has no reads.
    pub(super) fn start(&self, column: u32) -> Option<(u64, u64)> {
        let first = self.span?.first;
        let known = self
            .starts
            .partition_point(|(from, _)| *from <= u64::from(column));
        let offset = |back: usize| {
            let at = known.checked_sub(back)?;
            self.starts.get(at).map(|(_, offset)| *offset)
        };
        Some((offset(2).unwrap_or(first), offset(1).unwrap_or(first)))
    }
}

fn skip(reader: &mut impl Read, count: u64) -> io::Result<()> {
    let skipped = io::copy(&mut reader.take(count), &mut io::sink())?;
    if skipped < count {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}
