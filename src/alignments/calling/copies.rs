//! Counting at both copies of a place that the reference holds twice: fragments of both whatever their mapping quality, summed
//! column by column.

use std::collections::{BTreeMap, BTreeSet};

use super::copied_columns::CopiedColumns;
use super::indel_site::{IndelSite, Substitution};
use super::realign::{RealignedSite, Realignment};
use super::sites::visit_sites;
use super::survey::{SurveyPlan, SurveyedChunk, survey};
use crate::alignments::counts::column_depth::ColumnDepth;
use crate::alignments::counts::cycle::CycleDepth;
use crate::alignments::counts::indel::{Indel, MIN_ALIGNED};
use crate::alignments::counts::substitution::{Exposure, Interest, SiteAllele, total};
use crate::alignments::input::error::AlignmentError;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::reference::Reference;
use crate::alignments::input::region::{TargetRegion, merged};
use crate::alignments::reads::filter::ReadFilter;

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
pub(crate) fn depths_of_any_mapping_quality(
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
        min_aligned: MIN_ALIGNED,
        junctions: None,
    };
    Ok(look(file, reference, targets, &plan)?.depths)
}

/// What both copies show, summed, at the place of the true one.
#[derive(Debug)]
pub(crate) struct BothCopies {
    /// Substitutions.
    pub alleles: Vec<SiteAllele>,
    /// Indels to realign, with the fragments that showed them.
    pub indels: Vec<(Indel, usize)>,
    /// Depths.
    pub depths: Vec<ColumnDepth>,
}

impl BothCopies {
    /// Puts what both copies show in the place of what the true one alone does; the order by column stays.
    pub(crate) fn put_into(self, surveyed: &mut SurveyedChunk, copied: &CopiedColumns) {
        let BothCopies {
            alleles,
            indels,
            depths,
        } = self;
        surveyed.substitutions.retain(|a| !copied.has(a.contig, a.column));
        surveyed.substitutions.extend(alleles);
        surveyed
            .indels
            .retain(|(indel, _)| !copied.has(indel.contig, indel.after));
        surveyed.indels.extend(indels);
        if surveyed.depths.is_empty() {
            return;
        }
        surveyed.depths.retain(|d| !copied.has(d.contig, d.column));
        surveyed.depths.extend(depths);
        surveyed.depths.sort_by_key(|d| (d.contig, d.column));
    }
}

/// Looks at the copied columns of both copies.
pub(crate) fn survey_copies(
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
    let targets = merged(
        copied
            .pairs()
            .flat_map(|(real, copy)| [one(real), one(copy)])
            .collect(),
    );
    let everything = SurveyPlan {
        filter: plan.filter.with_any_mapping_quality(),
        interest: Interest {
            min_count: 1,
            min_vaf: 0.0,
        },
        forced: Vec::new(),
        depths: false,
        min_aligned: MIN_ALIGNED,
        junctions: None,
    };
    let to_real: BTreeMap<(u32, u32), (u32, u32)> = copied.pairs().map(|(real, copy)| (copy, real)).collect();
    let seen = look(file, reference, &targets, &everything)?;
    let indels = sum_indels(seen.indels, copied, &to_real);
    let counting = SurveyPlan {
        interest: Interest {
            min_count: u32::MAX,
            min_vaf: 1.0,
        },
        forced: wanted_of_both(&seen.substitutions, copied, &to_real, plan),
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

/// Returns the substitutions that either copy shows or that are asked for, at both: contig, column, code; sorted.
fn wanted_of_both(
    seen: &[SiteAllele],
    copied: &CopiedColumns,
    to_real: &BTreeMap<(u32, u32), (u32, u32)>,
    plan: &SurveyPlan,
) -> Vec<(u32, u32, u8)> {
    let wanted: BTreeSet<((u32, u32), u8)> = seen
        .iter()
        .filter_map(|a| {
            let here = (a.contig, a.column);
            let real = if copied.has(here.0, here.1) {
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
        .filter_map(|(real, code)| Some((*real, copied.of_column(*real)?, *code)))
        .flat_map(|(real, copy, code)| [(real.0, real.1, code), (copy.0, copy.1, code)])
        .collect();
    forced.sort_unstable();
    forced
}

fn sum_indels(
    found: Vec<(Indel, usize)>,
    copied: &CopiedColumns,
    to_real: &BTreeMap<(u32, u32), (u32, u32)>,
) -> Vec<(Indel, usize)> {
    let mut sums: BTreeMap<Indel, usize> = BTreeMap::new();
    for (mut indel, count) in found {
        let here = (indel.contig, indel.after);
        if !copied.has(here.0, here.1) {
            let Some(real) = to_real.get(&here) else { continue };
            (indel.contig, indel.after) = *real;
        }
        *sums.entry(indel).or_insert(0) += count;
    }
    sums.into_iter().collect()
}

/// Realigns indels at both copies with reads of any mapping quality, and sums what they show; each site has a copy.
pub(crate) fn realign_copies(
    file: &AlignmentFile,
    reference: &Reference,
    sites: Vec<IndelSite>,
    common: &[Substitution],
    copied: &CopiedColumns,
    filter: &ReadFilter,
) -> Result<Vec<RealignedSite>, AlignmentError> {
    let filter = filter.with_any_mapping_quality();
    let moved_base = |s: &Substitution| {
        let (contig, column) = copied.of_column((s.contig, s.column))?;
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
        let (contig, column) = copied.of_column((allele.contig, allele.column))?;
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
    let sum = |(real, copy): ((u32, u32), (u32, u32))| {
        let mut sum = **by_place.get(&real)?;
        if let Some(other) = by_place.get(&copy) {
            add_exposure(&mut sum.exposure, &other.exposure);
            add_cycles(&mut sum.cycles, &other.cycles);
        }
        Some(sum)
    };
    copied.pairs().filter_map(sum).collect()
}
