use super::caller;
use super::error::ScanError;
use super::input::Input;
use super::reader::Reader;
use super::samples::{self, NamedColumns};

/// A sample that a file would be reported by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportColumn {
    /// Its column; `None` for a file without sample columns.
    pub column: Option<String>,
    /// The column of its normal.
    pub normal: Option<String>,
}

/// Reads the header of a file and returns the samples that [`scan`](super::scan()) would find, in column order.
pub fn report_columns(input: &Input, named: &NamedColumns) -> Result<Vec<ReportColumn>, ScanError> {
    let reader = Reader::open(input, 1)?;
    let header = &reader.header;
    let name = |index: usize| header.samples.get(index).cloned();
    let pairs =
        samples::pair(header, caller::recognize(header), named).map_err(|name| ScanError::Column {
            file: input.display(),
            name,
            columns: header.samples.join(", "),
        })?;
    Ok(pairs
        .into_iter()
        .map(|p| ReportColumn {
            column: p.column.and_then(name),
            normal: p.normal.and_then(name),
        })
        .collect())
}
