//! Places that the genome, or only its reference, holds twice: aligners share the reads among the copies and give them mapping
//! quality 0.
//!
//! GRCh38 holds U2AF1 a second time, by mistake, unless the copy is masked (Miller 2022, J Mol Diagn 24:219). Fragments of both
//! copies are then counted whatever their mapping quality, and summed column by column.

use std::collections::{BTreeMap, BTreeSet};

use super::base_codes::UNKNOWN;
use super::call::visit_sites;
use super::cycle::CycleDepth;
use super::error::AlignmentError;
use super::file::AlignmentFile;
use super::filter::ReadFilter;
use super::indel::Indel;
use super::realign::{IndelSite, RealignedSite, Realignment, Substitution};
use super::reference::Reference;
use super::region::{TargetRegion, contig_by_any_name, merged};
use super::substitution::{Exposure, Interest, SiteAllele, total};
use super::survey::{ColumnDepth, SurveyPlan, SurveyedChunk, survey};
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

/// Surveys columns with another filter than the call's.
fn look(
    file: &AlignmentFile,
    reference: &Reference,
    targets: &[TargetRegion],
    plan: &SurveyPlan,
) -> Result<SurveyedChunk, AlignmentError> {
    let all = survey(file, reference, targets, plan)?;
    reference.check()?;
    Ok(all)
}

/// Returns the depths of columns with reads of any mapping quality.
pub fn depths_of_any_mapping_quality(
    file: &AlignmentFile,
    reference: &Reference,
    targets: &[TargetRegion],
    filter: &ReadFilter,
) -> Result<Vec<ColumnDepth>, AlignmentError> {
    let plan = SurveyPlan {
        filter: filter.with_any_mapping_quality(),
        interest: Interest {
            min_count: u32::MAX,
            min_vaf: 1.0,
        },
        forced: Vec::new(),
        depths: true,
    };
    Ok(look(file, reference, targets, &plan)?.depths)
}

/// What both copies show, summed, at the place of the true one.
#[derive(Debug)]
pub struct BothCopies {
    /// Substitutions.
    pub alleles: Vec<SiteAllele>,
    /// Indels to realign, with the fragments that showed them.
    pub indels: Vec<(Indel, usize)>,
    /// Depths.
    pub depths: Vec<ColumnDepth>,
}

/// Looks at the copied columns of both copies.
pub fn survey_copies(
    file: &AlignmentFile,
    reference: &Reference,
    copied: &CopiedColumns,
    plan: &SurveyPlan,
) -> Result<BothCopies, AlignmentError> {
    let one = |(contig, column): (u32, u32)| TargetRegion {
        contig,
        start: column,
        end: column + 1,
    };
    let pairs = || copied.columns.iter().map(|(real, copy)| (*real, *copy));
    let targets = merged(pairs().flat_map(|(real, copy)| [one(real), one(copy)]).collect());
    let everything = SurveyPlan {
        filter: plan.filter.with_any_mapping_quality(),
        interest: Interest {
            min_count: 1,
            min_vaf: 0.0,
        },
        forced: Vec::new(),
        depths: false,
    };
    let to_real: BTreeMap<(u32, u32), (u32, u32)> = pairs().map(|(real, copy)| (copy, real)).collect();
    let seen = look(file, reference, &targets, &everything)?;
    let indels = sum_indels(seen.indels, copied, &to_real);
    let seen = seen.substitutions;
    let wanted: BTreeSet<((u32, u32), u8)> = seen
        .iter()
        .filter_map(|a| {
            let here = (a.contig, a.column);
            let real = if copied.columns.contains_key(&here) {
                here
            } else {
                *to_real.get(&here)?
            };
            Some((real, a.alternate))
        })
        .chain(
            plan.forced
                .iter()
                .filter(|(contig, column, _)| copied.has(*contig, *column))
                .map(|(contig, column, code)| ((*contig, *column), *code)),
        )
        .collect();
    let mut forced: Vec<(u32, u32, u8)> = wanted
        .iter()
        .filter_map(|(real, code)| Some((*real, *copied.columns.get(real)?, *code)))
        .flat_map(|(real, copy, code)| [(real.0, real.1, code), (copy.0, copy.1, code)])
        .collect();
    forced.sort_unstable();
    let counting = SurveyPlan {
        interest: Interest {
            min_count: u32::MAX,
            min_vaf: 1.0,
        },
        forced,
        depths: true,
        ..everything
    };
    let counted = look(file, reference, &targets, &counting)?;
    Ok(BothCopies {
        alleles: sum_alleles(&counted.substitutions, copied, plan),
        indels,
        depths: sum_depths(&counted.depths, copied),
    })
}

fn sum_indels(
    found: Vec<(Indel, usize)>,
    copied: &CopiedColumns,
    to_real: &BTreeMap<(u32, u32), (u32, u32)>,
) -> Vec<(Indel, usize)> {
    let mut sums: BTreeMap<Indel, usize> = BTreeMap::new();
    for (mut indel, count) in found {
        let here = (indel.contig, indel.after);
        if !copied.columns.contains_key(&here) {
            let Some(real) = to_real.get(&here) else { continue };
            (indel.contig, indel.after) = *real;
        }
        *sums.entry(indel).or_insert(0) += count;
    }
    sums.into_iter().collect()
}

