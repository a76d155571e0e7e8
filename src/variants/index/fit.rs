//! Whether an index fits its file.
//!
//! The pieces of a right index lie without gap from the end of the header to the end of the file, contig by contig, and every
//! record is in a piece of its contig and of its position.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};

use noodles::bgzf;

use super::indexed_file::{Chunk, FittingIndex, reader};
use super::layout::Piece;
use crate::genome::DataFile;
use crate::variants::bcf::BcfRecord;
use crate::variants::lines::{LONGEST_LINE, MOST_ODD_LINES};
use crate::variants::record::Site;

/// The closing block of the file.
const END_BLOCK: u64 = 28;

const OF_ANOTHER_FILE: &str = "it does not fit the file";

/// Compares the index with its file, record by record or at the seams.
pub(super) fn check(index: &FittingIndex, every_record: bool) -> Result<(), String> {
    let mut walker = Walker::open(index)?;
    let begin = walker.skip_header()?;
    let mut pieces: Vec<(Piece, usize)> = Vec::new();
    for (id, reference) in index.references.iter().enumerate() {
        pieces.extend(reference.pieces.iter().map(|&piece| (piece, id)));
    }
    pieces.sort_unstable();
    if pieces.is_empty() {
        return if walker.is_at_end()? {
            Ok(())
        } else {
            Err("it has no record, the file has".into())
        };
    }
    walker.check_seams(begin, &pieces)?;
    if every_record {
        return walker.compare_all(begin);
    }
    for (id, reference) in index.references.iter().enumerate() {
        if let (Some(first), Some(last)) = (reference.pieces.first(), reference.pieces.last()) {
            walker.compare_first(id, first.start)?;
            let end = reference.pieces.iter().map(|p| p.end).max();
            walker.compare(
                id,
                Chunk {
                    start: last.start,
                    end: end.unwrap_or(last.end),
                },
            )?;
        }
    }
    Ok(())
}

/// A record as far as its index must know it.
struct Found {
    /// Virtual offset of its first byte.
    offset: u64,
    contig: usize,
    first: u64,
    last: u64,
}

/// Reads places of records.
pub(super) struct Walker<'i> {
    index: &'i FittingIndex,
    ids: HashMap<&'i [u8], usize>,
    stream: bgzf::io::Reader<BufReader<DataFile>>,
    length: u64,
    line: Vec<u8>,
    record: BcfRecord,
    odd_lines: u64,
}

impl<'i> Walker<'i> {
    pub(super) fn open(index: &'i FittingIndex) -> Result<Self, String> {
        let file = DataFile::open(&index.path).map_err(|e| e.to_string())?;
        let length = file.metadata().map_err(|e| e.to_string())?.len();
        let ids = index.names.iter().enumerate();
        Ok(Self {
            index,
            ids: ids.map(|(id, name)| (name.as_slice(), id)).collect(),
            stream: reader(file),
            length,
            line: Vec::new(),
            record: BcfRecord::default(),
            odd_lines: 0,
        })
    }

    fn seek(&mut self, offset: u64) -> Result<(), String> {
        let position = bgzf::VirtualPosition::from(offset);
        if position.compressed() > self.length {
            return Err("it reaches over the end of the file".into());
        }
        self.stream
            .seek(position)
            .map(|_| ())
            .map_err(|_| OF_ANOTHER_FILE.to_owned())
    }

    /// Returns the offset of the next byte; the end of a block is the begin of the next one that has bytes.
    fn offset(&mut self) -> Result<u64, String> {
        self.stream.fill_buf().map_err(|_| OF_ANOTHER_FILE)?;
        Ok(self.stream.virtual_position().into())
    }

    fn is_at_end(&mut self) -> Result<bool, String> {
        Ok(self.stream.fill_buf().map_err(|_| OF_ANOTHER_FILE)?.is_empty())
    }

    /// Whether two offsets are one place: the end of a block and the begin of the next.
    fn same_place(&mut self, a: u64, b: u64) -> Result<bool, String> {
        if a == b {
            return Ok(true);
        }
        self.seek(a)?;
        let a = self.offset()?;
        self.seek(b)?;
        Ok(a == self.offset()?)
    }

