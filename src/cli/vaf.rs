use std::collections::HashMap;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Instant;

use super::output::stdout;
use super::say::Errors;
use clap::Args;
use hemoclone::run::{counted, pipes, remote, spellings, warn_of};
use hemoclone::variants::{Input, TableError, VAF_COLUMNS, write_named_vaf_rows};

/// Every allele of every record of any caller's file, panel or not, as one table on standard output.
///
/// Works on any genome. Positions and alleles are as in the file, one row for each alternative allele and sample; an empty
/// field means that the file does not say.
#[derive(Args, Clone, Debug)]
pub(crate) struct VafArgs {
    /// VCF or BCF files, plain or compressed; `-` reads standard input
    #[arg(required = true, value_name = "IN")]
    pub inputs: Vec<PathBuf>,

    /// Threads for decompressing one file
    #[arg(short, long, default_value = "1", value_name = "N", allow_negative_numbers = true, value_parser = spellings::threads)]
    pub threads: NonZeroUsize,
}

/// Prints the table; returns whether every input could be read. The bad ones are named on standard error.
pub(super) fn run(args: &VafArgs) -> anyhow::Result<bool> {
    remote::refuse(args.inputs.iter().map(PathBuf::as_path))?;
    pipes::refuse_twice(args.inputs.iter().map(PathBuf::as_path))?;
    let mut out = stdout()?;
    let mut all_read = true;
    match print(args, &mut out, &mut all_read) {
        Err(TableError::Output(e)) if e.kind() == io::ErrorKind::BrokenPipe => Ok(all_read),
        // Standard output says itself that it is what cannot be written to.
        Err(TableError::Output(e)) => Err(e.into()),
        Err(e) => Err(e.into()),
        Ok(()) => Ok(all_read),
    }
}

fn print(args: &VafArgs, out: &mut dyn Write, all_read: &mut bool) -> Result<(), TableError> {
    writeln!(out, "{}", VAF_COLUMNS.join("\t")).map_err(TableError::Output)?;
    let names = file_names(&args.inputs);
    let mut errors = Errors::new("file cannot be read", "files cannot be read");
    for (path, name) in args.inputs.iter().zip(&names) {
        let started = Instant::now();
        let input = Input::from_argument(path);
        let mut out = Rows { out, rows: 0 };
        match write_named_vaf_rows(&input, name, args.threads.get(), &mut out) {
            Ok(printed) => {
                warn_of(path, printed.warnings);
                let seconds = started.elapsed().as_secs_f64();
                tracing::info!(
                    "{}: {}, {}, {}, {seconds:.1} s",
                    path.display(),
                    // Any genome will do.
                    printed.build.map_or_else(
                        || "build not known".to_owned(),
                        |found| format!("{} ({})", found.build.name(), found.from)
                    ),
                    printed.caller.name(),
                    counted(out.rows, "row")
                );
            }
            Err(TableError::Scan(error)) => {
                *all_read = false;
                errors.tell(&error.to_string());
            }
            Err(error) => return Err(error),
        }
    }
    errors.finish();
    out.flush().map_err(TableError::Output)
}

/// Counts the rows that go by.
struct Rows<'o> {
    out: &'o mut dyn Write,
    rows: usize,
}

impl Write for Rows<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.rows += memchr::memchr_iter(b'\n', &bytes[..written]).count();
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Returns the name of each input for the table: without its folder, for output must not depend on the machine; as it was given
/// where two inputs have the same name, and numbered where even that is the same.
fn file_names(inputs: &[PathBuf]) -> Vec<String> {
    let base = |path: &PathBuf| Input::from_argument(path).file_name();
    let mut bases: HashMap<String, usize> = HashMap::new();
    for path in inputs {
        *bases.entry(base(path)).or_default() += 1;
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    let named = |path| {
        let name = base(path);
        let name = if bases.get(&name).is_some_and(|n| *n > 1) {
            path.display().to_string()
        } else {
            name
        };
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            format!("{name} ({times})")
        } else {
            name
        }
    };
    inputs.iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_of_one_name_are_told_apart() {
        let names = |paths: &[&str]| file_names(&paths.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(names(&["a/x.vcf", "b/y.vcf"]), ["x.vcf", "y.vcf"]);
        assert_eq!(
            names(&["a/x.vcf", "b/x.vcf", "y.vcf"]),
            ["a/x.vcf", "b/x.vcf", "y.vcf"]
        );
        assert_eq!(names(&["x.vcf", "x.vcf"]), ["x.vcf", "x.vcf (2)"]);
    }
}
