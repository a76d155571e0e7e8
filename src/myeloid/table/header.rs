use super::TableError;
use crate::myeloid::units::{Quantity, StatedUnits};

/// Names that stand for the name of the patient or sample.
const ID_NAMES: [&str; 4] = ["id", "sample", "patient", "sample_id"];

/// The columns of a table.
#[derive(Clone, Debug)]
pub struct Header {
    path: String,
    names: Vec<String>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column(pub(super) usize);

/// A column with a quantity in a known unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeasuredColumn {
    /// The column.
    pub column: Column,
    /// What it holds.
    pub quantity: Quantity,
    /// What its values must be divided by to come to the unit of the formulas.
    pub divisor: f64,
}

impl Column {
    /// Returns its place, 0-based.
    pub const fn place(self) -> usize {
        self.0
    }
}

impl Header {
    /// Makes a header; `path` is only for messages. Every name may stand once, upper and lower case being the same.
    pub fn new(path: &str, names: Vec<String>) -> Result<Self, TableError> {
        for (index, name) in names.iter().enumerate() {
            if let Some(first) = names[..index].iter().find(|n| n.eq_ignore_ascii_case(name)) {
                return Err(TableError::ColumnTwice {
                    path: path.to_owned(),
                    first: first.clone(),
                    second: name.clone(),
                    what: "the same".into(),
                });
            }
        }
        Ok(Self {
            path: path.to_owned(),
            names,
        })
    }

    /// Returns the file as given.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the name of a column.
    pub fn name(&self, column: Column) -> &str {
        &self.names[column.0]
    }

    /// Returns the column that has one of these names, in any case; an error where two columns have.
    pub fn find(&self, names: &[&str]) -> Result<Option<Column>, TableError> {
        let mut found = self
            .names
            .iter()
            .enumerate()
            .filter(|(_, name)| names.iter().any(|n| n.eq_ignore_ascii_case(name.trim())));
        let first = found.next();
        match (first, found.next()) {
            (Some((_, first)), Some((_, second))) => Err(self.twice(first, second, names[0])),
            (first, _) => Ok(first.map(|(index, _)| Column(index))),
        }
    }

    /// Returns the column that has one of these names; an error where none has.
    pub fn require(&self, names: &[&str]) -> Result<Column, TableError> {
        self.find(names)?.ok_or_else(|| self.missing(names))
    }

    /// Returns the column that names the patient or sample.
    pub fn id(&self) -> Result<Column, TableError> {
        self.require(&ID_NAMES)
    }

    /// Returns the column of a quantity with the unit that its name or the user states.
    pub fn measured(
        &self,
        quantity: Quantity,
        stated: StatedUnits,
    ) -> Result<Option<MeasuredColumn>, TableError> {
        let mut found: Option<MeasuredColumn> = None;
        for (index, name) in self.names.iter().enumerate() {
            let Some(suffix) = suffix_of(name, quantity) else {
                continue;
            };
            let Some(divisor) = quantity.divisor_of_suffix(suffix, stated) else {
                return Err(TableError::Unit {
                    path: self.path.clone(),
                    column: name.clone(),
                    wanted: match quantity {
                        Quantity::Hemoglobin => "hb_g_dl or hb_g_l",
                        _ => "for example plt_109l or plt_per_ul",
                    },
                });
            };
            if let Some(other) = found {
                return Err(self.twice(self.name(other.column), name, quantity.names()[0]));
            }
            found = Some(MeasuredColumn {
                column: Column(index),
                quantity,
                divisor,
            });
        }
        Ok(found)
    }

    /// Returns the column of a quantity; an error where there is none.
    pub fn require_measured(
        &self,
        quantity: Quantity,
        stated: StatedUnits,
    ) -> Result<MeasuredColumn, TableError> {
        self.measured(quantity, stated)?
            .ok_or_else(|| self.missing(quantity.names()))
    }

    fn missing(&self, names: &[&str]) -> TableError {
        TableError::NoColumn {
            path: self.path.clone(),
            column: names.join(" or "),
            found: self.names.join(", "),
        }
    }

    fn twice(&self, first: &str, second: &str, what: &str) -> TableError {
        TableError::ColumnTwice {
            path: self.path.clone(),
            first: first.to_owned(),
            second: second.to_owned(),
            what: what.to_owned(),
        }
    }
}

/// Returns what follows the quantity in a column name: `_g_l` of `hb_g_l`; `None` where the column is of another kind.
fn suffix_of(name: &str, quantity: Quantity) -> Option<&str> {
    let name = name.trim();
    quantity
        .names()
        .iter()
        .filter(|base| {
            name.get(..base.len())
                .is_some_and(|n| n.eq_ignore_ascii_case(base))
                && name[base.len()..]
                    .chars()
                    .next()
                    .is_none_or(|c| !c.is_alphanumeric())
        })
        .map(|base| &name[base.len()..])
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Header {
        Header::new("t.csv", names.iter().map(|&n| n.to_owned()).collect()).unwrap()
    }

    #[test]
    fn finds_columns_in_any_case() {
        let header = header(&["Sample", "HB1", "hb (g/L)", "PLT"]);
        assert_eq!(header.id().unwrap(), Column(0));
        let hb = header
            .require_measured(Quantity::Hemoglobin, StatedUnits::default())
            .unwrap();
        assert_eq!((hb.column, hb.divisor), (Column(2), 10.0));
        assert!(
            header
                .measured(Quantity::Neutrophils, StatedUnits::default())
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn refuses_what_is_twice_or_has_no_known_unit() {
        let error = Header::new("t.csv", vec!["HB".into(), "hb".into()]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "t.csv: columns \"HB\" and \"hb\" both give the same; remove one"
        );
        let error = header(&["HB", "hemoglobin_g_l"])
            .measured(Quantity::Hemoglobin, StatedUnits::default())
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "t.csv: columns \"HB\" and \"hemoglobin_g_l\" both give hb; remove one"
        );
        let error = header(&["hb_mmol_l"])
            .measured(Quantity::Hemoglobin, StatedUnits::default())
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "t.csv: the unit in column name \"hb_mmol_l\" is not known; use hb_g_dl or hb_g_l"
        );
        let error = header(&["a", "b"]).require(&["x", "y"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "t.csv: no column x or y; the first line must name the columns (found: a, b)"
        );
    }
}
