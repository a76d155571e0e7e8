//! Measured quantities: the units that each may be given in, and what is plausible.
//!
//! A unit stands in the name of a column (`hb_g_l`, `Platelets (/µL)`, `calcium_mg_dl`), in a column of its own (`calcium_unit`), or
//! is stated by an option. Where none of them says one, a quantity with a documented unit is in it (hemoglobin g/dL, platelets
//! 10^9/L), and the value of any other is an error. It is never inferred from the value: one that cannot be right in the unit is an
//! error that names the cell.
//!
//! Factors between units are those that the criteria themselves use, so that a limit printed twice (2.75 mmol/L, 11 mg/dL) is the
//! same limit whichever unit a laboratory reports.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names::key;
use super::rounding::tidy;

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

/// A unit that a quantity may be given in.
#[derive(Debug, PartialEq)]
pub struct Unit {
    /// As people write it.
    pub shown: &'static str,
    /// As it ends the name of a column, `_` before it.
    pub ending: &'static str,
    /// Other endings, as compared: letters and digits alone.
    others: &'static [&'static str],
    /// Canonical value = value × `times` ÷ `over`.
    times: f64,
    over: f64,
}

/// What a value is in where nothing states its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unstated {
    /// The first unit: the documented one, or the only one.
    First,
    /// The first unit, or the one that the option for hemoglobin says.
    Hemoglobin,
    /// The first unit, or the one that the option for cell counts says.
    Counts,
    /// Nothing: such a value is an error.
    Error,
}

/// A measured quantity. Its values are kept in its first unit.
#[derive(Debug)]
pub struct Quantity {
    /// Units, that of the formulas first.
    pub units: &'static [Unit],
    /// What a value is in where nothing states its unit.
    pub unstated: Unstated,
    /// Smallest and largest value that is believed, in the first unit. The limits are wider than any disease and there to catch a
    /// wrong unit or a slip of the keyboard.
    pub range: (f64, f64),
    /// The smallest above zero that is believed: what lies between was given in another unit than the column says.
    pub above_zero: f64,
    /// A percentage that a laboratory may give as a fraction: below 1 only a stated unit tells which.
    pub may_be_fraction: bool,
}

impl Unit {
    const fn new(
        shown: &'static str,
        ending: &'static str,
        others: &'static [&'static str],
        times: f64,
        over: f64,
    ) -> Self {
        Self {
            shown,
            ending,
            others,
            times,
            over,
        }
    }

    /// Converts to the first unit of its quantity.
    pub fn canonical(&self, value: f64) -> f64 {
        tidy(value * self.times / self.over)
    }

    /// Converts a limit from the first unit of its quantity, for messages: four digits of it.
    pub fn limit(&self, canonical: f64) -> f64 {
        let value = canonical * self.over / self.times;
        if value.fract().abs() < f64::EPSILON {
            return value;
        }
        format!("{value:.3e}").parse().unwrap_or(value)
    }

    /// Returns every ending that stands for it, as compared.
    pub(super) fn keys(&self) -> impl Iterator<Item = String> {
        std::iter::once(key(self.ending)).chain(self.others.iter().map(|&other| other.to_owned()))
    }

    fn is_per_cent(&self) -> bool {
        self.ending == "percent"
    }
}

impl Quantity {
    pub(super) const fn new(units: &'static [Unit], range: (f64, f64)) -> Self {
        Self {
            units,
            unstated: Unstated::First,
            range,
            above_zero: 0.0,
            may_be_fraction: false,
        }
    }

    pub(super) const fn stated(units: &'static [Unit], range: (f64, f64)) -> Self {
        Self {
            unstated: Unstated::Error,
            ..Self::new(units, range)
        }
    }

    pub(super) const fn count(units: &'static [Unit], most: f64, above_zero: f64) -> Self {
        Self {
            unstated: Unstated::Counts,
            above_zero,
            ..Self::new(units, (0.0, most))
        }
    }

    /// Returns the unit of a value whose column names none.
    pub fn unit_unstated(&self, stated: StatedUnits) -> Option<&'static Unit> {
        let ending = match self.unstated {
            Unstated::Error => return None,
            Unstated::Hemoglobin if stated.hemoglobin == Some(HemoglobinUnit::GramsPerLiter) => "g_l",
            Unstated::Counts if stated.counts == Some(CountUnit::PerMicroliter) => "per_ul",
            _ => return self.units.first(),
        };
        self.units.iter().find(|unit| unit.ending == ending)
    }

    /// Returns the unit that a text names.
    pub fn unit_named(&self, text: &str) -> Option<&'static Unit> {
        let wanted = key(text);
        self.units
            .iter()
            .find(|unit| unit.keys().any(|known| known == wanted))
    }

    /// Returns the unit of a number with the sign of per cent behind it.
    pub fn per_cent(&self) -> Option<&'static Unit> {
        self.units.iter().find(|unit| unit.is_per_cent())
    }

    /// Whether the unit matters: it has units of different size.
    pub fn has_scales(&self) -> bool {
        self.per_cent().is_none()
            && self
                .units
                .iter()
                .any(|unit| (unit.times - unit.over).abs() > f64::EPSILON)
    }

    /// Whether a value, in the first unit, can be right.
    pub fn is_plausible(&self, value: f64) -> bool {
        (self.range.0..=self.range.1).contains(&value) && (value <= 0.0 || value >= self.above_zero)
    }
}

