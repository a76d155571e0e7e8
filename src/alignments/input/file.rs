//! An alignment file: what its header says, whether it is whole, and how its reads can be reached.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use rust_htslib::bam::{self, Read as _, Record};

use super::bam_header::check_header;
use super::cram::{CramError, CramFile, CramReader};
use super::error::AlignmentError;
use super::format::{AlignmentFormat, look_at_ends};
use super::header::{Contig, contigs_of_text, read_header};
use super::index::{BamIndex, IndexError, SliceIndex, fetch_start};
use super::region::TargetRegion;
use super::source::{PlacedReader, Source, SourceError};
use crate::evidence::Warning;
use crate::genome::{ContigFasta, FileSize, failure_of_mirror, index_of_mirror, is_mirror};

/// What reads CRAM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CramDecoder {
    /// Our own, in safe Rust.
    #[default]
    Safe,
    /// htslib: faster, and for CRAM 2; only for files that are trusted (docs/security.md).
    Htslib,
}

/// How the reads of a region are reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// By the index.
    Index,
    /// There is no index: the file is read from its start.
    NoIndex,
    /// The index is older than the file and may be another file's: the file is read from its start.
    OldIndex,
    /// The index is damaged or another file's, for the reason given: the file is read from its start.
    WrongIndex(String),
}

/// An alignment file that was looked at and can be opened by any number of threads.
#[derive(Clone, Debug)]
pub struct AlignmentFile {
    /// The file as it was named.
    pub path: PathBuf,
    /// Where its bytes are: the file itself, or the copy of a pipe.
    bytes: PathBuf,
    /// Its kind.
    pub format: AlignmentFormat,
    /// The reference FASTA for CRAM.
    pub reference: Option<PathBuf>,
    /// Contigs in the order of the header.
    pub contigs: Vec<Contig>,
    /// Sample names (`SM`) of the read groups, each once, in order.
    pub samples: Vec<String>,
    /// How reads are reached, as far as the index was looked at when the file was opened.
    access: Access,
    /// Whether the first reads carry tags of UMI consensus reads.
    pub consensus: bool,
    /// The index, where it is used.
    index: Option<Index>,
    /// What was found wrong with the index where reads were wanted.
    problem: Arc<OnceLock<String>>,
    /// What our own reader of CRAM knows of the file.
    cram: Option<Arc<CramFile>>,
    size: FileSize,
}

/// An index that was looked at.
#[derive(Clone, Debug)]
struct Index {
    path: PathBuf,
    /// Where the reads of a BAM file are.
    bam: Option<Arc<BamIndex>>,
    /// Where those of a CRAM file are.
    cram: Option<Arc<SliceIndex>>,
}

impl Index {
    fn check(&self, regions: &[TargetRegion]) -> Result<(), IndexError> {
        match (&self.bam, &self.cram) {
            (Some(index), _) => index.check(regions),
            (_, Some(index)) => index.check(regions),
            _ => Ok(()),
        }
    }

    /// Returns a sentence that names the index and what is wrong with it.
    fn wrong(&self, problem: &dyn std::fmt::Display) -> String {
        wrong_index(&self.path, problem)
    }
}

impl AlignmentFile {
    /// Says that reads of several samples are counted as one.
    pub fn sample_warning(&self) -> Option<Warning> {
        (self.samples.len() > 1).then(|| Warning::SeveralSamples {
            samples: self.samples.clone(),
        })
    }

    /// Says what makes reading slow, or the index one not to trust.
    pub fn access_warning(&self) -> Option<Warning> {
        Some(match (self.access(), self.format) {
            (Access::Index, _) => return None,
            (Access::NoIndex, AlignmentFormat::Sam) => Warning::NoIndexOfSam,
            (Access::NoIndex, _) => Warning::NoIndex,
            (Access::OldIndex, _) => Warning::OldIndex,
            (Access::WrongIndex(problem), _) => Warning::WrongIndex { problem },
        })
    }

    /// Looks at a file: kind, end, header, index.
    pub fn open(path: &Path, reference: Option<&Path>, decoder: CramDecoder) -> Result<Self, AlignmentError> {
        Self::look_at(path, reference, decoder)
    }

