//! Writes a file anew with fields added to INFO: every record stays, in its place, and all that is not added stays as it is.

use std::io::{self, Write};

use super::annotations::{self, AnnotationColumns};
use super::bcf::BcfRecord;
use super::caller::{self, Caller};
use super::error::{RecordProblem, ScanError};
use super::events::event;
use super::input::Input;
use super::lines::{Filter, check_columns, decode};
use super::reader::Reader;
use super::record::{Record, Site};
use super::warnings::Kind;
use crate::evidence::{FileAnnotation, Warning};
use crate::genome::{Allele, Build, Chromosome, RecognizedBuild, Regions, Variant};

/// One alternative allele of a record, as whoever annotates sees it.
#[derive(Clone, Debug)]
pub struct SiteAllele {
    /// The allele: a sequence in its shortest form, or an event.
    pub allele: Allele,
    /// Annotations that the file carries.
    pub annotations: Vec<FileAnnotation>,
}

/// Returns what to add to INFO, without the separator; `None` for nothing; the error is one of the record.
pub type Annotate<'a> = dyn FnMut(&[SiteAllele]) -> Result<Option<String>, String> + 'a;

/// Makes the annotation of a build, once the header has told which it is.
pub type MakeAnnotate<'a> = dyn Fn(Build) -> Result<(Regions, Box<Annotate<'a>>), String> + 'a;

/// Why a file could not be written anew.
#[derive(Debug, thiserror::Error)]
pub enum RewriteError {
    /// The input is at fault.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// The annotation cannot be made for the build of the file.
    #[error("{0}")]
    Annotation(String),
    /// The output cannot be written.
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

/// What is added, and where.
#[derive(Debug)]
pub struct Rewrite<'a> {
    /// Begin of the INFO keys that are added; fields and header lines with it are removed from the input.
    pub prefix: &'a str,
    /// Header lines that declare the added fields, without line feed.
    pub header: &'a [String],
    /// The build, where the user gives it.
    pub build: Option<Build>,
    /// Threads for decompressing.
    pub threads: usize,
}

/// What was found out about a file that was written anew.
#[derive(Debug)]
pub struct Rewritten {
    /// Its records.
    pub records: u64,
    /// What was odd about it.
    pub warnings: Vec<Warning>,
    /// Whose it is.
    pub caller: Caller,
    /// The build, and how it was recognized.
    pub build: RecognizedBuild,
}

/// Streams `input` to `out` as VCF text.
pub fn rewrite(
    input: &Input,
    what: &Rewrite<'_>,
    make: &MakeAnnotate<'_>,
    out: &mut dyn Write,
) -> Result<Rewritten, RewriteError> {
    let mut reader = Reader::open_keeping_header(input, what.threads)?;
    let recognized = reader.recognize_build(what.build)?;
    let (regions, mut annotate) = make(recognized.build).map_err(RewriteError::Annotation)?;
    write_header(&reader.header_lines, what, out)?;
    let mut writer = Writer {
        columns: AnnotationColumns::new(&reader.header),
        build: recognized.build,
        prefix: what.prefix,
        filter: Filter::logging(&regions, recognized.build),
        annotate: &mut *annotate,
        out,
    };
    if reader.opened.bcf {
        rewrite_bcf(&mut reader, &mut writer)?;
    } else {
        rewrite_text(&mut reader, &mut writer)?;
    }
    reader.check_end()?;
    reader.contigs = writer.filter.into_log();
    let contigs = reader.check_contigs()?;
    Ok(Rewritten {
        records: reader.records,
        warnings: [reader.warnings.list(), contigs].concat(),
        caller: caller::recognize(&reader.header),
        build: recognized,
    })
}

