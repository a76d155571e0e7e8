//! The command line: one file per subcommand. Only this room opens files on its own account, starts threads and prints.

mod output;
pub mod score_plasma_cell;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Clonal hematopoiesis from sequencing output.
#[derive(Debug, Parser)]
#[command(name = "hemoclone", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Prognostic scores of a table of patients
    Score(ScoreArgs),
}

/// Options of `hemoclone score`.
#[derive(Debug, clap::Args)]
pub struct ScoreArgs {
    /// Which score.
    #[command(subcommand)]
    pub model: ScoreModel,
}

/// The scores there are.
#[derive(Debug, Subcommand)]
pub enum ScoreModel {
    /// Stage and risk on the road MGUS, smoldering myeloma, myeloma
    PlasmaCell(score_plasma_cell::PlasmaCellArgs),
}

/// How a command ended; the exit code follows from it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done: 0.
    Done,
    /// At least one input could not be read or is invalid; the others are done: 3.
    SomeInputsFailed,
}

impl Outcome {
    /// Returns the exit code.
    pub fn exit_code(self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::SomeInputsFailed => ExitCode::from(3),
        }
    }
}

/// Runs a parsed command line.
pub fn run(cli: &Cli) -> anyhow::Result<Outcome> {
    match &cli.command {
        Command::Score(args) => match &args.model {
            ScoreModel::PlasmaCell(args) => score_plasma_cell::run(args),
        },
    }
}
