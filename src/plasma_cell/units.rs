//! Quantities and their units: which columns exist, which units each may be given in, and what is believable.
//!
//! A unit is never guessed. It stands in the column's name (`calcium_mg_dl`) or in a column of its own (`calcium_unit`).
//! Factors between units are those that the criteria themselves use, so that a limit printed twice (2.75 mmol/L, 11 mg/dL)
//! is the same limit whichever unit a laboratory reports.

use crate::patient::PlasmaInput;
use crate::patient::tidy;

/// Calcium: mg/dL per mmol/L. Rajkumar 2014 prints 0.25 mmol/L as 1 mg/dL and 2.75 mmol/L as 11 mg/dL; the molar mass gives 4.008.
const CALCIUM_MG_DL: f64 = 4.0;

/// Creatinine: µmol/L per mg/dL. Rajkumar 2014 prints 177 µmol/L as 2 mg/dL; the molar mass gives 88.4.
const CREATININE_UMOL_L: f64 = 88.5;

/// A unit that a quantity may be given in.
#[derive(Debug)]
pub(crate) struct Unit {
    /// As it ends a column name.
    pub suffix: &'static str,
    /// Canonical value = value × `times` ÷ `over`.
    times: f64,
    over: f64,
}

impl Unit {
    const fn new(suffix: &'static str, times: f64, over: f64) -> Self {
        Self { suffix, times, over }
    }

    /// Converts to the canonical unit.
    pub(crate) fn canonical(&self, value: f64) -> f64 {
        tidy(value * self.times / self.over)
    }
}

/// A measured quantity.
#[derive(Debug)]
pub(crate) struct Quantity {
    /// Base name of the column.
    pub name: &'static str,
    /// Other base names.
    pub aliases: &'static [&'static str],
    /// Units, the canonical one first.
    pub units: &'static [Unit],
    /// Whether the name alone says the unit (ratios, per cent, clearance).
    pub bare: bool,
    /// Whether the value is a percentage, which is easily mistaken for a fraction.
    pub percent: bool,
    /// Smallest and largest value that is believed, canonical unit.
    pub range: (f64, f64),
    /// The unit as people write it.
    pub shown: &'static str,
    /// Puts the value into its place.
    pub set: fn(&mut PlasmaInput, f64),
}

const PROTEIN: &[Unit] = &[
    Unit::new("g_dl", 1.0, 1.0),
    Unit::new("g_l", 1.0, 10.0),
    Unit::new("mg_dl", 1.0, 1000.0),
];
const MASS: &[Unit] = &[Unit::new("g_dl", 1.0, 1.0), Unit::new("g_l", 1.0, 10.0)];
const LIGHT_CHAIN: &[Unit] = &[
    Unit::new("mg_l", 1.0, 1.0),
    Unit::new("mg_dl", 10.0, 1.0),
    Unit::new("g_l", 1000.0, 1.0),
];
const PER_DAY: &[Unit] = &[
    Unit::new("mg_24h", 1.0, 1.0),
    Unit::new("g_24h", 1000.0, 1.0),
    Unit::new("mg_24_h", 1.0, 1.0),
    Unit::new("g_24_h", 1000.0, 1.0),
    Unit::new("mg_day", 1.0, 1.0),
    Unit::new("g_day", 1000.0, 1.0),
];
const CALCIUM: &[Unit] = &[
    Unit::new("mmol_l", 1.0, 1.0),
    Unit::new("mg_dl", 1.0, CALCIUM_MG_DL),
];
const CREATININE: &[Unit] = &[
    Unit::new("umol_l", 1.0, 1.0),
    Unit::new("mg_dl", CREATININE_UMOL_L, 1.0),
];
const CLEARANCE: &[Unit] = &[
    Unit::new("ml_min", 1.0, 1.0),
    Unit::new("ml_min_1_73m2", 1.0, 1.0),
];
const PERCENT: &[Unit] = &[Unit::new("percent", 1.0, 1.0), Unit::new("fraction", 100.0, 1.0)];
const ENZYME: &[Unit] = &[Unit::new("u_l", 1.0, 1.0), Unit::new("iu_l", 1.0, 1.0)];
const MICROGLOBULIN: &[Unit] = &[
    Unit::new("mg_l", 1.0, 1.0),
    Unit::new("ug_ml", 1.0, 1.0),
    Unit::new("mg_dl", 10.0, 1.0),
];
const RATIO: &[Unit] = &[Unit::new("ratio", 1.0, 1.0)];

