//! The header of a BAM or SAM file, looked at before htslib takes memory by the numbers in it, and prints what it does not like of
//! its text, control characters and all.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use crate::genome::DataFile;
use crate::text::terminal;

/// Longest text and most contigs of a header. Headers of many read groups have some ten megabytes.
const LONGEST_TEXT: u32 = 1 << 28;
const MOST_CONTIGS: u32 = 1 << 24;
/// Longest name of a contig.
const LONGEST_NAME: u32 = 1 << 16;

/// Looks at the header of a BAM or SAM file.
pub(crate) fn check_header(path: &Path) -> Result<(), String> {
    let mut file = BufReader::new(DataFile::open(path).map_err(|e| e.to_string())?);
    let packed = file
        .fill_buf()
        .is_ok_and(|start| start.starts_with(&[0x1f, 0x8b]));
    let mut reader: Box<dyn BufRead> = if packed {
        Box::new(BufReader::new(MultiGzDecoder::new(file)))
    } else {
        Box::new(file)
    };
    let checked = match reader.fill_buf() {
        Ok(start) if start.starts_with(b"BAM\x01") => check_bam(&mut reader),
        Ok(_) => check_sam(&mut reader),
        Err(error) => Err(error),
    };
    checked.map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file ends within its header".to_owned(),
        _ => format!("its header is damaged: {error}"),
    })
}

fn wrong(problem: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, problem)
}

/// Looks at the lines of a header, of so many bytes, which may be filled up with NUL.
fn check_lines(reader: &mut impl BufRead, length: u64) -> io::Result<()> {
    let mut rest = reader.take(length);
    let (mut line, mut number) = (Vec::new(), 0_u64);
    while rest.read_until(b'\n', &mut line)? > 0 {
        number += 1;
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        let filled = text
            .trim_ascii_end()
            .iter()
            .rposition(|b| *b != 0)
            .map_or(0, |at| at + 1);
        let text = String::from_utf8_lossy(&text[..filled]).replace('\t', " ");
        if terminal(&text) != text {
            return Err(wrong(&format!("line {number} of it holds control characters")));
        }
        line.clear();
    }
    if rest.limit() > 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

fn check_sam(reader: &mut impl BufRead) -> io::Result<()> {
    let mut line = Vec::new();
    let mut number = 0_u64;
    while reader.fill_buf()?.first() == Some(&b'@') {
        line.clear();
        number += 1;
        reader
            .take(u64::from(LONGEST_TEXT))
            .read_until(b'\n', &mut line)?;
        let text = String::from_utf8_lossy(line.trim_ascii_end()).replace('\t', " ");
        if terminal(&text) != text {
            return Err(wrong(&format!("line {number} of it holds control characters")));
        }
    }
    Ok(())
}

fn check_bam(reader: &mut impl BufRead) -> io::Result<()> {
    word(reader)?;
    let text = word(reader)?;
    if text > LONGEST_TEXT {
        return Err(wrong("the length of its text is that of no header"));
    }
    check_lines(reader, u64::from(text))?;
    let contigs = word(reader)?;
    if contigs > MOST_CONTIGS {
        return Err(wrong("the number of its contigs is that of no genome"));
    }
    for number in 1..=contigs {
        let length = word(reader)?;
        if length == 0 || length > LONGEST_NAME {
            return Err(wrong(&format!("contig {number} has no name")));
        }
        let mut name = vec![0; length as usize];
        reader.read_exact(&mut name)?;
        // A name of the letter NUL alone, or one that goes on behind it, is none.
        if name.iter().position(|b| *b == 0) != Some(name.len() - 1) || name.len() == 1 {
            return Err(wrong(&format!("contig {number} has no name")));
        }
        word(reader)?;
    }
    Ok(())
}

fn word(reader: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    reader.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}
