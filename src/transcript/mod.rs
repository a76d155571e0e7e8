//! Transcript models, and what a variant does to them: exon, region, consequence, HGVS.

mod annotate;
mod change;
mod coding;
mod consequence;
mod effect;
mod embedded;
mod model;
mod position;
mod protein;
pub mod residue;
mod splice;
mod table;

pub use annotate::{AnnotateError, Annotator};
pub use coding::{CodingChange, CodingChangeError, CodingChangeKind};
pub use consequence::{Consequence, Impact, Region, SequenceSource, SoTerm};
pub use embedded::EmbeddedBases;
pub use model::{Exon, ManeStatus, Strand, Transcript, TranscriptError, TranscriptParts};
pub use position::CdsPosition;
pub use protein::{ProteinChange, ProteinChangeError, ProteinChangeKind};
pub use table::{transcript, transcripts, transcripts_of};
