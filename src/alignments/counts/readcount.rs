//! Counts in the layout of bam-readcount: every allele of a position with averages over the reads that show it.
//!
//! Reads are counted, not fragments, and sums of fractions are kept in single precision in the order of the file, as bam-readcount
//! does: what reads its output gets the same text. Slower than the table of `count`, which keeps no averages.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rust_htslib::bam::Record;

use super::count::CountError;
use crate::alignments::input::cigar::reference_length;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::reference::{Reference, base_index, letter};
use crate::alignments::input::region::{Chunk, TargetRegion, chunks};
use crate::alignments::reads::filter::ReadFilter;
use crate::alignments::reads::read::AlignedRead;
use crate::alignments::reads::read_facts::{Behind, Block, ReadFacts, Surroundings, lay_out};
use crate::alignments::reads::visit::{ChunkVisitor, visit};
use crate::genome::as_count;
use crate::text;

/// Bases in the order of the layout.
const BASES: &[u8; 6] = b"=ACGTN";
const FLAG_UNMAPPED: u16 = 0x4;
/// SAM flags that exclude a read in this layout: unmapped, secondary, failed, duplicate. Supplementary reads count.
pub const READCOUNT_EXCLUDED_FLAGS: u16 = FLAG_UNMAPPED | 0x100 | 0x200 | 0x400;

/// Returns which reads and bases bam-readcount counts where no option says otherwise.
pub fn readcount_filter() -> ReadFilter {
    ReadFilter {
        min_mapping_quality: 0,
        min_base_quality: 0,
        excluded_flags: READCOUNT_EXCLUDED_FLAGS,
        mates_are_one: false,
        ..ReadFilter::default()
    }
}

/// Sums over the reads that show one allele at one position.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    reads: u32,
    reverse: u32,
    mapping_quality: u64,
    base_quality: u64,
    single_end_quality: u64,
    mismatch_qualities: u64,
    clipped_length: u64,
    q2_reads: u32,
    position: f32,
    mismatches: f32,
    q2_distance: f32,
    three_prime_distance: f32,
}

impl Sums {
    /// Adds a read whose base at `offset` shows the allele; an indel has no base quality.
    fn add(&mut self, read: &ReadFacts, offset: usize, quality: Option<u8>) {
        let length = read.length as f32;
        self.reads += 1;
        self.reverse += u32::from(read.reverse);
        self.mapping_quality += u64::from(read.mapping_quality);
        self.base_quality += u64::from(quality.unwrap_or(0));
        self.single_end_quality += u64::from(read.single_end_quality);
        self.mismatch_qualities += u64::from(read.mismatch_qualities);
        self.clipped_length += read.clipped_length as u64;
        let center = read.clipped_length as f32 / 2.0;
        let from_center = ((offset - read.left_clip) as f32 - center).abs() / center;
        #[allow(clippy::cast_possible_truncation, reason = "single precision is the layout's")]
        {
            self.position = (f64::from(self.position) + (1.0 - f64::from(from_center))) as f32;
        }
        self.mismatches += read.mismatch_fraction;
        if let Some(q2) = read.q2_start {
            self.q2_reads += 1;
            self.q2_distance += offset.abs_diff(q2) as f32 / length;
        }
        self.three_prime_distance += offset.abs_diff(read.three_prime) as f32 / length;
    }

    fn write(&self, out: &mut Vec<u8>) -> io::Result<()> {
        if self.reads == 0 {
            return out.write_all(b":0:0.00:0.00:0.00:0:0:0.00:0.00:0.00:0:0.00:0.00:0.00");
        }
        let mean = |sum: f32| sum / self.reads as f32;
        write!(
            out,
            ":{}:{:.2}:{:.2}:{:.2}:{}:{}:{:.2}:{:.2}:{:.2}:{}:{:.2}:{:.2}:{:.2}",
            self.reads,
            mean(self.mapping_quality as f32),
            mean(self.base_quality as f32),
            mean(self.single_end_quality as f32),
            self.reads - self.reverse,
            self.reverse,
            mean(self.position),
            mean(self.mismatches),
            mean(self.mismatch_qualities as f32),
            self.q2_reads,
            self.q2_distance / self.q2_reads.max(1) as f32,
            mean(self.clipped_length as f32),
            mean(self.three_prime_distance)
        )
    }
}

