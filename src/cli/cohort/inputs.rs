//! Which files are read: reports that were named, and those of folders.

use std::cell::Cell;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::failures::Failures;
use crate::cli::report_files::report_names;
use hemoclone::run::{Identity, explained, identity};

/// Largest report that is read, in bytes: a hundred times what a panel of 80 genes brings forth.
const LARGEST: u64 = 256 << 20;

/// A file that may be a report. The path in two parts: of a hundred thousand files of one folder its name is there once.
#[derive(Clone, Debug)]
pub(super) struct Input {
    folder: Arc<Path>,
    name: Box<OsStr>,
    /// Whether it was named, so that it must be a report; a folder may hold other JSON.
    pub is_named: bool,
}

/// The files, in the order of their names: in whatever order they were given.
#[derive(Debug)]
pub(super) struct Found {
    pub files: Vec<Input>,
    pub skipped: usize,
    told: Cell<usize>,
}

/// Files that are skipped and named.
const TOLD: usize = 10;

impl Found {
    /// Says that a file of a folder is not read.
    pub(super) fn skip(&self, path: &Path, why: &str) {
        self.told.set(self.told.get() + 1);
        if self.told.get() <= TOLD {
            tracing::warn!("{}: {why}; skipped", path.display());
        }
    }
}

impl Input {
    /// A file that was named; a path without a name of a file, as `..`, is one that cannot be read.
    fn named(path: &Path) -> Self {
        let (folder, name) = match (path.parent(), path.file_name()) {
            (Some(folder), Some(name)) => (folder, name),
            _ => (path, OsStr::new("")),
        };
        Self {
            folder: folder.into(),
            name: name.into(),
            is_named: true,
        }
    }

    /// Returns its path.
    pub(super) fn path(&self) -> PathBuf {
        self.folder.join(&*self.name)
    }

    /// Returns its bytes, or why there are none.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, String> {
        let file = File::open(self.path()).map_err(|e| e.to_string())?;
        let mut bytes = Vec::new();
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| e.to_string())?;
        if bytes.len() as u64 > LARGEST {
            return Err(format!("larger than {} MB, which no report is", LARGEST >> 20));
        }
        Ok(bytes)
    }
}

/// Finds the files; what cannot be read is told.
pub(super) fn find(inputs: &[PathBuf], errors: &mut Failures) -> Found {
    let mut files = Vec::new();
    let mut skipped = 0;
    for path in inputs {
        if !path.is_dir() {
            files.push(Input::named(path));
            continue;
        }
        match report_names(path) {
            Ok(found) => {
                skipped += found.others;
                let folder: Arc<Path> = path.as_path().into();
                files.extend(found.reports.into_iter().map(|name| Input {
                    folder: Arc::clone(&folder),
                    name: name.into(),
                    is_named: false,
                }));
            }
            Err(error) => errors.tell(&explained(&error)),
        }
    }
    files.sort_by(|a, b| (&a.name, &a.folder, !a.is_named).cmp(&(&b.name, &b.folder, !b.is_named)));
    let mut seen: HashSet<Identity> = HashSet::new();
    // A file that was given twice is one.
    files.retain(|input| identity(&input.path()).is_none_or(|file| seen.insert(file)));
    if skipped > 0 {
        tracing::info!("{skipped} JSON files of folders that are sections of MultiQC were skipped");
    }
    Found {
        files,
        skipped,
        told: Cell::new(0),
    }
}

/// Returns the address of the page beside a report, relative to a folder; `None` where there is none, or no way leads there.
pub(super) fn page_of(report: &Path, from: &Path) -> Option<String> {
    let stem = report.file_name()?.to_str()?.strip_suffix(".json")?;
    let page = report.with_file_name(format!("{stem}.html"));
    if !page.is_file() {
        return None;
    }
    let folder = page
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let (to, from) = (fs::canonicalize(folder).ok()?, fs::canonicalize(from).ok()?);
    let mut parts = way(&from, &to)?;
    parts.push(page.file_name()?.to_str()?.to_owned());
    Some(
        parts
            .iter()
            .map(|part| encoded(part))
            .collect::<Vec<_>>()
            .join("/"),
    )
}

/// Returns the steps from one folder to another.
fn way(from: &Path, to: &Path) -> Option<Vec<String>> {
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return None;
    }
    let up = std::iter::repeat_n("..".to_owned(), from.len() - common);
    let down = to[common..]
        .iter()
        .map(|part| part.as_os_str().to_str().map(str::to_owned));
    up.map(Some).chain(down).collect()
}

/// Writes a part of a path as it stands in an address (RFC 3986, section 2.3).
fn encoded(part: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one = |byte: u8| {
        if plain(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    part.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_a_page_is_an_address() {
        let folder = tempfile::tempdir().unwrap();
        let reports = folder.path().join("a b");
        let cohort = folder.path().join("c/d");
        fs::create_dir_all(&reports).unwrap();
        fs::create_dir_all(&cohort).unwrap();
        fs::write(reports.join("S%2F1.html"), "").unwrap();
        fs::write(reports.join("S#.html"), "").unwrap();
        let page = |name: &str| page_of(&reports.join(name), &cohort);
        assert_eq!(page("S%2F1.json").as_deref(), Some("../../a%20b/S%252F1.html"));
        assert_eq!(page("S#.json").as_deref(), Some("../../a%20b/S%23.html"));
        assert_eq!(page("none.json"), None);
    }

    #[test]
    fn files_of_folders_and_named_ones_come_by_name_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["b.json", "a.json", "hemoclone_mqc.json", "a.calls.tsv", ".x.json"] {
            fs::write(path(name), "").unwrap();
        }
        let mut errors = Failures::new();
        let found = find(
            &[path("b.json"), folder.path().to_owned(), path("gone")],
            &mut errors,
        );
        let names: Vec<_> = found.files.iter().map(|f| f.name.to_str().unwrap()).collect();
        assert_eq!(names, ["a.json", "b.json", "gone"]);
        assert_eq!((found.skipped, errors.finish()), (2, 0));
    }
}
