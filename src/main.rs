//! The `hemoclone` command: parse, log, dispatch, exit code.

use std::process::ExitCode;

use clap::Parser;
use hemoclone::cli::{self, Cli};

fn main() -> ExitCode {
    let cli = Cli::parse();
    cli::start_log(&cli.verbosity);
    match cli::run(cli) {
        Ok(outcome) => outcome.exit_code(),
        Err(error) if cli::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!(
                "error: {}",
                hemoclone::report::safe::terminal(&format!("{error:#}"))
            );
            cli::exit_code_of(&error)
        }
    }
}