/// An indel as the layout names it; insertions sort before deletions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum IndelName {
    /// Bases gained behind the position, as letters.
    Insertion(Vec<u8>),
    /// Bases lost from the position on, as letters.
    Deletion(Vec<u8>),
}

/// One position.
#[derive(Clone, Debug, Default)]
struct Column {
    /// Whether a mapped read lies over it, counted or not: only then is there a line.
    covered: bool,
    /// Bases counted, whatever else their reads show.
    bases_seen: u32,
    bases: [Sums; BASES.len()],
    indels: BTreeMap<IndelName, Sums>,
}

impl Column {
    /// Bases, and deletions that begin here.
    fn depth(&self) -> u32 {
        let deleted = self.indels.iter().filter_map(|(name, sums)| match name {
            IndelName::Insertion(_) => None,
            IndelName::Deletion(_) => Some(sums.reads),
        });
        self.bases_seen + deleted.sum::<u32>()
    }
}

/// One chunk in the making.
struct Accumulator<'a> {
    chunk: Chunk,
    around: Surroundings<'a>,
    filter: &'a ReadFilter,
    insertion_centric: bool,
    columns: Vec<Column>,
    blocks: Vec<Block>,
    tags: AlignedRead,
}

/// One chunk, counted.
struct Counted {
    chunk: Chunk,
    reference: Vec<u8>,
    columns: Vec<Column>,
}

impl<'a> Accumulator<'a> {
    fn new(chunk: &Chunk, reference: &'a Reference, filter: &'a ReadFilter, insertion_centric: bool) -> Self {
        let region = chunk.region;
        Self {
            chunk: chunk.clone(),
            around: Surroundings::new(reference, region),
            filter,
            insertion_centric,
            columns: vec![Column::default(); (region.end - region.start) as usize],
            blocks: Vec::new(),
            tags: AlignedRead::default(),
        }
    }

    fn column(&mut self, column: u32) -> Option<&mut Column> {
        let index = column.checked_sub(self.chunk.region.start)?;
        self.columns.get_mut(index as usize)
    }

    /// Marks the columns from the first to the last base, gaps with them.
    fn cover(&mut self, record: &Record, first: u32) {
        let end = first.saturating_add(reference_length(record.raw_cigar()));
        let region = self.chunk.region;
        for column in first.max(region.start)..end.min(region.end) {
            self.columns[(column - region.start) as usize].covered = true;
        }
    }

    fn add_block(&mut self, record: &Record, read: &ReadFacts, block: Block) {
        let region = self.chunk.region;
        let end = block.column + as_count(block.length);
        // A deletion is named at its first column but judged by the base before, which may lie before the chunk.
        let from = block.column.max(region.start.saturating_sub(1));
        for column in from..end.min(region.end) {
            let offset = block.offset + (column - block.column) as usize;
            let quality = record.qual()[offset];
            if quality < self.filter.min_base_quality {
                continue;
            }
            let behind = if column + 1 == end {
                block.behind
            } else {
                Behind::Nothing
            };
            let inserted = matches!(behind, Behind::Insertion(_));
            let hidden = inserted && self.insertion_centric;
            if let Some(counts) = self.column(column) {
                counts.bases_seen += 1;
                if !hidden {
                    counts.bases[base_place(record.seq().encoded_base(offset))].add(
                        read,
                        offset,
                        Some(quality),
                    );
                }
            }
            self.add_indel(record, read, column, offset, behind);
        }
    }

