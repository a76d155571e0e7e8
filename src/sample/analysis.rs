//! From what a file holds on one sample to its result: annotate, match rules, assess, decide, sum up.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;

use super::codon_reader::CodonReader;
use super::codons::Codons;
use super::contradictions::{AnalysisError, Contradictions};
use super::copies::hold_against;
use super::event_limits;
use super::genes::GeneJudge;
use super::hotspots;
use super::identity;
use super::one_call::{Person, background};
use super::phase::read_together;
use super::places::Places;
use super::{
    Analyzer, ChSummary, IdentityHint, InputRecord, PanelRecord, Program, ReadsInput, SampleQuality,
    SampleResult, SiteOnGene, SourceRecord, UnresolvedAllele, summarize,
};
use crate::copies::CopyNumber;
use crate::drivers::{
    Call, CallStatus, KnownClones, Reason, ReasonCode, ReasonValues, filters, set_ratios, told_once,
};
use crate::drivers::{GeneResult, ProteinMap};
use crate::evidence::{Coverage, SampleAllele, Warning};
use crate::genome::{Allele, Chromosome};
use crate::myeloid::assessment::{self, MissedDuplications, MyeloidResult, SequencedSample};
use crate::myeloid::next_steps::{self, BackgroundStatement};
use crate::patient::{Patient, PlasmaInput};
use crate::plasma_cell::{self, PlasmaResult};

/// Version of the layout of [`SampleResult`] and of the tables made of it: the first number is raised where what a reader relies on
/// changes its meaning or goes, the second where something is added.
pub const SCHEMA_VERSION: &str = "2.2.0";

/// What is known of one sample before the analysis.
#[derive(Debug)]
pub struct SampleInput<'a> {
    /// Name of the reports.
    pub name: String,
    /// What is known of the person.
    pub patient: Patient,
    /// The files it was read from.
    pub inputs: Vec<InputRecord>,
    /// Its alleles on the panel, in file order.
    pub alleles: &'a [SampleAllele],
    /// Depths that the file shows.
    pub coverage: &'a Coverage,
    /// Warnings about the file.
    pub warnings: Vec<Warning>,
    /// What alignments say of the sample.
    pub reads: Option<ReadsInput>,
}

