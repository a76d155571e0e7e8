use std::cell::RefCell;
use std::collections::HashMap;

use super::super::units::{Quantity, StatedUnits};
use super::TableError;
use crate::tables::{Dot, key, list, plain, shown, unread};

/// Names that stand for the name of the patient or sample, by preference: a table may name both the patient and the sample.
const ID_NAMES: [&[&str]; 2] = [
    &["id", "sample", "sample_id", "sample_name"],
    &["patient", "patient_id", "patient_name"],
];

/// Names that an error lists of those that would do.
const NAMES_SHOWN: usize = 4;

/// The columns of a table.
#[derive(Clone, Debug)]
pub struct Header {
    path: String,
    names: Vec<String>,
    /// What of each name is compared.
    keys: Vec<String>,
    /// Whether somebody has asked for the column.
    used: RefCell<Vec<bool>>,
    /// Every name that was asked for.
    asked: RefCell<Vec<String>>,
    /// What the dot of a number means.
    dot: Dot,
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
        let mut first: HashMap<String, usize> = HashMap::with_capacity(names.len());
        for (index, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            if let Some(first) = first.insert(name.to_lowercase(), index) {
                return Err(TableError::ColumnTwice {
                    path: path.to_owned(),
                    first: shown(&names[first]),
                    second: shown(name),
                    what: format!("the same (they are columns {} and {})", first + 1, index + 1),
                });
            }
        }
        Ok(Self {
            path: path.to_owned(),
            keys: names.iter().map(|name| key(name)).collect(),
            used: RefCell::new(vec![false; names.len()]),
            asked: RefCell::default(),
            names,
            dot: Dot::default(),
        })
    }

    /// Says what the dot of a number means.
    pub(crate) const fn with_dot(mut self, dot: Dot) -> Self {
        self.dot = dot;
        self
    }

    pub(super) const fn dot(&self) -> Dot {
        self.dot
    }

    /// Returns the file as given.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the name of a column.
    pub fn name(&self, column: Column) -> &str {
        &self.names[column.0]
    }

    /// Returns the columns that nobody has asked for.
    pub fn unread(&self) -> Vec<String> {
        let used = self.used.borrow();
        let names = self.names.iter().zip(used.iter());
        names
            .filter(|(name, used)| !**used && !name.is_empty())
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// Returns the names that were asked for so far.
    pub fn known(&self) -> Vec<String> {
        self.asked.borrow().clone()
    }

    /// Returns what to say of columns that nobody has asked for, each with the known name that it is nearest to.
    pub fn unread_warning(&self) -> Option<String> {
        let asked = self.asked.borrow();
        let known: Vec<&str> = asked.iter().map(String::as_str).collect();
        unread(&self.unread(), &known)
    }

    fn use_column(&self, index: usize) {
        if let Some(used) = self.used.borrow_mut().get_mut(index) {
            *used = true;
        }
    }

    /// Returns the column that has one of these names, in any case and with any signs between the letters (`FLT3-ITD`,
    /// `flt3_itd`); an error where two columns have.
    pub fn find(&self, names: &[&str]) -> Result<Option<Column>, TableError> {
        self.asked
            .borrow_mut()
            .extend(names.iter().map(|&n| n.to_owned()));
        let wanted: Vec<String> = names.iter().map(|n| key(n)).collect();
        let mut found = (0..self.names.len()).filter(|i| wanted.contains(&self.keys[*i]));
        let first = found.next();
        match (first, found.next()) {
            (Some(first), Some(second)) => Err(self.twice(&self.names[first], &self.names[second], names[0])),
            (Some(index), None) => {
                self.use_column(index);
                Ok(Some(Column(index)))
            }
            (None, _) => Ok(None),
        }
    }

    /// Returns the column that has one of these names; an error where none has.
    pub fn require(&self, names: &[&str]) -> Result<Column, TableError> {
        self.find(names)?.ok_or_else(|| self.missing(names))
    }

    /// Returns the column that names the patient or sample.
    pub fn id(&self) -> Result<Column, TableError> {
        for names in ID_NAMES {
            if let Some(column) = self.find(names)? {
                return Ok(column);
            }
        }
        Err(self.missing(ID_NAMES[0]))
    }

    /// Returns the column of a quantity with the unit that its name or the user states.
    pub fn measured(
        &self,
        quantity: Quantity,
        stated: StatedUnits,
    ) -> Result<Option<MeasuredColumn>, TableError> {
        let mut found: Option<MeasuredColumn> = None;
        self.asked
            .borrow_mut()
            .extend(quantity.names().iter().map(|&n| n.to_owned()));
        for (index, name) in self.names.iter().enumerate() {
            let plain = plain(name);
            let Some(suffix) = suffix_of(&plain, quantity) else {
                continue;
            };
            let Some(divisor) = quantity.divisor_of_suffix(suffix, stated) else {
                return Err(TableError::Unit {
                    path: self.path.clone(),
                    column: shown(name),
                    wanted: match quantity {
                        Quantity::Hemoglobin => "hb_g_dl or hb_g_l",
                        _ => "for example plt_109l or plt_per_ul",
                    },
                });
            };
            if let Some(other) = found {
                return Err(self.twice(self.name(other.column), name, quantity.names()[0]));
            }
            self.use_column(index);
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
            column: names[..names.len().min(NAMES_SHOWN)].join(" or "),
            found: list(&self.names),
        }
    }

    fn twice(&self, first: &str, second: &str, what: &str) -> TableError {
        TableError::ColumnTwice {
            path: self.path.clone(),
            first: shown(first),
            second: shown(second),
            what: what.to_owned(),
        }
    }
}

