//! BCF records as VCF lines, so that one path reads both.
//!
//! The typed values are decoded here (VCF 4.3 specification, section 6.3), not through a strict header model: real BCF files
//! carry headers that the strict model refuses, and the dictionary numbers are all that is needed.

use std::fmt::Write as _;
use std::io::{self, Read};

use super::error::RecordProblem;
use super::header::{Header, Number};
use super::lines::LONGEST_LINE;

/// No record is larger; a larger length is damage and must not take the memory.
const LARGEST_RECORD: u64 = LONGEST_LINE;

/// The bytes of one record.
#[derive(Debug, Default)]
pub(crate) struct BcfRecord {
    shared: Vec<u8>,
    samples: Vec<u8>,
}

impl BcfRecord {
    /// Reads the next record; `false` at the end of the file.
    pub(super) fn read(&mut self, stream: &mut dyn Read) -> io::Result<bool> {
        let mut lengths = [0; 8];
        let mut got = 0;
        while got < lengths.len() {
            match stream.read(&mut lengths[got..]) {
                Ok(0) if got == 0 => return Ok(false),
                Ok(0) => return Err(cut()),
                Ok(n) => got += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        // Two little-endian numbers, the shared part first.
        let both = u64::from_le_bytes(lengths);
        let (shared, samples) = (both & 0xffff_ffff, both >> 32);
        if shared < 24 || shared + samples > LARGEST_RECORD {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "impossible record length",
            ));
        }
        take(stream, &mut self.shared, shared)?;
        take(stream, &mut self.samples, samples)?;
        Ok(true)
    }

    fn i32_at(&self, at: usize) -> i32 {
        self.shared
            .get(at..at + 4)
            .and_then(|b| b.try_into().ok())
            .map_or(0, i32::from_le_bytes)
    }

    /// Returns the number of the contig.
    pub(super) fn contig(&self) -> Option<usize> {
        usize::try_from(self.i32_at(0)).ok()
    }

    /// Returns the name of the contig.
    pub(super) fn contig_name<'h>(&self, header: &'h Header) -> Result<&'h str, RecordProblem> {
        self.contig()
            .and_then(|i| header.contig_names.get(i)?.as_deref())
            .ok_or_else(|| damage("CHROM", "a contig number that the header does not have"))
    }

    /// Returns first and last reference base, 1-based; the file counts from 0.
    pub(super) fn span(&self) -> Result<(u32, u32), RecordProblem> {
        // A telomere stands before the first base.
        let position = u32::try_from(i64::from(self.i32_at(4)) + 1)
            .map_err(|_| damage("POS", "a position before the telomere"))?;
        // A length that is none says no more than that there is a first base.
        let length = u32::try_from(self.i32_at(8)).unwrap_or(1).max(1);
        Ok((position, position.saturating_add(length - 1)))
    }

    /// Whether an allele may be symbolic; a sign of one may stand in a text of INFO, too.
    pub(super) fn may_be_symbolic(&self) -> bool {
        memchr::memchr(b'<', &self.shared).is_some()
    }

    /// Writes the record as a VCF line.
    pub(super) fn write_line(&self, header: &Header, line: &mut String) -> Result<(), RecordProblem> {
        line.clear();
        let contig = self.contig_name(header)?;
        let quality = f32::from_bits(self.i32_at(12).cast_unsigned());
        let info_and_alleles = self.i32_at(16).cast_unsigned();
        let (alleles, infos) = (info_and_alleles >> 16, info_and_alleles & 0xffff);
        let samples_and_formats = self.i32_at(20).cast_unsigned();
        let (formats, samples) = (samples_and_formats >> 24, samples_and_formats & 0x00ff_ffff);
        let mut cursor = Cursor {
            bytes: &self.shared,
            at: 24,
        };
        line.push_str(contig);
        _ = write!(line, "\t{}\t", self.span()?.0);
        cursor.text(line)?;
        for allele in 0..alleles {
            line.push(if allele > 1 { ',' } else { '\t' });
            cursor.text(line)?;
        }
        if alleles < 2 {
            line.push_str("\t.");
        }
        line.push('\t');
        if quality.is_nan() {
            line.push('.');
        } else {
            _ = write!(line, "{quality}");
        }
        line.push('\t');
        write_filters(&mut cursor, header, line)?;
        line.push('\t');
        write_infos(&mut cursor, infos, header, line)?;
        if !header.samples.is_empty() {
            if samples as usize != header.samples.len() {
                return Err(damage("samples", "another number of samples than the header"));
            }
            write_samples(&self.samples, formats, samples as usize, header, line)?;
        }
        while line.bytes().filter(|&b| b == b'\t').count() + 1 < header.columns {
            line.push_str("\t.");
        }
        Ok(())
    }
}

