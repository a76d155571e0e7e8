//! The cohort that a folder holds already.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};

use crate::cli::output::OutputFolder;
use hemoclone::cohort::{Manifest, Member};
use hemoclone::report::read::{Basis, read_json};
use hemoclone::run::UsageError;

/// Name of the manifest.
pub(super) const MANIFEST: &str = "cohort.json";

/// Name of the file of members.
pub(super) const MEMBERS: &str = "members.jsonl";

const ANEW: &str = "make the cohort anew from all reports (--force)";

/// A cohort that is there.
#[derive(Debug)]
pub(super) struct Earlier {
    folder: PathBuf,
    pub manifest: Manifest,
    pub basis: Basis,
}

impl Earlier {
    /// Opens the cohort of a folder; `None` where there is none, or it is to be made anew.
    pub(super) fn open(path: &Path, force: bool, folder: &OutputFolder) -> anyhow::Result<Option<Self>> {
        let manifest = path.join(MANIFEST);
        let text = match fs::read(&manifest) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", manifest.display())),
        };
        let name = manifest.display().to_string();
        if read_json(&text, &name).is_ok() {
            let problem =
                format!("{name} is the report of a sample, and would be overwritten; give another --output");
            return Err(UsageError(problem).into());
        }
        if force {
            return Ok(None);
        }
        if !folder.unfinished().is_empty() {
            bail!(
                "{}: the run before was ended while it was writing; {ANEW}",
                path.display()
            );
        }
        let (manifest, basis) =
            Manifest::read(&String::from_utf8_lossy(&text)).with_context(|| name.clone())?;
        Ok(Some(Self {
            folder: path.to_owned(),
            manifest,
            basis,
        }))
    }

    /// Opens one of its files.
    pub(super) fn file(&self, name: &str) -> anyhow::Result<File> {
        let path = self.folder.join(name);
        File::open(&path).with_context(|| format!("cannot read {}; {ANEW}", path.display()))
    }

    /// Gives each member, and the line that it stands in.
    pub(super) fn members(
        &self,
        mut each: impl FnMut(Member, &str) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut reader = BufReader::with_capacity(1 << 16, self.file(MEMBERS)?);
        let (mut line, mut number) = (String::new(), 0_u64);
        let name = self.folder.join(MEMBERS).display().to_string();
        loop {
            line.clear();
            if reader
                .read_line(&mut line)
                .with_context(|| format!("cannot read {name}; {ANEW}"))?
                == 0
            {
                break;
            }
            number += 1;
            let member: Member =
                serde_json::from_str(&line).map_err(|e| anyhow!("{name}, line {number}: {e}; {ANEW}"))?;
            if member.genes.len() != self.manifest.genes.len() {
                bail!(
                    "{name}, line {number}: {} genes, and {} in {MANIFEST}; {ANEW}",
                    member.genes.len(),
                    self.manifest.genes.len()
                );
            }
            each(member, &line)?;
        }
        if number != self.manifest.samples {
            bail!(
                "{name}: {number} samples, and {} in {MANIFEST}; {ANEW}",
                self.manifest.samples
            );
        }
        Ok(())
    }
}
