//! Outputs that are inputs: what is about to be written must be none of what is about to be read.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use hemoclone::run::{Identity, UsageError, identity};

/// Returns the file at standard input, where it is one (`< a.vcf`).
#[cfg(unix)]
fn identity_of_stdin() -> Option<Identity> {
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::MetadataExt as _;

    let file = fs::File::from(std::io::stdin().as_fd().try_clone_to_owned().ok()?);
    let found = file.metadata().ok()?;
    found.is_file().then(|| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
const fn identity_of_stdin() -> Option<Identity> {
    None
}

/// Endings of indexes, which are read beside their files.
const INDEXES: [&str; 6] = ["tbi", "csi", "bai", "crai", "fai", "gzi"];

/// The files that a command reads.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    files: HashMap<Identity, PathBuf>,
}

impl Inputs {
    /// Adds a file and the indexes beside it; what is not there is no input that could be lost.
    pub(crate) fn add(&mut self, path: &Path) {
        if path == Path::new("-") {
            if let Some(file) = identity_of_stdin() {
                let name = "as standard input".into();
                self.files.entry(file).or_insert(name);
            }
            return;
        }
        let mut add = |path: PathBuf| {
            if let Some(file) = identity(&path) {
                self.files.entry(file).or_insert(path);
            }
        };
        for index in INDEXES {
            let mut behind = path.as_os_str().to_owned();
            behind.push(format!(".{index}"));
            add(behind.into());
            // `x.bai` of `x.bam`.
            add(path.with_extension(index));
        }
        add(path.to_owned());
    }

    /// Adds several files.
    pub(crate) fn with<'p>(mut self, paths: impl IntoIterator<Item = &'p Path>) -> Self {
        for path in paths {
            self.add(path);
        }
        self
    }

    /// Refuses an output that is one of the inputs.
    pub(crate) fn refuse(&self, output: &Path) -> Result<(), UsageError> {
        if self.files.is_empty() || output == Path::new("-") {
            return Ok(());
        }
        match identity(output).and_then(|file| self.files.get(&file)) {
            None => Ok(()),
            Some(input) => Err(UsageError(format!(
                "{} is to be written, but is read too ({}): nothing was written; give another --output",
                output.display(),
                input.display()
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hemoclone::run::is_same_file;

    #[test]
    fn an_input_is_recognized_by_any_of_its_names() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["a.bam", "a.bam.bai", "b.cram", "b.crai", "other"] {
            fs::write(path(name), "x").unwrap();
        }
        fs::create_dir(path("sub")).unwrap();
        let inputs = Inputs::default().with([&*path("a.bam"), &*path("b.cram"), &*path("none")]);
        for name in ["a.bam", "sub/../a.bam", "a.bam.bai", "b.crai"] {
            let message = inputs.refuse(&path(name)).unwrap_err().to_string();
            assert!(message.contains("nothing was written"), "{message}");
        }
        for name in ["other", "none", "sub", "new"] {
            inputs.refuse(&path(name)).unwrap();
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_to_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a"), "x").unwrap();
        fs::hard_link(path("a"), path("hard")).unwrap();
        std::os::unix::fs::symlink(path("a"), path("soft")).unwrap();
        let inputs = Inputs::default().with([&*path("a")]);
        assert!(inputs.refuse(&path("hard")).is_err() && inputs.refuse(&path("soft")).is_err());
        assert!(is_same_file(&path("hard"), &path("soft")) && !is_same_file(&path("none"), &path("none")));
    }
}
