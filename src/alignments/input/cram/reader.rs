//! Records of a CRAM file in order, of a region or of all of it.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError};

use md5::{Digest as _, Md5};
use rust_htslib::bam::Record;

use super::build::{Window, build};
use super::compression::CompressionHeader;
use super::container::{Block, ContainerHeader};
use super::slice::DecodedSlice;
use super::{CramError, CramFile};
use crate::genome::{DataFile, as_distance};

/// Reference bases that are compared with a checksum at a time.
const PIECE: u32 = 1 << 20;

/// Reads the records of a file.
#[derive(Debug)]
pub struct CramReader {
    shared: Arc<CramFile>,
    file: DataFile,
    window: Window,
    /// Containers still to be read of a region, each with the places of its slices.
    ahead: VecDeque<(u64, Vec<u64>)>,
    /// The next container, where the whole file is read.
    next: Option<u64>,
    /// Contig and columns (0-based, half-open) of which records are wanted.
    region: Option<(i32, i64, i64)>,
    /// Slices read of a container, the last one kept: the next region often begins in it.
    slices: Vec<DecodedSlice>,
    kept: Option<(u64, Vec<u64>)>,
    /// The next record among the slices.
    at: (usize, usize),
}

impl CramReader {
    /// Opens a reader at the first record.
    pub fn open(shared: &Arc<CramFile>) -> Result<Self, CramError> {
        Ok(Self {
            file: DataFile::open(&shared.path)?,
            window: Window::new(shared.fasta.clone(), Arc::clone(&shared.places)),
            ahead: VecDeque::new(),
            next: Some(shared.first),
            region: None,
            slices: Vec::new(),
            kept: None,
            at: (0, 0),
            shared: Arc::clone(shared),
        })
    }

    /// Goes to the records that overlap columns of a contig, by the index.
    pub fn fetch(&mut self, contig: u32, start: u32, end: u32) {
        let reference = i32::try_from(contig).unwrap_or(i32::MAX);
        let (first, last) = (i64::from(start) + 1, i64::from(end));
        self.ahead.clear();
        let entries = self
            .shared
            .index
            .as_ref()
            .map_or(&[][..], |index| index.entries());
        for entry in entries {
            let overlaps = entry.reference == reference
                && entry.start <= last
                && entry.start.saturating_add(entry.span) > first;
            if !overlaps {
                continue;
            }
            match self.ahead.back_mut() {
                Some((container, slices)) if *container == entry.container => {
                    if slices.last() != Some(&entry.slice) {
                        slices.push(entry.slice);
                    }
                }
                _ => self.ahead.push_back((entry.container, vec![entry.slice])),
            }
        }
        self.next = None;
        self.region = Some((reference, i64::from(start), i64::from(end)));
        // Behind the last slice: the first container wanted is to be found, if it is the one that is kept.
        self.at = (self.slices.len(), 0);
    }

