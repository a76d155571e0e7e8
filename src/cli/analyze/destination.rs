//! Where the reports go: what is there already, what of it this run may replace, and the summary that it adds to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;

use super::args::AnalyzeArgs;
use super::foreign::is_foreign;
use super::reported::{Reported, summary_rows};
use super::run_files::RunFiles;
use crate::cli::output::{Inputs, OutputFolder, remove_if_there, write_whole};
use hemoclone::report::output::Place;
use hemoclone::report::outputs::OUTPUTS;
use hemoclone::report::{SUMMARY_FILE, SummaryLines, SummaryRow, file_stem, folded, outputs};
use hemoclone::run::{FilePlan, Job, SamplePlan, UsageError};
use hemoclone::sample::SampleResult;

/// Ending of the file that makes a sample complete.
const JSON: &str = ".json";

/// Endings of a sample's files, in the order in which they are removed: the one that makes a sample complete goes first.
fn endings() -> impl Iterator<Item = &'static str> {
    outputs::sample_suffixes().rev()
}

/// The folder of a run, ready to be written to.
#[derive(Debug)]
pub(super) struct Destination {
    folder: OutputFolder,
    /// Rows of earlier runs.
    summary: SummaryLines,
    /// Whether there was a summary.
    had_summary: bool,
    /// Files of the run beside it.
    run_files: RunFiles,
}

impl Destination {
    /// Makes the folder; refuses to touch inputs, and reports that are there, or with `--force` removes these, so that a sample
    /// that fails does not keep yesterday's report.
    pub(super) fn prepare(args: &AnalyzeArgs, job: &Job, plans: &[FilePlan]) -> anyhow::Result<Self> {
        let stems: BTreeMap<String, &str> = samples(plans)
            .map(|s| (file_stem(&s.name), s.name.as_str()))
            .collect();
        refuse_inputs(args, job, plans, stems.keys())?;
        let is_output = |name: &str| {
            outputs::run_files().any(|file| name == file) || endings().any(|e| name.ends_with(e))
        };
        let mut folder = OutputFolder::open(&args.output, is_output)?;
        let complete = complete_stems(&args.output)?;
        refuse_folded(&args.output, &complete, &stems)?;
        refuse_foreign(args, job, stems.keys())?;
        refuse_reports(args, &folder, plans)?;
        let (mut summary, had_summary) = read_summary(&folder.join(SUMMARY_FILE), args.force)?;
        let before = summary.clone();
        let unfinished = folder.unfinished().clone();
        folder.announce(stems.keys().map(String::as_str))?;
        for name in stems.values() {
            summary.remove(name);
        }
        for stem in unfinished.iter().filter(|stem| !stems.contains_key(*stem)) {
            if complete.contains(stem) {
                add_row_of(&folder.join(&format!("{stem}{JSON}")), &mut summary)?;
            } else {
                remove_files(&folder, stem)?;
            }
        }
        let destination = Self {
            folder,
            summary,
            had_summary,
            run_files: RunFiles::new(&args.output, &job.formats),
        };
        destination.run_files.remove()?;
        if destination.summary != before {
            destination.write_summary()?;
        }
        for stem in stems.keys() {
            remove_files(&destination.folder, stem)?;
        }
        Ok(destination)
    }

    /// Adds the samples of the run to the summary. A run in which every sample failed leaves none behind that was not there.
    pub(super) fn add(mut self, reported: Vec<Reported>, failed: usize) -> anyhow::Result<()> {
        let is_new = !reported.is_empty() || failed == 0;
        for row in summary_rows(reported) {
            self.summary.insert(&row);
        }
        if is_new {
            self.write_summary()?;
        }
        let folder = self.run_files.folder().to_owned();
        let result_of = |sample: &str| folder.join(format!("{}{JSON}", file_stem(sample)));
        self.run_files.write(&self.summary, &result_of)?;
        self.folder.settle();
        Ok(())
    }

    fn write_summary(&self) -> anyhow::Result<()> {
        let path = self.folder.join(SUMMARY_FILE);
        if self.summary.is_empty() && self.had_summary {
            return remove_if_there(&path);
        }
        write_whole(&path, |w| Ok(self.summary.write(w)?))
    }
}

