//! Workbooks as tables: a worksheet becomes CSV text, a row a line, so that messages name the row that the spreadsheet shows.
//!
//! A workbook is a zip archive, in which a few bytes can stand for gigabytes, and a cell may say that it lies in the last of a
//! million rows. So every part is unpacked within a limit, and only cells that are there take room.

mod cell_format;
mod ods;
mod xlsx;
mod xml;

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Dot, MAX_BYTES, MAX_COLUMNS, Unreadable, cells};

/// Bytes of a part, unpacked, beyond which it is no table of patients: 256 MiB.
const MAX_PART: u64 = 256 << 20;

/// Rows that a worksheet has (Excel specifications and limits).
const MAX_ROWS: u32 = 1 << 20;

/// Cells that are read: 20 million, as many as fit the limit of a part.
const MAX_CELLS: usize = 20_000_000;

/// Empty rows between two others beyond which a warning asks.
const FAR: u32 = 10_000;

/// Beginning of a compound file (MS-CFB 2.2).
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What a workbook is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A zip archive: Office Open XML or OpenDocument.
    Zip,
    /// A compound file: Excel 97 to 2003, or an encrypted workbook.
    Compound,
}

/// Tells a workbook by its first bytes.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(b"PK\x03\x04") {
        Some(Kind::Zip)
    } else if bytes.starts_with(OLE) {
        Some(Kind::Compound)
    } else {
        None
    }
}

/// Reads a worksheet.
pub(super) fn read(bytes: Vec<u8>, kind: Kind, worksheet: Option<&str>) -> Result<Worksheet, Unreadable> {
    if kind == Kind::Compound {
        return Err(Unreadable(
            "a workbook of Excel 97 to 2003 (.xls) or one with a password, neither of which is read; save it as .xlsx without a \
             password, or as CSV"
                .to_owned(),
        ));
    }
    let mut archive = Archive::open(bytes)?;
    if archive.has("content.xml") {
        ods::read(&mut archive, worksheet)
    } else {
        xlsx::read(&mut archive, worksheet)
    }
}

/// A zip archive whose parts are read within limits.
#[derive(Debug)]
struct Archive(ZipArchive<Cursor<Vec<u8>>>);

impl Archive {
    fn open(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        ZipArchive::new(Cursor::new(bytes))
            .map(Self)
            .map_err(|e| damaged(&e.to_string()))
    }

    fn has(&self, name: &str) -> bool {
        self.0.index_for_name(name).is_some()
    }

    /// Returns the text of a part; `None` where there is none.
    fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let failed = |why: String| damaged(&format!("part {}: {why}", cells::shown(name)));
        let entry = match self.0.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(failed(error.to_string())),
        };
        let mut bytes = Vec::new();
        entry
            .take(MAX_PART + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| failed(e.to_string()))?;
        if bytes.len() as u64 > MAX_PART {
            return Err(Unreadable(format!(
                "part {} of the workbook is larger than {} MiB unpacked, which no table of patients is; save the worksheet as CSV",
                cells::shown(name),
                MAX_PART >> 20
            )));
        }
        String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| failed("not in UTF-8".to_owned()))
    }
}

fn damaged(why: &str) -> Unreadable {
    Unreadable(format!(
        "the workbook cannot be read ({}); save it anew as .xlsx, or as CSV",
        cells::shown(why)
    ))
}

fn too_much() -> Unreadable {
    Unreadable(format!(
        "the worksheet has more than {MAX_CELLS} cells or {} MiB of text, which no table of patients has; split it",
        MAX_BYTES >> 20
    ))
}

