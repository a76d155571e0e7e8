//! Whose DNA is it? Signs that a sample holds DNA of another person, or that files of two people were put together.
//!
//! Hints only: they need no list of sites, decide nothing, and their absence proves nothing.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use statrs::function::factorial::ln_binomial;

use crate::evidence::{Evidence, MatchedNormal, SampleAllele};
use crate::genome::{Chromosome, Variant, VariantKind, as_count};

/// What speaks against one person behind the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IdentityCode {
    /// Homozygous variants show reference bases too: contamination, or chimerism after a transplantation or transfusion.
    OtherPersonsDna,
    /// Variants of the variant file are absent from the alignments of the sample.
    ReadsDisagree,
    /// Too many variants are absent from the matched normal.
    NormalDisagrees,
}

impl IdentityCode {
    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OtherPersonsDna => "other_persons_dna",
            Self::ReadsDisagree => "reads_disagree",
            Self::NormalDisagrees => "normal_disagrees",
        }
    }
}

/// One sign, with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IdentityHint {
    /// What it is.
    pub code: IdentityCode,
    /// Estimated share of the other person's DNA, 0 to 1; only of `other_persons_dna`.
    pub fraction: Option<f64>,
    /// Variants that show the sign.
    pub sites: u32,
    /// Variants compared.
    pub of: u32,
}

