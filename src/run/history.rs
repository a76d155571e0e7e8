//! The history of a sample: earlier reports of its person, put together with this one.

use std::path::PathBuf;

use anyhow::{Context as _, anyhow};

use super::files::Files;
use crate::report::file_stem;
use crate::report::read::read_json;
use crate::sample::SampleResult;
use crate::serial::{SerialInput, history};

/// Puts what earlier reports say beside a result.
///
/// A report that cannot be one of this person before this sample fails the sample: a history without it, or with it, would mislead.
pub(super) fn add(files: &Files, previous: &[PathBuf], result: &mut SampleResult) -> anyhow::Result<()> {
    if previous.is_empty() {
        return Ok(());
    }
    let mut reports = Vec::new();
    for path in previous {
        let file = path.display().to_string();
        let json = files
            .read(path)
            .with_context(|| format!("cannot read the earlier report {file}"))?;
        let result = read_json(&json, &file)?;
        reports.push(SerialInput {
            file,
            result,
            person: None,
            collected: None,
        });
    }
    let name = format!("{}.json", file_stem(&result.sample));
    let found = history(result, &name, reports).map_err(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow!("earlier reports: {}", errors.join("; "))
    })?;
    result.history = Some(Box::new(found));
    Ok(())
}
