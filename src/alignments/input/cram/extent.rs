//! Which columns the slices of a container reach over, by their own headers, or by their records where the header does not say.

use std::collections::BTreeMap;
use std::io::{Read as _, Seek as _, SeekFrom};

use super::CramError;
use super::block_kinds::COMPRESSION_HEADER;
use super::compression::CompressionHeader;
use super::container::{Block, ContainerHeader, SEVERAL};
use super::slice::{DecodedSlice, SliceHeader};
use crate::genome::{DataFile, as_distance};

/// Bytes by which the header of a slice is read, if they are enough.
const USUAL: usize = 512;

/// Positions of one reference that the records of a slice reach over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Reference number, -1 for reads without a place.
    pub reference: i32,
    /// First position, 1-based.
    pub first: i64,
    /// Position behind the last.
    pub end: i64,
}

/// Returns what a slice reaches over, that begins at a place of a container's body.
pub(crate) fn extents(
    file: &mut DataFile,
    container: &ContainerHeader,
    slice: usize,
) -> Result<Vec<Extent>, CramError> {
    let header = slice_header(file, container, slice)?;
    if header.reference == SEVERAL {
        return extents_of_records(file, container, slice);
    }
    let first = i64::from(header.start);
    Ok(vec![Extent {
        reference: header.reference,
        first,
        end: first + i64::from(header.span),
    }])
}

fn slice_header(
    file: &mut DataFile,
    container: &ContainerHeader,
    slice: usize,
) -> Result<SliceHeader, CramError> {
    let rest = container.length.saturating_sub(slice);
    let mut wanted = USUAL.min(rest);
    loop {
        file.seek(SeekFrom::Start(container.body + slice as u64))?;
        let mut bytes = Vec::with_capacity(wanted);
        file.by_ref().take(wanted as u64).read_to_end(&mut bytes)?;
        match Block::first(&bytes) {
            Ok(block) => return SliceHeader::of_block(&block, &bytes),
            Err(_) if wanted < rest => wanted = rest.min(wanted * 8),
            Err(error) => return Err(error),
        }
    }
}

fn extents_of_records(
    file: &mut DataFile,
    container: &ContainerHeader,
    slice: usize,
) -> Result<Vec<Extent>, CramError> {
    let body = container.read_body(file)?;
    let blocks = Block::list(&body)?;
    let compression = CompressionHeader::of_container(&body, &blocks)?;
    let own = container.blocks_of(&blocks, slice, body.len())?;
    let slice = DecodedSlice::read(&compression, &body, own)?;
    let mut found: BTreeMap<i32, Extent> = BTreeMap::new();
    for record in &slice.records {
        let first = i64::from(record.start);
        let span = as_distance(record.span(&slice));
        let end = first.saturating_add(span.max(1));
        let extent = found.entry(record.reference).or_insert(Extent {
            reference: record.reference,
            first,
            end,
        });
        extent.first = extent.first.min(first);
        extent.end = extent.end.max(end);
    }
    Ok(found.into_values().collect())
}

impl CompressionHeader {
    /// Reads the header that begins the body of a container.
    pub(super) fn of_container(body: &[u8], blocks: &[Block]) -> Result<Self, CramError> {
        let first = blocks.first().filter(|b| b.kind == COMPRESSION_HEADER);
        let first = first.ok_or_else(|| CramError::new("a container has no compression header"))?;
        Self::parse(&first.unpack(body)?)
    }
}

impl ContainerHeader {
    /// Returns the blocks of the slice that begins at a place of a body of so many bytes.
    pub(crate) fn blocks_of<'b>(
        &self,
        blocks: &'b [Block],
        slice: usize,
        length: usize,
    ) -> Result<&'b [Block], CramError> {
        let end = self.slices.iter().copied().find(|start| *start > slice);
        let end = end.unwrap_or(length);
        let from = blocks.iter().position(|b| b.start == slice);
        let from = from.ok_or_else(|| CramError::new("a slice does not begin where a block does"))?;
        let own = blocks[from..].iter().take_while(|b| b.start < end).count();
        Ok(&blocks[from..from + own])
    }
}
