//! The columns of a table of visits: what each holds, by its name.

use std::collections::HashMap;

use super::answers::{count, crab, fish, heavy_chain, light_chain, plasmacytoma, yes_no};
use super::input_error::InputError;
use super::units::{QUANTITIES, Quantity, Unit, snake};
use crate::patient::{Date, PlasmaInput};
use crate::tables::{Dot, list, plain, short};

/// Other names of the column `sample`, where there is none of that name.
const SAMPLE_NAMES: [&str; 6] = [
    "id",
    "sample_id",
    "sample_name",
    "patient",
    "patient_id",
    "patient_name",
];

/// Largest count of lesions that is believed.
const MOST_LESIONS: u32 = 999;

/// Classes of immunoglobulins beside the involved one.
const MOST_ISOTYPES: u32 = 4;

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role {
    Quantity(&'static Quantity, Option<&'static Unit>),
    UnitOf(&'static Quantity),
    Text(&'static TextField),
}

/// A column that is not a measured quantity.
#[derive(Debug)]
pub(super) struct TextField {
    pub(super) name: &'static str,
    pub(super) wanted: &'static str,
    /// Puts the value into its place; `None` if it cannot be read.
    pub(super) set: fn(&mut PlasmaInput, &str) -> Option<()>,
}

const YES_NO: &str = "yes or no";

const TEXT: &[TextField] = &[
    field("sample", "a name", |i, v| {
        v.clone_into(&mut i.sample);
        Some(())
    }),
    field("date", "a date, YYYY-MM-DD", |i, v| {
        i.date = Some(Date::parse(v)?);
        Some(())
    }),
    field("heavy_chain", "IgG, IgA, IgM, IgD, IgE or none", |i, v| {
        i.heavy_chain = Some(heavy_chain(v)?);
        Some(())
    }),
    field("light_chain", "kappa or lambda", |i, v| {
        i.light_chain = Some(light_chain(v)?);
        Some(())
    }),
    field("involved_flc_raised", YES_NO, |i, v| {
        i.involved_flc_raised = Some(yes_no(v)?);
        Some(())
    }),
    field(
        "plasmacytoma",
        "none, bone or soft_tissue (biopsy-proven)",
        |i, v| {
            i.plasmacytoma = Some(plasmacytoma(v)?);
            Some(())
        },
    ),
    field(
        "bone_lesions",
        "a whole number of osteolytic lesions (2 for several)",
        |i, v| {
            i.bone_lesions = Some(count(v, MOST_LESIONS)?);
            Some(())
        },
    ),
    field(
        "mri_lesions",
        "a whole number of focal lesions of at least 5 mm (2 for several)",
        |i, v| {
            i.mri_lesions = Some(count(v, MOST_LESIONS)?);
            Some(())
        },
    ),
    field("immunoparesis", YES_NO, |i, v| {
        i.immunoparesis = Some(yes_no(v)?);
        Some(())
    }),
    field("reduced_isotypes", "a whole number of classes, 0 to 4", |i, v| {
        i.reduced_isotypes = Some(count(v, MOST_ISOTYPES)?);
        Some(())
    }),
    field(
        "fish",
        "normal, or a list of t(4;14), t(14;16), t(14;20), t(11;14), +1q, del(13q), del(17p), hyperdiploidy",
        |i, v| {
            i.fish = Some(fish(v)?);
            Some(())
        },
    ),
    field("amyloidosis", YES_NO, |i, v| {
        i.amyloidosis = Some(yes_no(v)?);
        Some(())
    }),
    field("igm_signs", YES_NO, |i, v| {
        i.igm_signs = Some(yes_no(v)?);
        Some(())
    }),
    field(
        "other_cause",
        "none, or a list of the letters C, R, A, B",
        |i, v| {
            i.other_cause = crab(v)?;
            Some(())
        },
    ),
];

const fn field(
    name: &'static str,
    wanted: &'static str,
    set: fn(&mut PlasmaInput, &str) -> Option<()>,
) -> TextField {
    TextField { name, wanted, set }
}

/// The columns of a file, resolved.
#[derive(Debug)]
pub(crate) struct Columns {
    /// Role and name of each column, in the order of the file.
    pub(super) roles: Vec<(Option<Role>, String)>,
    /// Columns that nothing reads.
    pub unknown: Vec<String>,
    /// What the dot of a number means.
    pub dot: Dot,
}

impl Columns {
    /// Resolves a header; `line` is for messages.
    pub(crate) fn new(headers: &[String], path: &str, line: u64) -> Result<Self, InputError> {
        let mut roles: Vec<(Option<Role>, String)> = Vec::new();
        let mut first: HashMap<(bool, String), usize> = HashMap::new();
        for header in headers {
            let role = role(header).map_err(|quantity| InputError::UnknownUnitColumn {
                path: path.to_owned(),
                line,
                column: short(header).into_owned(),
                wanted: quantity.columns(),
            })?;
            let place = match &role {
                Some(role) => {
                    let (of_unit, name) = slot(role);
                    (of_unit, name.to_owned())
                }
                // No name of a quantity holds a blank.
                None => (false, format!(" {header}")),
            };
            if let Some(twin) = first.insert(place, roles.len())
                && !header.is_empty()
            {
                return Err(InputError::ColumnTwice {
                    path: path.to_owned(),
                    line,
                    first: short(&roles[twin].1).into_owned(),
                    second: short(header).into_owned(),
                });
            }
            roles.push((role, header.clone()));
        }
        name_the_sample(&mut roles);
        if !roles.iter().any(|(r, _)| is_sample(r.as_ref())) {
            return Err(InputError::NoSampleColumn {
                path: path.to_owned(),
                found: list(headers),
            });
        }
        let unknown = roles
            .iter()
            .filter(|(r, name)| r.is_none() && !name.is_empty())
            .map(|(_, name)| name.clone())
            .collect();
        Ok(Self {
            roles,
            unknown,
            dot: Dot::default(),
        })
    }
}

fn is_sample(role: Option<&Role>) -> bool {
    matches!(role, Some(Role::Text(f)) if f.name == "sample")
}

/// Takes a column such as `ID` for that of the sample where none is called so.
fn name_the_sample(roles: &mut [(Option<Role>, String)]) {
    if roles.iter().any(|(r, _)| is_sample(r.as_ref())) {
        return;
    }
    let other = SAMPLE_NAMES.iter().find_map(|wanted| {
        roles
            .iter()
            .position(|(r, name)| r.is_none() && snake(name) == *wanted)
    });
    if let (Some(place), Some(sample)) = (other, TEXT.iter().find(|f| f.name == "sample")) {
        roles[place].0 = Some(Role::Text(sample));
    }
}

/// What two columns must not share.
fn slot(role: &Role) -> (bool, &'static str) {
    match role {
        Role::Quantity(q, _) => (false, q.name),
        Role::UnitOf(q) => (true, q.name),
        Role::Text(f) => (false, f.name),
    }
}

/// The role of a column; the error is a quantity whose unit is not known.
fn role(header: &str) -> Result<Option<Role>, &'static Quantity> {
    let name = snake(&plain(header));
    if let Some(text) = TEXT.iter().find(|f| f.name == name) {
        return Ok(Some(Role::Text(text)));
    }
    if let Some(quantity) = Quantity::named(&name) {
        return Ok(Some(Role::Quantity(quantity, None)));
    }
    // The longest base name first: `calcium_uln_mg_dl` is not calcium in the unit "uln_mg_dl".
    let mut bases: Vec<(&str, &'static Quantity)> = QUANTITIES
        .iter()
        .flat_map(|q| {
            std::iter::once(q.name)
                .chain(q.aliases.iter().copied())
                .map(move |n| (n, q))
        })
        .collect();
    bases.sort_by_key(|(n, _)| std::cmp::Reverse(n.len()));
    for (base, quantity) in bases {
        let Some(suffix) = name.strip_prefix(base).and_then(|s| s.strip_prefix('_')) else {
            continue;
        };
        return match quantity.unit(suffix) {
            _ if suffix == "unit" => Ok(Some(Role::UnitOf(quantity))),
            Some(unit) => Ok(Some(Role::Quantity(quantity, Some(unit)))),
            None => Err(quantity),
        };
    }
    Ok(None)
}

/// Whether a column is one of this road; hemoglobin, sample and what is shared with others are not.
pub(crate) fn is_visit_column(header: &str) -> bool {
    match role(header) {
        Ok(Some(Role::Quantity(q, _) | Role::UnitOf(q))) | Err(q) => q.name != "hb",
        Ok(Some(Role::Text(f))) => f.name != "sample",
        Ok(None) => false,
    }
}

/// Returns the columns of this road with their meaning and whether they hold a number, for the schema of the clinical file.
pub(crate) fn visit_columns() -> Vec<(String, String, bool)> {
    let quantities = QUANTITIES.iter().filter(|q| q.name != "hb").flat_map(|q| {
        let bare = q
            .bare
            .then(|| (q.name.to_owned(), format!("in {}", q.shown), true));
        let with_unit = q.units.iter().map(move |unit| {
            let about = format!("believed from {} to {} {}", q.range.0, q.range.1, q.shown);
            (format!("{}_{}", q.name, unit.suffix), about, true)
        });
        bare.into_iter().chain(with_unit)
    });
    let texts = TEXT
        .iter()
        .filter(|f| f.name != "sample")
        .map(|f| (f.name.to_owned(), f.wanted.to_owned(), false));
    quantities.chain(texts).collect()
}

/// Returns every name of a column that is known, without and with its units.
pub(crate) fn known_columns() -> Vec<String> {
    let named = visit_columns().into_iter().map(|(name, _, _)| name);
    let others = ["sample", "hb_g_dl", "hb_g_l"].map(str::to_owned);
    others.into_iter().chain(named).collect()
}

/// Returns what a row gives as the name of the sample.
pub(super) fn sample_of<'a>(columns: &Columns, values: &[&'a str]) -> &'a str {
    let place = columns.roles.iter().position(|(r, _)| is_sample(r.as_ref()));
    place.and_then(|i| values.get(i)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_base_name_wins() {
        let name = |h: &str| role(h).map(|r| r.map(|r| slot(&r)));
        assert_eq!(name("calcium_uln_mg_dl").unwrap(), Some((false, "calcium_uln")));
        assert_eq!(name("calcium_unit").unwrap(), Some((true, "calcium")));
        assert_eq!(name("crcl_ml_min").unwrap(), Some((false, "egfr")));
        assert_eq!(
            name("involved_flc_ratio").unwrap(),
            Some((false, "involved_flc_ratio"))
        );
        assert_eq!(name("mood").unwrap(), None);
        assert_eq!(name("calcium_mgdl").unwrap_err().name, "calcium");
    }
}
