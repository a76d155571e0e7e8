//! Reads the fields of one visit, whichever file they come from.

use std::borrow::Cow;

use super::columns::{Columns, Role, sample_of};
use super::input_error::{InputError, Row};
use super::units::{Quantity, Unit, snake};
use crate::patient::PlasmaInput;
use crate::tables::{Dot, plain, short, shown};

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

/// Where messages point to.
struct Place<'a> {
    path: &'a str,
    line: u64,
    column: &'a str,
    value: &'a str,
    dot: Dot,
}

impl Place<'_> {
    fn value(&self, wanted: &str) -> InputError {
        InputError::Value {
            path: self.path.to_owned(),
            line: self.line,
            column: shown(self.column),
            value: short(self.value).into_owned(),
            wanted: wanted.to_owned(),
        }
    }
}

/// Reads one visit.
pub(crate) fn visit(columns: &Columns, values: &[&str], path: &str, line: u64) -> Row {
    let sample = sample_of(columns, values).to_owned();
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
            dot: columns.dot,
        };
        let absent = MISSING.contains(&value.to_lowercase().as_str());
        match role {
            Some(Role::Text(text)) if text.name == "sample" && absent => {
                return Err(place.value("a name"));
            }
            Some(Role::Text(text)) if !absent => {
                // A name stays as it is written.
                let value = if text.name == "sample" {
                    Cow::Borrowed(*value)
                } else {
                    plain(value)
                };
                (text.set)(&mut input, &value).ok_or_else(|| place.value(text.wanted))?;
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
        column: shown(column),
        value: short(value).into_owned(),
        wanted,
    };
    let Some((column, text)) = said else {
        return match named {
            Some(unit) => Ok(unit),
            None if quantity.bare => Ok(&quantity.units[0]),
            None => Err(InputError::NoUnit {
                path: place.path.to_owned(),
                line: place.line,
                column: shown(place.column),
                value: short(place.value).into_owned(),
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
                other.suffix,
                shown(place.column)
            ),
        )),
        _ => Ok(unit),
    }
}

fn number(quantity: &Quantity, unit: &Unit, place: &Place<'_>) -> Result<f64, InputError> {
    let text = place.value;
    // `12 %` says its unit itself.
    let said = quantity.percent && text.ends_with(['%', '％']);
    let text = if said {
        text.trim_end_matches(['%', '％'])
    } else {
        text
    };
    let value = place.dot.number(text);
    let value = value.map_err(|why| place.value(&why.wanted("a number")))?;
    if !value.is_finite() {
        return Err(place.value("a number"));
    }
    if said && unit.suffix != "percent" {
        return Err(place.value("a fraction, as the name of its column says"));
    }
    let clear = said || states_percent(place);
    if quantity.percent && unit.suffix == "percent" && value > 0.0 && value < 1.0 && !clear {
        return Err(place.value(
            "clearly a percentage: write 12 for 12 %, or end the column name in _percent or _fraction",
        ));
    }
    let canonical = unit.canonical(value);
    if !(quantity.range.0..=quantity.range.1).contains(&canonical) {
        return Err(InputError::Implausible {
            path: place.path.to_owned(),
            line: place.line,
            column: shown(place.column),
            value: short(text).into_owned(),
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
