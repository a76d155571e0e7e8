//! What a sequenced sample gives to the assessment.

use crate::copies::{CopyNumber, PartialDuplication};
use crate::drivers::{Call, GeneResult};
use crate::genome::Sex;

/// What a sequenced sample gives to the assessment.
#[derive(Clone, Copy, Debug)]
pub struct SequencedSample<'a> {
    /// Sex.
    pub sex: Option<Sex>,
    /// Age, years.
    pub age: Option<f64>,
    /// Classified calls.
    pub calls: &'a [Call],
    /// Genes of the panel with their coverage.
    pub genes: &'a [GeneResult],
    /// What depth and heterozygous sites say of copies, where they were looked at.
    pub copies: Option<&'a CopyNumber>,
    /// Internal tandem duplications of FLT3 that the reads would not have shown; `None` where no reads were looked at, or none for these.
    pub itd: Option<&'a MissedDuplications>,
}

/// Duplications that reads would not have shown at the VAF threshold with 95 % power wherever they stand, by bases gained: shortest and
/// longest of each class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MissedDuplications {
    /// Of usual lengths.
    pub usual: Vec<(u32, u32)>,
    /// Longer ones.
    pub longer: Vec<(u32, u32)>,
    /// The VAF threshold, 0 to 1.
    pub vaf: f64,
}

impl<'a> SequencedSample<'a> {
    /// Returns what the reads say of the partial tandem duplication of KMT2A.
    pub(super) fn ptd(&self) -> Option<&'a PartialDuplication> {
        self.copies.map(|c| &c.ptd)
    }

    /// Whether the reads would have missed a usual internal tandem duplication of FLT3.
    pub(super) fn misses_itd(&self) -> bool {
        self.itd.is_some_and(|missed| !missed.usual.is_empty())
    }
}
