//! What must be known of the counts behind a fraction, beside the fields that they came from.

use crate::text::sayings;

sayings! {
    /// What must be known of counts.
    pub enum CountsNote {
        NoCounts { field: String } = "{field} (no counts)";
        NoDepth { field: String } = "{field} (no depth)";
        Incomplete { field: String } = "{field} (incomplete)";
        JointOverCopies { field: String } = "{field} (joint over duplicated regions)";
        Impossible { field: String, alt: u32, depth: u32 } = "{field} (impossible: {alt} of {depth})";
        NoCount { field: String, value: String } = "{field} ({value:?} is no count)";
        OtherNumber { field: String, values: usize, alleles: usize } = "{field} ({values} values for {alleles} alleles)";
        AlleleBeyond { field: String, named: usize, alleles: usize } = "{field} (LAA names allele {named} of {alleles})";
        AlleleTwice { field: String, named: usize } = "{field} (LAA names allele {named} twice)";
        ReferenceNotCounted { field: String } = "{field} (no reads of the reference counted)";
        OneOfSeveral { field: String } = "{field} (of one of several alleles)";
        NoFraction { field: String } = "{field} (not from 0 to 1)";
        Fragments = "fragments (alignments)";
        Reads = "reads (alignments)";
        FragmentsOfCopies = "fragments (alignments), both copies of the locus";
        JunctionFragments = "junction-fragments";
        JunctionFragmentsAndDepth { ratio: String } = "junction-fragments; depth-ratio {ratio}";
        OutwardPairs = "outward-pairs";
        DepthAlone { ratio: String } = "depth-ratio {ratio}";
        ReadsOfCopies = "reads (alignments), both copies of the locus";
    }
}

/// What alignments are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedUnit {
    /// Both mates of a pair are one.
    Fragments,
    /// Every read alone.
    Reads,
}

impl CountedUnit {
    /// Returns what is to be said of such counts; `copies`: of both copies of a place that the reference holds twice.
    pub const fn note(self, copies: bool) -> CountsNote {
        match (self, copies) {
            (Self::Fragments, false) => CountsNote::Fragments,
            (Self::Reads, false) => CountsNote::Reads,
            (Self::Fragments, true) => CountsNote::FragmentsOfCopies,
            (Self::Reads, true) => CountsNote::ReadsOfCopies,
        }
    }
}

/// Where counts came from: fields of the file, and what must be known of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountsFrom {
    pub(super) text: String,
    pub(super) note: Option<CountsNote>,
}

impl From<&str> for CountsFrom {
    fn from(fields: &str) -> Self {
        fields.to_owned().into()
    }
}

impl From<String> for CountsFrom {
    fn from(fields: String) -> Self {
        Self {
            text: fields,
            note: None,
        }
    }
}

impl From<CountsNote> for CountsFrom {
    fn from(note: CountsNote) -> Self {
        Self {
            text: note.to_string(),
            note: Some(note),
        }
    }
}