    /// Returns the next record.
    pub fn read(&mut self) -> Option<Result<Record, CramError>> {
        loop {
            while let Some(slice) = self.slices.get(self.at.0) {
                let Some(record) = slice.records.get(self.at.1) else {
                    self.at = (self.at.0 + 1, 0);
                    continue;
                };
                self.at.1 += 1;
                let span = as_distance(record.span(slice));
                let first = i64::from(record.start) - 1;
                let wanted = self.region.is_none_or(|(contig, start, end)| {
                    record.reference == contig && first < end && first.saturating_add(span.max(1)) > start
                });
                if wanted {
                    return Some(build(slice, record, &mut self.window));
                }
            }
            match self.advance() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    self.ahead.clear();
                    (self.next, self.kept) = (None, None);
                    self.slices.clear();
                    return Some(Err(error));
                }
            }
        }
    }

    /// Reads the next container; `false` where there is none.
    fn advance(&mut self) -> Result<bool, CramError> {
        let size = self.shared.size;
        if let Some(offset) = self.next {
            if offset >= size {
                return Err(CramError::new("the container that ends the file is missing"));
            }
            let header = ContainerHeader::read(&mut self.file, offset, size)?;
            if header.last {
                self.next = None;
                self.slices.clear();
                return Ok(false);
            }
            self.next = Some(header.next());
            self.unpack(offset, &header, None)?;
            return Ok(true);
        }
        let Some((offset, slices)) = self.ahead.pop_front() else {
            return Ok(false);
        };
        if self.kept.as_ref() != Some(&(offset, slices.clone())) {
            self.kept = None;
            let header = ContainerHeader::read(&mut self.file, offset, size)?;
            self.unpack(offset, &header, Some(&slices))?;
            self.kept = Some((offset, slices));
        }
        self.at = (0, 0);
        Ok(true)
    }

    /// Unpacks the slices of a container, of which all or those at the places given are wanted.
    fn unpack(
        &mut self,
        offset: u64,
        header: &ContainerHeader,
        wanted: Option<&[u64]>,
    ) -> Result<(), CramError> {
        self.slices.clear();
        self.at = (0, 0);
        if header.records == 0 || header.slices.is_empty() {
            return Ok(());
        }
        let body = header.read_body(&mut self.file)?;
        let blocks = Block::list(&body)?;
        let compression = CompressionHeader::of_container(&body, &blocks)?;
        for start in &header.slices {
            if wanted.is_some_and(|w| !w.contains(&(*start as u64))) {
                continue;
            }
            let own = header.blocks_of(&blocks, *start, body.len())?;
            let mut slice = DecodedSlice::read(&compression, &body, own)?;
            self.compare(offset, *start, &slice)?;
            slice.of_genome |= self.brings_genome(&slice)?;
            self.slices.push(slice);
        }
        if wanted.is_some_and(|w| w.len() != self.slices.len()) {
            return Err(CramError::new("the index names a slice that is not there"));
        }
        Ok(())
    }

    /// Whether the reference that a slice brings is that of the FASTA.
    fn brings_genome(&self, slice: &DecodedSlice) -> Result<bool, CramError> {
        let Some(own) = &slice.reference else {
            return Ok(false);
        };
        let place = usize::try_from(slice.header.reference).ok();
        let place = place.and_then(|p| self.shared.places.get(p).copied().flatten());
        let first = u32::try_from(slice.header.start).unwrap_or(0);
        let last = u32::try_from(own.len())
            .ok()
            .and_then(|n| first.checked_add(n)?.checked_sub(1));
        let (Some(fasta), Some(place), Some(last)) = (&self.shared.fasta, place, last) else {
            return Ok(false);
        };
        let is_there = first > 0 && fasta.contigs().get(place).is_some_and(|c| last <= c.1);
        Ok(is_there && fasta.letters(place, first..=last)?.eq_ignore_ascii_case(own))
    }

    /// Compares the reference of a slice with the checksum that it was written with, once.
    fn compare(&self, container: u64, start: usize, slice: &DecodedSlice) -> Result<(), CramError> {
        let header = &slice.header;
        let shared = &self.shared;
        let place = usize::try_from(header.reference).ok();
        let place = place.and_then(|p| shared.places.get(p).copied().flatten());
        let (Some(fasta), Some(place)) = (&shared.fasta, place) else {
            return Ok(());
        };
        if !slice.needs_reference || slice.reference.is_some() || header.md5 == [0; 16] {
            return Ok(());
        }
        let lock = || shared.compared.lock().unwrap_or_else(PoisonError::into_inner);
        if lock().contains(&(container, start)) {
            return Ok(());
        }
        let Some((name, length)) = fasta.contigs().get(place) else {
            return Ok(());
        };
        let position = |p: i64| u32::try_from(p.clamp(1, i64::from(*length))).unwrap_or(1);
        let first = position(i64::from(header.start));
        let last = position(i64::from(header.start) + i64::from(header.span) - 1);
        let (mut sum, mut at) = (Md5::new(), first);
        while at <= last {
            let end = last.min(at.saturating_add(PIECE - 1));
            sum.update(fasta.letters(place, at..=end)?);
            at = end + 1;
        }
        if sum.finalize().as_slice() != header.md5 {
            return Err(CramError::new(format!(
                "the reference has other bases at {name}:{first}-{last} than the one that the file was written with (MD5)"
            )));
        }
        lock().insert((container, start));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::block_kinds::crc;
    use super::*;

    /// Damage whose checksums are right, in every block of the demo file: an error or another record, but no panic and no abort.
    #[test]
    fn a_block_made_to_harm_is_an_error_at_most() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/alignments/demo11-healthy.cram");
        let shared = CramFile::open(&path).unwrap();
        let mut file = DataFile::open(&path).unwrap();
        let header = ContainerHeader::read(&mut file, shared.first, shared.size).unwrap();
        let body = header.read_body(&mut file).unwrap();
        let blocks = Block::list(&body).unwrap();
        let end = header.slices.get(1).copied().unwrap_or(body.len());
        let decode = |body: &[u8]| -> Result<usize, CramError> {
            let blocks = Block::list(body)?;
            let compression = CompressionHeader::parse(&blocks[0].unpack(body)?)?;
            let own: Vec<Block> = blocks
                .iter()
                .filter(|b| (header.slices[0]..end).contains(&b.start))
                .cloned()
                .collect();
            let slice = DecodedSlice::read(&compression, body, &own)?;
            let mut window = Window::new(None, Arc::default());
            for record in &slice.records {
                build(&slice, record, &mut window)?;
            }
            Ok(slice.records.len())
        };
        assert!(decode(&body).unwrap() > 1000);
        let mut random = 1_u64;
        for block in blocks.iter().filter(|b| b.start < end) {
            let rounds = if block.start < header.slices[0] { 200 } else { 12 };
            for _ in 0..rounds {
                random = random
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let mut damaged = body.clone();
                let at = block.data.start + (random >> 33) as usize % block.data.len().max(1);
                if at >= block.data.end {
                    continue;
                }
                damaged[at] = random.to_be_bytes()[2];
                let sum = block.whole.end - 4;
                let right = crc(&damaged[block.whole.start..sum]).to_le_bytes();
                damaged[sum..block.whole.end].copy_from_slice(&right);
                let _ = decode(&damaged);
            }
        }
    }
}
