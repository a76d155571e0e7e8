//! The command line: one file per subcommand. Only this room opens files on its own account, starts threads and prints.

mod analyze;
mod annotate;
#[cfg(feature = "alignments")]
mod background;
#[cfg(feature = "alignments")]
mod call;
#[cfg(feature = "cohort")]
mod cohort;
mod compare;
pub(crate) mod completions;
#[cfg(feature = "alignments")]
mod count;
pub(crate) mod docs;
mod man;
mod merge;
mod output;
pub(crate) mod panel;
mod panel_build;
#[cfg(feature = "alignments")]
mod reads;
mod report_files;
mod samplesheet;
mod say;
pub(crate) mod schema;
mod score;
mod score_plasma_cell;
mod serial;
mod serial_sheet;
mod serial_table;
mod threads;
mod vaf;
mod version;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};
pub(crate) use say::{last_error, start_log};

use self::output::{printed, stdout};
use hemoclone::panel::BuiltInTranscripts;
use hemoclone::run::UsageError;

/// Clonal hematopoiesis from sequencing output: which mutations, how large, which risk, and what could not be seen.
#[derive(Debug, Parser)]
#[command(
    name = "hemoclone",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    max_term_width = 110
)]
pub(crate) struct Cli {
    /// How much is said on standard error.
    #[command(flatten)]
    pub verbosity: Verbosity,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// How much is said on standard error.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Verbosity {
    /// Say only what went wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more; twice for everything
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report on each sample: calls, drivers, risk, what was not assessed (the main job)
    Analyze(Box<analyze::AnalyzeArgs>),
    /// Print allele counts at every target position of BAM or CRAM files, as one table
    #[cfg(feature = "alignments")]
    Count(count::CountArgs),
    /// Call variants at low fractions from BAM or CRAM, over any targets of any genome
    #[cfg(feature = "alignments")]
    Call(call::CallArgs),
    /// Learn the errors of single sites from normals (BAM or CRAM), for --background of call and analyze
    #[cfg(feature = "alignments")]
    Background(background::BackgroundArgs),
    /// Print every allele of every record of any caller's file with its VAF, as one table
    Vaf(vaf::VafArgs),
    /// Stream a VCF or BCF through transcript and driver annotation (INFO HC_*)
    Annotate(annotate::AnnotateArgs),
    /// Compute stages and prognostic scores of a table of patients; needs no sequencing
    Score(Box<score::ScoreArgs>),
    /// Hold reports or variants against a truth, or two folders of reports against each other; exit code 1 when the answer is no
    Compare(Box<compare::CompareArgs>),
    /// Follow the clones of a person over several samples: growth per year, new, lost, below detection
    Serial(serial::SerialArgs),
    /// Put the reports of many samples together: tables, prevalence, recurrent alleles, and a page
    #[cfg(feature = "cohort")]
    Cohort(cohort::CohortArgs),
    /// List, show and check panels; write their regions as BED
    Panel(panel::PanelArgs),
    /// Check a sample sheet, and part it into batches for a workflow
    Samplesheet(Box<samplesheet::SamplesheetArgs>),
    /// Put the results of several runs together: summary, sections for MultiQC, MAF, workbook, and the samples that failed
    Merge(merge::MergeArgs),
    /// Print the JSON Schema of a file that the program writes or reads
    Schema(schema::SchemaArgs),
    /// Print what every column of every output means
    Docs(docs::DocsArgs),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
    /// Write the manual pages
    Man(man::ManArgs),
    /// Print the version; with --json also panels and their checksums, features and htslib
    Version(version::VersionArgs),
}

/// How a command ended; the exit code follows from it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done: 0.
    Done,
    /// The answer is no: 1.
    No,
    /// At least one input could not be read or is invalid; the others are done: 3.
    SomeInputsFailed,
}

impl Outcome {
    /// Returns the exit code.
    pub(crate) fn exit_code(self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::No => ExitCode::from(1),
            Self::SomeInputsFailed => ExitCode::from(3),
        }
    }
}

/// Runs a parsed command line.
pub(crate) fn run(cli: Cli) -> anyhow::Result<Outcome> {
    let quiet = cli.verbosity.quiet;
    output::outlive_file_size_limit();
    match cli.command {
        Command::Analyze(args) => analyze::run(&args, quiet),
        #[cfg(feature = "alignments")]
        Command::Count(args) => count::run(&args),
        #[cfg(feature = "alignments")]
        Command::Call(args) => call::run(&args, quiet),
        #[cfg(feature = "alignments")]
        Command::Background(args) => background::run(&args, quiet),
        Command::Vaf(args) => Ok(if vaf::run(&args)? {
            Outcome::Done
        } else {
            Outcome::SomeInputsFailed
        }),
        Command::Annotate(args) => annotate::run(&args, quiet),
        Command::Score(args) => score::run(&args, quiet),
        Command::Compare(args) => compare::run(&args, quiet),
        Command::Serial(args) => match &args.table {
            Some(table) => serial_table::run(&args, table, quiet),
            None => serial::run(&args, quiet),
        },
        #[cfg(feature = "cohort")]
        Command::Cohort(args) => cohort::run(&args, quiet),
        Command::Panel(args) => to_people(|out| panel::run(&args, &BuiltInTranscripts, out)),
        Command::Schema(args) => to_people(|out| schema::run(&args, out)),
        Command::Docs(args) => to_people(|out| docs::run(&args, out)),
        Command::Samplesheet(args) => samplesheet::run(&args, quiet),
        Command::Merge(args) => merge::run(&args, quiet),
        Command::Man(args) => man::run(&args, Cli::command()).map(|()| Outcome::Done),
        Command::Version(args) => to_people(|out| version::run(args, out)),
        Command::Completions(args) => to_people(|out| completions::run(&args, &mut Cli::command(), out)),
    }
}

/// Runs a command that prints what was asked for, to the last byte.
fn to_people(print: impl FnOnce(&mut dyn io::Write) -> anyhow::Result<()>) -> anyhow::Result<Outcome> {
    let mut out = stdout()?;
    print(&mut out)?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// Reads the command line; help, version and wrong use are told here.
pub(crate) fn parse() -> Result<Cli, ExitCode> {
    Cli::try_parse().map_err(|error| {
        if error.use_stderr() {
            // Where nobody reads it, the exit code stays.
            let _ = error.print();
            return ExitCode::from(2);
        }
        match printed(|| error.print()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                last_error(&anyhow::Error::from(error));
                ExitCode::from(3)
            }
        }
    })
}

/// Whether an error only says that the reader of our output went away.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
            || cause.downcast_ref::<csv::Error>().is_some_and(
                |e| matches!(e.kind(), csv::ErrorKind::Io(e) if e.kind() == io::ErrorKind::BrokenPipe),
            )
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|e| e.io_error_kind() == Some(io::ErrorKind::BrokenPipe))
    })
}

/// Returns the exit code of an error: 2 for wrong use, 3 for anything that could not be read or written.
pub(crate) fn exit_code_of(error: &anyhow::Error) -> ExitCode {
    if error.chain().any(<dyn std::error::Error>::is::<UsageError>) {
        ExitCode::from(2)
    } else {
        ExitCode::from(3)
    }
}
