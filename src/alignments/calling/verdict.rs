//! Soft filters: what makes an allele doubtful although errors at random do not explain it.

use crate::alignments::counts::indel::Indel;
use crate::alignments::counts::observation::{GROUPS, is_f1r2};
use crate::alignments::counts::substitution::{Exposure, SiteAllele, share, total};
use crate::alignments::errors::error_model::ErrorModel;
use crate::evidence::statistics::fisher_exact_two_sided;

/// Why a call is not `PASS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CallFilter {
    /// Errors at random explain it.
    LowQuality,
    /// Fewer fragments than asked for.
    FewFragments,
    /// A fraction below the one asked for.
    LowFraction,
    /// In single reads only, and there on one strand or near an end.
    SingleReads,
    /// On one strand, unlike the reference.
    StrandBias,
    /// Mates that overlap disagree about it.
    MateDisagreement,
    /// Near the ends of its reads.
    ReadPosition,
    /// Reads placed worse than those of the reference.
    MappingQuality,
    /// Base qualities lower than those of the reference.
    BaseQuality,
    /// Reads with many other mismatches: another copy of the sequence.
    ManyMismatches,
    /// In one orientation of the pair, as damage before sequencing makes it.
    Orientation,
    /// Beside a more frequent indel, in the ends of reads that the aligner did not open for it.
    NearIndel,
}

impl CallFilter {
    /// Every filter.
    pub const ALL: [Self; 12] = [
        Self::LowQuality,
        Self::FewFragments,
        Self::LowFraction,
        Self::SingleReads,
        Self::StrandBias,
        Self::MateDisagreement,
        Self::ReadPosition,
        Self::MappingQuality,
        Self::BaseQuality,
        Self::ManyMismatches,
        Self::Orientation,
        Self::NearIndel,
    ];

    /// Returns the name in FILTER.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LowQuality => "low_quality",
            Self::FewFragments => "few_fragments",
            Self::LowFraction => "low_fraction",
            Self::SingleReads => "single_reads",
            Self::StrandBias => "strand_bias",
            Self::MateDisagreement => "mate_disagreement",
            Self::ReadPosition => "read_position",
            Self::MappingQuality => "mapping_quality",
            Self::BaseQuality => "base_quality",
            Self::ManyMismatches => "many_mismatches",
            Self::Orientation => "orientation",
            Self::NearIndel => "near_indel",
        }
    }

    /// Returns what it means, for the header of a VCF.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::LowQuality => "Sequencing errors at random explain the allele",
            Self::FewFragments => "Fewer fragments with the allele than asked for",
            Self::LowFraction => "Allele fraction below the one asked for",
            Self::SingleReads => {
                "Never in both mates, and on one strand or near the ends: a fault of single reads"
            }
            Self::StrandBias => "Strands of the allele differ from those of the reference",
            Self::MateDisagreement => "Overlapping mates disagree about the allele",
            Self::ReadPosition => "The allele lies near the ends of its reads",
            Self::MappingQuality => "Reads with the allele are placed worse than those of the reference",
            Self::BaseQuality => "Base qualities of the allele are lower than those of the reference",
            Self::ManyMismatches => "Reads with the allele have many other mismatches",
            Self::Orientation => {
                "The allele shows in one orientation of the pair, as damage before sequencing makes it"
            }
            Self::NearIndel => {
                "Beside a more frequent indel, near the ends of reads that were not opened for it"
            }
        }
    }
}

