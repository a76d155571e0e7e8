use std::io::{self, Write};
use std::path::PathBuf;

use super::output::{Audience, stdout};

use crate::variants::{Input, TableError, VAF_COLUMNS, write_vaf_rows};
use clap::Args;

/// Every allele of every record of any caller's file, panel or not, as one table on standard output.
///
/// Works on any genome. Positions and alleles are as in the file, one row for each alternative allele and sample; an empty
/// field means that the file does not say.
#[derive(Args, Clone, Debug)]
pub struct VafArgs {
    /// VCF or BCF files, plain or compressed; `-` reads standard input
    #[arg(required = true, value_name = "IN")]
    pub inputs: Vec<PathBuf>,

    /// Threads for decompressing one file
    #[arg(short, long, default_value_t = 1, value_name = "N")]
    pub threads: usize,
}

/// Prints the table; returns whether every input could be read. The bad ones are named on standard error.
pub fn run(args: &VafArgs) -> anyhow::Result<bool> {
    let mut out = stdout(Audience::Programs)?;
    let mut all_read = true;
    match print(args, &mut out, &mut all_read) {
        Err(TableError::Output(e)) if e.kind() == io::ErrorKind::BrokenPipe => Ok(all_read),
        Err(e) => Err(e.into()),
        Ok(()) => Ok(all_read),
    }
}

fn print(args: &VafArgs, out: &mut dyn Write, all_read: &mut bool) -> Result<(), TableError> {
    writeln!(out, "{}", VAF_COLUMNS.join("\t")).map_err(TableError::Output)?;
    for path in &args.inputs {
        let input = Input::from_argument(path);
        match write_vaf_rows(&input, args.threads, out) {
            Ok(warnings) => {
                for warning in warnings {
                    tracing::warn!("{}: {warning}", path.display());
                }
            }
            Err(TableError::Scan(error)) => {
                *all_read = false;
                tracing::error!("{error}");
            }
            Err(error) => return Err(error),
        }
    }
    out.flush().map_err(TableError::Output)
}
