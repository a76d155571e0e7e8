//! The layout of a FASTA as its `.fai` describes it, held against the bytes.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::Path;

use noodles::fasta::fai;

use super::as_index;
use super::fasta_bytes::Bytes;

/// Longest line of a name that is looked at.
const LONGEST_NAME: u64 = 1 << 16;
/// Empty lines behind a contig, in bytes.
const ROOM: usize = 64;

/// A line of a `.fai`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Name.
    pub name: String,
    /// Bases.
    pub length: u64,
    offset: u64,
    line_bases: u64,
    line_width: u64,
}

/// Longest `.fai` that is read: a line of a hundred bytes for each of millions of contigs.
const LONGEST_INDEX: u64 = 1 << 30;

/// Reads a `.fai`; the error names its line and column.
pub(super) fn read_index(path: &Path) -> io::Result<Vec<Entry>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let wrong = |problem: String| io::Error::new(io::ErrorKind::InvalidData, format!("{name}{problem}"));
    let reader = BufReader::new(File::open(path)?.take(LONGEST_INDEX));
    let mut entries = Vec::new();
    for (number, line) in reader.split(b'\n').enumerate() {
        let line = line?;
        let line = line.strip_suffix(b"\r").unwrap_or(&line);
        let entry = std::str::from_utf8(line)
            .map_err(|_| "is not text in UTF-8".to_owned())
            .and_then(Entry::parse);
        entries.push(entry.map_err(|problem| wrong(format!(", line {}: {problem}", number + 1)))?);
    }
    if entries.is_empty() {
        return Err(wrong(": names no contig".to_owned()));
    }
    Ok(entries)
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

impl Entry {
    /// Takes a record of noodles.
    pub(super) fn new(record: &fai::Record) -> Self {
        Self {
            name: record.name().to_string(),
            length: record.length(),
            offset: record.position(),
            line_bases: record.line_base_count().get(),
            line_width: record.line_width().get(),
        }
    }

    /// Reads a line of a `.fai`; the error says what is wrong with it.
    fn parse(line: &str) -> Result<Self, String> {
        const COLUMNS: [&str; 5] = ["NAME", "LENGTH", "OFFSET", "LINEBASES", "LINEWIDTH"];
        let values: Vec<&str> = line.split('\t').collect();
        if values.len() != COLUMNS.len() {
            return Err(format!(
                "{} columns where {} are needed ({}), separated by tabs",
                values.len(),
                COLUMNS.len(),
                COLUMNS.join(", ")
            ));
        }
        let number = |column: usize| {
            let text = values[column];
            let wrong = || format!("{} {:?} is not a whole number", COLUMNS[column], short(text));
            text.parse::<u64>().map_err(|_| wrong())
        };
        let entry = Self {
            name: values[0].to_owned(),
            length: number(1)?,
            offset: number(2)?,
            line_bases: number(3)?,
            line_width: number(4)?,
        };
        if entry.name.is_empty() {
            return Err("NAME is empty".to_owned());
        }
        if entry.length > 0 && entry.line_bases == 0 {
            return Err("LINEBASES is 0".to_owned());
        }
        Ok(entry)
    }

    /// Returns where a base (0-based) stands in the file; `None` where the numbers are none of a file.
    fn place(&self, base: u64) -> Option<u64> {
        let line = base.checked_div(self.line_bases)?;
        let before = line
            .checked_mul(self.line_width)?
            .checked_add(base % self.line_bases)?;
        self.offset.checked_add(before)
    }

    /// Returns where the byte behind the last base stands.
    fn end(&self) -> Option<u64> {
        match self.length.checked_sub(1) {
            Some(last) => self.place(last)?.checked_add(1),
            None => Some(self.offset),
        }
    }

