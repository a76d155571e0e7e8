//! `hemoclone analyze`: the main job.

mod clinical;
mod companions;
mod file;
mod options;
#[cfg(feature = "alignments")]
mod reads;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

pub use options::AnalyzeArgs;

use self::companions::Companions;
use self::file::{Annotators, Common, FileOutcome, Reported, analyze_file};
use self::options::{Job, read_sheet, resolve};
use super::output::{create_folder, write_whole};
use super::plan::{FilePlan, Request, plan};
use super::{Outcome, UsageError};
use crate::report::{self, SummaryRow, suffix};
use crate::sample::{Genotype, same_persons};

/// Runs the subcommand.
pub fn run(args: &AnalyzeArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let job = resolve(args)?;
    let sheet = args.samples.as_deref().map(read_sheet).transpose()?;
    let request = Request {
        inputs: &args.inputs,
        sheet: args.samples.as_deref().zip(sheet.as_ref()),
        #[cfg(feature = "alignments")]
        reference: job.reference.as_deref(),
        #[cfg(feature = "alignments")]
        cram_decoder: job.reads.cram_decoder(),
        sex: args.sex(),
        columns: args.columns(),
        normal: args.normal(),
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(job.threads)
        .build()
        .context("cannot start the threads")?;
    pool.install(|| {
        let mut plans = plan(&request)?;
        clinical::complete(&mut plans, args.clinical.as_deref())?;
        if let Some(sheet) = &sheet {
            clinical::warn_of_unused(sheet, &plans);
        }
        #[cfg(feature = "alignments")]
        if let Some(path) = plans
            .iter()
            .find_map(FilePlan::alignments)
            .filter(|_| job.reference.is_none())
        {
            return Err(reads::needs_reference(path));
        }
        prepare_output(&job, &plans)?;
        analyze_files(&job, &plans, quiet)
    })
}

/// Makes the folder; refuses to touch reports that are there, or with `--force` removes them, so that a sample that
/// fails does not keep yesterday's report.
fn prepare_output(job: &Job, plans: &[FilePlan]) -> anyhow::Result<()> {
    create_folder(&job.output)?;
    let samples = plans.iter().filter_map(|p| p.samples.as_ref().ok()).flatten();
    let endings = [
        suffix::JSON,
        suffix::CALLS,
        suffix::GENES,
        suffix::HOTSPOTS,
        suffix::HTML,
    ];
    let reports = samples.flat_map(|s| endings.map(|e| format!("{}{e}", report::file_stem(&s.name))));
    let reports = reports.chain([report::SUMMARY_FILE.to_owned()]);
    let there: Vec<PathBuf> = reports
        .map(|name| job.output.join(name))
        .filter(|path| path.exists())
        .collect();
    match there.first() {
        Some(first) if !job.force => Err(UsageError(format!(
            "{} is there already; give --force to overwrite, or another --output",
            first.display()
        ))
        .into()),
        _ => there.iter().try_for_each(|p| {
            fs::remove_file(p).with_context(|| format!("cannot overwrite {}", p.display()))
        }),
    }
}

/// Analyzes every file, each sample's reports appearing as it is done, then writes the summary.
fn analyze_files(job: &Job, plans: &[FilePlan], quiet: bool) -> anyhow::Result<Outcome> {
    let annotators = Annotators::new(job);
    let companions = Companions::new(job);
    let bar = progress_bar(
        plans.iter().map(|p| p.samples.as_ref().map_or(1, Vec::len)).sum(),
        quiet,
    );
    // One file alone gets all threads for decompression; many files share them.
    let decoding_threads = (job.threads / plans.len().max(1)).max(1);
    let outcomes: Vec<FileOutcome> = plans
        .par_iter()
        .map(|file| {
            let outcome = match &file.samples {
                Ok(samples) => analyze_file(
                    &Common {
                        job,
                        annotators: &annotators,
                        companions: &companions,
                    },
                    file,
                    samples,
                    decoding_threads,
                ),
                Err(error) => FileOutcome {
                    reported: Vec::new(),
                    errors: vec![format!("{error:#}")],
                },
            };
            bar.inc(file.samples.as_ref().map_or(1, Vec::len) as u64);
            outcome
        })
        .collect();
    bar.finish_and_clear();
    let (reported, errors): (Vec<_>, Vec<_>) = outcomes.into_iter().map(|o| (o.reported, o.errors)).unzip();
    let (rows, errors) = (summary_rows(reported.concat()), errors.concat());
    let reported = rows.len();
    // A run in which every sample failed leaves nothing behind.
    if reported > 0 || errors.is_empty() {
        write_whole(&job.output.join(report::SUMMARY_FILE), |w| {
            Ok(report::write_summary(w, rows)?)
        })?;
    }
    for error in &errors {
        tracing::error!("{}", report::safe::terminal(error));
    }
    if errors.is_empty() {
        return Ok(Outcome::Done);
    }
    tracing::error!(
        "{reported} samples reported, {} inputs or samples failed",
        errors.len()
    );
    Ok(Outcome::SomeInputsFailed)
}

/// Says what a reader must know about an input file.
fn warn(path: &Path, warnings: &[String]) {
    for warning in warnings {
        let message = format!("{}: {warning}", path.display());
        tracing::warn!("{}", report::safe::terminal(&message));
    }
}

/// Returns the rows of the summary, each with the other samples that seem to be of the same person.
fn summary_rows(reported: Vec<Reported>) -> Vec<SummaryRow> {
    let genotypes: Vec<&Genotype> = reported.iter().map(|r| &r.genotype).collect();
    let same = same_persons(&genotypes);
    let names: Vec<String> = reported.iter().map(|r| r.row.sample.clone()).collect();
    let alike = same.iter().filter(|others| !others.is_empty()).count();
    if alike > 0 {
        tracing::warn!(
            "{alike} samples have the inherited variants of another sample of this run: one person twice, or a swapped sample; see same_genotype_as in {}",
            report::SUMMARY_FILE
        );
    }
    let with_others = |(mut one, others): (Reported, Vec<usize>)| {
        let mut others: Vec<&String> = others.into_iter().map(|i| &names[i]).collect();
        others.sort();
        one.row.same_genotype_as = others.into_iter().collect();
        one.row
    };
    reported.into_iter().zip(same).map(with_others).collect()
}

fn progress_bar(samples: usize, quiet: bool) -> ProgressBar {
    // A single sample is over before a bar is read; in a log indicatif stays silent by itself.
    let target = if quiet || samples < 2 {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    };
    let bar = ProgressBar::with_draw_target(Some(samples as u64), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} samples, {eta} left") {
        bar.set_style(style);
    }
    bar
}
