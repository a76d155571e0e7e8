//! Is the variant inherited? VAF, matched normal, population frequency and the gene speak to it.

use super::flags::{Flag, Weight};
use super::{PopulationFrequency, ReasonCode};
use crate::evidence::Evidence;
use crate::evidence::statistics::beta_binomial_two_sided;
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

/// Depth of the matched normal from which the absence of the variant there means that it is not inherited: at 20, a
/// heterozygous variant is missed once in a million.
const NORMAL_CLEAN_DEPTH: u32 = 20;

/// Fraction in the matched normal up to which it counts as absent: sequencing errors.
const NORMAL_CLEAN_VAF: f64 = 0.02;

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
        let acquired = normal_is_clean(input);
        let predisposition = input.gene.germline_predisposition && !acquired;
        let weight = if acquired || (input.known_somatic && !predisposition) {
            Weight::Remark
        } else {
            Weight::Doubt
        };
        flags.push(Flag::new(ReasonCode::GermlineVaf, weight, genotype));
        if predisposition {
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

/// Whether a matched normal of enough depth shows that the variant was acquired.
fn normal_is_clean(input: &GermlineInput<'_>) -> bool {
    input.normal.is_some_and(|normal| {
        normal.depth.is_some_and(|d| d >= NORMAL_CLEAN_DEPTH)
            && normal.vaf.is_some_and(|v| v <= NORMAL_CLEAN_VAF)
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn gene(germline_predisposition: bool, x_linked: bool) -> PanelGene {
        PanelGene {
            x_linked,
            germline_predisposition,
            ..PanelGene::of_no_rules("GENE")
        }
    }

    fn codes(alt: u32, depth: u32, change: impl Fn(&mut GermlineInput<'_>)) -> Vec<(ReasonCode, Weight)> {
        let (evidence, gene) = (Evidence::from_counts(alt, depth, "AD"), gene(false, false));
        let mut input = GermlineInput {
            evidence: &evidence,
            normal: None,
            population: None,
            gene: &gene,
            sex: None,
            known_somatic: false,
        };
        change(&mut input);
        assess(&input)
            .into_iter()
            .map(|f| (f.reason.code, f.weight))
            .collect()
    }

    #[test]
    fn a_half_fits_an_inherited_variant_and_a_tenth_does_not() {
        assert_eq!(
            codes(480, 1000, |_| ()),
            [(ReasonCode::GermlineVaf, Weight::Doubt)]
        );
        assert_eq!(
            codes(990, 1000, |_| ()),
            [(ReasonCode::GermlineVaf, Weight::Doubt)]
        );
        assert_eq!(codes(100, 1000, |_| ()), []);
        assert_eq!(
            codes(480, 1000, |i| i.known_somatic = true),
            [(ReasonCode::GermlineVaf, Weight::Remark)]
        );
    }

    #[test]
    fn a_clean_normal_rules_inheritance_out_and_a_mutated_one_proves_it() {
        let clean = Evidence::from_counts(0, 60, "AD");
        let remark = codes(480, 1000, |i| i.normal = Some(Box::leak(Box::new(clean.clone()))));
        assert_eq!(
            remark,
            [
                (ReasonCode::AbsentInNormal, Weight::Remark),
                (ReasonCode::GermlineVaf, Weight::Remark)
            ]
        );
        let thin = Evidence::from_counts(0, 5, "AD");
        let doubt = codes(480, 1000, |i| i.normal = Some(Box::leak(Box::new(thin.clone()))));
        assert_eq!(
            doubt,
            [
                (ReasonCode::AbsentInNormal, Weight::Remark),
                (ReasonCode::GermlineVaf, Weight::Doubt)
            ]
        );
        let mutated = Evidence::from_counts(30, 60, "AD");
        let decisive = codes(100, 1000, |i| {
            i.normal = Some(Box::leak(Box::new(mutated.clone())));
        });
        assert_eq!(decisive, [(ReasonCode::InNormal, Weight::Decisive)]);
    }

    #[test]
    fn a_gene_of_inherited_predisposition_is_to_be_confirmed_even_at_a_hotspot() {
        let predisposing = gene(true, false);
        let actual = codes(480, 1000, |i| {
            i.known_somatic = true;
            i.gene = Box::leak(Box::new(predisposing.clone()));
        });
        assert_eq!(
            actual,
            [
                (ReasonCode::GermlineVaf, Weight::Doubt),
                (ReasonCode::GermlineGene, Weight::Doubt)
            ]
        );
    }

    #[test]
    fn a_half_on_the_one_x_of_a_male_is_a_clone() {
        let linked = gene(false, true);
        let half = |sex| {
            codes(480, 1000, |i| {
                i.sex = sex;
                i.gene = Box::leak(Box::new(linked.clone()));
            })
        };
        assert_eq!(half(Some(Sex::Male)), []);
        assert_eq!(
            half(Some(Sex::Female)),
            [(ReasonCode::GermlineVaf, Weight::Doubt)]
        );
    }

    #[test]
    fn population_frequency_weighs_by_how_common_and_how_known() {
        let with = |frequency: f64, known_somatic: bool| {
            let population = PopulationFrequency {
                frequency,
                field: "INFO/gnomAD_AF".into(),
            };
            codes(100, 1000, |i| {
                i.population = Some(Box::leak(Box::new(population.clone())));
                i.known_somatic = known_somatic;
            })
        };
        assert_eq!(
            with(0.01, false),
            [(ReasonCode::PopulationFrequency, Weight::Decisive)]
        );
        assert_eq!(
            with(0.01, true),
            [(ReasonCode::PopulationFrequency, Weight::Doubt)]
        );
        assert_eq!(
            with(0.001, false),
            [(ReasonCode::PopulationFrequency, Weight::Doubt)]
        );
        assert_eq!(
            with(0.001, true),
            [(ReasonCode::PopulationRescued, Weight::Remark)]
        );
        assert_eq!(with(0.0009, false), []);
    }
}
