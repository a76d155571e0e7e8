//! Where records come from: htslib for BAM and SAM, our own reader for CRAM.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_htslib::bam::{self, Read as _, Record};

use super::cigar::reference_length;
use super::cram::{CramError, CramReader};
use super::index::{BamIndex, IndexError};

/// Why a record cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// htslib.
    #[error(transparent)]
    Htslib(#[from] rust_htslib::errors::Error),
    /// CRAM.
    #[error(transparent)]
    Cram(#[from] CramError),
    /// An alignment with an operation that BAM does not have.
    #[error(
        "the alignment (CIGAR) of read {name:?} has an operation with code {code}, and BAM has 0 to 8: the file is damaged; fetch or write it again"
    )]
    Operation {
        /// Name of the read.
        name: String,
        /// Code of the operation.
        code: u32,
    },
    /// Part of a file on a server.
    #[error(transparent)]
    Fetched(#[from] IndexError),
    /// A name longer than a BAM can hold.
    #[error(
        "a read has a name of {0} characters, and BAM has 254 at the most: the file is damaged; fetch or write it again"
    )]
    Name(usize),
    /// A read that stands behind one of a later place.
    #[error("the reads are not sorted by coordinate: run `samtools sort` and `samtools index`")]
    Unsorted,
}

/// An open file.
#[derive(Debug)]
pub enum Source {
    /// From its start.
    Whole(bam::Reader),
    /// BAM by its index.
    Placed(Box<PlacedReader>),
    /// CRAM by its index, read by htslib.
    Indexed(Box<bam::IndexedReader>),
    /// CRAM, both ways.
    Cram(Box<CramReader>),
}

impl Source {
    /// Goes to the records that overlap columns of a contig.
    pub fn fetch(&mut self, contig: u32, start: u32, end: u32) -> Result<(), SourceError> {
        match self {
            Self::Whole(_) => {}
            Self::Placed(reader) => reader.fetch(contig, start, end)?,
            Self::Indexed(reader) => {
                let contig = i32::try_from(contig).unwrap_or(-1);
                reader.fetch((contig, i64::from(start), i64::from(end)))?;
            }
            Self::Cram(reader) => reader.fetch(contig, start, end),
        }
        Ok(())
    }

    /// Reads the next record; `None` at the end.
    pub fn read(&mut self, record: &mut Record) -> Option<Result<(), SourceError>> {
        match self {
            Self::Whole(reader) => next(reader, record),
            Self::Indexed(reader) => next(reader.as_mut(), record),
            Self::Placed(reader) => reader.read(record),
            Self::Cram(reader) => Some(match reader.read()? {
                Ok(next) => {
                    *record = next;
                    Ok(())
                }
                Err(error) => Err(error.into()),
            }),
        }
    }
}

/// Reads the records of a region of a BAM file one after the other, from the first that the index names: what else the index says
/// loses none of them.
#[derive(Debug)]
pub struct PlacedReader {
    reader: bam::Reader,
    index: Arc<BamIndex>,
    /// Contig and columns of which records are wanted, and the column of the last record; `None` where there are no more.
    region: Option<(i32, i64, i64)>,
    last: i64,
    /// The copy, where it is of a file on a server.
    mirror: Option<PathBuf>,
}

impl PlacedReader {
    /// Makes a reader of a file and its index.
    pub const fn new(reader: bam::Reader, index: Arc<BamIndex>) -> Self {
        Self {
            reader,
            index,
            region: None,
            last: 0,
            mirror: None,
        }
    }

    /// Makes the same reader of a file on a server: what it reads is fetched before.
    #[must_use]
    pub fn of_mirror(self, copy: &Path) -> Self {
        Self {
            mirror: Some(copy.to_owned()),
            ..self
        }
    }

    fn fetch(&mut self, contig: u32, start: u32, end: u32) -> Result<(), SourceError> {
        self.region = None;
        let (Some(offset), Ok(contig_id)) = (self.index.start(contig, start), i32::try_from(contig)) else {
            return Ok(());
        };
        if let Some(copy) = &self.mirror {
            self.index.fetch(contig, offset, end)?;
            // What htslib read ahead may have been a hole when it did.
            self.reader = bam::Reader::from_path(copy)?;
        }
        let offset = i64::try_from(offset).map_err(|_| rust_htslib::errors::Error::FileSeek)?;
        self.reader.seek(offset)?;
        self.region = Some((contig_id, i64::from(start), i64::from(end)));
        self.last = i64::MIN;
        Ok(())
    }

    fn read(&mut self, record: &mut Record) -> Option<Result<(), SourceError>> {
        loop {
            let (contig, start, end) = self.region?;
            if let Err(error) = next(&mut self.reader, record)? {
                self.region = None;
                return Some(Err(error));
            }
            if record.tid() != contig || record.pos() >= end {
                self.region = None;
                return None;
            }
            if record.pos() < self.last {
                self.region = None;
                return Some(Err(SourceError::Unsorted));
            }
            self.last = record.pos();
            let length = i64::from(reference_length(record.raw_cigar()).max(1));
            if record.pos() + length > start {
                return Some(Ok(()));
            }
        }
    }
}

/// Reads the next record and checks it; `None` at the end.
fn next(reader: &mut impl bam::Read, record: &mut Record) -> Option<Result<(), SourceError>> {
    let read = reader.read(record)?.map_err(SourceError::from);
    Some(read.and_then(|()| check(record)))
}

/// Last code of an operation of an alignment (`X`); htslib reads records with other codes too, and rust-htslib panics on them.
const LAST_OPERATION: u32 = 8;
/// Characters of the longest name of a read (SAM specification, 1.4); htslib makes one longer where its end is missing.
const LONGEST_NAME: usize = 254;

/// Demands what the rest of the program takes for granted of a record.
///
/// A record that is cut within its first 32 bytes is -3 of htslib, which rust-htslib takes for a record: the data of the one before
/// is gone then, and a record always has some, its name.
fn check(record: &Record) -> Result<(), SourceError> {
    if record.inner().l_data <= 0 {
        return Err(rust_htslib::errors::Error::BamTruncatedRecord.into());
    }
    let name = record.qname().len();
    if name > LONGEST_NAME {
        return Err(SourceError::Name(name));
    }
    let codes = record.raw_cigar().iter().map(|operation| operation & 15);
    match codes.max().filter(|code| *code > LAST_OPERATION) {
        Some(code) => Err(SourceError::Operation {
            name: String::from_utf8_lossy(record.qname()).into_owned(),
            code,
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;

    use noodles::bgzf;

    use super::*;

    #[test]
    fn a_record_cut_within_its_first_bytes_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let header = b"BAM\x01\0\0\0\0\x01\0\0\0\x02\0\0\0c\0\x2c\x01\0\0";
        // Length of the record, contig 0, position 10, name of 2 bytes, mapping quality 60, no operations, no bases.
        let record = b"\x22\0\0\0\0\0\0\0\x0a\0\0\0\x02\x3c\x49\x12\0\0\x04\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0r\0";
        for cut in [5, 20, 35, 37] {
            let path = folder.path().join("r.bam");
            let mut writer = bgzf::io::Writer::new(Vec::new());
            for bytes in [header.as_slice(), record, &record[..cut]] {
                writer.write_all(bytes).unwrap();
            }
            fs::write(&path, writer.finish().unwrap()).unwrap();
            let mut source = Source::Whole(bam::Reader::from_path(&path).unwrap());
            let mut read = Record::new();
            assert!(matches!(source.read(&mut read), Some(Ok(()))), "{cut}");
            assert!(matches!(source.read(&mut read), Some(Err(_))), "{cut}");
        }
    }
}
