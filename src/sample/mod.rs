//! A sample: what the sheet says about the person, and everything the program found.

mod analysis;
mod codon_reader;
mod contradictions;
mod detection;
mod file_annotation;
mod genes;
mod hotspots;
mod identity;
mod neighbors;
mod one_call;
mod patient;
mod phase;
mod places;
mod quality;
mod result;
mod sex_depth;
mod sheet;
mod site;
mod summary;
mod targets;

pub use analysis::{Analyzer, ReadsInput, SampleInput};
pub use contradictions::{AnalysisError, says_wrong_file};
pub use detection::detection_limit;
pub use hotspots::{Hotspot, HotspotCount, HotspotResult, HotspotState, hotspots};
pub use identity::{Genotype, IdentityCode, IdentityHint, same_persons};
pub use patient::{
    ClinicalFile, ClinicalRecord, Patient, PatientColumns, PatientError, clinical_markdown, clinical_schema,
};
pub use quality::{ErrorSign, QualityCode, QualityReason, QualityVerdict, SampleQuality};
pub use result::{
    ChState, ChSummary, CloneSize, HighRiskFlag, InputRecord, PanelRecord, Program, SampleResult, Settings,
    SourceRecord, UnresolvedAllele,
};
pub use sex_depth::SexByDepth;
pub use sheet::{SampleSheet, SheetError, SheetRow};
pub use site::{Ruling, SiteAnnotator, SiteOnGene};
pub use summary::summarize;
pub use targets::{GeneTarget, NoTranscript, Targets};
