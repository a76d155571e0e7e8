//! Reads the fields of one visit, whichever file they come from.

use super::table::{InputError, Row};
use super::units::{QUANTITIES, Quantity, Unit, snake};
use super::{Crab, Date, Fish, HeavyChain, LightChain, PlasmaInput, Plasmacytoma};

/// Spellings of "not given".
const MISSING: [&str; 12] = [
    "",
    ".",
    "-",
    "na",
    "n/a",
    "nan",
    "null",
    "unknown",
    "nd",
    "not done",
    "不明",
    "未検査",
];

/// Largest count of lesions that is believed.
const MOST_LESIONS: u32 = 999;

/// Classes of immunoglobulins beside the involved one.
const MOST_ISOTYPES: u32 = 4;

/// What a column holds.
#[derive(Clone, Copy, Debug)]
enum Role {
    Quantity(&'static Quantity, Option<&'static Unit>),
    UnitOf(&'static Quantity),
    Text(&'static TextField),
}

/// A column that is not a measured quantity.
#[derive(Debug)]
struct TextField {
    name: &'static str,
    wanted: &'static str,
    /// Puts the value into its place; `None` if it cannot be read.
    set: fn(&mut PlasmaInput, &str) -> Option<()>,
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
            i.plasmacytoma = Some(match snake(v).as_str() {
                "none" | "no" | "なし" => Plasmacytoma::None,
                "bone" | "骨" => Plasmacytoma::Bone,
                "soft_tissue" | "extramedullary" | "髄外" => Plasmacytoma::SoftTissue,
                _ => return None,
            });
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
    roles: Vec<(Option<Role>, String)>,
    /// Columns that nothing reads.
    pub unknown: Vec<String>,
}

impl Columns {
    /// Resolves a header; `line` is for messages.
    pub(crate) fn new(headers: &[String], path: &str, line: u64) -> Result<Self, InputError> {
        let mut roles: Vec<(Option<Role>, String)> = Vec::new();
        for header in headers {
            let role = role(header).map_err(|quantity| InputError::UnknownUnitColumn {
                path: path.to_owned(),
                line,
                column: header.clone(),
                wanted: quantity.columns(),
            })?;
            let twin = roles.iter().find(|(other, name)| match (other, &role) {
                (Some(a), Some(b)) => slot(a) == slot(b),
                (None, None) => name == header,
                _ => false,
            });
            if let Some((_, first)) = twin {
                return Err(InputError::ColumnTwice {
                    path: path.to_owned(),
                    line,
                    first: first.clone(),
                    second: header.clone(),
                });
            }
            roles.push((role, header.clone()));
        }
        if !roles
            .iter()
            .any(|(r, _)| matches!(r, Some(Role::Text(f)) if f.name == "sample"))
        {
            return Err(InputError::NoSampleColumn {
                path: path.to_owned(),
                found: headers.join(", "),
            });
        }
        let unknown = roles
            .iter()
            .filter(|(r, _)| r.is_none())
            .map(|(_, name)| name.clone())
            .collect();
        Ok(Self { roles, unknown })
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
    let name = snake(header);
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

/// Where messages point to.
struct Place<'a> {
    path: &'a str,
    line: u64,
    column: &'a str,
    value: &'a str,
}

impl Place<'_> {
    fn value(&self, wanted: &str) -> InputError {
        InputError::Value {
            path: self.path.to_owned(),
            line: self.line,
            column: self.column.to_owned(),
            value: self.value.to_owned(),
            wanted: wanted.to_owned(),
        }
    }
}

/// Reads one visit.
pub(crate) fn visit(columns: &Columns, values: &[&str], path: &str, line: u64) -> Row {
    let given = |wanted: &str| {
        columns
            .roles
            .iter()
            .position(|(r, _)| matches!(r, Some(Role::Text(f)) if f.name == wanted))
            .and_then(|i| values.get(i))
            .copied()
            .unwrap_or_default()
    };
    let sample = given("sample").to_owned();
    fill(columns, values, path, line).map_err(|error| Box::new((sample, error)))
}

fn fill(columns: &Columns, values: &[&str], path: &str, line: u64) -> Result<PlasmaInput, InputError> {
    let mut input = PlasmaInput {
        line,
        ..PlasmaInput::default()
    };
    for ((role, column), value) in columns.roles.iter().zip(values) {
        let place = Place {
            path,
            line,
            column,
            value,
        };
        let absent = MISSING.contains(&value.to_lowercase().as_str());
        match role {
            Some(Role::Text(text)) if text.name == "sample" && absent => {
                return Err(place.value("a name"));
            }
            Some(Role::Text(text)) if !absent => {
                (text.set)(&mut input, value).ok_or_else(|| place.value(text.wanted))?;
            }
            Some(Role::Quantity(quantity, unit)) if !absent => {
                let said = unit_field(columns, values, quantity);
                let unit = resolve(quantity, *unit, said, &place)?;
                (quantity.set)(&mut input, number(quantity, unit, &place)?);
            }
            _ => {}
        }
    }
    Ok(input)
}

/// The unit written in the row for a quantity, and its column.
fn unit_field<'a>(
    columns: &'a Columns,
    values: &[&'a str],
    quantity: &Quantity,
) -> Option<(&'a str, &'a str)> {
    let index = columns
        .roles
        .iter()
        .position(|(r, _)| matches!(r, Some(Role::UnitOf(q)) if q.name == quantity.name))?;
    let value = values.get(index)?;
    (!MISSING.contains(&value.to_lowercase().as_str())).then_some((columns.roles[index].1.as_str(), value))
}

fn resolve(
    quantity: &'static Quantity,
    named: Option<&'static Unit>,
    said: Option<(&str, &str)>,
    place: &Place<'_>,
) -> Result<&'static Unit, InputError> {
    let wrong = |column: &str, value: &str, wanted: String| InputError::Unit {
        path: place.path.to_owned(),
        line: place.line,
        column: column.to_owned(),
        value: value.to_owned(),
        wanted,
    };
    let Some((column, text)) = said else {
        return match named {
            Some(unit) => Ok(unit),
            None if quantity.bare => Ok(&quantity.units[0]),
            None => Err(InputError::NoUnit {
                path: place.path.to_owned(),
                line: place.line,
                column: place.column.to_owned(),
                value: place.value.to_owned(),
                wanted: quantity.columns(),
            }),
        };
    };
    let known: Vec<&str> = quantity.units.iter().map(|u| u.suffix).collect();
    let unit = quantity
        .unit(&snake(text))
        .ok_or_else(|| wrong(column, text, format!("one of: {}", known.join(", "))))?;
    match named {
        Some(other) if other.suffix != unit.suffix => Err(wrong(
            column,
            text,
            format!(
                "{}, the unit in the name of column {}",
                other.suffix, place.column
            ),
        )),
        _ => Ok(unit),
    }
}

fn number(quantity: &Quantity, unit: &Unit, place: &Place<'_>) -> Result<f64, InputError> {
    let text = place.value;
    if text.starts_with(['<', '>', '≤', '≥', '＜', '＞']) {
        return Err(place.value(
            "a number: enter the limit itself and keep in mind that the value is only bounded by it",
        ));
    }
    if text.contains(',') {
        return Err(place.value("a number with a decimal point and no thousands separator"));
    }
    let value = text
        .parse::<f64>()
        .ok()
        .filter(|v| v.is_finite())
        .ok_or_else(|| place.value("a number"))?;
    if quantity.percent && unit.suffix == "percent" && value > 0.0 && value < 1.0 && !states_percent(place) {
        return Err(place.value(
            "clearly a percentage: write 12 for 12 %, or end the column name in _percent or _fraction",
        ));
    }
    let canonical = unit.canonical(value);
    if !(quantity.range.0..=quantity.range.1).contains(&canonical) {
        return Err(InputError::Implausible {
            path: place.path.to_owned(),
            line: place.line,
            column: place.column.to_owned(),
            value: text.to_owned(),
            detail: format!(
                "{canonical} {}, outside {} to {}",
                quantity.shown, quantity.range.0, quantity.range.1
            ),
        });
    }
    Ok(canonical)
}

fn states_percent(place: &Place<'_>) -> bool {
    snake(place.column).ends_with("_percent")
}

fn yes_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "あり" | "有" => Some(true),
        "no" | "n" | "false" | "0" | "なし" | "無" => Some(false),
        _ => None,
    }
}

