//! Tables as Parquet, for DuckDB, Polars and R: typed columns, row groups of a bounded size.
//!
//! Format: <https://parquet.apache.org/docs/file-format/>; lists are in the three levels of its LogicalTypes.md.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::report::table::Column;
use crate::report::value::{Kind, Value};

/// Rows of a group: so many lie in memory. Groups of a few thousand rows are small for Parquet, but a call has 60 columns of text.
const GROUP: usize = 8192;

/// Why a table could not be written or taken over.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The earlier table has other columns.
    #[error(
        "the table is of another version of this program, which has other columns; make the cohort anew from all reports (--force)"
    )]
    OtherColumns,
    /// It has another number of rows than it should.
    #[error(
        "{found} rows where the cohort has {expected}: it was changed, or is of another cohort; make it anew from all reports (--force)"
    )]
    Rows {
        /// Rows of the file.
        found: u64,
        /// Rows that it should have.
        expected: u64,
    },
    /// A value is none of its column.
    #[error("a value of column {0:?} is not of its type")]
    Kind(&'static str),
    /// It is none that can be taken over, or writing failed.
    #[error(transparent)]
    Parquet(#[from] ParquetError),
    /// The earlier file could not be read.
    #[error(transparent)]
    Read(#[from] std::io::Error),
}

/// A table in the making.
pub struct ParquetTable<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Buffer>,
    rows: usize,
}

impl<W: Write + Send> std::fmt::Debug for ParquetTable<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetTable")
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

impl<W: Write + Send> ParquetTable<W> {
    /// Starts a table of these columns; their descriptions stand in the file's metadata.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written.
    pub fn new(writer: W, name: &str, columns: &[Column]) -> Result<Self, TableError> {
        let schema = schema(name, columns)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            // Rows that come behind those of a table (parquet_end.rs) lie elsewhere than an index would say.
            .set_offset_index_disabled(true)
            .set_created_by(format!("hemoclone version {}", env!("CARGO_PKG_VERSION")))
            .set_key_value_metadata(Some(columns.iter().map(described).collect()))
            .build();
        Ok(Self {
            writer: SerializedFileWriter::new(writer, schema, Arc::new(properties))?,
            columns: columns.iter().map(Buffer::new).collect(),
            rows: 0,
        })
    }

    /// Adds a row, its values in the order of the columns.
    ///
    /// # Errors
    ///
    /// Where a value is of another type than its column, or the file cannot be written.
    pub fn add(&mut self, row: Vec<Value>) -> Result<(), TableError> {
        for (column, value) in self.columns.iter_mut().zip(row) {
            column.add(value)?;
        }
        self.rows += 1;
        if self.rows >= GROUP {
            self.write_group()?;
        }
        Ok(())
    }

    fn write_group(&mut self) -> Result<(), TableError> {
        let mut group = self.writer.next_row_group()?;
        let mut columns = self.columns.iter_mut();
        while let Some(mut writer) = group.next_column()? {
            if let Some(column) = columns.next() {
                column.write(&mut writer)?;
            }
            writer.close()?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    /// Writes the rest and the end of the file, and returns it.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written.
    pub fn finish(mut self) -> Result<W, TableError> {
        if self.rows > 0 {
            self.write_group()?;
        }
        Ok(self.writer.into_inner()?)
    }
}

fn described(column: &Column) -> KeyValue {
    KeyValue::new(
        format!("description:{}", column.name),
        column.description.trim().to_owned(),
    )
}

pub(super) fn schema(name: &str, columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let fields: Result<Vec<TypePtr>, ParquetError> =
        columns.iter().map(|column| field(column).map(Arc::new)).collect();
    let schema = Type::group_type_builder(name).with_fields(fields?).build()?;
    Ok(Arc::new(schema))
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let repetition = if column.optional {
        Repetition::OPTIONAL
    } else {
        Repetition::REQUIRED
    };
    let (physical, logical) = match column.kind {
        Kind::List => return list(column.name, repetition),
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Fraction | Kind::Number => (Physical::DOUBLE, None),
        Kind::Boolean => (Physical::BOOLEAN, None),
    };
    Type::primitive_type_builder(column.name, physical)
        .with_repetition(repetition)
        .with_logical_type(logical)
        .build()
}

fn list(name: &str, repetition: Repetition) -> Result<Type, ParquetError> {
    let element = Type::primitive_type_builder("element", Physical::BYTE_ARRAY)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::String))
        .build()?;
    let entries = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![Arc::new(element)])
        .build()?;
    Type::group_type_builder(name)
        .with_repetition(repetition)
        .with_logical_type(Some(LogicalType::List))
        .with_fields(vec![Arc::new(entries)])
        .build()
}

