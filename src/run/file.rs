//! One file of a run: scan it, analyze its samples, hand over their results.

use std::sync::{Arc, OnceLock};

use anyhow::Context;

use super::companions::Companions;
use super::ended::Ended;
#[cfg(not(feature = "alignments"))]
use super::error::ErrorKind;
use super::error::{NotTaken, Told, kind_of};
use super::history;
use super::job::Job;
use super::messages::{counted, explained, warn_of};
use super::output::Output;
use super::panel_source::{PanelSource, check_source};
use super::plan::{Content, FilePlan, SamplePlan};
#[cfg(feature = "alignments")]
use super::reads::{Examined, OpenedAlignments, beside_variants, draw};
use crate::evidence::SampleAllele;
use crate::genome::{Build, Regions, as_index};
use crate::patient::Patient;
use crate::report::SummaryRow;
use crate::sample::{Analyzer, InputRecord, SampleInput, SampleResult, SiteAnnotator};
use crate::transcript::{Annotator, transcript};
use crate::variants::{RecurrentAlleles, Scan, ScanOptions, ScannedSample, scan};

/// Time since a file was begun. In a browser there is none: the standard library has no clock there.
struct Stopwatch {
    #[cfg(not(target_family = "wasm"))]
    started: std::time::Instant,
}

impl Stopwatch {
    fn start() -> Self {
        Self {
            #[cfg(not(target_family = "wasm"))]
            started: std::time::Instant::now(),
        }
    }

    #[cfg(not(target_family = "wasm"))]
    fn elapsed(&self) -> String {
        format!(", {:.1} s", self.started.elapsed().as_secs_f64())
    }

    #[cfg(target_family = "wasm")]
    fn elapsed(&self) -> String {
        String::new()
    }
}

/// Says what was done for a sample, for those who want to know (`-v`).
fn tell(file: &FilePlan, result: &SampleResult, watch: &Stopwatch) {
    if !tracing::enabled!(tracing::Level::INFO) {
        return;
    }
    let row = SummaryRow::new(result);
    let build_from = result.inputs.first().map_or_else(String::new, |input| {
        format!("{} ({})", result.build.name(), input.build_from)
    });
    tracing::info!(
        "{}, sample {:?}: {}, {}, {} on panel genes, {}, {}{}",
        file.path.display(),
        row.sample,
        build_from,
        row.callers.0.join(" and "),
        counted(as_index(row.panel_records), "record"),
        if result.inputs.iter().all(|input| input.indexed) {
            "read by its index"
        } else {
            "read whole"
        },
        counted(row.drivers, "driver"),
        watch.elapsed()
    );
}

/// What all files of a run share.
#[derive(Clone, Copy)]
pub(super) struct Common<'j> {
    pub job: &'j Job,
    pub annotators: &'j Annotators<'j>,
    pub companions: &'j Companions<'j>,
    pub output: &'j dyn Output,
}

/// Annotators by build, each made when its first file comes: the reference is opened and checked once.
#[derive(Debug)]
pub(super) struct Annotators<'j> {
    job: &'j Job,
    grch37: OnceLock<Result<Arc<Annotator>, Told>>,
    grch38: OnceLock<Result<Arc<Annotator>, Told>>,
    /// Transcripts without version that the program has no sequence of: for these the file's annotation is read.
    unsequenced: Vec<String>,
}

impl<'j> Annotators<'j> {
    /// Makes the set; opens nothing yet.
    pub(super) fn new(job: &'j Job) -> Self {
        Self {
            unsequenced: unsequenced(&job.source),
            job,
            grch37: OnceLock::new(),
            grch38: OnceLock::new(),
        }
    }

    fn of(&self, build: Build) -> anyhow::Result<Arc<Annotator>> {
        let place = match build {
            Build::Grch37 => &self.grch37,
            Build::Grch38 => &self.grch38,
        };
        place
            .get_or_init(|| {
                self.job
                    .source
                    .annotator(build, self.job.options().reference.as_deref())
                    .map(Arc::new)
                    .map_err(|e| Told::new(&e))
            })
            .clone()
            .map_err(Into::into)
    }
}

