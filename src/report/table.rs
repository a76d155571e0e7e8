//! What a table is made of: columns that are documented struct fields, and cells that are safe to open anywhere.
//!
//! A table is declared once with `table!`: name, type, example, description and value of each column stand together,
//! so the data dictionary cannot drift from the code.

use std::io::Write;

use super::ReportError;
use super::value::{Kind, Value};

/// A column of an output table, for the data dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Name in the header line.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
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

    /// Returns the values in the order of the columns.
    fn values(&self) -> Vec<Value>;
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
        #[allow(unreachable_pub, reason = "some tables are re-exported, some are not")]
        pub struct $row {
            $($(#[doc = $doc])+ pub $name: $type,)*
        }

        impl $row {
            /// Makes the row.
            #[allow(unreachable_pub, private_interfaces, reason = "some tables are re-exported, some are made of what is not")]
            pub fn new($($arg: $arg_type),*) -> Self {
                Self { $($name: $value,)* }
            }
        }

        impl $crate::report::table::Row for $row {
            const COLUMNS: &'static [$crate::report::table::Column] = &[$($crate::report::table::Column {
                name: $crate::report::table::header!($name $($header)?),
                kind: <$type as $crate::report::value::Cell>::KIND,
                optional: <$type as $crate::report::value::Cell>::OPTIONAL,
                example: $example,
                description: concat!($($doc),+),
            },)*];

            fn values(&self) -> Vec<$crate::report::value::Value> {
                vec![$($crate::report::value::Cell::value(&self.$name),)*]
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

pub(crate) use {header, table};

/// Writes a header line and the rows, tab-separated, lines ending in a line feed. No cell is quoted, for none holds what would
/// need it (see [`Value::cell`]).
pub fn write_table<R: Row>(
    mut writer: impl Write,
    rows: impl IntoIterator<Item = R>,
) -> Result<(), ReportError> {
    let mut write = |line: String| writeln!(writer, "{line}").map_err(ReportError::Write);
    write(header_line(R::COLUMNS))?;
    rows.into_iter().try_for_each(|row| write(line(&row)))?;
    writer.flush().map_err(ReportError::Write)
}

/// Returns the header line of a table, without line feed.
pub fn header_line(columns: &[Column]) -> String {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    names.join("\t")
}

/// Returns a row as a line, without line feed.
pub fn line(row: &impl Row) -> String {
    let cells: Vec<String> = row.values().iter().map(Value::cell).collect();
    cells.join("\t")
}

#[cfg(test)]
mod tests {
    use super::super::value::{Fraction, List};
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
        let expected = "name\tshare\ttags\n'=x\\t1\t0.100000\ta;b\nb\\u{22}c\t\ta;b\n";
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
                kind: Kind::Fraction,
                optional: true,
                example: "0.020000",
                description: " How much.",
            }
        );
    }
}
