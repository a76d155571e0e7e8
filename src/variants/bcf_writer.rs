//! Writes VCF text as BCF. The text is encoded as it stands: a name that the header does not declare is declared, and a value
//! that is not of its declared type is kept as text, for a BCF file must not say less than the VCF it was asked for.
//!
//! noodles writes BCF too, but panics at values that it does not expect and refuses headers that callers really write.

use std::fs::File;
use std::io::{self, Seek, Write};

use noodles::bgzf;

use super::bcf_values::{FLOAT_MISSING, push_format, push_genotypes, push_info, push_integers, push_text};
use super::header::{Header, Type};
use super::record::Record;
use super::warnings::Warnings;
use crate::genome::as_count;

/// Takes VCF text in pieces of any size. Records go to a temporary file: the header comes first in the output, and which names it
/// must declare is known only at the end.
pub(super) struct BcfWriter {
    out: Box<dyn Write + Send>,
    body: bgzf::io::Writer<File>,
    line: Vec<u8>,
    lines: Vec<String>,
    header: Header,
    warnings: Warnings,
}

impl BcfWriter {
    pub(super) fn new(out: Box<dyn Write + Send>) -> io::Result<Self> {
        Ok(Self {
            out,
            body: bgzf::io::Writer::new(tempfile::tempfile()?),
            line: Vec::new(),
            lines: Vec::new(),
            header: Header::new(),
            warnings: Warnings::default(),
        })
    }

    /// Writes header and records to the output.
    pub(super) fn finish(mut self) -> io::Result<()> {
        if !self.line.is_empty() {
            let line = std::mem::take(&mut self.line);
            self.take(&line)?;
        }
        let text = header_text(&self.lines, &self.header);
        let length = u32::try_from(text.len() + 1).map_err(|_| bad("the header is longer than 4 GB"))?;
        let mut head = bgzf::io::Writer::new(&mut self.out);
        head.write_all(b"BCF\x02\x02")?;
        head.write_all(&length.to_le_bytes())?;
        head.write_all(text.as_bytes())?;
        head.write_all(&[0])?;
        // Without the block that closes a file: the records follow.
        head.flush()?;
        let _ = head.into_inner();
        let mut body = self.body.finish()?;
        body.rewind()?;
        io::copy(&mut body, &mut self.out)?;
        self.out.flush()
    }

    fn take(&mut self, line: &[u8]) -> io::Result<()> {
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end_matches(['\r', '\n']);
        if text.starts_with("##") {
            self.lines.push(text.to_owned());
            self.header.push_meta(text, &mut self.warnings);
            return Ok(());
        }
        if text.starts_with('#') {
            self.lines.push(text.to_owned());
            return self
                .header
                .push_columns(text, true, &mut self.warnings)
                .map_err(bad);
        }
        let encoded = Encoder {
            header: &mut self.header,
            lines: &mut self.lines,
        }
        .record(text)?;
        self.body.write_all(&encoded)
    }
}

impl Write for BcfWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some(end) = memchr::memchr(b'\n', rest) {
            let mut line = std::mem::take(&mut self.line);
            line.extend_from_slice(&rest[..end]);
            self.take(&line)?;
            line.clear();
            self.line = line;
            rest = &rest[end + 1..];
        }
        self.line.extend_from_slice(rest);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A genotype that is none must not become text: no other program reads a BCF file with such a field.
fn no_genotype(record: &Record<'_>, text: &str, leading: bool) -> String {
    let place = format!("{}:{}: GT", record.contig, record.position);
    let is_leading = text.strip_prefix(['/', '|']).is_some_and(|rest| !rest.is_empty());
    if is_leading && !leading {
        return format!(
            "{place}: {text:?} gives the first allele another phase than the others, which VCF has from 4.4 on; \
             correct ##fileformat, or write VCF"
        );
    }
    format!(
        "{place}: {text:?} is no genotype (numbers or `.` with `/` or `|` between them); correct it, or write VCF"
    )
}

fn bad(problem: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("as BCF: {}", problem.into()))
}

/// Returns the header with the number of each name in the dictionaries, which nobody then counts differently.
fn header_text(lines: &[String], header: &Header) -> String {
    let mut text = String::new();
    let mut push = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    if !lines.first().is_some_and(|l| l.starts_with("##fileformat=")) {
        push("##fileformat=VCFv4.3");
    }
    let has_pass = lines.iter().any(|l| l.starts_with("##FILTER=<ID=PASS,"));
    for (i, line) in lines.iter().enumerate() {
        push(&with_number(line, header).unwrap_or_else(|| line.clone()));
        if i == 0 && !has_pass {
            push("##FILTER=<ID=PASS,Description=\"All filters passed\",IDX=0>");
        }
    }
    text
}

