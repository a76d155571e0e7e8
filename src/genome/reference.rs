//! The user's reference genome: an indexed FASTA, plain or bgzipped, read in chunks that are kept.

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use noodles::core::{Position, Region};
use noodles::fasta;

use super::{BaseSource, Chromosome};

/// Bases read at a time; variants of one gene lie close together.
const CHUNK: u32 = 1 << 14;
/// Chunks held at most: 16 MB.
const CHUNKS: usize = 1 << 10;

/// A reference genome as an indexed FASTA file, plain or bgzipped.
pub struct ReferenceFasta {
    path: PathBuf,
    /// Contig name and length by chromosome.
    contigs: HashMap<Chromosome, (String, u32)>,
    reader: Mutex<Reader>,
}

struct Reader {
    fasta: fasta::io::IndexedReader<fasta::io::BufReader<File>>,
    chunks: HashMap<(Chromosome, u32), Arc<[u8]>>,
}

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
    /// A bgzipped file without its indexes.
    #[error("{0}: bgzipped, but {0}.fai or {0}.gzi is missing: run `samtools faidx {0}`", path.display())]
    MissingIndex {
        /// The FASTA.
        path: PathBuf,
    },
    /// An index that cannot be read.
    #[error("{0}: the index beside it cannot be read: make it anew with `samtools faidx {0}`", path.display())]
    Index {
        /// The FASTA.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// No contig is a human chromosome.
    #[error("{}: no contig is a human chromosome (chr1, 1 or NC_000001.11)", path.display())]
    NoChromosome {
        /// The FASTA.
        path: PathBuf,
    },
}

impl ReferenceFasta {
    /// Opens a FASTA file; a plain one without `.fai` is indexed in memory, which reads it once.
    pub fn open(path: &Path) -> Result<Self, ReferenceFastaError> {
        let owned = || path.to_path_buf();
        File::open(path).map_err(|source| ReferenceFastaError::Open {
            path: owned(),
            source,
        })?;
        let bgzipped = path.extension().is_some_and(|e| e == "gz" || e == "bgz");
        let beside = |extension: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(extension);
            PathBuf::from(name)
        };
        let indexed = beside(".fai").exists();
        if bgzipped && !(indexed && beside(".gzi").exists()) {
            return Err(ReferenceFastaError::MissingIndex { path: owned() });
        }
        let unreadable = |source| ReferenceFastaError::Index {
            path: owned(),
            source,
        };
        let index = if indexed {
            fasta::fai::fs::read(beside(".fai")).map_err(unreadable)?
        } else {
            fasta::fs::index(path).map_err(unreadable)?
        };
        let mut contigs = HashMap::new();
        for record in index.as_ref() {
            let name = record.name().to_string();
            let length = u32::try_from(record.length()).unwrap_or(u32::MAX);
            if let Some(chromosome) = Chromosome::parse(&name) {
                contigs.entry(chromosome).or_insert((name, length));
            }
        }
        if contigs.is_empty() {
            return Err(ReferenceFastaError::NoChromosome { path: owned() });
        }
        let fasta = fasta::io::indexed_reader::Builder::default()
            .set_index(index)
            .build_from_path(path)
            .map_err(unreadable)?;
        let reader = Mutex::new(Reader {
            fasta,
            chunks: HashMap::new(),
        });
        Ok(Self {
            path: owned(),
            contigs,
            reader,
        })
    }

    /// Returns the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the length of a chromosome, by which the build can be told; `None` where the file has it not.
    pub fn length(&self, chromosome: Chromosome) -> Option<u32> {
        self.contigs.get(&chromosome).map(|(_, length)| *length)
    }

    fn chunk(&self, chromosome: Chromosome, index: u32) -> Option<Arc<[u8]>> {
        let (name, length) = self.contigs.get(&chromosome)?;
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(chunk) = reader.chunks.get(&(chromosome, index)) {
            return Some(Arc::clone(chunk));
        }
        let (start, end) = (index * CHUNK + 1, (index + 1).saturating_mul(CHUNK).min(*length));
        let position = |p: u32| Position::try_from(p as usize).ok();
        let region = Region::new(name.as_str(), position(start)?..=position(end)?);
        let record = match reader.fasta.query(&region) {
            Ok(record) => record,
            Err(error) => {
                tracing::error!("{}: {region}: {error}", self.path.display());
                return None;
            }
        };
        let bases: Arc<[u8]> = record.sequence().as_ref().iter().map(|b| standard(*b)).collect();
        if reader.chunks.len() >= CHUNKS {
            reader.chunks.clear();
        }
        reader.chunks.insert((chromosome, index), Arc::clone(&bases));
        Some(bases)
    }
}

