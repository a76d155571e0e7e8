//! One file of `analyze`: scan, analyze its samples, write their reports.

use std::sync::{Arc, OnceLock};

use anyhow::{Context, anyhow};

use super::options::Job;
use crate::cli::bases::PanelSource;
use crate::cli::output::OutputSet;
use crate::cli::plan::{FilePlan, SamplePlan};
use crate::genome::Build;
use crate::report::{self, SummaryRow, suffix};
use crate::sample::{Analyzer, InputRecord, SampleInput, SampleResult, SiteAnnotator};
use crate::transcript::{Annotator, transcript};
use crate::variants::{Scan, ScanOptions, ScannedSample, scan};

/// How a file ended.
#[derive(Debug, Default)]
pub struct FileOutcome {
    /// One row per sample reported.
    pub rows: Vec<SummaryRow>,
    /// One message per sample or file that failed.
    pub errors: Vec<String>,
}

/// Annotators by build, each made when its first file comes: the reference is opened and checked once.
#[derive(Debug)]
pub struct Annotators<'j> {
    job: &'j Job,
    grch37: OnceLock<Result<Arc<Annotator>, String>>,
    grch38: OnceLock<Result<Arc<Annotator>, String>>,
    /// Transcripts without version that the program has no sequence of: for these the file's annotation is read.
    unsequenced: Vec<String>,
}

impl<'j> Annotators<'j> {
    /// Makes the set; opens nothing yet.
    pub fn new(job: &'j Job) -> Self {
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
                    .annotator(build, self.job.reference.as_deref())
                    .map(Arc::new)
                    .map_err(|e| format!("{e:#}"))
            })
            .clone()
            .map_err(|message| anyhow!(message))
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
pub fn analyze_file(
    job: &Job,
    annotators: &Annotators<'_>,
    file: &FilePlan,
    samples: &[SamplePlan],
    threads: usize,
) -> FileOutcome {
    let mut outcome = FileOutcome::default();
    match prepared(job, annotators, file, samples, threads) {
        Err(error) => outcome.errors.push(format!("{error:#}")),
        Ok((found, analyzer)) => {
            for (plan, scanned) in samples.iter().zip(&found.samples) {
                match report_on(job, &analyzer, &found, file, plan, scanned) {
                    Ok(row) => outcome.rows.push(row),
                    Err(error) => outcome.errors.push(format!(
                        "{}, sample {:?}: {error:#}",
                        file.path.display(),
                        plan.name
                    )),
                }
            }
        }
    }
    outcome
}

fn prepared<'j>(
    job: &'j Job,
    annotators: &'j Annotators<'_>,
    file: &FilePlan,
    samples: &[SamplePlan],
    threads: usize,
) -> anyhow::Result<(Scan, Analyzer<'j>)> {
    let options = ScanOptions {
        build: job.build,
        columns: samples.iter().map(|s| s.columns.clone()).collect(),
        annotations_on: Some(annotators.unsequenced.clone()),
        threads,
    };
    let targets = |build| job.source.targets(build, job.targets.as_ref());
    // A panel whose transcript is missing on a build yields no regions here and its error below.
    let found = scan(
        &file.input,
        &|build| targets(build).map(|t| t.regions()).unwrap_or_default(),
        &options,
    )?;
    for warning in &found.warnings {
        let message = format!("{}: {warning}", file.path.display());
        tracing::warn!("{}", report::safe::terminal(&message));
    }
    let analyzer = Analyzer {
        panel: &job.source.panel,
        checksum: job.checksum.clone(),
        site: SiteAnnotator {
            // First: a bundle of another build says so.
            annotator: annotators.of(found.build)?,
            targets: targets(found.build).with_context(|| format!("panel {}", job.source.panel.name))?,
            rules: job.rules,
        },
        settings: job.settings.clone(),
    };
    Ok((found, analyzer))
}

fn report_on(
    job: &Job,
    analyzer: &Analyzer<'_>,
    found: &Scan,
    file: &FilePlan,
    plan: &SamplePlan,
    scanned: &ScannedSample,
) -> anyhow::Result<SummaryRow> {
    let result = analyzer.analyze(SampleInput {
        name: plan.name.clone(),
        sex: plan.sex,
        age: plan.age,
        patient: plan.patient.clone(),
        input: InputRecord {
            file: file.input.file_name(),
            format: found.format.to_owned(),
            caller: found.caller.name().to_owned(),
            column: scanned.column.clone(),
            normal_column: scanned.normal_column.clone(),
            panel_records: scanned.panel_records,
            indexed: found.indexed,
            build_from: found.build_from.clone(),
        },
        alleles: &scanned.alleles,
        coverage: &scanned.coverage,
        warnings: found.warnings.clone(),
    })?;
    write_reports(job, &result)?;
    Ok(SummaryRow::new(&result))
}

fn write_reports(job: &Job, result: &SampleResult) -> anyhow::Result<()> {
    let stem = report::file_stem(&result.sample);
    let path = |ending: &str| job.output.join(format!("{stem}{ending}"));
    let mut set = OutputSet::default();
    set.write(&path(suffix::JSON), |w| Ok(report::write_json(w, result)?))?;
    set.write(&path(suffix::CALLS), |w| Ok(report::write_calls(w, result)?))?;
    set.write(&path(suffix::GENES), |w| Ok(report::write_genes(w, result)?))?;
    set.write(&path(suffix::HTML), |w| {
        Ok(report::write_html(w, result, &job.languages)?)
    })?;
    set.commit()
}
