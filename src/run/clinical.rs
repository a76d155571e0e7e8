//! Clinical files of `analyze`: one for the run, or one named for a sample in the sheet.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};

use super::UsageError;
use super::files::Files;
use super::job::Job;
use super::plan::{FilePlan, SamplePlan};
use crate::patient::{ClinicalFile, ClinicalRecord, Patient};
use crate::sample::SampleSheet;

/// Puts what the clinical files say into the plans. What is wrong with one sample's values keeps that sample out; a file of the
/// run that cannot be read at all stops the run before anything is read.
pub(super) fn complete(plans: &mut [FilePlan], job: &Job) -> anyhow::Result<()> {
    let mut samples: Vec<&mut SamplePlan> = plans
        .iter_mut()
        .filter_map(|p| p.samples.as_mut().ok())
        .flatten()
        .collect();
    // Each is read once: many samples may name one, and it may be a pipe.
    let mut own_files: HashMap<PathBuf, Result<ClinicalFile, String>> = HashMap::new();
    for sample in &mut samples {
        if let Some(path) = sample.clinical.clone() {
            let own_file = own_files
                .entry(path.clone())
                .or_insert_with(|| read(&path, &job.files).map_err(|e| format!("{e:#}")));
            let said = of_own_file(own_file, &path, &sample.name);
            add(sample, said);
        }
    }
    let Some(path) = &job.request.clinical else {
        return Ok(());
    };
    let file = read(path, &job.files)?;
    let nameless = file.records.iter().any(|r| r.sample.is_none());
    if nameless && (samples.len() != 1 || file.records.len() != 1) {
        return Err(UsageError(format!(
            "clinical file {}: an object without the key sample can only speak of the one sample of a run",
            path.display()
        ))
        .into());
    }
    let mut used: HashSet<&Option<String>> = HashSet::new();
    for sample in samples {
        if let Some(record) = file.of(&sample.name) {
            used.insert(&record.sample);
            add(sample, record.patient.clone().map_err(Into::into));
        }
    }
    let is_other = |record: &&ClinicalRecord| !used.contains(&record.sample);
    let others: Vec<&ClinicalRecord> = file.records.iter().filter(is_other).collect();
    if others.len() == file.records.len() {
        return Err(UsageError(format!(
            "clinical file {}: none of its samples is one of this run; the key sample is the name of the reports",
            path.display()
        ))
        .into());
    }
    if !others.is_empty() {
        let are = if others.len() == 1 { "is" } else { "are" };
        warn(&format!(
            "clinical file {}: {} of its samples {are} not part of this run",
            path.display(),
            others.len()
        ));
    }
    for error in others.iter().filter_map(|other| other.patient.as_ref().err()) {
        warn(&format!("{error}; it is not part of this run"));
    }
    Ok(())
}

/// Warns of rows that cannot be read and that no sample of the run has asked for.
pub(super) fn warn_of_unused(sheet: &SampleSheet, plans: &[FilePlan]) {
    let samples = plans.iter().flat_map(|p| p.samples.iter().flatten());
    let names: BTreeSet<&str> = samples.map(|s| s.name.as_str()).collect();
    for row in &sheet.rows {
        let is_used = row.vcf.is_some() || row.bam.is_some() || names.contains(row.sample.as_str());
        if let (false, Err(error)) = (is_used, &row.patient) {
            warn(&format!(
                "{error}; sample {:?} is not part of this run",
                row.sample
            ));
        }
    }
}

fn warn(message: &str) {
    tracing::warn!("{message}");
}

fn read(path: &Path, files: &Files) -> anyhow::Result<ClinicalFile> {
    let (file, name) = files
        .open_once(path)
        .with_context(|| format!("cannot read the clinical file {}", path.display()))?;
    let file = ClinicalFile::read(file, &name)?;
    for warning in &file.warnings {
        warn(&format!("clinical file {name}: {warning}"));
    }
    Ok(file)
}

/// Returns what a sample's own clinical file says of it.
fn of_own_file(file: &Result<ClinicalFile, String>, path: &Path, name: &str) -> anyhow::Result<Patient> {
    let file = file.as_ref().map_err(|message| anyhow!(message.clone()))?;
    let record = file
        .of(name)
        .with_context(|| format!("clinical file {}: no object of sample {name:?}", path.display()))?;
    Ok(record.patient.clone()?)
}

/// Adds to what is known of a sample; the first thing that is wrong stays.
fn add(sample: &mut SamplePlan, said: anyhow::Result<Patient>) {
    let known = std::mem::replace(&mut sample.patient, Ok(Patient::default()));
    sample.patient = known.and_then(|known| Ok(known.completed_by(said?, &sample.name)?));
}
