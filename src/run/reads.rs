//! Alignments in `analyze`: call the panel, count hotspots and the calls of a variant file, and say what could not be seen.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, anyhow};

use super::depths::{copies_input, junction_region};
use super::event_limits::event_limits;
use super::job::Job;
use super::messages::warn_of;
use super::plan::SamplePlan;
use super::{UsageError, pipes};
use crate::alignments::{
    Access, AlignmentFile, Background, CallOptions, CalledSample, CalledVariant, ColumnDepth, CopiedColumns,
    DetectionLimits, ForcedAllele, PrimerChoice, ReadFilter, Reference, TargetRegion, call,
    contig_by_any_name, copy_warnings, coverage, error_excess, evidence, limit_of_allele, lost_columns,
    merged, pileups, present_regions, primers_of, recognized, sample_alleles, usual_error_rate, variant_of,
};
use crate::drivers::Call;
use crate::evidence::{CountedUnit, Coverage, Evidence, MatchedNormal, SampleAllele, Warning};
use crate::genome::{BaseSource, Build, RecognizedBuild, Variant};
use crate::sample::{
    ErrorSign, Hotspot, HotspotCount, InputRecord, ReadsInput, SampleResult, SiteAnnotator, hotspots,
};
use crate::variants::Input;

/// Name of our caller in reports.
const CALLER: &str = "hemoclone";

/// Share of a gene's target that columns without their reads must make up: an exon that a pseudogene shares.
const LOST_SHARE: f64 = 0.02;

/// An alignment file with its reference.
pub(super) struct OpenedAlignments {
    /// Its name without its folder.
    name: String,
    file: AlignmentFile,
    reference: Arc<Reference>,
    build: RecognizedBuild,
    warnings: Vec<Warning>,
}

/// What was found in the alignments of a sample.
pub(super) struct Examined {
    /// Alleles that a report shows.
    pub alleles: Vec<SampleAllele>,
    /// Depths with detection limits.
    pub coverage: Coverage,
    /// The rest.
    pub reads: ReadsInput,
    /// The file.
    pub input: InputRecord,
    /// What a reader must know about it.
    pub warnings: Vec<Warning>,
    recounts: HashMap<Variant, Evidence>,
}

impl OpenedAlignments {
    /// Opens a file and recognizes its build.
    pub(super) fn open(job: &Job, path: &Path) -> anyhow::Result<Self> {
        let fasta = job
            .options()
            .reference
            .as_deref()
            .ok_or_else(|| needs_reference(path))?;
        let file = pipes::alignments_of(path, Some(fasta), job.options().reads.cram_decoder())?;
        let input = Input::from_argument(path);
        let mut warnings: Vec<Warning> = file
            .access_warning()
            .filter(|_| !input.is_read_once())
            .into_iter()
            .collect();
        warnings.extend(file.sample_warning());
        let build = recognized(&file, job.build)?;
        warnings.extend(build.warning.clone().map(|doubt| Warning::BuildStated { doubt }));
        let reference = Arc::new(Reference::open(fasta, &file)?);
        Ok(Self {
            name: input.file_name(),
            file,
            reference,
            build,
            warnings,
        })
    }

    /// Returns the genome build.
    pub(super) const fn build(&self) -> Build {
        self.build.build
    }

    /// Calls the panel; `also` are alleles to be counted in any case.
    pub(super) fn examine(
        mut self,
        job: &Job,
        site: &SiteAnnotator<'_>,
        also: &[Variant],
    ) -> anyhow::Result<Examined> {
        let (targets, missing) = present_regions(&self.file, &self.reference, &site.targets.regions())?;
        if !missing.is_empty() {
            self.warnings.push(Warning::ContigsMissing {
                contigs: missing.iter().map(|c| c.name().to_owned()).collect(),
            });
        }
        let spots = hotspots(site);
        let filter = self.filter(job, &targets)?;
        let mut options = self.options(job, filter, &spots, also);
        options.copied = CopiedColumns::find(&self.file, &self.reference, self.build(), &targets);
        self.warnings.extend(copy_warnings(&options.copied, self.build()));
        options.junctions = junction_region(&self.file, site);
        options.background = read_background(job.options().background.as_deref(), &self.file)?;
        let called = call(&self.file, &self.reference, &targets, &options)?;
        if called.reads == 0 {
            self.warnings.push(Warning::NoReads);
        }
        self.warnings.extend(called.clip_warnings(&self.file));
        self.warnings.extend(called.quality_warning());
        self.warnings.extend(called.primer_warning());
        let not_unique = self.not_unique(site, &options, &called.depths)?;
        let reference = Arc::clone(&self.reference);
        let event_limits = event_limits(&self.file, &self.reference, (&options, &called), site)?;
        let wrong_index = self.wrong_index();
        let mut examined = self.sum_up(job, site, &Calling { options, called }, spots);
        // Limits of indels look at the reference once more.
        reference.check()?;
        examined.reads.not_unique = not_unique;
        examined.reads.event_limits = event_limits;
        examined.warnings.splice(..0, wrong_index);
        Ok(examined)
    }