/// Chance below which a difference between the reads of two alleles is no chance. Nine tests of this size lose less than one
/// true variant in a hundred.
const UNLIKELY: f64 = 1e-3;
/// The same for signs weighed together, of which discrete tests make less than they say.
const UNLIKELY_TOGETHER: f64 = 3e-3;
/// Chance of a clone's fragments to lie on one strand in single reads, below which such an allele is taken for a fault. On six
/// simulated panels at 300 fragments and fourteen at 1,000, 19 of 24 passing alleles of three to five fragments that had both signs
/// were false, and none of 330 that had one or none.
const HARDLY_OF_ONE_STRAND: f64 = 0.08;
/// The same where a true variant can differ for a known reason (the aligner's habits): only gross differences count.
const VERY_UNLIKELY: f64 = 1e-5;
/// The same for the place in the reads, which differs a little where an aligner clips.
const UNLIKELY_POSITION: f64 = 1e-4;
/// Share of an allele's reads from which a property is one of the allele.
const MOST: f64 = 0.7;
/// Chance that a mate misreads a base that its molecule has, all qualities together.
const MISREAD: f64 = 0.02;
/// Fraction from which an allele of amplicons is taken for one of the person, of which another variant under a primer can hide a part.
const INHERITED: f64 = 0.2;
/// Other mismatches per read above which reads belong elsewhere.
const MANY_MISMATCHES: f64 = 3.0;

/// Returns the soft filters of a substitution. Of amplicons strands and places in the reads say nothing: each has its own, and
/// where one fails on the molecules with an allele those of the others remain.
pub(crate) fn of_substitution(allele: &SiteAllele, model: &ErrorModel, amplicons: bool) -> Vec<CallFilter> {
    let tests: [(CallFilter, bool); 8] = [
        (CallFilter::SingleReads, of_single_reads(allele, model, amplicons)),
        (
            CallFilter::StrandBias,
            strand_bias(allele) && (!amplicons || is_missing_from_amplicons(allele)),
        ),
        (CallFilter::MateDisagreement, mates_disagree(allele, model)),
        (CallFilter::ReadPosition, !amplicons && near_ends(allele)),
        (CallFilter::MappingQuality, placed_poorly(allele)),
        (CallFilter::BaseQuality, low_qualities(allele)),
        (CallFilter::ManyMismatches, many_mismatches(allele)),
        (
            CallFilter::Orientation,
            !amplicons && one_orientation(allele, model),
        ),
    ];
    tests
        .into_iter()
        .filter_map(|(filter, holds)| holds.then_some(filter))
        .collect()
}

fn by_strand(exposure: &Exposure) -> [u32; 2] {
    let mut strands = [0; 2];
    for group in 0..GROUPS {
        strands[group % 2] += exposure[group].iter().sum::<u32>();
    }
    strands
}

/// A table of two alleles by a property differs, and the alternative has more of it.
fn differs(alternate: [u32; 2], reference: [u32; 2], limit: f64) -> bool {
    fisher_exact_two_sided([alternate, reference]) < limit
}

fn strand_bias(allele: &SiteAllele) -> bool {
    is_one_sided(by_strand(&allele.seen), by_strand(&allele.reference))
}

/// Whether molecules of other amplicons lack an allele of single reads. One that fails on an allele lacks it too, but only on molecules with
/// another variant under its primer: of inherited ones that is half of the people's, of a clone's hardly any.
fn is_missing_from_amplicons(allele: &SiteAllele) -> bool {
    let in_both_mates = allele.seen.iter().any(|group| group[2] > 0);
    !in_both_mates && allele.vaf() < INHERITED
}

/// Whether an allele lies on one strand, unlike the reference; counts forward and reverse.
pub(crate) fn is_one_sided(alternate: [u32; 2], reference: [u32; 2]) -> bool {
    let most = alternate[0].max(alternate[1]);
    // A strand with a tenth of the fragments is no bias that matters, however many fragments prove it.
    share(most, alternate[0] + alternate[1]) > 0.9 && differs(alternate, reference, UNLIKELY)
}

