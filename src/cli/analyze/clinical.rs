//! Clinical files of `analyze`: one for the run, or one named for a sample in the sheet.

use std::fs::File;
use std::path::Path;

use anyhow::Context;

use crate::cli::UsageError;
use crate::cli::plan::{FilePlan, SamplePlan};
use crate::report::safe;
use crate::sample::{ClinicalFile, ClinicalRecord, PatientError};

/// Puts what the clinical files say into the plans. Errors in them stop the run before anything is read: what is wrong in
/// one may be wrong in all.
pub fn complete(plans: &mut [FilePlan], file: Option<&Path>) -> anyhow::Result<()> {
    let mut samples: Vec<&mut SamplePlan> = plans
        .iter_mut()
        .filter_map(|p| p.samples.as_mut().ok())
        .flatten()
        .collect();
    for sample in &mut samples {
        if let Some(path) = sample.clinical.clone() {
            let file = read(&path)?;
            let record = file.of(&sample.name).with_context(|| {
                format!(
                    "clinical file {}: no object of sample {:?}",
                    path.display(),
                    sample.name
                )
            })?;
            add(sample, record)?;
        }
    }
    let Some(path) = file else { return Ok(()) };
    let file = read(path)?;
    let nameless = file.records.iter().any(|r| r.sample.is_none());
    if nameless && (samples.len() != 1 || file.records.len() != 1) {
        return Err(UsageError(format!(
            "clinical file {}: an object without the key sample can only speak of the one sample of a run",
            path.display()
        ))
        .into());
    }
    let mut matched = 0;
    for sample in samples {
        if let Some(record) = file.of(&sample.name) {
            matched += 1;
            add(sample, record)?;
        }
    }
    if matched == 0 {
        return Err(UsageError(format!(
            "clinical file {}: none of its samples is one of this run; the key sample is the name of the reports",
            path.display()
        ))
        .into());
    }
    let others = file.records.len() - matched;
    if others > 0 {
        let message = format!(
            "clinical file {}: {others} of its samples are not part of this run",
            path.display()
        );
        tracing::warn!("{}", safe::terminal(&message));
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<ClinicalFile> {
    let name = path.display().to_string();
    let file = File::open(path).with_context(|| format!("cannot read the clinical file {name}"))?;
    Ok(ClinicalFile::read(file, &name)?)
}

fn add(sample: &mut SamplePlan, record: &ClinicalRecord) -> Result<(), PatientError> {
    let disagree = |field: &str, first: String, second: String| PatientError::Disagree {
        sample: sample.name.clone(),
        field: field.to_owned(),
        first,
        second,
    };
    if let (Some(first), Some(second)) = (sample.sex, record.sex)
        && first != second
    {
        return Err(disagree("sex", format!("{first:?}"), format!("{second:?}")));
    }
    if let (Some(first), Some(second)) = (sample.age, record.age)
        && (first - second).abs() > f64::EPSILON
    {
        return Err(disagree("age", first.to_string(), second.to_string()));
    }
    sample.sex = sample.sex.or(record.sex);
    sample.age = sample.age.or(record.age);
    let own = std::mem::take(&mut sample.patient);
    sample.patient = own.completed_by(record.patient.clone(), &sample.name)?;
    Ok(())
}
