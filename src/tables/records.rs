//! Records of a table, each with the line on which it begins.

use std::io::{Cursor, Read};

use csv::StringRecord;

use super::decode::decode;
use super::workbook::{self, Kind};
use super::{Dot, MAX_BYTES, MAX_COLUMNS, Unreadable};

/// Reads a table record by record. The whole of it lies in memory.
#[derive(Debug)]
pub(crate) struct Records {
    csv: csv::Reader<Cursor<Vec<u8>>>,
    /// Names of the columns, without blanks around them.
    pub header: Vec<String>,
    /// What had to be assumed or chosen.
    pub notes: Vec<String>,
    /// What the dot of a number means.
    pub dot: Dot,
    delimiter: u8,
    is_workbook: bool,
}

/// What is wrong with the form of a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unfit {
    /// It has another number of cells than the header.
    #[error("{found} where the header has {wanted}{hint}", found = cells(*.found), wanted = cells(*.wanted))]
    Ragged {
        /// Cells of the record.
        found: usize,
        /// Cells of the header.
        wanted: usize,
        /// What may be the cause.
        hint: &'static str,
    },
    /// A quote is opened and never closed: the rest of the file is one cell.
    #[error("a quotation mark is opened here and closed nowhere; close it, or remove it")]
    Quote,
}

fn cells(count: usize) -> String {
    format!("{count} cell{}", if count == 1 { "" } else { "s" })
}

impl Records {
    /// Starts to read; of a workbook the worksheet named, or numbered from 1 on, else the first.
    pub(crate) fn new(reader: impl Read, worksheet: Option<&str>) -> Result<Self, Unreadable> {
        let bytes = bytes(reader)?;
        match workbook::kind(&bytes) {
            Some(kind) => Self::of_workbook(bytes, kind, worksheet),
            None => Self::of_text(bytes),
        }
    }

    fn of_workbook(bytes: Vec<u8>, kind: Kind, worksheet: Option<&str>) -> Result<Self, Unreadable> {
        let sheet = workbook::read(bytes, kind, worksheet)?;
        let mut records = Self::with(sheet.text, b',', true)?;
        records.dot = sheet.dot;
        records.notes.extend(sheet.notes);
        Ok(records)
    }

    fn of_text(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        let decoded = decode(bytes)?;
        let (delimiter, skipped) = delimiter(&decoded.text);
        let mut text = decoded.text;
        // Excel's own line `sep=;` is left out, and counted as an empty one.
        text.replace_range(..skipped, "");
        if let Some(sign) = other_separator(&text, delimiter) {
            return Err(Unreadable(format!(
                "its cells seem to be parted by {sign}; part them with commas, semicolons or tabs"
            )));
        }
        let dot = dot(&text, delimiter);
        let mut records = Self::with(text, delimiter, false)?;
        records.dot = dot;
        records.notes.extend(decoded.assumed);
        Ok(records)
    }

    fn with(text: String, delimiter: u8, is_workbook: bool) -> Result<Self, Unreadable> {
        // Cells are trimmed where they are looked at: the reader would copy every record for it.
        let csv = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(Cursor::new(text.into_bytes()));
        let mut records = Self {
            csv,
            header: Vec::new(),
            notes: Vec::new(),
            dot: Dot::default(),
            delimiter,
            is_workbook,
        };
        let mut record = StringRecord::new();
        let Some(line) = records.advance(&mut record)? else {
            return Err(Unreadable(
                "nothing in it; the first line must name the columns".to_owned(),
            ));
        };
        if record.len() > MAX_COLUMNS {
            return Err(Unreadable(format!(
                "line {line} has {}, which no table of patients has",
                cells(record.len())
            )));
        }
        if records.is_unclosed(&record) {
            return Err(Unreadable(format!("line {line}: {}", Unfit::Quote)));
        }
        records.header = record.iter().map(|name| name.trim().to_owned()).collect();
        // Spreadsheets leave separators behind where columns were emptied.
        while records.header.last().is_some_and(String::is_empty) {
            records.header.pop();
        }
        Ok(records)
    }

