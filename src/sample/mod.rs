//! A sample: what the sheet says about the person, and everything the program found.

mod analysis;
mod analyzer;
mod codon_reader;
mod codons;
mod contradictions;
mod copies;
mod detection;
mod event_limits;
mod file_annotation;
mod genes;
mod hotspots;
mod identity;
mod joined_allele;
mod made_by;
mod neighbors;
mod one_call;
pub mod over_time;
mod phase;
mod places;
mod quality;
mod reads;
mod result;
mod same_person;
mod settings;
mod sex_depth;
mod sheet;
mod sheet_cells;
mod sheet_files;
mod site;
mod summary;
mod targets;

pub use analysis::{SCHEMA_VERSION, SampleInput};
pub use analyzer::Analyzer;
pub use contradictions::{AnalysisError, says_wrong_file};
pub use detection::detection_limit;
pub use event_limits::EventLimit;
pub use hotspots::{Hotspot, HotspotCount, HotspotResult, HotspotState, hotspots};
pub use identity::{IdentityCode, IdentityHint};
pub use made_by::{PanelRecord, Program};
pub use over_time::History;
pub use quality::{QualityCode, QualityReason, QualityVerdict, SampleQuality};
pub use reads::{ErrorSign, ReadsInput};
pub use result::{
    ChState, ChSummary, CloneSize, HighRiskFlag, InputRecord, SampleResult, SourceRecord, UnresolvedAllele,
};
#[cfg(feature = "cohort")]
pub(crate) use same_person::is_carried;
pub use same_person::{Genotype, same_persons};
pub use settings::Settings;
pub use sex_depth::SexByDepth;
pub use sheet::{SampleSheet, SheetError, SheetRow};
pub use sheet_cells::SheetCells;
pub use site::{Ruling, SiteAnnotator, SiteOnGene};
pub use summary::summarize;
pub use targets::{GeneTarget, NoTranscript, Targets};
