use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The ratio that parted low from high in the ELN recommendations of 2017 (Döhner 2017, Blood 129:424, table 5); those of 2022 no longer use it.
pub const ELN_2017_RATIO: f64 = 0.5;

/// Mutated to wild type molecules.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AllelicRatio {
    /// Molecules with this duplication for each wild type one.
    pub ratio: f64,
    /// Lower end of the 95 % interval, from that of the VAF; `None` without counts.
    pub low: Option<f64>,
    /// Upper end of the 95 % interval; `None` without counts, and where wild type molecules may be absent.
    pub high: Option<f64>,
    /// Whether the ratio is at least 0.5, as ELN 2017 asked.
    pub is_high: bool,
}
