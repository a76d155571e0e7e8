//! An alignment file: what its header says, whether it is whole, and how its reads can be reached.

use std::fs::File;
use std::io::{Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rust_htslib::bam::{self, HeaderView, Read as _};

use super::error::AlignmentError;

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

/// How the reads of a region are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// By the index.
    Index,
    /// There is no index: the file is read from its start.
    NoIndex,
    /// The index is older than the file and may be another file's: the file is read from its start.
    OldIndex,
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
    /// The file.
    pub path: PathBuf,
    /// Its kind.
    pub format: AlignmentFormat,
    /// The reference FASTA for CRAM.
    pub reference: Option<PathBuf>,
    /// Contigs in the order of the header.
    pub contigs: Vec<Contig>,
    /// Sample names (`SM`) of the read groups, each once, in order.
    pub samples: Vec<String>,
    /// How reads are reached.
    pub access: Access,
    /// Whether the first reads carry tags of UMI consensus reads.
    pub consensus: bool,
}

impl AlignmentFile {
    /// Looks at a file: kind, end, header, index.
    pub fn open(path: &Path, reference: Option<&Path>) -> Result<Self, AlignmentError> {
        let format = look_at_ends(path)?;
        if let (AlignmentFormat::Cram, Some(fasta)) = (format, reference) {
            need_fasta_index(fasta)?;
        }
        let mut reader = open_reader(path, format, reference)?;
        let (contigs, samples) = read_header(reader.header());
        if contigs.is_empty() {
            return Err(AlignmentError::NoContigs {
                path: path.to_path_buf(),
            });
        }
        let consensus = has_consensus_tags(&mut reader);
        Ok(Self {
            access: access(path, format),
            path: path.to_path_buf(),
            format,
            reference: reference.map(Path::to_path_buf),
            contigs,
            samples,
            consensus,
        })
    }

    /// Returns the number of a contig.
    pub fn contig(&self, name: &str) -> Option<u32> {
        let place = self.contigs.iter().position(|c| c.name == name)?;
        u32::try_from(place).ok()
    }

    /// Opens a reader from the start of the file.
    pub fn reader(&self) -> Result<bam::Reader, AlignmentError> {
        open_reader(&self.path, self.format, self.reference.as_deref())
    }

    /// Opens a reader that jumps.
    pub fn indexed_reader(&self) -> Result<bam::IndexedReader, AlignmentError> {
        let failed = |e: rust_htslib::errors::Error| open_error(&self.path, &e);
        let mut reader = bam::IndexedReader::from_path(&self.path).map_err(failed)?;
        if let (AlignmentFormat::Cram, Some(fasta)) = (self.format, &self.reference) {
            reader.set_reference(fasta).map_err(failed)?;
        }
        Ok(reader)
    }

    /// Makes the error of a record that cannot be read.
    pub fn record_error(&self, place: String, error: &rust_htslib::errors::Error) -> AlignmentError {
        AlignmentError::Record {
            path: self.path.clone(),
            place,
            message: error.to_string(),
            cram: self.format == AlignmentFormat::Cram,
        }
    }
}

fn open_error(path: &Path, error: &rust_htslib::errors::Error) -> AlignmentError {
    AlignmentError::Open {
        path: path.to_path_buf(),
        message: error.to_string(),
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
        _ => return Ok(AlignmentFormat::Sam),
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

fn read_header(header: &HeaderView) -> (Vec<Contig>, Vec<String>) {
    let text = String::from_utf8_lossy(header.as_bytes());
    let (mut samples, mut assemblies) = (Vec::new(), Vec::new());
    for line in text.lines() {
        let mut fields = line.split('\t');
        let kind = fields.next().unwrap_or_default();
        let value = |key: &str| {
            line.split('\t')
                .find_map(|f| f.strip_prefix(key)?.strip_prefix(':'))
                .map(str::to_owned)
        };
        match kind {
            "@RG" => {
                if let Some(sample) = value("SM").filter(|s| !s.is_empty() && !samples.contains(s)) {
                    samples.push(sample);
                }
            }
            "@SQ" => assemblies.push(value("AS")),
            _ => {}
        }
    }
    let contig = |tid: u32| Contig {
        name: String::from_utf8_lossy(header.tid2name(tid)).into_owned(),
        length: u32::try_from(header.target_len(tid).unwrap_or(0)).unwrap_or(u32::MAX),
        assembly: assemblies.get(tid as usize).cloned().flatten(),
    };
    ((0..header.target_count()).map(contig).collect(), samples)
}

/// fgbio, and those who follow it, write `cD` (raw reads behind the consensus) or `aD` and `bD` (of each strand).
fn has_consensus_tags(reader: &mut bam::Reader) -> bool {
    let mut record = bam::Record::new();
    matches!(reader.read(&mut record), Some(Ok(())))
        && (record.aux(b"cD").is_ok() || record.aux(b"aD").is_ok())
}

fn access(path: &Path, format: AlignmentFormat) -> Access {
    let without_ending = path.with_extension("");
    let candidates: &[PathBuf] = &match format {
        AlignmentFormat::Sam => return Access::NoIndex,
        AlignmentFormat::Cram => vec![beside(path, ".crai"), beside(&without_ending, ".crai")],
        AlignmentFormat::Bam => vec![
            beside(path, ".csi"),
            beside(path, ".bai"),
            beside(&without_ending, ".csi"),
            beside(&without_ending, ".bai"),
        ],
    };
    let Some(index) = candidates.iter().find(|p| p.is_file()) else {
        return Access::NoIndex;
    };
    let changed = |p: &Path| -> Option<SystemTime> { p.metadata().ok()?.modified().ok() };
    match (changed(index), changed(path)) {
        (Some(index), Some(file)) if index < file => Access::OldIndex,
        _ => Access::Index,
    }
}
