//! `hemoclone count`: allele counts at every target position, as one table.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::output::stdout;
use super::reads::{PlaceArgs, ReadArgs, ThreadArgs};
use super::{Outcome, is_broken_pipe};
use crate::alignments::{COUNT_COLUMNS, write_count_rows};

/// Options of `hemoclone count`.
///
/// Counts fragments: two mates that overlap are one molecule, counted once where they agree and for no allele where they do not.
#[derive(Debug, Args)]
pub struct CountArgs {
    /// BAM, CRAM or SAM files, sorted by coordinate; with an index only the targets are read
    #[arg(value_name = "BAM", required = true)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    reads: ReadArgs,
    #[command(flatten)]
    threads: ThreadArgs,
}

/// Runs the subcommand.
pub fn run(args: &CountArgs) -> anyhow::Result<Outcome> {
    args.threads.run(|| {
        let mut out = stdout();
        writeln!(out, "{}", COUNT_COLUMNS.join("\t"))?;
        let mut outcome = Outcome::Done;
        for path in &args.inputs {
            if let Err(error) = count(args, path, &mut out) {
                if is_broken_pipe(&error) {
                    return Err(error);
                }
                tracing::error!("{}", crate::report::safe::terminal(&format!("{error:#}")));
                outcome = Outcome::SomeInputsFailed;
            }
        }
        out.flush()?;
        Ok(outcome)
    })?
}

fn count(args: &CountArgs, path: &std::path::Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let opened = args.place.open(path)?;
    let filter = args.reads.filter(&opened.file);
    write_count_rows(
        &opened.file,
        &opened.reference,
        &opened.targets,
        &filter,
        &opened.sample,
        out,
    )?;
    Ok(())
}
