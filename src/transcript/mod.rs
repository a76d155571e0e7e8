//! Transcript models, and what a variant does to them: exon, region, consequence, HGVS.

mod annotate;
mod change;
mod check;
mod coding;
mod coding_sequence;
mod consequence;
mod effect;
mod embedded;
mod event_place;
mod extent;
mod file;
mod gene_models;
mod model;
mod named_event;
mod nmd;
mod position;
mod protein;
pub mod residue;
mod splice;
mod spliced;
mod table;

pub use annotate::{AnnotateError, Annotator};
pub use check::{ReferenceCheck, ReferenceCheckError, check_bases, check_reference};
pub use coding::{CodingChange, CodingChangeError, CodingChangeKind};
pub(crate) use coding_sequence::coding_sequence;
pub use consequence::{Consequence, Impact, Region, SequenceSource, SoTerm};
pub use embedded::EmbeddedBases;
pub use event_place::{exons_touched, exons_within, place_event};
pub use file::{FileAnnotation, consequence_from_file};
pub use gene_models::{GeneModelError, GeneModelFormat, GeneModels};
pub use model::{Exon, ManeStatus, Strand, Transcript, TranscriptError, TranscriptParts};
pub use named_event::{EventName, Flt3Domain, NamedEvent};
pub use position::CdsPosition;
pub use protein::{ProteinChange, ProteinChangeError, ProteinChangeKind};
pub use table::{transcript, transcripts, transcripts_of};
