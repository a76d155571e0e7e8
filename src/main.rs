//! The `hemoclone` command.

use std::process::ExitCode;

use clap::Parser;

#[path = "cli/vaf.rs"]
mod vaf;

#[derive(Parser)]
enum Command {
    Vaf(vaf::VafArgs),
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .without_time()
        .with_target(false)
        .init();
    let Command::Vaf(args) = Command::parse();
    match vaf::run(&args) {
        Ok(true) => ExitCode::SUCCESS,
        _ => ExitCode::from(3),
    }
}
