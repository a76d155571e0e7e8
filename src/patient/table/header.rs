use std::cell::RefCell;
use std::collections::HashMap;

use super::super::names::key;
use super::TableError;
use crate::tables::{Dot, list, shown, unread};

/// Names that stand for the name of the patient or sample, by preference: a table may name both the patient and the sample.
const ID_NAMES: [&[&str]; 2] = [
    &[
        "id",
        "sample",
        "sample_id",
        "sample_name",
        "検体",
        "検体ID",
        "検体番号",
        "検体名",
        "サンプルID",
        "サンプル名",
    ],
    &[
        "patient",
        "patient_id",
        "patient_name",
        "患者",
        "患者ID",
        "患者番号",
        "症例",
        "症例ID",
        "症例番号",
    ],
];

/// Returns the names of the column that names the sample, by preference.
fn sample_names() -> impl Iterator<Item = &'static str> {
    std::iter::once("sample").chain(ID_NAMES.into_iter().flatten().copied())
}

/// Returns where among the names of columns that of the sample stands, 0-based.
pub(crate) fn sample_place(names: &[String]) -> Option<usize> {
    let keys: Vec<String> = names.iter().map(|name| key(name)).collect();
    sample_names().find_map(|wanted| keys.iter().position(|k| *k == key(wanted)))
}

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
            (Some(first), Some(second)) => Err(self.twice(Column(first), Column(second), names[0])),
            (Some(index), None) => {
                self.use_column(index);
                Ok(Some(Column(index)))
            }
            (None, _) => Ok(None),
        }
    }

    /// Returns the column that names the sample: `sample`, else the first of its other names.
    pub(crate) fn sample(&self) -> Result<Column, TableError> {
        for name in sample_names() {
            if let Some(column) = self.find(&[name])? {
                return Ok(column);
            }
        }
        Err(self.missing(&["sample", "id"]))
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

    /// Returns the columns with their names, those without one left out.
    pub(in crate::patient) fn columns(&self) -> impl Iterator<Item = (Column, &str)> {
        let names = self.names.iter().enumerate();
        names
            .filter(|(_, name)| !name.is_empty())
            .map(|(index, name)| (Column(index), name.as_str()))
    }

    /// Names columns that are known, whether the table has them or not.
    pub(in crate::patient) fn know<'n>(&self, names: impl Iterator<Item = &'n str>) {
        self.asked.borrow_mut().extend(names.map(str::to_owned));
    }

    /// Says that somebody reads a column.
    pub(crate) fn claim(&self, column: Column) {
        self.use_column(column.0);
    }

    /// Returns the error that none of these columns is there.
    pub(in crate::patient) fn missing(&self, names: &[&str]) -> TableError {
        TableError::NoColumn {
            path: self.path.clone(),
            column: names[..names.len().min(NAMES_SHOWN)].join(" or "),
            found: list(&self.names),
        }
    }

    /// Returns the error that two columns say the same.
    pub(in crate::patient) fn twice(&self, first: Column, second: Column, what: &str) -> TableError {
        TableError::ColumnTwice {
            path: self.path.clone(),
            first: shown(self.name(first)),
            second: shown(self.name(second)),
            what: what.to_owned(),
        }
    }

    /// Returns the error that the unit in a name is not known.
    pub(in crate::patient) fn unknown_unit(&self, name: &str, wanted: &str) -> TableError {
        TableError::Unit {
            path: self.path.clone(),
            column: shown(name),
            wanted: wanted.to_owned(),
        }
    }
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
        assert_eq!(header.find(&["hb_g_l"]).unwrap(), Some(Column(2)));
        assert!(header.find(&["anc"]).unwrap().is_none());
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
            "患者ID",
            "患者 ID",
            "患者ＩＤ",
            "症例番号",
            "検体番号",
            "サンプル名",
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
        header.claim(Column(2));
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
        let error = header(&["a", "b"]).missing(&["x", "y"]);
        assert_eq!(
            error.to_string(),
            "t.csv: no column x or y; the first line must name the columns (found: a, b)"
        );
    }
}
