//! A sample: what the sheet says about the person, and everything the program found.

mod result;

pub use result::{
    ChState, ChSummary, CloneSize, GeneResult, GeneState, HighRiskFlag, InputRecord, PanelRecord, Program,
    SampleResult, Settings, Sex, SourceRecord,
};
