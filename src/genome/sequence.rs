use std::ops::RangeInclusive;

use super::Chromosome;

/// Something that knows reference bases: the sequences inside the binary, or a FASTA given by the user.
pub trait BaseSource: Sync {
    /// Returns the plus-strand bases of a 1-based inclusive range as upper-case `ACGTN`, or `None` where any of them is
    /// not known to this source.
    fn bases(&self, chromosome: Chromosome, range: RangeInclusive<u32>) -> Option<Vec<u8>>;

    /// Returns the plus-strand bases of a 1-based inclusive range with `N` for each base that is not known.
    fn bases_or_n(&self, chromosome: Chromosome, range: RangeInclusive<u32>) -> Vec<u8> {
        let length = (range.end() + 1).saturating_sub(*range.start()) as usize;
        self.bases(chromosome, range)
            .unwrap_or_else(|| vec![b'N'; length])
    }

    /// Returns one plus-strand base.
    fn base(&self, chromosome: Chromosome, position: u32) -> Option<u8> {
        self.bases(chromosome, position..=position)?.first().copied()
    }

    /// Returns why bases that there are could not be read, at this call or an earlier one: nothing that was worked out from this
    /// source is to be believed then.
    fn failure(&self) -> Option<String> {
        None
    }
}

/// Returns a number of bases, or of other things that lie in memory, as positions are counted.
///
/// None of them reaches 2^32: BAM, CRAM and BCF hold positions in 31 bits, a sequence ends with its contig, and tables are bounded by
/// their bytes. Were it otherwise, the number would be one that lies behind every contig, not a small or an absent one.
pub(crate) fn as_count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Returns a number of bases that lie in memory as a distance, which may be taken from another. None reaches 2^63, which no memory holds.
pub(crate) fn as_distance(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Returns a number of bytes as an index. Where memory is smaller than a file, as in a browser, it is one behind everything in memory.
pub(crate) fn as_index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A source that knows nothing.
#[derive(Clone, Copy, Debug)]
pub struct NoBases;

impl BaseSource for NoBases {
    fn bases(&self, _: Chromosome, _: RangeInclusive<u32>) -> Option<Vec<u8>> {
        None
    }
}

/// Bases of every chromosome alike from the first on, for tests; an `N` is not known.
#[cfg(test)]
pub(crate) struct WrittenBases(pub(crate) &'static [u8]);

#[cfg(test)]
impl BaseSource for WrittenBases {
    fn bases(&self, _: Chromosome, range: RangeInclusive<u32>) -> Option<Vec<u8>> {
        let known = self.0.get(*range.start() as usize - 1..*range.end() as usize)?;
        (!known.contains(&b'N')).then(|| known.to_vec())
    }
}
