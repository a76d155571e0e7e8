//! The command line: one file per subcommand. Only this room opens files on its own account, starts threads and prints.

mod analyze;
mod annotate;
#[cfg(feature = "alignments")]
mod background;
mod bases;
#[cfg(feature = "alignments")]
mod call;
pub mod completions;
mod config;
#[cfg(feature = "alignments")]
mod count;
pub mod docs;
mod names;
mod output;
pub mod panel;
mod panel_build;
mod plan;
#[cfg(feature = "alignments")]
mod reads;
pub mod schema;
mod score;
mod score_plasma_cell;
mod threads;
mod vaf;

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};
use tracing::level_filters::LevelFilter;

use crate::transcript::BuiltInTranscripts;

/// Clonal hematopoiesis from sequencing output: which mutations, how large, which risk, and what could not be seen.
#[derive(Debug, Parser)]
#[command(
    name = "hemoclone",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    max_term_width = 110
)]
pub struct Cli {
    /// How much is said on standard error.
    #[command(flatten)]
    pub verbosity: Verbosity,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// How much is said on standard error.
#[derive(Clone, Copy, Debug, Args)]
pub struct Verbosity {
    /// Say only what went wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more; twice for everything
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
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
    /// List, show and check panels; write their regions as BED
    Panel(panel::PanelArgs),
    /// Print the JSON Schema of a file that the program writes or reads
    Schema(schema::SchemaArgs),
    /// Print what every column of every output means
    Docs(docs::DocsArgs),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
}

/// How a command ended; the exit code follows from it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done: 0.
    Done,
    /// The answer is no: 1.
    No,
    /// At least one input could not be read or is invalid; the others are done: 3.
    SomeInputsFailed,
}

impl Outcome {
    /// Returns the exit code.
    pub fn exit_code(self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::No => ExitCode::from(1),
            Self::SomeInputsFailed => ExitCode::from(3),
        }
    }
}

/// Wrong use of the program, found after the arguments were parsed: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct UsageError(pub String);

/// Runs a parsed command line.
pub fn run(cli: Cli) -> anyhow::Result<Outcome> {
    let quiet = cli.verbosity.quiet;
    match cli.command {
        Command::Analyze(args) => analyze::run(&args, quiet),
        #[cfg(feature = "alignments")]
        Command::Count(args) => count::run(&args),
        #[cfg(feature = "alignments")]
        Command::Call(args) => call::run(&args),
        #[cfg(feature = "alignments")]
        Command::Background(args) => background::run(&args),
        Command::Vaf(args) => Ok(if vaf::run(&args)? {
            Outcome::Done
        } else {
            Outcome::SomeInputsFailed
        }),
        Command::Annotate(args) => annotate::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Panel(args) => {
            panel::run(&args, &BuiltInTranscripts, &mut output::stdout()).map(|()| Outcome::Done)
        }
        Command::Schema(args) => schema::run(&args, output::stdout()).map(|()| Outcome::Done),
        Command::Docs(args) => docs::run(&args, output::stdout()).map(|()| Outcome::Done),
        Command::Completions(args) => {
            completions::run(&args, &mut Cli::command(), output::stdout()).map(|()| Outcome::Done)
        }
    }
}

/// Starts logging to standard error: warnings by default, errors with `-q`, more with `-v`.
pub fn start_log(verbosity: &Verbosity) {
    let level = match (verbosity.quiet, verbosity.verbose) {
        (true, _) => LevelFilter::ERROR,
        (_, 0) => LevelFilter::WARN,
        (_, 1) => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .without_time()
        .with_target(false)
        .init();
}

/// Whether an error only says that the reader of our output went away.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
            || cause.downcast_ref::<csv::Error>().is_some_and(
                |e| matches!(e.kind(), csv::ErrorKind::Io(e) if e.kind() == io::ErrorKind::BrokenPipe),
            )
    })
}

/// Returns the exit code of an error: 2 for wrong use, 3 for anything that could not be read or written.
pub fn exit_code_of(error: &anyhow::Error) -> ExitCode {
    if error.chain().any(<dyn std::error::Error>::is::<UsageError>) {
        ExitCode::from(2)
    } else {
        ExitCode::from(3)
    }
}
