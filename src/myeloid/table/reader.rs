use std::io::{BufRead, BufReader, Read};

use csv::StringRecord;

use super::{Header, Row, TableError};

/// How much of a file is looked at to tell its delimiter; the header line of a wide table fits.
const BUFFER_BYTES: usize = 1 << 16;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads a CSV or TSV table row by row.
#[derive(Debug)]
pub struct TableReader<R> {
    csv: csv::Reader<BufReader<R>>,
    header: Header,
    record: StringRecord,
    /// Lines end in carriage return and line feed.
    crlf: bool,
}

impl<R: Read> TableReader<R> {
    /// Starts to read; `path` is only for messages.
    ///
    /// The delimiter is the tab where the first line holds one, else the comma or the semicolon, whichever is more
    /// frequent there.
    pub fn new(reader: R, path: &str) -> Result<Self, TableError> {
        let csv_error = |message: String| TableError::Csv {
            path: path.to_owned(),
            message,
        };
        let mut reader = BufReader::with_capacity(BUFFER_BYTES, reader);
        let start = reader.fill_buf().map_err(|e| csv_error(e.to_string()))?;
        if start.starts_with(BYTE_ORDER_MARK) {
            reader.consume(BYTE_ORDER_MARK.len());
        }
        let start = reader.fill_buf().map_err(|e| csv_error(e.to_string()))?;
        let first_line = start.split(|b| *b == b'\n').next().unwrap_or(start);
        let (delimiter, crlf) = (
            crate::tables::delimiter(&String::from_utf8_lossy(first_line)),
            first_line.ends_with(b"\r"),
        );
        // Cells are trimmed where they are looked at: the reader would copy every record for it.
        let mut csv = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(reader);
        let names = csv
            .headers()
            .map_err(|e| csv_error(e.to_string()))?
            .iter()
            .map(|name| name.trim().to_owned())
            .collect();
        Ok(Self {
            csv,
            header: Header::new(path, names)?,
            record: StringRecord::new(),
            crlf,
        })
    }

    /// Returns the columns.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Reads the next row that is not empty; `None` at the end.
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, TableError> {
        loop {
            let more = self
                .csv
                .read_record(&mut self.record)
                .map_err(|e| TableError::Csv {
                    path: self.header.path().to_owned(),
                    message: e.to_string(),
                })?;
            if !more {
                return Ok(None);
            }
            if !self.record.iter().all(|cell| cell.trim().is_empty()) {
                break;
            }
        }
        let line = self.line();
        Ok(Some(Row::new(&self.header, &self.record, line)))
    }

    /// Returns the 1-based line on which the last record begins.
    ///
    /// The position that the CSV reader keeps with a record is where it began to look for it: before empty lines, and
    /// before the line feed that belongs to the carriage return of the line above.
    fn line(&self) -> u64 {
        let after = self.csv.position().line();
        let began = self.record.position().map_or(after, csv::Position::line);
        let inside: usize = self.record.iter().map(|f| f.matches('\n').count()).sum();
        let ended = u64::from(!self.crlf && after > began);
        after.saturating_sub(ended + inside as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_each_delimiter_with_and_without_a_byte_order_mark() {
        for delimiter in [",", "\t", ";"] {
            for mark in ["", "\u{feff}"] {
                let text = format!("{mark}{}", ["ID", "x\na", "1\n\nb", "2\n"].join(delimiter));
                let mut reader = TableReader::new(text.as_bytes(), "t").unwrap();
                let id = reader.header().id().unwrap();
                let mut actual = Vec::new();
                while let Some(row) = reader.next_row().unwrap() {
                    actual.push((row.line(), row.text(id).unwrap().to_owned()));
                }
                assert_eq!(actual, [(2, "a".to_owned()), (4, "b".to_owned())], "{text:?}");
            }
        }
    }

    #[test]
    fn counts_lines_as_an_editor_does() {
        for end in ["\n", "\r\n"] {
            let text = ["ID,x", "a,1", "", "", "b,2", "c,3", ""].join(end);
            let mut reader = TableReader::new(text.as_bytes(), "t").unwrap();
            let mut actual = Vec::new();
            while let Some(row) = reader.next_row().unwrap() {
                actual.push(row.line());
            }
            assert_eq!(actual, [2, 5, 6], "{text:?}");
        }
    }

    /// A cell may hold line ends, and the last line may lack its own.
    #[test]
    fn counts_lines_within_cells_and_without_a_last_line_end() {
        for (text, expected) in [
            ("ID,x\na,1", &[2][..]),
            ("ID,x\na,\"1\n1\"\nb,2\n", &[2, 4]),
            ("ID,x\na,1\nb,\"2\n\n2\"\nc,3", &[2, 3, 6]),
        ] {
            let mut reader = TableReader::new(text.as_bytes(), "t").unwrap();
            let mut actual = Vec::new();
            while let Some(row) = reader.next_row().unwrap() {
                actual.push(row.line());
            }
            assert_eq!(actual, expected, "{text:?}");
        }
    }

    #[test]
    fn names_the_line_of_a_row_of_another_length() {
        let mut reader = TableReader::new("ID,x\na\n".as_bytes(), "t.csv").unwrap();
        let error = reader.next_row().unwrap_err().to_string();
        assert!(
            error.starts_with("t.csv: CSV error: record 1 (line: 2"),
            "{error}"
        );
    }
}