/// Returns every sign that a sample's alleles show.
///
/// `error_rate` is that of the median substitution in the sample's reads, per fragment; `None` where only a caller saw them.
pub(super) fn hints(alleles: &[SampleAllele], error_rate: Option<f64>) -> Vec<IdentityHint> {
    let most_error = error_rate.map_or(MOST_ERROR, |rate| {
        (TIMES_USUAL * rate).clamp(TRIED_ANYWAY, MOST_ERROR)
    });
    [
        other_persons_dna(alleles, most_error),
        reads_disagree(alleles),
        normal_disagrees(alleles),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Depth below which a fraction says too little.
const FEWEST: u32 = 20;

fn is_substitution(allele: &SampleAllele) -> bool {
    let kind = allele.sequence().map(Variant::kind);
    kind == Some(VariantKind::Snv)
}

/// Whether the caller found nothing wrong with it, or nothing but that it is inherited.
fn is_sound(allele: &SampleAllele) -> bool {
    let inherited = ["PASS", "germline", "panel_of_normals"];
    let filters = allele.caller_filter.iter().flat_map(|f| f.split(';'));
    filters.into_iter().all(|f| inherited.contains(&f))
}

pub(super) fn seen(evidence: &Evidence) -> Option<f64> {
    evidence
        .vaf
        .filter(|_| evidence.depth.is_some_and(|d| d >= FEWEST))
}

// --- DNA of another person -------------------------------------------------------------------------------------------------

/// Fraction from which a variant counts as homozygous.
const HOMOZYGOUS: f64 = 0.8;
/// Depth that such a variant needs.
const HOMOZYGOUS_DEPTH: u32 = 50;
/// Reference bases per fragment that errors bring forth at a homozygous variant: what is tried, from this up to the largest. They
/// are more than errors of sequencing: reads that end in the variant, callers that count bases of any quality.
const LEAST_ERROR: f64 = 1e-3;
const MOST_ERROR: f64 = 0.05;
/// Where the error rate of the sample is known: how many times as many they may be, and what is tried in any case.
const TIMES_USUAL: f64 = 20.0;
const TRIED_ANYWAY: f64 = 0.006;
/// Chance that a site tells nothing: a duplicated place, a lost chromosome copy.
const MISLEADING: f64 = 0.02;
/// Chances that another person carries two, one or no reference copies where this one carries none: Hardy-Weinberg proportions
/// of an allele of frequency 0.7, which variants that are met homozygous have on the mean.
const REFERENCE_COPIES: [(f64, f64); 3] = [(0.09, 1.0), (0.42, 0.5), (0.49, 0.0)];
/// Smallest share that is said. Half of it is what a heterozygous variant of the other person shows: below the threshold of 2 %.
const LEAST: f64 = 0.015;
/// Largest share that is tried, and the steps of the grids.
const MOST: f64 = 0.3;
const STEP: f64 = 1.05;
const ERROR_STEP: f64 = 1.25;
/// Gain in log-likelihood over errors alone from which a share is believed: a factor of 20,000.
const CONVINCING: f64 = 10.0;
/// Sites and chromosomes that must show it: one lost chromosome arm in a clone looks alike at all its variants.
const FEWEST_SITES: u32 = 4;
const FEWEST_CHROMOSOMES: usize = 3;

/// Reference fragments at a homozygous variant.
#[derive(Clone, Copy, Debug)]
struct Homozygous {
    chromosome: Chromosome,
    reference: u32,
    depth: u32,
    /// Logarithm of the number of ways to draw so many of that depth.
    ways: f64,
}

impl Homozygous {
    fn of(allele: &SampleAllele) -> Option<Self> {
        let evidence = allele.recount.as_ref().unwrap_or(&allele.evidence);
        let (reference, alternate) = (evidence.ref_count?, evidence.alt_count?);
        let depth = reference + alternate;
        let chromosome = allele.sequence()?.chromosome();
        let fits = is_substitution(allele)
            && is_sound(allele)
            && chromosome != Chromosome::M
            && depth >= HOMOZYGOUS_DEPTH
            && f64::from(alternate) >= HOMOZYGOUS * f64::from(depth);
        fits.then_some(Self {
            chromosome,
            reference,
            depth,
            ways: ln_binomial(u64::from(depth), u64::from(reference)),
        })
    }

    /// Log-likelihood of a share of another person's DNA beside errors.
    fn likelihood(&self, share: f64, error: f64) -> f64 {
        let (seen, depth) = (f64::from(self.reference), f64::from(self.depth));
        let of_copies = |copies: f64| {
            let p = error + share * copies;
            (self.ways + seen * p.ln() + (depth - seen) * (1.0 - p).ln()).exp()
        };
        let person: f64 = REFERENCE_COPIES
            .iter()
            .map(|(chance, copies)| chance * of_copies(*copies))
            .sum();
        ((1.0 - MISLEADING) * person + MISLEADING / (depth + 1.0)).ln()
    }

    /// Whether errors hardly explain the reference fragments.
    fn shows(&self, error: f64) -> bool {
        let expected = error * f64::from(self.depth);
        f64::from(self.reference) > expected + 4.0 * expected.sqrt()
    }
}

/// Compares two explanations: errors alone, as frequent as they like but alike at all sites, and errors with another person's
/// DNA, which shows at those sites only where that person carries the reference.
fn other_persons_dna(alleles: &[SampleAllele], most_error: f64) -> Option<IdentityHint> {
    let sites: Vec<Homozygous> = alleles.iter().filter_map(Homozygous::of).collect();
    // Nearly every sample ends here, before anything is compared.
    if count(sites.iter().filter(|s| s.shows(LEAST_ERROR)).count()) < FEWEST_SITES {
        return None;
    }
    let likelihood = |share: f64, error: f64| sites.iter().map(|s| s.likelihood(share, error)).sum::<f64>();
    let steps = |from: f64, to: f64, factor: f64| {
        std::iter::successors(Some(from), move |x| Some(x * factor)).take_while(move |x| *x < to)
    };
    let errors = || steps(LEAST_ERROR, most_error, ERROR_STEP);
    let best = |share: f64| {
        let tried = errors().map(|error| (likelihood(share, error), error));
        tried.max_by(|a, b| a.0.total_cmp(&b.0))
    };
    let (alone, _) = best(0.0)?;
    let (with, error, fraction) = steps(LEAST, MOST, STEP)
        .filter_map(|share| best(share).map(|(likelihood, error)| (likelihood, error, share)))
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    let showing: Vec<&Homozygous> = sites.iter().filter(|s| s.shows(error)).collect();
    let chromosomes: BTreeSet<Chromosome> = showing.iter().map(|s| s.chromosome).collect();
    let is_convincing = with - alone >= CONVINCING
        && count(showing.len()) >= FEWEST_SITES
        && chromosomes.len() >= FEWEST_CHROMOSOMES;
    is_convincing.then(|| IdentityHint {
        code: IdentityCode::OtherPersonsDna,
        // The grid has no more digits.
        fraction: Some((fraction * 1000.0).round() / 1000.0),
        sites: count(showing.len()),
        of: count(sites.len()),
    })
}

// --- Files of two people ---------------------------------------------------------------------------------------------------

/// Fraction in the variant file from which the alignments must show a variant, and fraction below which they do not.
pub(super) const CLEARLY_PRESENT: f64 = 0.25;
const CLEARLY_ABSENT: f64 = 0.05;
/// Two people differ in a third of such variants; a caller's own artifacts are few.
const DISAGREEING_SITES: u32 = 3;
const DISAGREEING_SHARE: f64 = 0.2;

fn reads_disagree(alleles: &[SampleAllele]) -> Option<IdentityHint> {
    let compared: Vec<bool> = alleles
        .iter()
        .filter(|a| is_substitution(a) && is_sound(a))
        .filter(|a| seen(&a.evidence).is_some_and(|vaf| vaf >= CLEARLY_PRESENT))
        .filter_map(|a| seen(a.recount.as_ref()?))
        .map(|vaf| vaf < CLEARLY_ABSENT)
        .collect();
    disagreement(
        IdentityCode::ReadsDisagree,
        &compared,
        DISAGREEING_SITES,
        DISAGREEING_SHARE,
    )
}

/// Fraction from which a variant is taken for inherited: a clone in every cell reaches it too, but not with dozens of variants.
const INHERITED: f64 = 0.3;
/// Fraction below which the normal lacks it, and from which it shares it.
const LACKING: f64 = 0.02;
const SHARED: f64 = 0.2;
/// Variants compared and variants shared without which nothing is said: a file of somatic calls alone has none that are shared.
const COMPARED: usize = 12;
const SHARED_SITES: usize = 3;
/// Share of variants that the normal lacks from which it is of another person. Leukemias have up to ten such variants on a panel
/// beside some sixty inherited ones; of two people's variants about 40 % are not shared.
const LACKING_SHARE: f64 = 0.25;

fn normal_disagrees(alleles: &[SampleAllele]) -> Option<IdentityHint> {
    let lacks = |normal: &MatchedNormal| match normal {
        MatchedNormal::NotCalled(depth) if *depth >= FEWEST => Some(true),
        MatchedNormal::Counted(evidence) => match seen(evidence)? {
            vaf if vaf < LACKING => Some(true),
            vaf if vaf >= SHARED => Some(false),
            _ => None,
        },
        MatchedNormal::Called => Some(false),
        _ => None,
    };
    let compared: Vec<bool> = alleles
        .iter()
        .filter(|a| is_substitution(a) && is_sound(a))
        .filter(|a| seen(&a.evidence).is_some_and(|vaf| vaf >= INHERITED))
        .filter_map(|a| lacks(&a.normal))
        .collect();
    let shared = compared.iter().filter(|lacks| !**lacks).count();
    if compared.len() < COMPARED || shared < SHARED_SITES {
        return None;
    }
    disagreement(IdentityCode::NormalDisagrees, &compared, 1, LACKING_SHARE)
}

fn disagreement(code: IdentityCode, compared: &[bool], fewest: u32, share: f64) -> Option<IdentityHint> {
    let sites = count(compared.iter().filter(|differs| **differs).count());
    let of = count(compared.len());
    (sites >= fewest && f64::from(sites) >= share * f64::from(of)).then_some(IdentityHint {
        code,
        fraction: None,
        sites,
        of,
    })
}

fn count(n: usize) -> u32 {
    as_count(n)
}

#[cfg(test)]
mod tests;
