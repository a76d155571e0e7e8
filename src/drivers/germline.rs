//! Is the variant inherited? VAF, matched normal, population frequency and the gene speak to it.

use super::flags::{Flag, Weight};
use super::inheritance::Inheritance;
use super::{ReasonCode, ReasonValues};
use crate::evidence::PopulationFrequency;
use crate::evidence::statistics::beta_binomial_two_sided;
use crate::evidence::{Evidence, MatchedNormal as Normal};
use crate::genome::Sex;
use crate::panel::{Filters, PanelGene};

/// Genes whose missense changes the test was first applied to (Vlasschaert 2023).
const TESTED_MISSENSE: [&str; 2] = ["TET2", "CBL"];

/// What the germline assessment looks at.
#[derive(Clone, Copy, Debug)]
pub struct GermlineInput<'a> {
    /// Evidence of the sample.
    pub evidence: &'a Evidence,
    /// What the matched normal shows.
    pub normal: &'a Normal,
    /// Population frequency carried by the file.
    pub population: Option<&'a PopulationFrequency>,
    /// The gene.
    pub gene: &'a PanelGene,
    /// Sex of the person.
    pub sex: Option<Sex>,
    /// Whether the change is a missense change.
    pub missense: bool,
    /// The values of the filters.
    pub filters: &'a Filters,
    /// Whether the change is a recurrent somatic hotspot, or truncates a gene in which that is never called inherited.
    pub known_somatic: bool,
    /// Whether a rule spares the change from the test of the VAF.
    pub exempt: bool,
    /// How likely it is inherited, where that could be computed.
    pub inheritance: Option<&'a Inheritance>,
}

/// Returns everything that speaks to inheritance.
pub fn assess(input: &GermlineInput<'_>) -> Vec<Flag> {
    let mut flags = Vec::new();
    flags.extend(matched_normal(input));
    flags.extend(population(input));
    flags.extend(window(input));
    let fits = fitting_genotype(input);
    if let Some(genotype) = fits {
        let acquired = normal_rules_inheritance_out(input);
        let predisposition = input.gene.germline_predisposition && !acquired;
        let spared = acquired || input.exempt || (input.known_somatic && !predisposition);
        let likely = match (input.filters.germline_posterior, input.inheritance) {
            (Some(from), Some(inheritance)) => inheritance.probability >= from,
            _ => true,
        };
        let weight = if spared || !likely {
            Weight::Remark
        } else {
            Weight::Doubt
        };
        let shown = input.inheritance.map(Inheritance::shown);
        flags.push(Flag::new(ReasonCode::GermlineVaf, weight, genotype.with(shown)));
        if predisposition {
            let weight = if likely { Weight::Doubt } else { Weight::Remark };
            flags.push(Flag::new(
                ReasonCode::GermlineGene,
                weight,
                ReasonValues::Gene {
                    gene: input.gene.symbol.clone(),
                },
            ));
        }
    }
    flags
}

fn matched_normal(input: &GermlineInput<'_>) -> Option<Flag> {
    let (code, weight, values) = match input.normal {
        Normal::None => return None,
        Normal::Silent => (
            ReasonCode::NormalNotAssessed,
            Weight::Remark,
            ReasonValues::Nothing,
        ),
        Normal::NotCalled(depth) => {
            let values = ReasonValues::NotCalledInNormal { depth: *depth };
            (ReasonCode::AbsentInNormal, Weight::Remark, values)
        }
        Normal::Called => (ReasonCode::InNormal, Weight::Doubt, ReasonValues::CalledInNormal),
        Normal::Counted(normal) => counted_normal(normal, input.filters),
    };
    Some(Flag::new(code, weight, values))
}

/// Weighs the reads of a matched normal; a fraction without counts is compared as it is.
fn counted_normal(normal: &Evidence, filters: &Filters) -> (ReasonCode, Weight, ReasonValues) {
    let Some(vaf) = normal.vaf else {
        return (
            ReasonCode::NormalNotAssessed,
            Weight::Remark,
            ReasonValues::counts_of(normal),
        );
    };
    let (holds, values) = match (normal.alt_count, normal.depth) {
        (Some(alt), Some(depth)) => (
            filters.normal_min_alt.is_some_and(|least| alt >= least),
            ReasonValues::Share { alt, depth },
        ),
        _ => (
            filters.normal_clean_vaf.is_some_and(|most| vaf > most),
            ReasonValues::Vaf { vaf },
        ),
    };
    if !holds {
        (ReasonCode::AbsentInNormal, Weight::Remark, values)
    } else if filters.normal_inherited.is_some_and(|from| vaf >= from) {
        (ReasonCode::InNormal, Weight::Decisive, values)
    } else {
        (ReasonCode::InNormal, Weight::Doubt, values)
    }
}

