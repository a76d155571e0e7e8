//! One read laid out on the reference: a base and a quality for each column that it spans.

use rust_htslib::bam::record::{Aux, Record};

use super::filter::ReadFilter;
use super::primers::Ends;
use crate::alignments::input::cigar::reference_length;
use crate::genome::as_count;

/// Code of a deleted column; bases have htslib's codes: A 1, C 2, G 4, T 8, N 15.
pub(crate) const DELETED: u8 = 0;
/// Code of a column that the alignment skips (CIGAR `N`).
const SKIPPED: u8 = 16;

/// Columns that a read may span: the longest human intron has 1.2 million. A damaged record may say 268 million, all of which would
/// be laid out.
const LONGEST_SPAN: u32 = 1 << 22;

/// What stands in BAM for a quality that is not there.
const NO_QUALITY: u8 = 255;
/// Quality (phred) of the bases of a read that has none: once in a thousand wrong, as of the older sequencers whose files lack them.
pub(crate) const ASSUMED_QUALITY: u8 = 30;

pub(super) const FLAG_PAIRED: u16 = 0x1;
pub(super) const FLAG_REVERSE: u16 = 0x10;
pub(super) const FLAG_MATE_UNMAPPED: u16 = 0x8;
pub(super) const FLAG_MATE_REVERSE: u16 = 0x20;
const FLAG_SECOND: u16 = 0x80;

/// Two base codes for each byte of htslib's packed sequence.
static UNPACKED: [[u8; 2]; 256] = unpacked();

const fn unpacked() -> [[u8; 2]; 256] {
    let mut table = [[0; 2]; 256];
    let mut byte: usize = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation, reason = "a nibble")]
        {
            table[byte] = [(byte >> 4) as u8, (byte & 15) as u8];
        }
        byte += 1;
    }
    table
}

/// An insertion as the alignment writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insertion {
    /// The reference column (0-based) before it.
    pub after: u32,
    /// Inserted bases as codes.
    pub bases: Vec<u8>,
    /// Lowest quality of the inserted bases.
    pub quality: u8,
}

/// A deletion as the alignment writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// The reference column (0-based) before it.
    pub after: u32,
    /// Deleted bases.
    pub length: u32,
    /// Quality of the base behind it, as samtools mpileup takes it.
    pub quality: u8,
}

/// A read by reference column; buffers are reused from read to read.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own of the record"
)]
#[derive(Clone, Debug, Default)]
pub struct AlignedRead {
    /// First column, 0-based.
    pub first: u32,
    /// Base codes by column, [`DELETED`] within a deletion.
    pub codes: Vec<u8>,
    /// Base qualities by column; of a deleted column that of the base behind the deletion.
    pub qualities: Vec<u8>,
    /// On the reverse strand.
    pub reverse: bool,
    /// Second read of its pair.
    pub second: bool,
    /// Mapping quality.
    pub mapping_quality: u8,
    /// Raw reads behind a consensus read.
    pub family_size: Option<u32>,
    /// Whether both strands of the molecule are behind a consensus read.
    pub duplex: bool,
    /// Insertions.
    pub insertions: Vec<Insertion>,
    /// Deletions.
    pub deletions: Vec<Deletion>,
    /// Soft-clipped bases before the first column, as codes.
    pub left_clip: Vec<u8>,
    /// Soft-clipped bases behind the last column.
    pub right_clip: Vec<u8>,
    /// All bases as codes in the order of the reference, clips and insertions with them; only where asked for.
    pub bases: Vec<u8>,
    /// Their qualities.
    pub base_qualities: Vec<u8>,
    /// Whether the record has no base qualities, and [`ASSUMED_QUALITY`] stands in their place.
    pub without_qualities: bool,
    /// Columns that are the sample's, from and to: all but those of the primers at its ends.
    pub counted: (u32, u32),
    /// Whether it begins, in the order of the reference, with a primer, and whether it ends with one.
    pub at_primer: [bool; 2],
    /// Read offset by column, only where an indel makes it uneven.
    pub(in crate::alignments) offsets: Vec<u32>,
    /// Bases of the read without hard clips.
    pub(in crate::alignments) length: u32,
}

