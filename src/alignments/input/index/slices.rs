//! Whether the slices of a region are those that an index of CRAM names: looked at before they are read.
//!
//! Slices follow one another by the places of their first reads. So reads of a region can be only in slices that begin before its end
//! and are followed by one that does not begin long before it; of these, and of the next, the index is held against the headers.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::IndexError;
use super::crai::read_crai;
use crate::alignments::input::cram::{ContainerHeader, CraiEntry, CramError, Extent, UNPLACED, extents};
use crate::alignments::input::region::TargetRegion;
use crate::genome::DataFile;

/// Positions that no alignment reaches over: introns have at most some hundred thousand.
const LONGEST_ALIGNMENT: i64 = 1 << 20;

/// The index of a CRAM file.
#[derive(Debug)]
pub struct SliceIndex {
    cram: PathBuf,
    size: u64,
    entries: Vec<CraiEntry>,
    /// Where the entries of each slice begin, in the order of the file, and where the last ends.
    slices: Vec<usize>,
    /// Containers that were looked at.
    compared: Mutex<HashSet<u64>>,
}

impl SliceIndex {
    /// Reads the index of a CRAM file of so many references, whose first container with records begins at `first`.
    pub fn read(index: &Path, cram: &Path, references: usize, first: u64) -> Result<Self, IndexError> {
        let entries = read_crai(index, cram, references, first)?;
        let mut slices = vec![0];
        for slice in entries.chunk_by(|a, b| (a.container, a.slice) == (b.container, b.slice)) {
            slices.push(slices[slices.len() - 1] + slice.len());
        }
        if !entries.is_sorted_by_key(place) {
            return Err(IndexError::new("its slices are not in the order of the file"));
        }
        Ok(Self {
            cram: cram.to_path_buf(),
            size: std::fs::metadata(cram)?.len(),
            entries,
            slices,
            compared: Mutex::default(),
        })
    }

    /// Returns the entries in the order of the file.
    pub fn entries(&self) -> &[CraiEntry] {
        &self.entries
    }

    fn slice(&self, number: usize) -> &[CraiEntry] {
        let (from, to) = (self.slices.get(number), self.slices.get(number + 1));
        match (from, to) {
            (Some(from), Some(to)) => &self.entries[*from..*to],
            _ => &[],
        }
    }

    /// Demands that the slices of the regions are those that the index names.
    pub fn check(&self, regions: &[TargetRegion]) -> Result<(), IndexError> {
        let mut file = DataFile::open(&self.cram)?;
        let count = self.slices.len() - 1;
        let firsts: Vec<(i64, i64)> = (0..count)
            .filter_map(|number| self.slice(number).first().map(place))
            .collect();
        for region in regions {
            let contig = i64::from(region.contig);
            let long_before = (contig, i64::from(region.start) - LONGEST_ALIGNMENT);
            let behind = (contig, i64::from(region.end) + 1);
            let from = firsts
                .partition_point(|first| *first < long_before)
                .saturating_sub(1);
            let to = firsts.partition_point(|first| *first < behind);
            for number in from..(to + 1).min(count) {
                if let Some(entry) = self.slice(number).first() {
                    self.compare(&mut file, entry.container)?;
                }
            }
        }
        Ok(())
    }

    /// Holds what the index says of a container against its headers.
    fn compare(&self, file: &mut DataFile, container: u64) -> Result<(), IndexError> {
        let lock = || self.compared.lock().unwrap_or_else(PoisonError::into_inner);
        if lock().contains(&container) {
            return Ok(());
        }
        let wrong = |error: CramError| IndexError::new(error.to_string());
        let header = ContainerHeader::read(file, container, self.size).map_err(wrong)?;
        let from = self.entries.partition_point(|e| e.container < container);
        let own = &self.entries[from..];
        let own = &own[..own.partition_point(|e| e.container == container)];
        let mut named: Vec<u64> = own.iter().map(|e| e.slice).collect();
        named.dedup();
        if !header.slices.iter().map(|s| *s as u64).eq(named) {
            return Err(IndexError::new("it names slices that are not there"));
        }
        for slice in &header.slices {
            let entries = || own.iter().filter(|e| e.slice == *slice as u64);
            let found = extents(file, &header, *slice).map_err(wrong)?;
            if !found.iter().all(|extent| entries().any(|e| covers(e, extent))) {
                return Err(IndexError::new("a slice has reads of another place than it says"));
            }
        }
        lock().insert(container);
        Ok(())
    }
}

/// The place of the first read of an entry; reads without one come last.
fn place(entry: &CraiEntry) -> (i64, i64) {
    match entry.reference {
        UNPLACED => (i64::MAX, 0),
        reference => (i64::from(reference), entry.start),
    }
}

fn covers(entry: &CraiEntry, extent: &Extent) -> bool {
    let has_place = extent.reference != UNPLACED;
    entry.reference == extent.reference
        && (!has_place || entry.start <= extent.first && entry.start.saturating_add(entry.span) >= extent.end)
}
