//! Walks over the records of a file: the whole file, or through its index only the wanted regions.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use super::bcf::BcfRecord;
use super::contig_log::ContigLog;
use super::error::{Place, RecordError, RecordProblem, ScanError};
use super::header::{Header, column_names};
use super::index::{self, Plan};
use super::input::{Input, Opened};
use super::lines::{Filter, LONGEST_LINE, MOST_ODD_LINES, check_columns, decode};
use super::odd_span::odd_span;
use super::record::{Record, Site};
use super::warnings::{Kind, Warnings};
use crate::genome::{Build, Regions};

/// Bytes and lines that a header may have: a million contigs, or the names of a million samples, and not more memory than
/// a computer has. A few kilobytes of compressed data can hold more.
const LARGEST_HEADER: u64 = 1 << 26;
const MOST_HEADER_LINES: u64 = 1_000_000;

/// What the visitor of a record answers.
pub(crate) type Visit = Result<ControlFlow<()>, RecordProblem>;

/// A file whose header has been read.
pub(crate) struct Reader<'i> {
    pub(super) input: &'i Input,
    pub(super) opened: Opened,
    pub header: Header,
    /// The header as it stands in the file, the #CHROM line last, where it was asked for.
    pub header_lines: Vec<Vec<u8>>,
    keeps_header_lines: bool,
    pub warnings: Warnings,
    pub indexed: bool,
    pub(super) build: Option<Build>,
    /// On which contigs the records were, once they were read.
    pub(super) contigs: Option<ContigLog>,
    pub(super) records: u64,
    lines: u64,
    /// Blank lines and header lines between the records.
    odd_lines: u64,
    pub(super) buffer: Vec<u8>,
}

impl<'i> Reader<'i> {
    /// Opens a file and reads its header.
    pub(super) fn open(input: &'i Input, threads: usize) -> Result<Self, ScanError> {
        Self::open_with(input, threads, false)
    }

    /// Opens a file that is to be written anew: the lines of its header are kept.
    pub(super) fn open_keeping_header(input: &'i Input, threads: usize) -> Result<Self, ScanError> {
        Self::open_with(input, threads, true)
    }

    fn open_with(input: &'i Input, threads: usize, keeps_header_lines: bool) -> Result<Self, ScanError> {
        let opened = input.open(threads)?;
        let mut reader = Self {
            input,
            opened,
            header: Header::new(),
            header_lines: Vec::new(),
            keeps_header_lines,
            warnings: Warnings::default(),
            indexed: false,
            build: None,
            contigs: None,
            records: 0,
            lines: 0,
            odd_lines: 0,
            buffer: Vec::new(),
        };
        if reader.opened.bcf {
            reader.read_bcf_header()?;
        } else {
            reader.read_text_header()?;
        }
        Ok(reader)
    }

