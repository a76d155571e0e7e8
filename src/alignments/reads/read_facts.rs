//! What the readcount layout says of a whole read: mismatches, clips, and where its trustworthy part ends.
//!
//! The definitions are those of bam-readcount 1.0 (Khanna et al. 2022, J Open Source Softw 7:3722), so that thresholds that
//! were set on its numbers hold; docs/counting.md has them in words.

use std::borrow::Cow;

use rust_htslib::bam::record::{Aux, Record};

use super::read::{FLAG_REVERSE, integer};
use crate::alignments::input::base_codes::UNKNOWN;
use crate::alignments::input::reference::Reference;
use crate::alignments::input::region::TargetRegion;
use crate::genome::as_count;

const FLAG_PROPER_PAIR: u16 = 0x2;
/// Code of a base that is written as `=`.
const SAME: u8 = 0;
/// The quality with which old Illumina pipelines marked the untrustworthy end of a read.
const Q2: u8 = 2;

/// What stands behind the last base of a [`Block`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behind {
    /// No indel.
    Nothing,
    /// So many bases that the reference does not have.
    Insertion(usize),
    /// So many columns without a base.
    Deletion(u32),
}

/// Bases of a read that lie on columns one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Column of the first base, 0-based.
    pub column: u32,
    /// Its place in the read, soft clips counted.
    pub offset: usize,
    /// Bases.
    pub length: usize,
    /// What follows.
    pub behind: Behind,
}

/// Soft-clipped bases at the two ends of a read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clips {
    /// Before the first column.
    pub left: usize,
    /// Behind the last column.
    pub right: usize,
}

/// Fills `blocks` with the aligned stretches of a read of `length` bases and returns its soft clips.
pub(crate) fn lay_out(cigar: &[u32], first: u32, length: usize, blocks: &mut Vec<Block>) -> Clips {
    blocks.clear();
    let (mut column, mut offset) = (first, 0_usize);
    let mut clips = Clips::default();
    for (place, operation) in cigar.iter().enumerate() {
        let (kind, number) = (operation & 15, operation >> 4);
        let bases = number as usize;
        match kind {
            0 | 7 | 8 => {
                // A record may hold fewer bases than its CIGAR says, or none, and a CIGAR may leave every genome.
                let there = bases.min(length.saturating_sub(offset));
                if there > 0 && column.checked_add(number).is_some() {
                    blocks.push(Block {
                        column,
                        offset,
                        length: there,
                        behind: change_behind(&cigar[place + 1..]),
                    });
                }
                column = column.saturating_add(number);
                offset += bases;
            }
            1 => offset += bases,
            2 | 3 => column = column.saturating_add(number),
            4 => {
                if blocks.is_empty() {
                    clips.left += bases;
                } else {
                    clips.right += bases;
                }
                offset += bases;
            }
            _ => {}
        }
    }
    clips
}

/// Returns the indel that the operations behind a match begin with; padding does not separate insertions.
fn change_behind(rest: &[u32]) -> Behind {
    let sum = |kinds: &[u32], wanted: u32| -> u32 {
        let run = rest.iter().take_while(|op| kinds.contains(&(*op & 15)));
        let lengths = run.filter(|op| *op & 15 == wanted).map(|op| op >> 4);
        lengths.fold(0, u32::saturating_add)
    };
    match rest.first().map(|op| op & 15) {
        Some(2) => Behind::Deletion(sum(&[2], 2)),
        Some(1 | 6) => match sum(&[1, 6], 1) {
            0 => Behind::Nothing,
            bases => Behind::Insertion(bases as usize),
        },
        _ => Behind::Nothing,
    }
}

/// Reference codes around a chunk, and of any other place by a look into the FASTA.
#[derive(Debug)]
pub(crate) struct Surroundings<'r> {
    reference: &'r Reference,
    contig: u32,
    start: u32,
    codes: Vec<u8>,
}

