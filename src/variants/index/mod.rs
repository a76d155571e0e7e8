//! Uses the `.tbi` or `.csi` beside a file to read only the wanted regions, and distrusts it: an index that does not fit
//! the file would lose calls without a sign, so any doubt means reading the whole file.

mod fit;
mod indexed_file;
mod layout;

use std::fs;
use std::path::{Path, PathBuf};

use self::fit::Walker;
pub(crate) use self::indexed_file::FittingIndex;
pub(super) use self::indexed_file::{Chunk, reader};
use self::layout::{Layout, Piece};
use super::header::Header;
use super::warnings::Kind;
use crate::genome::{Chromosome, Regions, index_of_mirror, is_mirror, is_other_contig};

/// Bytes up to which a file is compared with its index record by record: a twentieth of a second.
const SMALL: u64 = 4 << 20;

/// How to read the file.
pub(super) enum Plan {
    /// There is no index.
    Whole,
    /// There is one that cannot be trusted: read the whole file and say so.
    Warn(Kind, String),
    /// Read these pieces.
    Chunks(Vec<Chunk>),
}

impl FittingIndex {
    /// Opens the index of a file that is only read through it, whatever its age; the error says what is wrong.
    pub(super) fn of(path: &Path, bcf: bool, header: &Header) -> Result<Self, String> {
        let suffixes = suffixes(bcf);
        let mut places = suffixes.iter().map(|s| index_at(path, s));
        match places.find(|place| place.is_file()) {
            Some(index) => Self::open(&index, path, bcf, header)
                .map_err(|e| format!("its index {} cannot be used: {e}", file_name(&index))),
            None => Err(format!("there is no index (.{})", suffixes.join(" or ."))),
        }
    }

    fn open(index: &Path, path: &Path, bcf: bool, header: &Header) -> Result<Self, String> {
        let Layout { names, references } = Layout::read(index, path)?;
        let names = names.unwrap_or_else(|| {
            let name = |n: &Option<String>| n.clone().unwrap_or_default().into_bytes();
            header.contig_names.iter().map(name).collect()
        });
        if references.len() > names.len() {
            return Err("it has more contigs than the header".into());
        }
        let mut index = Self {
            path: path.to_owned(),
            bcf,
            names,
            references,
            compared: false,
        };
        // Every record of a file on a server would have to be fetched.
        let small = !is_mirror(path) && path.metadata().is_ok_and(|m| m.len() <= SMALL);
        fit::check(&index, small)?;
        index.compared = small;
        Ok(index)
    }

    /// Whether it holds records of a contig under a name that nobody knows: they are to be counted.
    fn has_unknown_contigs(&self) -> bool {
        let known = |name: &[u8]| {
            std::str::from_utf8(name).is_ok_and(|n| Chromosome::parse(n).is_some() || is_other_contig(n))
        };
        let mut contigs = self.names.iter().zip(&self.references);
        contigs.any(|(name, reference)| !reference.pieces.is_empty() && !known(name))
    }

    /// Whether it has records on a chromosome where something is looked for.
    fn has_wanted(&self, regions: &Regions) -> bool {
        let mut contigs = self.names.iter().zip(&self.references);
        contigs.any(|(name, reference)| {
            let chromosome = std::str::from_utf8(name).ok().and_then(Chromosome::parse);
            !reference.pieces.is_empty() && chromosome.is_some_and(|c| !regions.of(c).is_empty())
        })
    }

    /// Returns the pieces of the file that hold the regions.
    ///
    /// Where not every record was compared, the pieces before and behind a region are taken too and looked at: they must lie
    /// where the index says, and since a file is sorted, nothing of the region is left outside of them.
    pub(super) fn chunks(&self, regions: &Regions) -> Result<Vec<Chunk>, String> {
        let mut chunks = Vec::new();
        for (id, (name, reference)) in self.names.iter().zip(&self.references).enumerate() {
            let chromosome = std::str::from_utf8(name).ok().and_then(Chromosome::parse);
            let wanted = chromosome.map_or(&[][..], |c| regions.of(c));
            if reference.pieces.is_empty() || wanted.is_empty() {
                continue;
            }
            let overlapping = |piece: &&Piece| {
                let mut wanted = wanted.iter();
                wanted.any(|&(first, last)| piece.first <= u64::from(last) && u64::from(first) <= piece.last)
            };
            chunks.extend(reference.pieces.iter().filter(overlapping).map(Chunk::from));
            if !self.compared {
                let around = wanted.iter().map(|&region| around(&reference.pieces, region));
                let around = merged(around.collect::<Result<_, _>>()?);
                let mut walker = Walker::open(self)?;
                for &stretch in &around {
                    walker.compare(id, stretch)?;
                }
                chunks.extend(around);
            }
        }
        Ok(merged(chunks))
    }
}

