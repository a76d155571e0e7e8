//! `hemoclone analyze`: the main job.

mod args;
mod destination;
mod foreign;
pub(super) mod reported;
mod reports;
pub(super) mod run_files;

pub(super) use args::AnalyzeArgs;

use self::reports::Reports;
use super::output::write_whole;
use super::say::{self, Errors};
use super::{Outcome, threads};
use hemoclone::report::write_failed;
use hemoclone::run::{self, Ended, Files, Job, RunError, counted};

/// Runs the subcommand.
pub(super) fn run(args: &AnalyzeArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let job = Job::new(args.request.clone(), Files::default()).map_err(RunError::into_causes)?;
    let threads = threads::count(job.options().threads)?;
    threads::pool(threads)?.install(|| {
        let mut reports = Reports::new(args, &job, quiet);
        let ended = run::analyze(&job, &mut reports).map_err(RunError::into_causes)?;
        reports.end_bar();
        tell(&ended);
        let failed = ended.failed();
        reports.finish(failed)?;
        if let Some(path) = &args.failed {
            let rows = ended.failed_samples(&job);
            write_whole(path, |out| Ok(write_failed(out, rows)?))?;
        }
        let samples = format!("{} reported", counted(ended.reported, "sample"));
        if failed == 0 {
            say::line(&format!("{samples} in {}", args.output.display()), quiet);
            return Ok(Outcome::Done);
        }
        let profile = args.request.config.as_deref();
        let profile = profile.map(|p| format!("; the options are those of profile {}", p.display()));
        let failed = match failed {
            1 => "1 input or sample failed".to_owned(),
            n => format!("{n} inputs or samples failed"),
        };
        tracing::error!("{samples}, {failed}{}", profile.unwrap_or_default());
        Ok(Outcome::SomeInputsFailed)
    })
}

/// Says what failed.
fn tell(ended: &Ended) {
    let mut errors = Errors::new("input or sample failed", "inputs or samples failed");
    for error in &ended.errors {
        errors.tell(error);
    }
    errors.finish();
    if ended.untold > 0 {
        tracing::error!("{} more with equal sample names", counted(ended.untold, "file"));
    }
}