/// Columns on each side of a chunk that are kept at hand: what short reads reach.
const REACH: u32 = 1024;

impl<'r> Surroundings<'r> {
    /// Reads the codes around a region.
    pub(crate) fn new(reference: &'r Reference, region: TargetRegion) -> Self {
        let start = region.start.saturating_sub(REACH);
        Self {
            reference,
            contig: region.contig,
            start,
            codes: reference.codes(region.contig, start, region.end.saturating_add(REACH)),
        }
    }

    /// Returns the codes of columns `start..end`; what the FASTA does not have is unknown.
    pub(crate) fn codes(&self, start: u32, end: u32) -> Cow<'_, [u8]> {
        let near = start.checked_sub(self.start).and_then(|from| {
            let from = from as usize;
            self.codes.get(from..from + end.saturating_sub(start) as usize)
        });
        near.map_or_else(
            || Cow::Owned(self.reference.codes(self.contig, start, end)),
            Cow::Borrowed,
        )
    }
}

/// What is said of every base of one read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ReadFacts {
    /// Mapping quality.
    pub mapping_quality: u8,
    /// Mapping quality as if the read had no mate: tag `SM` of a proper pair, 0 where it is absent; else the mapping quality.
    pub single_end_quality: u32,
    /// On the reverse strand.
    pub reverse: bool,
    /// Bases of the read, clips with them.
    pub length: usize,
    /// Soft-clipped bases before the first column.
    pub left_clip: usize,
    /// Bases of the read without soft clips.
    pub clipped_length: usize,
    /// Tag `NM` by the clipped length; 0 without the tag.
    pub mismatch_fraction: f32,
    /// Qualities of the mismatches, of neighbors the higher one.
    pub mismatch_qualities: u32,
    /// Where the run of quality 2 at the 3' end begins, as bam-readcount counts; `None`: there is none.
    pub q2_start: Option<usize>,
    /// Where the 3' end is, without clips and bases of quality 2, as bam-readcount counts.
    pub three_prime: usize,
}

impl ReadFacts {
    /// Looks at a read that [`lay_out`] has laid out.
    pub(crate) fn new(record: &Record, blocks: &[Block], clips: Clips, around: &Surroundings<'_>) -> Self {
        let length = record.seq_len();
        let reverse = record.flags() & FLAG_REVERSE != 0;
        let clipped_length = length.saturating_sub(clips.left + clips.right);
        let q2_start = q2_start(record.qual(), reverse);
        let mapping_quality = record.mapq();
        let single_end_quality = if record.flags() & FLAG_PROPER_PAIR == 0 {
            u32::from(mapping_quality)
        } else {
            tag(record, b"SM").unwrap_or(0)
        };
        let mismatches = tag(record, b"NM").unwrap_or(0);
        Self {
            mapping_quality,
            single_end_quality,
            reverse,
            length,
            left_clip: clips.left,
            clipped_length,
            mismatch_fraction: mismatches as f32 / clipped_length as f32,
            mismatch_qualities: mismatch_qualities(record, blocks, around),
            q2_start,
            three_prime: three_prime(length, clips, reverse, q2_start),
        }
    }
}

fn tag(record: &Record, name: &[u8]) -> Option<u32> {
    let value: Aux<'_> = record.aux(name).ok()?;
    integer(&value)
}

/// Sums the qualities of mismatching bases; of a run of neighbors in the read only the highest, for they are one event.
fn mismatch_qualities(record: &Record, blocks: &[Block], around: &Surroundings<'_>) -> u32 {
    let (sequence, qualities) = (record.seq(), record.qual());
    let (mut sum, mut run, mut last) = (0, 0, None);
    for block in blocks {
        let end = block.column + as_count(block.length);
        let reference = around.codes(block.column, end);
        for (index, wanted) in reference.iter().enumerate() {
            let offset = block.offset + index;
            let base = sequence.encoded_base(offset);
            if base == *wanted || *wanted == UNKNOWN || base == SAME {
                continue;
            }
            let quality = u32::from(qualities[offset]);
            if last.is_some_and(|l: usize| l + 1 == offset) {
                run = quality.max(run);
            } else {
                sum += run;
                run = quality;
            }
            last = Some(offset);
        }
    }
    sum + run
}