/// The rows of one column that are not written yet.
struct Buffer {
    name: &'static str,
    optional: bool,
    values: Values,
    /// How much of a row's value is there, by the levels of the format.
    definitions: Vec<i16>,
    /// Of lists: 1 where an entry is of the same row as that before it.
    repetitions: Vec<i16>,
}

/// Texts one behind the other: each in a piece of memory of its own would take several times its length.
#[derive(Default)]
struct Texts {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(self.bytes.len());
    }

    /// Returns the texts, and begins anew.
    fn take(&mut self) -> Vec<ByteArray> {
        let all = ByteArray::from(std::mem::take(&mut self.bytes));
        let mut start = 0;
        let texts = self.ends.drain(..).map(|end| {
            let text = all.slice(start, end - start);
            start = end;
            text
        });
        texts.collect()
    }
}

enum Values {
    Text(Texts),
    List(Texts),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Boolean(Vec<bool>),
}

impl Buffer {
    fn new(column: &Column) -> Self {
        let values = match column.kind {
            Kind::Text => Values::Text(Texts::default()),
            Kind::List => Values::List(Texts::default()),
            Kind::Integer => Values::Integer(Vec::new()),
            Kind::Fraction | Kind::Number => Values::Number(Vec::new()),
            Kind::Boolean => Values::Boolean(Vec::new()),
        };
        Self {
            name: column.name,
            optional: column.optional,
            values,
            definitions: Vec::new(),
            repetitions: Vec::new(),
        }
    }

    fn add(&mut self, value: Value) -> Result<(), TableError> {
        // The level of a value that is there.
        let there = i16::from(self.optional);
        let other = TableError::Kind(self.name);
        match (&mut self.values, value) {
            (_, Value::Missing) if self.optional => {
                self.definitions.push(0);
                self.repetitions.push(0);
                return Ok(());
            }
            (Values::List(all), Value::List(items)) => {
                if items.is_empty() {
                    self.definitions.push(there);
                    self.repetitions.push(0);
                }
                for (i, item) in items.into_iter().enumerate() {
                    self.definitions.push(there + 1);
                    self.repetitions.push(i16::from(i > 0));
                    all.push(&item);
                }
                return Ok(());
            }
            (Values::Text(all), Value::Text(text)) => all.push(&text),
            (Values::Integer(all), Value::Integer(number)) => {
                all.push(i64::try_from(number).map_err(|_| other)?);
            }
            (Values::Number(all), number @ Value::Number { .. }) => {
                all.push(number.json().as_f64().ok_or(other)?);
            }
            (Values::Boolean(all), Value::Boolean(yes)) => all.push(yes),
            _ => return Err(other),
        }
        self.definitions.push(there);
        Ok(())
    }

    fn write(&mut self, writer: &mut SerializedColumnWriter<'_>) -> Result<(), TableError> {
        let levels = Levels {
            definitions: self.optional.then_some(&self.definitions),
            repetitions: None,
        };
        match &mut self.values {
            Values::Text(values) => levels.write::<ByteArrayType>(writer, &mut values.take())?,
            Values::List(values) => Levels {
                definitions: Some(&self.definitions),
                repetitions: Some(&self.repetitions),
            }
            .write::<ByteArrayType>(writer, &mut values.take())?,
            Values::Integer(values) => levels.write::<Int64Type>(writer, values)?,
            Values::Number(values) => levels.write::<DoubleType>(writer, values)?,
            Values::Boolean(values) => levels.write::<BoolType>(writer, values)?,
        }
        self.definitions.clear();
        self.repetitions.clear();
        Ok(())
    }
}

struct Levels<'a> {
    definitions: Option<&'a Vec<i16>>,
    repetitions: Option<&'a Vec<i16>>,
}

