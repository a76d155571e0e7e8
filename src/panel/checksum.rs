use super::model::Panel;
use crate::text::sha256;

impl Panel {
    /// Returns the SHA-256 of the panel's JSON form, 64 hexadecimal digits: two reports with the same value used the same panel.
    pub fn checksum(&self) -> String {
        // Strings, numbers and lists of the panel always have a JSON form; the map's keys are strings.
        sha256(&serde_json::to_vec(self).unwrap_or_default())
    }
}
