//! `hemoclone background`: errors of single sites, learned from normal samples.

use std::path::PathBuf;

use clap::Args;

use super::output::write_whole_file;
use super::reads::{PlaceArgs, ReadArgs, ThreadArgs};
use super::{Outcome, UsageError};
use crate::alignments::BackgroundCounts;

/// Options of `hemoclone background`.
///
/// Learns from normals at which sites errors are more frequent than their context explains; `--background` of `call` and `analyze`
/// uses it. The normal that shows an allele most is left out of it, so that the clone of one person does not hide that of another.
#[derive(Debug, Args)]
pub struct BackgroundArgs {
    /// BAM or CRAM files of normals, made as the samples are; at least two
    #[arg(value_name = "BAM", required = true, num_args = 2..)]
    inputs: Vec<PathBuf>,
    /// Table to write (TSV): chrom, pos, ref, alt, exposure, errors, samples
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    reads: ReadArgs,
    #[command(flatten)]
    threads: ThreadArgs,
    /// Overwrite the output
    #[arg(long)]
    force: bool,
}

/// Runs the subcommand. A normal that cannot be read is an error of the whole: a background of fewer would look like one of all.
pub fn run(args: &BackgroundArgs) -> anyhow::Result<Outcome> {
    if args.output.exists() && !args.force {
        return Err(UsageError(format!(
            "{} is there already; give --force to overwrite",
            args.output.display()
        ))
        .into());
    }
    let counts = args.threads.run(|| -> anyhow::Result<BackgroundCounts> {
        let mut counts = BackgroundCounts::default();
        for path in &args.inputs {
            let opened = args.place.open(path, &args.reads)?;
            let filter = args.reads.filter(&opened.file);
            counts.add(&opened.file, &opened.reference, &opened.targets, &filter)?;
        }
        Ok(counts)
    })??;
    write_whole_file(&args.output, |mut file| Ok(counts.write(&mut file)?))?;
    Ok(Outcome::Done)
}
