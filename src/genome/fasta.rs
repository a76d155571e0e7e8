//! An indexed FASTA file of any genome, plain or bgzipped, read in chunks that are kept.
//!
//! Neither FASTA nor its indexes have checksums, but for the blocks of bgzip: so what is read is held against the layout that the
//! index describes, and anything else is an error, never an unknown base.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::fs::File;
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use noodles::fasta;

use super::bgzip::BgzipFile;
use super::fasta_bytes::Bytes;
use super::fasta_layout::{Entry, check_end, read_index};
use super::reference_error::ReferenceFastaError;

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
    entries: Vec<Entry>,
    reader: Mutex<Reader>,
    /// The first error of reading.
    failure: OnceLock<(String, String)>,
}

struct Reader {
    bytes: Bytes,
    chunks: HashMap<(usize, u32), Arc<[u8]>>,
    /// Contigs whose surroundings were looked at.
    checked: HashSet<usize>,
}

impl ContigFasta {
    /// Opens a FASTA file; a plain one without `.fai` is indexed in memory, which reads it once.
    pub fn open(path: &Path) -> Result<Self, ReferenceFastaError> {
        let owned = || path.to_path_buf();
        let cannot_open = |source| ReferenceFastaError::Open {
            path: owned(),
            source,
        };
        // Before it is opened: that would wait for who writes into a named pipe.
        if !path.metadata().map_err(cannot_open)?.is_file() {
            return Err(ReferenceFastaError::NoFile { path: owned() });
        }
        let file = File::open(path).map_err(cannot_open)?;
        let bgzipped = path.extension().is_some_and(|e| e == "gz" || e == "bgz");
        let (fai, gzi) = (beside(path, ".fai"), beside(path, ".gzi"));
        if bgzipped && !(fai.exists() && gzi.exists()) {
            return Err(ReferenceFastaError::MissingIndex { path: owned() });
        }
        let unreadable = |source| ReferenceFastaError::Index {
            path: owned(),
            source,
        };
        let entries = if fai.exists() {
            read_index(&fai).map_err(unreadable)?
        } else {
            index_in_memory(path)?
        };
        let mut bytes = if bgzipped {
            Bytes::Packed(Box::new(BgzipFile::open(path, &gzi).map_err(unreadable)?))
        } else {
            let length = file.metadata().map_err(unreadable)?.len();
            Bytes::Plain(file, length)
        };
        check_layout(&entries, &mut bytes).map_err(unreadable)?;
        let contigs: Vec<(String, u32)> = entries
            .iter()
            .map(|e| (e.name.clone(), u32::try_from(e.length).unwrap_or(u32::MAX)))
            .collect();
        // Of two contigs with one name the first counts, as in htslib.
        let mut names = HashMap::new();
        for (place, (name, _)) in contigs.iter().enumerate() {
            names.entry(name.clone()).or_insert(place);
        }
        let reader = Mutex::new(Reader {
            bytes,
            chunks: HashMap::new(),
            checked: HashSet::new(),
        });
        Ok(Self {
            path: owned(),
            names,
            contigs,
            entries,
            reader,
            failure: OnceLock::new(),
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
    /// the file cannot be read, which [`Self::failure`] tells apart.
    pub fn bases(&self, place: usize, range: RangeInclusive<u32>) -> Option<Vec<u8>> {
        let mut bases = self.letters(place, range).ok()?;
        for base in &mut bases {
            *base = standard(*base);
        }
        Some(bases)
    }

    /// Returns the letters of a range, upper case. Asking for what the contig does not hold is an error that is not kept.
    pub fn letters(&self, place: usize, range: RangeInclusive<u32>) -> Result<Vec<u8>, ReferenceFastaError> {
        let (start, end) = range.into_inner();
        let contig = self.contigs.get(place);
        let Some((name, _)) = contig.filter(|(_, length)| start > 0 && end <= *length) else {
            return Err(self.damaged(format!("{start}-{end}"), "there is no such place".to_owned()));
        };
        let mut letters = Vec::with_capacity((end + 1).saturating_sub(start) as usize);
        let mut at = start;
        while at <= end {
            let index = (at - 1) / CHUNK;
            let first = index * CHUNK + 1;
            let last = end.min(first + (CHUNK - 1));
            let chunk = self.chunk(place, index).map_err(|error| {
                let region = format!("{name}:{first}-{last}");
                let kept = self.failure.get_or_init(|| (region.clone(), error.to_string()));
                self.damaged(kept.0.clone(), kept.1.clone())
            })?;
            let stretch = chunk.get((at - first) as usize..=(last - first) as usize);
            letters.extend_from_slice(stretch.unwrap_or_default());
            at = last + 1;
        }
        Ok(letters)
    }

    /// Returns the first error of reading: what was computed from the bases is not to be believed.
    pub fn failure(&self) -> Option<ReferenceFastaError> {
        let (region, problem) = self.failure.get()?;
        Some(self.damaged(region.clone(), problem.clone()))
    }

    fn damaged(&self, region: String, problem: String) -> ReferenceFastaError {
        ReferenceFastaError::Damaged {
            path: self.path.clone(),
            region,
            problem,
        }
    }

    fn chunk(&self, place: usize, index: u32) -> io::Result<Arc<[u8]>> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(chunk) = reader.chunks.get(&(place, index)) {
            return Ok(Arc::clone(chunk));
        }
        let entry = self.entries.get(place).ok_or(io::ErrorKind::NotFound)?;
        if !reader.checked.contains(&place) {
            entry.check_surroundings(&mut reader.bytes)?;
            reader.checked.insert(place);
        }
        let first = u64::from(index) * u64::from(CHUNK);
        let last = (first + u64::from(CHUNK)).min(entry.length);
        let letters: Arc<[u8]> = entry.letters(&mut reader.bytes, first, last)?.into();
        if reader.chunks.len() >= CHUNKS {
            reader.chunks.clear();
        }
        reader.chunks.insert((place, index), Arc::clone(&letters));
        Ok(letters)
    }
}

/// Returns the name of a file beside a FASTA.
fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(extension);
    PathBuf::from(name)
}

/// Reads a plain FASTA whole for what its index would say.
fn index_in_memory(path: &Path) -> Result<Vec<Entry>, ReferenceFastaError> {
    let owned = || path.to_path_buf();
    let index = fasta::fs::index(path).map_err(|source| match source.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            ReferenceFastaError::NoFasta { path: owned() }
        }
        _ => ReferenceFastaError::Open {
            path: owned(),
            source,
        },
    })?;
    Ok(index.as_ref().iter().map(Entry::new).collect())
}

/// Holds the layout against the file, as far as no contig needs to be read for it.
fn check_layout(entries: &[Entry], bytes: &mut Bytes) -> io::Result<()> {
    check_end(entries, bytes)?;
    // A contig without a base is never read, so it is looked at here.
    for entry in entries.iter().filter(|e| e.length == 0) {
        entry.check_surroundings(bytes)?;
    }
    Ok(())
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