    /// Returns the name of the format for the report.
    pub(super) fn format(&self) -> &'static str {
        self.opened.format()
    }

    pub(super) fn damaged(&self, source: &io::Error) -> ScanError {
        if let Some(failure) = self.input.failure() {
            return failure;
        }
        let problem = match source.kind() {
            io::ErrorKind::UnexpectedEof => "the data ends in the middle".to_owned(),
            _ => source.to_string(),
        };
        ScanError::Damaged {
            file: self.input.display(),
            place: self.place(),
            problem,
        }
    }

    fn place(&self) -> Place {
        Place {
            record: (!self.indexed && self.records > 0).then_some(self.records),
            line: (!self.indexed && !self.opened.bcf && self.lines > 0).then_some(self.lines),
            site: None,
        }
    }

    /// Reads a line into the buffer without its end; `false` at the end of the file.
    pub(super) fn next_line(&mut self) -> Result<bool, ScanError> {
        self.buffer.clear();
        let mut limited = (&mut self.opened.stream).take(LONGEST_LINE);
        let got = limited
            .read_until(b'\n', &mut self.buffer)
            .map_err(|e| self.damaged(&e))?;
        if got == 0 {
            return Ok(false);
        }
        self.lines += 1;
        if self.buffer.last() == Some(&b'\n') {
            self.buffer.pop();
        } else if got as u64 == LONGEST_LINE {
            return Err(self.too_much("a line of more than 128 MB"));
        } else {
            let line = format!("line {}", self.lines);
            self.warnings.add(Kind::NoFinalNewline, &line);
        }
        if self.buffer.last() == Some(&b'\r') {
            self.buffer.pop();
        }
        Ok(true)
    }

    pub(super) fn too_much(&self, problem: &'static str) -> ScanError {
        ScanError::TooMuch {
            file: self.input.display(),
            place: self.place(),
            problem,
        }
    }

    /// Notes a line that is no record.
    pub(super) fn add_odd_line(&mut self, kind: Kind, line: &str) -> Result<(), ScanError> {
        self.odd_lines += 1;
        if self.odd_lines > MOST_ODD_LINES {
            return Err(self.too_much("more than a million lines that are blank or no records"));
        }
        self.warnings.add(kind, line);
        Ok(())
    }

    fn header_error(&self, problem: impl Into<String>) -> ScanError {
        ScanError::Header {
            file: self.input.display(),
            place: if self.opened.bcf {
                "header".into()
            } else {
                format!("line {}", self.lines)
            },
            problem: problem.into(),
            remedy: "take the header of the caller's own output (`bcftools reheader` puts it in)".into(),
        }
    }

    fn read_text_header(&mut self) -> Result<(), ScanError> {
        let mut length = 0;
        while self.next_line()? {
            length += self.buffer.len() as u64;
            if length > LARGEST_HEADER || self.lines > MOST_HEADER_LINES {
                return Err(self.too_much("a header of more than 64 MB or a million lines"));
            }
            let line = std::mem::take(&mut self.buffer);
            let done = self.take_header_line(&line);
            self.buffer = line;
            if done? {
                return Ok(());
            }
        }
        self.check_end()?;
        Err(self.header_error("the file ends before the #CHROM line"))
    }

    /// Takes one header line; `true` for the last.
    fn take_header_line(&mut self, line: &[u8]) -> Result<bool, ScanError> {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let text = String::from_utf8_lossy(line);
        if text.trim().is_empty() {
            self.warnings.add(Kind::BlankLine, "");
            return Ok(false);
        }
        if self.header.meta.is_empty() && self.header.columns == 0 && !text.starts_with("##fileformat=VCF") {
            self.warnings.add(Kind::NoFileformat, &text);
        }
        let mut nameless = false;
        if text.starts_with("##") {
            if self.keeps_header_lines {
                self.header_lines.push(line.to_vec());
            }
        } else if text.starts_with('#') {
            nameless = text.ends_with(['\t', ' ']) && self.has_tenth_column();
            if self.keeps_header_lines {
                let names = column_names(&text, nameless);
                self.header_lines.push(names.join("\t").into_bytes());
            }
        }
        if text.starts_with("##") {
            self.header.push_meta(&text, &mut self.warnings);
            return Ok(false);
        }
        if !text.starts_with('#') {
            return Err(self.header_error(format!(
                "a record before the #CHROM line: {:?}",
                super::error::shown(&text)
            )));
        }
        let mut header = std::mem::take(&mut self.header);
        let result = header.push_columns(&text, nameless, &mut self.warnings);
        self.header = header;
        result.map_err(|problem| self.header_error(problem))?;
        Ok(true)
    }

    fn read_bcf_header(&mut self) -> Result<(), ScanError> {
        let mut start = [0; 9];
        self.opened
            .stream
            .read_exact(&mut start)
            .map_err(|e| self.damaged(&e))?;
        let [_, _, _, _, _, a, b, c, d] = start;
        let length = u64::from(u32::from_le_bytes([a, b, c, d]));
        if length > LARGEST_HEADER {
            return Err(self.too_much("a header of more than 64 MB"));
        }
        let mut text = Vec::new();
        let got = (&mut self.opened.stream)
            .take(length)
            .read_to_end(&mut text)
            .map_err(|e| self.damaged(&e))?;
        if got as u64 != length {
            return Err(self.damaged(&io::Error::from(io::ErrorKind::UnexpectedEof)));
        }
        for (number, line) in text.split(|&b| b == b'\n' || b == 0).enumerate() {
            if number as u64 > MOST_HEADER_LINES {
                return Err(self.too_much("a header of more than a million lines"));
            }
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if !line.is_empty() && self.take_header_line(line)? {
                return Ok(());
            }
        }
        Err(self.header_error("the header has no #CHROM line"))
    }

    /// Walks over the records that overlap the wanted regions, or over all.
    pub(super) fn for_each(
        &mut self,
        wanted: Option<&Regions>,
        visit: &mut dyn FnMut(&Record<'_>, &Header, &mut Warnings) -> Visit,
    ) -> Result<(), ScanError> {
        if let (Some(regions), Some(path)) = (wanted, self.input.path())
            && self.opened.compression == super::input::Compression::Bgzf
            && !self.header.has_hidden_ends()
        {
            match index::plan(path, self.opened.bcf, &self.header, regions) {
                Plan::Whole => {}
                Plan::Warn(kind, text) => self.warnings.add(kind, &text),
                // Nothing near the regions is strange enough to look why: names that nobody knows, another genome.
                Plan::Chunks(chunks) if chunks.is_empty() => {}
                Plan::Chunks(chunks) => {
                    self.indexed = true;
                    return self.read_chunks(path, &chunks, regions, visit);
                }
            }
        }
        self.refuse_whole()?;
        let mut filter = match (wanted, self.build) {
            (Some(regions), Some(build)) => Filter::logging(regions, build),
            (wanted, _) => Filter::new(wanted),
        };
        if self.opened.bcf {
            self.read_bcf(&mut filter, visit)?;
        } else {
            self.read_text(&mut filter, visit)?;
        }
        self.contigs = filter.into_log();
        Ok(())
    }

    fn read_text(
        &mut self,
        filter: &mut Filter<'_>,
        visit: &mut dyn FnMut(&Record<'_>, &Header, &mut Warnings) -> Visit,
    ) -> Result<(), ScanError> {
        while self.next_line()? {
            let line = std::mem::take(&mut self.buffer);
            let flow = self.take_line(&line, filter, visit);
            self.buffer = line;
            if flow?.is_break() {
                return Ok(());
            }
        }
        self.check_end()
    }

    pub(super) fn take_line(
        &mut self,
        line: &[u8],
        filter: &mut Filter<'_>,
        visit: &mut dyn FnMut(&Record<'_>, &Header, &mut Warnings) -> Visit,
    ) -> Result<ControlFlow<()>, ScanError> {
        match line.first() {
            None => {
                self.add_odd_line(Kind::BlankLine, "")?;
                return Ok(ControlFlow::Continue(()));
            }
            Some(b'#') => return self.header_in_body(line),
            Some(_) => {}
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            self.add_odd_line(Kind::BlankLine, "")?;
            return Ok(ControlFlow::Continue(()));
        }
        self.records += 1;
        let (line, site) = check_columns(line, &self.header)
            .and_then(|line| Ok((line, Site::parse(line)?)))
            .map_err(|problem| self.record_error(problem, None))?;
        if !filter.wants(&site) {
            return Ok(ControlFlow::Continue(()));
        }
        let named = (String::from_utf8_lossy(site.contig).into_owned(), site.position);
        let text = match decode(line) {
            Ok(text) => text,
            Err(problem) => return Err(self.record_error(problem, Some(named))),
        };
        if matches!(text, Cow::Owned(_)) {
            self.warnings
                .add(Kind::NotUtf8, &format!("{}:{}", named.0, named.1));
        }
        Record::parse(&text)
            .and_then(|record| visit(&record, &self.header, &mut self.warnings))
            .map_err(|problem| self.record_error(problem, Some(named)))
    }

    /// A second header in the body comes from files put together by `cat`; it must at least name the same samples.
    pub(super) fn header_in_body(&mut self, line: &[u8]) -> Result<ControlFlow<()>, ScanError> {
        let text = String::from_utf8_lossy(line);
        if text.starts_with("#CHROM") {
            let names = column_names(&text, self.header.samples == [""]);
            if names.get(9..).unwrap_or_default() != self.header.samples {
                return Err(self.header_error("a second header with other samples between the records"));
            }
        }
        self.add_odd_line(Kind::HeaderInBody, &text)?;
        Ok(ControlFlow::Continue(()))
    }

    pub(super) fn record_error(&self, problem: RecordProblem, site: Option<(String, u32)>) -> ScanError {
        ScanError::Record(Box::new(RecordError {
            file: self.input.display(),
            place: Place { site, ..self.place() },
            field: problem.field,
            value: problem.value,
            problem: problem.problem,
            remedy: problem.remedy.into(),
        }))
    }

    fn read_bcf(
        &mut self,
        filter: &mut Filter<'_>,
        visit: &mut dyn FnMut(&Record<'_>, &Header, &mut Warnings) -> Visit,
    ) -> Result<(), ScanError> {
        let mut record = BcfRecord::default();
        let mut line = String::new();
        while record
            .read(&mut self.opened.stream)
            .map_err(|e| self.damaged(&e))?
        {
            self.records += 1;
            if self.take_bcf(&record, &mut line, filter, visit)?.is_break() {
                return Ok(());
            }
        }
        self.check_end()
    }

    pub(super) fn take_bcf(
        &mut self,
        record: &BcfRecord,
        line: &mut String,
        filter: &mut Filter<'_>,
        visit: &mut dyn FnMut(&Record<'_>, &Header, &mut Warnings) -> Visit,
    ) -> Result<ControlFlow<()>, ScanError> {
        // Of a contig without name it cannot be said that it is not wanted.
        let contig = record
            .contig_name(&self.header)
            .map_err(|problem| self.record_error(problem, None))?;
        let (first, last) = record
            .span()
            .map_err(|problem| self.record_error(problem, None))?;
        let odd = |contig_end| {
            let mut line = String::new();
            let is_symbolic = record.may_be_symbolic() && record.write_line(&self.header, &mut line).is_ok();
            let site = is_symbolic.then(|| Site::parse(line.as_bytes()).ok()).flatten();
            odd_span(&site?, contig_end)
        };
        let wanted = filter.wants_span(contig.as_bytes(), first, || last, odd);
        if !wanted && !self.header.has_hidden_ends() {
            return Ok(ControlFlow::Continue(()));
        }
        let named = Some((contig.to_owned(), first));
        record
            .write_line(&self.header, line)
            .and_then(|()| Record::parse(line))
            .and_then(|record| {
                if wanted || filter.reaches(first, record.end()) {
                    visit(&record, &self.header, &mut self.warnings)
                } else {
                    Ok(ControlFlow::Continue(()))
                }
            })
            .map_err(|problem| self.record_error(problem, named))
    }

    /// Says whether the file was read to the end that it had when it was opened.
    pub(super) fn check_end(&self) -> Result<(), ScanError> {
        self.check_tail()?;
        match self.opened.size {
            Some(size) => self.input.check_size(size, self.opened.bytes_read()),
            None => Ok(()),
        }
    }

    /// Without its closing block a BGZF file is cut, even when every block that is there is whole.
    fn check_tail(&self) -> Result<(), ScanError> {
        let complete = self
            .opened
            .tail
            .as_ref()
            .is_none_or(|t| t.lock().is_ok_and(|t| t.is_complete()));
        if complete {
            Ok(())
        } else {
            Err(self.no_end_block(self.place()))
        }
    }

    pub(super) fn no_end_block(&self, place: Place) -> ScanError {
        ScanError::Damaged {
            file: self.input.display(),
            place,
            problem: "the closing block of the compressed file is missing".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";

    /// More than what is read ahead.
    fn text() -> String {
        let record = |i| format!("chr17\t{}\t.\tC\tT\t.\tPASS\tX={}\n", i + 1, "A".repeat(100));
        HEADER.to_owned() + &(0..3000).map(record).collect::<String>()
    }

    fn count(reader: &mut Reader<'_>) -> Result<u64, ScanError> {
        reader.for_each(None, &mut |_, _, _| Ok(ControlFlow::Continue(())))?;
        Ok(reader.records)
    }

    #[test]
    fn a_file_that_loses_lines_or_gains_some_while_it_is_read_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.vcf");
        let text = text();
        let half = text[..text.len() / 2].rfind('\n').unwrap() + 1;
        for changed in [
            text[..half].to_owned(),
            text.clone() + "chr17\t9999\t.\tC\tT\t.\tPASS\t.\n",
        ] {
            std::fs::write(&path, &text).unwrap();
            let input = Input::from_argument(&path);
            let mut reader = Reader::open(&input, 1).unwrap();
            std::fs::write(&path, &changed).unwrap();
            let message = count(&mut reader).unwrap_err().to_string();
            let sizes = format!("it had {} bytes, now it has {}", text.len(), changed.len());
            assert!(message.contains(&sizes), "{message}");
        }
        std::fs::write(&path, &text).unwrap();
        let input = Input::from_argument(&path);
        assert_eq!(count(&mut Reader::open(&input, 1).unwrap()).unwrap(), 3000);
        // Between two looks, as `analyze` takes them.
        std::fs::write(&path, &text[..half]).unwrap();
        let changed = Reader::open(&input, 1).err().map(|e| e.to_string());
        assert!(changed.unwrap().contains("changed while it was read"));
    }

    fn refused(text: &str) -> String {
        let input = Input::from_bytes("in", text.as_bytes());
        let counted = Reader::open(&input, 1).and_then(|mut reader| count(&mut reader));
        counted.map_or_else(|e| e.to_string(), |n| format!("{n} records"))
    }

    #[test]
    fn what_would_take_the_memory_or_hours_is_refused() {
        let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT";
        for (text, words) in [
            ("##a=b\n".repeat(1_000_001) + HEADER, "a million lines"),
            (format!("##a={}\n", "b".repeat(1 << 20)).repeat(65), "64 MB"),
            (
                HEADER.to_owned() + &"\n".repeat(1_000_001),
                "more than a million lines",
            ),
            (
                HEADER.to_owned() + &"#\n".repeat(1_000_001),
                "more than a million lines",
            ),
            (
                columns.to_owned() + &"\t".repeat(1_000_001) + "\n",
                "more than a million sample columns",
            ),
            (
                format!("{HEADER}chr1\t1\t.\tC\t{}T\t.\t.\t.\n", "T,".repeat(65_535)),
                "more than 65,534 alleles",
            ),
            (
                format!("{HEADER}chr1\t1\t.\tC\tT\t.\t.\t{}A\n", "A;".repeat(65_536)),
                "more than 65,535 fields",
            ),
            (
                format!(
                    "{columns}\tS\nchr1\t1\t.\tC\tT\t.\t.\t.\t{}A\t.\n",
                    "A:".repeat(256)
                ),
                "more than 255 fields",
            ),
        ] {
            let actual = refused(&text);
            assert!(actual.contains(words), "{words}: {actual}");
        }
        assert_eq!(refused(&(HEADER.to_owned() + &"\n".repeat(999_999))), "0 records");
    }
}
