//! Why a reference FASTA cannot be used.

use std::io;
use std::path::PathBuf;

/// Why a reference FASTA cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceFastaError {
    /// The file cannot be opened.
    #[error("{}: cannot be opened; check --reference", path.display())]
    Open {
        /// The FASTA.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// A pipe or a folder.
    #[error(
        "{}: is no file: a reference is read at many places, so it cannot come through a pipe; save it first, and give the file",
        path.display()
    )]
    NoFile {
        /// What was given.
        path: PathBuf,
    },
    /// A plain file without index that is no FASTA, or none that can have an index.
    #[error(
        "{}: cannot be indexed as FASTA: a contig begins with a line `>name`, and all its lines but the last are of one length; give \
         another reference, or write it anew (`samtools faidx` says where it is wrong, `seqkit seq -w 60` mends it)",
        path.display()
    )]
    NoFasta {
        /// The file.
        path: PathBuf,
    },
    /// A bgzipped file without its indexes.
    #[error("{0}: bgzipped, but {0}.fai or {0}.gzi is missing: run `samtools faidx {0}`", path.display())]
    MissingIndex {
        /// The FASTA.
        path: PathBuf,
    },
    /// An index that cannot be read.
    #[error("{0}: an index beside it cannot be used: {source}; make it anew with `samtools faidx {0}`", path.display())]
    Index {
        /// The FASTA.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// The file or its index is damaged: what is at a place is not what the index says.
    #[error(
        "{}: cannot be read at {region}: {problem}; the FASTA or an index beside it (.fai, .gzi) is damaged or another file's: copy it anew, and make the index anew with `samtools faidx`",
        path.display()
    )]
    Damaged {
        /// The FASTA.
        path: PathBuf,
        /// Where.
        region: String,
        /// What was found.
        problem: String,
    },
    /// No contig is a human chromosome.
    #[error("{}: no contig is a human chromosome (chr1, 1 or NC_000001.11); give the FASTA that reads or calls were made on", path.display())]
    NoChromosome {
        /// The FASTA.
        path: PathBuf,
    },
}