    /// Looks at the copy of a pipe; whatever is said of it names the pipe.
    pub fn open_copy(
        copy: &Path,
        name: &Path,
        reference: Option<&Path>,
        decoder: CramDecoder,
    ) -> Result<Self, AlignmentError> {
        let told = |error: AlignmentError| match failure_of_mirror(copy) {
            Some(failure) => not_fetched(name, failure),
            None => error.of(name),
        };
        let mut file = Self::look_at(copy, reference, decoder).map_err(told)?;
        name.clone_into(&mut file.path);
        file.check_fetched()?;
        Ok(file)
    }

    fn look_at(path: &Path, reference: Option<&Path>, decoder: CramDecoder) -> Result<Self, AlignmentError> {
        let size = FileSize::of(path).map_err(|source| io_error(path, source))?;
        let format = look_at_ends(path)?;
        if let (AlignmentFormat::Cram, Some(fasta)) = (format, reference) {
            need_fasta_index(fasta)?;
        }
        let by_us = format == AlignmentFormat::Cram && decoder == CramDecoder::Safe;
        let cram = if by_us { Some(open_cram(path)?) } else { None };
        let (contigs, samples) = if let Some(cram) = &cram {
            contigs_of_text(&cram.text).map_err(|message| open_failed(path, message))?
        } else {
            check_header(path).map_err(|message| open_failed(path, message))?;
            if is_mirror(path) {
                // htslib reads what is there: the header and the first read, to the ends of their blocks.
                fetch_header(path, format)?;
            }
            let reader = open_reader(path, format, reference)?;
            let (contigs, samples) = read_header(reader.header());
            check_contigs_of_reference(path, format, reference, &contigs)?;
            (contigs, samples)
        };
        if contigs.is_empty() {
            return Err(AlignmentError::NoContigs {
                path: path.to_path_buf(),
            });
        }
        let mut file = Self {
            access: Access::NoIndex,
            path: path.to_path_buf(),
            bytes: path.to_path_buf(),
            format,
            reference: reference.map(Path::to_path_buf),
            contigs,
            samples,
            consensus: false,
            index: None,
            problem: Arc::default(),
            cram: None,
            size,
        };
        file.find_access(cram)?;
        file.consensus = file.has_consensus_tags();
        Ok(file)
    }

    /// Finds the index, and gives a CRAM file what its readers share.
    fn find_access(&mut self, cram: Option<CramFile>) -> Result<(), AlignmentError> {
        let (access, path) = access(&self.path, self.format);
        self.access = access;
        if let Some(path) = path {
            match self.read_index(&path, cram.as_ref()) {
                Ok(index) => self.index = Some(index),
                Err(problem) => self.access = Access::WrongIndex(wrong_index(&path, &problem)),
            }
        }
        if let Some(mut cram) = cram {
            cram.index = self.index.as_ref().and_then(|index| index.cram.clone());
            if let Some(fasta) = &self.reference {
                let fasta = ContigFasta::open(fasta)?;
                cram.set_reference(fasta, self.contigs.iter().map(|c| c.name.as_str()));
            }
            self.cram = Some(Arc::new(cram));
        }
        Ok(())
    }

    fn read_index(&self, path: &Path, cram: Option<&CramFile>) -> Result<Index, String> {
        let mut index = Index {
            path: path.to_path_buf(),
            bam: None,
            cram: None,
        };
        let contigs = self.contigs.len();
        if self.format == AlignmentFormat::Cram {
            let first = match cram {
                Some(cram) => cram.first,
                None => open_cram(&self.path).map_err(|e| e.to_string())?.first,
            };
            let entries = SliceIndex::read(path, &self.path, contigs, first).map_err(|e| e.to_string())?;
            index.cram = Some(Arc::new(entries));
        } else {
            let longest = self.contigs.iter().map(|c| c.length).max().unwrap_or(0);
            let bins = BamIndex::read(path, &self.path, contigs, longest).map_err(|e| e.to_string())?;
            index.bam = Some(Arc::new(bins));
        }
        Ok(index)
    }

    /// How reads are reached.
    pub fn access(&self) -> Access {
        let problem = self.problem.get();
        problem.map_or_else(|| self.access.clone(), |p| Access::WrongIndex(p.clone()))
    }

    /// Whether the index can be used for the reads of regions: it is looked at where they are, and once it was found wrong it is used
    /// for none.
    pub fn can_use_index(&self, regions: &[TargetRegion]) -> bool {
        let (Some(index), None) = (&self.index, self.problem.get()) else {
            return false;
        };
        match index.check(regions) {
            Ok(()) => true,
            Err(problem) => {
                self.problem.get_or_init(|| index.wrong(&problem));
                false
            }
        }
    }

