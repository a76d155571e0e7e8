//! What made a report: the program and the panel.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::panel::Text;

/// The program and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Program {
    /// `hemoclone`.
    pub name: String,
    /// Version as in Cargo.toml.
    pub version: String,
}

impl Program {
    /// Returns this program.
    pub(crate) fn this() -> Self {
        Self {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// Which panel was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PanelRecord {
    /// Name of the panel.
    pub name: String,
    /// Version of its content.
    pub version: String,
    /// Title in both languages.
    pub title: Text,
    /// SHA-256 of the panel's canonical JSON form, 64 hexadecimal digits: two reports with the same value used the same panel.
    pub checksum: String,
    /// Number of genes.
    pub genes: usize,
}
