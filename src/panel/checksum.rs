use super::model::Panel;

impl Panel {
    /// Returns the CRC-32 (IEEE 802.3) of the panel's JSON form, eight hexadecimal digits: two reports with the same value
    /// used the same panel.
    pub fn checksum(&self) -> String {
        // Strings, numbers and lists of the panel always have a JSON form; the map's keys are strings.
        let json = serde_json::to_vec(self).unwrap_or_default();
        format!("{:08x}", crc32(&json))
    }
}

/// Returns the CRC-32 of IEEE 802.3.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            let mask = (crc & 1).wrapping_neg();
            crc = (crc >> 1) ^ (0xEDB8_8320 & mask);
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_check_value_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }
}
