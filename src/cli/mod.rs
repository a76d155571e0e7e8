//! The command line: one file per subcommand. Only this room opens files on its own account, starts threads and prints.

pub mod score;

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
    /// Compute prognostic scores of a table of patients
    Score(Box<score::ScoreArgs>),
}

/// Runs a parsed command line; returns whether every input could be read.
pub fn run(cli: &Cli) -> anyhow::Result<bool> {
    match &cli.command {
        Command::Score(args) => score::run(args),
    }
}
