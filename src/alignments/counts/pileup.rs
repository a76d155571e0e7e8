//! The reads of a chunk, paired and counted.

use rust_htslib::bam::Record;

use super::tally::Tally;
use crate::alignments::input::region::Chunk;
use crate::alignments::reads::filter::ReadFilter;
use crate::alignments::reads::pairing::Pairing;
use crate::alignments::reads::visit::ChunkVisitor;

/// Counts over one chunk in the making.
#[derive(Debug)]
pub(crate) struct Pileup {
    chunk: Chunk,
    pairing: Pairing,
    tally: Tally,
    reads: u64,
}

/// Counts over one chunk.
#[derive(Debug)]
pub(crate) struct CountedChunk {
    /// The chunk.
    pub chunk: Chunk,
    /// Its counts.
    pub tally: Tally,
    /// Reads that the filter let pass.
    pub reads: u64,
    /// Those of them that have no base qualities.
    pub without_qualities: u64,
    /// Those of them that begin or end with a primer.
    pub at_primers: u64,
}

impl Pileup {
    /// Makes an empty pileup; `reference` holds the codes of the chunk's columns.
    pub(crate) fn new(chunk: &Chunk, reference: Vec<u8>, filter: &ReadFilter, details: bool) -> Self {
        Self {
            chunk: chunk.clone(),
            pairing: Pairing::new(filter.clone()),
            tally: Tally::new(chunk.region.start, reference, filter.min_base_quality, details),
            reads: 0,
        }
    }
}

impl ChunkVisitor for Pileup {
    type Output = CountedChunk;

    fn take(&mut self, record: &Record) {
        self.reads += u64::from(self.pairing.take(record, &mut self.tally));
    }

    fn finish(mut self) -> CountedChunk {
        self.pairing.finish(&mut self.tally);
        self.tally.settle();
        CountedChunk {
            chunk: self.chunk,
            tally: self.tally,
            reads: self.reads,
            without_qualities: self.pairing.without_qualities(),
            at_primers: self.pairing.at_primers(),
        }
    }
}
