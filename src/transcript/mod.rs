//! Transcript models, and what a variant does to them: exon, region, consequence, HGVS.

mod consequence;
mod protein;
pub mod residue;

pub use consequence::{Consequence, Impact, Region, SequenceSource, SoTerm};
pub use protein::{ProteinChange, ProteinChangeError, ProteinChangeKind};
