//! From a record of CRAM to the record that is counted: bases from the reference, operations from the differences.

use std::sync::Arc;

use rust_htslib::bam::Record;
use rust_htslib::bam::record::{Aux, Cigar, CigarString};

use super::CramError;
use super::slice::{CramRecord, DecodedSlice, Feature};
use super::tags::TagValue;
use crate::genome::{ContigFasta, as_count};

/// Reference bases read at a time.
const WINDOW: u32 = 1 << 13;
/// Longest operation that BAM can hold.
const LONGEST: usize = (1 << 28) - 1;
/// Longest name that BAM can hold.
const LONGEST_NAME: usize = 254;
/// A quality that is not known.
const UNKNOWN_QUALITY: u8 = 255;

/// Reference bases around the record at work.
#[derive(Debug)]
pub(super) struct Window {
    fasta: Option<Arc<ContigFasta>>,
    /// Place in the FASTA by reference number.
    places: Arc<[Option<usize>]>,
    contig: usize,
    /// Position of the first base, 1-based.
    first: u32,
    bases: Vec<u8>,
}

impl Window {
    /// Makes a window on a FASTA.
    pub(super) const fn new(fasta: Option<Arc<ContigFasta>>, places: Arc<[Option<usize>]>) -> Self {
        Self {
            fasta,
            places,
            contig: usize::MAX,
            first: 1,
            bases: Vec::new(),
        }
    }

    /// Appends the bases of positions behind `start` (0-based) to `bases`; N behind the end of the contig. `false` where the FASTA
    /// does not have the contig.
    fn append(
        &mut self,
        contig: i32,
        start: u32,
        count: usize,
        bases: &mut Vec<u8>,
    ) -> Result<bool, CramError> {
        let contig = usize::try_from(contig).unwrap_or(usize::MAX);
        let place = self.places.get(contig).copied().flatten();
        let (Some(fasta), Some(place)) = (self.fasta.clone(), place) else {
            return Ok(false);
        };
        let length = fasta.contigs().get(place).map_or(0, |c| c.1);
        let wanted = u32::try_from(count).map_err(|_| CramError::new("a read is longer than any contig"))?;
        let end = start.saturating_add(wanted).min(length);
        if start < end {
            let have = self.first - 1..self.first - 1 + as_count(self.bases.len());
            if self.contig != contig || start < have.start || end > have.end {
                let last = end.max(start.saturating_add(WINDOW).min(length));
                self.bases = fasta.letters(place, start + 1..=last)?;
                (self.contig, self.first) = (contig, start + 1);
            }
            let from = (start + 1 - self.first) as usize;
            let stretch = self.bases.get(from..from + (end - start) as usize);
            bases.extend_from_slice(stretch.ok_or_else(CramError::end)?);
        }
        let there = end.saturating_sub(start) as usize;
        bases.resize(bases.len() + count - there, b'N');
        Ok(true)
    }
}

/// A read in the making.
struct Building<'s> {
    slice: &'s DecodedSlice,
    record: &'s CramRecord,
    window: &'s mut Window,
    /// Column of the next reference base, 0-based.
    column: u32,
    bases: Vec<u8>,
    qualities: Vec<u8>,
    cigar: Vec<(u8, usize)>,
    /// Mismatches and bases of indels.
    edits: usize,
    /// Whether a reference base was not to be had.
    lost: bool,
}

/// Makes the record that is counted. Without its reference a read has no bases, as one written with `*`.
pub(super) fn build(
    slice: &DecodedSlice,
    record: &CramRecord,
    window: &mut Window,
) -> Result<Record, CramError> {
    let column = u32::try_from(record.start).unwrap_or(0).saturating_sub(1);
    let mut building = Building {
        slice,
        record,
        window,
        column,
        bases: Vec::with_capacity(record.length),
        qualities: building_qualities(slice, record),
        cigar: Vec::new(),
        edits: 0,
        lost: false,
    };
    if record.unmapped() {
        building.bases.extend_from_slice(bytes(slice, &record.bases)?);
    } else {
        building.lay_out()?;
    }
    building.finish()
}

fn building_qualities(slice: &DecodedSlice, record: &CramRecord) -> Vec<u8> {
    match &record.qualities {
        Some(range) => slice.bytes.get(range.clone()).unwrap_or_default().to_vec(),
        None => vec![UNKNOWN_QUALITY; record.length.min(LONGEST)],
    }
}