fn write_header(lines: &[Vec<u8>], what: &Rewrite<'_>, out: &mut dyn Write) -> io::Result<()> {
    let own = format!("##INFO=<ID={}", what.prefix);
    for line in lines {
        if line.starts_with(b"#CHROM") {
            for added in what.header {
                writeln!(out, "{added}")?;
            }
        }
        if !line.starts_with(own.as_bytes()) {
            out.write_all(&without_idx(line))?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// Removes the dictionary index that BCF adds to header lines; it means nothing in text.
fn without_idx(line: &[u8]) -> Vec<u8> {
    let Some(at) = memchr::memmem::rfind(line, b",IDX=") else {
        return line.to_vec();
    };
    match line[at + 5..].split_last() {
        Some((b'>', digits)) if digits.iter().all(u8::is_ascii_digit) => [&line[..at], b">"].concat(),
        _ => line.to_vec(),
    }
}

fn rewrite_text(reader: &mut Reader<'_>, writer: &mut Writer<'_, '_>) -> Result<(), RewriteError> {
    while reader.next_line()? {
        let line = std::mem::take(&mut reader.buffer);
        let blank = line.iter().all(u8::is_ascii_whitespace);
        if blank {
            reader.add_odd_line(Kind::BlankLine, "")?;
        } else if line.first() == Some(&b'#') {
            let _ = reader.header_in_body(&line)?;
        } else {
            reader.records += 1;
            let whole = check_columns(&line, &reader.header).map_err(|p| reader.record_error(p, None))?;
            writer.line(whole).map_err(|e| e.of(reader))?;
        }
        reader.buffer = line;
    }
    Ok(())
}

fn rewrite_bcf(reader: &mut Reader<'_>, writer: &mut Writer<'_, '_>) -> Result<(), RewriteError> {
    let mut record = BcfRecord::default();
    let mut line = String::new();
    while record
        .read(&mut reader.opened.stream)
        .map_err(|e| reader.damaged(&e))?
    {
        reader.records += 1;
        record
            .write_line(&reader.header, &mut line)
            .map_err(|p| reader.record_error(p, None))?;
        writer.line(line.as_bytes()).map_err(|e| e.of(reader))?;
    }
    Ok(())
}

/// What went wrong with one line.
enum LineError {
    Record(RecordProblem),
    Output(io::Error),
}

impl LineError {
    fn of(self, reader: &Reader<'_>) -> RewriteError {
        match self {
            Self::Record(problem) => reader.record_error(problem, None).into(),
            Self::Output(error) => error.into(),
        }
    }
}

impl From<RecordProblem> for LineError {
    fn from(problem: RecordProblem) -> Self {
        Self::Record(problem)
    }
}

impl From<io::Error> for LineError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

struct Writer<'r, 'a> {
    columns: AnnotationColumns,
    build: Build,
    prefix: &'a str,
    filter: Filter<'r>,
    annotate: &'a mut Annotate<'a>,
    out: &'a mut dyn Write,
}

impl Writer<'_, '_> {
    /// Writes one record, with what is added where it lies on a wanted region.
    fn line(&mut self, line: &[u8]) -> Result<(), LineError> {
        let site = Site::parse(line)?;
        // Fields of an earlier run are removed wherever they are, or they would contradict the new ones.
        let annotated_before = memchr::memmem::find(line, self.prefix.as_bytes()).is_some();
        let wanted = self.filter.wants(&site);
        if !wanted && !annotated_before {
            self.out.write_all(line)?;
            self.out.write_all(b"\n")?;
            return Ok(());
        }
        let text = decode(line)?;
        let record = Record::parse(&text)?;
        let added = if wanted { self.added(&record)? } else { None };
        let columns: Vec<&str> = text.splitn(9, '\t').collect();
        for (index, column) in columns.iter().enumerate() {
            if index > 0 {
                self.out.write_all(b"\t")?;
            }
            if index == 7 {
                self.out
                    .write_all(info(column, self.prefix, added.as_deref()).as_bytes())?;
            } else {
                self.out.write_all(column.as_bytes())?;
            }
        }
        self.out.write_all(b"\n")?;
        Ok(())
    }

    fn added(&mut self, record: &Record<'_>) -> Result<Option<String>, RecordProblem> {
        let Some(chromosome) = Chromosome::parse(record.contig) else {
            return Ok(None);
        };
        let alleles: Vec<SiteAllele> = record
            .alternates
            .iter()
            .enumerate()
            .map(|(index, alternate)| SiteAllele {
                allele: Variant::new(
                    self.build,
                    chromosome,
                    record.position,
                    record.reference,
                    alternate,
                )
                .map_or_else(
                    |e| event(record, index + 1, (self.build, chromosome), record.end(), &e).into(),
                    Allele::Sequence,
                ),
                annotations: annotations::read(record, index + 1, &self.columns),
            })
            .collect();
        (self.annotate)(&alleles).map_err(|problem| {
            RecordProblem::new(
                "REF",
                record.reference.as_bytes(),
                problem,
                "give the right --build or --reference",
            )
        })
    }
}

/// Returns the INFO column with the fields of an earlier run removed and the new ones put behind.
fn info(column: &str, prefix: &str, added: Option<&str>) -> String {
    let kept = column
        .split(';')
        .filter(|f| !f.is_empty() && *f != "." && !f.starts_with(prefix));
    let fields: Vec<&str> = kept.chain(added).collect();
    if fields.is_empty() {
        ".".to_owned()
    } else {
        fields.join(";")
    }
}