/// Where the mate of a read is, as far as pairing needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MatePlace {
    /// No mate on this contig.
    None,
    /// First column of the mate.
    At(u32),
}

impl AlignedRead {
    /// Returns the column behind the last.
    pub fn end(&self) -> u32 {
        self.first + as_count(self.codes.len())
    }

    /// Returns the strand and place in the pair as an index: forward 0, reverse 1; second read adds 2.
    pub fn group(&self) -> usize {
        usize::from(self.reverse) + 2 * usize::from(self.second)
    }

    /// Returns the first read of a pair: it gives a fragment its group, whichever mate stands left.
    pub fn first_of<'r>(left: &'r Self, right: &'r Self) -> &'r Self {
        if left.second { right } else { left }
    }

    /// Returns the read offset of a column that holds a base; `None` outside of the read and in a gap.
    pub fn offset_of_base(&self, column: u32) -> Option<usize> {
        let index = column.checked_sub(self.first)? as usize;
        let code = *self.codes.get(index)?;
        (code != DELETED && code != SKIPPED).then(|| self.offset(column) as usize)
    }

    /// Returns the read offset of a column, in the order of the reference.
    pub fn offset(&self, column: u32) -> u32 {
        let index = column - self.first;
        match self.offsets.get(index as usize) {
            Some(offset) => *offset,
            None => as_count(self.left_clip.len()) + index,
        }
    }

    /// Returns the distance of a column to the nearer end of the aligned part, in bases of the read. Where the read ends with a
    /// primer it does not end by chance, and no base is near that end.
    pub fn distance_to_end(&self, column: u32) -> u32 {
        let offset = self.offset(column);
        let left = as_count(self.left_clip.len());
        let right = as_count(self.right_clip.len());
        let before = offset.saturating_sub(left);
        let behind = (self.length - right).saturating_sub(offset + 1);
        let of_chance = |at_primer: bool, distance| if at_primer { u32::MAX } else { distance };
        of_chance(self.at_primer[0], before).min(of_chance(self.at_primer[1], behind))
    }

    /// Returns the read offsets, from and to, of what is the sample's: clips too, but none beside a primer.
    pub(crate) fn known_bases(&self) -> std::ops::Range<usize> {
        let length = self.length as usize;
        let (from, to) = self.counted;
        if from >= to {
            return 0..0;
        }
        let start = if self.at_primer[0] {
            self.offset(from) as usize
        } else {
            0
        };
        let end = if self.at_primer[1] {
            self.offset(to - 1) as usize + 1
        } else {
            length
        };
        start.min(length)..end.min(length)
    }

    /// Returns the sequencing cycle of a column, from 0.
    pub fn cycle(&self, column: u32) -> u32 {
        let offset = self.offset(column);
        if self.reverse {
            self.length.saturating_sub(offset + 1)
        } else {
            offset
        }
    }

    /// Lays a record out; `false` where the filter excludes it or it has no aligned base.
    pub fn fill(&mut self, record: &Record, filter: &ReadFilter) -> bool {
        let flags = record.flags();
        if !self.passes(record, filter) {
            return false;
        }
        let Ok(first) = u32::try_from(record.pos()) else {
            return false;
        };
        let cigar = record.raw_cigar();
        if record.seq_len() == 0 || cigar.is_empty() || reference_length(cigar) > LONGEST_SPAN {
            return false;
        }
        self.first = first;
        self.reverse = flags & FLAG_REVERSE != 0;
        self.second = flags & FLAG_PAIRED != 0 && flags & FLAG_SECOND != 0;
        self.mapping_quality = record.mapq();
        self.without_qualities = has_no_qualities(record);
        self.length = as_count(record.seq_len());
        self.insertions.clear();
        self.deletions.clear();
        self.offsets.clear();
        self.left_clip.clear();
        self.right_clip.clear();
        if filter.keep_bases {
            unpack(record.seq().encoded, record.seq_len(), &mut self.bases);
            self.base_qualities.clear();
            extend_qualities(&mut self.base_qualities, record);
        }
        match cigar {
            [only] if is_match(*only) => self.fill_whole(record),
            _ => self.fill_by_cigar(record),
        }
        self.counted = (self.first, self.end());
        self.at_primer = [false; 2];
        if filter.is_of_amplicons() {
            let (left, right) = filter.primers.of(&self.ends(record));
            self.hide(left, right);
        }
        !self.codes.is_empty()
    }