    /// Returns the number of a contig.
    pub fn contig(&self, name: &str) -> Option<u32> {
        let place = self.contigs.iter().position(|c| c.name == name)?;
        u32::try_from(place).ok()
    }

    /// Whether it is a file on a server, of which only what is needed is here.
    fn is_mirror(&self) -> bool {
        is_mirror(&self.bytes)
    }

    /// Demands that all that was asked of a server came, and that an index says where reads are: without one the whole file would be fetched.
    fn check_fetched(&self) -> Result<(), AlignmentError> {
        if let Some(failure) = failure_of_mirror(&self.bytes) {
            return Err(not_fetched(&self.path, failure));
        }
        match self.access() {
            Access::WrongIndex(problem) if self.is_mirror() => Err(open_failed(
                &self.path,
                format!(
                    "the index is damaged or another file's ({problem}), and without one the whole file would be read over the network: make it anew, or fetch the file and give its path"
                ),
            )),
            _ => Ok(()),
        }
    }

    /// Opens a source from the start of the file that is read to its end.
    pub(crate) fn to_the_end(&self) -> Result<Source, AlignmentError> {
        self.check_fetched()?;
        self.whole()
    }

    /// Opens a source from the start of the file.
    pub fn whole(&self) -> Result<Source, AlignmentError> {
        if let Some(cram) = &self.cram {
            let reader = CramReader::open(cram).map_err(|e| cram_error(&self.path, e))?;
            return Ok(Source::Cram(Box::new(reader)));
        }
        open_reader(&self.bytes, self.format, self.reference.as_deref())
            .map(Source::Whole)
            .map_err(|error| error.of(&self.path))
    }

    /// Opens a source that jumps.
    pub fn indexed(&self) -> Result<Source, AlignmentError> {
        let Some(index) = self.index.as_ref().filter(|_| self.cram.is_none()) else {
            return self.whole();
        };
        if let Some(bins) = &index.bam {
            let reader = open_reader(&self.bytes, self.format, None).map_err(|e| e.of(&self.path))?;
            let placed = PlacedReader::new(reader, Arc::clone(bins));
            return Ok(Source::Placed(Box::new(if self.is_mirror() {
                placed.of_mirror(&self.bytes)
            } else {
                placed
            })));
        }
        let failed = |e: rust_htslib::errors::Error| open_error(&self.path, &e);
        let mut reader = bam::IndexedReader::from_path_and_index(&self.bytes, &index.path).map_err(failed)?;
        if let (AlignmentFormat::Cram, Some(fasta)) = (self.format, &self.reference) {
            reader.set_reference(fasta).map_err(failed)?;
        }
        Ok(Source::Indexed(Box::new(reader)))
    }

    /// Makes the error of a record that cannot be read.
    pub fn record_error(&self, place: String, error: SourceError) -> AlignmentError {
        if let Some(failure) = failure_of_mirror(&self.bytes) {
            return not_fetched(&self.path, failure);
        }
        let message = match error {
            SourceError::Cram(CramError::Reference(error)) => return error.into(),
            other => other.to_string(),
        };
        AlignmentError::Record {
            path: self.path.clone(),
            place,
            message,
            cram: self.format == AlignmentFormat::Cram,
        }
    }

    /// Demands that the file is as large as when it was opened; call it when all was read.
    pub fn check_unchanged(&self) -> Result<(), AlignmentError> {
        self.check_fetched()?;
        Ok(self.size.check()?)
    }

    /// fgbio, and those who follow it, write `cD` (raw reads behind the consensus) or `aD` and `bD` (of each strand).
    fn has_consensus_tags(&self) -> bool {
        // Without the FASTA htslib would look for the reference of a CRAM elsewhere.
        if self.format == AlignmentFormat::Cram && self.cram.is_none() && self.reference.is_none() {
            return false;
        }
        // A file of which no record can be read says so when it is counted.
        let Ok(mut source) = self.whole() else {
            return false;
        };
        let mut record = Record::new();
        matches!(source.read(&mut record), Some(Ok(())))
            && (record.aux(b"cD").is_ok() || record.aux(b"aD").is_ok())
    }
}

fn wrong_index(path: &Path, problem: &dyn std::fmt::Display) -> String {
    // The copy of one on a server has no name.
    let copy = Path::new("/proc/self/fd");
    let name = path.file_name().filter(|_| path.parent() != Some(copy));
    match name {
        Some(name) => format!("{}: {problem}", name.to_string_lossy()),
        None => problem.to_string(),
    }
}

