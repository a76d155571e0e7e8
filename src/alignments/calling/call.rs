//! Calling: two passes over the targets. The first learns what errors look like and gathers alleles, the second realigns indels.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::called_variant::CalledVariant;
use super::clips::UnexplainedClips;
use super::companions::explain_mismatches;
use super::complex::remove_pieces;
use super::copies::{realign_copies, survey_copies};
use super::indel_site::{IndelSite, Substitution};
use super::judge::Judge;
use super::options::CallOptions;
use super::realign::{RealignedSite, Realignment};
use super::sites::visit_sites;
use super::survey::{SurveyPlan, SurveyedChunk, survey};
use super::tandem::{TandemCount, TandemCounts, TandemSite};
use super::verdict::Neighbor;
use crate::alignments::counts::column_depth::ColumnDepth;
use crate::alignments::counts::forced::{Simplest, simplest};
use crate::alignments::counts::indel::{Indel, MIN_ALIGNED};
use crate::alignments::counts::substitution::{Interest, SiteAllele};
use crate::alignments::errors::error_model::ErrorModel;
use crate::alignments::errors::slippage::SlippageModel;
use crate::alignments::input::base_codes::is_known;
use crate::alignments::input::error::AlignmentError;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::reference::Reference;
use crate::alignments::input::region::TargetRegion;
use crate::alignments::reads::junctions::{TandemJunction, junctions};
use crate::alignments::reads::primers::{PrimerOrigin, Primers};
use crate::alignments::reads::read::ASSUMED_QUALITY;
use crate::evidence::Warning;

/// What was found in a file.
#[derive(Debug)]
pub struct CalledSample {
    /// Variants in the order of the contigs.
    pub variants: Vec<CalledVariant>,
    /// Substitution errors.
    pub model: ErrorModel,
    /// Slippage.
    pub slippage: SlippageModel,
    /// Places of many clipped reads that nothing explains, in the order of the targets.
    pub unexplained: Vec<UnexplainedClips>,
    /// Depths by column, where asked for.
    pub depths: Vec<ColumnDepth>,
    /// Junctions of long tandem duplications, where asked for; those that most fragments show first.
    pub junctions: Vec<TandemJunction>,
    /// Reads that passed the filter.
    pub reads: u64,
    /// Those of them that have no base qualities, each counted once for every part of the targets that it lies on.
    pub without_qualities: u64,
    /// Reads that begin or end with a primer, counted likewise.
    pub at_primers: u64,
    /// Primers whose bases did not count.
    pub primers: Arc<Primers>,
}

impl CalledSample {
    /// Says where clipped reads hide what was not found; one line a place, contigs as the file names them.
    pub fn clip_warnings(&self, file: &AlignmentFile) -> Vec<Warning> {
        let line = |clips: &UnexplainedClips| {
            let contig = file
                .contigs
                .get(clips.contig as usize)
                .map_or("", |c| c.name.as_str());
            Warning::ClippedReads {
                place: format!("{contig}:{}", clips.column + 1),
                clipped: clips.clipped,
                reads: clips.reads,
                before: clips.left,
                bases: clips.bases.clone(),
            }
        };
        self.unexplained.iter().map(line).collect()
    }

    /// Says what must be known of primers: that they were learned, or that those given seem to be others'.
    pub fn primer_warning(&self) -> Option<Warning> {
        match self.primers.origin() {
            PrimerOrigin::None => None,
            PrimerOrigin::Learned(length) => Some(self.primers.learned(length)),
            PrimerOrigin::Given => (2 * self.at_primers < self.reads).then_some(Warning::PrimersOfOthers {
                at_primers: self.at_primers,
                reads: self.reads,
            }),
        }
    }

    /// Says what was supposed of reads without base qualities; `None` where all have some.
    pub fn quality_warning(&self) -> Option<Warning> {
        quality_warning(self.without_qualities)
    }
}

/// Says what was supposed of so many reads without base qualities.
pub fn quality_warning(reads: u64) -> Option<Warning> {
    (reads > 0).then_some(Warning::NoBaseQualities {
        reads,
        assumed: ASSUMED_QUALITY,
    })
}

/// Share of the wanted fraction from which an allele is looked at: it is listed with its reasons.
const LOOKED_AT: f64 = 0.5;
/// Fewest fragments of an allele that is looked at.
const FEWEST: u32 = 2;

