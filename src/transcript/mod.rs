//! Transcript models, and what a variant does to them: exon, region, consequence, HGVS.

mod annotate;
mod change;
mod check;
mod coding;
mod consequence;
mod effect;
mod embedded;
mod extent;
mod file;
mod model;
mod nmd;
mod panel_facts;
mod position;
mod protein;
pub mod residue;
mod splice;
mod spliced;
mod table;

pub use annotate::{AnnotateError, Annotator};
pub use check::{ReferenceCheck, ReferenceCheckError, check_reference};
pub use coding::{CodingChange, CodingChangeError, CodingChangeKind};
pub use consequence::{Consequence, Impact, Region, SequenceSource, SoTerm};
pub use embedded::EmbeddedBases;
pub use file::{FileAnnotation, consequence_from_file};
pub use model::{Exon, ManeStatus, Strand, Transcript, TranscriptError, TranscriptParts};
pub use panel_facts::BuiltInTranscripts;
pub use position::CdsPosition;
pub use protein::{ProteinChange, ProteinChangeError, ProteinChangeKind};
pub use table::{transcript, transcripts, transcripts_of};
