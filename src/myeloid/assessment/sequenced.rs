//! What a sequenced sample gives to the assessment.

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
}