    /// Returns the ends of the read and of its molecule.
    fn ends(&self, record: &Record) -> Ends {
        let length = |clip: &[u8]| as_count(clip.len());
        Ends {
            contig: u32::try_from(record.tid()).unwrap_or(u32::MAX),
            read: (self.first, self.end()),
            clips: (length(&self.left_clip), length(&self.right_clip)),
            reverse: self.reverse,
            molecule: molecule(record, self.first, self.end()),
        }
    }

    /// Takes the columns before `left` and from `right` on out of what counts: those of primers. An indel that touches them may be
    /// one of the primer.
    fn hide(&mut self, left: Option<u32>, right: Option<u32>) {
        self.at_primer = [left.is_some(), right.is_some()];
        let (first, end) = (self.first, self.end());
        let from = left.unwrap_or(first).clamp(first, end);
        let to = right.unwrap_or(end).clamp(from, end);
        self.counted = (from, to);
        let [at_left, at_right] = self.at_primer;
        let is_clear = |after: u32, behind: u32| !(at_left && after < from || at_right && behind >= to);
        self.insertions.retain(|i| is_clear(i.after, i.after + 1));
        let (codes, qualities) = (&mut self.codes, &mut self.qualities);
        let mut mask = |from: u32, to: u32| {
            for index in from.saturating_sub(first)..to.min(end).saturating_sub(first) {
                codes[index as usize] = SKIPPED;
                qualities[index as usize] = 0;
            }
        };
        mask(first, from);
        mask(to, end);
        self.deletions.retain(|d| {
            let behind = d.after + 1 + d.length;
            let clear = is_clear(d.after, behind);
            if !clear {
                mask(d.after + 1, behind);
            }
            clear
        });
    }

    /// Returns whether the filter lets a record pass; lays nothing out but what its tags say.
    pub fn passes(&mut self, record: &Record, filter: &ReadFilter) -> bool {
        self.family_size = None;
        self.duplex = false;
        record.flags() & filter.excluded_flags == 0
            && record.mapq() >= filter.min_mapping_quality
            && (!filter.needs_tags() || self.passes_tags(record, filter))
    }

    /// Reads the tags in one walk (each look-up by name would be a walk of its own); `false` where they exclude the read.
    fn passes_tags(&mut self, record: &Record, filter: &ReadFilter) -> bool {
        let (mut mismatches, mut total, mut first, mut second) = (0, None, None, None);
        for (name, value) in record.aux_iter().map_while(Result::ok) {
            match name {
                b"NM" => mismatches = integer(&value).unwrap_or(0),
                b"cD" => total = integer(&value),
                b"aD" => first = integer(&value),
                b"bD" => second = integer(&value),
                _ => {}
            }
        }
        let strands = first.or(second).map(|_| first.unwrap_or(0) + second.unwrap_or(0));
        self.family_size = total.or(strands);
        self.duplex = first.is_some_and(|n| n > 0) && second.is_some_and(|n| n > 0);
        filter.max_mismatches.is_none_or(|most| mismatches <= most)
            && self.family_size.is_none_or(|n| n >= filter.min_family_size)
            && (!filter.duplex_only || self.duplex)
    }

    fn fill_whole(&mut self, record: &Record) {
        let length = record.seq_len();
        unpack(record.seq().encoded, length, &mut self.codes);
        self.qualities.clear();
        extend_qualities(&mut self.qualities, record);
    }