fn count(text: &str, most: u32) -> Option<u32> {
    text.parse::<u32>().ok().filter(|n| *n <= most)
}

fn heavy_chain(text: &str) -> Option<HeavyChain> {
    match text.to_lowercase().trim_start_matches("ig") {
        "g" => Some(HeavyChain::IgG),
        "a" => Some(HeavyChain::IgA),
        "m" => Some(HeavyChain::IgM),
        "d" => Some(HeavyChain::IgD),
        "e" => Some(HeavyChain::IgE),
        "none" | "no" | "なし" => Some(HeavyChain::None),
        _ => None,
    }
}

fn light_chain(text: &str) -> Option<LightChain> {
    match text.to_lowercase().as_str() {
        "kappa" | "k" | "κ" => Some(LightChain::Kappa),
        "lambda" | "l" | "λ" => Some(LightChain::Lambda),
        _ => None,
    }
}

/// Splits at commas, semicolons and bars outside brackets, since t(4;14) holds a semicolon.
fn list(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut parts = vec![String::new()];
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' | '|' | '、' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.extend(c.to_lowercase().filter(|c| !c.is_whitespace()));
        }
    }
    parts.retain(|p| !p.is_empty());
    parts
}

fn fish(text: &str) -> Option<Vec<Fish>> {
    let parts = list(text);
    if matches!(parts.as_slice(), [only] if matches!(only.as_str(), "normal" | "none" | "なし" | "正常"))
    {
        return Some(Vec::new());
    }
    let mut found = parts
        .iter()
        .map(|part| {
            Some(match part.as_str() {
                "t(4;14)" => Fish::T4_14,
                "t(14;16)" => Fish::T14_16,
                "t(14;20)" => Fish::T14_20,
                "t(11;14)" => Fish::T11_14,
                "+1q" | "1q+" | "1qgain" | "gain1q" | "gain(1q)" | "gain(1q21)" | "amp1q" | "amp(1q)"
                | "amp(1q21)" | "+1q21" | "1q21+" | "dup(1q)" => Fish::Gain1q,
                "del13q" | "del(13q)" | "del13" | "del(13)" | "-13" | "monosomy13" | "13q-"
                | "del(13q14)" => Fish::Del13q,
                "del17p" | "del(17p)" | "-17" | "monosomy17" | "17p-" | "del(17p13)" => Fish::Del17p,
                "hyperdiploidy" | "hyperdiploid" => Fish::Hyperdiploidy,
                _ => return None,
            })
        })
        .collect::<Option<Vec<Fish>>>()?;
    found.sort();
    found.dedup();
    (!found.is_empty()).then_some(found)
}

