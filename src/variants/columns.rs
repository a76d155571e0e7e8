use std::cell::OnceCell;
use std::collections::HashMap;

use super::caller::{self, Caller};
use super::error::ScanError;
use super::header::Header;
use super::input::Input;
use super::reader::Reader;
use super::samples::{NamedColumns, Pairer, Pairing};

/// A sample that a file would be reported by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportColumn {
    /// Its column; `None` for a file without sample columns.
    pub column: Option<String>,
    /// The column of its normal.
    pub normal: Option<String>,
}

/// The header of a file as far as it names samples, read once.
pub struct FileColumns {
    file: String,
    header: Header,
    caller: Caller,
}

impl FileColumns {
    /// Reads the header of a file.
    pub fn read(input: &Input) -> Result<Self, ScanError> {
        let header = Reader::open(input, 1)?.header;
        Ok(Self {
            file: input.display(),
            caller: caller::recognize(&header),
            header,
        })
    }

    /// Prepares to find columns by name.
    pub fn finder(&self) -> ColumnFinder<'_> {
        ColumnFinder {
            file: self,
            pairer: Pairer::new(&self.header, self.caller),
            all: OnceCell::new(),
        }
    }
}

/// Finds the sample columns of a file by name, each without looking through all of them.
pub struct ColumnFinder<'f> {
    file: &'f FileColumns,
    pairer: Pairer<'f>,
    /// What the file is reported by where nothing was named, and where each column stands in it.
    all: OnceCell<(Vec<ReportColumn>, HashMap<String, usize>)>,
}

impl ColumnFinder<'_> {
    /// Returns the samples that [`scan`](super::scan()) would find, in column order.
    pub fn report(&self, named: &NamedColumns) -> Result<Vec<ReportColumn>, ScanError> {
        let samples = &self.file.header.samples;
        let name = |index: usize| samples.get(index).cloned();
        let column = |pair: Pairing| ReportColumn {
            column: pair.column.and_then(name),
            normal: pair.normal.and_then(name),
        };
        match self.pairer.pair(named) {
            Ok(pairs) => Ok(pairs.into_iter().map(column).collect()),
            Err(name) => Err(ScanError::Column {
                file: self.file.file.clone(),
                name,
                columns: self.columns(),
            }),
        }
    }

    /// Returns the only sample of the file, or of several that with the name.
    pub fn report_of(&self, named: &NamedColumns, sample: &str) -> Result<Option<ReportColumn>, ScanError> {
        if *named == NamedColumns::default() {
            return self.one_of_all(sample);
        }
        let mut named = named.clone();
        let is_own_normal = named.normal.as_deref() == Some(sample);
        // With two columns the one that is not the normal is meant, whatever its name.
        if named.tumor.is_none()
            && self.file.header.samples.len() > 2
            && self.pairer.has(sample)
            && !is_own_normal
        {
            named.tumor = Some(sample.to_owned());
        }
        let found = self.report(&named)?;
        Ok(match found.as_slice() {
            [only] => Some(only.clone()),
            several => several
                .iter()
                .find(|c| c.column.as_deref() == Some(sample))
                .cloned(),
        })
    }

    fn one_of_all(&self, sample: &str) -> Result<Option<ReportColumn>, ScanError> {
        if self.all.get().is_none() {
            let all = self.report(&NamedColumns::default())?;
            let places = all.iter().enumerate().rev();
            let places = places
                .filter_map(|(place, c)| Some((c.column.clone()?, place)))
                .collect();
            _ = self.all.set((all, places));
        }
        let Some((all, places)) = self.all.get() else {
            return Ok(None);
        };
        Ok(match all.as_slice() {
            [only] => Some(only.clone()),
            _ => places.get(sample).and_then(|&place| all.get(place)).cloned(),
        })
    }

    /// Names the sample columns, of many the first.
    pub fn columns(&self) -> String {
        columns_text(&self.file.header)
    }
}

/// Names the sample columns, of many the first.
pub(super) fn columns_text(header: &Header) -> String {
    const SHOWN: usize = 20;
    let names = &header.samples[..header.samples.len().min(SHOWN)];
    match header.samples.len() - names.len() {
        _ if names.is_empty() => "none".into(),
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// Reads the header of a file and returns the samples that [`scan`](super::scan()) would find, in column order.
pub fn report_columns(input: &Input, named: &NamedColumns) -> Result<Vec<ReportColumn>, ScanError> {
    FileColumns::read(input)?.finder().report(named)
}