    fn add_indel(&mut self, record: &Record, read: &ReadFacts, after: u32, offset: usize, behind: Behind) {
        let (column, name) = match behind {
            Behind::Nothing => return,
            Behind::Insertion(bases) => {
                let end = (offset + 1 + bases).min(record.seq_len());
                let letters = (offset + 1..end).map(|o| BASES[base_place(record.seq().encoded_base(o))]);
                (after, IndelName::Insertion(letters.collect()))
            }
            Behind::Deletion(columns) => {
                let first = after + 1;
                let lost = self.around.codes(first, first.saturating_add(columns));
                (
                    first,
                    IndelName::Deletion(lost.iter().map(|c| letter(*c)).collect()),
                )
            }
        };
        if let Some(counts) = self.column(column) {
            counts.indels.entry(name).or_default().add(read, offset, None);
        }
    }
}

impl ChunkVisitor for Accumulator<'_> {
    type Output = Counted;

    fn take(&mut self, record: &Record) {
        let Ok(first) = u32::try_from(record.pos()) else {
            return;
        };
        if record.flags() & FLAG_UNMAPPED == 0 {
            self.cover(record, first);
        }
        if !self.tags.passes(record, self.filter) {
            return;
        }
        let mut blocks = std::mem::take(&mut self.blocks);
        let clips = lay_out(record.raw_cigar(), first, record.seq_len(), &mut blocks);
        if !blocks.is_empty() {
            let read = ReadFacts::new(record, &blocks, clips, &self.around);
            for block in &blocks {
                self.add_block(record, &read, *block);
            }
        }
        self.blocks = blocks;
    }

    fn finish(self) -> Counted {
        let region = self.chunk.region;
        Counted {
            reference: self.around.codes(region.start, region.end).into_owned(),
            chunk: self.chunk,
            columns: self.columns,
        }
    }
}

/// Returns the place of a base code in [`BASES`]; ambiguity codes count as N.
fn base_place(code: u8) -> usize {
    if code == 0 {
        0
    } else {
        base_index(code).map_or(BASES.len() - 1, |place| place + 1)
    }
}

/// Writes one line for each target position of a file over which a mapped read lies, in the layout of bam-readcount.
///
/// With `insertion_centric` the base before an insertion is counted with the insertion alone (bam-readcount's `-i`). Overlapping
/// mates are two reads, whatever the filter says.
pub fn write_readcount(
    file: &AlignmentFile,
    reference: &Reference,
    targets: &[TargetRegion],
    filter: &ReadFilter,
    insertion_centric: bool,
    out: &mut dyn Write,
) -> Result<(), CountError> {
    let mut lines = Vec::new();
    visit::<Accumulator<'_>, CountError>(
        file,
        chunks(targets),
        &|chunk| Ok(Accumulator::new(chunk, reference, filter, insertion_centric)),
        &mut |counted| {
            reference.check()?;
            lines.clear();
            push_lines(&mut lines, file, &counted)?;
            Ok(out.write_all(&lines)?)
        },
    )
}

fn push_lines(lines: &mut Vec<u8>, file: &AlignmentFile, counted: &Counted) -> io::Result<()> {
    let region = counted.chunk.region;
    let contig = file.contigs.get(region.contig as usize);
    let contig = text::cell(contig.map_or("", |c| c.name.as_str())).into_owned();
    for target in &counted.chunk.targets {
        for position in target.start..target.end {
            let index = (position - region.start) as usize;
            let column = &counted.columns[index];
            if !column.covered {
                continue;
            }
            let base = char::from(letter(counted.reference[index]));
            write!(lines, "{contig}\t{}\t{base}\t{}", position + 1, column.depth())?;
            for (base, sums) in BASES.iter().zip(&column.bases) {
                lines.extend([b'\t', *base]);
                sums.write(lines)?;
            }
            for (name, sums) in &column.indels {
                let (sign, letters) = match name {
                    IndelName::Insertion(letters) => (b'+', letters),
                    IndelName::Deletion(letters) => (b'-', letters),
                };
                lines.extend([b'\t', sign]);
                lines.extend(letters);
                sums.write(lines)?;
            }
            lines.push(b'\n');
        }
    }
    Ok(())
}
