//! `hemoclone analyze`: the main job.

mod destination;
mod file;
mod reported;

use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use self::destination::Destination;
use self::file::{Annotators, Common, FileOutcome, analyze_file};
use self::reported::Reported;
use super::say::{self, Errors};
use super::{Outcome, pool};
use crate::run::companions::Companions;
pub use crate::run::options::AnalyzeArgs;
use crate::run::options::{Job, read_sheet, resolve};
use crate::run::plan::{FilePlan, Request, SameReason, plan};
#[cfg(feature = "alignments")]
use crate::run::reads;
use crate::run::{clinical, counted, explained, pipes};

/// Runs the subcommand.
pub fn run(args: &AnalyzeArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let job = resolve(args)?;
    pipes::refuse_twice(args.inputs.iter().map(PathBuf::as_path).chain(args.files()))?;
    let worksheet = args.sheet.as_deref();
    let sheet = args
        .samples
        .as_deref()
        .map(|path| read_sheet(path, worksheet))
        .transpose()?;
    let request = Request {
        inputs: &args.inputs,
        sheet: args.samples.as_deref().zip(sheet.as_ref()),
        #[cfg(feature = "alignments")]
        reference: job.reference.as_deref(),
        #[cfg(feature = "alignments")]
        cram_decoder: job.reads.cram_decoder(),
        sex: job.sex,
        columns: job.columns.clone(),
        normal: args.normal(),
        name_by: job.name_by,
    };
    pool(job.threads)?.install(|| {
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
        let destination = Destination::prepare(args, &job, &plans)?;
        let (reported, failed) = analyze_files(&job, &plans, quiet);
        let samples = format!("{} reported", counted(reported.len(), "sample"));
        destination.add(reported, failed)?;
        if failed == 0 {
            say::line(&format!("{samples} in {}", job.output.display()), quiet);
            return Ok(Outcome::Done);
        }
        let profile = args
            .config
            .as_deref()
            .map(|p| format!("; the options are those of profile {}", p.display()));
        let failed = match failed {
            1 => "1 input or sample failed".to_owned(),
            n => format!("{n} inputs or samples failed"),
        };
        tracing::error!("{samples}, {failed}{}", profile.unwrap_or_default());
        Ok(Outcome::SomeInputsFailed)
    })
}

/// Analyzes every file, each sample's reports appearing as it is done; says what failed, and returns how many did.
fn analyze_files(job: &Job, plans: &[FilePlan], quiet: bool) -> (Vec<Reported>, usize) {
    let annotators = Annotators::new(job);
    let companions = Companions::new(job);
    let bar = progress_bar(
        plans.iter().map(|p| p.samples.as_ref().map_or(1, Vec::len)).sum(),
        quiet,
    );
    // One file alone gets all threads for decompression; many files share them.
    let decoding_threads = (job.threads / plans.len().max(1)).max(1);
    let common = Common {
        job,
        annotators: &annotators,
        companions: &companions,
    };
    let outcomes: Vec<FileOutcome> = plans
        .par_iter()
        .map(|file| {
            let outcome = match &file.samples {
                Ok(samples) => analyze_file(&common, file, samples, decoding_threads),
                Err(error) if error.is::<SameReason>() => FileOutcome {
                    untold: 1,
                    ..FileOutcome::default()
                },
                Err(error) => FileOutcome {
                    errors: vec![explained(error)],
                    ..FileOutcome::default()
                },
            };
            bar.inc(file.samples.as_ref().map_or(1, Vec::len) as u64);
            outcome
        })
        .collect();
    bar.finish_and_clear();
    let (mut reported, mut failed, mut untold) = (Vec::new(), 0, 0);
    let mut errors = Errors::new("input or sample failed", "inputs or samples failed");
    for outcome in outcomes {
        reported.extend(outcome.reported);
        failed += outcome.errors.len() + outcome.untold;
        untold += outcome.untold;
        for error in outcome.errors {
            errors.tell(&error);
        }
    }
    errors.finish();
    if untold > 0 {
        tracing::error!("{} more with equal sample names", counted(untold, "file"));
    }
    (reported, failed)
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