impl Analyzer<'_> {
    /// Analyzes one sample.
    pub fn analyze(&self, sample: SampleInput<'_>) -> Result<SampleResult, AnalysisError> {
        let reads = sample.reads.as_ref();
        let copies = self.copies(reads, sample.patient.sex);
        let own = reads.and_then(|reads| self.duplication(&copies, reads, sample.alleles));
        let Some(own) = own else {
            return self.analyze_alleles(sample, copies);
        };
        let alleles: Vec<SampleAllele> = sample.alleles.iter().cloned().chain([own]).collect();
        let sample = SampleInput {
            alleles: &alleles,
            ..sample
        };
        self.analyze_alleles(sample, copies)
    }

    /// Analyzes one sample with everything that its reads tell among its alleles.
    fn analyze_alleles(
        &self,
        mut sample: SampleInput<'_>,
        mut copies: CopyNumber,
    ) -> Result<SampleResult, AnalysisError> {
        // Before anything reads them: two tables of one report must not disagree on what was covered.
        let symbols: Vec<&str> = self.panel.genes.iter().map(|g| g.symbol.as_str()).collect();
        sample.patient.clinical = sample.patient.clinical.naming_genes_as(&symbols);
        let (found, contradictions) = self.by_gene(sample.alleles);
        let unresolved = self.all_unresolved(sample.alleles);
        contradictions.refuse_wrong_file()?;
        sample.warnings.extend(contradictions.warning());
        let warnings = std::mem::take(&mut sample.warnings);
        let calls = self.calls(&sample, found, &contradictions);
        let genes = self.gene_results(&sample, &calls);
        let ch = summarize(&calls, &genes);
        let limits = sample.reads.as_mut().map(|r| std::mem::take(&mut r.event_limits));
        let thresholds = &self.settings.thresholds;
        let (event_limits, itd) = event_limits::settled(limits.unwrap_or_default(), &calls, thresholds);
        let reads = sample.reads.as_ref();
        let identity = identity::hints(sample.alleles, reads.map(|r| r.usual_error_rate));
        let quality = self.quality(&sample, &identity);
        self.add_fractions(&mut copies, &calls, &identity, (reads, sample.patient.sex));
        let myeloid = assessed(&sample.patient, &calls, &genes, (&mut copies, itd.as_ref()));
        let background = taught(&sample, &ch, myeloid.as_ref());
        let plasma_cell = judged(sample.patient.visits, &sample.name, self.plasma_cell);
        let reads = sample.reads.unwrap_or_default();
        let sources = self.cited_sources(&calls, &genes, ch.high_risk.iter().map(|f| f.source.as_str()));
        Ok(SampleResult {
            schema_version: SCHEMA_VERSION.to_owned(),
            program: Program::this(),
            sample: sample.name,
            sex: sample.patient.sex,
            age: sample.patient.age,
            report: sample.patient.report,
            inputs: sample.inputs,
            build: self.site.targets.build,
            panel: self.panel_record(),
            rules: self.site.rules,
            settings: self.settings.clone(),
            ch,
            calls,
            unresolved,
            identity,
            quality,
            hotspots: hotspots::results(reads.hotspots, thresholds),
            event_limits,
            genes,
            copies: Some(copies),
            myeloid,
            plasma_cell,
            background,
            pileups: Vec::new(),
            history: None,
            warnings: warnings.iter().map(ToString::to_string).collect(),
            warnings_coded: warnings,
            sources,
        })
    }

    /// Makes the calls of a sample, in the order of reports.
    fn calls(
        &self,
        sample: &SampleInput<'_>,
        found: BTreeMap<&str, OnGene<'_>>,
        contradictions: &Contradictions<'_>,
    ) -> Vec<Call> {
        let person = Person {
            sex: sample.patient.sex,
            background: background(&sample.patient.clinical, sample.patient.sex),
            known_clones: self.known_clones(&found),
            places: Places::new(sample.alleles, &self.settings),
            has_alignments: sample.reads.is_some(),
        };
        let mut unique = UniqueCalls::default();
        for found in found.into_values() {
            for call in self.calls_of_gene(found, &person) {
                unique.add(call);
            }
        }
        let mut calls = unique.finish();
        calls.extend(contradictions.calls(&self.settings.thresholds));
        set_ratios(&mut calls);
        filters::mark_many_drivers(&mut calls, &self.settings.filters);
        calls.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        calls
    }

    fn gene_results(&self, sample: &SampleInput<'_>, calls: &[Call]) -> Vec<GeneResult> {
        let judge = GeneJudge {
            thresholds: &self.settings.thresholds,
            coverage: sample.coverage,
        };
        let result = |target| {
            let gene = judge.result(target, calls);
            let stated = sample.patient.clinical.states_coverage_of(&gene.gene);
            gene.with_stated_coverage(stated)
        };
        self.site.targets.genes.iter().map(result).collect()
    }

    fn panel_record(&self) -> PanelRecord {
        PanelRecord {
            name: self.panel.name.clone(),
            version: self.panel.version.clone(),
            title: self.panel.title.clone(),
            checksum: self.checksum.clone(),
            genes: self.panel.genes.len(),
        }
    }

    fn quality(&self, sample: &SampleInput<'_>, identity: &[IdentityHint]) -> Option<SampleQuality> {
        let reads = sample.reads.as_ref()?;
        Some(SampleQuality::new(
            reads,
            identity,
            &self.site.targets,
            sample.coverage,
            &self.settings,
            sample.patient.sex,
        ))
    }

    /// Annotates every allele on each panel gene that it lies in; records that contradict the reference are kept apart.
    fn by_gene<'s>(
        &'s self,
        alleles: &'s [SampleAllele],
    ) -> (BTreeMap<&'s str, OnGene<'s>>, Contradictions<'s>) {
        let mut genes: BTreeMap<&str, OnGene<'s>> = BTreeMap::new();
        let mut contradictions = Contradictions::new(self.site);
        for allele in alleles {
            let variant = match &allele.allele {
                Allele::Sequence(variant) => variant,
                Allele::Event(event) => {
                    for site in self.site.place(event) {
                        let symbol = site.target.gene.symbol.as_str();
                        genes.entry(symbol).or_default().push((allele, site));
                    }
                    continue;
                }
            };
            match self.site.annotate(variant, &allele.annotations) {
                Ok(sites) => {
                    contradictions.agrees(variant, !sites.is_empty());
                    for site in sites {
                        let symbol = site.target.gene.symbol.as_str();
                        genes.entry(symbol).or_default().push((allele, site));
                    }
                }
                Err(error) => contradictions.add(allele, variant, error),
            }
        }
        (genes, contradictions)
    }

    /// Returns the known somatic changes of the sample with their VAF: where one clone is, another mutation may be.
    fn known_clones(&self, found: &BTreeMap<&str, OnGene<'_>>) -> KnownClones {
        let least = self.settings.thresholds.min_vaf;
        let mut clones = Vec::new();
        for (allele, site) in found.values().flatten() {
            let Some(vaf) = allele.evidence.vaf.filter(|v| *v >= least) else {
                continue;
            };
            if self
                .site
                .rule(site.target.gene, site, &allele.evidence)
                .known_somatic
            {
                clones.push((site.variant.clone(), vaf));
            }
        }
        KnownClones::new(clones)
    }

    /// Makes the calls of one gene, those of one codon read together.
    fn calls_of_gene(&self, found: OnGene<'_>, person: &Person) -> Vec<Call> {
        let Some(target) = found.first().map(|(_, site)| site.target) else {
            return Vec::new();
        };
        let (alleles, mut sites): (Vec<_>, Vec<_>) = found
            .into_iter()
            .map(|(allele, site)| (allele, Some(site)))
            .unzip();
        let codons = Codons {
            transcript: target.transcript,
            bases: self.site.annotator.bases(),
        };
        let reader = CodonReader {
            site: self.site,
            target,
        };
        let accept = |merged: &SampleAllele, members: &[&SampleAllele]| reader.may_merge(merged, members);
        let mut calls = Vec::with_capacity(alleles.len());
        for reading in read_together(&alleles, &codons, &accept) {
            let site = match reading.index {
                Some(index) => sites.get_mut(index).and_then(Option::take),
                None => reading.allele.sequence().and_then(|v| reader.site_of(v)),
            };
            if let Some(site) = site {
                calls.push(self.call(site, &reader, &reading, person));
            }
        }
        calls
    }

    /// Returns the events that no call was made of.
    fn all_unresolved(&self, alleles: &[SampleAllele]) -> Vec<UnresolvedAllele> {
        let is_left = |a: &&SampleAllele| a.event().is_some_and(|e| self.site.place(e).is_empty());
        alleles
            .iter()
            .filter(is_left)
            .filter_map(|a| self.unresolved(a))
            .collect()
    }

    fn unresolved(&self, allele: &SampleAllele) -> Option<UnresolvedAllele> {
        let chromosome = Chromosome::parse(&allele.file_allele.contig)?;
        let position = allele.file_allele.position;
        let instead = allele.event();
        let end = instead.map_or(position, |n| n.end.max(position));
        let genes: Vec<String> = self
            .site
            .targets
            .overlapping(chromosome, &(position..=end))
            .map(|t| t.gene.symbol.clone())
            .collect();
        Some(UnresolvedAllele {
            genes,
            file_allele: allele.file_allele.clone(),
            evidence: allele.evidence.clone(),
            caller_filter: allele.caller_filter.clone(),
            why: instead.map(|n| n.written.clone()).unwrap_or_default(),
            why_coded: instead.and_then(|n| n.written_coded.clone()),
        })
    }

    /// Collects the panel's sources that a report of these calls and genes cites.
    fn cited_sources<'s>(
        &self,
        calls: &'s [Call],
        genes: &'s [GeneResult],
        flags: impl Iterator<Item = &'s str>,
    ) -> IndexMap<String, SourceRecord> {
        let rules = calls
            .iter()
            .flat_map(|c| &c.rules)
            .flat_map(|r| &r.sources)
            .map(String::as_str);
        let facts = genes.iter().flat_map(|g| &g.facts).map(|f| f.source.as_str());
        let maps = genes.iter().filter_map(|g| g.protein.as_ref());
        let places = maps.flat_map(ProteinMap::sources).map(String::as_str);
        let cited: BTreeSet<&str> = rules.chain(facts).chain(places).chain(flags).collect();
        self.panel
            .sources
            .iter()
            .filter(|(key, _)| cited.contains(key.as_str()))
            .map(|(key, s)| {
                (
                    key.clone(),
                    SourceRecord {
                        citation: s.citation.clone(),
                        doi: s.doi.clone(),
                    },
                )
            })
            .collect()
    }
}

