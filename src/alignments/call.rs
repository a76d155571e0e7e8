//! Calling: two passes over the targets. The first learns what errors look like and gathers alleles, the second realigns indels.

use std::collections::BTreeMap;

use super::background::Background;
use super::copies::{CopiedColumns, survey_copies};
use super::detection::CallingRule;
use super::error::AlignmentError;
use super::error_model::{ErrorCounts, ErrorModel};
use super::file::AlignmentFile;
use super::filter::ReadFilter;
use super::indel::Indel;
use super::observation::{GROUPS, IndelChange, SIGHTS};
use super::realign::{IndelSite, RealignedSite, Realignment, Substitution};
use super::reference::Reference;
use super::region::{TargetRegion, chunks};
use super::repeats::{SlippageCounts, SlippageModel, class_of};
use super::substitution::{AlleleReads, Interest, SiteAllele};
use super::survey::{ColumnDepth, Survey, SurveyPlan, SurveyedChunk};
use super::tail::{chance_of_as_convincing, phred};
use super::tandem::{TandemCount, TandemCounts, TandemSite};
use super::verdict::{self, CallFilter, Neighbor};
use super::visit::visit;

/// What is called.
#[derive(Clone, Debug)]
pub struct CallOptions {
    /// Reads and bases that count.
    pub filter: ReadFilter,
    /// Smallest quality (phred of the chance that errors look as convincing) of a call that passes.
    pub min_quality: f64,
    /// Fewest fragments of a call that passes.
    pub min_count: u32,
    /// Smallest fraction of a call that passes.
    pub min_vaf: f64,
    /// Alleles that are counted and listed whether or not a read shows them.
    pub forced: Vec<ForcedAllele>,
    /// Whether depths by column are kept, for detection limits.
    pub depths: bool,
    /// Columns whose reads the aligner shared with a false copy of the place.
    pub copied: CopiedColumns,
    /// Errors of single sites, learned from normals.
    pub background: Background,
}

impl CallOptions {
    /// Returns when counts become a call.
    pub fn rule(&self) -> CallingRule {
        CallingRule {
            min_quality: self.min_quality,
            min_count: self.min_count,
            min_vaf: self.min_vaf,
        }
    }
}

impl Default for CallOptions {
    fn default() -> Self {
        Self {
            filter: ReadFilter::default(),
            min_quality: DEFAULT_QUALITY,
            min_count: 3,
            min_vaf: 0.002,
            forced: Vec::new(),
            depths: false,
            copied: CopiedColumns::default(),
            background: Background::default(),
        }
    }
}

/// Quality that a call needs: errors look as convincing once in a million alleles tested. A panel of 60,000 bases has 180,000.
pub const DEFAULT_QUALITY: f64 = 60.0;

/// An allele to be counted in any case: letters as in a VCF record, trimmed or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForcedAllele {
    /// Contig number.
    pub contig: u32,
    /// First column of the reference allele, 0-based.
    pub column: u32,
    /// Reference allele, letters.
    pub reference: String,
    /// Alternative allele, letters.
    pub alternate: String,
}

/// A variant with what the reads say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct CalledVariant {
    /// Contig number.
    pub contig: u32,
    /// First column of the reference allele, 0-based.
    pub column: u32,
    /// Reference allele, letters; indels with the base before.
    pub reference: String,
    /// Alternative allele.
    pub alternate: String,
    /// Phred of the chance that errors alone look as convincing.
    pub quality: f64,
    /// Why it does not pass; empty: it passes.
    pub filters: Vec<CallFilter>,
    /// Fragments counted: the sum of all alleles.
    pub depth: u32,
    /// Fragments with the reference allele.
    pub ref_count: u32,
    /// Fragments with the alternative allele.
    pub alt_count: u32,
    /// Reference forward, reverse, alternative forward, reverse.
    pub strands: [u32; 4],
    /// Reference F1R2, F2R1, alternative F1R2, F2R1; of substitutions.
    pub orientations: Option<[u32; 4]>,
    /// Alternative fragments that both mates show; of substitutions.
    pub both_mates: Option<u32>,
    /// Mean base quality of the alternative; of substitutions.
    pub base_quality: Option<f64>,
    /// Mean mapping quality of the alternative.
    pub mapping_quality: Option<f64>,
    /// Errors expected.
    pub expected_errors: f64,
    /// Whether it was asked for.
    pub forced: bool,
    /// Numbers of the fragments that show it, ascending, the first some hundred; of substitutions.
    pub fragments: Vec<u32>,
    /// First column of the chunk within which they are numbered: numbers of different chunks cannot be compared.
    pub chunk: u32,
    /// Whether the counts are sums over two copies of the place.
    pub copies: bool,
}

