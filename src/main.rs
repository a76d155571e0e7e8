//! The `hemoclone` command.

use std::process::ExitCode;

use clap::Parser;
use hemoclone::cli::{Cli, run};

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .without_time()
        .with_target(false)
        .init();
    match run(&Cli::parse()) {
        Ok(outcome) => outcome.exit_code(),
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::from(3)
        }
    }
}
