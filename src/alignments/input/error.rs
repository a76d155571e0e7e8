use std::io;
use std::path::{Path, PathBuf};

use crate::genome::{ChangedFile, ReferenceFastaError};

/// Why alignments cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum AlignmentError {
    /// The file cannot be opened or is no BAM, CRAM or SAM file.
    #[error("{}: cannot be opened as BAM, CRAM or SAM: {message}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Cause.
        message: String,
    },
    /// The file cannot be read at all.
    #[error("{}: cannot be read: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// The end-of-file block is missing.
    #[error(
        "{}: is cut off: the block that ends every {format} file is missing; copy or make the file anew",
        path.display()
    )]
    Truncated {
        /// The file.
        path: PathBuf,
        /// `BAM` or `CRAM`.
        format: &'static str,
    },
    /// The header names no contig.
    #[error("{}: the header names no contig (@SQ); unaligned reads cannot be analyzed: align them first", path.display())]
    NoContigs {
        /// The file.
        path: PathBuf,
    },
    /// Reading stopped in the middle.
    #[error("{}: cannot read the alignments {place}: {message}{}", path.display(), hint(*cram))]
    Record {
        /// The file.
        path: PathBuf,
        /// Where: `in chr1:100-200`, `behind chr1:100`.
        place: String,
        /// Cause.
        message: String,
        /// Whether it is a CRAM file, whose reference may be the wrong one.
        cram: bool,
    },
    /// Without an index a file must be sorted.
    #[error(
        "{}: has no index and is not sorted by coordinate ({found}): run `samtools sort` and `samtools index`",
        path.display()
    )]
    Unsorted {
        /// The file.
        path: PathBuf,
        /// What shows it.
        found: String,
    },
    /// A CRAM file without reference.
    #[error("{}: CRAM needs the reference FASTA that it was written with: give --reference", path.display())]
    NoReference {
        /// The file.
        path: PathBuf,
    },
    /// htslib needs the index of the FASTA to read CRAM.
    #[error("{0}: reading CRAM needs its index: run `samtools faidx {0}`", path.display())]
    NoFastaIndex {
        /// The FASTA.
        path: PathBuf,
    },
    /// The reference does not fit the file.
    #[error("{}: {problem}; give the FASTA that the reads were aligned to", path.display())]
    WrongReference {
        /// The alignment file.
        path: PathBuf,
        /// What does not fit.
        problem: String,
    },
    /// The file shrank or grew.
    #[error(transparent)]
    Changed(#[from] ChangedFile),
    /// The FASTA cannot be read.
    #[error(transparent)]
    Reference(#[from] ReferenceFastaError),
}

impl AlignmentError {
    /// Makes the error of a file that begins as no alignments do.
    pub fn no_alignments(path: &Path) -> Self {
        Self::Open {
            path: path.to_path_buf(),
            message: "it does not begin as one (SAM needs a header)".to_owned(),
        }
    }

    /// Returns the error as one of a file of another name: the pipe that a file is the copy of.
    #[must_use]
    pub fn of(mut self, name: &Path) -> Self {
        match &mut self {
            Self::Open { path, .. }
            | Self::Io { path, .. }
            | Self::Truncated { path, .. }
            | Self::NoContigs { path }
            | Self::Record { path, .. }
            | Self::Unsorted { path, .. }
            | Self::NoReference { path }
            | Self::WrongReference { path, .. } => name.clone_into(path),
            Self::NoFastaIndex { .. } | Self::Changed(_) | Self::Reference(_) => {}
        }
        self
    }
}

fn hint(cram: bool) -> &'static str {
    if cram {
        "; the file is damaged, or --reference is not the FASTA that it was written with"
    } else {
        "; the file is damaged or cut off: copy or make it anew"
    }
}

/// Why a list of target regions cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// The file cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Io {
        /// The BED file.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// A line has too few columns or no numbers where they must be.
    #[error(
        "{}, line {line}: {text:?} does not begin with contig, start, end (0-based, end after start), separated by tabs",
        path.display()
    )]
    Line {
        /// The BED file.
        path: PathBuf,
        /// 1-based line.
        line: usize,
        /// The line.
        text: String,
    },
    /// A region lies on a contig that the alignments do not have.
    #[error("{}, line {line}: contig {contig:?} is not in the header of {alignments}", path.display())]
    Contig {
        /// The BED file.
        path: PathBuf,
        /// 1-based line.
        line: usize,
        /// The contig.
        contig: String,
        /// The alignment file.
        alignments: String,
    },
    /// A region reaches beyond its contig.
    #[error(
        "{}, line {line}: {contig}:{start}-{end} reaches beyond the contig's {length} bases: another build?",
        path.display()
    )]
    Beyond {
        /// The BED file.
        path: PathBuf,
        /// 1-based line.
        line: usize,
        /// The contig.
        contig: String,
        /// 0-based start.
        start: u32,
        /// End.
        end: u32,
        /// Length of the contig.
        length: u32,
    },
    /// A primer's strand is none.
    #[error(
        "{}, line {line}: {value:?} in column 6 is no strand: +, - or . is wanted, or a file of three columns",
        path.display()
    )]
    Strand {
        /// The BED file.
        path: PathBuf,
        /// 1-based line.
        line: usize,
        /// The value.
        value: String,
    },
    /// No line names a region.
    #[error("{}: holds no region", path.display())]
    Empty {
        /// The BED file.
        path: PathBuf,
    },
}
