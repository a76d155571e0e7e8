//! The panel: genes, transcripts, driver rules, thresholds and cited risk facts, all read from TOML a laboratory can change.

mod model;

pub use model::{
    GeneClass, IpssmRole, NumberingAlias, Panel, PanelGene, RiskFact, RiskKind, Rule, RuleKind, RuleSet,
    RuleSetChoice, Source, Text, Thresholds, VariantClass,
};
