//! Options of `hemoclone analyze`.

use std::path::PathBuf;

use clap::Args;

use hemoclone::run::Request;

/// Options of `hemoclone analyze`: those of the engine, and where the reports go.
#[derive(Debug, Args)]
pub(crate) struct AnalyzeArgs {
    /// Folder for the reports; made when it is not there
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    #[command(flatten)]
    pub request: Request,
    /// Overwrite reports of the samples of this run; without it they are an error. Those of other samples stay either way
    #[arg(long)]
    pub force: bool,
    /// Also write a table of the samples that failed: sample, file, reason; with its header alone where none did
    #[arg(long, value_name = "FILE")]
    pub failed: Option<PathBuf>,
}
