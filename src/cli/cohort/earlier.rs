//! The cohort that a folder holds already.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};

use super::growing::{MATRIX, MEMBERS};
use super::names::ANEW;
use super::undo::Undo;
use crate::cli::output::OutputFolder;
use hemoclone::cohort::tables::{self, GROWING};
use hemoclone::cohort::{Counted, Manifest, Member, check};
use hemoclone::report::read::{Basis, read_json};
use hemoclone::run::UsageError;

/// Name of the manifest.
pub(super) const MANIFEST: &str = "cohort.json";

/// Name of the file of counts.
pub(super) const COUNTS: &str = "cohort.counts";

/// A cohort that is there.
#[derive(Debug)]
pub(super) struct Earlier {
    folder: PathBuf,
    /// The manifest as it stands.
    pub text: String,
    pub manifest: Manifest,
    pub basis: Basis,
    /// Whether a run was ended while it was writing, so that files over all samples may be newer than the rest.
    pub is_mixed: bool,
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
        let text = String::from_utf8_lossy(&text).into_owned();
        let (manifest, basis) = Manifest::read(&text).with_context(|| name.clone())?;
        let undo = Undo::of(path, &text)?;
        if let Some(undo) = &undo {
            tracing::warn!(
                "{}: the run before was ended while it was writing; what it wrote is taken back",
                path.display()
            );
            undo.roll_back()?;
        }
        let earlier = Self {
            folder: path.to_owned(),
            text,
            manifest,
            basis,
            is_mixed: undo.is_some(),
        };
        earlier.check()?;
        Ok(Some(earlier))
    }

    /// Opens one of its files.
    fn file(&self, name: &str) -> anyhow::Result<File> {
        let path = self.folder.join(name);
        File::open(&path).with_context(|| format!("cannot read {}; {ANEW}", path.display()))
    }

    /// Holds the files that grow against the manifest, without reading their rows.
    fn check(&self) -> anyhow::Result<()> {
        let has = |form: &str| self.manifest.forms.iter().any(|f| f == form);
        for table in tables::tables().into_iter().take(GROWING) {
            if has("parquet") {
                let name = format!("{}.parquet", table.name);
                let rows = self.manifest.rows_of(table.name);
                let checked = check(&self.file(&name)?, table.name, &table.columns, rows);
                checked.with_context(|| format!("{}; {ANEW}", self.folder.join(&name).display()))?;
            }
            if has("tsv") {
                self.check_text(&format!("{}.tsv", table.name), Some(&tables::header(&table)))?;
            }
        }
        self.check_text(MATRIX, Some(&tables::matrix_header(&self.manifest.genes)))?;
        self.check_text(MEMBERS, None)
    }

    fn check_text(&self, name: &str, header: Option<&str>) -> anyhow::Result<()> {
        let path = self.folder.join(name);
        let file = self.file(name)?;
        let found = file.metadata().with_context(|| path.display().to_string())?.len();
        if let Some(header) = header {
            let mut line = vec![0; header.len() + 1];
            let read = (&file).read_exact(&mut line);
            if read.is_err() || line.strip_suffix(b"\n") != Some(header.as_bytes()) {
                bail!(
                    "{}: the first line names other columns than this version writes; {ANEW}",
                    path.display()
                );
            }
        }
        match self.manifest.bytes.get(name) {
            Some(bytes) if *bytes == found => Ok(()),
            bytes => bail!(
                "{}: {found} bytes, and {} in {MANIFEST}: it was changed or cut; {ANEW}",
                path.display(),
                bytes.copied().unwrap_or_default()
            ),
        }
    }

    /// Returns what was counted; anew from the members, where the file of counts is absent or does not fit.
    pub(super) fn counted(&self) -> anyhow::Result<Counted> {
        let path = self.folder.join(COUNTS);
        match fs::read(&path) {
            Ok(bytes) => {
                if let Some(counted) = Counted::read(&bytes, &self.text) {
                    return Ok(counted);
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
        tracing::info!(
            "{}: absent, damaged or of another version; counting {MEMBERS} anew",
            path.display()
        );
        let mut counted = Counted::new(self.manifest.genes.clone());
        self.members(|member| counted.add(&member))?;
        let found = counted.totals.samples() as u64;
        if found != self.manifest.samples {
            bail!(
                "{}: {found} samples, and {} in {MANIFEST}; {ANEW}",
                self.folder.join(MEMBERS).display(),
                self.manifest.samples
            );
        }
        Ok(counted)
    }

    fn members(&self, mut each: impl FnMut(Member)) -> anyhow::Result<()> {
        let mut reader = BufReader::with_capacity(1 << 16, self.file(MEMBERS)?);
        let (mut line, mut number) = (String::new(), 0_u64);
        let name = self.folder.join(MEMBERS).display().to_string();
        loop {
            line.clear();
            let read = reader.read_line(&mut line);
            if read.with_context(|| format!("cannot read {name}; {ANEW}"))? == 0 {
                return Ok(());
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
            each(member);
        }
    }
}
