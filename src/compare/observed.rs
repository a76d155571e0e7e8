//! What was observed in a sample: the calls of a report, or the alleles of any caller's file, and where a clone would have been seen.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::change::{Change, LengthChange};
use super::places::Places;
use crate::drivers::{Call, CallStatus, GeneResult};
use crate::evidence::{Coverage, Evidence, Interval, Phase};
use crate::genome::{BaseSource, Build, Chromosome, Regions, Variant, chromosome_length};
use crate::report::read::Basis;
use crate::sample::{HotspotState, SampleResult, detection_limit};
use crate::tables::list;
use crate::transcript::transcript;
use crate::variants::{Scan, ScannedSample};

/// One allele as observed.
#[derive(Clone, Debug)]
pub struct ObservedAllele {
    /// What it is; a sequence is left-aligned.
    pub change: Change,
    /// Whether it counts as found: a call that was not set aside, a record whose filter is PASS or `.`.
    pub counts: bool,
    /// Status of the call, or FILTER of the record.
    pub state: String,
    /// Gene, where it is told.
    pub gene: Option<String>,
    /// Its change of the protein or the coding sequence, where it is told.
    pub name: Option<String>,
    /// Variant allele fraction, 0 to 1.
    pub vaf: Option<f64>,
    /// 95 % interval of the fraction.
    pub interval: Option<Interval>,
    /// Its phase.
    pub phase: Option<Phase>,
}

/// One sample as observed.
#[derive(Clone, Debug)]
pub struct Observed {
    /// Its name.
    pub name: String,
    /// The file that it came from, without its folder.
    pub file: String,
    /// Build of every place.
    pub build: Build,
    /// Its alleles, each once.
    pub alleles: Vec<ObservedAllele>,
    /// Where a clone would have been seen.
    sight: Sight,
    /// What a reader must know about it.
    pub warnings: Vec<String>,
    /// Panel and thresholds of a report.
    pub basis: Option<Basis>,
}

/// Whether a change of a place and a fraction would have been seen.
#[derive(Clone, Debug, PartialEq)]
pub enum Assessed {
    /// It would; down to this VAF with 95 % power, where that is known.
    Yes(Option<f64>),
    /// It would not, and the observed says why.
    No(NotAssessed, Option<f64>),
    /// The observed does not say whether it looked there.
    NotStated,
}

/// Why a place was not assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAssessed {
    /// The panel does not look there.
    OffPanel,
    /// The analysis left the gene out (`--targets`).
    OutsideTargets,
    /// The depth is too small for a clone of that size.
    TooShallow,
}

impl NotAssessed {
    /// Returns the code used in tables.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OffPanel => "off_panel",
            Self::OutsideTargets => "outside_targets",
            Self::TooShallow => "too_shallow",
        }
    }
}

/// What tells where a clone would have been seen.
#[derive(Clone, Debug)]
enum Sight {
    /// Genes and hotspots of a report.
    Report {
        genes: Vec<GeneResult>,
        hotspots: HashMap<Variant, (HotspotState, Option<f64>)>,
    },
    /// Depths of a file of variants.
    Depths(Coverage),
}

/// Depth below which a place of a file of variants is not assessed, and fragments that a call takes: the bundled panels' thresholds.
const MIN_DEPTH: u32 = 20;
const MIN_ALT: u32 = 3;

impl Observed {
    /// Takes the calls of a report. Calls that the report sets aside (artifacts, below a threshold, another reference) do not count
    /// as found, unless `any_status`.
    pub fn of_report(file: String, report: SampleResult, any_status: bool, bases: &dyn BaseSource) -> Self {
        let made_with = Basis::of(&report);
        let mut list = Alleles::new(bases);
        for call in &report.calls {
            if let Some(allele) = of_call(call, any_status) {
                list.add(allele);
            }
        }
        for unresolved in &report.unresolved {
            let event = LengthChange::of_file(
                report.build,
                &unresolved.file_allele,
                unresolved.why_coded.as_ref(),
            );
            let passes = unresolved.caller_filter.as_deref().is_none_or(|f| f == "PASS");
            if let Some(event) = event {
                let mut allele = of_evidence(Change::Event(event), &unresolved.evidence);
                allele.counts = passes || any_status;
                "unresolved".clone_into(&mut allele.state);
                allele.gene = unresolved.genes.first().cloned();
                list.add(allele);
            }
        }
        let hotspots = report
            .hotspots
            .into_iter()
            .map(|h| (h.variant, (h.state, h.detection_limit)))
            .collect();
        let (alleles, warnings) = list.finish();
        Self {
            basis: Some(made_with),
            name: report.sample,
            file,
            build: report.build,
            alleles,
            sight: Sight::Report {
                genes: report.genes,
                hotspots,
            },
            warnings,
        }
    }

