//! From what a file holds on one sample to its result: annotate, match rules, assess, decide, sum up.

use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

use indexmap::IndexMap;

use super::file_annotation;
use super::targets::{GeneTarget, Targets};
use super::{
    GeneResult, InputRecord, PanelRecord, Program, SampleResult, Settings, Sex, SourceRecord,
    UnresolvedAllele, detection_limit, summarize,
};
use crate::drivers::{
    Call, CallStatus, Opinions, Reason, ReasonCode, artifact, consensus, decide, germline, is_known_somatic,
    match_rules, threshold, undetermined_rules,
};
use crate::genome::{Chromosome, Variant};
use crate::panel::{Panel, RuleSetChoice};
use crate::transcript::{AnnotateError, Annotator, Consequence, SequenceSource};
use crate::variants::{Coverage, DepthRange, SampleAllele};

/// Version of the layout of [`SampleResult`].
pub const SCHEMA_VERSION: &str = "1.0";

/// What is the same for all samples of one build.
#[derive(Debug)]
pub struct Analyzer<'a> {
    /// The panel.
    pub panel: &'a Panel,
    /// Checksum of the panel.
    pub checksum: String,
    /// Where it looks.
    pub targets: Targets<'a>,
    /// Transcripts and sequence.
    pub annotator: &'a Annotator,
    /// The rule set that decides.
    pub rules: RuleSetChoice,
    /// Cut-offs and options, recorded in each result.
    pub settings: Settings,
}

/// What is known of one sample before the analysis.
#[derive(Debug)]
pub struct SampleInput<'a> {
    /// Name of the reports.
    pub name: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// Age in years.
    pub age: Option<f64>,
    /// The file it was read from.
    pub input: InputRecord,
    /// Its alleles on the panel, in file order.
    pub alleles: &'a [SampleAllele],
    /// Depths that the file shows.
    pub coverage: &'a Coverage,
    /// Warnings about the file.
    pub warnings: Vec<String>,
}

/// An allele that contradicts the reference sequence: the sample cannot be analyzed.
#[derive(Debug, thiserror::Error)]
#[error("{contig}:{position} {reference}>{alternate}")]
pub struct AnalysisError {
    /// Contig as in the file.
    contig: String,
    /// Position as in the file.
    position: u32,
    /// REF as in the file.
    reference: String,
    /// ALT as in the file.
    alternate: String,
    /// What is wrong.
    source: AnnotateError,
}

