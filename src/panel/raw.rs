//! The panel file as it is written: TOML with places kept, so that every complaint can name line and column.

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use super::model::{
    ConsensusState, ExcludedAs, GeneClass, IpssmRole, NumberingAlias, OtherChanges, RiskKind, Source,
    VariantClass,
};
use super::rule_set::RuleSet;
use super::text::Text;
use crate::transcript::EventName;

/// A panel file, bundled or a laboratory's own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPanel {
    pub name: Option<Spanned<String>>,
    pub version: Option<Spanned<String>>,
    pub title: Option<Text>,
    pub thresholds: Option<RawThresholds>,
    #[serde(default)]
    pub filters: IndexMap<String, Spanned<toml::Value>>,
    #[serde(default)]
    pub threshold_sources: Vec<Spanned<String>>,
    #[serde(default)]
    pub genes: Vec<Spanned<String>>,
    #[serde(default)]
    pub gene: Vec<RawGene>,
    #[serde(default)]
    pub sources: IndexMap<String, Source>,
}

/// Thresholds; what is left out keeps the bundled value.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_field_names, reason = "the names of the panel file")]
pub(super) struct RawThresholds {
    pub min_vaf: Option<Spanned<f64>>,
    pub min_vaf_x_linked_male: Option<Spanned<f64>>,
    pub min_depth: Option<u32>,
    pub min_alt: Option<u32>,
}

/// A file of one or more genes alone, as under `panels/genes/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGeneFile {
    pub gene: Vec<RawGene>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGene {
    pub symbol: Spanned<String>,
    pub transcript: Option<Spanned<String>>,
    pub class: Option<GeneClass>,
    pub ipssm: Option<IpssmRole>,
    pub x_linked: Option<bool>,
    pub germline_predisposition: Option<bool>,
    pub chrs_high_risk: Option<bool>,
    pub consensus_note: Option<String>,
    #[serde(default)]
    pub alias: Vec<Spanned<NumberingAlias>>,
    #[serde(default)]
    pub rule: Vec<RawRule>,
    #[serde(default)]
    pub oncogenic: Vec<RawRule>,
    pub oncogenic_other: Option<OtherChanges>,
    pub inherited_share: Option<Spanned<f64>>,
    #[serde(default)]
    pub consensus: Vec<RawLimit>,
    #[serde(default)]
    pub fact: Vec<RawFact>,
}

/// A list whose place and whose members' places are known.
pub(super) type SpannedList<T> = Spanned<Vec<Spanned<T>>>;

/// One rule; which fields belong to it depends on `kind`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub id: Spanned<String>,
    pub sets: Option<Spanned<Vec<RuleSet>>>,
    pub sources: SpannedList<String>,
    pub kind: Spanned<RawKind>,
    pub classes: Option<Spanned<Vec<VariantClass>>>,
    pub ranges: Option<SpannedList<(u32, u32)>>,
    pub range: Option<Spanned<(u32, u32)>>,
    pub exons: Option<SpannedList<u32>>,
    pub changes: Option<SpannedList<String>>,
    pub residues: Option<SpannedList<String>>,
    pub events: Option<Spanned<Vec<EventName>>>,
    pub insertions: Option<Spanned<bool>>,
    pub deletions: Option<Spanned<bool>>,
    pub after: Option<SpannedList<u32>>,
    pub frameshift: Option<Spanned<bool>>,
    pub min_vaf: Option<Spanned<f64>>,
    pub below_vaf: Option<Spanned<f64>>,
    pub min_alt: Option<u32>,
    #[serde(default)]
    pub germline_exempt: bool,
    #[serde(default)]
    pub exclude: bool,
    pub excluded_as: Option<ExcludedAs>,
    #[serde(default)]
    pub platforms: Vec<Spanned<String>>,
    pub numbering: Option<String>,
    pub note: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawKind {
    Anywhere,
    Residues,
    Exons,
    Substitutions,
    AnySubstitutionAt,
    InframeList,
    InframeIn,
    CdsInsertions,
    FrameshiftAt,
    StopAt,
    CodingChanges,
    Events,
}

impl RawKind {
    /// Returns the name used in panel files.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Residues => "residues",
            Self::Exons => "exons",
            Self::Substitutions => "substitutions",
            Self::AnySubstitutionAt => "any_substitution_at",
            Self::InframeList => "inframe_list",
            Self::InframeIn => "inframe_in",
            Self::CdsInsertions => "cds_insertions",
            Self::FrameshiftAt => "frameshift_at",
            Self::StopAt => "stop_at",
            Self::CodingChanges => "coding_changes",
            Self::Events => "events",
        }
    }

    /// Returns the fields that this kind needs; any other kind's field beside them is an error.
    pub(super) const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Anywhere => &["classes"],
            Self::Residues => &["classes", "ranges"],
            Self::Exons => &["classes", "exons"],
            Self::Substitutions
            | Self::InframeList
            | Self::FrameshiftAt
            | Self::StopAt
            | Self::CodingChanges => &["changes"],
            Self::Events => &["events"],
            Self::AnySubstitutionAt => &["residues"],
            Self::InframeIn => &["range", "insertions", "deletions"],
            Self::CdsInsertions => &["after", "frameshift"],
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLimit {
    pub at_most: ConsensusState,
    #[serde(default)]
    pub changes: Vec<Spanned<String>>,
    pub note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFact {
    pub kind: RiskKind,
    pub en: String,
    pub ja: String,
    pub source: Spanned<String>,
    pub residues: Option<Spanned<(u32, u32)>>,
}
