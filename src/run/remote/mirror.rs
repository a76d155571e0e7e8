//! A file on a server as a local copy with holes: what is read of it is fetched first, block by block, and kept for who reads it again.

use std::collections::BTreeSet;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use flate2::read::MultiGzDecoder;

use super::client::{self, Part, Refusal};
use super::store::Place;
use crate::genome::Fill;
use crate::run::kept::Kept;

/// Bytes that are fetched at a time: a block of BGZF has as many at the most.
const BLOCK: u64 = 1 << 16;

/// Blocks that are fetched at a time where one follows the other.
const MOST_AHEAD: u64 = 8;

/// What is kept of a file.
pub(super) struct Mirror {
    place: Place,
    kept: Kept,
    size: u64,
    tag: Option<String>,
    index: Option<Kept>,
    here: Mutex<Here>,
    failure: OnceLock<Refusal>,
}

/// Which blocks are here.
#[derive(Debug, Default)]
struct Here {
    blocks: BTreeSet<u64>,
    /// The block behind those fetched last, and how many they were.
    next: u64,
    ahead: u64,
}

// Without its place: that may hold secrets.
impl std::fmt::Debug for Mirror {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mirror")
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

impl Mirror {
    /// Looks at a file and fetches its index; `index` is where that is, where it was named.
    pub(super) fn open(place: Place, index: Option<Place>) -> anyhow::Result<Self> {
        let head = client::part(&place, 0, BLOCK, None)?;
        let index = match index {
            Some(named) => client::whole(&named).map_err(|e| anyhow::anyhow!("its index: {e}"))?,
            None => index_beside(&place, &head.bytes)?,
        };
        let mirror = Self {
            kept: Kept::new()?,
            index: Some(kept(&index)?),
            size: head.size,
            tag: head.tag.clone(),
            here: Mutex::default(),
            failure: OnceLock::new(),
            place,
        };
        mirror.kept.file.set_len(head.size)?;
        mirror.keep(&mut mirror.lock(), 0, &head)?;
        Ok(mirror)
    }

    /// Returns the path of the copy.
    pub(super) fn path(&self) -> &Path {
        &self.kept.path
    }

    /// Whether it holds alignments, by its first bytes.
    pub(super) fn holds_alignments(&self) -> io::Result<bool> {
        let mut start = vec![0; usize::try_from(BLOCK.min(self.size)).unwrap_or(0)];
        std::fs::File::open(self.path())?.read_exact(&mut start)?;
        Ok(matches!(Kind::of(&start), Kind::Bam | Kind::Cram))
    }

    fn lock(&self) -> MutexGuard<'_, Here> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fetches what is missing of some blocks.
    fn fetch(&self, from: u64, to: u64) -> anyhow::Result<()> {
        // One at a time: who waits finds it here.
        let mut here = self.lock();
        let mut block = from;
        while block < to {
            if here.blocks.contains(&block) {
                block += 1;
                continue;
            }
            let missing = (block..to).take_while(|b| !here.blocks.contains(b)).count() as u64;
            here.ahead = if block == here.next && here.next > 0 {
                (here.ahead * 2).clamp(1, MOST_AHEAD)
            } else {
                1
            };
            let end = (block + missing.max(here.ahead)).min(self.size.div_ceil(BLOCK));
            let (start, stop) = (block * BLOCK, (end * BLOCK).min(self.size));
            let part = client::part(&self.place, start, stop, self.tag.as_deref())?;
            if part.size != self.size {
                return Err(Refusal::Changed.into());
            }
            self.keep(&mut here, block, &part)?;
            here.next = end;
            block = end;
        }
        Ok(())
    }

    fn keep(&self, here: &mut Here, block: u64, part: &Part) -> io::Result<()> {
        let mut file = &*self.kept.file;
        file.seek(SeekFrom::Start(block * BLOCK))?;
        file.write_all(&part.bytes)?;
        let blocks = (part.bytes.len() as u64).div_ceil(BLOCK);
        here.blocks.extend(block..block + blocks);
        Ok(())
    }
}

impl Fill for Mirror {
    fn fill(&self, start: u64, end: u64) -> io::Result<()> {
        let end = end.min(self.size);
        if start >= end {
            return Ok(());
        }
        if let Some(refusal) = self.failure.get() {
            return Err(io::Error::other(refusal.clone()));
        }
        self.fetch(start / BLOCK, end.div_ceil(BLOCK)).map_err(|error| {
            let refusal = match error.downcast::<Refusal>() {
                Ok(refusal) => refusal,
                Err(error) => Refusal::Wrong(format!("cannot keep what was fetched: {error}")),
            };
            io::Error::other(self.failure.get_or_init(|| refusal).clone())
        })
    }

    fn index(&self) -> Option<PathBuf> {
        self.index.as_ref().map(|index| index.path.clone())
    }

    fn failure(&self) -> Option<String> {
        self.failure.get().map(ToString::to_string)
    }
}

fn kept(bytes: &[u8]) -> anyhow::Result<Kept> {
    let kept = Kept::new()?;
    (&*kept.file).write_all(bytes)?;
    Ok(kept)
}

/// What a file is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bam,
    Cram,
    Bcf,
    Vcf,
    /// What no index is of.
    Other,
}

impl Kind {
    fn of(start: &[u8]) -> Self {
        if start.starts_with(b"CRAM") {
            return Self::Cram;
        }
        let mut inflated = Vec::new();
        // The start ends in the middle; what can be read of it tells.
        _ = MultiGzDecoder::new(start).take(5).read_to_end(&mut inflated);
        match inflated.as_slice() {
            [b'B', b'A', b'M', 1, ..] => Self::Bam,
            [b'B', b'C', b'F', 2, ..] => Self::Bcf,
            [b'#', ..] => Self::Vcf,
            _ => Self::Other,
        }
    }

    /// Endings of indexes, in the order in which they are looked for.
    const fn endings(self) -> &'static [(&'static str, bool)] {
        match self {
            Self::Bam => &[(".csi", false), (".bai", false), (".csi", true), (".bai", true)],
            Self::Cram => &[(".crai", false), (".crai", true)],
            Self::Bcf => &[(".csi", false)],
            Self::Vcf => &[(".tbi", false), (".csi", false)],
            Self::Other => &[],
        }
    }
}

fn index_beside(place: &Place, start: &[u8]) -> anyhow::Result<Vec<u8>> {
    let kind = Kind::of(start);
    if kind == Kind::Other {
        anyhow::bail!(
            "it begins as no BAM or CRAM, and no VCF or BCF that bgzip compressed: only these are read over a network; fetch the file and give its path"
        );
    }
    for (ending, replace) in kind.endings() {
        let Some(index) = place.beside(ending, *replace) else {
            continue;
        };
        match client::whole(&index) {
            Err(refusal) if refusal.is_absent() => {}
            found => return found.map_err(|e| anyhow::anyhow!("its index ({ending}): {e}")),
        }
    }
    let mut endings: Vec<&str> = kind.endings().iter().map(|(ending, _)| *ending).collect();
    endings.dedup();
    endings.sort_unstable();
    endings.dedup();
    anyhow::bail!(
        "there is no index beside it ({}), and without one the whole file would be read: put one there, name it behind the address (ADDRESS##idx##ADDRESS OF THE INDEX), or fetch the file and give its path",
        endings.join(" or ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_told_by_the_first_bytes() {
        assert_eq!(Kind::of(b"CRAM\x03\0"), Kind::Cram);
        assert_eq!(Kind::of(b"##fileformat=VCFv4.2\n"), Kind::Other);
        assert_eq!(Kind::of(b""), Kind::Other);
    }
}