const fn measured(
    name: &'static str,
    units: &'static [Unit],
    range: (f64, f64),
    shown: &'static str,
    set: fn(&mut PlasmaInput, f64),
) -> Quantity {
    Quantity {
        name,
        aliases: &[],
        units,
        bare: false,
        percent: false,
        range,
        shown,
        set,
    }
}

const fn percentage(name: &'static str, set: fn(&mut PlasmaInput, f64)) -> Quantity {
    Quantity {
        bare: true,
        percent: true,
        ..measured(name, PERCENT, (0.0, 100.0), "%", set)
    }
}

/// Every quantity. The ranges hold what has been seen in patients with a wide margin; beyond them a unit is mixed up.
pub(crate) const QUANTITIES: &[Quantity] = &[
    measured("m_protein", PROTEIN, (0.0, 15.0), "g/dL", |i, v| {
        i.m_protein = Some(v);
    }),
    measured("urine_m_protein", PER_DAY, (0.0, 50_000.0), "mg/24 h", |i, v| {
        i.urine_m_protein = Some(v);
    }),
    measured("kappa_flc", LIGHT_CHAIN, (0.1, 100_000.0), "mg/L", |i, v| {
        i.kappa_flc = Some(v);
    }),
    measured("lambda_flc", LIGHT_CHAIN, (0.1, 100_000.0), "mg/L", |i, v| {
        i.lambda_flc = Some(v);
    }),
    measured("involved_flc", LIGHT_CHAIN, (0.1, 100_000.0), "mg/L", |i, v| {
        i.involved_flc = Some(v);
    }),
    Quantity {
        bare: true,
        aliases: &["kappa_lambda_ratio"],
        ..measured("flc_ratio", RATIO, (1e-6, 1e6), "(kappa/lambda)", |i, v| {
            i.flc_ratio = Some(v);
        })
    },
    Quantity {
        bare: true,
        ..measured(
            "involved_flc_ratio",
            RATIO,
            (1.0, 1e6),
            "(involved/uninvolved)",
            |i, v| {
                i.involved_flc_ratio = Some(v);
            },
        )
    },
    percentage("plasma_cells", |i, v| i.plasma_cells = Some(v)),
    percentage("lymphoplasmacytic_cells", |i, v| {
        i.lymphoplasmacytic_cells = Some(v);
    }),
    percentage("aberrant_plasma_cells", |i, v| {
        i.aberrant_plasma_cells = Some(v);
    }),
    measured("calcium", CALCIUM, (1.0, 6.0), "mmol/L", |i, v| {
        i.calcium = Some(v);
    }),
    measured("calcium_uln", CALCIUM, (2.2, 2.9), "mmol/L", |i, v| {
        i.calcium_uln = Some(v);
    }),
    measured("albumin", MASS, (0.5, 7.0), "g/dL", |i, v| i.albumin = Some(v)),
    measured("creatinine", CREATININE, (8.0, 3_000.0), "µmol/L", |i, v| {
        i.creatinine = Some(v);
    }),
    Quantity {
        bare: true,
        aliases: &["crcl"],
        ..measured("egfr", CLEARANCE, (0.0, 250.0), "mL/min", |i, v| {
            i.egfr = Some(v);
        })
    },
    measured("hb", MASS, (2.0, 25.0), "g/dL", |i, v| i.hb = Some(v)),
    measured("hb_lln", MASS, (9.0, 16.0), "g/dL", |i, v| i.hb_lln = Some(v)),
    Quantity {
        aliases: &[
            "b2m",
            "b2_microglobulin",
            "beta_2_microglobulin",
            "beta2microglobulin",
        ],
        ..measured(
            "beta2_microglobulin",
            MICROGLOBULIN,
            (0.3, 150.0),
            "mg/L",
            |i, v| {
                i.beta2_microglobulin = Some(v);
            },
        )
    },
    measured("ldh", ENZYME, (20.0, 50_000.0), "U/L", |i, v| i.ldh = Some(v)),
    measured("ldh_uln", ENZYME, (100.0, 700.0), "U/L", |i, v| {
        i.ldh_uln = Some(v);
    }),
];

