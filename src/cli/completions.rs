//! `hemoclone completions`: scripts that let a shell complete the command line.

use std::io::Write;

use clap::{Args, Command};
use clap_complete::{Shell, generate};

use hemoclone::panel::PANEL_NAMES;

/// Prints the completion script of a shell.
#[derive(Args, Clone, Debug)]
pub(crate) struct CompletionsArgs {
    /// The shell: `hemoclone completions bash > ~/.local/share/bash-completion/completions/hemoclone`.
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Runs `hemoclone completions`; `command` is the whole command line, whose options the script completes.
pub(crate) fn run(args: &CompletionsArgs, command: &mut Command, mut out: impl Write) -> anyhow::Result<()> {
    // The generator panics when its writer fails (a closed pipe): print to memory first.
    let mut script = Vec::new();
    generate(args.shell, command, "hemoclone", &mut script);
    let script = with_panels(args.shell, &String::from_utf8(script)?);
    out.write_all(script.as_bytes())?;
    Ok(())
}

/// Adds the bundled panels to what completes `--panel`: a panel is a name or a file, and the generators know either.
fn with_panels(shell: Shell, script: &str) -> String {
    let names = PANEL_NAMES.join(" ");
    match shell {
        Shell::Bash => {
            let files = "COMPREPLY=($(compgen -f \"${cur}\"))";
            let both =
                format!("COMPREPLY=($(compgen -W \"{names}\" -- \"${{cur}}\") $(compgen -f \"${{cur}}\"))");
            let mut of_panel = false;
            let lines = script.lines().map(|line| {
                let option = line.trim();
                if option.ends_with(')') && option.starts_with('-') {
                    of_panel = matches!(option, "--panel)" | "-p)");
                }
                if of_panel {
                    line.replace(files, &both)
                } else {
                    line.to_owned()
                }
            });
            lines.collect::<Vec<_>>().join("\n") + "\n"
        }
        Shell::Zsh => {
            let function = format!(
                "_hemoclone_panels() {{\n    _alternative 'panels:bundled panel:({names})' 'files:panel file:_files'\n}}\n\n_hemoclone() {{"
            );
            script
                .replacen("_hemoclone() {", &function, 1)
                .replace(":NAME|FILE:_default", ":NAME|FILE:_hemoclone_panels")
        }
        Shell::Fish => {
            let lines = script.lines().map(|line| {
                if line.contains(" -l panel ") {
                    format!("{line} -a \"{names}\"")
                } else {
                    line.to_owned()
                }
            });
            lines.collect::<Vec<_>>().join("\n") + "\n"
        }
        _ => script.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn completes_a_panel_by_name_and_by_file() {
        for (shell, expected) in [
            (
                Shell::Bash,
                "compgen -W \"myeloid33 ipssm31 myeloid_mpn ch\" -- \"${cur}\") $(compgen -f \"${cur}\")",
            ),
            (Shell::Zsh, ":NAME|FILE:_hemoclone_panels"),
            (Shell::Fish, "-a \"myeloid33 ipssm31 myeloid_mpn ch\""),
        ] {
            let mut out = Vec::new();
            let mut command = <crate::cli::Cli as clap::CommandFactory>::command();
            run(&CompletionsArgs { shell }, &mut command, &mut out).unwrap();
            assert!(String::from_utf8(out).unwrap().contains(expected), "{shell}");
        }
    }

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
