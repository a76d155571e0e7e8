//! How likely a variant is inherited: a posterior in the open, from the counts, the kind of variant, the person's stage, the other
//! clones of the sample, the population and the matched normal.
//!
//! Odds of "inherited" = prior odds × (probability of the counts if inherited / if of a clone) × population × matched normal. Each number
//! stands in the result; what is an assumption is said in `docs/status.md`, where the sources are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::other_clones::{OtherClones, normalized, steps};
use crate::evidence::statistics::beta_binomial_probability;
use crate::evidence::{Evidence, MatchedNormal as Normal, PopulationFrequency};
use crate::genome::Sex;
use crate::panel::{Filters, PanelGene};

/// What the rules know of a variant, as far as it tells how often such a variant is inherited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InheritanceKind {
    /// A change that lists name: a hotspot.
    Hotspot,
    /// A truncation of a tumor suppressor that is hardly ever inherited by an adult without a syndrome.
    Truncation,
    /// A driver of a gene with inherited predisposition.
    Predisposition,
    /// A change in a functional domain that no list names.
    Domain,
    /// A change that no rule knows.
    Unlisted,
}

impl InheritanceKind {
    /// Returns the share of inherited ones among such variants, before anything else is known (assumptions, `docs/status.md`).
    const fn prior(self) -> f64 {
        match self {
            Self::Hotspot => 0.001,
            Self::Truncation => 0.003,
            Self::Predisposition => 0.05,
            Self::Domain => 0.2,
            Self::Unlisted => 0.95,
        }
    }
}

/// How large clones are to be expected in the person.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CloneBackground {
    /// Nothing is known, or the counts are normal: small clones are the rule.
    #[default]
    UnknownOrHealthy,
    /// Cytopenia, dysplasia, blasts or clonal cytogenetics: clones of most cells are ordinary.
    Disease,
}

/// How likely a variant is inherited, and what the number was made of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Inheritance {
    /// Probability that the variant is inherited, 0 to 1.
    pub probability: f64,
    /// What kind of variant it is, which the prior follows from.
    pub kind: InheritanceKind,
    /// Probability before the reads were looked at.
    pub prior: f64,
    /// How large clones were expected to be.
    pub background: CloneBackground,
    /// Largest VAF of another known somatic change of the sample, near which a clone was expected too.
    pub other_clone_vaf: Option<f64>,
    /// Probability of the counts if inherited.
    pub if_inherited: f64,
    /// Probability of the counts if of a clone.
    pub if_clone: f64,
    /// Factor on the odds by the population frequency; 1 where none is known.
    pub population_factor: f64,
    /// Factor on the odds by the matched normal; 1 where there is none.
    pub normal_factor: f64,
}

impl Inheritance {
    /// Returns the probability as a reader needs it: `0.12`, `< 0.01`, `> 0.99`.
    pub fn shown(&self) -> String {
        shown(self.probability)
    }
}

/// Returns a probability as a reader needs it: `0.12`, `< 0.01`, `> 0.99`.
pub fn shown(probability: f64) -> String {
    if probability < 0.01 {
        "< 0.01".to_owned()
    } else if probability > 0.99 {
        "> 0.99".to_owned()
    } else {
        format!("{probability:.2}")
    }
}

/// What the posterior is computed from.
#[derive(Clone, Copy, Debug)]
pub struct InheritanceInput<'a> {
    /// Evidence of the sample.
    pub evidence: &'a Evidence,
    /// What the matched normal shows.
    pub normal: &'a Normal,
    /// Population frequency.
    pub population: Option<&'a PopulationFrequency>,
    /// The gene.
    pub gene: &'a PanelGene,
    /// Sex of the person.
    pub sex: Option<Sex>,
    /// What kind of variant it is.
    pub kind: InheritanceKind,
    /// How large clones are to be expected.
    pub background: CloneBackground,
    /// The other known somatic changes of the sample.
    pub other_clones: &'a OtherClones,
    /// The values of the filters.
    pub filters: &'a Filters,
}

/// Share of inherited rare variants that are homozygous (assumption).
const HOMOZYGOUS: f64 = 0.02;
/// Mean fraction of a homozygous or hemizygous inherited variant: errors and misalignment take a hundredth (assumption).
const HOMOZYGOUS_MEAN: f64 = 0.99;
/// Share of clones that lost the other allele, so that their VAF runs beyond one half (assumption), by background.
const LOST_ALLELE: [f64; 2] = [0.03, 0.10];
/// Smallest VAF a clone is expected at: below it is no clonal hematopoiesis (WHO 2022).
const SMALLEST_CLONE: f64 = 0.02;
/// Weight of "the same clone as another mutation of the sample" (assumption).
const SAME_CLONE: f64 = 0.5;
/// Chance that blood in a matched normal shows the clone at all (assumption).
const BLOOD_IN_NORMAL: f64 = 0.4;

/// Computes the posterior; `None` where there are no counts and no fraction.
pub fn inheritance(input: &InheritanceInput<'_>) -> Option<Inheritance> {
    let (alt, depth) = counts(input.evidence)?;
    let one_copy = input.gene.x_linked && input.sex == Some(Sex::Male);
    let prior = match input.kind {
        InheritanceKind::Predisposition => input.gene.inherited_share.unwrap_or(input.kind.prior()),
        other => other.prior(),
    };
    let if_inherited = if_inherited(alt, depth, one_copy, input.filters);
    let if_clone = if_clone(alt, depth, one_copy, input);
    let population_factor = population_factor(input);
    let normal_factor = normal_factor(input);
    let odds = prior / (1.0 - prior) * (if_inherited / if_clone) * population_factor * normal_factor;
    let probability = if odds.is_finite() {
        odds / (1.0 + odds)
    } else {
        1.0
    };
    Some(Inheritance {
        probability: rounded(probability, 4),
        kind: input.kind,
        prior,
        background: input.background,
        other_clone_vaf: input.other_clones.largest().map(|vaf| rounded(vaf, 4)),
        if_inherited: significant(if_inherited),
        if_clone: significant(if_clone),
        population_factor,
        normal_factor: significant(normal_factor),
    })
}