    /// Reads the next record that is not empty, its cells not trimmed; returns its line and what is wrong with its form.
    pub(crate) fn next(
        &mut self,
        record: &mut StringRecord,
    ) -> Result<Option<(u64, Option<Unfit>)>, Unreadable> {
        let line = self.advance(record)?;
        Ok(line.map(|line| (line, self.unfit(record))))
    }

    fn advance(&mut self, record: &mut StringRecord) -> Result<Option<u64>, Unreadable> {
        loop {
            let more = self
                .csv
                .read_record(record)
                .map_err(|e| Unreadable(e.to_string()))?;
            if !more {
                return Ok(None);
            }
            if !record.iter().all(|cell| cell.trim().is_empty()) {
                return Ok(Some(self.line(record)));
            }
        }
    }

    /// Returns the 1-based line on which a record begins: the position that the csv crate keeps lies before the empty lines that
    /// it skipped.
    fn line(&self, record: &StringRecord) -> u64 {
        let Some(position) = record.position() else {
            return 0;
        };
        let begin = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let text = self.csv.get_ref().get_ref();
        let skipped = text.iter().skip(begin).take_while(|b| **b == b'\n');
        position.line() + skipped.map(|_| 1).sum::<u64>()
    }

    fn unfit(&self, record: &StringRecord) -> Option<Unfit> {
        if self.is_unclosed(record) {
            return Some(Unfit::Quote);
        }
        let (found, wanted) = (record.len(), self.header.len());
        let extra = record.iter().skip(wanted).any(|cell| !cell.trim().is_empty());
        // A worksheet has no cell behind the last one of a row.
        if (found < wanted && !self.is_workbook) || extra {
            let hint = match self.delimiter {
                b',' if extra => {
                    "; a decimal comma, or another within a cell, needs quotation marks or semicolons between the cells"
                }
                _ if extra => "; remove what stands behind the last column, or name it",
                _ => "; a cell that is not known stays empty between its separators",
            };
            return Some(Unfit::Ragged { found, wanted, hint });
        }
        None
    }

    /// Whether a record ends with the file inside quotation marks.
    fn is_unclosed(&self, record: &StringRecord) -> bool {
        let text = self.csv.get_ref().get_ref();
        let end = usize::try_from(self.csv.position().byte()).unwrap_or(usize::MAX);
        if end < text.len() || !record.iter().any(|cell| cell.contains('\n')) {
            return false;
        }
        let begin = record.position().map_or(0, csv::Position::byte);
        let begin = usize::try_from(begin).unwrap_or(usize::MAX).min(text.len());
        memchr::memchr_iter(b'"', &text[begin..]).count() % 2 == 1
    }
}

/// Reads a file whole, within the limit.
pub(super) fn bytes(reader: impl Read) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    reader
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Unreadable(e.to_string()))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Unreadable(format!(
            "larger than {} MiB, which no table of patients is; split it",
            MAX_BYTES >> 20
        )));
    }
    Ok(bytes)
}

/// Returns the separator of a table, and how many bytes of a line say nothing else.
///
/// What `sep=` names in the first line, as Excel writes and reads it; else, outside quotation marks of the first line that is not
/// empty, the tab where there is one, else comma, semicolon or vertical line, whichever is most frequent.
fn delimiter(text: &str) -> (u8, usize) {
    let first = text.lines().next().unwrap_or("");
    let said = first.trim().trim_matches('"').to_ascii_lowercase();
    if let Some(separator) = said
        .strip_prefix("sep=")
        .and_then(|s| s.bytes().next().or(Some(b'\t')))
        && matches!(separator, b',' | b';' | b'\t' | b'|')
    {
        return (separator, first.len());
    }
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let mut quoted = false;
    let (mut tabs, mut commas, mut semicolons, mut lines) = (0, 0, 0, 0);
    for byte in header.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'\t' => tabs += 1,
            b',' => commas += 1,
            b';' => semicolons += 1,
            b'|' => lines += 1,
            _ => {}
        }
    }
    let separator = if tabs > 0 {
        b'\t'
    } else if lines > semicolons.max(commas) {
        b'|'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    };
    (separator, 0)
}