    /// Returns what showed only where reads were wanted: that the index is wrong.
    fn wrong_index(&self) -> Option<Warning> {
        self.file.access_warning().filter(|warning| {
            matches!(self.file.access(), Access::WrongIndex(_)) && !self.warnings.contains(warning)
        })
    }

    /// Returns the genes of which many reads were left out because they fit another place as well.
    fn not_unique(
        &self,
        site: &SiteAnnotator<'_>,
        options: &CallOptions,
        depths: &[ColumnDepth],
    ) -> anyhow::Result<Vec<String>> {
        let lost = lost_columns(&self.file, &self.reference, options, depths)?;
        let mut genes = Vec::new();
        for target in &site.targets.genes {
            let Some(contig) = contig_by_any_name(&self.file, target.transcript.chromosome().name()) else {
                continue;
            };
            let mut bases = target.target.iter().cloned().flatten();
            let missing = bases.by_ref().filter(|p| lost.contains(&(contig, p - 1))).count();
            let all: usize = target.target.iter().map(|r| r.clone().count()).sum();
            if missing as f64 > LOST_SHARE * all as f64 {
                genes.push(target.gene.symbol.clone());
            }
        }
        Ok(genes)
    }

    /// Returns which reads and bases count, with the primers given or learned.
    fn filter(&self, job: &Job, targets: &[TargetRegion]) -> anyhow::Result<ReadFilter> {
        let given = job.options().primers.as_deref();
        let choice = given.map_or(PrimerChoice::Learn, PrimerChoice::of);
        let filter = job.options().reads.filter(&self.file);
        let primers = primers_of(&self.file, targets, &choice, &filter)?;
        Ok(filter.with_primers(primers))
    }

    fn options(&self, job: &Job, filter: ReadFilter, spots: &[Hotspot], also: &[Variant]) -> CallOptions {
        let thresholds = &job.settings.thresholds;
        let usual = CallOptions::default();
        let forced = spots.iter().map(|h| &h.variant).chain(also);
        CallOptions {
            filter,
            min_count: thresholds.min_alt,
            // A threshold below the caller's own asks for what the caller would not look at.
            min_vaf: usual.min_vaf.min(thresholds.min_vaf),
            forced: forced.filter_map(|v| self.forced(v)).collect(),
            depths: true,
            ..usual
        }
    }

    /// Counts alleles, left-aligned, and nothing else.
    fn count_alleles(
        &self,
        job: &Job,
        wanted: &[Variant],
        bases: &dyn BaseSource,
    ) -> anyhow::Result<HashMap<Variant, Evidence>> {
        let forced: Vec<ForcedAllele> = wanted.iter().filter_map(|v| self.forced(v)).collect();
        let place = |allele: &ForcedAllele| TargetRegion {
            contig: allele.contig,
            start: allele.column,
            end: allele.column + u32::try_from(allele.reference.len()).unwrap_or(1),
        };
        let targets = merged(forced.iter().map(place).collect());
        let options = CallOptions {
            filter: self.filter(job, &targets)?,
            copied: CopiedColumns::find(&self.file, &self.reference, self.build(), &targets),
            forced,
            ..CallOptions::default()
        };
        let called = call(&self.file, &self.reference, &targets, &options)?;
        let counted = job.options().reads.counted();
        let key = |v: &CalledVariant| Some(variant_of(&self.file, self.build(), v)?.left_aligned(bases));
        let variants = called.variants.iter().filter_map(|v| Some((key(v)?, v)));
        Ok(variants.map(|(key, v)| (key, evidence(v, counted))).collect())
    }

    fn forced(&self, variant: &Variant) -> Option<ForcedAllele> {
        let contig = contig_by_any_name(&self.file, variant.chromosome().name())?;
        self.reference.has(contig).then(|| ForcedAllele {
            contig,
            column: variant.position() - 1,
            reference: variant.reference().to_owned(),
            alternate: variant.alternate().to_owned(),
        })
    }