/// Assesses the patient, and holds the copies that depth tells against what is stated.
fn assessed(
    patient: &Patient,
    calls: &[Call],
    genes: &[GeneResult],
    (copies, itd): (&mut CopyNumber, Option<&MissedDuplications>),
) -> Option<MyeloidResult> {
    let sequenced = SequencedSample {
        sex: patient.sex,
        age: patient.age,
        calls,
        genes,
        copies: Some(copies),
        itd,
    };
    let clinical = &patient.clinical;
    let mut myeloid = assessment::assess(&sequenced, clinical);
    if let Some(myeloid) = myeloid.as_mut() {
        hold_against(copies, clinical, myeloid.karyotype.as_ref());
        myeloid.contradictions.extend(copies.contradictions(clinical));
        let is_of_tp53 = |c: &Call| c.consequence.gene == "TP53" && c.status.is_driver_or_review();
        let notes = copies.notes(calls.iter().any(is_of_tp53), clinical);
        myeloid.notes.extend(notes);
    }
    myeloid
}

/// Returns what is taught about the mutated genes, found or stated, and the stage.
fn taught(
    sample: &SampleInput<'_>,
    ch: &ChSummary,
    myeloid: Option<&MyeloidResult>,
) -> Vec<BackgroundStatement> {
    let stated = &sample.patient.clinical.genes;
    let mutated = stated
        .iter()
        .filter(|(_, m)| **m)
        .map(|(gene, _)| gene.to_string());
    let mutated: Vec<String> = ch.genes.iter().cloned().chain(mutated).collect();
    next_steps::background(&mutated, myeloid.map(|m| &m.stage))
}