/// Returns the panel's transcripts without built-in sequence, and their Ensembl partners, without version.
fn unsequenced(source: &PanelSource) -> Vec<String> {
    if source.bundle.is_some() {
        return Vec::new();
    }
    let built_in = Annotator::new(Build::Grch38, None);
    let base = |accession: &str| accession.split('.').next().unwrap_or(accession).to_owned();
    source
        .panel
        .genes
        .iter()
        .filter_map(|gene| transcript(&gene.transcript, Build::Grch38))
        .filter(|t| !built_in.has_sequence(t))
        .flat_map(|t| [Some(base(t.accession())), t.ensembl().map(base)])
        .flatten()
        .collect()
}

/// Analyzes the samples of one file. A file that cannot be read fails all its samples; a sample that fails, only itself.
pub(super) fn analyze_file(
    common: &Common<'_>,
    file: &FilePlan,
    samples: &[SamplePlan],
    threads: usize,
) -> Ended {
    let mut outcome = Ended::default();
    let mut subjects = Vec::new();
    for plan in samples {
        match &plan.patient {
            Ok(patient) => subjects.push(Subject { plan, patient }),
            Err(error) => {
                outcome.fail(
                    file.path.clone(),
                    Some(plan.name.clone()),
                    kind_of(error),
                    of_sample(file, plan, error),
                );
            }
        }
    }
    match (subjects.is_empty(), file.content) {
        (true, _) => {}
        (_, Content::Alignments) => analyze_alignments(common, file, &subjects, &mut outcome),
        (_, Content::Variants) => analyze_variants(common, file, &subjects, threads, &mut outcome),
    }
    outcome
}

/// A sample to report on, with what is known of the person.
#[derive(Clone, Copy)]
struct Subject<'p> {
    plan: &'p SamplePlan,
    patient: &'p Patient,
}

impl Subject<'_> {
    /// Returns what is known of the person; what every report of the laboratory says, where nothing else was said.
    fn known(&self, job: &Job) -> Patient {
        let mut patient = self.patient.clone();
        let (own, general) = (&mut patient.report, &job.options().report);
        for (own, general) in [
            (&mut own.laboratory, &general.laboratory),
            (&mut own.requester, &general.requester),
            (&mut own.specimen, &general.specimen),
        ] {
            *own = own.take().or_else(|| general.clone());
        }
        patient
    }
}

fn of_sample(file: &FilePlan, plan: &SamplePlan, error: &anyhow::Error) -> String {
    let error = explained(error);
    let path = file.path.display().to_string();
    // An error of reading the file itself names it already.
    let error = error.strip_prefix(&format!("{path}: ")).unwrap_or(&error);
    format!("{path}, sample {:?}: {error}", plan.name)
}

fn analyze_variants(
    common: &Common<'_>,
    file: &FilePlan,
    subjects: &[Subject<'_>],
    threads: usize,
    outcome: &mut Ended,
) {
    let watch = Stopwatch::start();
    match prepared(common, file, subjects, threads) {
        Err(error) => outcome.fail(file.path.clone(), None, kind_of(&error), explained(&error)),
        Ok(mut found) => {
            let scanned = std::mem::take(&mut found.scan.samples);
            for (subject, scanned) in subjects.iter().zip(scanned) {
                match report_on(common, &found, file, *subject, scanned) {
                    Ok(result) => {
                        outcome.reported += 1;
                        tell(file, &result, &watch);
                    }
                    Err(error) => {
                        let reason = of_sample(file, subject.plan, &error);
                        let name = subject.plan.name.clone();
                        outcome.fail(file.path.clone(), Some(name), kind_of(&error), reason);
                    }
                }
            }
        }
    }
}

/// A file as scanned, with what its samples are analyzed by.
struct Prepared<'j> {
    scan: Scan,
    ready: Ready<'j>,
}

/// What the samples of a build are analyzed by.
struct Ready<'j> {
    build: Build,
    site: SiteAnnotator<'j>,
    regions: Regions,
    recurrent: Option<Arc<RecurrentAlleles>>,
}