/// Returns what follows the quantity in a column name: `_g_l` of `hb_g_l`; `None` where the column is of another kind.
fn suffix_of(name: &str, quantity: Quantity) -> Option<&str> {
    quantity
        .names()
        .iter()
        .filter_map(|base| {
            let rest = rest_after(name, base)?;
            rest.chars()
                .next()
                .is_none_or(|c| !c.is_alphanumeric())
                .then_some(rest)
        })
        // The longest name leaves least: `platelet_count` before `platelet`.
        .min_by_key(|rest| rest.len())
}

/// Returns what stands behind a known name, in which an underscore may be a blank or a hyphen.
fn rest_after<'n>(name: &'n str, base: &str) -> Option<&'n str> {
    let start = name.get(..base.len())?;
    let same = |(a, b): (u8, u8)| a.eq_ignore_ascii_case(&b) || b == b'_' && matches!(a, b' ' | b'-');
    start
        .bytes()
        .zip(base.bytes())
        .all(same)
        .then(|| &name[base.len()..])
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
    fn the_sample_goes_before_the_patient() {
        for name in [
            "ID",
            "sample",
            "Sample ID",
            "sample-name",
            "Patient",
            "PATIENT_ID",
        ] {
            assert_eq!(header(&[name]).id().unwrap(), Column(0), "{name}");
        }
        assert_eq!(header(&["patient", "sample"]).id().unwrap(), Column(1));
        let both = header(&["ID", "sample"]).id().unwrap_err().to_string();
        assert!(both.contains("\"ID\" and \"sample\""), "{both}");
    }

    #[test]
    fn knows_what_nobody_asked_for() {
        let header = header(&["ID", "FLT3-ITD", "Platelet Count (x10^9/L)", "karyotyp", ""]);
        header.id().unwrap();
        assert!(header.find(&["FLT3_ITD"]).unwrap().is_some());
        assert!(header.find(&["karyotype"]).unwrap().is_none());
        let platelets = header.require_measured(Quantity::Platelets, StatedUnits::default());
        assert_eq!(platelets.unwrap().column, Column(2));
        assert_eq!(header.unread(), ["karyotyp"]);
        assert_eq!(
            header.unread_warning().unwrap(),
            "unknown column karyotyp (did you mean karyotype?) is not used"
        );
    }

    #[test]
    fn refuses_what_is_twice_or_has_no_known_unit() {
        let error = Header::new("t.csv", vec!["HB".into(), "hb".into()]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "t.csv: columns \"HB\" and \"hb\" both give the same (they are columns 1 and 2); remove one"
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