/// Calls the targets of a file.
pub fn call(
    file: &AlignmentFile,
    reference: &Reference,
    targets: &[TargetRegion],
    options: &CallOptions,
) -> Result<CalledSample, AlignmentError> {
    let mut forced_indels = Vec::new();
    let plan = survey_plan(options, reference, &mut forced_indels);
    let surveyed = surveyed(file, reference, targets, options, &plan)?;
    let (model, slippage) = (surveyed.errors.learn(), surveyed.slippage.learn());
    let sites = IndelSites::new(surveyed.indels, &forced_indels, targets, reference);
    let tandems = visit_sites(file, sites.tandems, TandemSite::chunk, &|site| {
        TandemCount::new(site, reference, &options.filter)
    })?;
    let common = common_substitutions(&surveyed.substitutions);
    let mut realigned = realigned(file, reference, sites.found, &common, options)?;
    let neighbors = neighbors(&realigned, reference);
    let copies = ends_of_copies(&tandems);
    let judge = Judge {
        forced: &plan.forced,
        neighbors: &neighbors,
        copies: &copies,
        model: &model,
        slippage: &slippage,
        reference,
        options,
    };
    let is_wanted = |indel: &Indel| indel.reaches(targets, reference) || forced_indels.contains(indel);
    let mut variants = judged(
        &judge,
        &surveyed.substitutions,
        &realigned,
        &forced_indels,
        &is_wanted,
    );
    for asked in sites.asked {
        for site in self::realigned(file, reference, asked, &common, options)? {
            variants.extend(judge.indels(&site, &forced_indels, &|indel| sites.unseen.contains(indel)));
            realigned.push(site);
        }
    }
    for (site, counts) in &tandems {
        variants.push(judge.tandem(&site.indel, counts, forced_indels.contains(&site.indel)));
    }
    remove_pieces(&mut variants, &realigned);
    reference.check()?;
    Ok(CalledSample {
        variants: worth_listing(variants),
        model,
        slippage,
        unexplained: surveyed.unexplained,
        depths: surveyed.depths,
        junctions: junctions(&surveyed.joined),
        reads: surveyed.reads,
        without_qualities: surveyed.without_qualities,
        at_primers: surveyed.at_primers,
        primers: Arc::clone(&options.filter.primers),
    })
}

/// Makes the first pass, with what both copies of a place show where there are two.
fn surveyed(
    file: &AlignmentFile,
    reference: &Reference,
    targets: &[TargetRegion],
    options: &CallOptions,
    plan: &SurveyPlan,
) -> Result<SurveyedChunk, AlignmentError> {
    let mut surveyed = survey(file, reference, targets, plan)?;
    if !options.copied.is_empty() {
        let both = survey_copies(file, reference, &options.copied, plan)?;
        both.put_into(&mut surveyed, &options.copied);
    }
    explain_mismatches(&mut surveyed.substitutions, targets);
    Ok(surveyed)
}

/// Judges the substitutions, and those indels of the sites that are wanted.
fn judged(
    judge: &Judge<'_>,
    substitutions: &[SiteAllele],
    sites: &[RealignedSite],
    forced: &[Indel],
    is_wanted: &dyn Fn(&Indel) -> bool,
) -> Vec<CalledVariant> {
    let of_substitutions = substitutions.iter().map(|allele| judge.substitution(allele));
    let of_sites = sites
        .iter()
        .flat_map(|site| judge.indels(site, forced, is_wanted));
    of_substitutions.chain(of_sites).collect()
}

/// Holds the fragments over sites against their indels.
fn realigned(
    file: &AlignmentFile,
    reference: &Reference,
    sites: Vec<IndelSite>,
    common: &[Substitution],
    options: &CallOptions,
) -> Result<Vec<RealignedSite>, AlignmentError> {
    let (twofold, sites) = sites
        .into_iter()
        .partition(|s| options.copied.copy_of(s).is_some());
    let mut realigned = visit_sites(file, sites, IndelSite::chunk, &|site| {
        Realignment::new(site, common, reference, &options.filter)
    })?;
    realigned.extend(realign_copies(
        file,
        reference,
        twofold,
        common,
        &options.copied,
        &options.filter,
    )?);
    Ok(realigned)
}

/// Leaves out what a single fragment shows, and puts the rest in order, each allele once.
fn worth_listing(mut variants: Vec<CalledVariant>) -> Vec<CalledVariant> {
    variants.retain(|v| v.forced || v.alt_count >= FEWEST && v.quality > 0.0);
    variants.sort_by(|a, b| {
        (a.contig, a.column, &a.reference, &a.alternate).cmp(&(
            b.contig,
            b.column,
            &b.reference,
            &b.alternate,
        ))
    });
    variants.dedup_by(|b, a| {
        let same = (a.contig, a.column, &a.reference, &a.alternate)
            == (b.contig, b.column, &b.reference, &b.alternate);
        a.forced |= same && b.forced;
        same
    });
    variants
}

