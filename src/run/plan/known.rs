//! What the sheet and the command line know of a sample.

use std::path::{Path, PathBuf};

use super::planned::{NormalPlan, SamplePlan};
use crate::patient::Patient;
use crate::run::files::Files;
use crate::run::job::Job;
use crate::run::remote;
use crate::sample::SheetRow;
use crate::variants::NamedColumns;

/// Looks a path of the sheet up beside the sheet first, then in the working folder.
pub(in crate::run) fn beside(sheet: &Path, file: &str, files: &Files) -> PathBuf {
    if remote::is_address(Path::new(file)) {
        return remote::entered(Path::new(file));
    }
    let joined = sheet.parent().unwrap_or(Path::new("")).join(file);
    if files.has(&joined) {
        joined
    } else {
        PathBuf::from(file)
    }
}

pub(super) fn patient(row: Option<&SheetRow>, job: &Job) -> anyhow::Result<Patient> {
    let known = row.map(|r| r.patient.clone()).transpose()?.unwrap_or_default();
    Ok(Patient {
        sex: known.sex.or(job.sex),
        ..known
    })
}

pub(super) fn normal_of_row(row: &SheetRow, job: &Job) -> Option<NormalPlan> {
    let (sheet, _) = job.sheet()?;
    row.normal.as_ref().map(|file| NormalPlan {
        path: beside(sheet, file, &job.files),
        column: row.normal_sample.clone(),
    })
}

/// Plans a sample that the sheet gives no file of, with what the sheet knows of its name.
pub(super) fn known_by_name(name: String, columns: NamedColumns, job: &Job) -> SamplePlan {
    let row = job.sheet().and_then(|(_, sheet)| sheet.row_of(&name));
    SamplePlan {
        columns,
        normal: row.and_then(|r| normal_of_row(r, job)),
        patient: patient(row, job),
        clinical: row.and_then(|r| clinical_file(r, job)),
        previous: row.map(|r| previous_reports(r, job)).unwrap_or_default(),
        reads: None,
        name,
    }
}

pub(super) fn clinical_file(row: &SheetRow, job: &Job) -> Option<PathBuf> {
    let (sheet, _) = job.sheet()?;
    row.clinical
        .as_deref()
        .map(|file| beside(sheet, file, &job.files))
}

pub(super) fn previous_reports(row: &SheetRow, job: &Job) -> Vec<PathBuf> {
    let Some((sheet, _)) = job.sheet() else {
        return Vec::new();
    };
    let files = row.previous.iter();
    files.map(|file| beside(sheet, file, &job.files)).collect()
}
