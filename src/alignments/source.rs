//! Where records come from: htslib for BAM and SAM, our own reader for CRAM.

use rust_htslib::bam::{self, Read as _, Record};

use super::cram::{CramError, CramReader};

/// Why a record cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// htslib.
    #[error(transparent)]
    Htslib(#[from] rust_htslib::errors::Error),
    /// CRAM.
    #[error(transparent)]
    Cram(#[from] CramError),
}

/// An open file.
#[derive(Debug)]
pub enum Source {
    /// From its start.
    Whole(bam::Reader),
    /// By its index.
    Indexed(Box<bam::IndexedReader>),
    /// CRAM, both ways.
    Cram(Box<CramReader>),
}

impl Source {
    /// Goes to the records that overlap columns of a contig.
    pub fn fetch(&mut self, contig: u32, start: u32, end: u32) -> Result<(), SourceError> {
        match self {
            Self::Whole(_) => {}
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
            Self::Whole(reader) => Some(reader.read(record)?.map_err(SourceError::from)),
            Self::Indexed(reader) => Some(reader.read(record)?.map_err(SourceError::from)),
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