/// Picks the worksheet named, or numbered from 1 on, else the first; says which where there are several.
fn choose(names: &[String], wanted: Option<&str>) -> Result<(usize, Option<String>), Unreadable> {
    let all = || {
        let quoted: Vec<String> = names.iter().map(|n| format!("{n:?}")).collect();
        cells::list(&quoted)
    };
    if names.is_empty() {
        return Err(Unreadable("a workbook without a worksheet".to_owned()));
    }
    if let Some(wanted) = wanted {
        let by_number = wanted.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        return names
            .iter()
            .position(|n| n == wanted)
            .or(by_number.filter(|n| *n < names.len()))
            .map(|index| (index, None))
            .ok_or_else(|| Unreadable(format!("no sheet {:?}; it has {}", cells::short(wanted), all())));
    }
    let note = (names.len() > 1).then(|| {
        format!(
            "sheet {:?} was read, the first of {} ({}); --sheet chooses another",
            cells::short(&names[0]),
            names.len(),
            all()
        )
    });
    Ok((0, note))
}

/// What a cell holds.
#[derive(Clone, Debug)]
enum Content {
    /// What somebody typed and the spreadsheet did not take for a number.
    Text(String),
    /// A number, a date or an answer of the spreadsheet's own, spelt with a point.
    Typed(String),
}

impl Content {
    fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Typed(text) => text,
        }
    }
}

/// Cells of a worksheet as they come, in rows.
#[derive(Debug, Default)]
struct Grid {
    rows: Vec<(u32, Vec<(u32, Content)>)>,
    count: usize,
    bytes: usize,
}

/// A worksheet as CSV text.
#[derive(Debug)]
pub(super) struct Worksheet {
    pub text: String,
    /// What is to be said of it.
    pub notes: Vec<String>,
    /// What the dot means in the numbers that are texts; those that are none are read as they are in either case.
    pub dot: Dot,
}

impl Grid {
    /// Puts a cell in its place, row and column from 0 on.
    fn put(&mut self, row: u32, column: u32, content: Content) -> Result<(), Unreadable> {
        if row >= MAX_ROWS || column as usize >= MAX_COLUMNS {
            return Err(Unreadable(format!(
                "the workbook has a cell in row {}, column {}, beyond the {MAX_ROWS} rows and {MAX_COLUMNS} columns of a worksheet; \
                 save it anew as .xlsx, or as CSV",
                u64::from(row) + 1,
                u64::from(column) + 1
            )));
        }
        let text = content.as_str();
        if text.trim().is_empty() {
            return Ok(());
        }
        self.count += 1;
        self.bytes += text.len();
        if self.count > MAX_CELLS || self.bytes as u64 > MAX_BYTES {
            return Err(too_much());
        }
        match self.rows.last_mut() {
            Some((last, cells)) if *last == row => cells.push((column, content)),
            _ => self.rows.push((row, vec![(column, content)])),
        }
        Ok(())
    }

    /// Writes CSV text in which line and row are the same; `note` is what is to be said of the worksheet.
    fn into_csv(mut self, note: Option<String>) -> Result<Worksheet, Unreadable> {
        // Rows nearly always stand in order; the sort is stable, so that the later of two values of one cell stays last.
        self.rows.sort_by_key(|(row, _)| *row);
        let notes = note.into_iter().chain(self.far_row()).collect();
        let dot = self.dot();
        let mut text = String::with_capacity(self.bytes + self.count);
        let (mut next, mut line) = (0, None);
        for (row, mut cells) in self.rows {
            if line == Some(row) {
                return Err(damaged(&format!("row {} stands twice", u64::from(row) + 1)));
            }
            line = Some(row);
            while next < row {
                text.push('\n');
                next += 1;
            }
            cells.sort_by_key(|(column, _)| *column);
            if let Some(pair) = cells.windows(2).find(|pair| pair[0].0 == pair[1].0) {
                let column = u64::from(pair[0].0) + 1;
                return Err(damaged(&format!(
                    "column {column} stands twice in row {}",
                    u64::from(row) + 1
                )));
            }
            write_row(&mut text, cells, dot);
            if text.len() as u64 > MAX_BYTES {
                return Err(too_much());
            }
            next += 1;
        }
        Ok(Worksheet { text, notes, dot })
    }

