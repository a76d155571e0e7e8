//! Places that the genome, or only its reference, holds twice: aligners share the reads among the copies and give them mapping
//! quality 0.
//!
//! GRCh38 holds U2AF1 a second time, by mistake, unless the copy is masked (Miller 2022, J Mol Diagn 24:219). Fragments of both
//! copies are then counted whatever their mapping quality, and summed column by column.

use std::collections::BTreeMap;

use super::indel_site::IndelSite;
use crate::alignments::input::base_codes::UNKNOWN;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::reference::Reference;
use crate::alignments::input::region::{TargetRegion, contig_by_any_name};
use crate::evidence::Warning;
use crate::genome::Build;

/// A gene that the reference holds twice by mistake: 1-based inclusive ranges of one chromosome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FalseCopy {
    /// Gene symbol.
    pub gene: &'static str,
    /// The build.
    pub build: Build,
    /// Chromosome of both.
    pub chromosome: &'static str,
    /// The true place.
    pub real: (u32, u32),
    /// The copy.
    pub copy: (u32, u32),
}

/// Genes with a false copy on which driver rules exist.
pub const FALSE_COPIES: [FalseCopy; 1] = [FalseCopy {
    gene: "U2AF1",
    build: Build::Grch38,
    chromosome: "chr21",
    real: (43_092_956, 43_107_570),
    copy: (6_484_623, 6_499_248),
}];

/// Returns what is to be said of places that a reference holds twice and of which both copies are counted.
pub fn copy_warnings(copied: &CopiedColumns, build: Build) -> Vec<Warning> {
    let of_build = FALSE_COPIES
        .iter()
        .filter(|c| c.build == build && !copied.is_empty());
    of_build.map(copy_warning).collect()
}

fn copy_warning(place: &FalseCopy) -> Warning {
    Warning::FalseCopy {
        gene: place.gene.to_owned(),
        place: format!("{}:{}-{}", place.chromosome, place.copy.0, place.copy.1),
    }
}

/// Columns around a target that are compared too, so that a short exon is not placed by chance; few, for the copies differ in
/// the length of their introns.
const FLANK: u32 = 20;
/// Bases around the copy that are read too: the flanks of its first and last exon.
const MARGIN: u32 = 500;
/// Columns by which the distance of the copies may change between targets.
const WANDERING: i64 = 200;
/// Share of equal bases from which a stretch of the copy is the target's.
const SAME: f64 = 0.95;

/// Columns, each with the column of its copy; both hold the same base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopiedColumns {
    columns: BTreeMap<(u32, u32), (u32, u32)>,
}

impl CopiedColumns {
    /// Compares targets with the copies that the build may have; empty where a copy is masked or absent.
    pub fn find(file: &AlignmentFile, reference: &Reference, build: Build, targets: &[TargetRegion]) -> Self {
        let mut columns = BTreeMap::new();
        for place in FALSE_COPIES.iter().filter(|c| c.build == build) {
            let Some(contig) = contig_by_any_name(file, place.chromosome) else {
                continue;
            };
            let (first, last) = place.real;
            let inside = targets
                .iter()
                .filter(|t| t.contig == contig && t.start < last && t.end >= first);
            for target in inside {
                columns.extend(matched(reference, *target, place));
            }
        }
        Self { columns }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Whether a column has a copy.
    pub fn has(&self, contig: u32, column: u32) -> bool {
        self.columns.contains_key(&(contig, column))
    }

    /// Returns the columns, each with that of its copy: contig and column, ascending.
    pub fn pairs(&self) -> impl Iterator<Item = ((u32, u32), (u32, u32))> {
        self.columns.iter().map(|(real, copy)| (*real, *copy))
    }

    /// Returns the column of the copy.
    pub fn of_column(&self, real: (u32, u32)) -> Option<(u32, u32)> {
        self.columns.get(&real).copied()
    }

    /// Returns a site of indels at the copy; `None` where not all of it stands there, at one distance.
    pub fn copy_of(&self, site: &IndelSite) -> Option<IndelSite> {
        let (contig, mut columns) = site.columns();
        let first = columns.start;
        let (copy_contig, copy_first) = *self.columns.get(&(contig, first))?;
        let distance = i64::from(copy_first) - i64::from(first);
        let stands_there = columns.all(|column| {
            let copy = self.columns.get(&(contig, column));
            copy.is_some_and(|(c, at)| *c == copy_contig && i64::from(*at) - i64::from(column) == distance)
        });
        stands_there.then(|| site.moved(copy_contig, distance))?
    }
}

/// Finds a target in the copy by the distance at which most bases are equal.
fn matched(reference: &Reference, target: TargetRegion, place: &FalseCopy) -> Vec<((u32, u32), (u32, u32))> {
    let start = target.start.saturating_sub(FLANK);
    let own = reference.codes(target.contig, start, target.end + FLANK);
    let (copy_first, copy_end) = ((place.copy.0 - 1).saturating_sub(MARGIN), place.copy.1 + MARGIN);
    let copy = reference.codes(target.contig, copy_first, copy_end);
    // The middle of the two ranges gives the distance to begin with.
    let distance = (i64::from(place.real.0) + i64::from(place.real.1)
        - i64::from(place.copy.0)
        - i64::from(place.copy.1))
        / 2;
    let at = |index: usize, distance: i64| -> Option<u8> {
        let column = i64::from(start) + i64::try_from(index).ok()? - distance - i64::from(copy_first);
        copy.get(usize::try_from(column).ok()?)
            .copied()
            .filter(|c| *c != UNKNOWN)
    };
    let equal = |distance: i64| {
        own.iter()
            .enumerate()
            .filter(|(i, base)| at(*i, distance) == Some(**base))
            .count()
    };
    // A flank that the reference has no bases of says nothing.
    let known = own.iter().filter(|base| **base != UNKNOWN).count();
    let best =
        (distance - WANDERING..=distance + WANDERING).max_by_key(|d| (equal(*d), -(d - distance).abs()));
    let Some(best) = best.filter(|d| known > 0 && equal(*d) as f64 >= SAME * known as f64) else {
        return Vec::new();
    };
    (target.start..target.end)
        .filter_map(|column| {
            let index = (column - start) as usize;
            let copied = u32::try_from(i64::from(column) - best).ok()?;
            let base = own.get(index).copied().filter(|b| *b != UNKNOWN)?;
            (at(index, best) == Some(base)).then_some(((target.contig, column), (target.contig, copied)))
        })
        .collect()
}