    /// Takes the samples of a VCF or BCF. Records whose FILTER is neither PASS nor `.` do not count as found, unless `any_filter`.
    /// A file without sample columns is a sample of the file's name.
    pub fn of_scan(file: &str, scan: Scan, any_filter: bool, bases: &dyn BaseSource) -> Vec<Self> {
        let build = scan.build;
        let mut shared: Vec<String> = scan.warnings.iter().map(ToString::to_string).collect();
        let of = |sample: ScannedSample| {
            let mut list = Alleles::new(bases);
            for allele in &sample.alleles {
                let Some(change) = Change::of_allele(&allele.allele) else {
                    continue;
                };
                let mut observed = of_evidence(change, &allele.evidence);
                observed.counts = any_filter || allele.caller_filter.as_deref().is_none_or(|f| f == "PASS");
                observed.state = allele.caller_filter.clone().unwrap_or_else(|| ".".to_owned());
                observed.phase.clone_from(&allele.phase);
                list.add(observed);
            }
            let (alleles, warnings) = list.finish();
            Self {
                name: sample.column.unwrap_or_else(|| stem(file)),
                file: file.to_owned(),
                build,
                alleles,
                sight: Sight::Depths(sample.coverage),
                warnings: [std::mem::take(&mut shared), warnings].concat(),
                basis: None,
            }
        };
        scan.samples.into_iter().map(of).collect()
    }

    /// Returns whether a change would have been seen, of a fraction where it is known.
    pub fn assessed(&self, change: &Change, vaf: Option<f64>) -> Assessed {
        match &self.sight {
            Sight::Report { genes, hotspots } => {
                if let Change::Sequence(variant) = change
                    && let Some((state, limit)) = hotspots.get(variant)
                {
                    return by_limit(*limit, vaf, *state != HotspotState::NotAssessed);
                }
                by_gene(genes, change, vaf)
            }
            Sight::Depths(coverage) => {
                let (first, last) = change.span();
                match coverage.least_depth(change.chromosome(), first..=last) {
                    None => Assessed::NotStated,
                    Some(depth) => by_limit(detection_limit(depth, MIN_ALT), vaf, depth >= MIN_DEPTH),
                }
            }
        }
    }
}

/// Returns the name of a file without its folder and endings.
fn stem(file: &str) -> String {
    let endings = [".gz", ".bgz", ".vcf", ".bcf"];
    let stem = endings
        .iter()
        .fold(file, |name, end| name.strip_suffix(end).unwrap_or(name));
    stem.to_owned()
}

/// Judges by the smallest VAF that would have been seen: at the threshold it was assessed or not, and a larger clone is seen all the
/// same.
fn by_limit(limit: Option<f64>, vaf: Option<f64>, at_threshold: bool) -> Assessed {
    let is_larger = matches!((limit, vaf), (Some(limit), Some(vaf)) if vaf >= limit);
    if at_threshold || is_larger {
        Assessed::Yes(limit)
    } else {
        Assessed::No(NotAssessed::TooShallow, limit)
    }
}

/// Intron bases beside a coding exon that belong to the target of a gene (the splice sites), and those that are looked at beyond them, as
/// `analyze` has it.
const SPLICE_SITE: u32 = 2;
const LOOKED_AT: u32 = 8;

/// Bases by which the place of an event is off at most.
const EVENT_PLACE: u32 = 500;