fn take(stream: &mut dyn Read, buffer: &mut Vec<u8>, length: u64) -> io::Result<()> {
    buffer.clear();
    let got = stream.take(length).read_to_end(buffer)?;
    if got as u64 == length { Ok(()) } else { Err(cut()) }
}

fn cut() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the last record is cut")
}

fn damage(field: &str, problem: &str) -> RecordProblem {
    RecordProblem::new(
        field,
        b"",
        problem,
        "make the BCF file again (`bcftools view` tests it)",
    )
}

/// A number of few bytes stands for a name of any length: the text of a record can be thousands of times as long.
fn check_length(line: &str) -> Result<(), RecordProblem> {
    if line.len() as u64 > LONGEST_LINE {
        return Err(damage("record", "more than 128 MB of text"));
    }
    Ok(())
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// Types of BCF values (VCF 4.3, table in section 6.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Missing,
    Int8,
    Int16,
    Int32,
    Float,
    Char,
}

impl Kind {
    const fn size(self) -> usize {
        match self {
            Self::Missing => 0,
            Self::Int8 | Self::Char => 1,
            Self::Int16 => 2,
            Self::Int32 | Self::Float => 4,
        }
    }
}

impl<'a> Cursor<'a> {
    fn slice(&mut self, length: usize) -> Result<&'a [u8], RecordProblem> {
        let end = self.at.checked_add(length);
        let bytes = end
            .and_then(|end| self.bytes.get(self.at..end))
            .ok_or_else(|| damage("record", "a value reaches over the end of the record"))?;
        self.at += length;
        Ok(bytes)
    }

    fn descriptor(&mut self) -> Result<(Kind, usize), RecordProblem> {
        let byte = self.slice(1)?[0];
        let kind = match byte & 0x0f {
            0 => Kind::Missing,
            1 => Kind::Int8,
            2 => Kind::Int16,
            3 => Kind::Int32,
            5 => Kind::Float,
            7 => Kind::Char,
            _ => return Err(damage("record", "an unknown value type")),
        };
        let length = match byte >> 4 {
            15 => usize::try_from(self.integer()?).map_err(|_| damage("record", "a negative length"))?,
            n => usize::from(n),
        };
        Ok((kind, length))
    }

    /// Reads one typed integer.
    fn integer(&mut self) -> Result<i32, RecordProblem> {
        let byte = self.slice(1)?[0];
        let kind = match byte {
            0x11 => Kind::Int8,
            0x12 => Kind::Int16,
            0x13 => Kind::Int32,
            _ => return Err(damage("record", "a number was expected")),
        };
        let bytes = self.slice(kind.size())?;
        Ok(integer_of(kind, bytes).unwrap_or(0))
    }

    /// Reads a typed string.
    fn text(&mut self, out: &mut String) -> Result<(), RecordProblem> {
        let (kind, length) = self.descriptor()?;
        let bytes = self.slice(kind.size().saturating_mul(length))?;
        push_values(kind, bytes, out);
        Ok(())
    }
}

/// Returns the value; `None` for missing. The end-of-vector mark is found before.
fn integer_of(kind: Kind, bytes: &[u8]) -> Option<i32> {
    match (kind, bytes) {
        (Kind::Int8, &[a]) => Some(i8::from_le_bytes([a]))
            .filter(|&v| v != i8::MIN)
            .map(i32::from),
        (Kind::Int16, &[a, b]) => Some(i16::from_le_bytes([a, b]))
            .filter(|&v| v != i16::MIN)
            .map(i32::from),
        (Kind::Int32, &[a, b, c, d]) => Some(i32::from_le_bytes([a, b, c, d])).filter(|&v| v != i32::MIN),
        _ => None,
    }
}

const FLOAT_MISSING: u32 = 0x7f80_0001;
const FLOAT_END: u32 = 0x7f80_0002;

