//! What differs from the reference: single observations of an allele, each with what is known of its read.

/// How a base was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Sight {
    /// By one read, with a base quality below [`crate::alignments::reads::filter::HIGH_QUALITY`].
    Middle = 0,
    /// By one read, with high base quality.
    High = 1,
    /// By both mates, which agree.
    Both = 2,
}

/// Number of [`Sight`]s.
pub(crate) const SIGHTS: usize = 3;
/// Number of groups of reads: strand × place in the pair.
pub(crate) const GROUPS: usize = 4;

/// Whether a group's reads are of the orientation F1R2: first read forward or second read reverse. A group is the strand, and 2
/// more for second reads.
pub(crate) const fn is_f1r2(group: usize) -> bool {
    matches!(group, 0 | 3)
}

/// A base that is not the reference's, or a deleted column (code 0), of one fragment. 20 bytes: there is one for each sequencing error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BaseObservation {
    /// Column within the region, from 0.
    pub column: u32,
    /// Number of the fragment within the region.
    pub fragment: u32,
    /// Sequencing cycle, from 0.
    pub cycle: u16,
    /// Distance to the nearer end of the aligned part of the read, in bases.
    pub from_end: u16,
    /// Base code.
    pub code: u8,
    /// How it was seen.
    pub sight: Sight,
    /// Strand and place in the pair of the read (of the first read where both saw it).
    pub group: u8,
    /// Base quality, the better of two.
    pub quality: u8,
    /// Mapping quality, the lower of two.
    pub mapping_quality: u8,
    /// Other columns of the read that differ from the reference, at most 255.
    pub others: u8,
}

/// Mates that do not agree about a column: the fragment counts for no allele.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Column within the region, from 0.
    pub column: u32,
    /// The base that is not the reference's; where neither is, that of the first mate.
    pub code: u8,
}

/// An insertion or deletion of one fragment, as the alignment writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndelObservation {
    /// The reference column (0-based on the contig) before it.
    pub after: u32,
    /// What happened.
    pub change: IndelChange,
    /// Number of the fragment within the region.
    pub fragment: u32,
    /// Strand and place in the pair.
    pub group: u8,
    /// Whether both mates show it.
    pub both: bool,
    /// Mapping quality, the lower of two.
    pub mapping_quality: u8,
}

/// Bases gained or lost.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndelChange {
    /// Bases gained, as codes.
    Insertion(Vec<u8>),
    /// Number of bases lost.
    Deletion(u32),
    /// Bases lost and others in their place, first and last of which differ: what no alignment writes as one event, only a caller.
    Replacement {
        /// Number of bases lost.
        lost: u32,
        /// Bases in their place, as codes.
        gained: Vec<u8>,
    },
}

/// A soft-clipped end: where long insertions, duplications and deletions hide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip {
    /// The aligned column (0-based on the contig) next to the clip.
    pub column: u32,
    /// Whether the clip lies before the aligned part.
    pub left: bool,
    /// The clipped bases as codes, in the order of the reference.
    pub bases: Vec<u8>,
    /// Whether the read is on the reverse strand.
    pub reverse: bool,
    /// Number of the fragment within the region.
    pub fragment: u32,
}
