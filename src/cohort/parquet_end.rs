//! Rows behind those of a Parquet table that is there: what it holds stays where it is, and only its end, which tells where everything
//! lies, is written anew.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};

use parquet::errors::ParquetError;
use parquet::file::metadata::{
    ColumnChunkMetaData, FileMetaData, ParquetMetaData, ParquetMetaDataWriter, RowGroupMetaData,
};
use parquet::file::reader::{FileReader as _, SerializedFileReader};

use super::parquet::{TableError, schema};
use crate::report::table::Column;

/// Bytes of the format's name, at both ends of a file.
const MAGIC: u64 = 4;

/// Bytes of the length of the metadata, before the name at the end.
const LENGTH: u64 = 4;

/// Returns where the rows of a table end and its metadata begin, in bytes from its beginning.
///
/// # Errors
///
/// Where it is no such table, or cannot be read.
pub fn rows_end(mut table: &File) -> Result<u64, TableError> {
    let cut = || TableError::Parquet(ParquetError::EOF("the file was cut".to_owned()));
    let length = table.metadata()?.len();
    let at = length.checked_sub(MAGIC + LENGTH).ok_or_else(cut)?;
    let mut bytes = [0; 4];
    table.seek(SeekFrom::Start(at))?;
    table.read_exact(&mut bytes)?;
    let end = at.checked_sub(u64::from(u32::from_le_bytes(bytes)));
    end.filter(|end| *end >= MAGIC).ok_or_else(cut)
}

/// Holds a table against the columns and the number of rows that it should have.
///
/// # Errors
///
/// Where it has others, or cannot be read.
pub fn check(table: &File, name: &str, columns: &[Column], rows: u64) -> Result<(), TableError> {
    let metadata = metadata(table)?;
    let file = metadata.file_metadata();
    if file.schema() != &*schema(name, columns)? {
        return Err(TableError::OtherColumns);
    }
    let found = u64::try_from(file.num_rows()).unwrap_or_default();
    if found != rows {
        return Err(TableError::Rows {
            found,
            expected: rows,
        });
    }
    Ok(())
}

fn metadata(table: &File) -> Result<ParquetMetaData, TableError> {
    let reader = SerializedFileReader::new(table.try_clone()?)?;
    Ok(reader.metadata().clone())
}

/// Puts the rows of another table of the same columns behind those of a table. Where it fails, the table ends anywhere behind [`rows_end`]: what
/// stood from there on brings it back.
///
/// # Errors
///
/// Where either cannot be read, or the table cannot be written.
pub fn append(mut table: &File, mut rows: &File) -> Result<(), TableError> {
    let (earlier, end) = (metadata(table)?, rows_end(table)?);
    let (added, added_end) = (metadata(rows)?, rows_end(rows)?);
    let by = i64::try_from(end.saturating_sub(MAGIC)).map_err(io::Error::other)?;
    let mut groups = earlier.row_groups().to_vec();
    for group in added.row_groups() {
        let number = i32::try_from(groups.len()).map_err(io::Error::other)?;
        groups.push(moved(group, by, number)?);
    }
    table.set_len(end)?;
    table.seek(SeekFrom::Start(end))?;
    rows.seek(SeekFrom::Start(MAGIC))?;
    io::copy(&mut rows.take(added_end.saturating_sub(MAGIC)), &mut table)?;
    let (first, last) = (earlier.file_metadata(), added.file_metadata());
    let all = FileMetaData::new(
        last.version(),
        first.num_rows() + last.num_rows(),
        last.created_by().map(str::to_owned),
        last.key_value_metadata().cloned(),
        last.schema_descr_ptr(),
        last.column_orders().cloned(),
    );
    let metadata = ParquetMetaData::new(all, groups);
    let mut writer = BufWriter::new(table);
    ParquetMetaDataWriter::new(&mut writer, &metadata).finish()?;
    writer.flush()?;
    Ok(())
}

/// Returns a group whose rows lie so many bytes further behind.
fn moved(group: &RowGroupMetaData, by: i64, number: i32) -> Result<RowGroupMetaData, ParquetError> {
    let columns: Result<Vec<ColumnChunkMetaData>, ParquetError> = group
        .columns()
        .iter()
        .map(|column| {
            let dictionary = column.dictionary_page_offset().map(|offset| offset + by);
            let data = column.data_page_offset() + by;
            let moved = column.clone().into_builder().set_data_page_offset(data);
            moved.set_dictionary_page_offset(dictionary).build()
        })
        .collect();
    let mut moved = group.clone().into_builder().set_column_metadata(columns?);
    if let Some(offset) = group.file_offset() {
        moved = moved.set_file_offset(offset + by);
    }
    moved.set_ordinal(number).build()
}