fn bytes<'s>(slice: &'s DecodedSlice, range: &std::ops::Range<usize>) -> Result<&'s [u8], CramError> {
    slice.bytes.get(range.clone()).ok_or_else(CramError::end)
}

impl Building<'_> {
    fn lay_out(&mut self) -> Result<(), CramError> {
        let slice = self.slice;
        let features = slice
            .features
            .get(self.record.features.clone())
            .unwrap_or_default();
        for feature in features {
            self.add(feature)?;
        }
        let rest = self.record.length.saturating_sub(self.bases.len());
        self.add_matches(rest)
    }

    fn add(&mut self, feature: &Feature) -> Result<(), CramError> {
        let outside = || CramError::new("a record has a difference outside of its read");
        let before = feature.place.checked_sub(1).ok_or_else(outside)?;
        let length = feature.length;
        match feature.code {
            b'Q' => {
                return self.set_qualities(before, &[byte(feature.value)?]);
            }
            b'q' => {
                let slice = self.slice;
                return self.set_qualities(before, bytes(slice, &(feature.value..feature.value + length))?);
            }
            _ => {}
        }
        if before > self.record.length {
            return Err(outside());
        }
        let gap = before.checked_sub(self.bases.len()).ok_or_else(outside)?;
        self.add_matches(gap)?;
        match feature.code {
            b'X' => self.substitute(feature.value)?,
            b'B' => {
                self.set_qualities(before, &[byte(length)?])?;
                self.add_read(&[byte(feature.value)?], b'M')?;
            }
            b'i' => self.add_read(&[byte(feature.value)?], b'I')?,
            b'b' | b'I' | b'S' => {
                let slice = self.slice;
                let kind = if feature.code == b'b' { b'M' } else { feature.code };
                self.add_read(bytes(slice, &(feature.value..feature.value + length))?, kind)?;
            }
            kind => {
                self.push(kind, length)?;
                if matches!(kind, b'D' | b'N') {
                    self.column = self.column.saturating_add(as_count(length));
                }
                self.edits += if kind == b'D' { length } else { 0 };
            }
        }
        if self.bases.len() > self.record.length {
            return Err(outside());
        }
        Ok(())
    }

    fn set_qualities(&mut self, place: usize, qualities: &[u8]) -> Result<(), CramError> {
        let behind = place.saturating_add(qualities.len());
        let stretch = self.qualities.get_mut(place..behind);
        let stretch = stretch.ok_or_else(|| CramError::new("a record has a quality outside of its read"))?;
        stretch.copy_from_slice(qualities);
        Ok(())
    }

    fn push(&mut self, kind: u8, length: usize) -> Result<(), CramError> {
        if length == 0 {
            return Ok(());
        }
        match self.cigar.last_mut() {
            Some((last, so_far)) if *last == kind => *so_far += length,
            _ => self.cigar.push((kind, length)),
        }
        if self.cigar.last().is_some_and(|(_, length)| *length > LONGEST) {
            return Err(CramError::new("a read has a longer operation than BAM can hold"));
        }
        Ok(())
    }

    /// Appends reference bases; of a read that has no bases, as many letters.
    fn append_reference(&mut self, count: usize) -> Result<(), CramError> {
        let there = match &self.slice.reference {
            Some(own) => {
                let first = usize::try_from(self.slice.header.start)
                    .unwrap_or(1)
                    .saturating_sub(1);
                let from = (self.column as usize).checked_sub(first);
                let stretch = from.and_then(|from| own.get(from..from.checked_add(count)?));
                let outside = || CramError::new("a read lies outside of the reference that its slice brings");
                self.bases
                    .extend(stretch.ok_or_else(outside)?.iter().map(u8::to_ascii_uppercase));
                true
            }
            None if self.slice.needs_reference && !self.record.without_bases() => {
                self.window
                    .append(self.record.reference, self.column, count, &mut self.bases)?
            }
            None => false,
        };
        if !there {
            self.lost = true;
            self.bases.resize(self.bases.len() + count, b'N');
        }
        Ok(())
    }

    fn add_matches(&mut self, count: usize) -> Result<(), CramError> {
        if count == 0 {
            return Ok(());
        }
        self.push(b'M', count)?;
        self.append_reference(count)?;
        self.column = self.column.saturating_add(as_count(count));
        Ok(())
    }

    fn substitute(&mut self, code: usize) -> Result<(), CramError> {
        self.push(b'M', 1)?;
        self.append_reference(1)?;
        self.column = self.column.saturating_add(1);
        if let Some(base) = self.bases.last_mut() {
            let row = b"ACGT".iter().position(|b| b == base).unwrap_or(4);
            let read = self.slice.substitutions[row].get(code);
            *base = *read.ok_or_else(|| CramError::new("a record has a substitution of an unknown code"))?;
            self.edits += 1;
        }
        Ok(())
    }

    /// Adds bases that the file holds.
    fn add_read(&mut self, bases: &[u8], kind: u8) -> Result<(), CramError> {
        self.push(kind, bases.len())?;
        match kind {
            b'M' => {
                let at = self.bases.len();
                let lost = self.lost;
                self.append_reference(bases.len())?;
                // Without a reference only the number of mismatches is not known.
                let known = self.lost == lost;
                self.lost = lost;
                let reference = self.bases.split_off(at);
                let differ = reference
                    .iter()
                    .zip(bases)
                    .filter(|(r, b)| !r.eq_ignore_ascii_case(b));
                self.edits += if known { differ.count() } else { 0 };
                self.column = self.column.saturating_add(as_count(bases.len()));
            }
            b'I' => self.edits += bases.len(),
            _ => {}
        }
        self.bases.extend_from_slice(bases);
        Ok(())
    }

    fn finish(self) -> Result<Record, CramError> {
        let (slice, record) = (self.slice, self.record);
        let (mut bases, mut qualities) = (self.bases, self.qualities);
        if self.lost || record.without_bases() {
            bases.clear();
            qualities.clear();
        }
        if bases.len() != qualities.len() {
            return Err(CramError::new("a record has not as many qualities as bases"));
        }
        let name = bytes(slice, &record.name)?;
        if name.len() > LONGEST_NAME {
            return Err(CramError::new("a record has a longer name than SAM allows"));
        }
        let operations: Option<Vec<Cigar>> =
            self.cigar.iter().map(|(kind, n)| operation(*kind, *n)).collect();
        let cigar = CigarString(operations.ok_or_else(CramError::end)?);
        let mut built = Record::new();
        built.set(name, Some(&cigar), &bases, &qualities);
        built.set_flags(record.flags);
        built.set_tid(record.reference);
        built.set_pos(i64::from(record.start) - 1);
        built.set_mapq(record.mapping_quality);
        built.set_mtid(record.mate_reference);
        built.set_mpos(i64::from(record.mate_start) - 1);
        for (tag, value) in &record.tags {
            push_tag(&mut built, *tag, value)?;
        }
        // htslib, too, counts the mismatches that the file leaves to the reference.
        let counted = record.tags.iter().any(|(tag, _)| tag == b"NM");
        if !counted && !record.unmapped() && slice.of_genome && !bases.is_empty() {
            let edits = TagValue::Integer(i64::try_from(self.edits).unwrap_or(0));
            push_tag(&mut built, *b"NM", &edits)?;
        }
        Ok(built)
    }
}