fn samples(plans: &[FilePlan]) -> impl Iterator<Item = &SamplePlan> {
    plans.iter().filter_map(|p| p.samples.as_ref().ok()).flatten()
}

/// Refuses a run that would overwrite what it reads.
fn refuse_inputs<'s>(
    args: &AnalyzeArgs,
    job: &Job,
    plans: &[FilePlan],
    stems: impl Iterator<Item = &'s String>,
) -> Result<(), UsageError> {
    let of_samples = samples(plans).flat_map(|s| {
        let normal = s.normal.as_ref().map(|n| n.path.as_path());
        let one_each = [normal, s.clinical.as_deref(), s.reads.as_deref()];
        let previous = s.previous.iter().map(PathBuf::as_path);
        one_each.into_iter().flatten().chain(previous)
    });
    let inputs = Inputs::default()
        .with(plans.iter().map(|p| p.path.as_path()))
        .with(of_samples)
        .with(job.named_files());
    for name in outputs::run_files() {
        inputs.refuse(&args.output.join(name))?;
    }
    if let Some(path) = &args.failed {
        inputs.refuse(path)?;
    }
    for stem in stems {
        for (path, is_chosen) in sample_files(args, job, stem) {
            if is_chosen || !is_foreign(&path) {
                inputs.refuse(&path)?;
            }
        }
    }
    Ok(())
}

/// Returns the files that a sample may have, and whether this run writes them.
fn sample_files(args: &AnalyzeArgs, job: &Job, stem: &str) -> impl Iterator<Item = (PathBuf, bool)> {
    OUTPUTS.iter().filter_map(move |output| match output.place {
        Place::Sample(suffix) => {
            let path = args.output.join(format!("{stem}{suffix}"));
            Some((path, job.formats.hold(output)))
        }
        Place::Run(_) => None,
    })
}

/// Refuses to replace a file that bears the name of a report and is none.
fn refuse_foreign<'s>(
    args: &AnalyzeArgs,
    job: &Job,
    stems: impl Iterator<Item = &'s String>,
) -> Result<(), UsageError> {
    let mut files = stems.flat_map(|stem| sample_files(args, job, stem));
    match files.find(|(path, is_chosen)| *is_chosen && is_foreign(path)) {
        None => Ok(()),
        Some((path, _)) => Err(UsageError(format!(
            "{} is there and no report of analyze: it is not replaced; give another --output, or leave the annotated VCF out (--formats html)",
            path.display()
        ))),
    }
}

/// Returns the stems of the samples whose last file is there.
fn complete_stems(folder: &Path) -> anyhow::Result<BTreeSet<String>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let names = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok());
    Ok(names
        .filter(|name| !outputs::run_files().any(|file| file == name))
        .filter_map(|name| Some(name.strip_suffix(JSON)?.to_owned()))
        .collect())
}

/// Refuses names that differ from those of other samples in the folder only in what some file systems do not tell apart.
fn refuse_folded(
    folder: &Path,
    complete: &BTreeSet<String>,
    stems: &BTreeMap<String, &str>,
) -> Result<(), UsageError> {
    let ours: BTreeMap<String, &String> = stems.keys().map(|stem| (folded(stem), stem)).collect();
    let clash = complete
        .iter()
        .filter(|stem| !stems.contains_key(*stem))
        .find_map(|stem| Some((stem, ours.get(&folded(stem))?)));
    match clash {
        None => Ok(()),
        Some((there, new)) => Err(UsageError(format!(
            "sample {:?} would be {new}{json}, and {} is there: systems that do not tell upper from lower case take them for one file; give another --output, or another name in a sample sheet",
            stems.get(*new).copied().unwrap_or_default(),
            folder.join(format!("{there}{JSON}")).display(),
            json = JSON,
        ))),
    }
}

