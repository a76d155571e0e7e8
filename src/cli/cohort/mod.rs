//! `hemoclone cohort`: tables and a page over the reports of many samples.

mod alleles;
mod earlier;
mod failures;
mod growing;
mod inputs;
mod names;
mod reading;
mod undo;
mod writing;

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use self::earlier::Earlier;
use self::failures::Failures;
use self::inputs::Found;
use self::reading::{Context, Report};
use self::writing::Writing;
use super::output::OutputFolder;
use super::say;
use super::{Outcome, threads};
use hemoclone::cohort::{Counted, Manifest};
use hemoclone::report::Languages;
use hemoclone::report::read::{Basis, ReadError};
use hemoclone::run::{UsageError, counted};

/// Reports that are read before they are written, for each thread: all that lies in memory of the reports.
const AT_ONCE: usize = 32;

/// Options of `hemoclone cohort`.
///
/// Puts the reports of `analyze` together: tables (TSV and Parquet), prevalence, alleles that recur, samples that differ or seem to be of
/// one person, and a page. Where the folder holds a cohort already, the samples are added to it, and the reports of those before
/// are not read again.
#[derive(Clone, Debug, Args)]
pub(crate) struct CohortArgs {
    /// Reports of samples (JSON), or folders of them
    #[arg(value_name = "DIR|JSON", required = true)]
    inputs: Vec<PathBuf>,
    /// Folder of the cohort; made when it is not there, added to when it holds one
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Batch or run of the samples that are added
    #[arg(long, value_name = "NAME")]
    batch: Option<String>,
    /// Table with the columns sample and batch; goes before --batch
    #[arg(long, value_name = "TABLE")]
    batches: Option<PathBuf>,
    /// Forms of the large tables [default: both, or those that the cohort has]
    #[arg(long, value_name = "FORM,...", value_delimiter = ',')]
    tables: Vec<Form>,
    /// Languages of the page, the first shown first
    #[arg(long, value_name = "en,ja", default_value = "en,ja")]
    lang: String,
    /// Threads [default: what the scheduler granted, else every core]
    #[arg(short, long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Make the cohort anew, of these reports alone
    #[arg(long)]
    force: bool,
}

/// Forms of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Parquet, typed
    Parquet,
    /// Text with tabs
    Tsv,
}

impl Form {
    const fn name(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Tsv => "tsv",
        }
    }
}

/// Runs the subcommand.
pub(super) fn run(args: &CohortArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let languages: Languages = args
        .lang
        .parse()
        .map_err(|e| UsageError(format!("--lang: {e}")))?;
    let context = Context::new(&args.output, args.batch.as_deref(), args.batches.as_deref())?;
    let threads = threads::count(args.threads)?;
    threads::pool(threads)?.install(|| {
        let mut errors = Failures::new();
        let found = inputs::find(&args.inputs, &mut errors);
        let mut folder = OutputFolder::open(&args.output, writing::is_ours)?;
        let earlier = Earlier::open(&args.output, args.force, &folder)?;
        let forms = forms(&args.tables, earlier.as_ref())?;
        let writing = add(&context, &found, earlier, &forms, threads, &mut errors)?;
        let failed = errors.finish();
        let Some(writing) = writing else {
            folder.settle();
            return Ok(nothing(failed, found.skipped));
        };
        let told = writing.told(&args.output, found.skipped);
        if writing.has_news() {
            writing.finish(&mut folder, &languages)?;
        }
        folder.settle();
        if failed == 0 {
            say::line(&told, quiet);
            return Ok(Outcome::Done);
        }
        tracing::error!("{told}; {} failed", counted(failed, "input"));
        Ok(Outcome::SomeInputsFailed)
    })
}

/// Says that there is nothing to make a cohort of.
fn nothing(failed: usize, skipped: usize) -> Outcome {
    let skipped = match skipped {
        0 => String::new(),
        n => format!(", {} skipped", counted(n, "file")),
    };
    tracing::error!(
        "no report of a sample that could be read: nothing was written ({} failed{skipped}); give folders that `analyze` wrote, or <sample>.json",
        counted(failed, "input")
    );
    Outcome::SomeInputsFailed
}

/// Returns the forms of the large tables.
fn forms(asked: &[Form], earlier: Option<&Earlier>) -> Result<Vec<String>, UsageError> {
    let mut names: Vec<String> = asked.iter().map(|form| form.name().to_owned()).collect();
    names.sort();
    names.dedup();
    match earlier {
        Some(earlier) if !names.is_empty() && names != earlier.manifest.forms => Err(UsageError(format!(
            "--tables {}: the cohort has {}; leave the option out, or make the cohort anew from all reports (--force)",
            names.join(","),
            earlier.manifest.forms.join(",")
        ))),
        Some(earlier) => Ok(earlier.manifest.forms.clone()),
        None if names.is_empty() => Ok([Form::Parquet, Form::Tsv]
            .map(|form| form.name().to_owned())
            .into()),
        None => Ok(names),
    }
}

/// Reads the reports and adds them; `None` where there is none to add and no cohort to add to.
fn add(
    context: &Context,
    found: &Found,
    mut earlier: Option<Earlier>,
    forms: &[String],
    threads: usize,
    errors: &mut Failures,
) -> anyhow::Result<Option<Writing>> {
    let mut writing: Option<Writing> = None;
    for inputs in found.files.chunks(AT_ONCE * threads) {
        let read = || -> Vec<Result<Report, ReadError>> {
            inputs.par_iter().map(|input| context.read(input)).collect()
        };
        // What was counted is read along with the first reports.
        let (counted, read) = rayon::join(|| earlier.as_ref().map(Earlier::counted).transpose(), read);
        let mut reports = Vec::with_capacity(read.len());
        for (input, read) in inputs.iter().zip(read) {
            match read {
                Ok(report) => reports.push(report),
                Err(error) if error.is_something_else() && !input.is_named => {
                    found.skip(&input.path(), "no report of a sample");
                }
                Err(error) => errors.tell(&error.to_string()),
            }
        }
        if writing.is_none() {
            writing = start(context, earlier.take().zip(counted?), &reports, forms)?;
        }
        let Some(writing) = &mut writing else { continue };
        for report in reports {
            if let Err(problem) = writing.add(report)? {
                errors.tell(&problem);
            }
        }
    }
    Ok(writing.filter(|writing| writing.has_news() || writing.known_again() > 0))
}

/// Starts to write, on the basis of the cohort, or of most of the first reports; `None` without both.
fn start(
    context: &Context,
    earlier: Option<(Earlier, Counted)>,
    reports: &[Report],
    forms: &[String],
) -> anyhow::Result<Option<Writing>> {
    if let Some((earlier, counted)) = earlier {
        return Writing::go_on(&context.output, earlier, counted).map(Some);
    }
    let mut counts: HashMap<&Basis, usize> = HashMap::new();
    for report in reports {
        *counts.entry(&report.basis).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
    let first = most.and_then(|(basis, _)| reports.iter().find(|report| report.basis == *basis));
    let Some(first) = first else { return Ok(None) };
    let manifest = Manifest::new(&first.basis, first.genes.clone(), forms.to_vec());
    Writing::new(&context.output, manifest, first.basis.clone()).map(Some)
}
