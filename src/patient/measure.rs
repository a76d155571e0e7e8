//! A number with its unit, from the cells of a row.

use super::answers::{is_dash, is_missing};
use super::fields::Field;
use super::table::{Cell, CellError, Column, Row};
use super::units::{Quantity, StatedUnits, Unit};

/// Where the column of a quantity stands, and what it says of the unit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    /// The value.
    pub value: Option<Column>,
    /// The unit that the name of the column states.
    pub named: Option<&'static Unit>,
    /// The column that states the unit of each row.
    pub unit: Option<Column>,
}

/// A quantity to read.
pub(super) struct Measure<'f> {
    pub field: &'static Field,
    pub quantity: &'static Quantity,
    pub found: &'f Found,
    pub stated: StatedUnits,
}

impl Measure<'_> {
    /// Returns the value in the unit of the formulas.
    pub(super) fn read(&self, cell: &Cell<'_>, row: &Row<'_>) -> Result<Option<f64>, CellError> {
        if is_dash(cell.text) {
            return Ok(None);
        }
        let in_row = self.in_row(row)?;
        let (number, has_sign) = match cell.text.strip_suffix(['%', '％']) {
            Some(number) => (number.trim_end(), true),
            None => (cell.text, false),
        };
        let unit = if has_sign {
            self.per_cent(cell, in_row)?
        } else {
            in_row
                .or(self.found.named)
                .or_else(|| self.quantity.unit_unstated(self.stated))
                .ok_or_else(|| self.without_unit(cell))?
        };
        let value = row
            .dot()
            .number(number)
            .map_err(|why| cell.error(&why.wanted(&self.given(unit))))?;
        let is_clear = has_sign || in_row.or(self.found.named).is_some();
        if self.quantity.may_be_fraction && !is_clear && value > 0.0 && value < 1.0 {
            return Err(cell.error(
                "clearly a percentage: write 12 for 12 %, or end the column name in _percent or _fraction",
            ));
        }
        let value = unit.canonical(value);
        if self.quantity.is_plausible(value) {
            Ok(Some(value))
        } else {
            Err(cell.error(&self.believed(unit)))
        }
    }

    /// Returns the unit of the row, and refuses one that is not known or not that of the column's name.
    fn in_row(&self, row: &Row<'_>) -> Result<Option<&'static Unit>, CellError> {
        let Some(cell) = row
            .cell(self.found.unit)
            .filter(|c| !is_missing(c.text) && !is_dash(c.text))
        else {
            return Ok(None);
        };
        let Some(unit) = self.quantity.unit_named(cell.text) else {
            let known: Vec<&str> = self.quantity.units.iter().map(|unit| unit.shown).collect();
            return Err(cell.error(&format!(
                "a unit of {}: {}",
                self.field.label.en(),
                known.join(" or ")
            )));
        };
        match self.found.named {
            Some(named) if named.ending != unit.ending => Err(cell.error(&format!(
                "{}, the unit in the name of column {}",
                named.shown,
                self.found.value.map_or_else(String::new, |c| row.name(c))
            ))),
            _ => Ok(Some(unit)),
        }
    }

    /// Returns the unit of a number with the sign of per cent behind it.
    fn per_cent(&self, cell: &Cell<'_>, in_row: Option<&'static Unit>) -> Result<&'static Unit, CellError> {
        let per_cent = self.quantity.per_cent();
        match (per_cent, in_row.or(self.found.named)) {
            (Some(per_cent), Some(other)) if per_cent.ending != other.ending => {
                Err(cell.error(&format!("a {}, as the name of its column says", other.ending)))
            }
            (Some(per_cent), _) => Ok(per_cent),
            (None, unit) => {
                let unit = unit
                    .or_else(|| self.quantity.unit_unstated(self.stated))
                    .or(self.quantity.units.first());
                Err(cell.error(&unit.map_or_else(|| "a number".to_owned(), |unit| self.given(unit))))
            }
        }
    }

    fn without_unit(&self, cell: &Cell<'_>) -> CellError {
        let names: Vec<String> = self
            .quantity
            .units
            .iter()
            .map(|unit| self.field.name_in(unit))
            .collect();
        let (column, names) = (self.field.name(), names.join(", "));
        cell.wrong(&format!(
            "has no unit; name the column one of: {names}, or add a column {column}_unit"
        ))
    }

    /// Says what a column wants, in its unit.
    fn given(&self, unit: &Unit) -> String {
        format!("{} from {}", self.field.label.en(), self.limits(unit))
    }

    /// Says what is believed, in the unit of the column, and how a column of another unit is called.
    fn believed(&self, unit: &Unit) -> String {
        let mut wanted = format!("plausible for {}: {}", self.field.label.en(), self.limits(unit));
        let others: Vec<String> = self
            .quantity
            .units
            .iter()
            .filter(|other| other.ending != unit.ending)
            .map(|other| format!("{} ({})", self.field.name_in(other), other.shown))
            .collect();
        if !others.is_empty() {
            wanted.push_str("; for another unit name the column ");
            wanted.push_str(&others.join(" or "));
        }
        wanted
    }

    fn limits(&self, unit: &Unit) -> String {
        let Quantity {
            range, above_zero, ..
        } = self.quantity;
        let (low, high) = (unit.limit(range.0), unit.limit(range.1));
        if *above_zero > 0.0 {
            format!("0 or {} to {high} {}", unit.limit(*above_zero), unit.shown)
        } else {
            format!("{low} to {high} {}", unit.shown)
        }
    }
}