/// Returns a base or a quality, which a slice holds as a number of its stream.
fn byte(value: usize) -> Result<u8, CramError> {
    u8::try_from(value).map_err(|_| CramError::new("a record has a base or a quality that is no byte"))
}

fn push_tag(record: &mut Record, tag: [u8; 2], value: &TagValue) -> Result<(), CramError> {
    let value = match value {
        TagValue::Text(text) => Aux::String(text),
        TagValue::Integer(number) => match (i32::try_from(*number), u32::try_from(*number)) {
            (Ok(number), _) => Aux::I32(number),
            (_, Ok(number)) => Aux::U32(number),
            _ => return Ok(()),
        },
    };
    // A tag that is there twice: the first one counts.
    if record.aux(&tag).is_ok() {
        return Ok(());
    }
    record
        .push_aux(&tag, value)
        .map_err(|e| CramError::new(e.to_string()))
}

fn operation(kind: u8, length: usize) -> Option<Cigar> {
    let length = u32::try_from(length).ok()?;
    Some(match kind {
        b'M' => Cigar::Match(length),
        b'I' => Cigar::Ins(length),
        b'D' => Cigar::Del(length),
        b'N' => Cigar::RefSkip(length),
        b'S' => Cigar::SoftClip(length),
        b'H' => Cigar::HardClip(length),
        b'P' => Cigar::Pad(length),
        _ => return None,
    })
}
