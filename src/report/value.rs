//! Typed cells: what a column holds is said once, and text tables, workbooks and JSON write it each in their way.

use serde_json::json;

use crate::text;

/// What a list is written as that is known to have no entry; an empty cell would mean that it is not known.
const EMPTY_LIST: &str = "none";

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// Several texts.
    List,
    /// A whole number, 0 or more.
    Integer,
    /// A share of 1 with six decimals.
    Fraction,
    /// Any other number, in its shortest exact form.
    Number,
    /// True or false.
    Boolean,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: not known, not assessed, or not applicable.
    Missing,
    /// A text.
    Text(String),
    /// Several texts, in order.
    List(Vec<String>),
    /// A whole number.
    Integer(u64),
    /// A finite number, with so many decimals, or as many as it takes.
    Number {
        /// The number.
        value: f64,
        /// Decimals it is written with; `None` where its shortest exact form is written.
        digits: Option<u8>,
    },
    /// True or false.
    Boolean(bool),
}

/// A value that can stand in a column.
pub trait Cell {
    /// Type of the column.
    const KIND: Kind;
    /// Whether the value may be missing.
    const OPTIONAL: bool = false;

    /// Returns the value.
    fn value(&self) -> Value;
}

/// A fraction, written with six decimals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fraction(pub f64);

/// Any other number that is not whole, written in its shortest exact form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number(pub f64);

/// Number below which a text table has an exponent.
const SMALLEST_WRITTEN_OUT: f64 = 1e-5;

/// Several texts in one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List(pub Vec<String>);

impl<T: ToString> FromIterator<T> for List {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().map(|item| item.to_string()).collect())
    }
}

impl Kind {
    /// Decimals of a fraction.
    const FRACTION_DIGITS: u8 = 6;

    /// Returns its name in the data dictionary.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::List => "list",
            Self::Integer => "integer",
            Self::Fraction => "fraction",
            Self::Number => "number",
            Self::Boolean => "boolean",
        }
    }
}

impl Value {
    /// Makes a number; what is not finite is missing.
    fn number(value: f64, digits: Option<u8>) -> Self {
        if value.is_finite() {
            Self::Number { value, digits }
        } else {
            Self::Missing
        }
    }

    /// Returns the cell of a text table: no tab, no line break, no quotation mark (see [`text::cell`]).
    pub fn cell(&self) -> String {
        match self {
            Self::Missing => String::new(),
            Self::Text(text) => text::cell(text).into_owned(),
            Self::List(items) => list_cell(items),
            Self::Integer(number) => number.to_string(),
            Self::Number { value, digits } => match digits {
                Some(digits) => format!("{value:.*}", usize::from(*digits)),
                // A hundred zeros in front are no help to anybody, and every reader knows exponents.
                None if *value != 0.0 && value.abs() < SMALLEST_WRITTEN_OUT => format!("{value:e}"),
                None => value.to_string(),
            },
            Self::Boolean(yes) => yes.to_string(),
        }
    }

    /// Reads a cell of a text table; `None` where it is none of its kind.
    pub fn read(kind: Kind, cell: &str) -> Option<Self> {
        if cell.is_empty() {
            return Some(Self::Missing);
        }
        let number = |digits| Some(Self::number(cell.parse().ok()?, digits));
        match kind {
            Kind::Text => Some(Self::Text(text::from_cell(cell).into_owned())),
            Kind::List if cell == EMPTY_LIST => Some(Self::List(Vec::new())),
            Kind::List => {
                let items = cell.split(';').map(|item| text::from_cell(item).into_owned());
                Some(Self::List(items.collect()))
            }
            Kind::Integer => cell.parse().ok().map(Self::Integer),
            Kind::Fraction => number(Some(Kind::FRACTION_DIGITS)),
            Kind::Number => number(None),
            Kind::Boolean => cell.parse().ok().map(Self::Boolean),
        }
    }

    /// Returns the value as JSON: what is missing is null, numbers have the digits of the table.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Self::Missing => serde_json::Value::Null,
            Self::Text(text) => json!(text),
            Self::List(items) => json!(items),
            Self::Integer(number) => json!(number),
            Self::Number { value, digits: None } => json!(value),
            Self::Number { .. } => self
                .cell()
                .parse::<f64>()
                .map_or(serde_json::Value::Null, |rounded| json!(rounded)),
            Self::Boolean(yes) => json!(yes),
        }
    }
}

