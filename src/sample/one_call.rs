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
    VerdictState, Weight, decide, filters, germline, recount, threshold,
};
use crate::evidence::{CountsNote, SampleAllele};
use crate::genome::Sex;
use crate::genome::{Allele, EventKind};
use crate::panel::PanelGene;
use crate::patient::Clinical;
use crate::transcript::{Consequence, EventName, SoTerm};

/// What the rules know of a change before the reads are looked at.
#[derive(Clone, Copy)]
struct Known {
    /// Whether it is a known somatic change.
    somatic: bool,
    /// Whether a rule spares it from the germline test.
    exempt: bool,
}

/// What speaks against a somatic mutation.
struct Doubts {
    inheritance: Option<Inheritance>,
    /// What speaks for inheritance.
    germline: Vec<Flag>,
    /// What speaks for an error.
    artifact: Vec<Flag>,
}

/// What is the same for all calls of a sample.
pub(super) struct Person {
    pub sex: Option<Sex>,
    pub background: CloneBackground,
    /// Known somatic changes.
    pub known_clones: KnownClones,
    pub places: Places,
    /// Whether alignments were counted.
    pub has_alignments: bool,
}

/// Says that an event's ends are not told to the base, so that nobody relies on its length.
fn told_about(allele: &SampleAllele) -> Option<Flag> {
    let event = allele.event()?;
    let evidence = &allele.evidence;
    if let Some(CountsNote::DepthAlone { .. }) = evidence.counts_note.as_deref() {
        let ratio = evidence.counts_from.clone();
        return Some(Flag::new(ReasonCode::DepthOnly, Weight::Review, ratio));
    }
    // An insertion without its bases has a place and a length all the same.
    let told = event.precise || (event.kind == EventKind::Insertion && event.length.is_some());
    (!told).then(|| Flag::new(ReasonCode::EventImprecise, Weight::Review, event.written.clone()))
}

/// Says that a duplication of FLT3 lies where hardly any does.
fn outside(site: &SiteOnGene<'_, '_>) -> Option<Flag> {
    let event = site.consequence.event.as_ref()?;
    (event.name == EventName::Flt3Itd && event.domain.is_none())
        .then(|| Flag::new(ReasonCode::OutsideJuxtamembrane, Weight::Review, ""))
}

/// Says that the frame of a duplication hangs on splicing.
fn reaches_intron(site: &SiteOnGene<'_, '_>) -> Option<Flag> {
    let event = site.consequence.event.as_ref()?;
    let (first, last) = event.stretch?;
    let in_intron = |position| site.target.transcript.c_position(position).offset != 0;
    (event.name == EventName::Flt3Itd && (in_intron(first) || in_intron(last)))
        .then(|| Flag::new(ReasonCode::ReachesIntron, Weight::Review, ""))
}

/// Bases gained from which reads that end within an insertion, and that callers take for the reference, weigh (assumption: of reads of 150
/// bases a seventh).
const UNSPANNED: u32 = 20;

/// Says that a caller's counts of a duplication may favor the wild type; ours are taken at a junction that every read can pass.
fn long_insertion(site: &SiteOnGene<'_, '_>, allele: &SampleAllele, person: &Person) -> Option<Flag> {
    let event = site.consequence.event.as_ref()?;
    let length = event.length.filter(|n| *n >= UNSPANNED)?;
    let counted_here = allele.recount.is_some() || (person.has_alignments && allele.sequence().is_some());
    let is_long = event.name == EventName::Flt3Itd && !counted_here;
    is_long.then(|| Flag::new(ReasonCode::LongInsertion, Weight::Remark, format!("{length} bp")))
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
        let (gene, allele) = (site.target.gene, reading.allele.as_ref());
        let mut ruling = self.site.rule(gene, &site, &allele.evidence);
        reader.weigh(&mut ruling.verdict, reading);
        let doubts = self.doubts(&site, allele, person, &ruling);
        let SiteOnGene {
            variant, consequence, ..
        } = site;
        let (evidence, limits) = (&allele.evidence, &self.settings.thresholds);
        let thresholds = threshold::check(evidence, gene, person.sex, limits, ruling.min_alt);
        let ipssm = opinion(&OpinionInput {
            gene,
            consequence: &consequence,
            verdict: &ruling.oncogenic,
            evidence,
            thresholds: limits,
            filters: &self.settings.filters,
            germline: &doubts.germline,
            artifact: &doubts.artifact,
            inheritance: doubts.inheritance.as_ref(),
            phase_decides: phase_decides(&ruling.verdict),
        });
        let vaf_threshold = thresholds.vaf_threshold;
        let said = ruling.verdict.clone();
        let (status, reasons) = decide(Opinions {
            rules: ruling.verdict,
            thresholds,
            germline: doubts.germline,
            artifact: doubts.artifact,
        });
        Call {
            common_name: gene.common_name(&consequence),
            variant,
            file_allele: allele.file_allele.clone(),
            consequence,
            evidence: evidence.clone(),
            recount: allele.recount.clone(),
            normal: allele.normal.evidence().cloned(),
            caller_filter: allele.caller_filter.clone(),
            population: allele.population.clone(),
            allelic_ratio: None,
            phase: allele.phase.clone(),
            status,
            rule: said.rule,
            rules: said.rules,
            rule_sets: said.sets_for,
            rule_sets_against: said.sets_against,
            ipssm_gene: gene.is_ipssm(),
            ipssm,
            inheritance: doubts.inheritance,
            vaf_threshold,
            reasons,
        }
    }

    /// What speaks against a somatic mutation.
    fn doubts(
        &self,
        site: &SiteOnGene<'_, '_>,
        allele: &SampleAllele,
        person: &Person,
        ruling: &Ruling,
    ) -> Doubts {
        let (gene, variant) = (site.target.gene, &site.variant);
        let known = Known {
            somatic: ruling.known_somatic,
            exempt: ruling.germline_exempt,
        };
        let inheritance = self.inheritance(gene, allele, variant, person, ruling.inheritance_kind);
        let germline = self.inherited(
            gene,
            allele,
            &site.consequence,
            person,
            known,
            inheritance.as_ref(),
        );
        let mut artifact = self.artifact(allele, variant, person, known);
        artifact.extend(recount::assess(&allele.evidence, allele.recount.as_ref()));
        artifact.extend(told_about(allele));
        artifact.extend(long_insertion(site, allele, person));
        artifact.extend(outside(site));
        artifact.extend(reaches_intron(site));
        Doubts {
            inheritance,
            germline,
            artifact,
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
        variant: &Allele,
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
    fn artifact(&self, allele: &SampleAllele, variant: &Allele, person: &Person, known: Known) -> Vec<Flag> {
        filters::assess(
            &filters::FilterInput {
                variant,
                evidence: &allele.evidence,
                caller_filter: allele.caller_filter.as_deref(),
                alternates: person.places.alternates(&allele.file_allele),
                clusters: &person.places.clusters,
                recurrence: self
                    .recurrent
                    .zip(variant.sequence())
                    .and_then(|(list, v)| list.of(v)),
                known_somatic: known.somatic,
                bases: self.site.annotator.bases(),
            },
            &self.settings.filters,
        )
    }
}
