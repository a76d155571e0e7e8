//! `hemoclone background`: errors of single sites, learned from normal samples.

use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::output::{Inputs, refuse_existing, write_whole};
use super::reads::{PlaceArgs, ThreadArgs};
use super::say;
use hemoclone::alignments::{BackgroundCounts, PrimerChoice};
use hemoclone::run::{ReadOptions, counted, pipes};

/// Options of `hemoclone background`.
///
/// Learns from normals at which sites errors are more frequent than their context explains; `--background` of `call` and `analyze`
/// uses it. The normal that shows an allele most is left out of it, so that the clone of one person does not hide that of another.
#[derive(Clone, Debug, Args)]
pub(crate) struct BackgroundArgs {
    /// BAM or CRAM files of normals, made as the samples are; at least two
    #[arg(value_name = "BAM", required = true, num_args = 2..)]
    inputs: Vec<PathBuf>,
    /// Table to write (TSV): chrom, pos, ref, alt, exposure, errors, samples
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    reads: ReadOptions,
    #[command(flatten)]
    threads: ThreadArgs,
    /// Overwrite the output
    #[arg(long)]
    force: bool,
}

impl BackgroundArgs {
    /// Puts what the profile says under what the command line says.
    fn over_profile(&self) -> anyhow::Result<Self> {
        let (place, profile) = self.place.over_profile()?;
        Ok(Self {
            place,
            reads: self.reads.over(&profile.reads),
            threads: self.threads.over(&profile),
            ..self.clone()
        })
    }
}

/// Runs the subcommand. A normal that cannot be read is an error of the whole: a background of fewer would look like one of all.
pub(super) fn run(args: &BackgroundArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let args = &args.over_profile()?;
    let inputs = args.inputs.iter().map(PathBuf::as_path);
    Inputs::default()
        .with(inputs.chain(args.place.files()))
        .refuse(&args.output)?;
    pipes::refuse_twice(args.inputs.iter().map(PathBuf::as_path))?;
    refuse_existing(&args.output, args.force)?;
    let counts = args.threads.run(|| -> anyhow::Result<BackgroundCounts> {
        let mut counts = BackgroundCounts::default();
        for path in &args.inputs {
            let opened = args.place.open(path, &args.reads)?;
            let filter = opened.filter(&args.reads, &PrimerChoice::Learn)?;
            let file = opened.file.path.display();
            tracing::info!("{file}, sample {:?}: {}", opened.sample, opened.how_read());
            counts.add(&opened.file, &opened.reference, &opened.targets, &filter)?;
        }
        Ok(counts)
    })??;
    write_whole(&args.output, |out| Ok(counts.write(out)?))?;
    let normals = counted(args.inputs.len(), "normal");
    say::line(
        &format!("errors of {normals} in {}", args.output.display()),
        quiet,
    );
    Ok(Outcome::Done)
}
