//! The reports of a run: written as the samples come, and the summary when all are done.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::AnalyzeArgs;
use super::destination::Destination;
use super::reported::Reported;
use crate::cli::output::OutputSet;
use hemoclone::report;
use hemoclone::report::output::{Place, Writer};
use hemoclone::report::outputs::OUTPUTS;
use hemoclone::run::{FilePlan, Job, Output};
use hemoclone::sample::SampleResult;

/// The folder of a run as it fills.
pub(super) struct Reports<'a> {
    args: &'a AnalyzeArgs,
    job: &'a Job,
    quiet: bool,
    destination: Option<Destination>,
    /// By the names of the samples, whichever was ready first.
    reported: Mutex<BTreeMap<String, Reported>>,
    bar: ProgressBar,
}

impl<'a> Reports<'a> {
    /// Touches nothing yet.
    pub(super) fn new(args: &'a AnalyzeArgs, job: &'a Job, quiet: bool) -> Self {
        Self {
            args,
            job,
            quiet,
            destination: None,
            reported: Mutex::default(),
            bar: ProgressBar::hidden(),
        }
    }

    /// Takes the bar away, so that messages stand alone.
    pub(super) fn end_bar(&self) {
        self.bar.finish_and_clear();
    }

    /// Adds the samples to the summary.
    pub(super) fn finish(self, failed: usize) -> anyhow::Result<()> {
        let reported = self.reported.into_inner().unwrap_or_else(PoisonError::into_inner);
        match self.destination {
            Some(destination) => destination.add(reported.into_values().collect(), failed),
            None => Ok(()),
        }
    }
}

impl Output for Reports<'_> {
    fn prepare(&mut self, plans: &[FilePlan]) -> anyhow::Result<()> {
        self.destination = Some(Destination::prepare(self.args, self.job, plans)?);
        self.bar = progress_bar(plans.iter().map(FilePlan::weight).sum(), self.quiet);
        Ok(())
    }

    fn take(&self, result: &SampleResult) -> anyhow::Result<()> {
        write_reports(&self.args.output, self.job, result)?;
        let row = Reported::new(result);
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        reported.insert(result.sample.clone(), row);
        Ok(())
    }

    fn done(&self, samples: usize) {
        self.bar.inc(samples as u64);
    }
}

/// Writes the files of a sample. The JSON comes last: a sample whose JSON is there is complete, and one without is none.
fn write_reports(folder: &Path, job: &Job, result: &SampleResult) -> anyhow::Result<()> {
    let stem = report::file_stem(&result.sample);
    let mut set = OutputSet::default();
    let wanted = OUTPUTS
        .iter()
        .filter(|output| job.formats.hold(output) && (output.applies)(result));
    for output in wanted {
        if let (Place::Sample(suffix), Writer::Sample(write)) = (output.place, output.writer) {
            set.write(&folder.join(format!("{stem}{suffix}")), |out| {
                Ok(write(out, result, &job.languages)?)
            })?;
        }
    }
    set.commit()
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