fn io_error(path: &Path, source: std::io::Error) -> AlignmentError {
    AlignmentError::Io {
        path: path.to_path_buf(),
        source,
    }
}

fn not_fetched(path: &Path, failure: String) -> AlignmentError {
    io_error(path, std::io::Error::other(failure))
}

fn open_failed(path: &Path, message: String) -> AlignmentError {
    AlignmentError::Open {
        path: path.to_path_buf(),
        message,
    }
}

fn open_error(path: &Path, error: &rust_htslib::errors::Error) -> AlignmentError {
    open_failed(path, error.to_string())
}

fn cram_error(path: &Path, error: CramError) -> AlignmentError {
    match error {
        CramError::Reference(error) => error.into(),
        other => open_failed(path, other.to_string()),
    }
}

fn open_cram(path: &Path) -> Result<CramFile, AlignmentError> {
    CramFile::open(path).map_err(|e| cram_error(path, e))
}

/// htslib looks for a contig that the FASTA has not at `UR` of the header and at outside addresses: it is never asked to.
fn check_contigs_of_reference(
    path: &Path,
    format: AlignmentFormat,
    reference: Option<&Path>,
    contigs: &[Contig],
) -> Result<(), AlignmentError> {
    let (AlignmentFormat::Cram, Some(fasta)) = (format, reference) else {
        return Ok(());
    };
    let opened = ContigFasta::open(fasta)?;
    match contigs.iter().find(|c| opened.place(&c.name).is_none()) {
        Some(contig) => Err(AlignmentError::WrongReference {
            path: path.to_path_buf(),
            problem: format!(
                "contig {} is not in {}, and htslib would look for it elsewhere: leave --cram-decoder htslib out",
                contig.name,
                fasta.display()
            ),
        }),
        None => Ok(()),
    }
}

fn open_reader(
    path: &Path,
    format: AlignmentFormat,
    reference: Option<&Path>,
) -> Result<bam::Reader, AlignmentError> {
    let mut reader = bam::Reader::from_path(path).map_err(|e| open_error(path, &e))?;
    if let (AlignmentFormat::Cram, Some(fasta)) = (format, reference) {
        reader.set_reference(fasta).map_err(|e| open_error(path, &e))?;
    }
    Ok(reader)
}

/// htslib would write the index of the FASTA beside it, into a folder that is not ours.
fn need_fasta_index(fasta: &Path) -> Result<(), AlignmentError> {
    if beside(fasta, ".fai").exists() {
        return Ok(());
    }
    Err(AlignmentError::NoFastaIndex {
        path: fasta.to_path_buf(),
    })
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Fetches the header of a BAM file on a server, and its first read.
fn fetch_header(path: &Path, format: AlignmentFormat) -> Result<(), AlignmentError> {
    if format != AlignmentFormat::Bam {
        return Err(open_failed(
            path,
            "htslib reads no file over a network: leave --cram-decoder htslib out, or fetch the file and give its path".to_owned(),
        ));
    }
    fetch_start(path).map_err(|error| open_failed(path, error.to_string()))
}

/// Finds the index beside a file.
fn access(path: &Path, format: AlignmentFormat) -> (Access, Option<PathBuf>) {
    // When both were put on their server says nothing; whether they fit is looked at.
    if let Some(index) = index_of_mirror(path) {
        return (Access::Index, Some(index));
    }
    let without_ending = path.with_extension("");
    let candidates: &[PathBuf] = &match format {
        AlignmentFormat::Sam => return (Access::NoIndex, None),
        AlignmentFormat::Cram => vec![beside(path, ".crai"), beside(&without_ending, ".crai")],
        AlignmentFormat::Bam => vec![
            beside(path, ".csi"),
            beside(path, ".bai"),
            beside(&without_ending, ".csi"),
            beside(&without_ending, ".bai"),
        ],
    };
    let Some(index) = candidates.iter().find(|p| p.is_file()) else {
        return (Access::NoIndex, None);
    };
    let changed = |p: &Path| -> Option<SystemTime> { p.metadata().ok()?.modified().ok() };
    match (changed(index), changed(path)) {
        (Some(index), Some(file)) if index < file => (Access::OldIndex, None),
        _ => (Access::Index, Some(index.clone())),
    }
}
