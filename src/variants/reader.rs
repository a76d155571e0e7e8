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
use super::lines::{Filter, check_columns, decode};
use super::record::{Record, Site};
use super::warnings::{Kind, Warnings};
use crate::genome::{Build, Regions};

/// No line is longer; a longer one is no VCF and must not take the memory.
const LONGEST_LINE: u64 = 1 << 30;

/// What the visitor of a record answers.
pub(crate) type Visit = Result<ControlFlow<()>, RecordProblem>;

/// A file whose header has been read.
pub(crate) struct Reader<'i> {
    pub(super) input: &'i Input,
    pub(super) opened: Opened,
    pub header: Header,
    /// The header as it stands in the file, the #CHROM line last, for whoever writes the file anew.
    pub header_lines: Vec<Vec<u8>>,
    pub warnings: Warnings,
    pub indexed: bool,
    pub(super) build: Option<Build>,
    /// On which contigs the records were, once they were read.
    pub(super) contigs: Option<ContigLog>,
    pub(super) records: u64,
    lines: u64,
    pub(super) buffer: Vec<u8>,
}

impl<'i> Reader<'i> {
    /// Opens a file and reads its header.
    pub fn open(input: &'i Input, threads: usize) -> Result<Self, ScanError> {
        let opened = input.open(threads)?;
        let mut reader = Self {
            input,
            opened,
            header: Header::new(),
            header_lines: Vec::new(),
            warnings: Warnings::default(),
            indexed: false,
            build: None,
            contigs: None,
            records: 0,
            lines: 0,
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
    pub fn format(&self) -> &'static str {
        self.opened.format()
    }

    pub(super) fn damaged(&self, source: &io::Error) -> ScanError {
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
            let source = io::Error::new(io::ErrorKind::InvalidData, "a line of more than 1 GB");
            return Err(self.damaged(&source));
        } else {
            let line = format!("line {}", self.lines);
            self.warnings.add(Kind::NoFinalNewline, &line);
        }
        if self.buffer.last() == Some(&b'\r') {
            self.buffer.pop();
        }
        Ok(true)
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
        while self.next_line()? {
            let line = std::mem::take(&mut self.buffer);
            let done = self.take_header_line(&line);
            self.buffer = line;
            if done? {
                return Ok(());
            }
        }
        if self.opened.tail.is_some() {
            self.check_tail()?;
        }
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
            self.header_lines.push(line.to_vec());
        } else if text.starts_with('#') {
            nameless = text.ends_with(['\t', ' ']) && self.has_tenth_column();
            let names = column_names(&text, nameless);
            self.header_lines.push(names.join("\t").into_bytes());
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
        let mut text = Vec::new();
        let got = (&mut self.opened.stream)
            .take(length)
            .read_to_end(&mut text)
            .map_err(|e| self.damaged(&e))?;
        if got as u64 != length {
            return Err(self.damaged(&io::Error::from(io::ErrorKind::UnexpectedEof)));
        }
        for line in text.split(|&b| b == b'\n' || b == 0) {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if !line.is_empty() && self.take_header_line(line)? {
                return Ok(());
            }
        }
        Err(self.header_error("the header has no #CHROM line"))
    }

