//! Is the variant inherited? VAF, matched normal, population frequency and the gene speak to it.

use super::flags::{Flag, Weight};
use super::statistics::beta_binomial_two_sided;
use super::{PopulationFrequency, ReasonCode};
use crate::evidence::Evidence;
use crate::panel::PanelGene;
use crate::sample::Sex;

/// Mean VAF of a heterozygous variant; a little below one half since reads with the reference base align better.
const HETEROZYGOUS_MEAN: f64 = 0.49;

/// Concentration of the beta-binomial around it: a standard deviation of 3.5 % beyond counting, which 99 % of germline
/// heterozygous sites of capture panels stay within (assumption of ours, argued in docs/status.md).
const CONCENTRATION: f64 = 200.0;

/// A VAF fits a heterozygous variant unless the test rejects it at this level (Vlasschaert 2023: P < 0.01).
const REJECT_BELOW: f64 = 0.01;

/// A VAF from here on fits a homozygous or hemizygous inherited variant (CHMIP and the KCCG pipeline use 0.90).
const HOMOZYGOUS_FROM: f64 = 0.90;

/// Allele frequency in a population from which a variant is taken for inherited whatever the rule says: 1 %.
const COMMON: f64 = 0.01;

/// Allele frequency from which a variant is doubtful (KCCG pipeline: gnomAD AF >= 0.001 fails).
const SEEN: f64 = 0.001;

/// Fraction in the matched normal from which the variant is inherited, not blood in the normal sample.
const NORMAL_INHERITED: f64 = 0.30;

/// Alternative fragments in the matched normal from which it holds the variant at all.
const NORMAL_MIN_ALT: u32 = 3;

/// What the germline assessment looks at.
#[derive(Clone, Copy, Debug)]
pub struct GermlineInput<'a> {
    /// Evidence of the sample.
    pub evidence: &'a Evidence,
    /// Evidence of the matched normal.
    pub normal: Option<&'a Evidence>,
    /// Population frequency carried by the file.
    pub population: Option<&'a PopulationFrequency>,
    /// The gene.
    pub gene: &'a PanelGene,
    /// Sex of the person.
    pub sex: Option<Sex>,
    /// Whether the change is a recurrent somatic hotspot, or truncates a gene in which that is never called inherited.
    pub known_somatic: bool,
}

/// Returns everything that speaks to inheritance.
pub fn assess(input: &GermlineInput<'_>) -> Vec<Flag> {
    let mut flags = Vec::new();
    flags.extend(matched_normal(input));
    flags.extend(population(input));
    let fits = fitting_genotype(input);
    if let Some(genotype) = fits {
        let weight = if input.known_somatic && !input.gene.germline_predisposition {
            Weight::Remark
        } else {
            Weight::Doubt
        };
        flags.push(Flag::new(ReasonCode::GermlineVaf, weight, genotype));
        if input.gene.germline_predisposition {
            flags.push(Flag::new(
                ReasonCode::GermlineGene,
                Weight::Doubt,
                input.gene.symbol.clone(),
            ));
        }
    }
    flags
}

fn matched_normal(input: &GermlineInput<'_>) -> Option<Flag> {
    let normal = input.normal?;
    let (alt, depth, vaf) = (normal.alt_count?, normal.depth?, normal.vaf?);
    let detail = format!("{alt}/{depth}");
    if alt >= NORMAL_MIN_ALT && vaf >= NORMAL_INHERITED {
        Some(Flag::new(ReasonCode::InNormal, Weight::Decisive, detail))
    } else if alt >= NORMAL_MIN_ALT {
        Some(Flag::new(ReasonCode::InNormal, Weight::Doubt, detail))
    } else {
        Some(Flag::new(ReasonCode::AbsentInNormal, Weight::Remark, detail))
    }
}

fn population(input: &GermlineInput<'_>) -> Option<Flag> {
    let population = input.population?;
    let detail = format!("{} {:.6}", population.field, population.frequency);
    if population.frequency >= COMMON {
        let weight = if input.known_somatic {
            Weight::Doubt
        } else {
            Weight::Decisive
        };
        Some(Flag::new(ReasonCode::PopulationFrequency, weight, detail))
    } else if population.frequency >= SEEN {
        // Population sets hold clonal hematopoiesis themselves: DNMT3A R882H is in gnomAD.
        Some(if input.known_somatic {
            Flag::new(ReasonCode::PopulationRescued, Weight::Remark, detail)
        } else {
            Flag::new(ReasonCode::PopulationFrequency, Weight::Doubt, detail)
        })
    } else {
        None
    }
}

/// Returns in words of numbers which inherited genotype the fraction fits, if any.
fn fitting_genotype(input: &GermlineInput<'_>) -> Option<String> {
    let vaf = input.evidence.vaf?;
    if vaf >= HOMOZYGOUS_FROM {
        return Some(format!("VAF {vaf:.4} >= {HOMOZYGOUS_FROM}"));
    }
    // One X: an inherited variant of a male is at 1.0, so one half speaks for a clone.
    if input.gene.x_linked && input.sex == Some(Sex::Male) {
        return None;
    }
    let (alt, depth) = (input.evidence.alt_count?, input.evidence.depth?);
    let p = beta_binomial_two_sided(alt, depth, HETEROZYGOUS_MEAN, CONCENTRATION);
    (p >= REJECT_BELOW).then(|| format!("VAF {vaf:.4} fits 0.5, p = {p:.3}"))
}
