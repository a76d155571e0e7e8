//! An alignment file: what its header says, whether it is whole, and how its reads can be reached.

use std::fs::File;
use std::io::{Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use rust_htslib::bam::{self, HeaderView, Read as _, Record};

use super::bam_header::check_header;
use super::cram::{CramError, CramFile, CramReader};
use super::error::AlignmentError;
use super::index::{BamIndex, IndexError, SliceIndex};
use super::region::TargetRegion;
use super::source::{PlacedReader, Source, SourceError};
use crate::genome::{ContigFasta, FileSize};

/// The empty BGZF block that ends a BAM file (SAM specification, section 4.1.2).
const BAM_END: [u8; 28] = [
    0x1f, 0x8b, 0x08, 0x04, 0, 0, 0, 0, 0, 0xff, 0x06, 0, 0x42, 0x43, 0x02, 0, 0x1b, 0, 0x03, 0, 0, 0, 0, 0,
    0, 0, 0, 0,
];
/// The end-of-file container of CRAM 3 (CRAM specification 3.0, section 9).
const CRAM_3_END: [u8; 38] = [
    0x0f, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f, 0xe0, 0x45, 0x4f, 0x46, 0, 0, 0, 0, 0x01, 0, 0x05, 0xbd,
    0xd9, 0x4f, 0, 0x01, 0, 0x06, 0x06, 0x01, 0, 0x01, 0, 0x01, 0, 0xee, 0x63, 0x01, 0x4b,
];

/// Kind of alignment file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlignmentFormat {
    /// BAM.
    Bam,
    /// CRAM.
    Cram,
    /// SAM, plain or compressed.
    Sam,
}

impl AlignmentFormat {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bam => "bam",
            Self::Cram => "cram",
            Self::Sam => "sam",
        }
    }
}

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

/// A contig of the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contig {
    /// Name.
    pub name: String,
    /// Length in bases.
    pub length: u32,
    /// Assembly, `AS` of the header line.
    pub assembly: Option<String>,
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
    fn wrong(path: &Path, problem: &dyn std::fmt::Display) -> String {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        format!("{name}: {problem}")
    }
}

impl AlignmentFile {
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
        let mut file = Self::look_at(copy, reference, decoder).map_err(|error| error.of(name))?;
        name.clone_into(&mut file.path);
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
            contigs_of_text(&cram.text)
        } else {
            check_header(path).map_err(|message| open_failed(path, message))?;
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
                Err(problem) => self.access = Access::WrongIndex(Index::wrong(&path, &problem)),
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
                self.problem.get_or_init(|| Index::wrong(&index.path, &problem));
                false
            }
        }
    }

    /// Returns the number of a contig.
    pub fn contig(&self, name: &str) -> Option<u32> {
        let place = self.contigs.iter().position(|c| c.name == name)?;
        u32::try_from(place).ok()
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
            return Ok(Source::Placed(Box::new(PlacedReader::new(
                reader,
                Arc::clone(bins),
            ))));
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

fn io_error(path: &Path, source: std::io::Error) -> AlignmentError {
    AlignmentError::Io {
        path: path.to_path_buf(),
        source,
    }
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

/// Recognizes the kind by the first bytes and demands the block that ends the file: a cut file would show depth too low, and
/// that an index hides.
fn look_at_ends(path: &Path) -> Result<AlignmentFormat, AlignmentError> {
    let io = |source| AlignmentError::Io {
        path: path.to_path_buf(),
        source,
    };
    let mut file = File::open(path).map_err(io)?;
    let mut start = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut start).map_err(io)?;
    let (format, end, name): (_, &[u8], _) = match start.as_slice() {
        b"CRAM" => (AlignmentFormat::Cram, &CRAM_3_END, "CRAM"),
        [0x1f, 0x8b, ..] => (AlignmentFormat::Bam, &BAM_END, "BAM"),
        // Of other content htslib would recognize formats that name further files and addresses.
        [b'@', ..] => return Ok(AlignmentFormat::Sam),
        _ => return Err(AlignmentError::no_alignments(path)),
    };
    if format == AlignmentFormat::Cram {
        let mut version = [0];
        // CRAM 2 ends otherwise; htslib itself complains about a cut one.
        if file.read_exact(&mut version).is_err() || version[0] != 3 {
            return Ok(format);
        }
    }
    let length = i64::try_from(end.len()).unwrap_or(0);
    let mut last = vec![0; end.len()];
    let whole =
        file.seek(SeekFrom::End(-length)).is_ok() && file.read_exact(&mut last).is_ok() && last == end;
    if whole {
        return Ok(format);
    }
    Err(AlignmentError::Truncated {
        path: path.to_path_buf(),
        format: name,
    })
}

fn value<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    line.split('\t')
        .find_map(|f| f.strip_prefix(key)?.strip_prefix(':'))
}

fn lines_of<'t>(text: &'t str, kind: &'static str) -> impl Iterator<Item = &'t str> {
    text.lines()
        .filter(move |line| line.split('\t').next() == Some(kind))
}

fn samples_of_text(text: &str) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for sample in lines_of(text, "@RG").filter_map(|line| value(line, "SM")) {
        if !sample.is_empty() && !samples.iter().any(|s| s == sample) {
            samples.push(sample.to_owned());
        }
    }
    samples
}

/// Reads contigs and samples from the text of a header.
fn contigs_of_text(text: &str) -> (Vec<Contig>, Vec<String>) {
    let contig = |line: &str| Contig {
        name: value(line, "SN").unwrap_or_default().to_owned(),
        length: value(line, "LN").map_or(0, |n| n.parse().unwrap_or(u32::MAX)),
        assembly: value(line, "AS").map(str::to_owned),
    };
    (lines_of(text, "@SQ").map(contig).collect(), samples_of_text(text))
}

fn read_header(header: &HeaderView) -> (Vec<Contig>, Vec<String>) {
    let text = String::from_utf8_lossy(header.as_bytes());
    let assemblies: Vec<Option<&str>> = lines_of(&text, "@SQ").map(|line| value(line, "AS")).collect();
    let contig = |tid: u32| Contig {
        name: String::from_utf8_lossy(header.tid2name(tid)).into_owned(),
        length: u32::try_from(header.target_len(tid).unwrap_or(0)).unwrap_or(u32::MAX),
        assembly: assemblies.get(tid as usize).copied().flatten().map(str::to_owned),
    };
    let contigs = (0..header.target_count()).map(contig).collect();
    (contigs, samples_of_text(&text))
}

/// Finds the index beside a file.
fn access(path: &Path, format: AlignmentFormat) -> (Access, Option<PathBuf>) {
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