/// Refuses reports that are there, unless they may be overwritten, or are what a killed program left.
fn refuse_reports(args: &AnalyzeArgs, folder: &OutputFolder, plans: &[FilePlan]) -> Result<(), UsageError> {
    if args.force {
        return Ok(());
    }
    let with_files = plans.iter().flat_map(|plan| {
        let samples = plan.samples.iter().flatten();
        samples.map(move |sample| (file_stem(&sample.name), sample, plan))
    });
    // In the order of their names, as everything is.
    let ours: BTreeMap<String, (&SamplePlan, &FilePlan)> = with_files
        .filter(|(stem, _, _)| !folder.unfinished().contains(stem))
        .map(|(stem, sample, plan)| (stem, (sample, plan)))
        .collect();
    let first = ours.iter().find_map(|(stem, (sample, plan))| {
        let mut paths = endings().map(|e| folder.join(&format!("{stem}{e}")));
        let there = paths.find(|path| path.symlink_metadata().is_ok() && !is_foreign(path))?;
        Some((there, *sample, *plan))
    });
    match first {
        None => Ok(()),
        Some((there, sample, plan)) => Err(UsageError(format!(
            "{} is there already{}",
            there.display(),
            way_out(&there, sample, plan)
        ))),
    }
}

/// The part of a report that says which file it is of.
#[derive(Deserialize)]
struct OfFile {
    inputs: Vec<OneFile>,
}

#[derive(Deserialize)]
struct OneFile {
    file: String,
}

/// Says what to do about a report that is there. Callers name the columns of many people alike (TUMOR): to overwrite is no way
/// out where the report is another person's.
fn way_out(there: &Path, sample: &SamplePlan, plan: &FilePlan) -> String {
    let read = fs::read(there).ok();
    let report: Option<OfFile> = read.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let old = report.and_then(|r| Some(r.inputs.into_iter().next()?.file));
    let new = plan.input.file_name();
    match old {
        Some(old) if old != new => format!(
            " and is the report of another file, {old}, whose sample is named {:?} too: name samples by their files (--name-by file), \
             give each its own name in a sample sheet (--samples), or give another --output; --force would destroy that report",
            sample.name
        ),
        Some(old) => format!(
            ", the report of a file of the same name, {old}: give --force to overwrite it; where that was another person's file, give \
             another --output, or another name in a sample sheet (--samples)"
        ),
        None => "; give --force to overwrite, or another --output".to_owned(),
    }
}

/// Reads the summary of earlier runs and whether there is one; of another layout it is nothing to add to.
fn read_summary(path: &Path, force: bool) -> anyhow::Result<(SummaryLines, bool)> {
    if path.symlink_metadata().is_err() {
        return Ok((SummaryLines::default(), false));
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let read = std::str::from_utf8(&bytes).ok().and_then(SummaryLines::read);
    match read {
        Some(lines) => Ok((lines, true)),
        None if force => {
            tracing::warn!(
                "{} has other columns, as of another version: it is written anew, with the samples of this run only",
                path.display()
            );
            Ok((SummaryLines::default(), true))
        }
        None => Err(UsageError(format!(
            "{} has other columns, as of another version: nothing can be added to it; give another --output, or --force to write it anew",
            path.display()
        ))
        .into()),
    }
}

/// Adds the row of a sample that was complete when its run was killed, before the summary was written.
fn add_row_of(json: &Path, summary: &mut SummaryLines) -> anyhow::Result<()> {
    let text = fs::read(json).with_context(|| format!("cannot read {}", json.display()))?;
    match serde_json::from_slice::<SampleResult>(&text) {
        Ok(result) if !summary.has(&result.sample) => {
            summary.insert(&SummaryRow::new(&result));
            Ok(())
        }
        Ok(_) => Ok(()),
        Err(error) => {
            tracing::warn!(
                "{}: is of a run that was killed and cannot be read ({error}); it is not in {SUMMARY_FILE}: report on the sample again",
                json.display()
            );
            Ok(())
        }
    }
}

fn remove_files(folder: &OutputFolder, stem: &str) -> anyhow::Result<()> {
    let paths = endings().map(|ending| folder.join(&format!("{stem}{ending}")));
    paths
        .filter(|path| !is_foreign(path))
        .try_for_each(|path| remove_if_there(&path))
}
