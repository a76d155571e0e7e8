//! The `hemoclone` command.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = hemoclone::cli::Cli::parse();
    tracing_subscriber::fmt()
        .with_max_level(tracing::level_filters::LevelFilter::WARN)
        .with_writer(std::io::stderr)
        .without_time()
        .with_target(false)
        .init();
    match hemoclone::cli::run(&cli) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(3),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(3)
        }
    }
}
