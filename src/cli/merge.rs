//! `hemoclone merge`: what tasks reported one by one, as one run would have: summary, files of the run, and what is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use rayon::prelude::*;
use serde::Deserialize;

use super::analyze::reported::{Reported, summary_rows};
use super::analyze::run_files::{RunFiles, result_of};
use super::output::{OutputFolder, remove_if_there, write_whole};
use super::report_files::report_paths;
use super::{Outcome, say, threads};
use hemoclone::report::outputs::{self, Formats};
use hemoclone::report::{
    FAILED_FILE, FailedRow, SUMMARY_FILE, SummaryLines, file_stem, read_failed, write_failed,
};
use hemoclone::run::{UsageError, counted, explained, is_same_file};

/// Results that are read at once.
const AT_ONCE: usize = 64;

/// Puts the results of several runs together.
#[derive(Args, Clone, Debug)]
pub(crate) struct MergeArgs {
    /// Folders of reports, or single results (JSON); what failed in a folder is read from its failed.tsv
    #[arg(value_name = "DIR|JSON")]
    pub parts: Vec<PathBuf>,
    /// Folder for the tables; made when it is not there. The reports of the samples stay where they are
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Files of a run to write beside the summary: mqc, maf, xlsx
    #[arg(long, value_name = "LIST", default_value = "")]
    pub formats: String,
    /// What was to be done, as `hemoclone samplesheet check --json` printed it: samples of which there is no result are failed ones
    #[arg(long, value_name = "JSON")]
    pub plan: Option<PathBuf>,
    /// Folder with a part for each batch of the plan, named like the batch; what else is in it is left alone
    #[arg(long, value_name = "DIR", requires = "plan")]
    pub batches: Option<PathBuf>,
    /// Also copy the reports of every sample into the folder
    #[arg(long)]
    pub reports: bool,
    /// Overwrite the tables of an earlier merge, and its reports
    #[arg(long)]
    pub force: bool,
}

/// What is read of a plan.
#[derive(Debug, Deserialize)]
struct Plan {
    batches: Vec<PlannedBatch>,
    failed: Vec<PlannedFailure>,
}

#[derive(Debug, Deserialize)]
struct PlannedBatch {
    name: String,
    samples: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct PlannedFailure {
    sample: String,
    file: String,
    reason: String,
}

/// What was found in the parts.
#[derive(Default)]
struct Found {
    /// Where the result of each sample is.
    paths: BTreeMap<String, PathBuf>,
    reported: BTreeMap<String, Reported>,
    failed: Vec<FailedRow>,
}

/// Runs the subcommand.
///
/// # Errors
///
/// Where the same sample stands in two parts, or nothing can be written. A part that cannot be read is named, and the rest is merged.
pub(crate) fn run(args: &MergeArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let formats: Formats = args.formats.parse().map_err(|e| UsageError(format!("{e}")))?;
    let plan = args.plan.as_deref().map(read_plan).transpose()?;
    if args.parts.is_empty() && plan.is_none() {
        bail!(UsageError("give the folders to merge, or a --plan".to_owned()));
    }
    let folder = OutputFolder::open(&args.output, |name| {
        outputs::run_files().any(|file| name == file)
            || name == FAILED_FILE
            || outputs::sample_suffixes().any(|suffix| name.ends_with(suffix))
    })?;
    let summary_path = folder.join(SUMMARY_FILE);
    if summary_path.exists() && !args.force {
        bail!(UsageError(format!(
            "{} is there; give --force to overwrite it, or another --output",
            summary_path.display()
        )));
    }
    threads::pool(threads::count(None)?)?.install(|| {
        let mut parts = args.parts.clone();
        if let (Some(batches), Some(plan)) = (&args.batches, &plan) {
            let of_plan = plan.batches.iter().map(|batch| batches.join(&batch.name));
            parts.extend(of_plan.filter(|part| part.is_dir()));
        }
        let mut found = Found::read(&parts)?;
        if let Some(plan) = plan {
            found.add_missing(plan);
        }
        let (samples, failed) = (found.reported.len(), found.failed.len());
        if args.reports {
            found.copy_reports(&folder)?;
        }
        found.write(&folder, &formats)?;
        let merged = format!(
            "{} merged in {}",
            counted(samples, "sample"),
            args.output.display()
        );
        if failed == 0 {
            say::line(&merged, quiet);
            return Ok(Outcome::Done);
        }
        tracing::error!(
            "{merged}, {} failed: see {}",
            counted(failed, "other"),
            folder.join(FAILED_FILE).display()
        );
        Ok(Outcome::SomeInputsFailed)
    })
}

fn read_plan(path: &Path) -> anyhow::Result<Plan> {
    let bytes = fs::read(path).with_context(|| format!("cannot read the plan {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| {
        format!(
            "{}: is no plan of `hemoclone samplesheet check --json`",
            path.display()
        )
    })
}

impl Found {
    fn read(parts: &[PathBuf]) -> anyhow::Result<Self> {
        let mut found = Self::default();
        let mut results = Vec::new();
        for part in parts {
            if part.is_dir() {
                results.extend(report_paths(part)?);
                found.failed.extend(failed_in(part)?);
            } else {
                results.push(part.clone());
            }
        }
        results.sort();
        results.dedup();
        for some in results.chunks(AT_ONCE) {
            let read: Vec<_> = some
                .par_iter()
                .map(|path| result_of(path).map(|result| (result.sample.clone(), Reported::new(&result))))
                .collect();
            for (path, read) in some.iter().zip(read) {
                match read {
                    Ok((sample, reported)) => found.add(sample, path, reported)?,
                    Err(error) => {
                        let reason = explained(&error);
                        tracing::error!("{reason}");
                        found
                            .failed
                            .push(FailedRow::new("", &path.display().to_string(), &reason));
                    }
                }
            }
        }
        Ok(found)
    }

