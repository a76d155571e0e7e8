//! One call: what the rules, the thresholds, inheritance, errors and IPSS-M make of an allele on a gene.

use super::analyzer::Analyzer;
use super::codon_reader::CodonReader;
use super::codons::Reading;
use super::places::Places;
use super::{Ruling, SiteOnGene};
use crate::drivers::inheritance::{InheritanceInput, inheritance};
use crate::drivers::oncogenic::{OpinionInput, opinion};
use crate::drivers::{
    Call, CloneBackground, Flag, Inheritance, InheritanceKind, KnownClones, Opinions, ReasonCode, Verdict,
    VerdictState, decide, filters, germline, recount, threshold,
};
use crate::evidence::SampleAllele;
use crate::genome::Sex;
use crate::genome::Variant;
use crate::myeloid::clinical::Clinical;
use crate::panel::PanelGene;
use crate::transcript::{Consequence, SoTerm};

/// What the rules know of a change before the reads are looked at.
#[derive(Clone, Copy)]
struct Known {
    /// Whether it is a known somatic change.
    somatic: bool,
    /// Whether a rule spares it from the germline test.
    exempt: bool,
}

/// What is the same for all calls of a sample.
pub(super) struct Person {
    pub sex: Option<Sex>,
    pub background: CloneBackground,
    /// Known somatic changes.
    pub known_clones: KnownClones,
    pub places: Places,
}

/// Marrow blasts from which large clones are ordinary, per cent (the least that WHO 2022 counts as increased).
const INCREASED_BLASTS: f64 = 5.0;

/// Returns how large clones are to be expected: any sign of a myeloid disease makes large ones ordinary.
pub(super) fn background(clinical: &Clinical, sex: Option<Sex>) -> CloneBackground {
    let findings = clinical.findings(sex, None);
    let blasts = findings.marrow_blasts.is_some_and(|b| b >= INCREASED_BLASTS)
        || findings.blood_blasts.is_some_and(|b| b >= 1.0);
    let clonal_cytogenetics = [
        clinical.del5q,
        clinical.del7_7q,
        clinical.del17_17p,
        clinical.complex,
    ]
    .contains(&Some(true));
    let ill = findings.cytopenia().any() == Some(true)
        || findings.dysplastic_lineages.is_some_and(|n| n > 0)
        || blasts
        || clonal_cytogenetics;
    if ill {
        CloneBackground::Disease
    } else {
        CloneBackground::UnknownOrHealthy
    }
}

/// Whether the verdict hangs on the phase to another change of the codon.
fn phase_decides(verdict: &Verdict) -> bool {
    verdict.state == VerdictState::Review
        && verdict
            .reasons
            .iter()
            .any(|r| r.code == ReasonCode::UnphasedCodon)
}

impl Analyzer<'_> {
    /// Makes the call of one reading on one gene.
    pub(super) fn call(
        &self,
        site: SiteOnGene<'_, '_>,
        reader: &CodonReader<'_>,
        reading: &Reading<'_>,
        person: &Person,
    ) -> Call {
        let gene = site.target.gene;
        let allele = reading.allele.as_ref();
        let Ruling {
            mut verdict,
            known_somatic,
            germline_exempt,
            oncogenic,
            inheritance_kind,
            min_alt,
        } = self.site.rule(gene, &site, &allele.evidence);
        reader.weigh(&mut verdict, reading);
        let SiteOnGene {
            variant, consequence, ..
        } = site;
        let thresholds = threshold::check(
            &allele.evidence,
            gene,
            person.sex,
            &self.settings.thresholds,
            min_alt,
        );
        let known = Known {
            somatic: known_somatic,
            exempt: germline_exempt,
        };
        let inheritance = self.inheritance(gene, allele, &variant, person, inheritance_kind);
        let germline = self.inherited(gene, allele, &consequence, person, known, inheritance.as_ref());
        let mut artifact = self.artifact(allele, &variant, person, known);
        artifact.extend(recount::assess(&allele.evidence, allele.recount.as_ref()));
        let ipssm = opinion(&OpinionInput {
            gene,
            consequence: &consequence,
            verdict: &oncogenic,
            evidence: &allele.evidence,
            thresholds: &self.settings.thresholds,
            filters: &self.settings.filters,
            germline: &germline,
            artifact: &artifact,
            inheritance: inheritance.as_ref(),
            phase_decides: phase_decides(&verdict),
        });
        let vaf_threshold = thresholds.vaf_threshold;
        let said = verdict.clone();
        let (status, reasons) = decide(Opinions {
            rules: verdict,
            thresholds,
            germline,
            artifact,
        });
        Call {
            common_name: gene.common_name(&consequence),
            variant,
            file_allele: allele.file_allele.clone(),
            consequence,
            evidence: allele.evidence.clone(),
            recount: allele.recount.clone(),
            normal: allele.normal.evidence().cloned(),
            caller_filter: allele.caller_filter.clone(),
            population: allele.population.clone(),
            status,
            rule: said.rule,
            rules: said.rules,
            rule_sets: said.sets_for,
            rule_sets_against: said.sets_against,
            ipssm_gene: gene.is_ipssm(),
            ipssm,
            inheritance,
            vaf_threshold,
            reasons,
        }
    }

    /// What speaks to inheritance.
    fn inherited(
        &self,
        gene: &PanelGene,
        allele: &SampleAllele,
        consequence: &Consequence,
        person: &Person,
        known: Known,
        inheritance: Option<&Inheritance>,
    ) -> Vec<Flag> {
        germline::assess(&germline::GermlineInput {
            evidence: &allele.evidence,
            normal: &allele.normal,
            population: allele.population.as_ref(),
            gene,
            sex: person.sex,
            missense: consequence.terms.contains(&SoTerm::Missense),
            filters: &self.settings.filters,
            known_somatic: known.somatic,
            exempt: known.exempt,
            inheritance,
        })
    }

    /// How likely the variant is inherited.
    fn inheritance(
        &self,
        gene: &PanelGene,
        allele: &SampleAllele,
        variant: &Variant,
        person: &Person,
        kind: InheritanceKind,
    ) -> Option<Inheritance> {
        let others = person.known_clones.besides(variant);
        inheritance(&InheritanceInput {
            evidence: &allele.evidence,
            normal: &allele.normal,
            population: allele.population.as_ref(),
            gene,
            sex: person.sex,
            kind,
            background: person.background,
            other_clones: &others,
            filters: &self.settings.filters,
        })
    }

    /// What speaks for an error.
    fn artifact(&self, allele: &SampleAllele, variant: &Variant, person: &Person, known: Known) -> Vec<Flag> {
        filters::assess(
            &filters::FilterInput {
                variant,
                evidence: &allele.evidence,
                caller_filter: allele.caller_filter.as_deref(),
                alternates: person.places.alternates(&allele.file_allele),
                clusters: &person.places.clusters,
                recurrence: self.recurrent.and_then(|list| list.of(variant)),
                known_somatic: known.somatic,
                bases: self.site.annotator.bases(),
            },
            &self.settings.filters,
        )
    }
}
