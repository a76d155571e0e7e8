//! Which files of a folder may be reports of samples.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use hemoclone::report::read::is_report_name;
use hemoclone::text;

/// JSON files of a folder, by their names. Names alone, for a cohort may have hundreds of thousands.
#[derive(Debug, Default)]
pub(super) struct ReportNames {
    /// Those that may be reports, in order.
    pub reports: Vec<OsString>,
    /// How many are none by their name: sections of MultiQC, resources of FHIR.
    pub others: usize,
}

/// Returns the JSON files of a folder, without those of folders in it.
pub(super) fn report_names(folder: &Path) -> anyhow::Result<ReportNames> {
    let mut names = ReportNames::default();
    each_file(folder, |name| {
        if is_report_name(&name.to_string_lossy()) {
            names.reports.push(name);
        } else if Path::new(&name).extension().is_some_and(|end| end == "json") {
            names.others += 1;
        }
    })?;
    names.reports.sort();
    Ok(names)
}

/// Returns the paths of the files of a folder that may be reports.
pub(super) fn report_paths(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let names = report_names(folder)?.reports;
    Ok(names.into_iter().map(|name| folder.join(name)).collect())
}

/// Returns the paths of the files of a folder whose names end so.
pub(super) fn paths_with(folder: &Path, endings: &[&str]) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    each_file(folder, |name| {
        let text = name.to_string_lossy();
        if endings.iter().any(|end| text.ends_with(end)) {
            paths.push(folder.join(&name));
        }
    })?;
    paths.sort();
    Ok(paths)
}

fn each_file(folder: &Path, mut take: impl FnMut(OsString)) -> anyhow::Result<()> {
    let context = || format!("cannot read the folder {}", folder.display());
    for entry in std::fs::read_dir(folder).with_context(context)? {
        let entry = entry.with_context(context)?;
        let path = entry.path();
        match path.metadata() {
            Ok(found) if found.is_dir() => {}
            // A pipe in a folder would be waited for without end.
            Ok(found) if !found.is_file() => {
                tracing::warn!(
                    "{}: neither file nor folder; skipped",
                    text::terminal(&path.to_string_lossy())
                );
            }
            // What a link does not lead to is named when it is opened.
            _ => take(entry.file_name()),
        }
    }
    Ok(())
}

/// Returns the name of a file, as it can be shown.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