/// Finds the base before which (in the order of the reference) the last base of another quality than 2 stands, from the 3' end.
///
/// On the reverse strand that is the last base of the run. On the forward strand it lies two bases before the run, and there is one
/// without any run: published thresholds (fpfilter of VarScan) were set on these numbers.
fn q2_start(qualities: &[u8], reverse: bool) -> Option<usize> {
    let trusted = if reverse {
        qualities.iter().position(|q| *q != Q2)
    } else {
        qualities.iter().rposition(|q| *q != Q2)
    };
    trusted?.checked_sub(1)
}

/// Returns the effective 3' end as a place in the read. On the forward strand it is the first clipped base, if there is one.
fn three_prime(length: usize, clips: Clips, reverse: bool, q2_start: Option<usize>) -> usize {
    if reverse {
        clips.left.max(q2_start.unwrap_or(0))
    } else {
        let end = (length - 1).min(length.saturating_sub(clips.right));
        q2_start.map_or(end, |q2| end.min(q2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cigar(text: &str) -> Vec<u32> {
        let mut number = 0;
        let mut operations = Vec::new();
        for c in text.chars() {
            if let Some(digit) = c.to_digit(10) {
                number = number * 10 + digit;
            } else {
                let kind = u32::try_from("MIDNSHP=X".find(c).unwrap_or(15)).unwrap_or(15);
                operations.push(number << 4 | kind);
                number = 0;
            }
        }
        operations
    }

    #[test]
    fn lays_out_blocks_and_what_is_behind_them() {
        let mut blocks = Vec::new();
        let clips = lay_out(&cigar("2H3S5M1P2I1P1I4=2D1X30N6M1S"), 100, 23, &mut blocks);
        assert_eq!(clips, Clips { left: 3, right: 1 });
        let block = |column, offset, length, behind| Block {
            column,
            offset,
            length,
            behind,
        };
        let expected = [
            block(100, 3, 5, Behind::Insertion(3)),
            block(105, 11, 4, Behind::Deletion(2)),
            block(111, 15, 1, Behind::Nothing),
            block(142, 16, 6, Behind::Nothing),
        ];
        assert_eq!(blocks, expected);
    }

    #[test]
    fn a_record_without_bases_or_beyond_every_genome_has_no_blocks() {
        let mut blocks = Vec::new();
        lay_out(&cigar("10M"), 0, 0, &mut blocks);
        assert_eq!(blocks, []);
        let far = "268435455N".repeat(17) + "5M";
        lay_out(&cigar(&far), 100, 5, &mut blocks);
        assert_eq!(blocks, []);
    }

    /// By hand from the definitions; the last base is at index 5.
    #[test]
    fn the_three_prime_end_is_that_of_bam_readcount() {
        let none = Clips::default();
        let of = |qualities: [u8; 6], reverse, clips| {
            let q2 = q2_start(&qualities, reverse);
            (q2, three_prime(6, clips, reverse, q2))
        };
        assert_eq!(of([30; 6], true, none), (None, 0));
        assert_eq!(of([2, 2, 30, 30, 30, 30], true, none), (Some(1), 1));
        assert_eq!(of([30; 6], false, none), (Some(4), 4));
        assert_eq!(of([30, 30, 30, 30, 2, 2], false, none), (Some(2), 2));
        assert_eq!(of([2; 6], false, none), (None, 5));
        let clips = Clips { left: 2, right: 3 };
        assert_eq!(of([30; 6], true, clips), (None, 2));
        assert_eq!(of([30; 6], false, clips), (Some(4), 3));
    }
}