/// Reduces a header or a unit to lower snake case: `Calcium [mg/dL]` becomes `calcium_mg_dl`.
pub(crate) fn snake(text: &str) -> String {
    let mut out = String::new();
    for c in text.trim().chars() {
        match c {
            'µ' | 'μ' => out.push('u'),
            '²' => out.push('2'),
            '%' => {
                if !out.is_empty() && !out.ends_with('_') {
                    out.push('_');
                }
                out.push_str("percent");
            }
            'β' => out.push_str("beta"),
            'κ' => out.push_str("kappa"),
            'λ' => out.push_str("lambda"),
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if !out.is_empty() && !out.ends_with('_') => out.push('_'),
            _ => {}
        }
    }
    while out.ends_with('_') {
        out.pop();
    }
    out
}

impl Quantity {
    /// Returns the quantity whose name, or an alias, is exactly this.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        QUANTITIES
            .iter()
            .find(|q| q.name == name || q.aliases.contains(&name))
    }

    /// Returns the unit with this suffix.
    pub(crate) fn unit(&self, suffix: &str) -> Option<&'static Unit> {
        self.units.iter().find(|u| u.suffix == suffix)
    }

    /// Column names that are understood, for messages.
    pub(crate) fn columns(&self) -> String {
        self.units
            .iter()
            .map(|u| format!("{}_{}", self.name, u.suffix))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // Exact values are what is tested.
mod tests {
    use super::*;

    #[test]
    fn limits_printed_in_two_units_are_one_limit() {
        let unit = |q: &str, u: &str| Quantity::named(q).unwrap().unit(u).unwrap();
        assert_eq!(unit("calcium", "mg_dl").canonical(11.0), 2.75);
        assert_eq!(unit("calcium", "mg_dl").canonical(1.0), 0.25);
        assert_eq!(unit("creatinine", "mg_dl").canonical(2.0), 177.0);
        assert_eq!(unit("m_protein", "g_l").canonical(15.0), 1.5);
        assert_eq!(unit("m_protein", "mg_dl").canonical(1500.0), 1.5);
        assert_eq!(unit("kappa_flc", "mg_dl").canonical(10.0), 100.0);
        assert_eq!(unit("kappa_flc", "g_l").canonical(0.1), 100.0);
        assert_eq!(unit("urine_m_protein", "g_24h").canonical(0.5), 500.0);
        assert_eq!(unit("plasma_cells", "fraction").canonical(0.6), 60.0);
        assert_eq!(unit("hb", "g_l").canonical(99.0), 9.9);
    }

    #[test]
    fn subtraction_of_decimals_is_exact_after_tidying() {
        // Without it 13.2 - 11.2 is 1.9999999999999982 and 12.3 - 10.3 is 2.0000000000000018 in some orders.
        for tenths in 90..160 {
            let lower = f64::from(tenths) / 10.0;
            let hb = f64::from(tenths - 20) / 10.0;
            assert_eq!(tidy(lower - hb), 2.0, "{lower} {hb}");
        }
    }

    #[test]
    fn headers_of_people_become_column_names() {
        for (header, expected) in [
            ("Calcium [mg/dL]", "calcium_mg_dl"),
            ("creatinine (µmol/L)", "creatinine_umol_l"),
            ("creatinine (μmol/L)", "creatinine_umol_l"),
            ("eGFR (mL/min/1.73m²)", "egfr_ml_min_1_73m2"),
            ("Urine M protein (g/24 h)", "urine_m_protein_g_24_h"),
            ("plasma cells %", "plasma_cells_percent"),
            ("plasma_cells%", "plasma_cells_percent"),
            ("κ FLC mg/L", "kappa_flc_mg_l"),
            (" _Hb_ ", "hb"),
        ] {
            assert_eq!(snake(header), expected);
        }
    }

    #[test]
    fn every_suffix_of_a_quantity_is_found_once() {
        for q in QUANTITIES {
            for unit in q.units {
                assert_eq!(q.units.iter().filter(|u| u.suffix == unit.suffix).count(), 1);
            }
            assert!(q.range.0 < q.range.1);
        }
        assert_eq!(Quantity::named("crcl").unwrap().name, "egfr");
        assert!(Quantity::named("crp").is_none());
    }
}
