//! What a table is made of: columns that are documented struct fields, and cells that are safe to open anywhere.
//!
//! A table is declared once with `table!`: name, type, example, description and value of each column stand together,
//! so the data dictionary cannot drift from the code.

use std::borrow::Cow;
use std::io::Write;

use super::ReportError;
use crate::text;

/// A column of an output table, for the data dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Name in the header line.
    pub name: &'static str,
    /// `text`, `list`, `integer`, `fraction`, `number` or `boolean`.
    pub kind: &'static str,
    /// Whether the cell may be empty, which means missing.
    pub optional: bool,
    /// A value as it may stand in the table.
    pub example: &'static str,
    /// What the column means.
    pub description: &'static str,
}

/// A row of an output table.
pub trait Row {
    /// The columns, in order.
    const COLUMNS: &'static [Column];

    /// Returns the cells in the order of the columns.
    fn cells(&self) -> Vec<Cow<'_, str>>;
}

/// A value that can stand in a cell.
pub trait Cell {
    /// Name of the type in the data dictionary.
    const KIND: &'static str;
    /// Whether the value may be missing.
    const OPTIONAL: bool = false;

    /// Returns the value as written.
    fn cell(&self) -> Cow<'_, str>;
}

/// A fraction, written with six decimals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fraction(pub f64);

/// Any other number that is not whole, written in its shortest exact form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number(pub f64);

/// Several texts in one cell, joined by `;`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List(pub Vec<String>);

impl<T: ToString> FromIterator<T> for List {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().map(|item| item.to_string()).collect())
    }
}

impl Cell for String {
    const KIND: &'static str = "text";

    fn cell(&self) -> Cow<'_, str> {
        text::tsv(self)
    }
}

impl Cell for &'static str {
    const KIND: &'static str = "text";

    fn cell(&self) -> Cow<'_, str> {
        text::tsv(self)
    }
}

impl Cell for List {
    const KIND: &'static str = "list";

    fn cell(&self) -> Cow<'_, str> {
        Cow::Owned(text::tsv(&self.0.join(";")).into_owned())
    }
}

impl Cell for Fraction {
    const KIND: &'static str = "fraction";

    fn cell(&self) -> Cow<'_, str> {
        if self.0.is_finite() {
            Cow::Owned(format!("{:.6}", self.0))
        } else {
            Cow::Borrowed("")
        }
    }
}

impl Cell for Number {
    const KIND: &'static str = "number";

    fn cell(&self) -> Cow<'_, str> {
        if self.0.is_finite() {
            Cow::Owned(self.0.to_string())
        } else {
            Cow::Borrowed("")
        }
    }
}

impl Cell for bool {
    const KIND: &'static str = "boolean";

    fn cell(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "true" } else { "false" })
    }
}

macro_rules! integer_cells {
    ($($type:ty),*) => {
        $(impl Cell for $type {
            const KIND: &'static str = "integer";

            fn cell(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        })*
    };
}

integer_cells!(u32, u64, usize);

impl<T: Cell> Cell for Option<T> {
    const KIND: &'static str = T::KIND;
    const OPTIONAL: bool = true;

    fn cell(&self) -> Cow<'_, str> {
        self.as_ref().map_or(Cow::Borrowed(""), Cell::cell)
    }
}

/// Declares a row type: for each column its description, name (and header, where that is no Rust name), type, example
/// and value.
macro_rules! table {
    (
        $(#[$meta:meta])*
        $row:ident($($arg:ident: $arg_type:ty),*) {
            $($(#[doc = $doc:literal])+ $name:ident $(as $header:literal)?: $type:ty, $example:literal => $value:expr;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $row {
            $($(#[doc = $doc])+ pub $name: $type,)*
        }

        impl $row {
            /// Makes the row.
            pub fn new($($arg: $arg_type),*) -> Self {
                Self { $($name: $value,)* }
            }
        }

        impl $crate::report::table::Row for $row {
            const COLUMNS: &'static [$crate::report::table::Column] = &[$($crate::report::table::Column {
                name: $crate::report::table::header!($name $($header)?),
                kind: <$type as $crate::report::table::Cell>::KIND,
                optional: <$type as $crate::report::table::Cell>::OPTIONAL,
                example: $example,
                description: concat!($($doc),+),
            },)*];

            fn cells(&self) -> Vec<std::borrow::Cow<'_, str>> {
                vec![$($crate::report::table::Cell::cell(&self.$name),)*]
            }
        }
    };
}

/// The header of a column: the field's name unless another is given.
macro_rules! header {
    ($name:ident $header:literal) => {
        $header
    };
    ($name:ident) => {
        stringify!($name)
    };
}

pub(super) use {header, table};

/// Writes a header line and the rows, tab-separated, lines ending in a line feed.
pub fn write_table<R: Row>(writer: impl Write, rows: impl IntoIterator<Item = R>) -> Result<(), ReportError> {
    let mut table = csv::WriterBuilder::new().delimiter(b'\t').from_writer(writer);
    table.write_record(R::COLUMNS.iter().map(|column| column.name))?;
    for row in rows {
        table.write_record(row.cells().iter().map(|cell| cell.as_bytes()))?;
    }
    table.flush().map_err(ReportError::Write)
}

#[cfg(test)]
mod tests {
    use super::*;

    table! {
        /// A row.
        Sample(name: &str, share: Option<f64>) {
            /// Who.
            name: String, "S1" => name.to_owned();
            /// How much.
            share: Option<Fraction>, "0.020000" => share.map(Fraction);
            /// Which.
            tags: List, "a;b" => ["a", "b"].into_iter().collect();
        }
    }

    #[test]
    fn writes_header_fixed_decimals_and_empty_cells() {
        let mut actual = Vec::new();
        write_table(
            &mut actual,
            [Sample::new("=x\t1", Some(0.1)), Sample::new("b\"c", None)],
        )
        .unwrap();
        let expected = "name\tshare\ttags\n'=x\\t1\t0.100000\ta;b\n\"b\"\"c\"\t\ta;b\n";
        assert_eq!(String::from_utf8(actual).unwrap(), expected);
    }

    #[test]
    fn writes_the_header_of_an_empty_table() {
        let mut actual = Vec::new();
        write_table::<Sample>(&mut actual, []).unwrap();
        assert_eq!(actual, b"name\tshare\ttags\n");
    }

    #[test]
    fn describes_columns() {
        assert_eq!(
            Sample::COLUMNS[1],
            Column {
                name: "share",
                kind: "fraction",
                optional: true,
                example: "0.020000",
                description: " How much.",
            }
        );
    }
}
