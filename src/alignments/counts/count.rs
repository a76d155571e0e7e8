//! Allele counts at every position as a table: what `count` prints.

use std::io::{self, Write};

use super::observation::{GROUPS, IndelChange};
use super::pileup::{CountedChunk, Pileup};
use super::tally::Tally;
use crate::alignments::input::error::AlignmentError;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::reference::{Reference, base_index, letter};
use crate::alignments::input::region::{TargetRegion, chunks};
use crate::alignments::reads::filter::ReadFilter;
use crate::alignments::reads::visit::visit;
use crate::text;

/// Column names of the table. Counts are fragments; `_fwd` and `_rev` by strand of the read, of read 1 where both mates see the base.
pub const COUNT_COLUMNS: [&str; 18] = [
    "sample", "chrom", "pos", "ref", "depth", "A_fwd", "A_rev", "C_fwd", "C_rev", "G_fwd", "G_rev", "T_fwd",
    "T_rev", "ins_fwd", "ins_rev", "del_fwd", "del_rev", "disagree",
];

/// Why a table was not written to its end.
#[derive(Debug, thiserror::Error)]
pub enum CountError {
    /// The alignments cannot be read.
    #[error(transparent)]
    Alignments(#[from] AlignmentError),
    /// The output cannot be written; a closed pipe is `BrokenPipe`.
    #[error("cannot write the table: {0}")]
    Output(#[from] io::Error),
}

/// Places of the counts in a row: A, C, G, T, insertion, deletion by strand.
const ALLELES: usize = 6;

/// Counts of one column: alleles by strand, and fragments whose mates do not agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColumnCounts {
    /// A, C, G, T, insertion behind the column, deletion of the column; forward and reverse.
    pub alleles: [[u32; 2]; ALLELES],
    /// Fragments whose mates show two alleles: they count for neither.
    pub disagree: u32,
}

impl ColumnCounts {
    /// Returns the fragments counted: bases and deletions (an insertion stands behind a base that is counted).
    pub fn depth(&self) -> u32 {
        let [a, c, g, t, _, deletion] = self.alleles;
        [a, c, g, t, deletion].iter().flatten().sum()
    }
}

/// Returns the counts of every column of a tally.
pub fn column_counts(tally: &Tally) -> Vec<ColumnCounts> {
    let mut columns = vec![ColumnCounts::default(); tally.reference.len()];
    for group in 0..GROUPS {
        let strand = group % 2;
        let counts = &tally.counts[group];
        for (index, column) in columns.iter_mut().enumerate() {
            if let Some(allele) = base_index(tally.reference[index]) {
                column.alleles[allele][strand] += counts.all[index] + counts.both[index];
            }
        }
    }
    for o in &tally.observations {
        let allele = base_index(o.code).unwrap_or(ALLELES - 1);
        if let Some(column) = columns.get_mut(o.column as usize) {
            column.alleles[allele][usize::from(o.group % 2)] += 1;
        }
    }
    for i in &tally.indels {
        if let IndelChange::Insertion(_) = i.change
            && let Some(index) = i.after.checked_sub(tally.start)
            && let Some(column) = columns.get_mut(index as usize)
        {
            column.alleles[ALLELES - 2][usize::from(i.group % 2)] += 1;
        }
    }
    for d in &tally.disagreements {
        if let Some(column) = columns.get_mut(d.column as usize) {
            column.disagree += 1;
        }
    }
    columns
}

/// Writes one row for each target column of a file, in the order of its header; returns the reads that have no base qualities.
pub fn write_count_rows(
    file: &AlignmentFile,
    reference: &Reference,
    targets: &[TargetRegion],
    filter: &ReadFilter,
    sample: &str,
    out: &mut dyn Write,
) -> Result<u64, CountError> {
    let sample = text::cell(sample).into_owned();
    let mut rows = Vec::new();
    let mut without_qualities = 0;
    visit::<Pileup, CountError>(
        file,
        chunks(targets),
        &|chunk| {
            let region = chunk.region;
            let codes = reference.codes(region.contig, region.start, region.end);
            reference.check()?;
            Ok(Pileup::new(chunk, codes, filter, false))
        },
        &mut |counted| {
            rows.clear();
            without_qualities += counted.without_qualities;
            push_rows(&mut rows, file, &sample, &counted);
            Ok(out.write_all(&rows)?)
        },
    )?;
    Ok(without_qualities)
}

fn push_rows(rows: &mut Vec<u8>, file: &AlignmentFile, sample: &str, counted: &CountedChunk) {
    let columns = column_counts(&counted.tally);
    let contig = file.contigs.get(counted.chunk.region.contig as usize);
    let contig = text::cell(contig.map_or("", |c| c.name.as_str())).into_owned();
    for target in &counted.chunk.targets {
        for position in target.start..target.end {
            let index = (position - counted.tally.start) as usize;
            let counts = &columns[index];
            rows.extend_from_slice(sample.as_bytes());
            rows.push(b'\t');
            rows.extend_from_slice(contig.as_bytes());
            push_number(rows, position + 1);
            rows.extend_from_slice(&[b'\t', letter(counted.tally.reference[index])]);
            push_number(rows, counts.depth());
            for count in counts.alleles.iter().flatten() {
                push_number(rows, *count);
            }
            push_number(rows, counts.disagree);
            rows.push(b'\n');
        }
    }
}

/// Appends a tab and a number; the formatting machinery would take longer than the counting.
fn push_number(rows: &mut Vec<u8>, mut number: u32) {
    rows.push(b'\t');
    let mut digits = [0; 10];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    rows.extend_from_slice(&digits[at..]);
}