/// The matched normal that was used from a file of its own.
#[derive(Default)]
struct UsedNormal {
    file: Option<String>,
    column: Option<String>,
}

impl Ready<'_> {
    /// Adds what population files and the matched normal's file say of the alleles.
    fn companions(
        &self,
        common: &Common<'_>,
        plan: &SamplePlan,
        alleles: &mut [SampleAllele],
    ) -> anyhow::Result<UsedNormal> {
        let bases = self.site.annotator.bases();
        common
            .companions
            .add_population(alleles, self.build, &self.regions, bases)?;
        let Some(normal) = &plan.normal else {
            return Ok(UsedNormal::default());
        };
        let column = common
            .companions
            .add_normal(alleles, normal, self.build, &self.regions, bases)?;
        Ok(UsedNormal {
            file: Some(common.job.files.input(&normal.path).file_name()),
            column,
        })
    }

    fn analyzer<'r>(&'r self, job: &'r Job) -> Analyzer<'r> {
        Analyzer {
            panel: &job.source.panel,
            checksum: job.checksum.clone(),
            site: &self.site,
            settings: job.settings.clone(),
            recurrent: self.recurrent.as_deref(),
            plasma_cell: job.plasma_cell,
        }
    }
}

fn prepared<'j>(
    common: &Common<'j>,
    file: &FilePlan,
    subjects: &[Subject<'_>],
    threads: usize,
) -> anyhow::Result<Prepared<'j>> {
    let (job, annotators) = (common.job, common.annotators);
    let options = ScanOptions {
        build: job.build,
        columns: subjects.iter().map(|s| s.plan.columns.clone()).collect(),
        annotations_on: Some(annotators.unsequenced.clone()),
        keep_absent: false,
        event_regions: event_regions(job),
        threads,
    };
    let targets = |build| job.source.targets(build, job.targets.as_ref());
    // A panel whose transcript is missing on a build yields no regions here and its error below.
    let found = scan(
        &file.input,
        &|build| targets(build).map(|t| t.regions()).unwrap_or_default(),
        &options,
    )?;
    warn_of(&file.path, &found.warnings);
    let ready = ready(common, found.build)?;
    Ok(Prepared { ready, scan: found })
}

/// Returns the stretches in which events of the panel's genes lie, by build.
fn event_regions(job: &Job) -> Vec<(Build, Regions)> {
    let of = |build| {
        let targets = job.source.targets(build, job.targets.as_ref());
        // A panel whose transcript is missing on a build says so when its targets are asked for.
        targets.ok().map(|targets| (build, targets.event_regions()))
    };
    Build::ALL.into_iter().filter_map(of).collect()
}

/// Makes what the samples of a build are analyzed by.
fn ready<'j>(common: &Common<'j>, build: Build) -> anyhow::Result<Ready<'j>> {
    let job = common.job;
    let site = SiteAnnotator {
        // First: a bundle of another build says so.
        annotator: common.annotators.of(build)?,
        targets: job
            .source
            .targets(build, job.targets.as_ref())
            .with_context(|| format!("panel {}", job.source.panel.name))?,
        rules: job.rules,
        platform: job.settings.platform.clone(),
    };
    Ok(Ready {
        recurrent: common.companions.recurrent(build, site.annotator.bases())?,
        regions: site.targets.regions(),
        site,
        build,
    })
}

/// Analyzes an alignment file: one sample, or what keeps it out.
#[cfg(feature = "alignments")]
fn analyze_alignments(common: &Common<'_>, file: &FilePlan, subjects: &[Subject<'_>], outcome: &mut Ended) {
    for subject in subjects {
        let watch = Stopwatch::start();
        match alignment_report(common, file, *subject) {
            Ok(result) => {
                outcome.reported += 1;
                tell(file, &result, &watch);
            }
            Err(error) => {
                let name = subject.plan.name.clone();
                outcome.fail(file.path.clone(), Some(name), kind_of(&error), explained(&error));
            }
        }
    }
}

