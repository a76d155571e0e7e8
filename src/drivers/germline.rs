//! Is the variant inherited? VAF, matched normal, population frequency and the gene speak to it.

use super::ReasonCode;
use super::flags::{Flag, Weight};
use super::inheritance::Inheritance;
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
        let acquired = normal_is_clean(input);
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
        let detail = match input.inheritance {
            Some(i) => format!("{genotype}; P(inherited) {}", as_relation(&i.shown())),
            None => genotype,
        };
        flags.push(Flag::new(ReasonCode::GermlineVaf, weight, detail));
        if predisposition {
            let weight = if likely { Weight::Doubt } else { Weight::Remark };
            flags.push(Flag::new(
                ReasonCode::GermlineGene,
                weight,
                input.gene.symbol.clone(),
            ));
        }
    }
    flags
}

/// Returns `= 0.12`, and `< 0.01` as it is.
fn as_relation(shown: &str) -> String {
    if shown.starts_with(['<', '>']) {
        shown.to_owned()
    } else {
        format!("= {shown}")
    }
}

fn matched_normal(input: &GermlineInput<'_>) -> Option<Flag> {
    let (code, weight, detail) = match input.normal {
        Normal::None => return None,
        Normal::Silent => (ReasonCode::NormalNotAssessed, Weight::Remark, String::new()),
        Normal::NotCalled(depth) => {
            let detail = format!("not called, depth {depth}");
            (ReasonCode::AbsentInNormal, Weight::Remark, detail)
        }
        Normal::Called => (
            ReasonCode::InNormal,
            Weight::Doubt,
            "called, no read counts".to_owned(),
        ),
        Normal::Counted(normal) => counted_normal(normal, input.filters),
    };
    Some(Flag::new(code, weight, detail))
}

/// Weighs the reads of a matched normal; a fraction without counts is compared as it is.
fn counted_normal(normal: &Evidence, filters: &Filters) -> (ReasonCode, Weight, String) {
    let Some(vaf) = normal.vaf else {
        return (
            ReasonCode::NormalNotAssessed,
            Weight::Remark,
            normal.counts_from.clone(),
        );
    };
    let (holds, detail) = match (normal.alt_count, normal.depth) {
        (Some(alt), Some(depth)) => (
            filters.normal_min_alt.is_some_and(|least| alt >= least),
            format!("{alt}/{depth}"),
        ),
        _ => (
            filters.normal_clean_vaf.is_some_and(|most| vaf > most),
            format!("VAF {vaf:.4}"),
        ),
    };
    if !holds {
        (ReasonCode::AbsentInNormal, Weight::Remark, detail)
    } else if filters.normal_inherited.is_some_and(|from| vaf >= from) {
        (ReasonCode::InNormal, Weight::Decisive, detail)
    } else {
        (ReasonCode::InNormal, Weight::Doubt, detail)
    }
}

/// Whether a matched normal of enough depth shows that the variant was acquired.
fn normal_is_clean(input: &GermlineInput<'_>) -> bool {
    let deep = |depth: u32| {
        input
            .filters
            .normal_clean_depth
            .is_some_and(|least| depth >= least)
    };
    match input.normal {
        Normal::NotCalled(depth) => deep(*depth),
        Normal::Counted(normal) => {
            let clean = |vaf: f64| input.filters.normal_clean_vaf.is_some_and(|most| vaf <= most);
            normal.depth.is_some_and(deep) && normal.vaf.is_some_and(clean)
        }
        Normal::None | Normal::Silent | Normal::Called => false,
    }
}

fn population(input: &GermlineInput<'_>) -> Option<Flag> {
    let population = input.population?;
    let detail = format!("{} {:.6}", population.field, population.frequency);
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
        return Some(Flag::new(ReasonCode::PopulationRescued, Weight::Remark, detail));
    }
    let weight = if common && !input.known_somatic {
        Weight::Decisive
    } else {
        Weight::Doubt
    };
    Some(Flag::new(ReasonCode::PopulationFrequency, weight, detail))
}

/// A fixed window of fractions that a laboratory reads as inherited, without a test.
fn window(input: &GermlineInput<'_>) -> Option<Flag> {
    let (from, vaf) = (input.filters.germline_from?, input.evidence.vaf?);
    let to = input.filters.germline_to.unwrap_or(1.0);
    let weight = if input.known_somatic || normal_is_clean(input) {
        Weight::Remark
    } else {
        Weight::Doubt
    };
    (from..=to).contains(&vaf).then(|| {
        Flag::new(
            ReasonCode::GermlineWindow,
            weight,
            format!("VAF {vaf:.4} in {from} to {to}"),
        )
    })
}