/// Whether a matched normal of enough depth shows that the variant was acquired. It may hold the variant all the same: a few fragments of
/// many are blood in the normal, or an error of the place, which is a doubt of its own ([`counted_normal`]).
fn normal_rules_inheritance_out(input: &GermlineInput<'_>) -> bool {
    let deep = |depth: u32| {
        input
            .filters
            .normal_clean_depth
            .is_some_and(|least| depth >= least)
    };
    match input.normal {
        Normal::NotCalled(depth) => deep(*depth),
        Normal::Counted(normal) => {
            let few = |vaf: f64| input.filters.normal_clean_vaf.is_some_and(|most| vaf <= most);
            normal.depth.is_some_and(deep) && normal.vaf.is_some_and(few)
        }
        Normal::None | Normal::Silent | Normal::Called => false,
    }
}

fn population(input: &GermlineInput<'_>) -> Option<Flag> {
    let population = input.population?;
    let values = ReasonValues::Population {
        field: population.field.clone(),
        frequency: population.frequency,
    };
    let reaches = |limit: Option<f64>| limit.is_some_and(|l| population.frequency >= l);
    let (common, seen) = (
        reaches(input.filters.population_common),
        reaches(input.filters.population_seen),
    );
    if !common && !seen {
        return None;
    }
    if !common && input.known_somatic {
        // Population sets hold clonal hematopoiesis themselves: DNMT3A R882H is in gnomAD.
        return Some(Flag::new(ReasonCode::PopulationRescued, Weight::Remark, values));
    }
    let weight = if common && !input.known_somatic {
        Weight::Decisive
    } else {
        Weight::Doubt
    };
    Some(Flag::new(ReasonCode::PopulationFrequency, weight, values))
}

/// A fixed window of fractions that a laboratory reads as inherited, without a test.
fn window(input: &GermlineInput<'_>) -> Option<Flag> {
    let (from, vaf) = (input.filters.germline_from?, input.evidence.vaf?);
    let to = input.filters.germline_to.unwrap_or(1.0);
    let weight = if input.known_somatic || normal_rules_inheritance_out(input) {
        Weight::Remark
    } else {
        Weight::Doubt
    };
    (from..=to).contains(&vaf).then(|| {
        Flag::new(
            ReasonCode::GermlineWindow,
            weight,
            ReasonValues::VafWithin { vaf, from, to },
        )
    })
}

/// An inherited genotype that a fraction fits.
enum Genotype {
    /// At one half, with the p of the test.
    Heterozygous { vaf: f64, p: f64 },
    /// From this fraction on.
    Homozygous { vaf: f64, from: f64 },
}

impl Genotype {
    /// Returns the values of the reason, with how likely it is inherited, as shown.
    fn with(self, inherited: Option<String>) -> ReasonValues {
        match self {
            Self::Heterozygous { vaf, p } => ReasonValues::Heterozygous { vaf, p, inherited },
            Self::Homozygous { vaf, from } => ReasonValues::Homozygous { vaf, from, inherited },
        }
    }
}

/// Returns which inherited genotype the fraction fits, if any.
fn fitting_genotype(input: &GermlineInput<'_>) -> Option<Genotype> {
    let filters = input.filters;
    let vaf = input.evidence.vaf?;
    if let Some(from) = filters.germline_homozygous.filter(|from| vaf >= *from) {
        return Some(Genotype::Homozygous { vaf, from });
    }
    // One X: an inherited variant of a male is at 1.0, so one half speaks for a clone.
    if input.gene.x_linked && input.sex == Some(Sex::Male) {
        return None;
    }
    let listed = input.missense && TESTED_MISSENSE.contains(&input.gene.symbol.as_str());
    if !filters.germline_all_genes && !listed {
        return None;
    }
    let (reject_below, mean) = (filters.germline_test?, filters.germline_mean?);
    let (alt, depth) = (input.evidence.alt_count?, input.evidence.depth?);
    // A concentration this large is the binomial to within rounding.
    let spread = filters.germline_spread.unwrap_or(1e9);
    let p = beta_binomial_two_sided(alt, depth, mean, spread);
    (p >= reject_below).then_some(Genotype::Heterozygous { vaf, p })
}

#[cfg(test)]
mod tests;
