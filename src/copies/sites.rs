//! Sites at which the person is heterozygous: what calls of a sample tell of its two alleles.
//!
//! A clone's own mutations are no such sites: what a driver rule matches is left out, and of the others is kept in mind how likely each is
//! inherited at all.

use std::collections::{BTreeMap, BTreeSet};

use crate::drivers::{Call, CallStatus, FilterMeaning, IpssmDecision, ReasonCode, filter_names, meaning};
use crate::evidence::Evidence;
use crate::evidence::statistics::fisher_exact_two_sided;
use crate::genome::{Allele, Chromosome, VariantKind, as_count};
use crate::transcript::Impact;

/// Fragments of both alleles that a site needs.
const LOWEST_DEPTH: u32 = 40;
/// Share of the fragments that other alleles than the two may have.
const OTHER_ALLELES: f64 = 0.05;
/// Chance below which the strands of the two alleles differ too much.
const STRANDS: f64 = 1e-3;
/// Frequency in a population from which a variant is taken for inherited: 1 in 1,000, as the filters of drivers have it.
const INHERITED_FREQUENCY: f64 = 1e-3;
/// Fragments and fractions by which a matched normal shows that the person is heterozygous.
const NORMAL_DEPTH: u32 = 20;
const NORMAL_BAND: (f64, f64) = (0.3, 0.7);
/// Bases within which two sites share fragments: of those the deepest is taken.
const APART: u32 = 200;

/// What speaks for a site being inherited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SiteOrigin {
    /// The matched normal is heterozygous.
    Normal,
    /// Frequent in a population, or inherited by the caller's own judgment.
    Population,
    /// It does not change the protein.
    Silent,
    /// It changes the protein, and no driver rule matches.
    Changed,
}

impl SiteOrigin {
    /// Returns the chance that it is no heterozygous site of the person, or one whose counts mislead (assumptions; a panel holds one silent
    /// somatic change in some fifty leukemias, and some twenty inherited ones in everybody).
    pub(super) const fn doubt(self) -> f64 {
        match self {
            Self::Normal => 0.002,
            Self::Population => 0.005,
            Self::Silent => 0.02,
            Self::Changed => 0.1,
        }
    }

    /// Returns the fractions between which such a site is looked at: farther out are homozygous sites with errors, another person's DNA,
    /// and small clones.
    pub(super) const fn band(self) -> (f64, f64) {
        match self {
            Self::Normal | Self::Population => (0.06, 0.95),
            Self::Silent | Self::Changed => (0.15, 0.90),
        }
    }
}

/// A substitution at which the person is heterozygous, as far as can be told.
#[derive(Clone, Debug, PartialEq)]
pub struct HeterozygousSite {
    /// Gene symbol.
    pub gene: String,
    /// Chromosome.
    pub chromosome: Chromosome,
    /// Position, 1-based.
    pub position: u32,
    /// Fragments with the reference allele.
    pub reference: u32,
    /// Fragments with the alternative allele.
    pub alternate: u32,
    /// What speaks for its being inherited.
    pub origin: SiteOrigin,
}

impl HeterozygousSite {
    /// Returns the fragments of both alleles.
    pub(super) const fn depth(&self) -> u32 {
        self.reference + self.alternate
    }
}

/// Returns the heterozygous sites among the calls of a sample, along the genome; `unreliable` are genes whose reads have another place
/// that fits as well.
pub fn heterozygous_sites(calls: &[Call], unreliable: &[String]) -> Vec<HeterozygousSite> {
    let crowded = crowded(calls);
    let mut found: BTreeMap<(Chromosome, u32), HeterozygousSite> = BTreeMap::new();
    let usable = calls.iter().filter(|c| !unreliable.contains(&c.consequence.gene));
    for (site, variant) in usable.filter_map(|call| Some((site_of(call)?, call.variant.sequence()?))) {
        let at = (variant.chromosome(), variant.position());
        if !crowded.contains(&at) {
            found.entry(at).or_insert(site);
        }
    }
    apart(found.into_values().collect())
}

/// Places at which a sample holds more than one allele, and those within an indel of it.
fn crowded(calls: &[Call]) -> BTreeSet<(Chromosome, u32)> {
    /// Fraction from which another allele disturbs, and bases beside an indel within which alignments do.
    const DISTURBING: f64 = 0.02;
    const BESIDE: u32 = 10;
    let mut seen: BTreeMap<(Chromosome, u32), &Allele> = BTreeMap::new();
    let mut crowded = BTreeSet::new();
    let large = |call: &&Call| call.evidence.vaf.is_some_and(|v| v >= DISTURBING);
    for call in calls.iter().filter(large) {
        let Some(variant) = call.variant.sequence() else {
            continue;
        };
        let (chromosome, position) = (variant.chromosome(), variant.position());
        if variant.kind() != VariantKind::Snv {
            let length = as_count(variant.reference().len());
            let last = position.saturating_add(length).saturating_add(BESIDE);
            // A deletion of a whole gene holds no site to look at, and need not be walked through.
            let last = last.min(position.saturating_add(1000));
            crowded.extend((position.saturating_sub(BESIDE)..=last).map(|p| (chromosome, p)));
        } else if let Some(other) = seen.insert((chromosome, position), &call.variant)
            && *other != call.variant
        {
            crowded.insert((chromosome, position));
        }
    }
    crowded
}

