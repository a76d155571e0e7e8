//! The clinical columns that a table has, and what its rows say in them.

use std::borrow::Cow;

use super::answers::{UNCLEAR_DASH, YES_OR_NO, is_dash, yes_or_no};
use super::entry::Entry;
use super::fields::{Field, Kind, Meaning, Reader, fields, meaning};
use super::measure::{Found, Measure};
use super::names::behind;
use super::table::{Cell, CellError, Column, Header, Row, TableError};
use super::units::StatedUnits;

/// The clinical columns of a table that one reader takes.
#[derive(Clone, Debug)]
pub struct ClinicalColumns {
    /// In the order of the list of columns, which is that of a row's errors.
    found: Vec<(&'static Field, Found)>,
    /// What units the user stated for columns that name none.
    stated: StatedUnits,
}

impl ClinicalColumns {
    /// Finds the columns; any may be absent, and is then not known for any row.
    ///
    /// # Errors
    ///
    /// Where two columns give the same, or a name ends in a unit that is not known for its quantity.
    pub fn new(header: &Header, reader: Reader, stated: StatedUnits) -> Result<Self, TableError> {
        let mut columns = Self {
            found: Vec::new(),
            stated,
        };
        header.know(
            fields()
                .filter(|f| f.is_for(reader))
                .flat_map(|f| f.names.iter().copied()),
        );
        for (column, name) in header.columns() {
            match meaning(name) {
                Some((field, meaning)) if field.is_for(reader) => {
                    columns.add(header, field, column, meaning)?;
                    header.claim(column);
                }
                Some(_) => {}
                None => refuse_unit(header, reader, name)?,
            }
        }
        let order = |field: &Field| fields().position(|f| f.name() == field.name());
        columns.found.sort_by_cached_key(|(field, _)| order(field));
        Ok(columns)
    }

    fn add(
        &mut self,
        header: &Header,
        field: &'static Field,
        column: Column,
        meaning: Meaning,
    ) -> Result<(), TableError> {
        let known = self.found.iter().position(|(f, _)| f.name() == field.name());
        let place = known.unwrap_or_else(|| {
            self.found.push((field, Found::default()));
            self.found.len() - 1
        });
        let found = &mut self.found[place].1;
        let (taken, unit) = match meaning {
            Meaning::Value(unit) => (&mut found.value, unit),
            Meaning::Unit => (&mut found.unit, None),
        };
        if let Some(first) = taken.replace(column) {
            return Err(header.twice(first, column, field.name()));
        }
        if matches!(meaning, Meaning::Value(_)) {
            found.named = unit;
        }
        Ok(())
    }

    /// Returns where the column of a documented name stands.
    pub fn column(&self, name: &str) -> Option<Column> {
        let found = self.found.iter().find(|(field, _)| field.name() == name);
        found.and_then(|(_, found)| found.value)
    }

    /// Whether the table has a column.
    pub fn has(&self, name: &str) -> bool {
        self.column(name).is_some()
    }

    /// Returns the cell of a row in the column of a documented name; `None` where there is none or it is not known.
    pub fn cell<'a>(&self, name: &str, row: &Row<'a>) -> Option<Cell<'a>> {
        row.cell(self.column(name))
    }

    /// Sets a column aside for who reads its cells himself; `None` where the table has none.
    pub fn set_aside(&mut self, name: &str) -> Option<Column> {
        let place = self.found.iter().position(|(field, _)| field.name() == name)?;
        self.found.remove(place).1.value
    }

    /// Asserts that a column is there.
    ///
    /// # Errors
    ///
    /// Where the table has none of its names.
    pub fn require(&self, header: &Header, name: &str) -> Result<(), TableError> {
        if self.has(name) {
            return Ok(());
        }
        let names = super::fields::named(name).map_or(&[][..], |field| field.names);
        Err(header.missing(names))
    }

    /// Reads one row.
    ///
    /// # Errors
    ///
    /// For the first cell that cannot be used, in the order of the list of columns.
    pub fn read(&self, row: &Row<'_>) -> Result<Entry, CellError> {
        let mut entry = Entry::default();
        for (field, found) in &self.found {
            take(field, found, self.stated, row, &mut entry)?;
        }
        self.answer_for_flt3(row, &mut entry)?;
        Ok(entry)
    }

    /// FLT3 of IPSS-M is an internal tandem duplication or a mutation of the kinase domain (Bernard 2022): a table that has one of
    /// them alone cannot say that the gene is not mutated.
    fn answer_for_flt3(&self, row: &Row<'_>, entry: &mut Entry) -> Result<(), CellError> {
        let parts = match (entry.clinical.flt3_itd, entry.flt3_tkd) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        };
        let Some(parts) = parts else { return Ok(()) };
        match (entry.clinical.genes.get("FLT3"), self.cell("FLT3", row)) {
            (Some(whole), Some(cell)) if *whole != parts => {
                Err(cell.error("what the columns of its kinds of mutation say; correct one of them"))
            }
            (Some(_), _) => Ok(()),
            (None, _) => {
                entry.clinical.genes.insert(Cow::Borrowed("FLT3"), parts);
                Ok(())
            }
        }
    }
}

