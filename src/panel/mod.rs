//! The panel: genes, transcripts, driver rules, thresholds and cited risk facts, all read from TOML a laboratory can change.

mod bed;
mod built_in;
mod bundled;
mod checksum;
mod common_name;
mod describe;
mod error;
mod filters;
mod load;
mod model;
mod raw;
mod rule;
mod rule_change;
mod rule_check;
mod rule_kind;
mod rule_set;
mod text;
mod toml_words;
mod transcript_facts;

pub use bed::{TargetError, TargetRegion};
pub use built_in::BuiltInTranscripts;
pub use bundled::PANEL_NAMES;
pub use describe::rules_markdown;
pub use error::{PanelError, PanelProblem};
pub use filters::{FilterError, Filters};
pub use load::bundled_genes;
pub use model::{
    ConsensusLimit, ConsensusState, ExcludedAs, GeneClass, IpssmRole, NumberingAlias, OtherChanges, Panel,
    PanelGene, RiskFact, RiskKind, Rule, RuleKind, Source, Thresholds, VariantClass,
};
pub use rule_change::{RuleChange, parse_residue, parse_rule_change};
pub use rule_set::{RuleSet, RuleSetChoice, RuleSetChoiceError};
pub use text::Text;
pub use transcript_facts::{TranscriptFact, TranscriptFacts, translate_for_facts};
