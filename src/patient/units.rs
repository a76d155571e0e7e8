//! Units of blood counts, and what is plausible in them.
//!
//! A unit comes from the column's name (`hb_g_l`, `Platelets (/µL)`), from an option, or from the documented unit of a
//! plain column (`HB` is g/dL, `PLT` is 10^9/L). It is never inferred from the value: a value that cannot be right in the
//! unit is an error that names the cell.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Unit of hemoglobin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum HemoglobinUnit {
    /// Grams per deciliter; the unit of every formula here.
    #[serde(rename = "g/dL")]
    GramsPerDeciliter,
    /// Grams per liter.
    #[serde(rename = "g/L")]
    GramsPerLiter,
}

/// Unit of a cell count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum CountUnit {
    /// 10^9 per liter, the same number as 10^3 per microliter; the unit of every formula here.
    #[serde(rename = "10^9/L")]
    GigaPerLiter,
    /// Cells per microliter.
    #[serde(rename = "/uL")]
    PerMicroliter,
}

/// Units stated by the user; they hold for columns whose name says no unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatedUnits {
    /// Unit of hemoglobin.
    pub hemoglobin: Option<HemoglobinUnit>,
    /// Unit of all cell counts.
    pub counts: Option<CountUnit>,
}

/// A measured quantity that tables may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Hemoglobin, g/dL.
    Hemoglobin,
    /// Platelets, 10^9/L.
    Platelets,
    /// Absolute neutrophil count, 10^9/L.
    Neutrophils,
    /// White cells, 10^9/L.
    WhiteCells,
    /// Monocytes, 10^9/L.
    Monocytes,
}

impl Quantity {
    /// Returns the column names that stand for it, lower case, without a unit; an underscore may be a blank or a hyphen.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Hemoglobin => &["hb", "hgb", "hemoglobin", "haemoglobin"],
            Self::Platelets => &["plt", "platelets", "platelet", "platelet_count"],
            Self::Neutrophils => &["anc", "neutrophils", "neutrophil", "absolute_neutrophil_count"],
            Self::WhiteCells => &["wbc", "leukocytes", "leucocytes"],
            Self::Monocytes => &["amc", "monocytes", "monocyte", "mono"],
        }
    }

    /// Returns the values that are believed, in the unit of the formulas.
    ///
    /// The limits are wider than any disease and only there to catch a wrong unit or a slip of the keyboard. Hemoglobin
    /// in g/L read as g/dL is above 25; in g/dL read as g/L it is below 1.5 for any value under 15.
    pub const fn plausible(self) -> RangeInclusive<f64> {
        match self {
            Self::Hemoglobin => 1.5..=25.0,
            Self::Platelets => 0.0..=3000.0,
            Self::Neutrophils | Self::Monocytes => 0.0..=500.0,
            Self::WhiteCells => 0.0..=1000.0,
        }
    }

    /// Returns the smallest count above zero that is believed: what lies between was given in 10^9/L where the column
    /// says /µL.
    pub const fn smallest_above_zero(self) -> f64 {
        match self {
            Self::Hemoglobin => 0.0,
            Self::Platelets => 1.0,
            Self::Neutrophils | Self::WhiteCells | Self::Monocytes => 0.005,
        }
    }

    /// Whether a value, in the unit of the formulas, can be right.
    pub fn is_plausible(self, value: f64) -> bool {
        self.plausible().contains(&value) && (value <= 0.0 || value >= self.smallest_above_zero())
    }

    /// Returns what a value must be divided by to come to the unit of the formulas, when the column name ends in
    /// `suffix` (the name without the quantity); `None` where the suffix is no unit of this quantity.
    pub fn divisor_of_suffix(self, suffix: &str, stated: StatedUnits) -> Option<f64> {
        let unit: String = suffix
            .chars()
            .flat_map(char::to_lowercase)
            .filter(|c| c.is_alphanumeric())
            .map(|c| if matches!(c, 'µ' | 'μ') { 'u' } else { c })
            .collect();
        let has_unit = !unit.is_empty();
        match (self, unit.as_str()) {
            (Self::Hemoglobin, "gdl") => Some(HemoglobinUnit::GramsPerDeciliter.divisor()),
            (Self::Hemoglobin, "gl") => Some(HemoglobinUnit::GramsPerLiter.divisor()),
            (Self::Hemoglobin, _) if has_unit => None,
            (Self::Hemoglobin, _) => Some(stated.hemoglobin.map_or(1.0, HemoglobinUnit::divisor)),
            (
                _,
                "109l" | "10e9l" | "1e9l" | "x109l" | "gl" | "gigal" | "kul" | "103ul" | "10e3ul" | "x103ul",
            ) => Some(CountUnit::GigaPerLiter.divisor()),
            (_, "ul" | "perul" | "mm3" | "cellsul") => Some(CountUnit::PerMicroliter.divisor()),
            _ if has_unit => None,
            _ => Some(stated.counts.map_or(1.0, CountUnit::divisor)),
        }
    }

    /// Returns endings of a column name that state a unit, with the unit.
    pub const fn suffixes(self) -> [(&'static str, &'static str); 2] {
        match self {
            Self::Hemoglobin => [("_g_dl", "g/dL"), ("_g_l", "g/L")],
            _ => [("_109l", "10^9/L"), ("_per_ul", "/µL")],
        }
    }

    /// Returns what an error about an implausible value says the value must be.
    pub const fn wanted(self) -> &'static str {
        match self {
            Self::Hemoglobin => {
                "a hemoglobin of 1.5 to 25 g/dL; if the unit is g/L, call the column hb_g_l or state it as an option"
            }
            Self::Platelets => {
                "a platelet count of 0 or 1 to 3000 x 10^9/L; if the unit is /uL, call the column plt_per_ul or state \
                 it as an option"
            }
            Self::Neutrophils => {
                "a neutrophil count of 0 or 0.005 to 500 x 10^9/L; if the unit is /uL, call the column anc_per_ul or \
                 state it as an option"
            }
            Self::WhiteCells => {
                "a white cell count of 0 or 0.005 to 1000 x 10^9/L; if the unit is /uL, call the column wbc_per_ul or \
                 state it as an option"
            }
            Self::Monocytes => {
                "a monocyte count of 0 or 0.005 to 500 x 10^9/L; if the unit is /uL, call the column amc_per_ul or \
                 state it as an option"
            }
        }
    }
}