/// Refuses a name that begins with a quantity of several units and goes on with none of them.
fn refuse_unit(header: &Header, reader: Reader, name: &str) -> Result<(), TableError> {
    let begins = |field: &'static Field| {
        let quantity = field.quantity()?;
        let long = field
            .names
            .iter()
            .filter(|base| behind(name, base).is_some())
            .map(|base| base.len())
            .max()?;
        Some((long, field, quantity))
    };
    let longest = fields()
        .filter(|f| f.is_for(reader))
        .filter_map(begins)
        .max_by_key(|(long, ..)| *long);
    match longest {
        Some((_, field, quantity)) if quantity.has_scales() => {
            let wanted: Vec<String> = quantity.units.iter().map(|unit| field.name_in(unit)).collect();
            Err(header.unknown_unit(name, &wanted.join(" or ")))
        }
        _ => Ok(()),
    }
}

fn take(
    field: &'static Field,
    found: &Found,
    stated: StatedUnits,
    row: &Row<'_>,
    entry: &mut Entry,
) -> Result<(), CellError> {
    let Some(cell) = row.cell(found.value) else {
        return Ok(());
    };
    match &field.kind {
        Kind::Mutations => {}
        Kind::Quantity(quantity, set) => {
            let measure = Measure {
                field,
                quantity,
                found,
                stated,
            };
            if let Some(value) = measure.read(&cell, row)? {
                set(entry, value);
            }
        }
        Kind::Whole(most, set) => {
            if is_dash(cell.text) {
                return Ok(());
            }
            let wanted = || format!("{}: a whole number from 0 to {most}, or NA", field.label.en());
            let number = row
                .dot()
                .number(cell.text)
                .map_err(|why| cell.error(&why.wanted(&wanted())))?;
            set(entry, whole(number, *most).ok_or_else(|| cell.error(&wanted()))?);
        }
        Kind::YesNo(set) => set(entry, answer(&cell)?),
        Kind::Gene => {
            let answer = answer(&cell)?;
            entry.clinical.genes.insert(Cow::Borrowed(field.name()), answer);
        }
        Kind::Text(text) => {
            if is_dash(cell.text) {
                return if text.can_say_no {
                    Err(cell.error(UNCLEAR_DASH))
                } else {
                    Ok(())
                };
            }
            (text.set)(entry, cell.text).map_err(|refusal| match refusal.0 {
                Some(why) => cell.error(&format!("{} ({why})", text.wanted)),
                None => cell.error(text.wanted),
            })?;
        }
    }
    Ok(())
}

/// Returns a whole number within limits.
fn whole(number: f64, most: u32) -> Option<u32> {
    let is_whole = number.fract().abs() < f64::EPSILON && (0.0..=f64::from(most)).contains(&number);
    // No number of lesions or lineages comes near the limit of the type.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number from 0 to a u32"
    )]
    is_whole.then_some(number as u32)
}

fn answer(cell: &Cell<'_>) -> Result<bool, CellError> {
    yes_or_no(cell.text).ok_or_else(|| {
        cell.error(if is_dash(cell.text) {
            UNCLEAR_DASH
        } else {
            YES_OR_NO
        })
    })
}