/// Rounds, so that the last digits of a logarithm do not differ between machines.
fn rounded(value: f64, decimals: i32) -> f64 {
    let factor = 10_f64.powi(decimals);
    (value * factor).round() / factor
}

/// Rounds to four digits that count, whatever the size.
fn significant(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

/// Returns the counts; a bare fraction is taken as if of 100 fragments.
fn counts(evidence: &Evidence) -> Option<(u32, u32)> {
    match (evidence.alt_count, evidence.depth) {
        (Some(alt), Some(depth)) if depth > 0 => Some((alt.min(depth), depth)),
        _ => {
            let percent = (evidence.vaf?.clamp(0.0, 1.0) * 100.0).round();
            (0..=100).find(|n| f64::from(*n) >= percent).map(|n| (n, 100))
        }
    }
}

fn spread(filters: &Filters) -> f64 {
    // A concentration this large is the binomial to within rounding.
    filters.germline_spread.unwrap_or(1e7)
}

fn if_inherited(alt: u32, depth: u32, one_copy: bool, filters: &Filters) -> f64 {
    let at = |mean| beta_binomial_probability(alt, depth, mean, spread(filters));
    if one_copy {
        return at(HOMOZYGOUS_MEAN);
    }
    let half = filters.germline_mean.unwrap_or(0.5);
    (1.0 - HOMOZYGOUS) * at(half) + HOMOZYGOUS * at(HOMOZYGOUS_MEAN)
}

/// Sums over the VAF that a clone may have: by the stage, and near the other mutations of the sample.
fn if_clone(alt: u32, depth: u32, one_copy: bool, input: &InheritanceInput<'_>) -> f64 {
    let mut weights = normalized(steps().map(|f| density(f, one_copy, input.background)));
    if let Some(near) = input.other_clones.mean() {
        for (weight, near) in weights.iter_mut().zip(near) {
            *weight = *weight * (1.0 - SAME_CLONE) + SAME_CLONE * near;
        }
    }
    let spread = spread(input.filters);
    steps()
        .zip(weights)
        .map(|(f, weight)| weight * beta_binomial_probability(alt, depth, f, spread))
        .sum()
}

/// Returns how often clones have a VAF: in a healthy person ever rarer the larger (as 1/VAF), in disease all sizes alike; up to one
/// half with both alleles, beyond with one.
fn density(vaf: f64, one_copy: bool, background: CloneBackground) -> f64 {
    if vaf < SMALLEST_CLONE {
        return 0.0;
    }
    let largest = if one_copy { 1.0 } else { 0.5 };
    let (body, lost) = match background {
        CloneBackground::UnknownOrHealthy => (1.0 / (vaf * (largest / SMALLEST_CLONE).ln()), LOST_ALLELE[0]),
        CloneBackground::Disease => (1.0 / (largest - SMALLEST_CLONE), LOST_ALLELE[1]),
    };
    if vaf <= largest {
        body * (1.0 - lost)
    } else {
        lost / (1.0 - largest)
    }
}

/// A frequency speaks for "inherited" where the allele is seen in many people, a little against it where it is looked for and hardly
/// found; population sets hold clonal hematopoiesis, so that a named hotspot gains nothing below the common frequency.
fn population_factor(input: &InheritanceInput<'_>) -> f64 {
    let Some(population) = input.population else {
        return 1.0;
    };
    let reaches = |limit: Option<f64>| limit.is_some_and(|l| population.frequency >= l);
    if reaches(input.filters.population_common) {
        1000.0
    } else if input.kind == InheritanceKind::Hotspot {
        1.0
    } else if reaches(input.filters.population_seen) {
        100.0
    } else if population.frequency >= 1e-4 {
        5.0
    } else if population.frequency < 1e-5 {
        0.5
    } else {
        1.0
    }
}

/// Compares the normal's counts if inherited with those if blood brought the clone in.
fn normal_factor(input: &InheritanceInput<'_>) -> f64 {
    let (alt, depth) = match input.normal {
        Normal::None | Normal::Silent => return 1.0,
        Normal::NotCalled(depth) => (0, *depth),
        // Called without counts: inherited variants are, clones seldom.
        Normal::Called => return 5.0,
        Normal::Counted(normal) => match counts(normal) {
            Some(counts) => counts,
            None => return 1.0,
        },
    };
    if depth == 0 {
        return 1.0;
    }
    let at = |mean: f64| beta_binomial_probability(alt, depth, mean, spread(input.filters));
    let one_copy = input.gene.x_linked && input.sex == Some(Sex::Male);
    let inherited = if_inherited(alt, depth, one_copy, input.filters);
    let clone = input.evidence.vaf.unwrap_or(0.5).max(SMALLEST_CLONE);
    let blood: f64 = (1..=10).map(|i| at(clone * f64::from(i) / 10.0) / 10.0).sum();
    let acquired = (1.0 - BLOOD_IN_NORMAL) * at(0.002) + BLOOD_IN_NORMAL * blood;
    (inherited / acquired.max(f64::MIN_POSITIVE)).clamp(1e-6, 1e6)
}

#[cfg(test)]
mod tests;
