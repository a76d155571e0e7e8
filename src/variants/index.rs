//! Uses the `.tbi` or `.csi` beside a file to read only the wanted regions, and distrusts it: an index that does not fit
//! the file would lose calls without a sign, so any doubt means reading the whole file.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use noodles::bgzf;
use noodles::core::Position;
use noodles::csi::binning_index::index::ReferenceSequence;
use noodles::csi::binning_index::index::reference_sequence::Index as SequenceIndex;
pub(super) use noodles::csi::binning_index::index::reference_sequence::bin::Chunk;
use noodles::csi::binning_index::{BinningIndex, Index, merge_chunks};
use noodles::{csi, tabix};

use super::header::Header;
use super::warnings::Kind;
use crate::genome::{Chromosome, Regions};

/// How to read the file.
pub(super) enum Plan {
    /// There is no index.
    Whole,
    /// There is one that cannot be trusted: read the whole file and say so.
    Warn(Kind, String),
    /// Read these pieces.
    Chunks(Vec<Chunk>),
}

/// Opens a file for reading by chunks.
pub(super) fn reader(file: File) -> bgzf::io::Reader<BufReader<File>> {
    bgzf::io::Reader::new(BufReader::with_capacity(1 << 16, file))
}

/// The pieces of a file that hold the regions, by an index that reaches its end, whatever its age.
///
/// The error says what is wrong; `None` is an index without records.
pub(super) fn chunks(
    path: &Path,
    bcf: bool,
    header: &Header,
    regions: &Regions,
) -> Result<Option<Vec<Chunk>>, String> {
    let suffixes: &[&str] = if bcf { &["csi"] } else { &["tbi", "csi"] };
    let Some(suffix) = suffixes.iter().find(|s| with_suffix(path, s).is_file()) else {
        return Err(format!("there is no index (.{})", suffixes.join(" or .")));
    };
    let index = with_suffix(path, suffix);
    chunks_of_file(&index, path, header, regions).map_err(|e| {
        let name = index
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        format!("its index {name} cannot be used: {e}")
    })
}

fn chunks_of_file(
    index: &Path,
    path: &Path,
    header: &Header,
    regions: &Regions,
) -> io::Result<Option<Vec<Chunk>>> {
    if index.extension().is_some_and(|e| e == "tbi") {
        tabix::fs::read(index).and_then(|i| chunks_of(&i, path, None, regions))
    } else {
        csi::fs::read(index).and_then(|i| chunks_of(&i, path, Some(header), regions))
    }
}

/// Looks for an index and finds the pieces that hold the regions.
pub(super) fn plan(path: &Path, bcf: bool, header: &Header, regions: &Regions) -> Plan {
    let suffixes: &[&str] = if bcf { &["csi"] } else { &["tbi", "csi"] };
    let mut plan = Plan::Whole;
    for suffix in suffixes {
        let index = with_suffix(path, suffix);
        if !index.is_file() {
            continue;
        }
        let name = index
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        if is_older(&index, path) {
            plan = Plan::Warn(Kind::StaleIndex, name);
            continue;
        }
        match chunks_of_file(&index, path, header, regions) {
            Ok(Some(chunks)) => return Plan::Chunks(chunks),
            // An index without records says nothing that could be checked.
            Ok(None) => return Plan::Whole,
            Err(e) => plan = Plan::Warn(Kind::BadIndex, format!("{name}: {e}")),
        }
    }
    plan
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

fn is_older(index: &Path, file: &Path) -> bool {
    let time = |p: &Path| fs::metadata(p).and_then(|m| m.modified()).ok();
    match (time(index), time(file)) {
        (Some(index), Some(file)) => index < file,
        // A system without times: the check of the last offset remains.
        _ => false,
    }
}

fn bad(text: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text.into())
}

fn chunks_of<I: SequenceIndex>(
    index: &Index<I>,
    path: &Path,
    header: Option<&Header>,
    regions: &Regions,
) -> io::Result<Option<Vec<Chunk>>> {
    if !check_end(index, path)? {
        return Ok(None);
    }
    let names: Vec<String> = match (index.header(), header) {
        (Some(h), _) => h
            .reference_sequence_names()
            .iter()
            .map(ToString::to_string)
            .collect(),
        (None, Some(h)) => h
            .contig_names
            .iter()
            .map(|n| n.clone().unwrap_or_default())
            .collect(),
        (None, None) => return Err(bad("it names no contigs")),
    };
    let mut chunks = Vec::new();
    for (id, name) in names.iter().enumerate().take(index.reference_sequences().len()) {
        let Some(chromosome) = Chromosome::parse(name) else {
            continue;
        };
        for &(first, last) in regions.of(chromosome) {
            let position = |p: u32| Position::try_from(p as usize).map_err(|_| bad("a position of 0"));
            let interval = (position(first.max(1))?..=position(last.max(1))?).into();
            chunks.extend(index.query(id, interval)?);
        }
    }
    Ok(Some(merge_chunks(&chunks)))
}

/// The last piece of the index must end where the records of the file end; otherwise it was made for another file.
/// Returns whether there is a piece.
fn check_end<I: SequenceIndex>(index: &Index<I>, path: &Path) -> io::Result<bool> {
    let last = index
        .reference_sequences()
        .iter()
        .flat_map(ReferenceSequence::bins)
        .flat_map(|(_, bin)| bin.chunks())
        .map(Chunk::end)
        .max();
    let Some(last) = last else {
        return Ok(false);
    };
    let mut stream = reader(File::open(path)?);
    stream.seek(last).map_err(|_| bad("it does not fit the file"))?;
    if stream
        .fill_buf()
        .map_err(|_| bad("it does not fit the file"))?
        .is_empty()
    {
        Ok(true)
    } else {
        Err(bad("it does not reach the end of the file"))
    }
}