/// Returns the stretch from the last piece before a region to the first behind it.
fn around(pieces: &[Piece], (first, last): (u32, u32)) -> Result<Chunk, String> {
    let (first, last) = (u64::from(first), u64::from(last));
    let begin = pieces.iter().map(|p| p.start).min().unwrap_or_default();
    let end = pieces.iter().map(|p| p.end).max().unwrap_or_default();
    let before = pieces.iter().filter(|p| p.last < first).map(|p| p.start).max();
    let behind = pieces.iter().filter(|p| p.first > last).map(|p| p.start).min();
    let (start, end) = (before.unwrap_or(begin), behind.unwrap_or(end));
    if start > end {
        return Err("its bins are not in the order of the file".into());
    }
    Ok(Chunk { start, end })
}

/// Joins pieces that touch or overlap.
fn merged(mut chunks: Vec<Chunk>) -> Vec<Chunk> {
    chunks.sort_unstable_by_key(|c| (c.start, c.end));
    let mut joined: Vec<Chunk> = Vec::new();
    for chunk in chunks {
        match joined.last_mut() {
            Some(last) if chunk.start <= last.end => last.end = last.end.max(chunk.end),
            _ => joined.push(chunk),
        }
    }
    joined
}

/// Looks for an index and finds the pieces that hold the regions.
pub(super) fn plan(path: &Path, bcf: bool, header: &Header, regions: &Regions) -> Plan {
    let mut plan = Plan::Whole;
    for suffix in suffixes(bcf) {
        let index = index_at(path, suffix);
        if !index.is_file() {
            continue;
        }
        if is_older(&index, path) {
            plan = Plan::Warn(Kind::StaleIndex, file_name(&index));
            continue;
        }
        let found = FittingIndex::open(&index, path, bcf, header).and_then(|index| {
            Ok((
                !index.has_wanted(regions) || index.has_unknown_contigs(),
                index.chunks(regions)?,
            ))
        });
        match found {
            // That nothing is where it is looked for is to be told; records of an unknown contig the index would hide.
            Ok((true, _)) => return Plan::Whole,
            Ok((false, chunks)) => return Plan::Chunks(chunks),
            Err(e) => plan = Plan::Warn(Kind::BadIndex, format!("{}: {e}", file_name(&index))),
        }
    }
    plan
}

const fn suffixes(bcf: bool) -> &'static [&'static str] {
    if bcf { &["csi"] } else { &["tbi", "csi"] }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Returns where an index is looked for: beside its file, or where the copy of that of a file on a server is.
fn index_at(path: &Path, suffix: &str) -> PathBuf {
    index_of_mirror(path).unwrap_or_else(|| with_suffix(path, suffix))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

fn is_older(index: &Path, file: &Path) -> bool {
    // When both were put on their server says nothing.
    if is_mirror(file) {
        return false;
    }
    let time = |p: &Path| fs::metadata(p).and_then(|m| m.modified()).ok();
    match (time(index), time(file)) {
        (Some(index), Some(file)) => index < file,
        // A system without times: the comparison with the file remains.
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(start: u64, first: u64, last: u64) -> Piece {
        Piece {
            start,
            end: start + 10,
            first,
            last,
        }
    }

    #[test]
    fn a_region_is_read_with_the_pieces_beside_it() {
        let pieces = [
            piece(10, 1, 100),
            piece(20, 101, 200),
            piece(30, 201, 300),
            piece(40, 301, 400),
        ];
        let of = |region| around(&pieces, region).map(|c| (c.start, c.end));
        assert_eq!(of((150, 160)), Ok((10, 30)));
        assert_eq!(of((1, 20)), Ok((10, 20)));
        assert_eq!(of((350, 900)), Ok((30, 50)));
        // Nothing is in the bin of the region: the pieces beside it must show that.
        assert_eq!(
            around(&[pieces[0], pieces[3]], (150, 160)).map(|c| (c.start, c.end)),
            Ok((10, 40))
        );
        assert!(around(&[piece(10, 301, 400), piece(20, 1, 100)], (150, 160)).is_err());
    }
}
