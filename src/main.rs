//! The `hemoclone` command: parse, log, dispatch, exit code.

#![warn(unreachable_pub)]

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match cli::parse() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    cli::start_log(cli.verbosity);
    match cli::run(cli) {
        Ok(outcome) => outcome.exit_code(),
        Err(error) if cli::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            cli::last_error(&error);
            cli::exit_code_of(&error)
        }
    }
}