fn with_number(line: &str, header: &Header) -> Option<String> {
    let (key, value) = line.strip_prefix("##")?.split_once('=')?;
    let dictionary = match key {
        "contig" => &header.contig_names,
        "INFO" | "FORMAT" | "FILTER" => &header.strings,
        _ => return None,
    };
    let fields = super::header::structured(value);
    let id = &fields.iter().find(|(k, _)| k == "ID")?.1;
    let number = dictionary.iter().position(|n| n.as_ref() == Some(id))?;
    let open = line.strip_suffix('>')?;
    Some(format!("{open},IDX={number}>"))
}

struct Encoder<'a> {
    header: &'a mut Header,
    lines: &'a mut Vec<String>,
}

impl Encoder<'_> {
    fn record(&mut self, line: &str) -> io::Result<Vec<u8>> {
        let columns: Vec<&str> = line.split('\t').collect();
        let place = columns.get(..2).map(|c| c.join(":")).unwrap_or_default();
        let record = Record::parse(line).map_err(|p| bad(format!("{place}: {}: {}", p.field, p.problem)))?;
        let shared = self.shared(&record, &columns)?;
        let samples = self.samples(&record)?;
        let mut bytes = Vec::with_capacity(8 + shared.len() + samples.len());
        for part in [&shared, &samples] {
            let length =
                u32::try_from(part.len()).map_err(|_| bad(format!("{place}: a record of more than 4 GB")))?;
            bytes.extend(length.to_le_bytes());
        }
        bytes.extend(shared);
        bytes.extend(samples);
        Ok(bytes)
    }

    fn shared(&mut self, record: &Record<'_>, columns: &[&str]) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let contig = self.contig(record.contig);
        let length = record.end().saturating_sub(record.position).saturating_add(1);
        let alternates: &[&str] = if record.alternates == ["."] {
            &[]
        } else {
            &record.alternates
        };
        let infos: Vec<(&str, &str)> = record.info.pairs().collect();
        let site = || format!("{}:{}", record.contig, record.position);
        let counts = u32::try_from(alternates.len() + 1)
            .ok()
            .filter(|n| *n <= 0xffff && infos.len() <= 0xffff)
            .ok_or_else(|| bad(format!("{}: more than 65,535 alleles or INFO fields", site())))?;
        let formats = record.format.len();
        let samples = self.header.samples.len();
        if formats > 0xff || samples > 0x00ff_ffff {
            return Err(bad(format!(
                "{}: more than 255 FORMAT fields or 16,777,215 samples",
                site()
            )));
        }
        bytes.extend(narrow(contig).to_le_bytes());
        bytes.extend((i64::from(record.position) - 1).to_le_bytes().iter().take(4));
        bytes.extend(length.to_le_bytes());
        let quality = columns.get(5).and_then(|q| q.parse::<f32>().ok());
        bytes.extend(quality.map_or(FLOAT_MISSING, f32::to_bits).to_le_bytes());
        bytes.extend((counts << 16 | narrow(infos.len())).to_le_bytes());
        bytes.extend((narrow(formats) << 24 | narrow(samples)).to_le_bytes());
        let id = columns
            .get(2)
            .copied()
            .filter(|id| *id != ".")
            .unwrap_or_default();
        push_text(&mut bytes, id);
        push_text(&mut bytes, record.reference);
        for alternate in alternates {
            push_text(&mut bytes, alternate);
        }
        self.filters(record.filter, &mut bytes);
        for (key, value) in infos {
            let number = self.string("INFO", key);
            push_integers(&mut bytes, &[Some(number)]);
            let kind = self.header.infos.get(key).map_or(Type::Text, |d| d.kind);
            push_info(&mut bytes, kind, value);
        }
        Ok(bytes)
    }

    fn filters(&mut self, filter: &str, bytes: &mut Vec<u8>) {
        if filter == "." {
            bytes.push(0);
            return;
        }
        let names = filter.split(';').filter(|f| !f.is_empty());
        let numbers: Vec<Option<i64>> = names.map(|f| Some(self.string("FILTER", f))).collect();
        push_integers(bytes, &numbers);
    }

    fn samples(&mut self, record: &Record<'_>) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let samples = self.header.samples.len();
        if samples == 0 {
            return Ok(bytes);
        }
        let cells: Vec<Vec<&str>> = record.cells.iter().map(|c| c.split(':').collect()).collect();
        if cells.len() != samples {
            return Err(bad(format!(
                "{}:{}: another number of samples than the header",
                record.contig, record.position
            )));
        }
        for (i, key) in record.format.iter().enumerate() {
            let values: Vec<&str> = cells
                .iter()
                .map(|c| c.get(i).copied().filter(|v| !v.is_empty()).unwrap_or("."))
                .collect();
            let number = self.string("FORMAT", key);
            push_integers(&mut bytes, &[Some(number)]);
            if *key == "GT" {
                let leading = self.header.has_leading_phase();
                push_genotypes(&mut bytes, &values, leading)
                    .map_err(|text| bad(no_genotype(record, text, leading)))?;
                continue;
            }
            let kind = self.header.formats.get(*key).map_or(Type::Text, |d| d.kind);
            push_format(&mut bytes, kind, &values);
        }
        Ok(bytes)
    }

    /// Returns the number of a contig; declares it where the header does not.
    fn contig(&mut self, name: &str) -> usize {
        let place = |h: &Header| h.contig_names.iter().position(|n| n.as_deref() == Some(name));
        place(self.header).unwrap_or_else(|| {
            self.declare(format!("##contig=<ID={name}>"));
            place(self.header).unwrap_or(0)
        })
    }

    /// Returns the number of a name in the dictionary; declares it where the header does not.
    fn string(&mut self, key: &str, name: &str) -> i64 {
        let declared = match key {
            "INFO" => self.header.infos.contains_key(name),
            "FORMAT" => self.header.formats.contains_key(name),
            _ => name == "PASS" || self.header.filters.contains(name),
        };
        if !declared {
            let kind = if key == "FILTER" {
                ""
            } else {
                "Number=.,Type=String,"
            };
            self.declare(format!(
                "##{key}=<ID={name},{kind}Description=\"Not declared in the input\">"
            ));
        }
        let place = self
            .header
            .strings
            .iter()
            .position(|n| n.as_deref() == Some(name));
        place.and_then(|p| i64::try_from(p).ok()).unwrap_or(0)
    }

    fn declare(&mut self, line: String) {
        self.header.push_meta(&line, &mut Warnings::default());
        // The line of columns is the last of a header.
        let at = self.lines.len().saturating_sub(1);
        self.lines.insert(at, line);
    }
}