fn crab(text: &str) -> Option<Vec<Crab>> {
    let parts = list(text);
    if matches!(parts.as_slice(), [only] if matches!(only.as_str(), "none" | "no" | "なし")) {
        return Some(Vec::new());
    }
    let mut found = parts
        .iter()
        .map(|part| {
            Some(match part.as_str() {
                "c" => Crab::C,
                "r" => Crab::R,
                "a" => Crab::A,
                "b" => Crab::B,
                _ => return None,
            })
        })
        .collect::<Option<Vec<Crab>>>()?;
    found.sort();
    found.dedup();
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fish_lists_keep_semicolons_in_brackets() {
        assert_eq!(fish("t(4;14); +1q"), Some(vec![Fish::T4_14, Fish::Gain1q]));
        assert_eq!(
            fish("T(14;16)|del(13q),del 17p"),
            Some(vec![Fish::T14_16, Fish::Del13q, Fish::Del17p])
        );
        assert_eq!(
            fish("-13, hyperdiploidy"),
            Some(vec![Fish::Del13q, Fish::Hyperdiploidy])
        );
        assert_eq!(fish("t(11;14)、t(14;20)"), Some(vec![Fish::T11_14, Fish::T14_20]));
        assert_eq!(fish("normal"), Some(vec![]));
        assert_eq!(fish("normal, +1q"), None);
        assert_eq!(fish("abnormal"), None);
        assert_eq!(fish(";"), None);
        assert_eq!(fish("+1q, gain(1q21)"), Some(vec![Fish::Gain1q]));
    }

    #[test]
    fn chains_letters_and_answers() {
        for (text, expected) in [
            ("IgG", HeavyChain::IgG),
            ("a", HeavyChain::IgA),
            ("igm", HeavyChain::IgM),
            ("IGD", HeavyChain::IgD),
            ("E", HeavyChain::IgE),
            ("none", HeavyChain::None),
        ] {
            assert_eq!(heavy_chain(text), Some(expected));
        }
        assert_eq!(heavy_chain("IgX"), None);
        assert_eq!(light_chain("κ"), Some(LightChain::Kappa));
        assert_eq!(light_chain("L"), Some(LightChain::Lambda));
        assert_eq!(light_chain("mu"), None);
        assert_eq!(
            (yes_no("あり"), yes_no("NO"), yes_no("maybe")),
            (Some(true), Some(false), None)
        );
        assert_eq!(
            (
                count("2", 999),
                count("1000", 999),
                count("1.5", 9),
                count("-1", 9)
            ),
            (Some(2), None, None, None)
        );
        assert_eq!((count("999", 999), count("many", 999)), (Some(999), None));
        assert_eq!(crab("R, a"), Some(vec![Crab::R, Crab::A]));
        assert_eq!(crab("C;B"), Some(vec![Crab::C, Crab::B]));
        assert_eq!(crab("none"), Some(vec![]));
        assert_eq!(crab("X"), None);
    }

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
