//! One line of a file before it is a record: is it wanted, is it whole, is it text.

use std::borrow::Cow;

use super::contig_log::ContigLog;
use super::error::RecordProblem;
use super::header::Header;
use super::odd_span::{OddSpan, odd_span};
use super::record::Site;
use crate::genome::{Build, Chromosome, Regions, overlaps};

/// No line is longer; a longer one is no VCF and must not take the memory. Half a million samples take a fifth of it.
pub(super) const LONGEST_LINE: u64 = 1 << 27;

/// Blank lines, and header lines between the records, that a file may have: more are no VCF, and reading them takes hours.
pub(super) const MOST_ODD_LINES: u64 = 1_000_000;

/// Decides by CHROM and POS; remembers the last contig, for a file names each thousands of times in a row.
pub(super) struct Filter<'r> {
    regions: Option<&'r Regions>,
    contig: Vec<u8>,
    ranges: &'r [(u32, u32)],
    log: Option<ContigLog>,
}

impl<'r> Filter<'r> {
    pub(super) fn new(regions: Option<&'r Regions>) -> Self {
        Self {
            regions,
            contig: Vec::new(),
            ranges: &[],
            log: None,
        }
    }

    /// Keeps a log of the contigs that records are on.
    pub(super) fn logging(regions: &'r Regions, build: Build) -> Self {
        Self {
            log: Some(ContigLog::new(build)),
            ..Self::new(Some(regions))
        }
    }

    /// Returns the log.
    pub(super) fn into_log(self) -> Option<ContigLog> {
        self.log
    }

    pub(super) fn wants(&mut self, site: &Site<'_>) -> bool {
        let odd = |contig_end| odd_span(site, contig_end);
        self.wants_span(site.contig, site.position, || site.end(), odd)
    }

    /// Asks again for the same record, whose end is further off than it seemed.
    pub(super) fn reaches(&self, first: u32, last: u32) -> bool {
        self.regions.is_none() || overlaps(self.ranges, first, last)
    }

    /// Whether a record is wanted that reaches from `first` to `last`; `odd_span` is for the log.
    pub(super) fn wants_span(
        &mut self,
        contig: &[u8],
        first: u32,
        last: impl FnOnce() -> u32,
        odd_span: impl FnOnce(u32) -> Option<OddSpan>,
    ) -> bool {
        let Some(regions) = self.regions else { return true };
        if self.contig != contig {
            contig.clone_into(&mut self.contig);
            self.ranges = std::str::from_utf8(contig)
                .ok()
                .and_then(Chromosome::parse)
                .map_or(&[], |c| regions.of(c));
            if let Some(log) = &mut self.log {
                log.enter(contig, !self.ranges.is_empty());
            }
        }
        if let Some(log) = &mut self.log {
            log.record(first, odd_span);
        }
        match self.ranges.last() {
            Some(&(_, end)) if first <= end => overlaps(self.ranges, first, last()),
            _ => false,
        }
    }
}

/// Returns the line with the columns of the header. Some programs end each record with tabs or spaces; nothing is lost with
/// the empty columns behind the last.
pub(super) fn check_columns<'l>(line: &'l [u8], header: &Header) -> Result<&'l [u8], RecordProblem> {
    let mut columns = memchr::memchr_iter(b'\t', line).count() + 1;
    let mut whole = without_end(line);
    while columns > header.columns
        && let Some(before) = whole.strip_suffix(b"\t")
    {
        whole = without_end(before);
        columns -= 1;
    }
    if columns == header.columns {
        return Ok(whole);
    }
    let start = &line[..line.len().min(60)];
    if columns == 1 && line.contains(&b' ') {
        return Err(RecordProblem::new(
            "line",
            start,
            "columns are not separated by tabs",
            "put tabs between the columns",
        ));
    }
    let problem = format!("{columns} columns where the header has {}", header.columns);
    Err(RecordProblem::new(
        "line",
        start,
        problem,
        "the file may be cut short: make it again",
    ))
}

/// Removes spaces and carriage returns from the end.
fn without_end(line: &[u8]) -> &[u8] {
    let end = line
        .iter()
        .rposition(|b| !matches!(b, b' ' | b'\r'))
        .map_or(0, |at| at + 1);
    &line[..end]
}

/// Reads bytes as text. Annotations in another encoding are bearable in INFO, nowhere else.
pub(super) fn decode(line: &[u8]) -> Result<Cow<'_, str>, RecordProblem> {
    const INFO: usize = 7;
    const NAMES: [&str; 9] = [
        "CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT",
    ];
    if let Ok(text) = std::str::from_utf8(line) {
        return Ok(Cow::Borrowed(text));
    }
    for (i, column) in line.split(|&b| b == b'\t').enumerate() {
        if i != INFO && std::str::from_utf8(column).is_err() {
            let name = NAMES.get(i).copied().unwrap_or("sample");
            return Err(RecordProblem::new(
                name,
                column,
                "not UTF-8 text",
                "correct the line or convert the file to UTF-8",
            ));
        }
    }
    Ok(String::from_utf8_lossy(line))
}
