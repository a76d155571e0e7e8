//! What can be wrong with an input, said so that the user can mend it.

use std::fmt;
use std::io;

use crate::genome::{Build, BuildError};

/// Where in a file something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Number of the record, 1-based, not counting the header; unknown when the file was read through its index.
    pub record: Option<u64>,
    /// Line of the text file, 1-based; `None` for BCF and indexed reading.
    pub line: Option<u64>,
    /// Contig and position, once they were read.
    pub site: Option<(String, u32)>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = Vec::new();
        if let Some(record) = self.record {
            words.push(format!("record {record}"));
        }
        if let Some(line) = self.line {
            words.push(format!("line {line}"));
        }
        if let Some((contig, position)) = &self.site {
            words.push(format!("{}:{position}", shown(contig)));
        }
        if words.is_empty() {
            words.push("header".into());
        }
        f.write_str(&words.join(", "))
    }
}

/// Why an input could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The file cannot be opened.
    #[error("{file}: cannot be opened: {source}; check the path and its permissions")]
    Open {
        /// File as the user named it.
        file: String,
        /// What the system says.
        source: io::Error,
    },
    /// What can be read only once cannot be kept in a temporary file.
    #[error(
        "{file}: cannot be copied to a temporary file: {source}; free room there, name another folder in TMPDIR, or give a file"
    )]
    Spool {
        /// Input as the user named it.
        file: String,
        /// What the system says.
        source: io::Error,
    },
    /// The file has no bytes.
    #[error("{file}: the file is empty (0 bytes): the step that made it failed; run that step again")]
    Empty {
        /// File as the user named it.
        file: String,
    },
    /// The file is something else.
    #[error("{file}: this is no VCF or BCF file but {found}; {remedy}")]
    NotVcf {
        /// File as the user named it.
        file: String,
        /// What the content looks like.
        found: String,
        /// What to do.
        remedy: String,
    },
    /// A file on a server that cannot be read, or not by its index alone.
    #[error("{file}: {problem}")]
    Server {
        /// Address as it is shown.
        file: String,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// A file that is only read through its index has none that can be used.
    #[error("{file}: {problem}; compress it with bgzip and index it (`tabix -p vcf`, `bcftools index`)")]
    NoIndex {
        /// File as the user named it.
        file: String,
        /// What is wrong.
        problem: String,
    },
    /// The header cannot be used.
    #[error("{file}: {place}: {problem}; {remedy}")]
    Header {
        /// File as the user named it.
        file: String,
        /// Where.
        place: String,
        /// What is wrong.
        problem: String,
        /// What to do.
        remedy: String,
    },
    /// The file ends too early or its compression is damaged.
    #[error(
        "{file}: cut short or damaged after {place}: {problem}; copy or make the file again (`gzip -t` and `bcftools view` test it)"
    )]
    Damaged {
        /// File as the user named it.
        file: String,
        /// The last record that could be read.
        place: Place,
        /// What is wrong.
        problem: String,
    },
    /// The file has more of something than any VCF, and reading on would fill the memory or take hours.
    #[error(
        "{file}: {place}: {problem}: no VCF has so much; make the file again, or take what is wanted out of it"
    )]
    TooMuch {
        /// File as the user named it.
        file: String,
        /// Where.
        place: Place,
        /// Of what there is too much.
        problem: &'static str,
    },
    /// The file became shorter or longer while the program ran.
    #[error(
        "{file}: the file changed while it was read: it had {before} bytes, now it has {now}; wait until the program that writes it is done, and run again"
    )]
    Changed {
        /// File as the user named it.
        file: String,
        /// Bytes when it was opened first.
        before: u64,
        /// Bytes later.
        now: u64,
    },
    /// A record breaks the format.
    #[error(transparent)]
    Record(Box<RecordError>),
    /// The genome build is unknown, in doubt, or not ours.
    #[error("{file}: {problem}")]
    Build {
        /// File as the user named it.
        file: String,
        /// What is wrong and what to do.
        problem: BuildError,
    },
    /// Records there are, but none on a chromosome of the build with a span that can be.
    #[error("{file}: no record lies on a chromosome of {build} where it could be looked at: {}", .lines.join("; "))]
    NoKnownContig {
        /// File as the user named it.
        file: String,
        /// The build.
        build: Build,
        /// What is wrong with each contig.
        lines: Vec<String>,
    },
    /// Records on an accession of another build than the file is read as.
    #[error(
        "{file}: contig {contig} is of {found}, but the file is read as {build}: correct --build, or the file"
    )]
    OtherBuild {
        /// File as the user named it.
        file: String,
        /// The accession.
        contig: String,
        /// Its build.
        found: Build,
        /// The build that the file is read as.
        build: Build,
    },
    /// A sample column that the user named is not there.
    #[error("{file}: no sample column {name:?}; the file has {columns}")]
    Column {
        /// File as the user named it.
        file: String,
        /// The name given.
        name: String,
        /// The columns there are.
        columns: String,
    },
}

/// A record that breaks the format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {place}: {field} {value:?}: {problem}; {remedy}")]
pub struct RecordError {
    /// File as the user named it.
    pub file: String,
    /// Where.
    pub place: Place,
    /// Column or field.
    pub field: String,
    /// Its value, shortened.
    pub value: String,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

/// What is wrong with one record, before file and place are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecordProblem {
    pub field: String,
    pub value: String,
    pub problem: String,
    pub remedy: &'static str,
}

impl RecordProblem {
    pub(super) fn new(field: &str, value: &[u8], problem: impl Into<String>, remedy: &'static str) -> Self {
        Self {
            field: field.into(),
            value: shown(&String::from_utf8_lossy(&value[..value.len().min(200)])),
            problem: problem.into(),
            remedy,
        }
    }
}

/// Shortens a value for a message; control characters are escaped by the caller's `{:?}`.
pub(crate) fn shown(value: &str) -> String {
    const LONGEST: usize = 60;
    if value.chars().count() <= LONGEST {
        return value.to_owned();
    }
    let head: String = value.chars().take(LONGEST).collect();
    format!("{head}…")
}