/// Returns the name of the sign that parts the cells of a text without any of the separators that are read: one that is as often
/// in the first line as in the second.
fn other_separator(text: &str, delimiter: u8) -> Option<&'static str> {
    const SIGNS: [(&[char], &str); 7] = [
        (&['，', '、'], "full-width commas"),
        (&['；'], "full-width semicolons"),
        (&['｜'], "full-width lines"),
        (&[':'], "colons"),
        (&['^'], "the sign ^"),
        (&['~'], "the sign ~"),
        (&[' ', '\u{3000}'], "blanks"),
    ];
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let header = lines.next()?;
    if header.contains(char::from(delimiter)) {
        return None;
    }
    let row = lines.next()?;
    // Of blanks a row is one, however many there are.
    let parts = |line: &str, signs: &[char]| line.split(signs).filter(|part| !part.is_empty()).count();
    SIGNS
        .into_iter()
        .find(|(signs, _)| parts(header, signs) > 1 && parts(row, signs) == parts(header, signs))
        .map(|(_, name)| name)
}

/// Tells from the cells of a text what the dot of its numbers means. Spreadsheets write semicolons where commas part decimals.
fn dot(text: &str, delimiter: u8) -> Dot {
    let is_quoted = || memchr::memchr(b'"', text.as_bytes()).is_some();
    let has_comma = || text.contains([',', '，']);
    let doubtful = delimiter == b';';
    let is_clear = match delimiter {
        // Without quotation marks a cell holds no comma but a full-width one.
        b',' => !is_quoted() && !text.contains('，'),
        b';' => false,
        _ => !has_comma(),
    };
    if is_clear {
        return Dot::default();
    }
    let mut csv = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    // A line that cannot be read is told by who reads the cells.
    let records = csv.byte_records().map_while(Result::ok);
    let cells = records.flat_map(|record| {
        let cells = record.iter().filter(|cell| looks_decimal(cell));
        cells
            .map(|c| String::from_utf8_lossy(c).into_owned())
            .collect::<Vec<_>>()
    });
    Dot::of(cells, doubtful)
}