    /// Walks over the records that overlap the wanted regions, or over all.
    pub fn for_each(
        &mut self,
        wanted: Option<&Regions>,
        visit: &mut dyn FnMut(&Record<'_>, &Header, &mut Warnings) -> Visit,
    ) -> Result<(), ScanError> {
        if let (Some(regions), Some(path)) = (wanted, self.input.path())
            && self.opened.compression == super::input::Compression::Bgzf
            && self.may_use_index()
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

    /// Walks over the records that overlap the regions, through the index alone: without one that fits, an error.
    pub fn for_each_indexed(
        &mut self,
        regions: &Regions,
        visit: &mut dyn FnMut(&Record<'_>, &Header, &mut Warnings) -> Visit,
    ) -> Result<(), ScanError> {
        let no_index = |problem: String| ScanError::NoIndex {
            file: self.input.display(),
            problem,
        };
        let path = self
            .input
            .path()
            .filter(|_| self.opened.compression == super::input::Compression::Bgzf);
        let path = path.ok_or_else(|| no_index("it is not compressed by bgzip".into()))?;
        let chunks = index::chunks(path, self.opened.bcf, &self.header, regions).map_err(no_index)?;
        self.indexed = true;
        self.read_chunks(path, &chunks.unwrap_or_default(), regions, visit)
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
        self.check_tail()
    }

    fn take_line(
        &mut self,
        line: &[u8],
        filter: &mut Filter<'_>,
        visit: &mut dyn FnMut(&Record<'_>, &Header, &mut Warnings) -> Visit,
    ) -> Result<ControlFlow<()>, ScanError> {
        match line.first() {
            None => {
                self.warnings.add(Kind::BlankLine, "");
                return Ok(ControlFlow::Continue(()));
            }
            Some(b'#') => return self.header_in_body(line),
            Some(_) => {}
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            self.warnings.add(Kind::BlankLine, "");
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
        self.warnings.add(Kind::HeaderInBody, &text);
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
        self.check_tail()
    }

    fn take_bcf(
        &mut self,
        record: &BcfRecord,
        line: &mut String,
        filter: &mut Filter<'_>,
        visit: &mut dyn FnMut(&Record<'_>, &Header, &mut Warnings) -> Visit,
    ) -> Result<ControlFlow<()>, ScanError> {
        let contig = record
            .contig()
            .and_then(|i| self.header.contig_names.get(i)?.as_deref());
        let (first, last) = record.span();
        let wanted = filter.wants_span(contig.unwrap_or_default().as_bytes(), first, || last);
        if !wanted && !self.header.has_hidden_ends() {
            return Ok(ControlFlow::Continue(()));
        }
        let named = contig.map(|c| (c.to_owned(), first));
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

    /// Without its closing block a BGZF file is cut, even when every block that is there is whole.
    pub(super) fn check_tail(&self) -> Result<(), ScanError> {
        let complete = self
            .opened
            .tail
            .as_ref()
            .is_none_or(|t| t.lock().is_ok_and(|t| t.is_complete()));
        if complete {
            return Ok(());
        }
        let problem = "the closing block of the compressed file is missing".into();
        Err(ScanError::Damaged {
            file: self.input.display(),
            place: self.place(),
            problem,
        })
    }

    fn read_chunks(
        &mut self,
        path: &std::path::Path,
        chunks: &[index::Chunk],
        regions: &Regions,
        visit: &mut dyn FnMut(&Record<'_>, &Header, &mut Warnings) -> Visit,
    ) -> Result<(), ScanError> {
        let open = |source| ScanError::Open {
            file: self.input.display(),
            source,
        };
        let mut file = std::fs::File::open(path).map_err(open)?;
        if !super::input::ends_with_eof_block(&mut file).map_err(open)? {
            let problem = "the closing block of the compressed file is missing".into();
            return Err(ScanError::Damaged {
                file: self.input.display(),
                place: Place::default(),
                problem,
            });
        }
        let mut stream = index::reader(file);
        let mut filter = Filter::new(Some(regions));
        let mut record = BcfRecord::default();
        let mut text = String::new();
        for chunk in chunks {
            stream.seek(chunk.start()).map_err(|e| self.damaged(&e))?;
            while stream.virtual_position() < chunk.end() {
                let flow = if self.opened.bcf {
                    if !record.read(&mut stream).map_err(|e| self.damaged(&e))? {
                        break;
                    }
                    self.take_bcf(&record, &mut text, &mut filter, visit)?
                } else {
                    let mut line = std::mem::take(&mut self.buffer);
                    line.clear();
                    let got = stream
                        .read_until(b'\n', &mut line)
                        .map_err(|e| self.damaged(&e))?;
                    if got == 0 {
                        break;
                    }
                    while matches!(line.last(), Some(b'\n' | b'\r')) {
                        line.pop();
                    }
                    let flow = self.take_line(&line, &mut filter, visit);
                    self.buffer = line;
                    flow?
                };
                if flow.is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}