/// Judges the plasma-cell visits, under the sample's name and without the place in their file.
fn judged(visits: Vec<PlasmaInput>, name: &str, settings: plasma_cell::Settings) -> Option<PlasmaResult> {
    let visits: Vec<PlasmaInput> = visits
        .into_iter()
        .map(|visit| PlasmaInput {
            sample: name.to_owned(),
            line: 0,
            ..visit
        })
        .collect();
    plasma_cell::assess(&visits, settings)
}

/// Alleles on one gene, in file order.
type OnGene<'s> = Vec<(&'s SampleAllele, SiteOnGene<'s, 's>)>;

/// Drivers first, then along the genome.
fn sort_key(call: &Call) -> (CallStatus, &Allele, &str) {
    (call.status, &call.variant, &call.consequence.gene)
}

/// Calls by variant and gene: a variant that stands in the file twice becomes one call.
#[derive(Default)]
struct UniqueCalls {
    calls: Vec<Call>,
    index: HashMap<(Allele, String), usize>,
}

impl UniqueCalls {
    /// Adds a call; of two for the same variant the one with more to say is kept (counts, PASS, first in the file).
    fn add(&mut self, call: Call) {
        let key = (call.variant.clone(), call.consequence.gene.clone());
        let alike = || self.calls.iter().position(|known| is_same_event(known, &call));
        let Some(at) = self.index.get(&key).copied().or_else(alike) else {
            self.index.insert(key, self.calls.len());
            self.calls.push(call);
            return;
        };
        let kept = &mut self.calls[at];
        let dropped = if worth(&call) > worth(kept) {
            std::mem::replace(kept, call)
        } else {
            call
        };
        let allele = &dropped.file_allele;
        let values = ReasonValues::Record {
            position: allele.position,
            reference: allele.reference.clone(),
            alternate: allele.alternate.clone(),
            counts_from: dropped.evidence.counts_from.clone(),
            note: dropped.evidence.counts_note.clone(),
        };
        kept.reasons
            .push(Reason::new(ReasonCode::DuplicateRecord, values));
    }

    /// Returns the calls, each reason told once.
    fn finish(self) -> Vec<Call> {
        let told_once = |mut call: Call| {
            call.reasons = told_once(call.reasons);
            call
        };
        self.calls.into_iter().map(told_once).collect()
    }
}

/// Bases by which callers may differ about the ends or the length of one event.
const EVENT_LEEWAY: u32 = 3;

/// Whether two calls are one event in two descriptions, of which one at least gives no bases: both ends of a junction, two callers.
fn is_same_event(a: &Call, b: &Call) -> bool {
    let (Some(x), Some(y)) = (&a.consequence.event, &b.consequence.event) else {
        return false;
    };
    let near = |a: u32, b: u32| a.abs_diff(b) <= EVENT_LEEWAY;
    let same_length = match (x.length, y.length) {
        (Some(x), Some(y)) => near(x, y),
        _ => false,
    };
    let same_place = match (x.stretch, y.stretch) {
        (Some(x), Some(y)) => near(x.0, y.0) && near(x.1, y.1),
        // An insertion without its bases may stand before or behind the copy that a duplication is.
        (Some((first, last)), None) => touches(first, last, &b.variant),
        (None, Some((first, last))) => touches(first, last, &a.variant),
        (None, None) => near(a.variant.position(), b.variant.position()),
    };
    let any_event = a.variant.event().is_some() || b.variant.event().is_some();
    any_event && x.name == y.name && a.consequence.gene == b.consequence.gene && same_length && same_place
}

/// Whether an allele stands at or within a stretch.
fn touches(first: u32, last: u32, allele: &Allele) -> bool {
    allele.position() + 1 + EVENT_LEEWAY >= first && allele.position() <= last + EVENT_LEEWAY
}

fn worth(call: &Call) -> (bool, bool, bool, bool) {
    (
        call.variant.sequence().is_some(),
        call.evidence.alt_count.is_some(),
        call.evidence.vaf.is_some(),
        call.caller_filter.as_deref() == Some("PASS"),
    )
}
