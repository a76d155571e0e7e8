//! What a comparison reads: reports and files of variants, each with the bases of its build.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use super::args::CompareArgs;
use crate::cli::report_files::{file_name, paths_with, report_paths};
use crate::cli::say::Errors;
use hemoclone::compare::{Observed, whole_genome};
use hemoclone::genome::{BaseSource, Build, ReferenceFasta};
use hemoclone::report::read::{ReadError, read_json};
use hemoclone::run::{check_source, explained};
use hemoclone::transcript::EmbeddedBases;
use hemoclone::variants::{Input, Scan, ScanOptions, scan};

/// Endings of files of variants, as they are looked for in a folder.
const VARIANTS: [&str; 4] = [".vcf", ".vcf.gz", ".vcf.bgz", ".bcf"];

/// Reads inputs.
pub(super) struct Sources {
    reference: Option<ReferenceFasta>,
    build: Option<Build>,
    any_filter: bool,
}

impl Sources {
    pub(super) fn new(args: &CompareArgs) -> anyhow::Result<Self> {
        Ok(Self {
            reference: args.reference.as_deref().map(ReferenceFasta::open).transpose()?,
            build: args.build.as_deref().map(str::parse).transpose()?,
            any_filter: args.any_filter,
        })
    }

    /// Returns the build given.
    pub(super) const fn build(&self) -> Option<Build> {
        self.build
    }

    /// Returns the bases of a build: those of the FASTA where one is given, else those of the program.
    pub(super) fn bases(&self, build: Build) -> &dyn BaseSource {
        match &self.reference {
            Some(reference) => reference,
            None => EmbeddedBases::of(build),
        }
    }

    /// Fails where bases could not be read.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        self.reference
            .as_ref()
            .map_or(Ok(()), |reference| check_source(reference))
    }

    /// Reads everything that was observed; what cannot be read is named, and the others are taken.
    pub(super) fn observed(&self, paths: &[PathBuf], all_read: &mut bool) -> anyhow::Result<Vec<Observed>> {
        let mut observed: Vec<Observed> = Vec::new();
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        let mut found = self.build;
        let mut errors = Errors::new("input cannot be used", "inputs cannot be used");
        let mut refuse = |message: &str| {
            *all_read = false;
            errors.tell(message);
        };
        for path in listed(paths)? {
            let samples = match self.of_file(&path) {
                Ok(samples) => samples,
                Err(error) => {
                    refuse(&explained(&error));
                    continue;
                }
            };
            for sample in samples {
                let build = *found.get_or_insert(sample.build);
                if sample.build != build {
                    refuse(&format!(
                        "{}: sample {:?} is on {}, the others on {build}: compare each build by itself",
                        path.display(),
                        sample.name,
                        sample.build
                    ));
                } else if let Some(first) = files.get(&sample.name) {
                    refuse(&format!(
                        "{}: sample {:?} was read from {first} already: compare them in two runs, or rename one",
                        path.display(),
                        sample.name
                    ));
                } else {
                    files.insert(sample.name.clone(), path.display().to_string());
                    observed.push(sample);
                }
            }
        }
        errors.finish();
        anyhow::ensure!(!observed.is_empty(), "nothing that was observed could be read");
        observed.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(observed)
    }

    fn of_file(&self, path: &Path) -> anyhow::Result<Vec<Observed>> {
        let name = path.display().to_string();
        if is_json(path) {
            let report = read_json(
                &fs::read(path).with_context(|| format!("cannot read {name}"))?,
                &name,
            )?;
            let bases = self.bases(report.build);
            return Ok(vec![Observed::of_report(
                file_name(path),
                report,
                self.any_filter,
                bases,
            )]);
        }
        let scan = self.scan(path)?;
        let bases = self.bases(scan.build);
        let file = Input::from_argument(path).file_name();
        Ok(Observed::of_scan(&file, scan, self.any_filter, bases))
    }

    /// Reads a file of variants whole.
    pub(super) fn scan(&self, path: &Path) -> anyhow::Result<Scan> {
        let options = ScanOptions {
            build: self.build,
            annotations_on: Some(Vec::new()),
            threads: 1,
            ..ScanOptions::default()
        };
        Ok(scan(&Input::from_argument(path), &whole_genome, &options)?)
    }
}

/// Whether a path is that of a report.
pub(super) fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"))
}

/// Returns the files that paths lead to: of a folder its reports, or where there are none its files of variants.
fn listed(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(of_folder(path)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn of_folder(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let reports = reports_of(folder)?;
    if !reports.is_empty() {
        return Ok(reports.into_values().collect());
    }
    let variants = paths_with(folder, &VARIANTS)?;
    if variants.is_empty() {
        return Err(anyhow!(
            "{}: neither reports (<sample>.json) nor files of variants (.vcf, .vcf.gz, .bcf) in this folder",
            folder.display()
        ));
    }
    Ok(variants)
}

/// Returns the reports of a folder, by name; JSON of something else is left out.
pub(super) fn reports_of(folder: &Path) -> anyhow::Result<BTreeMap<String, PathBuf>> {
    let mut reports = BTreeMap::new();
    for path in report_paths(folder)? {
        let name = file_name(&path);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let something_else = read_json(&bytes, &name).is_err_and(|e: ReadError| e.is_something_else());
        if !something_else {
            reports.insert(name, path);
        }
    }
    Ok(reports)
}
