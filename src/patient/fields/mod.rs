//! The one list of clinical columns: what each is called, what it holds, in which units, who reads it, and where its value goes.
//!
//! The sample sheet, the tables of `hemoclone score`, the clinical JSON, its schema and docs/clinical-columns.md all come from it.
//! A new column is an entry here, and a field of the record that its value goes to.

mod blood;
mod genetics;
mod marrow;
mod plasma_cell;

use std::collections::HashMap;
use std::sync::OnceLock;

use super::entry::Entry;
use super::names::key;
use super::units::{Quantity, Unit};
use crate::words::Phrase;

/// Who reads a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    /// `analyze`: the sample sheet and the clinical file.
    Analyze,
    /// `score stage`.
    Stage,
    /// `score ipss-m`.
    IpssM,
    /// `score ipss-r`.
    IpssR,
    /// `score karyotype`.
    Karyotype,
    /// `score chrs`.
    Chrs,
    /// `score ccrs`.
    Ccrs,
    /// `score eln`.
    Eln,
    /// `score plasma-cell`, and the visits of a clinical file.
    PlasmaCell,
}

impl Reader {
    /// Returns the command.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Analyze => "analyze",
            Self::Stage => "stage",
            Self::IpssM => "ipss-m",
            Self::IpssR => "ipss-r",
            Self::Karyotype => "karyotype",
            Self::Chrs => "chrs",
            Self::Ccrs => "ccrs",
            Self::Eln => "eln",
            Self::PlasmaCell => "plasma-cell",
        }
    }
}

/// A clinical column.
#[derive(Debug)]
pub struct Field {
    /// Its names, the documented one first, without a unit.
    pub names: &'static [&'static str],
    /// What it holds.
    pub label: Phrase,
    /// What else a person who fills it in must know, English; empty where nothing.
    pub note: &'static str,
    /// Who reads it.
    pub readers: &'static [Reader],
    /// How it is read.
    pub kind: Kind,
}

/// How a column is read, and where its value goes.
#[derive(Debug)]
pub enum Kind {
    /// A number with a unit.
    Quantity(Quantity, fn(&mut Entry, f64)),
    /// A whole number from 0 to the one named.
    Whole(u32, fn(&mut Entry, u32)),
    /// Yes or no.
    YesNo(fn(&mut Entry, bool)),
    /// Whether a gene is mutated, yes or no; its name is that of the column.
    Gene,
    /// A text.
    Text(Text),
    /// A list of mutations, or their number: the scores that take it read it themselves.
    Mutations,
}

/// How a text is read.
#[derive(Debug)]
pub struct Text {
    /// What it must be, as a message says it.
    pub wanted: &'static str,
    /// Whether it can say "none" or "no", so that a hyphen is no empty cell.
    pub can_say_no: bool,
    /// Takes it in.
    pub set: fn(&mut Entry, &str) -> Result<(), Refusal>,
}

/// Why a text cannot be read, where more can be said than what it must be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal(pub Option<String>);

/// Everything that `analyze` and the staging of tables read.
const ROAD: &[Reader] = &[Reader::Analyze, Reader::Stage, Reader::Eln];

/// A column, whose label stands under its documented name in `languages/`.
const fn field(names: &'static [&'static str], kind: Kind) -> Field {
    Field {
        names,
        label: Phrase::new("columns", names[0]),
        note: "",
        readers: ROAD,
        kind,
    }
}

impl Field {
    const fn for_readers(self, readers: &'static [Reader]) -> Self {
        Self { readers, ..self }
    }

    const fn with_note(self, note: &'static str) -> Self {
        Self { note, ..self }
    }

    /// Returns its documented name.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }

    /// Whether somebody reads it.
    pub fn is_for(&self, reader: Reader) -> bool {
        self.readers.contains(&reader)
    }

    /// Returns its quantity, where it holds one.
    pub fn quantity(&self) -> Option<&Quantity> {
        match &self.kind {
            Kind::Quantity(quantity, _) => Some(quantity),
            _ => None,
        }
    }

    /// Returns the name that states a unit.
    pub fn name_in(&self, unit: &Unit) -> String {
        format!("{}_{}", self.name(), unit.ending)
    }
}

const fn text(
    wanted: &'static str,
    can_say_no: bool,
    set: fn(&mut Entry, &str) -> Result<(), Refusal>,
) -> Kind {
    Kind::Text(Text {
        wanted,
        can_say_no,
        set,
    })
}

/// Returns a value, or that the text is not what it must be.
fn or_refused<T>(value: Option<T>) -> Result<T, Refusal> {
    value.ok_or_else(Refusal::default)
}

