//! An indexed FASTA file of any genome, plain or bgzipped, read in chunks that are kept.

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use noodles::core::{Position, Region};
use noodles::fasta;

use super::ReferenceFastaError;

/// Bases read at a time; what is asked for lies close together.
const CHUNK: u32 = 1 << 14;
/// Chunks held at most: 16 MB.
const CHUNKS: usize = 1 << 10;

/// A FASTA file by contig name; 1-based inclusive ranges.
pub struct ContigFasta {
    path: PathBuf,
    names: HashMap<String, usize>,
    /// Name and length in the order of the file.
    contigs: Vec<(String, u32)>,
    reader: Mutex<Reader>,
}

struct Reader {
    fasta: fasta::io::IndexedReader<fasta::io::BufReader<File>>,
    chunks: HashMap<(usize, u32), Arc<[u8]>>,
}

impl ContigFasta {
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
        let contigs: Vec<(String, u32)> = index
            .as_ref()
            .iter()
            .map(|record| {
                (
                    record.name().to_string(),
                    u32::try_from(record.length()).unwrap_or(u32::MAX),
                )
            })
            .collect();
        // Of two contigs with one name the first counts, as in htslib.
        let mut names = HashMap::new();
        for (place, (name, _)) in contigs.iter().enumerate() {
            names.entry(name.clone()).or_insert(place);
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
            names,
            contigs,
            reader,
        })
    }

    /// Returns the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns names and lengths in the order of the file.
    pub fn contigs(&self) -> &[(String, u32)] {
        &self.contigs
    }

    /// Returns the place of a contig in [`Self::contigs`].
    pub fn place(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// Returns the bases of a range, upper case, ambiguity codes as `N`; `None` where the contig does not hold it all or
    /// the file cannot be read.
    pub fn bases(&self, place: usize, range: RangeInclusive<u32>) -> Option<Vec<u8>> {
        let (start, end) = range.into_inner();
        if start == 0 || end > self.contigs.get(place)?.1 {
            return None;
        }
        let mut bases = Vec::with_capacity((end + 1).saturating_sub(start) as usize);
        let mut at = start;
        while at <= end {
            let index = (at - 1) / CHUNK;
            let chunk = self.chunk(place, index)?;
            let first = index * CHUNK + 1;
            let last = end.min(first + CHUNK - 1);
            bases.extend(chunk.get((at - first) as usize..=(last - first) as usize)?);
            at = last + 1;
        }
        Some(bases)
    }

    fn chunk(&self, place: usize, index: u32) -> Option<Arc<[u8]>> {
        let (name, length) = self.contigs.get(place)?;
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(chunk) = reader.chunks.get(&(place, index)) {
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
        reader.chunks.insert((place, index), Arc::clone(&bases));
        Some(bases)
    }
}

/// Soft-masked bases are bases; ambiguity codes are unknown.
pub(super) const fn standard(base: u8) -> u8 {
    match base.to_ascii_uppercase() {
        upper @ (b'A' | b'C' | b'G' | b'T') => upper,
        _ => b'N',
    }
}

impl fmt::Debug for ContigFasta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContigFasta")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