impl HemoglobinUnit {
    /// Returns what a value in this unit must be divided by to become g/dL.
    pub const fn divisor(self) -> f64 {
        match self {
            Self::GramsPerDeciliter => 1.0,
            Self::GramsPerLiter => 10.0,
        }
    }
}

impl CountUnit {
    /// Returns what a value in this unit must be divided by to become 10^9/L.
    pub const fn divisor(self) -> f64 {
        match self {
            Self::GigaPerLiter => 1.0,
            Self::PerMicroliter => 1000.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_units_in_column_names() {
        let none = StatedUnits::default();
        for (quantity, suffix, expected) in [
            (Quantity::Hemoglobin, "", Some(1.0)),
            (Quantity::Hemoglobin, "_g_dl", Some(1.0)),
            (Quantity::Hemoglobin, " (g/L)", Some(10.0)),
            (Quantity::Hemoglobin, "_mmol_l", None),
            (Quantity::Platelets, "", Some(1.0)),
            (Quantity::Platelets, "_10^9/L", Some(1.0)),
            (Quantity::Platelets, " [G/L]", Some(1.0)),
            (Quantity::Platelets, "_k_ul", Some(1.0)),
            (Quantity::Platelets, "_per_ul", Some(1000.0)),
            (Quantity::Platelets, " (/µL)", Some(1000.0)),
            (Quantity::Neutrophils, "_ul", Some(1000.0)),
            (Quantity::WhiteCells, "_mm3", Some(1000.0)),
            (Quantity::Monocytes, "_percent", None),
        ] {
            assert_eq!(
                quantity.divisor_of_suffix(suffix, none),
                expected,
                "{quantity:?} {suffix:?}"
            );
        }
    }

    /// The schema of the clinical file promises these endings.
    #[test]
    fn every_documented_ending_is_read_as_its_unit() {
        for (quantity, expected) in [
            (Quantity::Hemoglobin, [("g/dL", 1.0), ("g/L", 10.0)]),
            (Quantity::Platelets, [("10^9/L", 1.0), ("/µL", 1000.0)]),
            (Quantity::Neutrophils, [("10^9/L", 1.0), ("/µL", 1000.0)]),
            (Quantity::WhiteCells, [("10^9/L", 1.0), ("/µL", 1000.0)]),
            (Quantity::Monocytes, [("10^9/L", 1.0), ("/µL", 1000.0)]),
        ] {
            let actual = quantity.suffixes().map(|(suffix, unit)| {
                assert!(suffix.starts_with('_'), "{suffix}");
                (unit, quantity.divisor_of_suffix(suffix, StatedUnits::default()))
            });
            assert_eq!(
                actual,
                expected.map(|(unit, divisor)| (unit, Some(divisor))),
                "{quantity:?}"
            );
        }
    }

    #[test]
    fn a_stated_unit_holds_only_where_the_name_says_none() {
        let stated = StatedUnits {
            hemoglobin: Some(HemoglobinUnit::GramsPerLiter),
            counts: Some(CountUnit::PerMicroliter),
        };
        assert_eq!(Quantity::Hemoglobin.divisor_of_suffix("", stated), Some(10.0));
        assert_eq!(Quantity::Hemoglobin.divisor_of_suffix("_g_dl", stated), Some(1.0));
        assert_eq!(Quantity::Neutrophils.divisor_of_suffix("", stated), Some(1000.0));
        assert_eq!(
            Quantity::Neutrophils.divisor_of_suffix("_109l", stated),
            Some(1.0)
        );
    }

    #[test]
    fn believes_each_border_and_nothing_beyond() {
        for (quantity, value, expected) in [
            (Quantity::Hemoglobin, 1.5, true),
            (Quantity::Hemoglobin, 1.49, false),
            (Quantity::Hemoglobin, 25.0, true),
            (Quantity::Hemoglobin, 25.1, false),
            (Quantity::Hemoglobin, -1.0, false),
            (Quantity::Hemoglobin, f64::NAN, false),
            (Quantity::Platelets, 0.0, true),
            (Quantity::Platelets, 0.15, false),
            (Quantity::Platelets, 1.0, true),
            (Quantity::Platelets, 3000.0, true),
            (Quantity::Platelets, 150_000.0, false),
            (Quantity::Neutrophils, 0.0018, false),
            (Quantity::Neutrophils, 0.005, true),
            (Quantity::Neutrophils, 1800.0, false),
            (Quantity::WhiteCells, 1000.0, true),
            (Quantity::WhiteCells, 1000.1, false),
            (Quantity::Monocytes, 500.0, true),
            (Quantity::Monocytes, 500.1, false),
        ] {
            assert_eq!(quantity.is_plausible(value), expected, "{quantity:?} {value}");
        }
    }
}
