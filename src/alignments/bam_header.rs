//! The header of a BAM file, held against its bytes before htslib takes memory by the numbers in it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use noodles::bgzf;

/// Longest text and most contigs of a header. Headers of many read groups have some ten megabytes.
const LONGEST_TEXT: u32 = 1 << 28;
const MOST_CONTIGS: u32 = 1 << 24;
/// Longest name of a contig.
const LONGEST_NAME: u32 = 1 << 16;

/// Looks at the header of a BAM file; any other file passes.
pub fn check_bam_header(path: &Path) -> Result<(), String> {
    let file = File::open(path).map_err(|e| e.to_string())?;
    let mut reader = bgzf::io::Reader::new(file);
    let mut magic = [0; 4];
    if reader.read_exact(&mut magic).is_err() || magic != *b"BAM\x01" {
        return Ok(());
    }
    check(&mut reader).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file ends within its header".to_owned(),
        _ => format!("its header is damaged: {error}"),
    })
}

fn check(reader: &mut impl Read) -> io::Result<()> {
    let wrong = |problem: &str| io::Error::new(io::ErrorKind::InvalidData, problem.to_owned());
    let text = word(reader)?;
    if text > LONGEST_TEXT {
        return Err(wrong("the length of its text is that of no header"));
    }
    skip(reader, text)?;
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

fn skip(reader: &mut impl Read, count: u32) -> io::Result<()> {
    let skipped = io::copy(&mut reader.take(u64::from(count)), &mut io::sink())?;
    if skipped < u64::from(count) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}