/// What was found in a file.
#[derive(Debug)]
pub struct CalledSample {
    /// Variants in the order of the contigs.
    pub variants: Vec<CalledVariant>,
    /// Substitution errors.
    pub model: ErrorModel,
    /// Slippage.
    pub slippage: SlippageModel,
    /// Depths by column, where asked for.
    pub depths: Vec<ColumnDepth>,
    /// Reads that passed the filter.
    pub reads: u64,
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
    let mut surveyed = SurveyedChunk::default();
    let (mut errors, mut slippage) = (ErrorCounts::default(), SlippageCounts::default());
    visit::<Survey<'_>, AlignmentError>(
        file,
        chunks(targets),
        &|chunk| Ok(Survey::new(chunk, reference, &plan)),
        &mut |chunk| {
            errors.merge(&chunk.errors);
            slippage.merge(&chunk.slippage);
            surveyed.substitutions.extend(chunk.substitutions);
            surveyed.indels.extend(chunk.indels);
            surveyed.depths.extend(chunk.depths);
            surveyed.reads += chunk.reads;
            Ok(())
        },
    )?;
    if !options.copied.is_empty() {
        let (alleles, depths) = survey_copies(file, reference, &options.copied, &plan)?;
        surveyed.replace(&options.copied, alleles, depths);
    }
    let (model, slippage) = (errors.learn(), slippage.learn());
    let (sites, tandems) = indel_sites(surveyed.indels, &forced_indels, targets, reference);
    let tandems = count_tandems(file, reference, tandems, &options.filter)?;
    let common = common_substitutions(&surveyed.substitutions);
    let realigned = realign(file, reference, sites, &common, &options.filter)?;
    let neighbors = neighbors(&realigned, reference);
    let judge = Judge {
        forced: &plan.forced,
        neighbors: &neighbors,
        model: &model,
        slippage: &slippage,
        reference,
        options,
    };
    let mut variants: Vec<CalledVariant> = surveyed
        .substitutions
        .iter()
        .map(|allele| judge.substitution(allele))
        .collect();
    for site in &realigned {
        variants.extend(judge.indels(site, &forced_indels, targets));
    }
    for (site, counts) in &tandems {
        variants.push(judge.tandem(&site.indel, counts, forced_indels.contains(&site.indel)));
    }
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
    Ok(CalledSample {
        variants,
        model,
        slippage,
        depths: surveyed.depths,
        reads: surveyed.reads,
    })
}