/// Grams per deciliter and per liter.
pub(super) const MASS: &[Unit] = &[
    Unit::new("g/dL", "g_dl", &["gper100ml"], 1.0, 1.0),
    Unit::new("g/L", "g_l", &[], 1.0, 10.0),
];
/// Cells of the blood.
pub(super) const CELLS: &[Unit] = &[
    Unit::new(
        "10^9/L",
        "109l",
        &[
            "10e9l", "1e9l", "x109l", "gl", "gigal", "kul", "103ul", "10e3ul", "x103ul", "1000ul",
        ],
        1.0,
        1.0,
    ),
    Unit::new("/µL", "per_ul", &["ul", "mm3", "permm3", "cellsul"], 1.0, 1000.0),
    Unit::new(
        "10^4/µL",
        "104ul",
        &["10e4ul", "x104ul", "万ul", "万perul", "万"],
        10.0,
        1.0,
    ),
];
/// Serum M protein.
pub(super) const PROTEIN: &[Unit] = &[
    Unit::new("g/dL", "g_dl", &[], 1.0, 1.0),
    Unit::new("g/L", "g_l", &[], 1.0, 10.0),
    Unit::new("mg/dL", "mg_dl", &[], 1.0, 1000.0),
];
/// Free light chains of the serum.
pub(super) const LIGHT_CHAINS: &[Unit] = &[
    Unit::new("mg/L", "mg_l", &[], 1.0, 1.0),
    Unit::new("mg/dL", "mg_dl", &[], 10.0, 1.0),
    Unit::new("g/L", "g_l", &[], 1000.0, 1.0),
];
/// Protein of the urine in a day.
pub(super) const PER_DAY: &[Unit] = &[
    Unit::new("mg/24 h", "mg_24h", &["mgday", "mgd"], 1.0, 1.0),
    Unit::new("g/24 h", "g_24h", &["gday", "gd"], 1000.0, 1.0),
];
/// Calcium. Rajkumar 2014 prints 0.25 mmol/L as 1 mg/dL and 2.75 mmol/L as 11 mg/dL; the molar mass gives 4.008.
pub(super) const CALCIUM: &[Unit] = &[
    Unit::new("mmol/L", "mmol_l", &[], 1.0, 1.0),
    Unit::new("mg/dL", "mg_dl", &[], 1.0, 4.0),
];
/// Creatinine. Rajkumar 2014 prints 177 µmol/L as 2 mg/dL; the molar mass gives 88.4.
pub(super) const CREATININE: &[Unit] = &[
    Unit::new("µmol/L", "umol_l", &[], 1.0, 1.0),
    Unit::new("mg/dL", "mg_dl", &[], 88.5, 1.0),
];
/// Creatinine clearance.
pub(super) const CLEARANCE: &[Unit] = &[Unit::new(
    "mL/min",
    "ml_min",
    &["mlmin173m2", "mlminper173m2"],
    1.0,
    1.0,
)];
/// Enzymes.
pub(super) const ENZYME: &[Unit] = &[Unit::new("U/L", "u_l", &["iul"], 1.0, 1.0)];
/// β2-microglobulin.
pub(super) const MICROGLOBULIN: &[Unit] = &[
    Unit::new("mg/L", "mg_l", &["ugml"], 1.0, 1.0),
    Unit::new("mg/dL", "mg_dl", &[], 10.0, 1.0),
];
/// A percentage.
pub(super) const PERCENT: &[Unit] = &[
    Unit::new("%", "percent", &["pct"], 1.0, 1.0),
    Unit::new("(fraction)", "fraction", &[], 100.0, 1.0),
];
/// A fraction of one.
pub(super) const FRACTION: &[Unit] = &[
    Unit::new("(fraction)", "fraction", &[], 1.0, 1.0),
    Unit::new("%", "percent", &["pct"], 1.0, 100.0),
];
/// κ/λ.
pub(super) const RATIO: &[Unit] = &[Unit::new("(kappa/lambda)", "ratio", &[], 1.0, 1.0)];
/// Involved/uninvolved.
pub(super) const INVOLVED_RATIO: &[Unit] = &[Unit::new("(involved/uninvolved)", "ratio", &[], 1.0, 1.0)];
/// Volume of a cell.
pub(super) const VOLUME: &[Unit] = &[Unit::new("fL", "fl", &["um3"], 1.0, 1.0)];
/// Years.
pub(super) const YEARS: &[Unit] = &[Unit::new(
    "years",
    "years",
    &["year", "y", "yr", "yrs", "歳"],
    1.0,
    1.0,
)];
/// Months.
pub(super) const MONTHS: &[Unit] = &[Unit::new("months", "months", &["month"], 1.0, 1.0)];