    /// Returns the bytes that end a line: one, or two with a carriage return.
    fn line_end(&self) -> Option<&'static [u8]> {
        match self.line_width.checked_sub(self.line_bases)? {
            1 => Some(b"\n"),
            2 => Some(b"\r\n"),
            // A contig of one line at the end of a file need not end.
            0 if self.length <= self.line_bases => Some(b""),
            _ => None,
        }
    }

    /// Looks at what stands before and behind a contig: a line with its name, and the next name or the end of the file.
    pub(super) fn check_surroundings(&self, bytes: &mut Bytes) -> io::Result<()> {
        let end = self
            .end()
            .filter(|end| *end <= bytes.len() && self.line_end().is_some());
        let end = end.ok_or_else(|| self.wrong("it cannot lie in the file as the .fai says"))?;
        let start = self.offset.saturating_sub(LONGEST_NAME);
        let room = as_index(self.offset - start);
        let before = bytes.read(start, room)?;
        let line = before.strip_suffix(b"\n").unwrap_or_default();
        let line = line.rsplit(|b| *b == b'\n').next().unwrap_or_default();
        let name = line.strip_prefix(b">").unwrap_or_default();
        let name = name.split(u8::is_ascii_whitespace).next().unwrap_or_default();
        if name != self.name.as_bytes() || name.is_empty() {
            return Err(self.wrong("its name does not stand where the .fai says that its bases begin"));
        }
        let behind = bytes.read(end, ROOM)?;
        let next = behind.iter().position(|b| !b.is_ascii_whitespace());
        let ends = match next {
            Some(0) => false,
            Some(next) => behind[next] == b'>',
            None => end + behind.len() as u64 >= bytes.len(),
        };
        if !ends {
            return Err(self.wrong("it does not end where the .fai says"));
        }
        Ok(())
    }

    /// Reads bases `first..last` (0-based), upper case; the lines between must be as the index says.
    pub(super) fn letters(&self, bytes: &mut Bytes, first: u64, last: u64) -> io::Result<Vec<u8>> {
        let wrong = |problem: &str| self.wrong(problem);
        let outside = || wrong("it cannot lie in the file as the .fai says");
        let line_end = self.line_end().ok_or_else(outside)?;
        let count = last.checked_sub(1).filter(|l| *l >= first).ok_or_else(outside)?;
        let (from, to) = (self.place(first), self.place(count));
        let (from, to) = from
            .zip(to)
            .filter(|(_, to)| *to < bytes.len())
            .ok_or_else(outside)?;
        let wanted = usize::try_from(to + 1 - from).map_err(|_| outside())?;
        let read = bytes.read(from, wanted)?;
        if read.len() < wanted {
            return Err(wrong("the file ends within it"));
        }
        let mut letters = Vec::with_capacity(read.len());
        let (mut rest, mut at) = (read.as_slice(), first);
        while at < last {
            let here = (self.line_bases - at % self.line_bases).min(last - at);
            let here = as_index(here);
            let (line, behind) = rest.split_at_checked(here).ok_or_else(outside)?;
            if let Some(byte) = line.iter().find(|b| !is_base(**b)) {
                return Err(wrong(&format!(
                    "it holds {:?}, which is no letter of a base, or its lines are not as the .fai says",
                    char::from(*byte)
                )));
            }
            letters.extend(line.iter().map(u8::to_ascii_uppercase));
            at += here as u64;
            rest = behind;
            if at < last {
                let ended = rest.strip_prefix(line_end);
                rest = ended.ok_or_else(|| wrong("its lines are not as the .fai says"))?;
            }
        }
        Ok(letters)
    }

    fn wrong(&self, problem: &str) -> io::Error {
        let message = format!("contig {:?}: {problem}", self.name);
        io::Error::new(io::ErrorKind::InvalidData, message)
    }
}

/// Letters of bases (IUPAC), gaps, and X for masked ones.
fn is_base(byte: u8) -> bool {
    matches!(
        byte.to_ascii_uppercase(),
        b'A' | b'C'
            | b'G'
            | b'T'
            | b'U'
            | b'N'
            | b'R'
            | b'Y'
            | b'K'
            | b'M'
            | b'S'
            | b'W'
            | b'B'
            | b'D'
            | b'H'
            | b'V'
            | b'X'
            | b'-'
            | b'.'
            | b'*'
    )
}

/// Demands that the index reaches the end of the file: one that was cut has lost contigs.
pub(super) fn check_end(entries: &[Entry], bytes: &mut Bytes) -> io::Result<()> {
    let Some(last) = entries.iter().max_by_key(|e| e.offset) else {
        let message = "the .fai names no contig";
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    };
    let end = last.end().filter(|end| *end <= bytes.len());
    let end = end.ok_or_else(|| last.wrong("the .fai says that it ends behind the end of the file"))?;
    let behind = bytes.read(end, ROOM)?;
    let is_end = end + behind.len() as u64 >= bytes.len() && behind.iter().all(u8::is_ascii_whitespace);
    if !is_end {
        return Err(last.wrong("the file goes on behind it, the last one of the .fai"));
    }
    Ok(())
}