/// Realigns indels at both copies with reads of any mapping quality, and sums what they show; each site has a copy.
pub fn realign_copies(
    file: &AlignmentFile,
    reference: &Reference,
    sites: Vec<IndelSite>,
    common: &[Substitution],
    copied: &CopiedColumns,
    filter: &ReadFilter,
) -> Result<Vec<RealignedSite>, AlignmentError> {
    let filter = filter.with_any_mapping_quality();
    let moved_base = |s: &Substitution| {
        let (contig, column) = *copied.columns.get(&(s.contig, s.column))?;
        Some(Substitution { contig, column, ..*s })
    };
    let common_of_copy: Vec<Substitution> = common.iter().filter_map(moved_base).collect();
    let realigned = |sites: Vec<IndelSite>, common: &[Substitution]| {
        visit_sites(file, sites, IndelSite::chunk, &|site| {
            Realignment::new(site, common, reference, &filter)
        })
    };
    let moved: Vec<IndelSite> = sites.iter().filter_map(|s| copied.copy_of(s)).collect();
    let indels = |site: &IndelSite| site.indels.clone();
    let pairs: Vec<(Vec<Indel>, Vec<Indel>)> =
        sites.iter().map(indels).zip(moved.iter().map(indels)).collect();
    let elsewhere = realigned(moved, &common_of_copy)?;
    let mut both = realigned(sites, common)?;
    for site in &mut both {
        let place = pairs.iter().find(|(real, _)| *real == site.indels);
        let copy = place.and_then(|(_, copy)| elsewhere.iter().find(|c| c.indels == *copy));
        if let Some(copy) = copy {
            site.counts.add(&copy.counts);
        }
    }
    Ok(both)
}

fn sum_alleles(counted: &[SiteAllele], copied: &CopiedColumns, plan: &SurveyPlan) -> Vec<SiteAllele> {
    let by_place: BTreeMap<(u32, u32, u8), &SiteAllele> = counted
        .iter()
        .map(|a| ((a.contig, a.column, a.alternate), a))
        .collect();
    let sum = |allele: &&SiteAllele| {
        let (contig, column) = *copied.columns.get(&(allele.contig, allele.column))?;
        let mut sum = (*allele).clone();
        if let Some(copy) = by_place.get(&(contig, column, allele.alternate)) {
            add(&mut sum, copy);
        }
        let enough = sum.count() >= plan.interest.min_count
            && f64::from(sum.count()) >= plan.interest.min_vaf * f64::from(total(&sum.exposure));
        let asked = (sum.contig, sum.column, sum.alternate);
        (enough || plan.forced.binary_search(&asked).is_ok()).then_some(sum)
    };
    by_place.values().filter_map(sum).collect()
}

/// Adds the copy's counts. Fragments stay those of the true place: numbers of another chunk mean other fragments.
fn add(allele: &mut SiteAllele, copy: &SiteAllele) {
    for (mine, theirs) in [
        (&mut allele.exposure, &copy.exposure),
        (&mut allele.seen, &copy.seen),
        (&mut allele.reference, &copy.reference),
    ] {
        add_exposure(mine, theirs);
    }
    add_cycles(&mut allele.cycles, &copy.cycles);
    allele.depth += copy.depth;
    allele.disagreements += copy.disagreements;
    for (mine, theirs) in allele.reads_at.iter_mut().zip(copy.reads_at) {
        *mine += theirs;
    }
    let (mine, theirs) = (&mut allele.reads, &copy.reads);
    mine.near_end += theirs.near_end;
    mine.poorly_placed += theirs.poorly_placed;
    mine.other_mismatches += theirs.other_mismatches;
    mine.quality += theirs.quality;
    mine.mapping_quality += theirs.mapping_quality;
    mine.cycles += theirs.cycles;
}

fn add_exposure(mine: &mut Exposure, theirs: &Exposure) {
    for (a, b) in mine.iter_mut().flatten().zip(theirs.iter().flatten()) {
        *a += b;
    }
}

fn add_cycles(mine: &mut CycleDepth, theirs: &CycleDepth) {
    mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
}

fn sum_depths(counted: &[ColumnDepth], copied: &CopiedColumns) -> Vec<ColumnDepth> {
    let by_place: BTreeMap<(u32, u32), &ColumnDepth> =
        counted.iter().map(|d| ((d.contig, d.column), d)).collect();
    let sum = |(real, copy): (&(u32, u32), &(u32, u32))| {
        let mut sum = **by_place.get(real)?;
        if let Some(other) = by_place.get(copy) {
            add_exposure(&mut sum.exposure, &other.exposure);
            add_cycles(&mut sum.cycles, &other.cycles);
        }
        Some(sum)
    };
    copied.columns.iter().filter_map(sum).collect()
}