/// Returns every column, in the order of the documentation.
pub fn fields() -> impl Iterator<Item = &'static Field> {
    [
        blood::FIELDS,
        marrow::FIELDS,
        genetics::FIELDS,
        genetics::GENES,
        plasma_cell::FIELDS,
    ]
    .into_iter()
    .flatten()
}

/// Returns the columns that state whether a gene is mutated.
pub fn gene_fields() -> impl Iterator<Item = &'static Field> {
    genetics::GENES.iter()
}

/// Returns the column of a documented name.
pub fn named(name: &str) -> Option<&'static Field> {
    fields().find(|field| field.name() == name)
}

/// What the name of a column says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meaning {
    /// The value, in the unit that the name states.
    Value(Option<&'static Unit>),
    /// The unit of the value.
    Unit,
}

/// Returns the column that a name stands for.
pub(super) fn meaning(name: &str) -> Option<(&'static Field, Meaning)> {
    static NAMES: OnceLock<HashMap<String, (&'static Field, Meaning)>> = OnceLock::new();
    let names = NAMES.get_or_init(|| spellings().collect());
    names.get(&key(name)).copied()
}

/// Returns every name that is understood, as compared, with what it says.
fn spellings() -> impl Iterator<Item = (String, (&'static Field, Meaning))> {
    fields().flat_map(|field| {
        field.names.iter().flat_map(move |name| {
            let base = key(name);
            let units = field.quantity().map_or(&[][..], |q| q.units);
            let with_unit = units.iter().flat_map({
                let base = base.clone();
                move |unit| {
                    let base = base.clone();
                    let meant = (field, Meaning::Value(Some(unit)));
                    unit.keys().map(move |ending| (base.clone() + &ending, meant))
                }
            });
            let of_unit = field
                .quantity()
                .map(|_| (format!("{base}unit"), (field, Meaning::Unit)));
            let plain = (base, (field, Meaning::Value(None)));
            std::iter::once(plain)
                .chain(with_unit.collect::<Vec<_>>())
                .chain(of_unit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Two columns that answer to one name would be read one for the other.
    #[test]
    fn every_name_stands_for_one_column() {
        let mut first: BTreeMap<String, (&str, String)> = BTreeMap::new();
        for (name, (field, meaning)) in spellings() {
            let meant = (field.name(), format!("{meaning:?}"));
            if let Some(other) = first.insert(name.clone(), meant.clone()) {
                panic!("{name} stands for {other:?} and for {meant:?}");
            }
        }
        assert!(first.len() > 400, "{}", first.len());
    }

    #[test]
    fn every_column_is_told_in_both_languages_and_read_by_somebody() {
        for field in fields() {
            let (group, code) = ("columns", field.label.code());
            assert_eq!(Phrase::find(group, code), Some(field.label), "{field:?}");
            assert!(!field.readers.is_empty(), "{field:?}");
            if let Some(q) = field.quantity() {
                assert!(q.range.0 < q.range.1 && !q.units.is_empty(), "{field:?}");
            }
        }
    }

    #[test]
    fn the_longest_name_wins_and_other_units_and_signs_are_the_same_column() {
        let of = |name: &str| {
            meaning(name).map(|(field, meaning)| match meaning {
                Meaning::Value(None) => field.name().to_owned(),
                Meaning::Value(Some(unit)) => format!("{} in {}", field.name(), unit.shown),
                Meaning::Unit => format!("unit of {}", field.name()),
            })
        };
        for (name, expected) in [
            ("calcium_uln_mg_dl", Some("calcium_uln in mg/dL")),
            ("calcium_unit", Some("unit of calcium")),
            ("crcl_ml_min", Some("egfr in mL/min")),
            ("involved_flc_ratio", Some("involved_flc_ratio")),
            ("HB", Some("hb")),
            ("Hb (g/L)", Some("hb in g/L")),
            ("血色素(g/dL)", Some("hb in g/dL")),
            ("血小板数（万/μL）", Some("plt in 10^4/µL")),
            ("Platelet Count [x10^9/L]", Some("plt in 10^9/L")),
            ("FLT3-ITD", Some("FLT3_ITD")),
            ("-7/del(7q)", Some("del7_7q")),
            ("-17/del(17p)", Some("del17_17p")),
            ("Monosomy 7 / del(7q)", Some("del7_7q")),
            ("BM_BLAST (%)", Some("bm_blast in %")),
            ("Bone Marrow Blasts", Some("bm_blast")),
            ("IPSS-R Cytogenetics", Some("CYTO_IPSSR")),
            ("TP53 max VAF", Some("TP53maxvaf")),
            ("KMT2A/MLL-PTD", Some("MLL_PTD")),
            ("HB1", None),
            ("mood", None),
        ] {
            assert_eq!(of(name).as_deref(), expected, "{name}");
        }
    }
}