fn survey_plan(options: &CallOptions, reference: &Reference, forced_indels: &mut Vec<Indel>) -> SurveyPlan {
    let mut forced = Vec::new();
    for allele in &options.forced {
        match simplest(allele) {
            Some(Simplest::Substitution(one)) => forced.push(one),
            Some(Simplest::Indel(indel)) => forced_indels.push(indel.leftmost(reference)),
            None => {}
        }
    }
    SurveyPlan {
        filter: options.filter.clone(),
        interest: Interest {
            min_count: FEWEST.min(options.min_count),
            min_vaf: options.min_vaf * LOOKED_AT,
        },
        forced: {
            forced.sort_unstable();
            forced.dedup();
            forced
        },
        depths: options.depths,
        min_aligned: MIN_ALIGNED,
        junctions: options.junctions.clone(),
    }
}

/// Where indels are counted.
struct IndelSites {
    /// Sites of what was found.
    found: Vec<IndelSite>,
    /// Sites of what was asked for and not found, in lists of sites that lie apart.
    asked: Vec<Vec<IndelSite>>,
    /// What was asked for and not found.
    unseen: Vec<Indel>,
    tandems: Vec<TandemSite>,
}

impl IndelSites {
    fn new(
        found: Vec<(Indel, usize)>,
        forced: &[Indel],
        targets: &[TargetRegion],
        reference: &Reference,
    ) -> Self {
        // A chunk border may cut an indel: both chunks saw it, the deeper count holds.
        let mut counts: BTreeMap<Indel, usize> = BTreeMap::new();
        for (indel, count) in found {
            let slot = counts.entry(indel).or_insert(0);
            *slot = count.max(*slot);
        }
        let is_wanted = |indel: &Indel| {
            forced.contains(indel) || indel.reaches(targets, reference) && has_letter(reference, indel)
        };
        // A long duplication is no haplotype that reads could be laid on, and would make those of its neighbors ambiguous.
        let (mut short, mut tandems) = (Vec::new(), Vec::new());
        for (indel, count) in counts.into_iter().filter(|(indel, _)| is_wanted(indel)) {
            match TandemSite::of(&indel, reference) {
                Some(site) => tandems.push(site),
                None => short.push((indel, count)),
            }
        }
        let found = IndelSite::group(&short, reference);
        let mut unseen = Vec::new();
        for indel in forced {
            let is_found = found.iter().any(|site| site.indels.contains(indel))
                || tandems.iter().any(|site| site.indel == *indel);
            if !is_found && !unseen.contains(indel) {
                match TandemSite::of(indel, reference) {
                    Some(site) => tandems.push(site),
                    None => unseen.push(indel.clone()),
                }
            }
        }
        Self {
            asked: IndelSite::asked(&short, &unseen, reference),
            found,
            unseen,
            tandems,
        }
    }
}

/// Whether the base before an indel is one: a record would begin with N in both alleles.
fn has_letter(reference: &Reference, indel: &Indel) -> bool {
    let before = reference.codes(indel.contig, indel.after, indel.after + 1);
    matches!(before.as_slice(), [one] if is_known(*one))
}

/// Fraction from which a substitution is taken for one of the sequences that an indel may stand on.
const COMMON: f64 = 0.03;

fn common_substitutions(alleles: &[SiteAllele]) -> Vec<Substitution> {
    alleles
        .iter()
        .filter(|a| a.vaf() >= COMMON && a.count() > 5)
        .map(|a| Substitution {
            contig: a.contig,
            column: a.column,
            base: a.alternate,
        })
        .collect()
}

/// Returns the realigned indels with their extents.
fn neighbors(sites: &[RealignedSite], reference: &Reference) -> Vec<Neighbor> {
    let of_site = |site: &RealignedSite| {
        let counts = &site.counts.either;
        let neighbor = |(index, indel): (usize, &Indel)| Neighbor {
            contig: indel.contig,
            first: indel.after + 1,
            behind: indel.behind() + indel.slack(reference),
            count: counts.get(index + 1).copied().unwrap_or(0),
        };
        site.indels.iter().enumerate().map(neighbor).collect::<Vec<_>>()
    };
    sites.iter().flat_map(of_site).collect()
}

/// Returns both ends of every long duplication: its reads end there with bases of the other copy.
fn ends_of_copies(tandems: &[(TandemSite, TandemCounts)]) -> Vec<Neighbor> {
    let of_site = |(site, counts): &(TandemSite, TandemCounts)| {
        let (contig, count) = (site.indel.contig, counts.alternate());
        site.ends().map(|end| Neighbor {
            contig,
            first: end,
            behind: end,
            count,
        })
    };
    tandems.iter().flat_map(of_site).collect()
}
