//! The run of a job: plan, then file by file.

use rayon::prelude::*;

use super::clinical;
use super::companions::Companions;
use super::ended::Ended;
use super::error::{RunError, kind_of};
use super::file::{Annotators, Common, analyze_file};
use super::job::Job;
use super::messages::explained;
use super::output::Output;
use super::plan::{FilePlan, SameReason, plan};
#[cfg(feature = "alignments")]
use super::reads;

/// Analyzes every sample of a job and hands the results to an output as they come; files are shared among the threads of the rayon pool
/// that this is called in.
///
/// One bad sample of many does not stop the others: it is named in what is returned. Warnings go to `tracing`.
///
/// # Errors
///
/// What concerns the run as a whole, before a sample is analyzed: a clinical file that cannot be read, alignments without a
/// reference, or what the output says when it prepares itself.
pub fn analyze(job: &Job, output: &mut dyn Output) -> Result<Ended, RunError> {
    let mut plans = plan(job)?;
    clinical::complete(&mut plans, job)?;
    if let Some(sheet) = &job.sheet {
        clinical::warn_of_unused(sheet, &plans);
    }
    #[cfg(feature = "alignments")]
    if job.options().reference.is_none()
        && let Some(path) = plans.iter().find_map(|plan| plan.alignments(&job.files))
    {
        return Err(reads::needs_reference(path).into());
    }
    output.prepare(&plans).map_err(RunError::of_output)?;
    Ok(analyze_files(job, &plans, output))
}

fn analyze_files(job: &Job, plans: &[FilePlan], output: &dyn Output) -> Ended {
    let annotators = Annotators::new(job);
    let companions = Companions::new(job);
    // One file alone gets all threads for decompression; many files share them.
    let decoding_threads = (rayon::current_num_threads() / plans.len().max(1)).max(1);
    let common = Common {
        job,
        annotators: &annotators,
        companions: &companions,
        output,
    };
    let outcomes: Vec<Ended> = plans
        .par_iter()
        .map(|file| {
            let outcome = match &file.samples {
                Ok(samples) => analyze_file(&common, file, samples, decoding_threads),
                Err(error) => unusable(file, error),
            };
            output.done(file.weight());
            outcome
        })
        .collect();
    let mut ended = Ended::default();
    for outcome in outcomes {
        ended.add(outcome);
    }
    ended
}

/// How a file ended whose samples cannot be named, or not be told apart.
fn unusable(file: &FilePlan, error: &anyhow::Error) -> Ended {
    let mut ended = Ended::default();
    if error.is::<SameReason>() {
        ended.fail_untold(file.path.clone(), kind_of(error), explained(error));
    } else {
        ended.fail(file.path.clone(), None, kind_of(error), explained(error));
    }
    ended
}
