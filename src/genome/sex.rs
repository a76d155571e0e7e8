use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Sex as it decides the number of X chromosomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Two X chromosomes.
    Female,
    /// One X chromosome.
    Male,
}

impl Sex {
    /// Reads a sex as people write it, in English or Japanese; `None` where it is neither.
    pub fn read(text: &str) -> Option<Self> {
        match crate::tables::plain(text).to_lowercase().as_str() {
            "f" | "female" | "w" | "woman" | "女" | "女性" => Some(Self::Female),
            "m" | "male" | "man" | "男" | "男性" => Some(Self::Male),
            _ => None,
        }
    }
}
