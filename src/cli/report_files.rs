//! Which files of a folder may be reports of samples.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use hemoclone::report::read::is_report_name;

/// Files of a folder, by their names.
#[derive(Debug, Default)]
pub(super) struct FolderFiles {
    /// JSON files that may be reports.
    pub reports: Vec<PathBuf>,
    /// JSON files that are none by their name: sections of MultiQC, resources of FHIR.
    pub other_json: usize,
    /// All other files.
    pub others: Vec<PathBuf>,
}

/// Returns the files of a folder, without those of folders in it.
pub(super) fn files_of(folder: &Path) -> anyhow::Result<FolderFiles> {
    let context = || format!("cannot read the folder {}", folder.display());
    let mut files = FolderFiles::default();
    for entry in std::fs::read_dir(folder).with_context(context)? {
        let path = entry.with_context(context)?.path();
        if path.is_dir() {
            continue;
        }
        let name = file_name(&path);
        if is_report_name(&name) {
            files.reports.push(path);
        } else if path.extension().is_some_and(|end| end == "json") {
            files.other_json += 1;
        } else {
            files.others.push(path);
        }
    }
    files.reports.sort();
    files.others.sort();
    Ok(files)
}

/// Returns the name of a file, as it can be shown.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
