//! Which sample belongs to which batch or run: a table of a laboratory's own.

use std::collections::HashMap;
use std::io::Read;

use crate::tables::{Records, key, list, short};

/// Why the table cannot be used. Lines are 1-based; the header is line 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchTableError {
    /// It is no table, or a row has another number of cells than the header.
    #[error("batches {file}: {message}")]
    Table {
        /// File as given.
        file: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// A column is missing.
    #[error(
        "batches {file}: no column {column:?}; the first line must name the columns sample and batch (found: {found})"
    )]
    Column {
        /// File as given.
        file: String,
        /// The column.
        column: &'static str,
        /// Columns found.
        found: String,
    },
    /// A sample stands in two batches.
    #[error(
        "batches {file}, line {line}: sample {sample:?} is of batch {batch:?}, and of another in a line before; leave one of them out"
    )]
    Twice {
        /// File as given.
        file: String,
        /// Line.
        line: u64,
        /// The sample.
        sample: String,
        /// The batch.
        batch: String,
    },
}

/// Reads the batch of each sample, from a table with the columns `sample` and `batch` (or `run`); a cell that is empty is no batch.
/// `file` is only for messages.
///
/// # Errors
///
/// Where it is no such table, or contradicts itself.
pub fn read_batches(reader: impl Read, file: &str) -> Result<HashMap<String, String>, BatchTableError> {
    let table = |message: String| BatchTableError::Table {
        file: file.to_owned(),
        message,
    };
    let mut records = Records::new(reader, None).map_err(|e| table(e.to_string()))?;
    let columns = records.header.clone();
    let find = |names: &[&'static str]| {
        let place = columns
            .iter()
            .position(|name| names.contains(&key(name).as_str()));
        place.ok_or_else(|| BatchTableError::Column {
            file: file.to_owned(),
            column: names.first().copied().unwrap_or_default(),
            found: list(&columns),
        })
    };
    let (sample, batch) = (find(&["sample"])?, find(&["batch", "run"])?);
    let mut batches = HashMap::new();
    let mut record = csv::StringRecord::new();
    while let Some((line, unfit)) = records.next(&mut record).map_err(|e| table(e.to_string()))? {
        if let Some(unfit) = unfit {
            return Err(table(format!("line {line}: {unfit}")));
        }
        record.trim();
        let cell = |place: usize| record.get(place).unwrap_or_default().to_owned();
        let (sample, batch) = (cell(sample), cell(batch));
        if sample.is_empty() || batch.is_empty() {
            continue;
        }
        if batches.get(&sample).is_some_and(|known| *known != batch) {
            return Err(BatchTableError::Twice {
                file: file.to_owned(),
                line,
                sample: short(&sample).into_owned(),
                batch: short(&batch).into_owned(),
            });
        }
        batches.insert(sample, batch);
    }
    Ok(batches)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<HashMap<String, String>, String> {
        read_batches(text.as_bytes(), "b.csv").map_err(|e| e.to_string())
    }

    #[test]
    fn reads_batches_and_says_what_is_wrong() {
        let batches = read("Sample,date,Run\nS1,x,r1\nS2,,\nS1,y,r1\n").unwrap();
        assert_eq!(batches, HashMap::from([("S1".to_owned(), "r1".to_owned())]));
        assert!(
            read("sample\tlane\nS1\t3\n")
                .unwrap_err()
                .contains("no column \"batch\"")
        );
        let twice = read("sample,batch\nS1,a\nS1,b\n").unwrap_err();
        assert!(twice.contains("line 3") && twice.contains("\"b\""), "{twice}");
    }
}
