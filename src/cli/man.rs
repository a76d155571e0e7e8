//! `hemoclone man`: the manual pages, from the same source as `--help`.

use std::path::PathBuf;

use clap::{Args, Command};
use clap_mangen::Man;

use super::output::{OutputFolder, write_whole};

/// Writes the manual pages.
#[derive(Args, Clone, Debug)]
pub(crate) struct ManArgs {
    /// Folder for the pages, one for the program and one for each command; made when it is not there
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
}

/// Runs the subcommand; `command` is the whole command line.
pub(crate) fn run(args: &ManArgs, mut command: Command) -> anyhow::Result<()> {
    command.build();
    let folder = OutputFolder::open(&args.output, |name| name.ends_with(".1"))?;
    write_pages(&folder, &command)
}

fn write_pages(folder: &OutputFolder, command: &Command) -> anyhow::Result<()> {
    let is_page = |c: &&Command| c.get_name() != "help" && !c.is_hide_set();
    for subcommand in command.get_subcommands().filter(is_page) {
        write_pages(folder, subcommand)?;
    }
    let man = Man::new(command.clone());
    let path = folder.join(&man.get_filename());
    let mut page = Vec::new();
    man.render(&mut page)?;
    write_whole(&path, |out| Ok(out.write_all(&page)?))
}
