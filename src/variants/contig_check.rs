//! What the names of contigs say: which build the file is on, and whether its records can be looked at.

use std::io::BufRead;

use super::error::ScanError;
use super::reader::Reader;
use crate::evidence::Warning;
use crate::genome::{self, Build, ContigLine, RecognizedBuild};

impl Reader<'_> {
    /// Tells the build from the header and from the name of the first record's contig, which may be an accession.
    pub(super) fn recognize_build(&mut self, given: Option<Build>) -> Result<RecognizedBuild, ScanError> {
        let mut contigs = self.header.contigs.clone();
        if let Some(name) = self.first_contig()
            && !contigs.iter().any(|c| c.name == name)
        {
            contigs.push(ContigLine {
                name,
                ..ContigLine::default()
            });
        }
        let recognized =
            genome::recognize(&contigs, &self.header.assembly_texts(), given).map_err(|problem| {
                ScanError::Build {
                    file: self.input.display(),
                    problem,
                }
            })?;
        if let Some(doubt) = &recognized.warning {
            self.warnings.doubt_build(doubt.clone());
        }
        self.build = Some(recognized.build);
        Ok(recognized)
    }

    /// Looks at the first record without taking it. The header of a BCF file names every contig, so it is not asked.
    fn first_contig(&mut self) -> Option<String> {
        if self.opened.bcf {
            return None;
        }
        let line = self.first_line()?;
        let end = memchr::memchr(b'\t', line)?;
        std::str::from_utf8(&line[..end]).ok().map(str::to_owned)
    }

    /// Whether the first record has a value behind FORMAT. Whoever writes BCF writes no tab for nothing.
    pub(super) fn has_tenth_column(&mut self) -> bool {
        let has = |line: &[u8]| memchr::memchr_iter(b'\t', line.trim_ascii_end()).count() >= 9;
        self.opened.bcf || self.first_line().is_some_and(has)
    }

    /// Returns the first line ahead that is not blank, as far as it is in the buffer.
    fn first_line(&mut self) -> Option<&[u8]> {
        let ahead = self.opened.stream.fill_buf().ok()?;
        ahead.split(|&b| b == b'\n').find(|l| !l.trim_ascii().is_empty())
    }

    /// Returns what is to be said of contigs that could not be looked at; an error where no record could be.
    pub(super) fn check_contigs(&self) -> Result<Vec<Warning>, ScanError> {
        let (Some(log), Some(build)) = (&self.contigs, self.build) else {
            return Ok(Vec::new());
        };
        if let Some((contig, found)) = log.contradiction() {
            return Err(ScanError::OtherBuild {
                file: self.input.display(),
                contig: contig.clone(),
                found: *found,
                build,
            });
        }
        // Of a file that is read by its index, other contigs and places are left out.
        if self.indexed {
            return Ok(log.odd_spans());
        }
        if log.lost_all() {
            return Err(ScanError::NoKnownContig {
                file: self.input.display(),
                build,
                lines: log.lost().iter().map(ToString::to_string).collect(),
            });
        }
        Ok(log.off_panel().into_iter().chain(log.lost()).collect())
    }
}