/// Judges by the genes of a report.
fn by_gene(genes: &[GeneResult], change: &Change, vaf: Option<f64>) -> Assessed {
    let (mut first, mut last) = change.span();
    let is_event = matches!(change, Change::Event(_));
    if is_event {
        (first, last) = (
            first.saturating_sub(EVENT_PLACE),
            last.saturating_add(EVENT_PLACE),
        );
    }
    let mut unknown = false;
    for gene in genes {
        let Some(transcript) = transcript(&gene.transcript, change.build()) else {
            unknown = true;
            continue;
        };
        let touches = |padding| {
            let regions = transcript.coding_regions(padding);
            regions.iter().any(|r| first <= *r.end() && *r.start() <= last)
        };
        if transcript.chromosome() != change.chromosome() || !touches(LOOKED_AT) {
            continue;
        }
        let of_gene = of_gene(gene, vaf);
        // What is known of a gene's bases is nothing of long events, and nothing of the bases beyond its target.
        let tells = matches!(of_gene, Assessed::No(NotAssessed::OutsideTargets, _));
        if tells || (!is_event && touches(SPLICE_SITE)) {
            return of_gene;
        }
        unknown = true;
    }
    if unknown {
        Assessed::NotStated
    } else {
        Assessed::No(NotAssessed::OffPanel, None)
    }
}

fn of_gene(gene: &GeneResult, vaf: Option<f64>) -> Assessed {
    if gene.targeted_bases == Some(0) {
        return Assessed::No(NotAssessed::OutsideTargets, None);
    }
    // Which bases the analysis left out, a report does not tell; its limit is one of the others.
    if gene.targeted_bases.is_some() {
        return Assessed::NotStated;
    }
    let is_whole = gene.assessed_bases == gene.target_bases || gene.coverage_stated;
    match gene.detection_limit {
        // A limit of a gene is one of all its bases.
        Some(limit) if is_whole || vaf.is_some_and(|vaf| vaf >= limit) => Assessed::Yes(Some(limit)),
        None if is_whole => Assessed::Yes(None),
        // Which bases were not assessed, a report does not tell.
        _ => Assessed::NotStated,
    }
}

fn of_evidence(change: Change, evidence: &Evidence) -> ObservedAllele {
    ObservedAllele {
        change,
        counts: true,
        state: String::new(),
        gene: None,
        name: None,
        vaf: evidence.vaf,
        interval: evidence.interval,
        phase: None,
    }
}

fn of_call(call: &Call, any_status: bool) -> Option<ObservedAllele> {
    let change = Change::of_allele(&call.variant)?;
    let set_aside = matches!(
        call.status,
        CallStatus::ArtifactSuspected | CallStatus::BelowThreshold | CallStatus::ReferenceMismatch
    );
    let consequence = &call.consequence;
    Some(ObservedAllele {
        counts: !set_aside || any_status,
        state: call.status.name().to_owned(),
        gene: Some(consequence.gene.clone()),
        name: consequence.change().map(str::to_owned),
        ..of_evidence(change, &call.evidence)
    })
}

/// Collects alleles, each once.
struct Alleles<'b> {
    places: Places<'b>,
    list: Vec<ObservedAllele>,
    known: HashMap<String, usize>,
    contradicting: Vec<String>,
}

impl<'b> Alleles<'b> {
    fn new(bases: &'b dyn BaseSource) -> Self {
        Self {
            places: Places { bases },
            list: Vec::new(),
            known: HashMap::new(),
            contradicting: Vec::new(),
        }
    }

    /// Adds an allele; of two that are the same, the one that counts is kept, else the first.
    fn add(&mut self, mut allele: ObservedAllele) {
        match self.places.aligned(allele.change.clone(), "") {
            Ok(change) => allele.change = change,
            Err(error) => {
                self.contradicting.push(error.variant);
                allele.counts = false;
            }
        }
        match self.known.entry(allele.change.key()) {
            Entry::Vacant(free) => {
                free.insert(self.list.len());
                self.list.push(allele);
            }
            Entry::Occupied(there) => {
                let kept = &mut self.list[*there.get()];
                if allele.counts && !kept.counts {
                    *kept = allele;
                }
            }
        }
    }

    /// Returns the alleles along the genome, and what was wrong.
    fn finish(mut self) -> (Vec<ObservedAllele>, Vec<String>) {
        let place = |a: &ObservedAllele| (a.change.chromosome(), a.change.span().0, a.change.key());
        self.list.sort_by_cached_key(place);
        let warnings = if self.contradicting.is_empty() {
            Vec::new()
        } else {
            vec![format!(
                "REF is not what the reference has, so that these count for nothing: {}",
                list(&self.contradicting)
            )]
        };
        (self.list, warnings)
    }
}

/// Returns the human chromosomes as regions: of a file of variants, all is read.
pub fn whole_genome(build: Build) -> Regions {
    Regions::new(Chromosome::all().map(|chromosome| (chromosome, 1..=chromosome_length(build, chromosome))))
}