fn site_of(call: &Call) -> Option<HeterozygousSite> {
    let variant = call.variant.sequence()?;
    let fits = variant.kind() == VariantKind::Snv
        && variant.chromosome() != Chromosome::M
        && variant.chromosome() != Chromosome::Y
        && is_sound(call);
    let evidence = call.recount.as_ref().unwrap_or(&call.evidence);
    let (reference, alternate) = counted(evidence).filter(|_| fits)?;
    let origin = origin(call)?;
    let depth = f64::from(reference + alternate);
    let fraction = f64::from(alternate) / depth;
    let (low, high) = origin.band();
    (low..=high).contains(&fraction).then(|| HeterozygousSite {
        gene: call.consequence.gene.clone(),
        chromosome: variant.chromosome(),
        position: variant.position(),
        reference,
        alternate,
        origin,
    })
}

/// Returns the fragments of both alleles where they are enough, without a third allele, and on both strands alike.
fn counted(evidence: &Evidence) -> Option<(u32, u32)> {
    let (alternate, depth) = (evidence.alt_count?, evidence.depth?);
    // Callers that count the reference otherwise than the depth tell no share.
    let reference = evidence.ref_count.unwrap_or(depth.checked_sub(alternate)?);
    let both = reference.checked_add(alternate)?;
    let others = f64::from(depth.abs_diff(both));
    if both < LOWEST_DEPTH || others > OTHER_ALLELES * f64::from(depth) {
        return None;
    }
    let even = evidence.strands.as_ref().is_none_or(|s| {
        let table = [[s.ref_forward, s.ref_reverse], [s.alt_forward, s.alt_reverse]];
        fisher_exact_two_sided(table) >= STRANDS
    });
    even.then_some((reference, alternate))
}

/// Whether nothing speaks against the counts, and no rule takes it for a clone's own.
fn is_sound(call: &Call) -> bool {
    use ReasonCode as R;
    let is_status = matches!(
        call.status,
        CallStatus::Uncertain | CallStatus::GermlineSuspected | CallStatus::ArtifactSuspected
    );
    let against = |code: R| {
        matches!(
            code,
            R::RuleMatched
                | R::PopulationRescued
                | R::RecurrentRescued
                | R::Recurrent
                | R::PlatformArtifact
                | R::StrandBias
                | R::BothStrands
                | R::OrientationBias
                | R::BothOrientations
                | R::Homopolymer
                | R::LowComplexity
                | R::LowBaseQuality
                | R::LowMappingQuality
                | R::Multiallelic
                | R::MergedMnv
                | R::PartOfMnv
                | R::ReadsDisagree
                | R::ReferenceMismatch
        )
    };
    let is_known = !call.rule_sets.is_empty()
        || call
            .ipssm
            .as_ref()
            .is_some_and(|o| o.decision == IpssmDecision::Counted);
    is_status
        && !is_known
        && !call.reasons.iter().any(|r| against(r.code))
        && passes(call.caller_filter.as_deref())
}

/// Whether the caller found nothing against it but that it is inherited; frequent variants are in panels of normals too.
fn passes(filter: Option<&str>) -> bool {
    let mut names = filter.into_iter().flat_map(filter_names);
    names.all(|name| {
        let of_normals = ["panel_of_normals", "pon"].contains(&name.to_ascii_lowercase().as_str());
        of_normals || matches!(meaning(name), FilterMeaning::Pass | FilterMeaning::Germline)
    })
}

/// Returns what speaks for its being inherited; `None` where the matched normal is not heterozygous.
fn origin(call: &Call) -> Option<SiteOrigin> {
    let normal = call.normal.as_ref();
    let deep = |e: &&Evidence| e.depth.is_some_and(|d| d >= NORMAL_DEPTH);
    if let Some(vaf) = normal.filter(deep).and_then(|e| e.vaf) {
        let is_within = (NORMAL_BAND.0..=NORMAL_BAND.1).contains(&vaf);
        return is_within.then_some(SiteOrigin::Normal);
    }
    let frequent = call
        .population
        .as_ref()
        .is_some_and(|p| (INHERITED_FREQUENCY..=1.0 - INHERITED_FREQUENCY).contains(&p.frequency));
    let mut names = call.caller_filter.iter().flat_map(|f| filter_names(f));
    let by_caller = names.any(|n| meaning(n) == FilterMeaning::Germline);
    let is_silent = matches!(call.consequence.impact(), Impact::Low | Impact::Modifier);
    Some(if frequent || by_caller {
        SiteOrigin::Population
    } else if is_silent {
        SiteOrigin::Silent
    } else {
        SiteOrigin::Changed
    })
}

/// Keeps of sites that share fragments the one that tells most; they come along the genome.
fn apart(sites: Vec<HeterozygousSite>) -> Vec<HeterozygousSite> {
    let mut kept: Vec<HeterozygousSite> = Vec::new();
    for site in sites {
        match kept.last_mut() {
            Some(last) if last.chromosome == site.chromosome && site.position - last.position < APART => {
                let told = |s: &HeterozygousSite| (std::cmp::Reverse(s.origin), s.depth());
                if told(&site) > told(last) {
                    *last = site;
                }
            }
            _ => kept.push(site),
        }
    }
    kept
}
