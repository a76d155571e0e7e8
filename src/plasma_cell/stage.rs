//! The stages of the plasma-cell road.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stage of the plasma-cell road, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No monoclonal protein in what was given.
    NoMonoclonalProtein,
    /// Non-IgM MGUS.
    NonIgmMgus,
    /// IgM MGUS.
    IgmMgus,
    /// MGUS whose heavy chain was not given.
    MgusTypeNotGiven,
    /// Light-chain MGUS.
    LightChainMgus,
    /// Smoldering multiple myeloma.
    Smm,
    /// Solitary plasmacytoma.
    SolitaryPlasmacytoma,
    /// Solitary plasmacytoma with minimal marrow involvement.
    SolitaryPlasmacytomaMinimalMarrow,
    /// Multiple myeloma.
    Mm,
    /// IgM beyond MGUS: Waldenström macroglobulinemia and its smoldering form lie off this road.
    IgmBeyondMgus,
    /// Signs of AL amyloidosis: MGUS and SMM are excluded by definition.
    AmyloidosisWorkup,
    /// Values are missing without which no stage can be told.
    Undetermined,
    /// The values contradict each other or fit no definition: a person must look.
    Review,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 13] = [
        Self::NoMonoclonalProtein,
        Self::NonIgmMgus,
        Self::IgmMgus,
        Self::MgusTypeNotGiven,
        Self::LightChainMgus,
        Self::Smm,
        Self::SolitaryPlasmacytoma,
        Self::SolitaryPlasmacytomaMinimalMarrow,
        Self::Mm,
        Self::IgmBeyondMgus,
        Self::AmyloidosisWorkup,
        Self::Undetermined,
        Self::Review,
    ];

    /// The name in JSON, tables and words.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoMonoclonalProtein => "no_monoclonal_protein",
            Self::NonIgmMgus => "non_igm_mgus",
            Self::IgmMgus => "igm_mgus",
            Self::MgusTypeNotGiven => "mgus_type_not_given",
            Self::LightChainMgus => "light_chain_mgus",
            Self::Smm => "smm",
            Self::SolitaryPlasmacytoma => "solitary_plasmacytoma",
            Self::SolitaryPlasmacytomaMinimalMarrow => "solitary_plasmacytoma_minimal_marrow",
            Self::Mm => "mm",
            Self::IgmBeyondMgus => "igm_beyond_mgus",
            Self::AmyloidosisWorkup => "amyloidosis_workup",
            Self::Undetermined => "undetermined",
            Self::Review => "review",
        }
    }

    /// Whether it is a form of MGUS.
    pub fn is_mgus(self) -> bool {
        matches!(
            self,
            Self::NonIgmMgus | Self::IgmMgus | Self::MgusTypeNotGiven | Self::LightChainMgus
        )
    }
}