/// Soft-masked bases are bases; ambiguity codes are unknown.
const fn standard(base: u8) -> u8 {
    match base.to_ascii_uppercase() {
        upper @ (b'A' | b'C' | b'G' | b'T') => upper,
        _ => b'N',
    }
}

impl fmt::Debug for ReferenceFasta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReferenceFasta")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl BaseSource for ReferenceFasta {
    fn bases(&self, chromosome: Chromosome, range: RangeInclusive<u32>) -> Option<Vec<u8>> {
        let (start, end) = range.into_inner();
        if start == 0 || end > self.length(chromosome)? {
            return None;
        }
        let mut bases = Vec::with_capacity((end + 1).saturating_sub(start) as usize);
        let mut at = start;
        while at <= end {
            let index = (at - 1) / CHUNK;
            let chunk = self.chunk(chromosome, index)?;
            let first = index * CHUNK + 1;
            let last = end.min(first + CHUNK - 1);
            bases.extend(chunk.get((at - first) as usize..=(last - first) as usize)?);
            at = last + 1;
        }
        Some(bases)
    }

    fn bases_or_n(&self, chromosome: Chromosome, range: RangeInclusive<u32>) -> Vec<u8> {
        let (start, end) = range.into_inner();
        let length = (end + 1).saturating_sub(start) as usize;
        let known_end = self.length(chromosome).map_or(0, |l| l.min(end));
        let mut bases = if known_end >= start {
            self.bases(chromosome, start..=known_end)
        } else {
            None
        }
        .unwrap_or_default();
        bases.resize(length, b'N');
        bases
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::process::Command;

    use super::*;

    fn sequence() -> Vec<u8> {
        (0..40_000_usize)
            .map(|i| b"ACGTacgtNRA"[(i * i + i / 7) % 11])
            .collect()
    }

    fn fasta(folder: &Path) -> PathBuf {
        let mut text = String::from(">GL000207.1 scaffold\nACGT\n>17 some text\n");
        for line in sequence().chunks(70) {
            writeln!(text, "{}", String::from_utf8_lossy(line)).unwrap();
        }
        let path = folder.join("ref.fa");
        std::fs::write(&path, text).unwrap();
        path
    }

    fn check(path: &Path) {
        let reference = ReferenceFasta::open(path).unwrap();
        let chromosome = Chromosome::parse("chr17").unwrap();
        assert_eq!(reference.length(chromosome), Some(40_000));
        assert_eq!(reference.length(Chromosome::X), None);
        let expected: Vec<u8> = sequence().iter().map(|b| standard(*b)).collect();
        // Within a chunk, over a border of chunks, the whole, the last base.
        for (start, end) in [(1, 10), (16_380, 16_390), (1, 40_000), (40_000, 40_000)] {
            let actual = reference.bases(chromosome, start..=end).unwrap();
            assert_eq!(
                actual,
                expected[start as usize - 1..end as usize],
                "{start}-{end}"
            );
        }
        assert_eq!(reference.bases(chromosome, 39_999..=40_001), None);
        assert_eq!(reference.bases(Chromosome::X, 1..=1), None);
        let actual = reference.bases_or_n(chromosome, 39_999..=40_002);
        assert_eq!(actual, [expected[39_998], expected[39_999], b'N', b'N']);
    }

    #[test]
    fn reads_plain_and_bgzipped_with_and_without_index() {
        let folder = tempfile::tempdir().unwrap();
        let path = fasta(folder.path());
        check(&path);
        let run = |program: &str, arguments: &[&str]| {
            Command::new(program)
                .args(arguments)
                .current_dir(folder.path())
                .status()
                .is_ok_and(|s| s.success())
        };
        if !run("samtools", &["faidx", "ref.fa"]) || !run("bgzip", &["-k", "ref.fa"]) {
            println!("skipped: samtools and bgzip are not installed");
            return;
        }
        check(&path);
        let bgzipped = folder.path().join("ref.fa.gz");
        let error = ReferenceFasta::open(&bgzipped).unwrap_err();
        assert!(error.to_string().contains("run `samtools faidx"), "{error}");
        assert!(run("samtools", &["faidx", "ref.fa.gz"]));
        check(&bgzipped);
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none.fa");
        assert!(matches!(
            ReferenceFasta::open(&path),
            Err(ReferenceFastaError::Open { .. })
        ));
        std::fs::write(&path, ">scaffold_1\nACGT\n").unwrap();
        assert!(matches!(
            ReferenceFasta::open(&path),
            Err(ReferenceFastaError::NoChromosome { .. })
        ));
        std::fs::write(&path, ">chr1\nACGT\nAC\nACGT\n").unwrap();
        assert!(matches!(
            ReferenceFasta::open(&path),
            Err(ReferenceFastaError::Index { .. })
        ));
    }
}
