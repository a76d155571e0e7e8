//! What the user may ask of the plasma-cell road.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the user may ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Settings {
    /// Correct calcium for albumin (Payne 1973).
    pub correct_calcium: bool,
}
