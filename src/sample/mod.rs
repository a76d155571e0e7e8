//! A sample: what the sheet says about the person, and everything the program found.

mod detection;
mod result;
mod sheet;
mod summary;

pub use detection::detection_limit;
pub use result::{
    ChState, ChSummary, CloneSize, GeneResult, GeneState, HighRiskFlag, InputRecord, PanelRecord, Program,
    SampleResult, Settings, Sex, SourceRecord,
};
pub use sheet::{SampleSheet, SheetError, SheetRow};
pub use summary::summarize;