/// A fault of single reads never shows in both mates, often on one strand or near one end, and where mates overlap they
/// disagree: signs of one cause, weighed together by Fisher's method.
fn of_single_reads(allele: &SiteAllele, model: &ErrorModel, amplicons: bool) -> bool {
    let by_mates = |e: &Exposure| -> [u32; 2] {
        let both = e.iter().map(|g| g[2]).sum();
        [both, total(e) - both]
    };
    let seen = by_mates(&allele.seen);
    if seen[0] > 0 {
        return false;
    }
    if !amplicons && is_of_one_strand(allele) {
        return true;
    }
    // A fault is of one strand or of one end of the reads, seldom of both.
    let strand_or_end = if amplicons {
        1.0
    } else {
        let strand = fisher_exact_two_sided([by_strand(&allele.seen), by_strand(&allele.reference)]);
        strand.min(chance_of_position(allele))
    };
    let product = fisher_exact_two_sided([seen, by_mates(&allele.reference)])
        * chance_of_disagreements(allele, model)
        * strand_or_end;
    let ln = -product.ln();
    // The chance of a product of three or less: chi-squared with six degrees of freedom, in closed form.
    product <= 0.0 || product * (1.0 + ln + ln * ln / 2.0) < UNLIKELY_TOGETHER
}

/// Whether single reads of one strand alone show an allele that a molecule would hardly show so: without a mate that agrees, on one
/// strand. Faults of a sequencer at a site are just that, and among such alleles they outnumber clones.
fn is_of_one_strand(allele: &SiteAllele) -> bool {
    let count = allele.count();
    let strands = by_strand(&allele.seen);
    if count == 0 || strands[0].min(strands[1]) > 0 {
        return false;
    }
    let mut alone = [0_u32; 2];
    for (group, [middle, high, _]) in allele.reference.iter().enumerate() {
        alone[group % 2] += middle + high;
    }
    let of_one = alone[0] + alone[1];
    let fragments = i32::try_from(count).unwrap_or(i32::MAX);
    let forward = share(alone[0], of_one);
    // Of a library of one strand, and where nothing shows the reference, nothing can be told.
    let on_one_strand = forward.powi(fragments) + (1.0 - forward).powi(fragments);
    of_one > 0
        && share(of_one, total(&allele.reference)).powi(fragments) * on_one_strand < HARDLY_OF_ONE_STRAND
}

/// Whether a substitution beside a more frequent indel lies near the ends of its reads.
pub(crate) fn is_beside_indel(allele: &SiteAllele, indels: &[Neighbor]) -> bool {
    share(allele.reads.near_end, allele.count()) >= HALF
        && indels
            .iter()
            .any(|i| i.is_beside(allele.contig, (allele.column, allele.column), allele.count()))
}

/// Whether an indel beside an end of a more frequent long duplication lies near the ends of its reads: those that end shortly within the
/// second copy fit it by chance. `near_end` are such fragments, of all those that show it.
pub(crate) fn is_beside_copy(indel: &Indel, near_end: u32, count: u32, copies: &[Neighbor]) -> bool {
    share(near_end, count) >= HALF
        && copies
            .iter()
            .any(|c| c.is_beside(indel.contig, (indel.after + 1, indel.behind()), count))
}

/// Share of its reads that show an allele near their end, from which a more frequent indel beside it may be what they show.
const HALF: f64 = 0.5;

/// Columns beside an indel in which reads that end there show mismatches.
const BESIDE: u32 = 12;

/// An indel with its extent and the fragments that show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Neighbor {
    /// Contig number.
    pub contig: u32,
    /// First column that it may change.
    pub first: u32,
    /// Column behind all that it may change.
    pub behind: u32,
    /// Fragments that show it.
    pub count: u32,
}

impl Neighbor {
    /// Whether an allele of so many fragments, from its first column to the one behind it, lies beside this more frequent indel.
    const fn is_beside(&self, contig: u32, (first, behind): (u32, u32), count: u32) -> bool {
        self.contig == contig
            && behind + BESIDE >= self.first
            && first <= self.behind + BESIDE
            && self.count > count
    }
}

/// Of a true variant both mates show it, but for misread bases. A fault of one read shows in that mate alone.
fn mates_disagree(allele: &SiteAllele, model: &ErrorModel) -> bool {
    let both: u32 = allele.seen.iter().map(|g| g[2]).sum();
    allele.disagreements > both && chance_of_disagreements(allele, model) < UNLIKELY
}

