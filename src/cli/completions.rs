//! `hemoclone completions`: scripts that let a shell complete the command line.

use std::io::Write;

use clap::{Args, Command};
use clap_complete::{Shell, generate};

/// Prints the completion script of a shell.
#[derive(Args, Clone, Debug)]
pub struct CompletionsArgs {
    /// The shell: `hemoclone completions bash > ~/.local/share/bash-completion/completions/hemoclone`.
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Runs `hemoclone completions`; `command` is the whole command line, whose options the script completes.
pub fn run(args: &CompletionsArgs, command: &mut Command, mut out: impl Write) -> anyhow::Result<()> {
    // The generator panics when its writer fails (a closed pipe): print to memory first.
    let mut script = Vec::new();
    generate(args.shell, command, "hemoclone", &mut script);
    out.write_all(&script)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn has_a_script_for_every_shell() {
        for shell in Shell::value_variants() {
            let mut out = Vec::new();
            let mut command = Command::new("hemoclone").subcommand(Command::new("analyze"));
            run(&CompletionsArgs { shell: *shell }, &mut command, &mut out).unwrap();
            assert!(String::from_utf8(out).unwrap().contains("analyze"), "{shell}");
        }
    }
}
