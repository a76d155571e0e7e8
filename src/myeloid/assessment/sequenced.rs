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
}

impl<'a> SequencedSample<'a> {
    /// Returns what the reads say of the partial tandem duplication of KMT2A.
    pub(super) fn ptd(&self) -> Option<&'a PartialDuplication> {
        self.copies.map(|c| &c.ptd)
    }
}