fn is_end(kind: Kind, bytes: &[u8]) -> bool {
    match (kind, bytes) {
        (Kind::Int8, &[a]) => a == 0x81,
        (Kind::Int16, &[a, b]) => u16::from_le_bytes([a, b]) == 0x8001,
        (Kind::Int32, &[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]) == 0x8000_0001,
        (Kind::Float, &[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]) == FLOAT_END,
        _ => false,
    }
}

fn push_values(kind: Kind, bytes: &[u8], out: &mut String) {
    if kind == Kind::Missing || bytes.is_empty() {
        out.push('.');
        return;
    }
    if kind == Kind::Char {
        let end = bytes.iter().position(|&b| b == 0).unwrap_or(bytes.len());
        if end == 0 {
            out.push('.');
        }
        out.push_str(&String::from_utf8_lossy(&bytes[..end]));
        return;
    }
    for (i, value) in bytes.chunks_exact(kind.size()).enumerate() {
        if is_end(kind, value) {
            if i == 0 {
                out.push('.');
            }
            break;
        }
        if i > 0 {
            out.push(',');
        }
        push_value(kind, value, out);
    }
}

fn push_value(kind: Kind, value: &[u8], out: &mut String) {
    match (kind, value) {
        (Kind::Float, &[a, b, c, d]) => {
            let bits = u32::from_le_bytes([a, b, c, d]);
            if bits == FLOAT_MISSING {
                out.push('.');
            } else {
                _ = write!(out, "{}", f32::from_bits(bits));
            }
        }
        _ => match integer_of(kind, value) {
            Some(n) => _ = write!(out, "{n}"),
            None => out.push('.'),
        },
    }
}

fn name<'h>(header: &'h Header, index: i32, field: &str) -> Result<&'h str, RecordProblem> {
    usize::try_from(index)
        .ok()
        .and_then(|i| header.strings.get(i)?.as_deref())
        .ok_or_else(|| {
            damage(
                field,
                &format!("the number {index} stands for no name in the header"),
            )
        })
}

fn write_filters(cursor: &mut Cursor<'_>, header: &Header, line: &mut String) -> Result<(), RecordProblem> {
    let (kind, length) = cursor.descriptor()?;
    let bytes = cursor.slice(kind.size().saturating_mul(length))?;
    if length == 0 || kind == Kind::Missing {
        line.push('.');
        return Ok(());
    }
    for (i, value) in bytes.chunks_exact(kind.size()).enumerate() {
        check_length(line)?;
        if i > 0 {
            line.push(';');
        }
        match integer_of(kind, value) {
            Some(index) => line.push_str(name(header, index, "FILTER")?),
            None => line.push('.'),
        }
    }
    Ok(())
}

fn write_infos(
    cursor: &mut Cursor<'_>,
    count: u32,
    header: &Header,
    line: &mut String,
) -> Result<(), RecordProblem> {
    if count == 0 {
        line.push('.');
    }
    for i in 0..count {
        check_length(line)?;
        if i > 0 {
            line.push(';');
        }
        let key = name(header, cursor.integer()?, "INFO")?;
        line.push_str(key);
        let (kind, length) = cursor.descriptor()?;
        let bytes = cursor.slice(kind.size().saturating_mul(length))?;
        let flag = header
            .infos
            .get(key)
            .is_some_and(|d| d.number == Number::Count(0));
        if length > 0 && kind != Kind::Missing && !flag {
            line.push('=');
            push_values(kind, bytes, line);
        }
    }
    Ok(())
}

struct FormatField<'a> {
    name: &'a str,
    kind: Kind,
    length: usize,
    bytes: &'a [u8],
}