    fn sum_up(self, job: &Job, site: &SiteAnnotator<'_>, calling: &Calling, spots: Vec<Hotspot>) -> Examined {
        let (build, counted) = (self.build(), job.options().reads.counted());
        let Calling { options, called, .. } = calling;
        let mut limits = DetectionLimits::new(&called.model, &options.background, options.rule());
        let by_variant: HashMap<Variant, &CalledVariant> = called
            .variants
            .iter()
            .filter_map(|v| {
                Some((
                    variant_of(&self.file, build, v)?.left_aligned(site.annotator.bases()),
                    v,
                ))
            })
            .collect();
        let counts = spots
            .into_iter()
            .map(|spot| self.count(spot, &by_variant, calling, &mut limits, counted))
            .collect();
        let kept: Vec<&CalledVariant> = called
            .variants
            .iter()
            .filter(|v| v.is_shown(job.settings.thresholds.min_vaf))
            .collect();
        let recounts = by_variant
            .iter()
            .map(|(variant, v)| (variant.clone(), evidence(v, counted)))
            .collect();
        let signs = error_excess(&called.model).into_iter().map(|e| ErrorSign {
            substitution: format!("{}>{}", e.base, e.alternate),
            second_read: e.second_read,
            rate: e.rate,
            usual: e.usual,
        });
        Examined {
            coverage: coverage(&self.file, &called.depths, &called.unexplained, &mut limits),
            reads: ReadsInput {
                reads: called.reads,
                usual_error_rate: usual_error_rate(&called.model),
                error_signs: signs.collect(),
                hotspots: counts,
                ..copies_input(&self.file, &self.reference, site, called, &options.background)
            },
            input: InputRecord {
                file: self.name.clone(),
                format: self.file.format.name().to_owned(),
                caller: CALLER.to_owned(),
                column: None,
                normal_column: None,
                normal_file: None,
                panel_records: kept.len() as u64,
                indexed: self.file.access() == Access::Index,
                reads: Some(called.reads),
                build_from: self.build.from.to_string(),
                build_from_coded: Some(self.build.from.clone()),
            },
            alleles: sample_alleles(&self.file, build, &kept, counted),
            warnings: self.warnings,
            recounts,
        }
    }

    fn count(
        &self,
        hotspot: Hotspot,
        found: &HashMap<Variant, &CalledVariant>,
        calling: &Calling,
        limits: &mut DetectionLimits<'_>,
        counted: CountedUnit,
    ) -> HotspotCount {
        let Some(variant) = found.get(&hotspot.variant) else {
            return HotspotCount {
                hotspot,
                evidence: None,
                called: false,
                limit: None,
            };
        };
        let rule = calling.options.rule();
        let limit = limit_of_allele(&calling.called, limits, &self.reference, &rule, variant);
        HotspotCount {
            evidence: Some(evidence(variant, counted)),
            called: variant.filters.is_empty(),
            limit: limit.map(crate::evidence::statistics::rounded_limit),
            hotspot,
        }
    }
}

/// What was asked, and what came of it.
struct Calling {
    options: CallOptions,
    called: CalledSample,
}

impl Examined {
    /// Adds to the alleles of a variant file what the alignments show: each counted anew, and what only they show.
    pub(super) fn join(&mut self, alleles: &mut Vec<SampleAllele>, site: &SiteAnnotator<'_>) {
        let aligned = |v: &Variant| v.clone().left_aligned(site.annotator.bases());
        for allele in alleles.iter_mut() {
            let Some(variant) = allele.sequence() else {
                continue;
            };
            allele.recount = self.recounts.get(&aligned(variant)).cloned();
        }
        let known: Vec<(Variant, Option<u32>)> = alleles
            .iter()
            .filter_map(|a| {
                let recount = a.recount.as_ref().and_then(|e| e.alt_count);
                Some((aligned(a.sequence()?), recount))
            })
            .collect();
        let own = std::mem::take(&mut self.alleles).into_iter().filter(|allele| {
            let Some(variant) = allele.sequence().map(&aligned) else {
                return false;
            };
            let count = allele.evidence.alt_count.unwrap_or(0);
            let explained = |(whole, recount): &(Variant, Option<u32>)| {
                // Twice as many fragments as the whole are of a variant of its own.
                variant == *whole || (variant.is_part_of(whole) && recount.is_none_or(|n| count <= 2 * n))
            };
            allele.caller_filter.as_deref() == Some("PASS") && !known.iter().any(explained)
        });
        alleles.extend(own);
    }
}