    fn fill_by_cigar(&mut self, record: &Record) {
        let mut bases = Vec::new();
        unpack(record.seq().encoded, record.seq_len(), &mut bases);
        let mut assumed = Vec::new();
        let qualities = if self.without_qualities {
            extend_qualities(&mut assumed, record);
            &assumed
        } else {
            record.qual()
        };
        self.codes.clear();
        self.qualities.clear();
        let uneven = record.raw_cigar().iter().any(|op| matches!(op & 15, 1..=3));
        let mut at = 0_usize;
        for op in record.raw_cigar() {
            let length = (op >> 4) as usize;
            let end = (at + length).min(bases.len());
            match op & 15 {
                0 | 7 | 8 => {
                    self.codes.extend_from_slice(&bases[at..end]);
                    self.qualities.extend_from_slice(&qualities[at..end]);
                    if uneven {
                        self.offsets.extend((at..end).map(as_count));
                    }
                    at = end;
                }
                1 => {
                    if !self.codes.is_empty() {
                        self.insertions.push(Insertion {
                            after: self.end() - 1,
                            bases: bases[at..end].to_vec(),
                            quality: qualities[at..end].iter().copied().min().unwrap_or(0),
                        });
                    }
                    at = end;
                }
                2 => self.push_gap(DELETED, length, at, qualities),
                3 => self.push_gap(SKIPPED, length, at, &[]),
                4 => {
                    let clip = if self.codes.is_empty() {
                        &mut self.left_clip
                    } else {
                        &mut self.right_clip
                    };
                    clip.extend_from_slice(&bases[at..end]);
                    at = end;
                }
                _ => {}
            }
        }
    }

    /// Adds columns without a base. A skipped column has quality 0 and so never counts.
    fn push_gap(&mut self, code: u8, length: usize, at: usize, qualities: &[u8]) {
        let quality = qualities.get(at).copied().unwrap_or(0);
        if code == DELETED && !self.codes.is_empty() {
            self.deletions.push(Deletion {
                after: self.end() - 1,
                length: as_count(length),
                quality,
            });
        }
        self.codes.resize(self.codes.len() + length, code);
        self.qualities.resize(self.qualities.len() + length, quality);
        let offset = as_count(at);
        self.offsets.resize(self.codes.len(), offset);
    }
}

/// Whether a record has bases but no qualities: SAM `*`, in BAM all bytes 255.
fn has_no_qualities(record: &Record) -> bool {
    record.qual().first() == Some(&NO_QUALITY)
}

fn extend_qualities(qualities: &mut Vec<u8>, record: &Record) {
    if has_no_qualities(record) {
        qualities.resize(qualities.len() + record.seq_len(), ASSUMED_QUALITY);
    } else {
        qualities.extend_from_slice(record.qual());
    }
}

/// Returns where the mate of a record lies, if it is mapped to the same contig.
pub(crate) fn mate_place(record: &Record) -> MatePlace {
    let flags = record.flags();
    if flags & FLAG_PAIRED == 0 || flags & FLAG_MATE_UNMAPPED != 0 || record.mtid() != record.tid() {
        return MatePlace::None;
    }
    u32::try_from(record.mpos()).map_or(MatePlace::None, MatePlace::At)
}

/// Returns the first column of a record's molecule and the column behind its last, where its mates face each other.
fn molecule(record: &Record, first: u32, end: u32) -> Option<(u32, u32)> {
    let MatePlace::At(mate) = mate_place(record) else {
        return None;
    };
    let flags = record.flags();
    let reverse = flags & FLAG_REVERSE != 0;
    if (flags & FLAG_MATE_REVERSE != 0) == reverse {
        return None;
    }
    if reverse {
        return (mate < end).then_some((mate, end));
    }
    // The end of a mate ahead is told by the length of the template alone.
    let length = u32::try_from(record.insert_size().unsigned_abs()).ok()?;
    (length > 0 && mate < first.saturating_add(length)).then(|| (first, first.saturating_add(length)))
}

fn is_match(op: u32) -> bool {
    matches!(op & 15, 0 | 7 | 8)
}

fn unpack(packed: &[u8], length: usize, codes: &mut Vec<u8>) {
    codes.clear();
    codes.resize(packed.len() * 2, 0);
    for (pair, byte) in codes.chunks_exact_mut(2).zip(packed) {
        pair.copy_from_slice(&UNPACKED[*byte as usize]);
    }
    codes.truncate(length);
}

/// Returns the value of an integer tag; `None` for another type and below zero.
pub(crate) fn integer(value: &Aux<'_>) -> Option<u32> {
    match value {
        Aux::I8(n) => u32::try_from(*n).ok(),
        Aux::U8(n) => Some(u32::from(*n)),
        Aux::I16(n) => u32::try_from(*n).ok(),
        Aux::U16(n) => Some(u32::from(*n)),
        Aux::I32(n) => u32::try_from(*n).ok(),
        Aux::U32(n) => Some(*n),
        _ => None,
    }
}