/// Counts here are below 2^32 by what was checked before.
fn narrow(n: usize) -> u32 {
    as_count(n)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::super::bcf::BcfRecord;
    use super::*;

    const TEXT: &str = "##fileformat=VCFv4.2\n\
        ##FILTER=<ID=q10,Description=\"q\">\n\
        ##INFO=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n\
        ##INFO=<ID=AF,Number=A,Type=Float,Description=\"a\">\n\
        ##INFO=<ID=DB,Number=0,Type=Flag,Description=\"d\">\n\
        ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n\
        ##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n\
        ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"d\">\n\
        ##FORMAT=<ID=AF,Number=A,Type=Float,Description=\"d\">\n\
        ##contig=<ID=chr1,length=1000>\n\
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\n";

    fn file_of(version: &str, records: &[&str]) -> io::Result<File> {
        let mut file = tempfile::tempfile().unwrap();
        let mut writer = BcfWriter::new(Box::new(file.try_clone().unwrap())).unwrap();
        let text = format!("{}{}\n", TEXT.replacen("4.2", version, 1), records.join("\n"));
        for piece in text.as_bytes().chunks(7) {
            writer.write_all(piece)?;
        }
        writer.finish()?;
        file.rewind()?;
        Ok(file)
    }

    fn written(version: &str, records: &[&str]) -> (Header, Vec<String>) {
        let file = file_of(version, records).unwrap();
        let mut stream = bgzf::io::Reader::new(file);
        let mut start = [0; 9];
        stream.read_exact(&mut start).unwrap();
        assert_eq!(&start[..5], b"BCF\x02\x02");
        let length = u32::from_le_bytes([start[5], start[6], start[7], start[8]]);
        let mut text = vec![0; length as usize];
        stream.read_exact(&mut text).unwrap();
        let mut header = Header::new();
        for line in String::from_utf8(text).unwrap().trim_end_matches('\0').lines() {
            if line.starts_with("##") {
                header.push_meta(line, &mut Warnings::default());
            } else {
                header.push_columns(line, true, &mut Warnings::default()).unwrap();
            }
        }
        let mut lines = Vec::new();
        let (mut record, mut line) = (BcfRecord::default(), String::new());
        while record.read(&mut stream).unwrap() {
            record.write_line(&header, &mut line).unwrap();
            lines.push(line.clone());
        }
        (header, lines)
    }

    #[test]
    fn what_is_written_reads_back() {
        let long = "A".repeat(300);
        let records = [
            "chr1\t10\trs1;rs2\tA\tC,G\t12.5\tPASS\tDP=100;AF=0.5,0.25;DB\tGT:DP:AD:AF\t0/1:50:20,30,0:0.5,0\t1|2:70000:.:.".to_owned(),
            "chr1\t11\t.\tA\t.\t.\t.\t.\tGT:DP\t./.:.\t0:200".to_owned(),
            format!("chr1\t12\t.\t{long}\tC\t.\tq10\tDP=-5\tGT:AD\t0/1:1,2\t.|.:3"),
            "chr1\t0\t.\tA\tC\t1\tPASS\tDP=2147483647\tGT\t0/1\t1".to_owned(),
        ];
        let records: Vec<&str> = records.iter().map(String::as_str).collect();
        let (_, lines) = written("4.2", &records);
        assert_eq!(lines, records);
    }

    #[test]
    fn undeclared_names_are_declared_and_odd_values_kept() {
        let records = [
            "chr1\t10\t.\tA\tC\t.\tx;q10\tDP=1.5;NEW=a|b;AF=none\tGT:ZZ:DP\t0/1:q:1\t0/1:.:2",
            "chrUn\t5\t.\tA\tC\t.\tPASS\tDP=99999999999\tGT\t0/1\t0/0",
        ];
        let (header, lines) = written("4.2", &records);
        assert_eq!(lines, records);
        assert!(
            header.infos.contains_key("NEW")
                && header.formats.contains_key("ZZ")
                && header.filters.contains("x")
        );
        assert!(header.contigs.iter().any(|c| c.name == "chrUn"));
    }

    /// The genotypes of a file as noodles reads them.
    fn read_by_noodles(file: File) -> Vec<String> {
        use noodles::vcf::variant::io::Write as _;
        let mut reader = noodles::bcf::io::Reader::new(file);
        let header = reader.read_header().unwrap();
        let records = reader.records().map(|record| {
            let mut writer = noodles::vcf::io::Writer::new(Vec::new());
            writer.write_variant_record(&header, &record.unwrap()).unwrap();
            let line = String::from_utf8(writer.into_inner()).unwrap();
            line.trim_end().split('\t').skip(9).collect::<Vec<_>>().join(" ")
        });
        records.collect()
    }

    #[test]
    fn a_phase_before_the_first_allele_is_kept_from_vcf_4_4_on() {
        let record = |genotypes: &str| format!("chr1\t10\t.\tA\tC,G\t.\tPASS\tDP=1\tGT\t{genotypes}");
        // As they are in the file, and as they read back: without what is implied.
        let genotypes = [
            ("/0/1\t|1", "0/1\t1"),
            ("/1\t|1|2", "/1\t1|2"),
            ("/0|1\t|0/1", "/0|1\t|0/1"),
            ("./1\t|.|1", "./1\t.|1"),
            ("/0/1/2\t1", "0/1/2\t1"),
            (".\t./.", ".\t./."),
        ];
        let records: Vec<String> = genotypes.iter().map(|(text, _)| record(text)).collect();
        let records: Vec<&str> = records.iter().map(String::as_str).collect();
        for version in ["4.4", "4.5"] {
            let (_, lines) = written(version, &records);
            let expected: Vec<String> = genotypes.iter().map(|(_, kept)| record(kept)).collect();
            assert_eq!(lines, expected, "{version}");
            let expected: Vec<String> = genotypes
                .iter()
                .map(|(_, kept)| kept.replace('\t', " "))
                .collect();
            assert_eq!(
                read_by_noodles(file_of(version, &records).unwrap()),
                expected,
                "{version}"
            );
        }
        let (_, lines) = written("4.3", &[&record("/0/1\t|1"), &record("|1|2\t0|1")]);
        assert_eq!(lines, [record("0/1\t1"), record("1|2\t0|1")]);
    }

    #[test]
    fn a_genotype_that_bcf_cannot_hold_is_an_error() {
        for (version, genotype, expected) in [
            ("4.2", "A/C", "chr1:10: GT: \"A/C\" is no genotype"),
            ("4.5", "0//1", "is no genotype"),
            ("4.2", "/0|1", "VCF has from 4.4 on"),
        ] {
            let record = format!("chr1\t10\t.\tA\tC\t.\tPASS\t.\tGT\t{genotype}\t0/1");
            let error = file_of(version, &[&record]).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