/// Returns the chance of as many disagreements about a true variant: misread mates of its molecules, and mates of reference
/// molecules misread as this very base.
fn chance_of_disagreements(allele: &SiteAllele, model: &ErrorModel) -> f64 {
    let both: u32 = allele.seen.iter().map(|g| g[2]).sum();
    let covered: u32 = allele.exposure.iter().map(|g| g[2]).sum();
    let (means, _) = model.expected(allele.context, allele.alternate, &allele.exposure, &allele.cycles);
    let alone: u32 = allele.exposure.iter().map(|g| g[0] + g[1]).sum();
    let rate = (means[0] + means[1] + 1e-4) / (f64::from(alone) + 1.0);
    let expected = f64::from(both + allele.disagreements) * MISREAD + 2.0 * f64::from(covered) * rate;
    crate::alignments::errors::tail::chance_of_at_least(allele.disagreements, expected, 0.2)
}

fn near_ends(allele: &SiteAllele) -> bool {
    share(allele.reads.near_end, allele.count()) > MOST && chance_of_position(allele) < UNLIKELY_POSITION
}

/// Returns the chance that as many of the allele's reads show it near their end; 1 where fewer do than of all reads.
fn chance_of_position(allele: &SiteAllele) -> f64 {
    let count = allele.count();
    let near = allele.reads.near_end.min(count);
    let [reads, near_all, _] = allele.reads_at;
    let others_near = near_all.saturating_sub(near);
    let others = reads.saturating_sub(near_all).saturating_sub(count - near);
    if share(near, count) <= share(others_near, others_near + others) {
        return 1.0;
    }
    fisher_exact_two_sided([[near, count - near], [others_near, others]])
}

/// Whether an indel lies near the ends of its reads, unlike the reference: fragments near an end and others.
pub(crate) fn is_near_ends(alternate: [u32; 2], reference: [u32; 2]) -> bool {
    let of = |[near, others]: [u32; 2]| share(near, near + others);
    of(alternate) > MOST
        && of(alternate) > of(reference)
        && fisher_exact_two_sided([alternate, reference]) < UNLIKELY_POSITION
}

fn placed_poorly(allele: &SiteAllele) -> bool {
    let count = allele.count();
    let poor = allele.reads.poorly_placed.min(count);
    let [reads, _, poor_all] = allele.reads_at;
    let others_poor = poor_all.saturating_sub(poor);
    let others = reads.saturating_sub(poor_all).saturating_sub(count - poor);
    share(poor, count) > 0.5 && differs([poor, count - poor], [others_poor, others], UNLIKELY)
}

fn low_qualities(allele: &SiteAllele) -> bool {
    let split =
        |e: &Exposure| -> [u32; 2] { [e.iter().map(|g| g[0]).sum(), e.iter().map(|g| g[1] + g[2]).sum()] };
    let alternate = split(&allele.seen);
    share(alternate[0], allele.count()) > MOST / 2.0
        && differs(alternate, split(&allele.reference), VERY_UNLIKELY)
}

fn many_mismatches(allele: &SiteAllele) -> bool {
    let count = allele.count();
    count > 0 && f64::from(allele.reads.other_mismatches) / f64::from(count) >= MANY_MISMATCHES
}

/// Damage shows in one orientation of the pair, and the sample's own rates say which substitutions suffer.
fn one_orientation(allele: &SiteAllele, model: &ErrorModel) -> bool {
    let orientation = |e: &Exposure| -> [u32; 2] {
        let mut counts = [0; 2];
        for (group, sights) in e.iter().enumerate() {
            counts[usize::from(!is_f1r2(group))] += sights.iter().sum::<u32>();
        }
        counts
    };
    let alternate = orientation(&allele.seen);
    let most = alternate[0].max(alternate[1]);
    if share(most, total(&allele.seen)) <= 0.9
        || !differs(alternate, orientation(&allele.reference), UNLIKELY)
    {
        return false;
    }
    // The excess must be on the side on which this sample's damage lies.
    let (base, alternate_base) = (allele.context.base, allele.alternate);
    let rate = |second: bool| model.plain_rate(base, alternate_base, second, 2);
    match (rate(false), rate(true)) {
        (Some(first), Some(second)) => first.max(second) > 2.0 * first.min(second) || most >= 8,
        _ => false,
    }
}