fn survey_plan(options: &CallOptions, reference: &Reference, forced_indels: &mut Vec<Indel>) -> SurveyPlan {
    let mut forced = Vec::new();
    for allele in &options.forced {
        match simplest(allele) {
            Some(Simplest::Substitutions(list)) => forced.extend(list),
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
    }
}

enum Simplest {
    Substitutions(Vec<(u32, u32, u8)>),
    Indel(Indel),
}

/// Reads an allele as one or more substitutions, or as a pure insertion or deletion; `None` for anything else.
fn simplest(allele: &ForcedAllele) -> Option<Simplest> {
    let codes = |s: &str| s.bytes().map(super::reference::code).collect::<Vec<u8>>();
    let (reference, alternate) = (codes(&allele.reference), codes(&allele.alternate));
    if reference.len() == alternate.len() {
        let pairs = reference.iter().zip(&alternate).zip(allele.column..);
        let list: Vec<_> = pairs
            .filter(|((a, b), _)| a != b)
            .map(|((_, b), column)| (allele.contig, column, *b))
            .collect();
        return Some(Simplest::Substitutions(list));
    }
    let shared = reference
        .iter()
        .zip(&alternate)
        .take_while(|(a, b)| a == b)
        .count();
    let (short, long) = (
        reference.len().min(alternate.len()),
        reference.len().max(alternate.len()),
    );
    let shared = shared.min(short);
    // What is left of the shorter must be a common tail.
    let tail = short - shared;
    if shared == 0 || reference[reference.len() - tail..] != alternate[alternate.len() - tail..] {
        return None;
    }
    let after = allele.column + u32::try_from(shared).ok()? - 1;
    let change = if reference.len() == long {
        IndelChange::Deletion(u32::try_from(long - short).ok()?)
    } else {
        IndelChange::Insertion(alternate[shared..alternate.len() - tail].to_vec())
    };
    Some(Simplest::Indel(Indel {
        contig: allele.contig,
        after,
        change,
    }))
}

fn indel_sites(
    found: Vec<(Indel, usize)>,
    forced: &[Indel],
    targets: &[TargetRegion],
    reference: &Reference,
) -> (Vec<IndelSite>, Vec<TandemSite>) {
    // A chunk border may cut an indel: both chunks saw it, the deeper count holds.
    let mut counts: BTreeMap<Indel, usize> = BTreeMap::new();
    for (indel, count) in found {
        let slot = counts.entry(indel).or_insert(0);
        *slot = count.max(*slot);
    }
    for indel in forced {
        // What was asked for must not be crowded out by the slips of a long run.
        counts.insert(indel.clone(), usize::MAX);
    }
    let wanted: Vec<(Indel, usize)> = counts
        .into_iter()
        .filter(|(indel, _)| indel.touches(targets) || forced.contains(indel))
        .collect();
    // A long duplication is no haplotype that reads could be laid on, and would make those of its neighbors ambiguous.
    let (mut short, mut tandems) = (Vec::new(), Vec::new());
    for (indel, count) in wanted {
        match TandemSite::of(&indel, reference) {
            Some(site) => tandems.push(site),
            None => short.push((indel, count)),
        }
    }
    (IndelSite::group(&short, reference), tandems)
}

fn count_tandems(
    file: &AlignmentFile,
    reference: &Reference,
    sites: Vec<TandemSite>,
    filter: &ReadFilter,
) -> Result<Vec<(TandemSite, TandemCounts)>, AlignmentError> {
    // Two duplications can begin and end alike only if they are one.
    let by_region: BTreeMap<TargetRegion, TandemSite> = sites
        .into_iter()
        .map(|site| (site.chunk().region, site))
        .collect();
    let mut counted = Vec::with_capacity(by_region.len());
    visit::<TandemCount, AlignmentError>(
        file,
        by_region.values().map(TandemSite::chunk).collect(),
        &|chunk| {
            let site = by_region.get(&chunk.region).ok_or_else(|| no_site(file))?;
            Ok(TandemCount::new(site, reference, filter))
        },
        &mut |site| {
            counted.push(site);
            Ok(())
        },
    )?;
    Ok(counted)
}

fn no_site(file: &AlignmentFile) -> AlignmentError {
    AlignmentError::Open {
        path: file.path.clone(),
        message: "a site without indels".to_owned(),
    }
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

fn realign(
    file: &AlignmentFile,
    reference: &Reference,
    sites: Vec<IndelSite>,
    common: &[Substitution],
    filter: &ReadFilter,
) -> Result<Vec<RealignedSite>, AlignmentError> {
    let by_region: BTreeMap<TargetRegion, IndelSite> = sites
        .into_iter()
        .map(|site| (site.chunk().region, site))
        .collect();
    let mut realigned = Vec::with_capacity(by_region.len());
    visit::<Realignment, AlignmentError>(
        file,
        by_region.values().map(IndelSite::chunk).collect(),
        &|chunk| {
            let site = by_region.get(&chunk.region).ok_or_else(|| no_site(file))?;
            Ok(Realignment::new(site, common, reference, filter))
        },
        &mut |site| {
            realigned.push(site);
            Ok(())
        },
    )?;
    Ok(realigned)
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

struct Judge<'a> {
    /// Substitutions asked for, sorted: a panel has thousands of hotspots.
    forced: &'a [(u32, u32, u8)],
    neighbors: &'a [Neighbor],
    model: &'a ErrorModel,
    slippage: &'a SlippageModel,
    reference: &'a Reference,
    options: &'a CallOptions,
}

impl Judge<'_> {
    fn substitution(&self, allele: &SiteAllele) -> CalledVariant {
        let (means, rates) = self
            .model
            .expected(allele.context, allele.alternate, &allele.exposure);
        let (means, rates) = self.options.background.applied(
            (allele.contig, allele.column, allele.alternate),
            (means, rates),
            super::substitution::total(&allele.exposure),
        );
        let by_sight = |e: &super::substitution::Exposure| -> [u32; SIGHTS] {
            std::array::from_fn(|sight| (0..GROUPS).map(|g| e[g][sight]).sum())
        };
        let seen = by_sight(&allele.seen);
        let count = allele.count();
        let vaf = allele.vaf();
        let chance = chance_of_as_convincing(
            seen,
            means,
            rates,
            vaf.max(self.options.min_vaf),
            self.model.dispersion,
        );
        let quality = phred(chance);
        let mut filters = self.thresholds(quality, count, vaf);
        filters.extend(verdict::of_substitution(allele, self.model));
        if verdict::is_beside_indel(allele, self.neighbors) {
            filters.push(CallFilter::NearIndel);
        }
        let letter = |code| char::from(super::reference::letter(code)).to_string();
        let groups = |e: &super::substitution::Exposure, wanted: fn(usize) -> bool| -> u32 {
            (0..GROUPS)
                .filter(|g| wanted(*g))
                .map(|g| e[g].iter().sum::<u32>())
                .sum()
        };
        let forward: fn(usize) -> bool = |g| g % 2 == 0;
        let reverse: fn(usize) -> bool = |g| g % 2 == 1;
        let f1r2: fn(usize) -> bool = |g| matches!(g, 0 | 3);
        let f2r1: fn(usize) -> bool = |g| matches!(g, 1 | 2);
        let AlleleReads {
            quality: base_quality,
            mapping_quality,
            ..
        } = allele.reads;
        let mean = |sum: u64| (count > 0).then(|| sum as f64 / f64::from(count));
        CalledVariant {
            contig: allele.contig,
            column: allele.column,
            reference: letter(allele.context.base),
            alternate: letter(allele.alternate),
            quality,
            filters,
            depth: allele.depth,
            ref_count: super::substitution::total(&allele.reference),
            alt_count: count,
            strands: [
                groups(&allele.reference, forward),
                groups(&allele.reference, reverse),
                groups(&allele.seen, forward),
                groups(&allele.seen, reverse),
            ],
            orientations: Some([
                groups(&allele.reference, f1r2),
                groups(&allele.reference, f2r1),
                groups(&allele.seen, f1r2),
                groups(&allele.seen, f2r1),
            ]),
            both_mates: Some(seen[2]),
            base_quality: mean(base_quality),
            mapping_quality: mean(mapping_quality),
            expected_errors: means.iter().sum(),
            forced: self.is_forced(allele),
            fragments: allele.reads.fragments.clone(),
            chunk: allele.chunk,
            copies: self.options.copied.has(allele.contig, allele.column),
        }
    }

    fn is_forced(&self, allele: &SiteAllele) -> bool {
        let wanted = (allele.contig, allele.column, allele.alternate);
        self.forced.binary_search(&wanted).is_ok()
    }

    fn thresholds(&self, quality: f64, count: u32, vaf: f64) -> Vec<CallFilter> {
        [
            (CallFilter::LowQuality, quality < self.options.min_quality),
            (CallFilter::FewFragments, count < self.options.min_count),
            (CallFilter::LowFraction, vaf < self.options.min_vaf),
        ]
        .into_iter()
        .filter_map(|(filter, holds)| holds.then_some(filter))
        .collect()
    }

    fn indels(&self, site: &RealignedSite, forced: &[Indel], targets: &[TargetRegion]) -> Vec<CalledVariant> {
        site.indels
            .iter()
            .enumerate()
            .filter(|(_, indel)| indel.touches(targets) || forced.contains(indel))
            .map(|(index, indel)| self.indel(site, index + 1, indel, forced.contains(indel)))
            .collect()
    }

    fn indel(&self, site: &RealignedSite, haplotype: usize, indel: &Indel, forced: bool) -> CalledVariant {
        let counts = &site.counts;
        let junction = counts.junction();
        let depth: u32 = junction.iter().sum();
        let (ref_count, alt_count) = (junction[0], junction[haplotype]);
        let vaf = if depth == 0 {
            0.0
        } else {
            f64::from(alt_count) / f64::from(depth)
        };
        let all: u32 = counts.either.iter().sum();
        let seen = counts.either[haplotype];
        let following = self
            .reference
            .codes(indel.contig, indel.after + 1, indel.after + 201);
        let class = class_of(indel, &following);
        let quality = phred(self.slippage.chance(class, seen, all));
        let mut filters = self.thresholds(quality, seen, vaf);
        let strands = [0, haplotype].map(|h| {
            let forward = counts.forward[h];
            [forward, counts.either[h] - forward]
        });
        if is_one_sided(strands) {
            filters.push(CallFilter::StrandBias);
        }
        let mapping_quality = (seen > 0).then(|| counts.mapping_quality[haplotype] as f64 / f64::from(seen));
        let (column, reference, alternate) = self.letters(indel);
        CalledVariant {
            contig: indel.contig,
            column,
            reference,
            alternate,
            quality,
            filters,
            depth,
            ref_count,
            alt_count,
            strands: [strands[0][0], strands[0][1], strands[1][0], strands[1][1]],
            orientations: None,
            both_mates: None,
            base_quality: None,
            mapping_quality,
            expected_errors: self.slippage.rate(class) * f64::from(all),
            forced,
            fragments: Vec::new(),
            chunk: indel.after,
            copies: false,
        }
    }

    fn tandem(&self, indel: &Indel, counts: &TandemCounts, forced: bool) -> CalledVariant {
        let (seen, depth) = (counts.alternate(), counts.depth());
        let class = class_of(indel, &[]);
        let quality = phred(self.slippage.chance(class, seen, depth));
        let vaf = if depth == 0 {
            0.0
        } else {
            f64::from(seen) / f64::from(depth)
        };
        let (column, reference, alternate) = self.letters(indel);
        CalledVariant {
            contig: indel.contig,
            column,
            reference,
            alternate,
            quality,
            filters: self.thresholds(quality, seen, vaf),
            depth,
            ref_count: depth - seen,
            alt_count: seen,
            strands: [0, 0, counts.junction[0], counts.junction[1]],
            orientations: None,
            both_mates: None,
            base_quality: None,
            mapping_quality: (seen > 0).then(|| counts.mapping_quality as f64 / f64::from(seen)),
            expected_errors: self.slippage.rate(class) * f64::from(depth),
            forced,
            fragments: Vec::new(),
            chunk: 0,
            copies: false,
        }
    }

    /// Returns column and alleles as a VCF writes an indel: with the base before.
    fn letters(&self, indel: &Indel) -> (u32, String, String) {
        let text = |codes: &[u8]| -> String {
            codes
                .iter()
                .map(|c| char::from(super::reference::letter(*c)))
                .collect()
        };
        let lost = self.reference.codes(indel.contig, indel.after, indel.behind());
        let before = text(&lost[..1]);
        match &indel.change {
            IndelChange::Insertion(bases) => (indel.after, before.clone(), before + &text(bases)),
            IndelChange::Deletion(_) => (indel.after, text(&lost), before),
        }
    }
}

fn is_one_sided([reference, alternate]: [[u32; 2]; 2]) -> bool {
    let sum = alternate[0] + alternate[1];
    let most = alternate[0].max(alternate[1]);
    f64::from(most) > 0.9 * f64::from(sum)
        && crate::evidence::statistics::fisher_exact_two_sided([alternate, reference]) < 1e-3
}