/// Whether a cell may be a number with decimals, told fast.
fn looks_decimal(cell: &[u8]) -> bool {
    /// Longer ones are none that anybody typed.
    const LONGEST: usize = 64;
    cell.len() <= LONGEST
        && cell.iter().any(u8::is_ascii_digit)
        && memchr::memchr2(b'.', b',', cell).is_some()
        || cell.len() <= LONGEST && !cell.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line and cells of every record, or what is wrong with it.
    fn read(text: &str) -> Vec<(u64, Result<Vec<String>, String>)> {
        let mut records = Records::new(text.as_bytes(), None).unwrap();
        let mut record = StringRecord::new();
        let mut found = Vec::new();
        while let Some((line, unfit)) = records.next(&mut record).unwrap() {
            let cells = record.iter().map(str::to_owned).collect();
            found.push((line, unfit.map_or(Ok(cells), |u| Err(u.to_string()))));
        }
        found
    }

    fn lines(text: &str) -> Vec<u64> {
        read(text).into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn tells_the_separator_outside_quotation_marks() {
        for (text, expected) in [
            ("ID,x\na,1\n", b','),
            ("ID;\"a, b, c\";x\na;1;2\n", b';'),
            ("ID\tx;y\n", b'\t'),
            ("\n\nID;x\n", b';'),
            ("ID\n", b','),
            ("ID|hb|plt\n", b'|'),
            ("ID;a|b;c\n", b';'),
            ("sep=;\nID,a;x\n", b';'),
            ("\"sep=\t\"\nID\tx\n", b'\t'),
        ] {
            assert_eq!(delimiter(text).0, expected, "{text:?}");
        }
        assert_eq!(lines("sep=;\nID;x\na;1\n"), [3]);
    }

    /// Such a table had one column with a long name.
    #[test]
    fn cells_that_are_parted_otherwise_are_told() {
        for (text, expected) in [
            ("ID hb plt\na 9.6 80\n", "blanks"),
            ("ID   hb plt\na  9.6    80\n", "blanks"),
            ("ID，hb，plt\na，9.6，80\n", "full-width commas"),
            ("ID:hb:plt\na:9.6:80\n", "colons"),
        ] {
            let error = Records::new(text.as_bytes(), None).unwrap_err().to_string();
            assert!(error.contains(expected) && error.contains("tabs"), "{error}");
        }
        for text in ["sample id\na\n", "ID\na b\n", "ID\n"] {
            assert!(Records::new(text.as_bytes(), None).is_ok(), "{text:?}");
        }
        assert_eq!(read("ID|hb\na|9,6\n")[0], (2, Ok(vec!["a".into(), "9,6".into()])));
    }

    #[test]
    fn the_dot_is_told_by_all_cells_of_a_table() {
        let of = |text: &str| Records::new(text.as_bytes(), None).unwrap().dot;
        for text in [
            "ID;hb;plt\na;9;1.250\nb;9,6;80\n",
            "ID\thb\tplt\na\t9,6\t1.250\n",
            "ID,hb,plt\na,\"9,6\",1.250\n",
            "ID,hb,plt\na,９，６,1.250\n",
            "ID|hb|plt\na|9,6|1.250\n",
            "ID;plt\na;1.250\n",
        ] {
            assert_eq!(of(text), Dot::MayPartThousands, "{text:?}");
        }
        for text in [
            "ID,plt\na,1.250\n",
            "ID;hb;plt\na;9.6;1.250\n",
            "ID\tkaryotype\tplt\na\t46,XX\t1.250\n",
            "ID,genes,plt\na,\"TET2,ASXL1\",1.250\n",
        ] {
            assert_eq!(of(text), Dot::Decimals, "{text:?}");
        }
    }

    #[test]
    fn counts_lines_as_an_editor_does() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["ID,x", "a,1", "", "", "b,2", ",", "c,3", ""].join(end);
            assert_eq!(lines(&text), [2, 5, 7], "{text:?}");
        }
        for (text, expected) in [
            ("ID,x\na,1", &[2][..]),
            ("ID,x\na,\"1\n1\"\nb,2\n", &[2, 4]),
            ("ID,x\na,1\nb,\"2\n\n2\"\nc,3", &[2, 3, 6]),
        ] {
            assert_eq!(lines(text), expected, "{text:?}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_the_form_of_a_record() {
        let found = read("ID,HB,PLT\na\nb,9,6,80\nc,9,80,,\nd,9,\n");
        let short = "1 cell where the header has 3 cells; a cell that is not known stays empty between its separators";
        assert_eq!(found[0], (2, Err(short.to_owned())));
        let long = found[1].1.clone().unwrap_err();
        assert!(
            long.starts_with("4 cells where the header has 3 cells; a decimal comma"),
            "{long}"
        );
        assert!(found[2].1.is_ok() && found[3].1.is_ok());
        let open = read("ID,x\na,\"1\nb,2\nc,3\n");
        assert!(
            open[0].1.clone().unwrap_err().contains("closed nowhere"),
            "{open:?}"
        );
        assert_eq!(read("ID,x\na,5\" \n").len(), 1);
    }

    #[test]
    fn empty_columns_behind_the_last_are_left_out() {
        let records = Records::new("ID,x,,\na,1,,\n".as_bytes(), None).unwrap();
        assert_eq!(records.header, ["ID", "x"]);
        assert!(Records::new("".as_bytes(), None).is_err());
        assert!(Records::new("\n,,\n".as_bytes(), None).is_err());
    }
}
