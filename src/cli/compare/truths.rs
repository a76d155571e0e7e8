//! Where a truth comes from: by its name a table, by its content variants, else a reference standard.

use std::fs::File;
use std::path::Path;

use anyhow::{Context as _, anyhow};

use super::args::CompareArgs;
use super::sources::{Sources, is_json};
use hemoclone::compare::{Observed, Truth, standards};
use hemoclone::run::UsageError;

/// Endings of tables.
const TABLES: [&str; 5] = ["tsv", "csv", "txt", "xlsx", "ods"];

/// Whether a truth is reports: then it is asked what changed.
pub(super) fn is_reports(path: &Path) -> bool {
    path.is_dir() || is_json(path)
}

/// Reads the truth, on the build of what was observed.
pub(super) fn read(args: &CompareArgs, sources: &Sources, observed: &[Observed]) -> anyhow::Result<Truth> {
    let path = &args.truth;
    let name = path.display().to_string();
    let build = observed.first().map(|o| o.build).or(sources.build());
    let build = build.ok_or_else(|| anyhow!("no build is known; give --build"))?;
    let bases = sources.bases(build);
    let is_table = path
        .extension()
        .is_some_and(|e| TABLES.iter().any(|t| e.eq_ignore_ascii_case(t)));
    if is_table {
        let file = File::open(path).with_context(|| format!("cannot read the truth {name}"))?;
        let mut truth = Truth::read_table(file, &name, build, bases)?;
        truth.source = file_name(path);
        return Ok(truth);
    }
    if path != Path::new("-")
        && !path.exists()
        && let Some(truth) = Truth::of_standard(&name, build, bases)
    {
        return Ok(truth?);
    }
    if path != Path::new("-") && !path.exists() {
        return Err(UsageError(format!(
            "{name}: neither a file nor a reference standard; the standards are {}",
            standards().join(", ")
        ))
        .into());
    }
    let scan = sources.scan(path)?;
    anyhow::ensure!(
        scan.build == build,
        "{name}: the truth is on {}, and what was observed on {build}: compare on one build",
        scan.build
    );
    Ok(Truth::of_scan(file_name(path), &scan, args.any_filter, bases)?)
}

fn file_name(path: &Path) -> String {
    hemoclone::variants::Input::from_argument(path).file_name()
}