/// Joins the items by `;`, which within an item is `\u{3b}`.
fn list_cell(items: &[String]) -> String {
    match items {
        [] => EMPTY_LIST.to_owned(),
        // An only item of that name is no empty list.
        [only] if only == EMPTY_LIST => "\\u{6e}one".to_owned(),
        items => {
            let cells = items.iter().map(|item| text::cell(item).replace(';', "\\u{3b}"));
            cells.collect::<Vec<_>>().join(";")
        }
    }
}

impl Cell for String {
    const KIND: Kind = Kind::Text;

    fn value(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl Cell for &'static str {
    const KIND: Kind = Kind::Text;

    fn value(&self) -> Value {
        Value::Text((*self).to_owned())
    }
}

impl Cell for List {
    const KIND: Kind = Kind::List;

    fn value(&self) -> Value {
        Value::List(self.0.clone())
    }
}

impl Cell for Fraction {
    const KIND: Kind = Kind::Fraction;

    fn value(&self) -> Value {
        Value::number(self.0, Some(Kind::FRACTION_DIGITS))
    }
}

impl Cell for Number {
    const KIND: Kind = Kind::Number;

    fn value(&self) -> Value {
        Value::number(self.0, None)
    }
}

impl Cell for bool {
    const KIND: Kind = Kind::Boolean;

    fn value(&self) -> Value {
        Value::Boolean(*self)
    }
}

impl Cell for u32 {
    const KIND: Kind = Kind::Integer;

    fn value(&self) -> Value {
        Value::Integer(u64::from(*self))
    }
}

impl Cell for u64 {
    const KIND: Kind = Kind::Integer;

    fn value(&self) -> Value {
        Value::Integer(*self)
    }
}

impl Cell for usize {
    const KIND: Kind = Kind::Integer;

    fn value(&self) -> Value {
        Value::Integer(*self as u64)
    }
}

impl<T: Cell> Cell for Option<T> {
    const KIND: Kind = T::KIND;
    const OPTIONAL: bool = true;

    fn value(&self) -> Value {
        self.as_ref().map_or(Value::Missing, Cell::value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(items: &[&str]) -> Value {
        Value::List(items.iter().map(|&item| item.to_owned()).collect())
    }

    #[test]
    fn cells_read_back_as_the_value_they_were_written_from() {
        for (kind, value, cell) in [
            (Kind::Text, Value::Missing, ""),
            (Kind::Text, Value::Text("a\"\t".to_owned()), "a\\u{22}\\t"),
            (Kind::List, Value::Missing, ""),
            (Kind::List, list(&[]), "none"),
            (Kind::List, list(&["none"]), "\\u{6e}one"),
            (Kind::List, list(&["TET2", "a;b"]), "TET2;a\\u{3b}b"),
            (Kind::Integer, Value::Integer(812), "812"),
            (Kind::Fraction, Fraction(0.1).value(), "0.100000"),
            (Kind::Number, Number(-0.36).value(), "-0.36"),
            (Kind::Number, Number(0.000_031).value(), "0.000031"),
            (Kind::Number, Number(-3.1e-200).value(), "-3.1e-200"),
            (Kind::Number, Number(0.0).value(), "0"),
            (Kind::Boolean, Value::Boolean(false), "false"),
        ] {
            assert_eq!(value.cell(), cell);
            assert_eq!(Value::read(kind, cell), Some(value), "{cell}");
        }
        assert_eq!(Value::read(Kind::Integer, "x"), None);
        assert_eq!(Value::read(Kind::Boolean, "1"), None);
    }

    #[test]
    fn json_has_the_digits_of_the_table_and_null_for_what_is_missing() {
        assert_eq!(Fraction(1.0 / 3.0).value().json(), json!(0.333_333));
        assert_eq!(Number(f64::NAN).value().json(), json!(null));
        assert_eq!(list(&["a"]).json(), json!(["a"]));
        assert_eq!(None::<bool>.value().json(), json!(null));
    }
}
