//! `hemoclone serial --table`: growth of mutations that a plain table gives, without reports.

use std::fs::File;
use std::path::Path;

use anyhow::Context as _;

use super::Outcome;
use super::output::{Inputs, OutputFolder, OutputSet, refuse_existing_file};
use super::say::{self, Errors};
use super::serial::{self, SerialArgs};
use hemoclone::report::file_stem;
use hemoclone::run::{UsageError, counted};
use hemoclone::serial::{GROWTH_FILES, GrowthTable, MutationSettings, Mutations};
use hemoclone::text;

/// Runs it.
pub(super) fn run(args: &SerialArgs, path: &Path, quiet: bool) -> anyhow::Result<Outcome> {
    if !args.inputs.is_empty() || args.samples.is_some() {
        let problem = "--table has counts of its own: give it without reports and without --samples";
        return Err(UsageError(problem.into()).into());
    }
    let given = serial::settings(args)?;
    let settings = MutationSettings {
        depth: args.depth.map(std::num::NonZeroU32::get),
        detection_limit: given.detection_limit,
    };
    let name = path.display().to_string();
    let file = File::open(path).with_context(|| format!("cannot read the table {name}"))?;
    let stem = path
        .file_stem()
        .map_or_else(|| "mutations".into(), |stem| stem.to_string_lossy());
    let mutations = Mutations::read(file, &name, args.sheet.as_deref(), &stem, &settings)?;
    for note in &mutations.notes {
        tracing::warn!("{}", text::terminal(&format!("{name}: {note}")));
    }
    let mut errors = Errors::new("row or mutation left out", "rows or mutations left out");
    for problem in &mutations.problems {
        errors.tell(&text::terminal(&problem.to_string()));
    }
    errors.finish();
    let growth = GrowthTable::new(&mutations, given.concentration);
    let left_out = mutations.problems.len();
    if growth.is_empty() {
        tracing::error!(
            "{}: no mutation that can be used; nothing was written",
            text::terminal(&name)
        );
        return Ok(Outcome::SomeInputsFailed);
    }
    write(args, path, &file_stem(&stem), &growth)?;
    let told = format!(
        "growth of {} of {}",
        growth.grown(),
        counted(growth.len(), "mutation")
    );
    if left_out > 0 {
        tracing::error!("{told}, {left_out} left out");
        return Ok(Outcome::SomeInputsFailed);
    }
    say::line(&format!("{told} in {}", args.output.display()), quiet);
    Ok(Outcome::Done)
}

/// Writes the tables, all or none.
fn write(args: &SerialArgs, input: &Path, stem: &str, growth: &GrowthTable) -> anyhow::Result<()> {
    let read = Inputs::default().with(std::iter::once(input));
    let path = |suffix: &str| args.output.join(format!("{stem}{suffix}"));
    for file in GROWTH_FILES {
        let path = path(file.suffix);
        read.refuse(&path)?;
        refuse_existing_file(&path, args.force)?;
    }
    let is_own = |name: &str| GROWTH_FILES.iter().any(|file| name.ends_with(file.suffix));
    let folder = OutputFolder::open(&args.output, is_own)?;
    let mut set = OutputSet::default();
    for file in GROWTH_FILES {
        set.write(&path(file.suffix), |writer| Ok((file.writer)(writer, growth)?))?;
    }
    set.commit()?;
    drop(folder);
    Ok(())
}
