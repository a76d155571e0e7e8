//! Every allele of every record as a table, of any caller and any genome: what `vaf` prints.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::ControlFlow;

use super::caller::{self, Caller};
use super::dialects::{self, Cell};
use super::error::ScanError;
use super::header::Header;
use super::input::Input;
use super::reader::Reader;
use super::record::Record;
use crate::evidence::{Evidence, Warning};
use crate::genome::{RecognizedBuild, recognize};
use crate::text;

/// Column names of the table.
pub const VAF_COLUMNS: [&str; 13] = [
    "file",
    "sample",
    "chrom",
    "pos",
    "ref",
    "alt",
    "depth",
    "alt_count",
    "vaf",
    "vaf_low",
    "vaf_high",
    "counts_from",
    "filter",
];

/// Why a table was not written to its end.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The input cannot be read.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// The output cannot be written; a closed pipe is `BrokenPipe`.
    #[error("cannot write the table: {0}")]
    Output(#[source] io::Error),
}

/// Writes one row per record, alternative allele and sample; returns the warnings.
///
/// Rows are as in the file and in its order. A file without sample columns has the sample `INFO`.
pub fn write_vaf_rows(
    input: &Input,
    threads: usize,
    out: &mut dyn Write,
) -> Result<Vec<Warning>, TableError> {
    write_named_vaf_rows(input, &input.file_name(), threads, out).map(|printed| printed.warnings)
}

/// What was found out about a file whose rows were written.
#[derive(Debug)]
pub struct PrintedFile {
    /// What was odd about it.
    pub warnings: Vec<Warning>,
    /// Whose it is.
    pub caller: Caller,
    /// The build, where its header is that of a human one, and how it was recognized.
    pub build: Option<RecognizedBuild>,
}

/// Writes the rows of [`write_vaf_rows`] under another name of the file.
pub fn write_named_vaf_rows(
    input: &Input,
    name: &str,
    threads: usize,
    out: &mut dyn Write,
) -> Result<PrintedFile, TableError> {
    let mut reader = Reader::open(input, threads)?;
    let build = recognize(&reader.header.contigs, &reader.header.assembly_texts(), None).ok();
    let caller = caller::recognize(&reader.header);
    let file = text::cell(name).into_owned();
    let mut failed = None;
    let mut rows = String::new();
    reader.for_each(None, &mut |record, header, _| {
        rows.clear();
        push_rows(&mut rows, &file, caller, record, header);
        match out.write_all(rows.as_bytes()) {
            Ok(()) => Ok(ControlFlow::Continue(())),
            Err(e) => {
                failed = Some(e);
                Ok(ControlFlow::Break(()))
            }
        }
    })?;
    match failed {
        Some(e) => Err(TableError::Output(e)),
        None => Ok(PrintedFile {
            warnings: reader.warnings.list(),
            caller,
            build,
        }),
    }
}

fn push_rows(rows: &mut String, file: &str, caller: Caller, record: &Record<'_>, header: &Header) {
    let samples: Vec<(&str, Option<usize>)> = if header.samples.is_empty() {
        vec![("INFO", None)]
    } else {
        let named = header.samples.iter().enumerate();
        named
            .map(|(column, name)| (name.as_str(), Some(column)))
            .collect()
    };
    let cells: Vec<(&str, Cell<'_>)> = samples
        .into_iter()
        .map(|(sample, column)| (sample, Cell::new(record, header, caller, column, 1)))
        .collect();
    for (i, alternate) in record.alternates.iter().enumerate() {
        if Record::is_no_variant(alternate) {
            continue;
        }
        for (sample, cell) in &cells {
            let evidence = dialects::evidence(&cell.of_other(i + 1));
            push_row(rows, &[file, sample], record, alternate, &evidence);
        }
    }
}

fn push_row(rows: &mut String, names: &[&str; 2], record: &Record<'_>, alternate: &str, evidence: &Evidence) {
    let [file, sample] = names;
    let number = |n: Option<u32>| n.map_or_else(String::new, |n| n.to_string());
    let share = |f: Option<f64>| f.map_or_else(String::new, |f| format!("{f:.6}"));
    // Writing to a String cannot fail.
    _ = writeln!(
        rows,
        "{file}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
        text::cell(sample),
        text::cell(record.contig),
        record.position,
        text::cell(record.reference),
        text::cell(alternate),
        number(evidence.depth),
        number(evidence.alt_count),
        share(evidence.vaf),
        share(evidence.interval.map(|i| i.low)),
        share(evidence.interval.map(|i| i.high)),
        evidence.counts_from,
        text::cell(record.filter),
    );
}