impl Analyzer<'_> {
    /// Analyzes one sample.
    pub fn analyze(&self, sample: SampleInput<'_>) -> Result<SampleResult, AnalysisError> {
        let mut unresolved = Vec::new();
        let mut unique = UniqueCalls::default();
        for allele in sample.alleles {
            match &allele.variant {
                Some(variant) => {
                    for call in self.calls_of(variant, allele, sample.sex)? {
                        unique.add(call);
                    }
                }
                None => unresolved.extend(self.unresolved(allele)),
            }
        }
        let mut calls = unique.calls;
        calls.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        let genes: Vec<GeneResult> = self
            .targets
            .genes
            .iter()
            .map(|t| self.gene_result(t, &calls, sample.coverage))
            .collect();
        let ch = summarize(&calls, &genes);
        let sources = self.cited_sources(&calls, &genes, ch.high_risk.iter().map(|f| f.source.as_str()));
        Ok(SampleResult {
            schema_version: SCHEMA_VERSION.to_owned(),
            program: Program {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            sample: sample.name,
            sex: sample.sex,
            age: sample.age,
            inputs: vec![sample.input],
            build: self.targets.build,
            panel: PanelRecord {
                name: self.panel.name.clone(),
                version: self.panel.version.clone(),
                title: self.panel.title.clone(),
                checksum: self.checksum.clone(),
                genes: self.panel.genes.len(),
            },
            rules: self.rules,
            settings: self.settings.clone(),
            ch,
            calls,
            unresolved,
            genes,
            warnings: sample.warnings,
            sources,
        })
    }

    /// Makes one call per panel gene that the variant lies in (there is nearly always one).
    fn calls_of(
        &self,
        variant: &Variant,
        allele: &SampleAllele,
        sex: Option<Sex>,
    ) -> Result<Vec<Call>, AnalysisError> {
        let variant = variant.clone().left_aligned(self.annotator.bases());
        let range = touched(&variant);
        self.targets
            .overlapping(variant.chromosome(), &range)
            .map(|target| {
                let consequence =
                    self.consequence(&variant, target, allele)
                        .map_err(|source| AnalysisError {
                            contig: allele.file_allele.contig.clone(),
                            position: allele.file_allele.position,
                            reference: allele.file_allele.reference.clone(),
                            alternate: allele.file_allele.alternate.clone(),
                            source,
                        })?;
                Ok(self.call(variant.clone(), consequence, target, allele, sex))
            })
            .collect()
    }

    /// Annotates from sequence; where there is none, takes over what the file says on the panel's transcript.
    fn consequence(
        &self,
        variant: &Variant,
        target: &GeneTarget<'_>,
        allele: &SampleAllele,
    ) -> Result<Consequence, AnnotateError> {
        let own = self.annotator.annotate(variant, target.transcript)?;
        if own.source != SequenceSource::None {
            return Ok(own);
        }
        Ok(file_annotation::take_over(&own, &allele.annotations, target.transcript).unwrap_or(own))
    }

    fn call(
        &self,
        variant: Variant,
        consequence: Consequence,
        target: &GeneTarget<'_>,
        allele: &SampleAllele,
        sex: Option<Sex>,
    ) -> Call {
        let gene = target.gene;
        let matches = match_rules(gene, &consequence, &variant, &allele.evidence);
        let known_somatic = is_known_somatic(gene, &consequence, &matches);
        let undetermined = undetermined_rules(gene, &consequence, &variant);
        let verdict = consensus::decide(self.rules, gene, &consequence, matches, &undetermined);
        let rule_min_alt = gene
            .rules
            .iter()
            .find(|r| Some(&r.id) == verdict.rule.as_ref())
            .and_then(|r| r.min_alt);
        let thresholds = threshold::check(
            &allele.evidence,
            gene,
            sex,
            &self.settings.thresholds,
            rule_min_alt,
        );
        let germline = germline::assess(&germline::GermlineInput {
            evidence: &allele.evidence,
            normal: allele.normal.as_ref(),
            population: allele.population.as_ref(),
            gene,
            sex,
            known_somatic,
        });
        let artifact = artifact::assess(
            Some(&variant),
            &allele.evidence,
            allele.caller_filter.as_deref(),
            self.annotator.bases(),
        );
        let vaf_threshold = thresholds.vaf_threshold;
        let (rule, rules) = (verdict.rule.clone(), verdict.rules.clone());
        let (rule_sets, rule_sets_against) = (verdict.sets_for.clone(), verdict.sets_against.clone());
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
            normal: allele.normal.clone(),
            caller_filter: allele.caller_filter.clone(),
            population: allele.population.clone(),
            status,
            rule,
            rules,
            rule_sets,
            rule_sets_against,
            ipssm_gene: gene.is_ipssm(),
            vaf_threshold,
            reasons,
        }
    }

    fn unresolved(&self, allele: &SampleAllele) -> Option<UnresolvedAllele> {
        let chromosome = Chromosome::parse(&allele.file_allele.contig)?;
        let position = allele.file_allele.position;
        let genes: Vec<String> = self
            .targets
            .overlapping(chromosome, &(position..=position))
            .map(|t| t.gene.symbol.clone())
            .collect();
        Some(UnresolvedAllele {
            genes,
            file_allele: allele.file_allele.clone(),
            evidence: allele.evidence.clone(),
            caller_filter: allele.caller_filter.clone(),
            why: allele.not_a_sequence.clone().unwrap_or_default(),
        })
    }

    fn gene_result(&self, target: &GeneTarget<'_>, calls: &[Call], coverage: &Coverage) -> GeneResult {
        let gene = target.gene;
        let own: Vec<&Call> = calls
            .iter()
            .filter(|c| c.consequence.gene == gene.symbol)
            .collect();
        let count = |status| own.iter().filter(|c| c.status == status).count();
        let (drivers, drivers_to_review) = (count(CallStatus::Driver), count(CallStatus::DriverReview));
        let seen = self.assessed(target, coverage);
        let largest_vaf = own
            .iter()
            .filter(|c| matches!(c.status, CallStatus::Driver | CallStatus::DriverReview))
            .filter_map(|c| c.evidence.vaf)
            .fold(None, |best: Option<f64>, v| Some(best.map_or(v, |b| b.max(v))));
        let other_calls = own.len() - drivers - drivers_to_review;
        GeneResult {
            gene: gene.symbol.clone(),
            transcript: gene.transcript.clone(),
            class: gene.class,
            ipssm: gene.ipssm,
            chrs_high_risk: gene.chrs_high_risk,
            state: GeneResult::state_of(
                drivers + drivers_to_review,
                other_calls,
                seen.target_bases,
                seen.assessed_bases,
            ),
            drivers,
            drivers_to_review,
            other_calls,
            largest_vaf,
            target_bases: seen.target_bases,
            assessed_bases: seen.assessed_bases,
            min_depth: seen.min_depth,
            detection_limit: seen.detection_limit,
            facts: gene.facts.clone(),
        }
    }

    /// Counts the target bases at which a clone at the VAF threshold would have been seen with 95 % power.
    fn assessed(&self, target: &GeneTarget<'_>, coverage: &Coverage) -> Assessed {
        let thresholds = &self.settings.thresholds;
        let chromosome = target.transcript.chromosome();
        let (mut target_bases, mut known_bases, mut assessed_bases) = (0, 0, 0);
        let mut min_depth: Option<u32> = None;
        for range in &target.target {
            target_bases += range.end() - range.start() + 1;
            for DepthRange { first, last, depth } in covered(coverage, chromosome, range) {
                let bases = last - first + 1;
                known_bases += bases;
                min_depth = Some(min_depth.map_or(depth, |m| m.min(depth)));
                let limit = detection_limit(depth, thresholds.min_alt);
                if depth >= thresholds.min_depth && limit.is_some_and(|l| l <= thresholds.min_vaf) {
                    assessed_bases += bases;
                }
            }
        }
        // A limit for the gene is a statement on all of it.
        let whole = known_bases == target_bases && target_bases > 0;
        let detection_limit = min_depth
            .filter(|_| whole)
            .and_then(|d| detection_limit(d, thresholds.min_alt));
        Assessed {
            target_bases,
            assessed_bases,
            min_depth,
            detection_limit,
        }
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
        let facts = genes
            .iter()
            .filter(|g| g.drivers + g.drivers_to_review > 0)
            .flat_map(|g| &g.facts)
            .map(|f| f.source.as_str());
        let cited: BTreeSet<&str> = rules.chain(facts).chain(flags).collect();
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

struct Assessed {
    target_bases: u32,
    assessed_bases: u32,
    min_depth: Option<u32>,
    detection_limit: Option<f64>,
}

/// Returns the reference bases that a variant touches: an insertion lies between its anchor and the next base.
fn touched(variant: &Variant) -> RangeInclusive<u32> {
    variant.position()..=variant.end()
}

/// Returns the stretches of known depth within a range.
fn covered(
    coverage: &Coverage,
    chromosome: Chromosome,
    range: &RangeInclusive<u32>,
) -> impl Iterator<Item = DepthRange> {
    let (start, end) = (*range.start(), *range.end());
    let ranges = coverage.of(chromosome);
    let first = ranges.partition_point(|r| r.last < start);
    ranges[first..]
        .iter()
        .take_while(move |r| r.first <= end)
        .map(move |r| DepthRange {
            first: r.first.max(start),
            last: r.last.min(end),
            depth: r.depth,
        })
}

/// Drivers first, then along the genome.
fn sort_key(call: &Call) -> (CallStatus, &Variant, &str) {
    (call.status, &call.variant, &call.consequence.gene)
}

/// Calls by variant and gene: a variant that stands in the file twice becomes one call.
#[derive(Default)]
struct UniqueCalls {
    calls: Vec<Call>,
    index: HashMap<(Variant, String), usize>,
}

impl UniqueCalls {
    /// Adds a call; of two for the same variant the one with more to say is kept (counts, PASS, first in the file).
    fn add(&mut self, call: Call) {
        let key = (call.variant.clone(), call.consequence.gene.clone());
        let Some(&at) = self.index.get(&key) else {
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
        let detail = format!(
            "{} {}>{} {}",
            allele.position, allele.reference, allele.alternate, dropped.evidence.counts_from
        );
        kept.reasons.push(Reason {
            code: ReasonCode::DuplicateRecord,
            detail,
        });
    }
}

fn worth(call: &Call) -> (bool, bool, bool) {
    (
        call.evidence.alt_count.is_some(),
        call.evidence.vaf.is_some(),
        call.caller_filter.as_deref() == Some("PASS"),
    )
}
