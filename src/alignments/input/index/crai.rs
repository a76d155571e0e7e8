//! CRAI (CRAM specification 3.1, section 12): gzipped lines of six numbers, one for each slice and reference.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek as _, SeekFrom};
use std::path::Path;

use super::IndexError;
use crate::alignments::input::cram::{ContainerHeader, CraiEntry, UNPLACED};
use crate::genome::DataFile;

/// Bytes that an index may have for each byte of its CRAM, unpacked, and in any case.
const MOST_PER_BYTE: u64 = 2;
const MOST: u64 = 1 << 20;
/// Bytes of a container's header but for the list of its slices, and of an entry of that list.
const HEAD: u64 = 64;
const PER_SLICE: u64 = 5;

/// Reads the index of a CRAM file of so many references, whose first container with records begins at `first`, and demands that it
/// lists every slice.
pub(super) fn read_crai(
    index: &Path,
    cram: &Path,
    references: usize,
    first: u64,
) -> Result<Vec<CraiEntry>, IndexError> {
    let mut file = File::open(index)?;
    let size = std::fs::metadata(cram)?.len();
    let mut magic = [0; 2];
    let packed = file.read_exact(&mut magic).is_ok() && magic == [0x1f, 0x8b];
    file.seek(SeekFrom::Start(0))?;
    let most = size.saturating_mul(MOST_PER_BYTE).saturating_add(MOST);
    let mut entries = if packed {
        let unpacked = flate2::bufread::MultiGzDecoder::new(BufReader::new(file));
        lines(BufReader::new(unpacked.take(most)), references, size)?
    } else {
        lines(BufReader::new(file).take(most), references, size)?
    };
    entries.sort_by_key(|e| (e.container, e.slice));
    check_whole(&entries, cram, first, size)?;
    Ok(entries)
}

fn lines(mut reader: impl BufRead, references: usize, size: u64) -> Result<Vec<CraiEntry>, IndexError> {
    let mut entries = Vec::new();
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let text = line
            .strip_suffix(b"\n")
            .ok_or_else(|| IndexError::new("it is cut off"))?;
        let number = entries.len() + 1;
        let entry = std::str::from_utf8(text).ok().and_then(entry);
        let entry = entry.ok_or_else(|| IndexError::new(format!("line {number} is not six numbers")))?;
        let is_known = entry.reference == UNPLACED
            || usize::try_from(entry.reference).is_ok_and(|reference| reference < references);
        let end = entry
            .slice
            .checked_add(entry.size)
            .and_then(|n| n.checked_add(entry.container));
        if !is_known || end.is_none_or(|end| end > size) {
            return Err(IndexError::new(format!(
                "line {number} names a contig that the header has not, or a place behind the end of the file"
            )));
        }
        entries.push(entry);
        line.clear();
    }
    Ok(entries)
}

fn entry(line: &str) -> Option<CraiEntry> {
    let mut fields = line.split('\t');
    let entry = CraiEntry {
        reference: fields.next()?.parse().ok()?,
        start: fields.next()?.parse().ok()?,
        span: fields.next()?.parse().ok()?,
        container: fields.next()?.parse().ok()?,
        slice: fields.next()?.parse().ok()?,
        size: fields.next()?.parse().ok()?,
    };
    fields.next().is_none().then_some(entry)
}

/// Containers follow one another without a gap, so one that is left out shows.
fn check_whole(entries: &[CraiEntry], cram: &Path, first: u64, size: u64) -> Result<(), IndexError> {
    let left_out = || IndexError::new("it does not list every slice, or is another file's");
    let mut file = DataFile::open(cram)?;
    let mut read =
        |offset| ContainerHeader::read(&mut file, offset, size).map_err(|e| IndexError::new(e.to_string()));
    let mut containers = entries.chunk_by(|a, b| a.container == b.container).peekable();
    let mut next = first;
    while let Some(slices) = containers.next() {
        let container = slices[0].container;
        if container != next {
            return Err(left_out());
        }
        let mut places: Vec<(u64, u64)> = slices.iter().map(|s| (s.slice, s.size)).collect();
        places.dedup();
        let behind = match containers.peek() {
            Some(following) => following[0].container,
            None => read(container)?.next(),
        };
        let one_by_one = places.windows(2).all(|w| w[0].0 + w[0].1 == w[1].0);
        let (last, length) = places[places.len() - 1];
        let end = container + last + length;
        let head = HEAD + PER_SLICE * places.len() as u64;
        if !one_by_one || behind.checked_sub(end).is_none_or(|gap| gap == 0 || gap > head) {
            return Err(left_out());
        }
        next = behind;
    }
    // What follows has no reads with a place.
    let following = read(next)?;
    if following.last || following.reference == UNPLACED {
        return Ok(());
    }
    Err(left_out())
}