    fn dot(&self) -> Dot {
        let texts = self
            .rows
            .iter()
            .flat_map(|(_, cells)| cells)
            .filter_map(|(_, content)| match content {
                Content::Text(text) => Some(text),
                Content::Typed(_) => None,
            });
        Dot::of(texts, false)
    }

    /// Says which row lies so far below the others that its cell may have strayed; the rows are in order.
    fn far_row(&self) -> Option<String> {
        let pair = self.rows.windows(2).find(|pair| pair[1].0 - pair[0].0 > FAR)?;
        let (column, text) = pair[1].1.first()?;
        Some(format!(
            "row {} lies far below the others, which end in row {}: is the cell in its column {} ({:?}) in its place?",
            u64::from(pair[1].0) + 1,
            u64::from(pair[0].0) + 1,
            u64::from(*column) + 1,
            cells::short(text.as_str())
        ))
    }
}

fn write_row(text: &mut String, cells: Vec<(u32, Content)>, dot: Dot) {
    let mut place = 0;
    for (column, content) in cells {
        let cell = match content {
            Content::Text(cell) => cell,
            Content::Typed(cell) => dot.typed(cell),
        };
        while place < column {
            text.push(',');
            place += 1;
        }
        // A line break within a cell would move the rows below to other lines.
        let cell = cell.replace(['\n', '\r'], " ");
        if cell.contains([',', '"']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push('\n');
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::Records;
    use super::*;

    /// Makes a zip archive of parts.
    pub(crate) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// Reads a workbook as rows of cells, the header first.
    pub(crate) fn rows(bytes: &[u8], worksheet: Option<&str>) -> Result<Vec<Vec<String>>, String> {
        let mut records = Records::new(bytes, worksheet).map_err(|e| e.to_string())?;
        let mut record = csv::StringRecord::new();
        let mut found = vec![records.header.clone()];
        while let Some((line, unfit)) = records.next(&mut record).map_err(|e| e.to_string())? {
            if let Some(unfit) = unfit {
                return Err(format!("line {line}: {unfit}"));
            }
            found.push(record.iter().map(str::to_owned).collect());
        }
        Ok(found)
    }

    #[test]
    fn tells_a_workbook_by_its_bytes() {
        assert_eq!(kind(&packed(&[("a", "b")])), Some(Kind::Zip));
        assert_eq!(kind(OLE), Some(Kind::Compound));
        assert_eq!(kind(b"ID,HB\n"), None);
        let error = rows(OLE, None).unwrap_err();
        assert!(error.contains("save it as .xlsx"), "{error}");
        let error = rows(&packed(&[("a", "b")]), None).unwrap_err();
        assert!(error.contains("cannot be read"), "{error}");
    }

    /// The message listed the columns and left out why the first had no name.
    #[test]
    fn a_cell_far_below_the_others_is_asked_about() {
        let mut grid = Grid::default();
        for (row, text) in [(1_048_575, "ID"), (0, "HB"), (1, "9")] {
            grid.put(row, 0, Content::Text(text.to_owned())).unwrap();
        }
        let Worksheet { text, notes, .. } = grid.into_csv(None).unwrap();
        assert!(text.starts_with("HB\n9\n\n"));
        assert_eq!(
            notes,
            [
                "row 1048576 lies far below the others, which end in row 2: is the cell in its column 1 (\"ID\") in its place?"
            ]
        );
    }

    #[test]
    fn chooses_a_worksheet_by_name_or_number() {
        let names = ["A", "B", "1"].map(String::from);
        assert_eq!(choose(&names, Some("B")).unwrap(), (1, None));
        assert_eq!(choose(&names, Some("2")).unwrap(), (1, None));
        assert_eq!(choose(&names, Some("1")).unwrap(), (2, None));
        let (first, note) = choose(&names, None).unwrap();
        assert_eq!(first, 0);
        assert!(note.unwrap().contains("the first of 3"));
        for wrong in ["C", "0", "4", ""] {
            let error = choose(&names, Some(wrong)).unwrap_err().to_string();
            assert!(error.ends_with("it has \"A\", \"B\", \"1\""), "{error}");
        }
    }
}