/// Reads the background of position errors for the contigs of a file; empty where none is given.
pub fn read_background(path: Option<&Path>, file: &AlignmentFile) -> anyhow::Result<Background> {
    let Some(path) = path else {
        return Ok(Background::default());
    };
    let name = path.display().to_string();
    let table = File::open(path).with_context(|| format!("cannot read the background {name}"))?;
    Ok(Background::read(BufReader::new(table), &name, file)?)
}

/// Makes the error of a run without reference.
pub(super) fn needs_reference(path: &Path) -> anyhow::Error {
    UsageError(format!(
        "{}: BAM and CRAM need the reference FASTA that the reads were aligned to, with its index (.fai): give --reference",
        path.display()
    ))
    .into()
}

/// Finds the alignments of a sample that has a variant file too, and joins what they show.
pub(super) fn beside_variants(
    job: &Job,
    site: &SiteAnnotator<'_>,
    plan: &SamplePlan,
    alleles: &mut Vec<SampleAllele>,
) -> anyhow::Result<Option<Examined>> {
    let Some(path) = &plan.reads else { return Ok(None) };
    let opened = OpenedAlignments::open(job, path)?;
    if opened.build() != site.targets.build {
        return Err(anyhow!(
            "{}: is on {}, the variant file on {}",
            path.display(),
            opened.build(),
            site.targets.build
        ));
    }
    let also: Vec<Variant> = alleles
        .iter()
        .filter_map(|a| a.sequence().cloned())
        .map(|v| v.left_aligned(site.annotator.bases()))
        .collect();
    let mut examined = opened
        .examine(job, site, &also)
        .with_context(|| path.display().to_string())?;
    examined.join(alleles, site);
    Ok(Some(examined))
}

/// Drivers whose reads are drawn: the largest.
const DRAWN: usize = 20;

/// Adds to a result some of the reads over its drivers, where that is asked for and the file can be read again.
pub(super) fn draw(job: &Job, path: &Path, result: &mut SampleResult) -> anyhow::Result<()> {
    if !job.options().pileups {
        return Ok(());
    }
    if Input::from_argument(path).is_read_once() {
        warn_of(
            path,
            ["it came through a pipe: reads over drivers are not drawn, which takes a second look"],
        );
        return Ok(());
    }
    let mut drivers: Vec<&Call> = result
        .calls
        .iter()
        .filter(|c| c.status.is_driver_or_review())
        .collect();
    let vaf = |call: &Call| call.evidence.vaf.unwrap_or(-1.0);
    drivers.sort_by(|a, b| vaf(b).total_cmp(&vaf(a)));
    let variants: Vec<Variant> = drivers
        .into_iter()
        .filter_map(|c| c.variant.sequence().cloned())
        .take(DRAWN)
        .collect();
    let opened = OpenedAlignments::open(job, path)?;
    let filter = job.options().reads.filter(&opened.file);
    result.pileups = pileups(&opened.file, &opened.reference, &filter, &variants)?;
    Ok(())
}

/// Counts the alleles of a sample in the alignments of its matched normal.
pub(super) fn count_in_normal(
    job: &Job,
    path: &Path,
    alleles: &mut [SampleAllele],
    build: Build,
    bases: &dyn BaseSource,
) -> anyhow::Result<()> {
    let opened = OpenedAlignments::open(job, path)?;
    if opened.build() != build {
        return Err(anyhow!(
            "{}: is on {}, the sample on {build}",
            path.display(),
            opened.build()
        ));
    }
    warn_of(path, &opened.warnings);
    let aligned = |allele: &SampleAllele| Some(allele.sequence()?.clone().left_aligned(bases));
    let wanted: Vec<Variant> = alleles.iter().filter_map(aligned).collect();
    let counts = opened.count_alleles(job, &wanted, bases)?;
    warn_of(path, opened.wrong_index());
    for allele in alleles {
        allele.normal = match aligned(allele).and_then(|v| counts.get(&v)) {
            Some(evidence) if evidence.depth.is_some_and(|d| d > 0) => {
                MatchedNormal::Counted(evidence.clone())
            }
            _ => MatchedNormal::Silent,
        };
    }
    Ok(())
}