fn write_samples(
    bytes: &[u8],
    formats: u32,
    samples: usize,
    header: &Header,
    line: &mut String,
) -> Result<(), RecordProblem> {
    let mut cursor = Cursor { bytes, at: 0 };
    let mut fields = Vec::new();
    for _ in 0..formats {
        let name = name(header, cursor.integer()?, "FORMAT")?;
        let (kind, length) = cursor.descriptor()?;
        let bytes = cursor.slice(kind.size().saturating_mul(length).saturating_mul(samples))?;
        fields.push(FormatField {
            name,
            kind,
            length: kind.size().saturating_mul(length),
            bytes,
        });
    }
    line.push('\t');
    for (i, field) in fields.iter().enumerate() {
        check_length(line)?;
        if i > 0 {
            line.push(':');
        }
        line.push_str(field.name);
    }
    if fields.is_empty() {
        line.push('.');
    }
    let leading = header.has_leading_phase();
    for sample in 0..samples {
        check_length(line)?;
        line.push('\t');
        for (i, field) in fields.iter().enumerate() {
            if i > 0 {
                line.push(':');
            }
            let value = &field.bytes[sample * field.length..(sample + 1) * field.length];
            if field.name == "GT" && field.kind != Kind::Char {
                push_genotype(field.kind, value, leading, line);
            } else {
                push_values(field.kind, value, line);
            }
        }
        if fields.is_empty() {
            line.push('.');
        }
    }
    Ok(())
}

/// A genotype allele is `(allele + 1) << 1 | phased`. With `leading` the first one's phase is written where it is not that of
/// all others (VCF 4.4, section 6.3.3.9); before, writers leave it at anything.
fn push_genotype(kind: Kind, bytes: &[u8], leading: bool, out: &mut String) {
    if bytes.is_empty() || kind == Kind::Missing {
        out.push('.');
        return;
    }
    let values = bytes
        .chunks_exact(kind.size())
        .take_while(|value| !is_end(kind, value));
    let mut codes = values.map(|value| integer_of(kind, value).unwrap_or(0));
    let Some(first) = codes.next() else {
        out.push('.');
        return;
    };
    let implied = codes.clone().all(|code| code & 1 == 1);
    let alone = codes.clone().next().is_none();
    let phased = first & 1 == 1;
    if leading && phased != implied && !(alone && first >> 1 == 0) {
        out.push(if phased { '|' } else { '/' });
    }
    push_genotyped(first, out);
    for code in codes {
        out.push(if code & 1 == 1 { '|' } else { '/' });
        push_genotyped(code, out);
    }
}

fn push_genotyped(code: i32, out: &mut String) {
    match code >> 1 {
        0 => out.push('.'),
        n => _ = write!(out, "{}", n - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::super::warnings::Warnings;
    use super::*;

    /// Contig, position, length, quality, alleles and INFO, samples and FORMAT; then ID, alleles, FILTER.
    fn record(infos: u16, rest: &[u8]) -> BcfRecord {
        let mut shared = [0_i32, 9, 1, 0].map(i32::to_le_bytes).concat();
        shared.extend(infos.to_le_bytes());
        shared.extend(2_u16.to_le_bytes());
        shared.extend([0; 4]);
        shared.extend([0x07, 0x17, b'C', 0x17, b'T']);
        shared.extend(rest);
        let samples = Vec::new();
        BcfRecord { shared, samples }
    }

    fn header() -> Header {
        let mut header = Header::new();
        for line in [
            "##contig=<ID=chr17>",
            &format!("##INFO=<ID={}>", "X".repeat(1 << 20)),
        ] {
            header.push_meta(line, &mut Warnings::default());
        }
        header
    }

    #[test]
    fn a_short_record_does_not_become_gigabytes_of_text() {
        let header = header();
        // FILTER of a thousand times the long name, and as many INFO fields of it.
        let mut filters = vec![0xf1, 0x12, 0xe8, 0x03];
        filters.extend([1; 1000]);
        let mut infos = vec![0x00];
        infos.extend([0x11, 1, 0x00].repeat(1000));
        let mut line = String::new();
        for actual in [record(0, &filters), record(1000, &infos)] {
            let problem = actual.write_line(&header, &mut line).unwrap_err();
            assert!(problem.problem.contains("128 MB"), "{problem:?}");
            assert!((line.len() as u64) < 2 * LONGEST_LINE);
        }
        // A position below that of a telomere was taken for one.
        for (position, expected) in [(-1_i32, Some(0)), (-2, None), (i32::MIN, None)] {
            let mut odd = record(0, &[0x00]);
            odd.shared[4..8].copy_from_slice(&position.to_le_bytes());
            assert_eq!(odd.span().ok().map(|(first, _)| first), expected, "{position}");
            assert_eq!(odd.write_line(&header, &mut line).is_ok(), expected.is_some());
        }
        record(0, &[0x00]).write_line(&header, &mut line).unwrap();
        assert_eq!(line, "chr17\t10\t.\tC\tT\t0\t.\t.");
    }
}