/// Returns in words of numbers which inherited genotype the fraction fits, if any.
fn fitting_genotype(input: &GermlineInput<'_>) -> Option<String> {
    let filters = input.filters;
    let vaf = input.evidence.vaf?;
    if let Some(from) = filters.germline_homozygous.filter(|from| vaf >= *from) {
        return Some(format!("VAF {vaf:.4} >= {from}"));
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
    (p >= reject_below).then(|| format!("VAF {vaf:.4} fits 0.5, p = {p:.3}"))
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
            normal: &Normal::None,
            missense: false,
            filters: &Filters::default(),
            population: None,
            gene: &gene,
            sex: None,
            known_somatic: false,
            exempt: false,
            inheritance: None,
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
        assert_eq!(
            codes(480, 1000, |i| i.exempt = true),
            [(ReasonCode::GermlineVaf, Weight::Remark)]
        );
    }

    #[test]
    fn a_clean_normal_rules_inheritance_out_and_a_mutated_one_proves_it() {
        let clean = Evidence::from_counts(0, 60, "AD");
        let remark = codes(480, 1000, |i| i.normal = counted(&clean));
        assert_eq!(
            remark,
            [
                (ReasonCode::AbsentInNormal, Weight::Remark),
                (ReasonCode::GermlineVaf, Weight::Remark)
            ]
        );
        let thin = Evidence::from_counts(0, 5, "AD");
        let doubt = codes(480, 1000, |i| i.normal = counted(&thin));
        assert_eq!(
            doubt,
            [
                (ReasonCode::AbsentInNormal, Weight::Remark),
                (ReasonCode::GermlineVaf, Weight::Doubt)
            ]
        );
        let mutated = Evidence::from_counts(30, 60, "AD");
        let decisive = codes(100, 1000, |i| i.normal = counted(&mutated));
        assert_eq!(decisive, [(ReasonCode::InNormal, Weight::Decisive)]);
    }

    fn counted(evidence: &Evidence) -> &'static Normal {
        Box::leak(Box::new(Normal::Counted(evidence.clone())))
    }

    #[test]
    fn absence_needs_depth_and_a_call_without_counts_is_a_doubt() {
        let with = |normal: Normal| codes(480, 1000, |i| i.normal = Box::leak(Box::new(normal.clone())));
        let fits = |weight| (ReasonCode::GermlineVaf, weight);
        assert_eq!(
            with(Normal::NotCalled(20)),
            [(ReasonCode::AbsentInNormal, Weight::Remark), fits(Weight::Remark)]
        );
        assert_eq!(
            with(Normal::NotCalled(19)),
            [(ReasonCode::AbsentInNormal, Weight::Remark), fits(Weight::Doubt)]
        );
        assert_eq!(
            with(Normal::Silent),
            [
                (ReasonCode::NormalNotAssessed, Weight::Remark),
                fits(Weight::Doubt)
            ]
        );
        assert_eq!(
            with(Normal::Called),
            [(ReasonCode::InNormal, Weight::Doubt), fits(Weight::Doubt)]
        );
        let fraction = Normal::Counted(Evidence::from_fraction(0.48, None, "AF (no counts)"));
        assert_eq!(
            with(fraction),
            [(ReasonCode::InNormal, Weight::Decisive), fits(Weight::Doubt)]
        );
        let unknown = Normal::Counted(Evidence::default());
        assert_eq!(
            with(unknown),
            [
                (ReasonCode::NormalNotAssessed, Weight::Remark),
                fits(Weight::Doubt)
            ]
        );
    }

    #[test]
    fn the_variations_of_the_sources_can_be_set() {
        let with = |alt: u32, set: &[&str], symbol: &str| {
            let mut filters = Filters::default();
            for text in set {
                filters.set_text(text).unwrap();
            }
            let gene = PanelGene::of_no_rules(symbol);
            codes(alt, 1000, |i| {
                i.filters = Box::leak(Box::new(filters.clone()));
                i.gene = Box::leak(Box::new(gene.clone()));
                i.missense = true;
            })
        };
        let fits = [(ReasonCode::GermlineVaf, Weight::Doubt)];
        // A plain binomial rejects 0.455 at 1,000 reads, the beta-binomial does not.
        assert_eq!(with(455, &[], "X"), fits);
        assert_eq!(with(455, &["germline_spread=off", "germline_mean=0.5"], "X"), []);
        assert_eq!(with(480, &["germline_test=off"], "X"), []);
        assert_eq!(with(480, &["germline_all_genes=off"], "X"), []);
        assert_eq!(with(480, &["germline_all_genes=off"], "TET2"), fits);
        let window = ["germline_test=off", "germline_from=0.45", "germline_to=0.55"];
        assert_eq!(
            with(500, &window, "X"),
            [(ReasonCode::GermlineWindow, Weight::Doubt)]
        );
        assert_eq!(with(560, &window, "X"), []);
        assert_eq!(
            with(950, &["germline_homozygous=off", "germline_test=off"], "X"),
            []
        );
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