    fn add(&mut self, sample: String, path: &Path, reported: Reported) -> anyhow::Result<()> {
        if let Some(other) = self.paths.insert(sample.clone(), path.to_owned()) {
            bail!(
                "sample {sample:?} stands in {} and in {}; a sample has one result",
                other.display(),
                path.display()
            );
        }
        self.reported.insert(sample, reported);
        Ok(())
    }

    /// Adds the samples that were to be analyzed and of which nothing is there.
    fn add_missing(&mut self, plan: Plan) {
        let told: BTreeSet<String> = self.failed.iter().map(|row| row.sample.clone()).collect();
        for row in plan.failed {
            self.failed
                .push(FailedRow::new(&row.sample, &row.file, &row.reason));
        }
        for batch in plan.batches {
            let reason = format!(
                "no result: the task of batch {} ended before it was written; the log of the task tells why",
                batch.name
            );
            let is_missing =
                |sample: &&String| !self.reported.contains_key(*sample) && !told.contains(*sample);
            let missing: Vec<&String> = batch.samples.iter().filter(is_missing).collect();
            self.failed.extend(
                missing
                    .into_iter()
                    .map(|sample| FailedRow::new(sample, "", &reason)),
            );
        }
    }

    /// Puts the files of each sample into the folder, the result last: a sample whose result is there is complete.
    fn copy_reports(&self, folder: &OutputFolder) -> anyhow::Result<()> {
        self.paths.par_iter().try_for_each(|(sample, result)| {
            let stem = file_stem(sample);
            let part = result.parent().unwrap_or(Path::new(""));
            if is_same_file(result, &folder.join(&format!("{stem}.json"))) {
                return Ok(());
            }
            for suffix in outputs::sample_suffixes() {
                let name = format!("{stem}{suffix}");
                let (from, to) = (part.join(&name), folder.join(&name));
                if from.is_file() {
                    copied(&from, &to)?;
                } else {
                    remove_if_there(&to)?;
                }
            }
            Ok(())
        })
    }

    fn write(self, folder: &OutputFolder, formats: &Formats) -> anyhow::Result<()> {
        let mut summary = SummaryLines::default();
        for row in summary_rows(self.reported.into_values().collect()) {
            summary.insert(&row);
        }
        write_whole(&folder.join(SUMMARY_FILE), |out| Ok(summary.write(out)?))?;
        let run_files = RunFiles::new(&folder.join(""), formats);
        run_files.remove()?;
        let paths = self.paths;
        run_files.write(&summary, &|sample: &str| {
            paths.get(sample).cloned().unwrap_or_default()
        })?;
        // With its header alone where none failed: the table of an earlier merge must not stay.
        write_whole(&folder.join(FAILED_FILE), |out| {
            Ok(write_failed(out, self.failed)?)
        })
    }
}

fn failed_in(folder: &Path) -> anyhow::Result<Vec<FailedRow>> {
    let path = folder.join(FAILED_FILE);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    read_failed(&text).with_context(|| format!("{}: is no table of failed samples", path.display()))
}

/// Puts a file into another place, whole or not at all.
fn copied(from: &Path, to: &Path) -> anyhow::Result<()> {
    write_whole(to, |out| {
        let mut file = fs::File::open(from).with_context(|| format!("cannot read {}", from.display()))?;
        io::copy(&mut file, out).with_context(|| format!("cannot copy {}", from.display()))?;
        Ok(())
    })
}