    /// Reads a line without its end; `false` at the end of the file.
    fn next_line(&mut self) -> Result<bool, String> {
        self.line.clear();
        let got = (&mut self.stream)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut self.line)
            .map_err(|_| OF_ANOTHER_FILE)?;
        if got as u64 == LONGEST_LINE {
            return Err("a line of the file is too long".into());
        }
        while matches!(self.line.last(), Some(b'\n' | b'\r')) {
            self.line.pop();
        }
        Ok(got > 0)
    }

    /// Returns the offset of the first record.
    fn skip_header(&mut self) -> Result<u64, String> {
        if self.index.bcf {
            let mut start = [0; 9];
            self.stream.read_exact(&mut start).map_err(|_| OF_ANOTHER_FILE)?;
            let [.., a, b, c, d] = start;
            let length = u64::from(u32::from_le_bytes([a, b, c, d]));
            std::io::copy(&mut (&mut self.stream).take(length), &mut std::io::sink())
                .map_err(|_| OF_ANOTHER_FILE)?;
            return self.offset();
        }
        loop {
            let begin = self.stream.fill_buf().map_err(|_| OF_ANOTHER_FILE)?.first();
            if !matches!(begin, Some(b'#' | b'\n' | b'\r' | 0xef)) {
                return self.offset();
            }
            self.next_line()?;
            if self.line.first() != Some(&b'#') {
                self.count_odd_line()?;
            }
        }
    }

    fn count_odd_line(&mut self) -> Result<(), String> {
        self.odd_lines += 1;
        if self.odd_lines > MOST_ODD_LINES {
            return Err("the file has too many lines that are no records".into());
        }
        Ok(())
    }

    /// The pieces must follow each other without gap, contig by contig, from the first record to the end of the file.
    fn check_seams(&mut self, begin: u64, pieces: &[(Piece, usize)]) -> Result<(), String> {
        let mut reached = begin;
        let mut ended = vec![false; self.index.references.len()];
        let mut current = None;
        for &(piece, id) in pieces {
            let is_gap = if current.is_none() {
                piece.start != reached
            } else {
                piece.start > reached
            };
            if is_gap && !self.same_place(reached, piece.start)? {
                return Err(OF_ANOTHER_FILE.into());
            }
            if current != Some(id) {
                if ended[id] || (piece.start < reached && !self.same_place(reached, piece.start)?) {
                    return Err("the pieces of its contigs overlap".into());
                }
                ended[id] = true;
                current = Some(id);
            }
            reached = reached.max(piece.end);
        }
        let compressed = bgzf::VirtualPosition::from(reached).compressed();
        if compressed.saturating_add(END_BLOCK) > self.length {
            return Err("it reaches over the end of the file".into());
        }
        self.seek(reached)?;
        if self.is_at_end()? {
            Ok(())
        } else {
            Err("it does not reach the end of the file".into())
        }
    }

    /// Reads the next record; `None` at the end of the file.
    fn next(&mut self) -> Result<Option<Found>, String> {
        loop {
            let offset = self.offset()?;
            let contig;
            let (first, last);
            if self.index.bcf {
                if !self.record.read(&mut self.stream).map_err(|_| OF_ANOTHER_FILE)? {
                    return Ok(None);
                }
                contig = self.record.contig();
                (first, last) = self.record.span().map_err(|_| OF_ANOTHER_FILE)?;
            } else {
                if !self.next_line()? {
                    return Ok(None);
                }
                if matches!(self.line.first(), None | Some(b'#')) {
                    self.count_odd_line()?;
                    continue;
                }
                let site = Site::parse(&self.line).map_err(|_| OF_ANOTHER_FILE)?;
                contig = self.ids.get(site.contig).copied();
                (first, last) = (site.position, site.indexed_end());
            }
            let contig = contig.ok_or("it does not know a contig of the file")?;
            let (first, last) = (u64::from(first), u64::from(last));
            return Ok(Some(Found {
                offset,
                contig,
                first,
                last,
            }));
        }
    }

    /// Every record of the file must be where the index says, and as many as it says.
    fn compare_all(&mut self, begin: u64) -> Result<(), String> {
        self.seek(begin)?;
        let index = self.index;
        let mut counts = vec![0; index.references.len()];
        let mut places = Places::default();
        while let Some(found) = self.next()? {
            let reference = index.references.get(found.contig).ok_or(OF_ANOTHER_FILE)?;
            places.check(&found, &reference.pieces)?;
            counts[found.contig] += 1;
        }
        for (reference, count) in index.references.iter().zip(counts) {
            if reference.records.is_some_and(|said| said != count) {
                return Err("it counts other numbers of records than the file has".into());
            }
        }
        Ok(())
    }

    /// The record at an offset must be of the contig.
    fn compare_first(&mut self, contig: usize, offset: u64) -> Result<(), String> {
        self.seek(offset)?;
        match self.next()? {
            Some(found) => Places::default().check_of(contig, &found, &self.index.references[contig].pieces),
            None => Err(OF_ANOTHER_FILE.into()),
        }
    }

    /// Every record of a stretch, and the first behind it, must be where the index says.
    pub(super) fn compare(&mut self, contig: usize, stretch: Chunk) -> Result<(), String> {
        let pieces = &self.index.references[contig].pieces;
        let end = pieces.iter().map(|p| p.end).max().unwrap_or_default();
        self.seek(stretch.start)?;
        let mut places = Places::default();
        while u64::from(self.stream.virtual_position()) < end {
            let behind = u64::from(self.stream.virtual_position()) >= stretch.end;
            let Some(found) = self.next()? else {
                return Err(OF_ANOTHER_FILE.into());
            };
            places.check_of(contig, &found, pieces)?;
            if behind {
                return Ok(());
            }
        }
        // What follows is of another contig, or nothing.
        match self.next()? {
            Some(found) if found.contig == contig => Err(OF_ANOTHER_FILE.into()),
            _ => Ok(()),
        }
    }
}

/// Follows the pieces of a contig along its records.
#[derive(Default)]
struct Places {
    contig: Option<usize>,
    position: u64,
    next: usize,
    /// Pieces that are not over yet.
    open: Vec<Piece>,
}

impl Places {
    fn check_of(&mut self, contig: usize, found: &Found, pieces: &[Piece]) -> Result<(), String> {
        if found.contig == contig {
            self.check(found, pieces)
        } else {
            Err(OF_ANOTHER_FILE.into())
        }
    }

    fn check(&mut self, found: &Found, pieces: &[Piece]) -> Result<(), String> {
        if self.contig != Some(found.contig) {
            *self = Self {
                contig: Some(found.contig),
                ..Self::default()
            };
        }
        if found.first < self.position {
            return Err("the file is not sorted".into());
        }
        self.position = found.first;
        while let Some(piece) = pieces.get(self.next).filter(|p| p.start <= found.offset) {
            self.open.push(*piece);
            self.next += 1;
        }
        self.open.retain(|piece| piece.end > found.offset);
        // A record at position 0 stands before the first base and is put into the first bin.
        let holds = |p: &Piece| p.first <= found.first.max(1) && found.last <= p.last;
        if self.open.iter().any(holds) {
            Ok(())
        } else {
            Err(OF_ANOTHER_FILE.into())
        }
    }
}
