//! `hemoclone count`: allele counts at every target position, as one table.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::output::stdout;
use super::reads::{PlaceArgs, ThreadArgs};
use super::say::Errors;
use hemoclone::alignments::{
    COUNT_COLUMNS, PrimerChoice, quality_warning, readcount_filter, write_count_rows, write_readcount,
};
use hemoclone::run::{ReadOptions, UsageError, counted, explained, pipes, warn_of};

/// Layouts of the counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CountFormat {
    /// One table of fragments by strand, with a header
    Tsv,
    /// The layout of bam-readcount: every allele of a position with averages over its reads; of reads, not fragments
    Readcount,
}

/// Options of `hemoclone count`.
///
/// Counts fragments: two mates that overlap are one molecule, counted once where they agree and for no allele where they do not.
#[derive(Clone, Debug, Args)]
pub(crate) struct CountArgs {
    /// BAM, CRAM or SAM files, sorted by coordinate; with an index only the targets are read; `-` is standard input
    #[arg(value_name = "BAM", required = true)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    place: PlaceArgs,
    /// Layout; readcount takes one file, counts every read for itself, and counts more of them unless the options on reads and
    /// bases say otherwise: mapping quality 0, base quality 0, flags 0x704
    #[arg(long, value_name = "NAME", value_enum, default_value_t = CountFormat::Tsv)]
    format: CountFormat,
    /// With --format readcount: count a read with an insertion for the insertion alone, not for the base before it too
    #[arg(long)]
    insertion_centric: bool,
    #[command(flatten)]
    reads: ReadOptions,
    #[command(flatten)]
    threads: ThreadArgs,
}

/// Runs the subcommand.
pub(super) fn run(args: &CountArgs) -> anyhow::Result<Outcome> {
    let args = &args.over_profile()?;
    check(args)?;
    pipes::refuse_twice(args.inputs.iter().map(PathBuf::as_path))?;
    args.threads.run(|| {
        let mut out = stdout()?;
        if args.format == CountFormat::Tsv {
            writeln!(out, "{}", COUNT_COLUMNS.join("\t"))?;
        }
        let mut outcome = Outcome::Done;
        let mut errors = Errors::new("file cannot be counted", "files cannot be counted");
        for path in &args.inputs {
            if let Err(error) = count(args, path, &mut out) {
                // What cannot be written is no fault of the file, and would be told again at the end.
                if let Some(failure) = out.get_mut().take_failure() {
                    return Err(failure.into());
                }
                errors.tell(&explained(&error));
                outcome = Outcome::SomeInputsFailed;
            }
        }
        errors.finish();
        out.flush()?;
        Ok(outcome)
    })?
}

impl CountArgs {
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

fn check(args: &CountArgs) -> Result<(), UsageError> {
    let readcount = args.format == CountFormat::Readcount;
    if readcount && args.inputs.len() > 1 {
        return Err(UsageError(format!(
            "--format readcount has no column for the sample, {} files were given: count each into a file of its own",
            args.inputs.len()
        )));
    }
    if readcount && args.place.primers().file().is_some() {
        return Err(UsageError(
            "--format readcount counts every base of the reads, as bam-readcount does: clip the primers first (samtools ampliconclip)"
                .to_owned(),
        ));
    }
    if args.insertion_centric && !readcount {
        return Err(UsageError(
            "--insertion-centric is of the layout of bam-readcount: add --format readcount".to_owned(),
        ));
    }
    Ok(())
}

fn count(args: &CountArgs, path: &std::path::Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let started = Instant::now();
    let opened = args.place.open(path, &args.reads)?;
    let (file, reference, targets) = (&opened.file, &opened.reference, &opened.targets);
    match args.format {
        CountFormat::Tsv => {
            let filter = opened.filter(&args.reads, &PrimerChoice::None)?;
            let without = write_count_rows(file, reference, targets, &filter, &opened.sample, out)?;
            warn_of(&file.path, quality_warning(without));
        }
        CountFormat::Readcount => {
            let filter = args.reads.filter_from(file, &readcount_filter());
            write_readcount(file, reference, targets, &filter, args.insertion_centric, out)?;
        }
    }
    tracing::info!(
        "{}, sample {:?}: {} counted, {}, {:.1} s",
        file.path.display(),
        opened.sample,
        counted(targets.len(), "target"),
        opened.how_read(),
        started.elapsed().as_secs_f64()
    );
    Ok(())
}
