//! What was found of a change of copies, by depth or by heterozygous sites.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was found of a change of copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CopyState {
    /// Reads show where it is joined.
    Detected,
    /// Depth, or heterozygous sites, suggest it: to be confirmed by another method.
    Suspected,
    /// Not seen; a clone above the limit would have been.
    NotDetected,
    /// Nothing can be said.
    NotAssessed,
}

impl CopyState {
    /// Every state.
    pub const ALL: [Self; 4] = [
        Self::Detected,
        Self::Suspected,
        Self::NotDetected,
        Self::NotAssessed,
    ];

    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Detected => "detected",
            Self::Suspected => "suspected",
            Self::NotDetected => "not_detected",
            Self::NotAssessed => "not_assessed",
        }
    }
}
