//! Walks over the pieces of a file that its index names.

use std::io::{self, BufRead, Read};
use std::path::Path;

use super::bcf::BcfRecord;
use super::error::{Place, ScanError};
use super::header::Header;
use super::index::{Chunk, FittingIndex, reader as bgzf_reader};
use super::input::Compression;
use super::lines::{Filter, LONGEST_LINE};
use super::reader::{Reader, Visit};
use super::record::Record;
use super::tail::ends_with_eof_block;
use super::warnings::{Kind, Warnings};
use crate::genome::{DataFile, Regions};

impl<'i> Reader<'i> {
    fn no_index(&self, problem: impl Into<String>) -> ScanError {
        ScanError::NoIndex {
            file: self.input.display(),
            problem: problem.into(),
        }
    }

    /// Of a file on a server only what the index names is read.
    pub(super) fn refuse_whole(&self) -> Result<(), ScanError> {
        if !self.input.is_mirrored() {
            return Ok(());
        }
        Err(self.input.failure().unwrap_or_else(|| ScanError::Server {
            file: self.input.display(),
            problem: format!(
                "its index does not tell which parts of it are needed{}, and the whole file is not read over the network: fetch the file and give its path",
                self.warnings
                    .example(Kind::BadIndex)
                    .map_or_else(String::new, |why| format!(" ({why})"))
            ),
        }))
    }

    fn indexed_path(&self) -> Result<&'i Path, ScanError> {
        self.input
            .path()
            .filter(|_| self.opened.compression == Compression::Bgzf)
            .ok_or_else(|| self.no_index("it is not compressed by bgzip"))
    }

    /// Opens the index of a file that is only read through it: without one that fits, an error.
    pub(super) fn index(&self) -> Result<FittingIndex, ScanError> {
        let mut file = self.open_for_chunks(self.indexed_path()?)?;
        self.check_end_block(&mut file)?;
        FittingIndex::of(self.indexed_path()?, self.opened.bcf, &self.header).map_err(|e| self.no_index(e))
    }

    /// Walks over the records that overlap the regions, through the index alone.
    pub(super) fn for_each_indexed(
        &mut self,
        index: &FittingIndex,
        regions: &Regions,
        visit: &mut dyn FnMut(&Record<'_>, &Header, &mut Warnings) -> Visit,
    ) -> Result<(), ScanError> {
        let path = self.indexed_path()?;
        let chunks = index
            .chunks(regions)
            .map_err(|e| self.no_index(format!("its index cannot be used: {e}")))?;
        self.indexed = true;
        self.read_chunks(path, &chunks, regions, visit)
    }

    pub(super) fn read_chunks(
        &mut self,
        path: &Path,
        chunks: &[Chunk],
        regions: &Regions,
        visit: &mut dyn FnMut(&Record<'_>, &Header, &mut Warnings) -> Visit,
    ) -> Result<(), ScanError> {
        let mut file = self.open_for_chunks(path)?;
        self.check_size_of(&file)?;
        self.check_end_block(&mut file)?;
        let again = self.open_for_chunks(path)?;
        let mut stream = bgzf_reader(file);
        let mut filter = self.build.map_or_else(
            || Filter::new(Some(regions)),
            |build| Filter::logging(regions, build),
        );
        let mut record = BcfRecord::default();
        let mut text = String::new();
        for chunk in chunks {
            stream.seek(chunk.start.into()).map_err(|e| self.damaged(&e))?;
            while u64::from(stream.virtual_position()) < chunk.end {
                let flow = if self.opened.bcf {
                    if !record.read(&mut stream).map_err(|e| self.damaged(&e))? {
                        break;
                    }
                    self.take_bcf(&record, &mut text, &mut filter, visit)?
                } else {
                    let mut line = std::mem::take(&mut self.buffer);
                    line.clear();
                    let got = (&mut stream)
                        .take(LONGEST_LINE)
                        .read_until(b'\n', &mut line)
                        .map_err(|e| self.damaged(&e))?;
                    if got == 0 {
                        break;
                    }
                    if got as u64 == LONGEST_LINE {
                        return Err(self.too_much("a line of more than 128 MB"));
                    }
                    while matches!(line.last(), Some(b'\n' | b'\r')) {
                        line.pop();
                    }
                    let flow = self.take_line(&line, &mut filter, visit);
                    self.buffer = line;
                    flow?
                };
                if flow.is_break() {
                    return Ok(());
                }
            }
        }
        self.contigs = filter.into_log();
        self.check_size_of(&again)?;
        self.input.failure().map_or(Ok(()), Err)
    }

    fn cannot_open(&self, source: io::Error) -> ScanError {
        ScanError::Open {
            file: self.input.display(),
            source,
        }
    }

    fn open_for_chunks(&self, path: &Path) -> Result<DataFile, ScanError> {
        DataFile::open(path).map_err(|e| self.cannot_open(e))
    }

    fn check_end_block(&self, file: &mut DataFile) -> Result<(), ScanError> {
        if ends_with_eof_block(file).map_err(|e| self.cannot_open(e))? {
            return Ok(());
        }
        Err(self.no_end_block(Place::default()))
    }

    /// The file must have as many bytes as when it was opened first.
    fn check_size_of(&self, file: &DataFile) -> Result<(), ScanError> {
        let length = file.metadata().map_err(|e| self.cannot_open(e));
        match self.opened.size {
            Some(size) => self.input.check_size(size, length?.len()),
            None => Ok(()),
        }
    }
}