#[cfg(not(feature = "alignments"))]
fn analyze_alignments(_: &Common<'_>, file: &FilePlan, _: &[Subject<'_>], outcome: &mut Ended) {
    let message = format!("{}: this build cannot read alignments", file.path.display());
    outcome.fail(file.path.clone(), None, ErrorKind::BadInput, message);
}

#[cfg(feature = "alignments")]
fn alignment_report(
    common: &Common<'_>,
    file: &FilePlan,
    subject: Subject<'_>,
) -> anyhow::Result<SampleResult> {
    let (job, plan) = (common.job, subject.plan);
    let opened = OpenedAlignments::open(job, &file.path)?;
    let ready = ready(common, opened.build())?;
    let examined = opened.examine(job, &ready.site, &[])?;
    warn_of(&file.path, &examined.warnings);
    let Examined {
        mut alleles,
        coverage,
        reads,
        mut input,
        warnings,
        ..
    } = examined;
    let normal = ready.companions(common, plan, &mut alleles)?;
    (input.normal_column, input.normal_file) = (normal.column, normal.file);
    let bases = ready.site.annotator.bases();
    let mut result = ready.analyzer(job).analyze(SampleInput {
        name: plan.name.clone(),
        patient: subject.known(job),
        inputs: vec![input],
        alleles: &alleles,
        coverage: &coverage,
        warnings,
        reads: Some(reads),
    })?;
    check_source(bases)?;
    draw(job, &file.path, &mut result)?;
    history::add(&job.files, &plan.previous, &mut result)?;
    common.output.take(&result).map_err(NotTaken)?;
    Ok(result)
}

/// Returns what a report says of a file of variants.
fn input_of(file: &FilePlan, scan: &Scan, scanned: &ScannedSample, normal: UsedNormal) -> InputRecord {
    InputRecord {
        file: file.input.file_name(),
        format: scan.format.to_owned(),
        caller: scan.caller.name().to_owned(),
        column: scanned.column.clone(),
        normal_column: normal.column.or_else(|| scanned.normal_column.clone()),
        normal_file: normal.file,
        panel_records: scanned.panel_records,
        indexed: scan.indexed,
        reads: None,
        build_from: scan.build_from.to_string(),
        build_from_coded: Some(scan.build_from.clone()),
    }
}

fn report_on(
    common: &Common<'_>,
    found: &Prepared<'_>,
    file: &FilePlan,
    subject: Subject<'_>,
    mut scanned: ScannedSample,
) -> anyhow::Result<SampleResult> {
    let (job, scan, ready) = (common.job, &found.scan, &found.ready);
    let plan = subject.plan;
    let mut alleles = std::mem::take(&mut scanned.alleles);
    ready.site.write_out(&mut alleles);
    let normal = ready.companions(common, plan, &mut alleles)?;
    let input = input_of(file, scan, &scanned, normal);
    #[cfg(feature = "alignments")]
    let examined = beside_variants(job, &ready.site, plan, &mut alleles)?;
    #[cfg_attr(
        not(feature = "alignments"),
        allow(unused_mut, reason = "only alignments add to it")
    )]
    let mut sample = SampleInput {
        name: plan.name.clone(),
        patient: subject.known(job),
        inputs: vec![input],
        alleles: &alleles,
        coverage: &scanned.coverage,
        warnings: scan.warnings.clone(),
        reads: None,
    };
    #[cfg(feature = "alignments")]
    if let Some(examined) = &examined {
        warn_of(&file.path, &examined.warnings);
        sample.inputs.push(examined.input.clone());
        sample.coverage = &examined.coverage;
        sample.warnings.extend(examined.warnings.clone());
        sample.reads = Some(examined.reads.clone());
    }
    let mut result = ready.analyzer(job).analyze(sample)?;
    check_source(ready.site.annotator.bases())?;
    #[cfg(feature = "alignments")]
    if let Some(reads) = &plan.reads {
        draw(job, reads, &mut result)?;
    }
    history::add(&job.files, &plan.previous, &mut result)?;
    common.output.take(&result).map_err(NotTaken)?;
    Ok(result)
}