impl Levels<'_> {
    fn write<T: DataType>(
        &self,
        writer: &mut SerializedColumnWriter<'_>,
        values: &mut Vec<T::T>,
    ) -> Result<(), TableError> {
        let definitions = self.definitions.map(Vec::as_slice);
        let repetitions = self.repetitions.map(Vec::as_slice);
        writer
            .typed::<T>()
            .write_batch(values, definitions, repetitions)?;
        values.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::os::unix::fs::FileExt as _;

    use parquet::file::metadata::RowGroupMetaData;
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::RowAccessor as _;

    use super::super::parquet_end::{append, check, rows_end};
    use super::*;

    const fn column(name: &'static str, kind: Kind, optional: bool) -> Column {
        Column {
            name,
            kind,
            optional,
            example: "",
            description: " What it is.",
        }
    }

    const COLUMNS: &[Column] = &[
        column("sample", Kind::Text, false),
        column("tags", Kind::List, false),
        column("more", Kind::List, true),
        column("depth", Kind::Integer, true),
        column("vaf", Kind::Fraction, true),
        column("yes", Kind::Boolean, false),
    ];

    fn row(i: u32) -> Vec<Value> {
        let list = |n: u32| Value::List((0..n).map(|k| format!("t{k}")).collect());
        vec![
            Value::Text(format!("S{i}")),
            list(i % 3),
            if i.is_multiple_of(4) {
                Value::Missing
            } else {
                list(i % 2)
            },
            if i.is_multiple_of(2) {
                Value::Missing
            } else {
                Value::Integer(u64::from(i))
            },
            Value::Number {
                value: f64::from(i) / 7.0,
                digits: Some(6),
            },
            Value::Boolean(i.is_multiple_of(5)),
        ]
    }

    fn write(rows: std::ops::Range<u32>) -> File {
        let file = tempfile::tempfile().unwrap();
        let mut table = ParquetTable::new(file, "t", COLUMNS).unwrap();
        rows.map(row).try_for_each(|row| table.add(row)).unwrap();
        table.finish().unwrap()
    }

    fn texts(file: File) -> Vec<String> {
        let reader = SerializedFileReader::new(file).unwrap();
        let rows = reader.get_row_iter(None).unwrap();
        rows.map(|row| row.unwrap().to_string()).collect()
    }

    #[test]
    fn values_come_back_typed_and_over_several_groups() {
        let reader = SerializedFileReader::new(write(0..20_000)).unwrap();
        assert_eq!(reader.metadata().num_row_groups(), 3);
        let mut rows = reader.get_row_iter(None).unwrap().skip(7).map(Result::unwrap);
        let seventh = rows.next().unwrap();
        assert_eq!(seventh.get_string(0).unwrap(), "S7");
        assert_eq!(seventh.get_list(1).unwrap().len(), 1);
        assert_eq!(seventh.get_list(2).unwrap().len(), 1);
        assert_eq!(seventh.get_long(3).unwrap(), 7);
        assert!((seventh.get_double(4).unwrap() - 1.0).abs() < 1e-12);
        let eighth = rows.next().unwrap();
        // Not known, known to be none, and a value.
        assert!(eighth.get_list(2).is_err() && eighth.get_long(3).is_err());
        assert_eq!(rows.nth(1).unwrap().get_list(2).unwrap().len(), 0, "row 10");
    }

    #[test]
    fn rows_are_put_behind_those_of_a_table_and_taken_away_again() {
        let whole = texts(write(0..20_000));
        let table = write(0..9_000);
        append(&table, &write(9_000..9_010)).unwrap();
        let (end, before) = (rows_end(&table).unwrap(), table.metadata().unwrap().len());
        let mut last = vec![0; usize::try_from(before - end).unwrap()];
        table.read_exact_at(&mut last, end).unwrap();
        append(&table, &write(9_010..20_000)).unwrap();
        check(&table, "t", COLUMNS, 20_000).unwrap();
        assert_eq!(texts(table.try_clone().unwrap()), whole);
        let reader = SerializedFileReader::new(table.try_clone().unwrap()).unwrap();
        let groups = reader.metadata().row_groups();
        let ordinals: Vec<_> = groups.iter().map(RowGroupMetaData::ordinal).collect();
        assert_eq!(ordinals, [Some(0), Some(1), Some(2), Some(3), Some(4)]);
        table.set_len(end).unwrap();
        table.write_all_at(&last, end).unwrap();
        assert_eq!(texts(table), whole[..9_010]);
    }

    #[test]
    fn another_table_is_refused() {
        let first = write(0..10);
        let message = check(&first, "t", COLUMNS, 11).unwrap_err().to_string();
        assert!(message.contains("10 rows where the cohort has 11"), "{message}");
        let refused = check(&first, "t", &COLUMNS[1..], 10);
        assert!(matches!(refused, Err(TableError::OtherColumns)));
        let file = tempfile::tempfile().unwrap();
        file.write_all_at(b"PAR1 cut PAR1", 0).unwrap();
        assert!(rows_end(&file).is_err() && check(&file, "t", COLUMNS, 0).is_err());
    }
}
