//! `hemoclone compare`: what was observed beside what is true, or two folders of reports beside each other.

mod args;
mod folders;
mod sources;
mod truths;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

pub(crate) use self::args::CompareArgs;
use self::args::Unstated;
use self::sources::Sources;
use super::Outcome;
use super::output::{OutputSet, stdout, write_whole};
use super::say;
use hemoclone::compare::{Requirement, Terms, Told, VAF_BINS, compare};
use hemoclone::genome::Regions;
use hemoclone::report::{Languages, LanguagesError};
use hemoclone::run::{UsageError, counted};

/// Runs `hemoclone compare`.
pub(super) fn run(args: &CompareArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let languages: Languages = args
        .lang
        .parse()
        .map_err(|e: LanguagesError| UsageError(e.to_string()))?;
    // Accepting into a folder that is not there yet makes it.
    let is_new = args.folders.accept && !args.truth.exists();
    if truths::is_reports(&args.truth) || is_new {
        return folders::run(args, &languages, quiet);
    }
    args.refuse_options_of_folders()?;
    let requirements = args.requirements()?;
    let terms = Terms {
        regions: args.targets.as_deref().map(regions).transpose()?,
        partial: args.partial_truth,
        unstated_is_open: args.coverage_not_stated == Unstated::NotAssessed,
    };
    let outputs = args.outputs(&[
        "comparison.tsv",
        "metrics.tsv",
        "comparison.json",
        "comparison.html",
    ])?;
    let sources = Sources::new(args)?;
    let mut all_read = true;
    let observed = sources.observed(&args.observed, &mut all_read)?;
    let truth = truths::read(args, &sources, &observed)?;
    refuse_untellable(&requirements, truth.is_complete && !args.partial_truth)?;
    let comparison = compare(&truth, &observed, &terms, sources.bases(truth.build));
    sources.check()?;
    for warning in &comparison.warnings {
        tracing::warn!("{warning}");
    }
    for name in &comparison.absent {
        tracing::error!(
            "sample {name:?} of the truth was not observed; give its report or file, or take it out of the truth"
        );
    }
    all_read &= comparison.absent.is_empty();
    anyhow::ensure!(
        !comparison.samples.is_empty(),
        "no sample of {} was observed; samples go together by name",
        truth.source
    );
    let verdicts: Vec<_> = requirements.iter().map(|r| r.judge(&comparison)).collect();
    let bins: &[f64] = if args.vaf_bins.is_empty() {
        &VAF_BINS
    } else {
        &args.vaf_bins
    };
    let told = Told::new(comparison, bins, verdicts);
    write(&told, args, &outputs, &languages, quiet)?;
    Ok(ended(&told, all_read))
}

fn regions(path: &Path) -> anyhow::Result<Regions> {
    let file =
        std::fs::File::open(path).with_context(|| format!("cannot read the targets {}", path.display()))?;
    Regions::read_bed(std::io::BufReader::new(file)).with_context(|| format!("targets {}", path.display()))
}

fn refuse_untellable(requirements: &[Requirement], lists_all: bool) -> Result<(), UsageError> {
    match requirements.iter().find(|r| r.needs_all() && !lists_all) {
        Some(requirement) => Err(UsageError(format!(
            "--require: {requirement} cannot be told, for the truth does not list all there is; ask for sensitivity or missed, or give a truth that does"
        ))),
        None => Ok(()),
    }
}

/// Writes the files, or prints the figures.
fn write(
    told: &Told,
    args: &CompareArgs,
    outputs: &[PathBuf],
    languages: &Languages,
    quiet: bool,
) -> anyhow::Result<()> {
    if let [changes, metrics, json, page] = outputs {
        args.make_folder()?;
        let mut set = OutputSet::default();
        set.write(changes, |out| Ok(told.write_changes(out)?))?;
        set.write(metrics, |out| Ok(told.write_metrics(out)?))?;
        set.write(json, |out| Ok(told.write_json(out)?))?;
        set.write(page, |out| Ok(told.write_html(out, languages)?))?;
        set.commit()?;
    }
    if let Some(path) = &args.junit {
        write_whole(path, |out| Ok(told.write_junit(out)?))?;
    }
    if args.output.is_none() {
        let mut out = stdout()?;
        told.write_metrics(&mut out)?;
        out.flush()?;
    }
    say::line(&told.summary(), quiet);
    Ok(())
}

/// Tells the requirements that are not met, with what speaks against them; the exit code follows.
fn ended(told: &Told, all_read: bool) -> Outcome {
    let mut all_met = true;
    for verdict in told.verdicts.iter().filter(|v| !v.is_met) {
        all_met = false;
        let value = verdict
            .value
            .map_or_else(|| "nothing to tell it of".to_owned(), |v| format!("{v:.6}"));
        let mut errors = say::Errors::new("change against it", "changes against it");
        tracing::error!(
            "not met: {}: {value}; {}",
            verdict.requirement,
            counted(verdict.against.len(), "change") + " against it"
        );
        for line in told.against(verdict) {
            errors.tell(&line);
        }
        errors.finish();
    }
    match (all_read, all_met) {
        (false, _) => Outcome::SomeInputsFailed,
        (true, false) => Outcome::No,
        (true, true) => Outcome::Done,
    }
}
