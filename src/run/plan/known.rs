//! What the sheet and the command line know of a sample.

use std::path::{Path, PathBuf};

use super::planned::{NormalPlan, Request, SamplePlan};
use crate::sample::{Patient, SheetRow};
use crate::variants::NamedColumns;

/// Looks a path of the sheet up beside the sheet first, then in the working folder.
pub fn beside(sheet: &Path, file: &str) -> PathBuf {
    let joined = sheet.parent().unwrap_or(Path::new("")).join(file);
    if joined.exists() {
        joined
    } else {
        PathBuf::from(file)
    }
}

pub fn patient(row: Option<&SheetRow>, request: &Request<'_>) -> anyhow::Result<Patient> {
    let known = row.map(|r| r.patient.clone()).transpose()?.unwrap_or_default();
    Ok(Patient {
        sex: known.sex.or(request.sex),
        ..known
    })
}

pub fn normal_of_row(row: &SheetRow, request: &Request<'_>) -> Option<NormalPlan> {
    let (sheet, _) = request.sheet?;
    row.normal.as_ref().map(|file| NormalPlan {
        path: beside(sheet, file),
        column: row.normal_sample.clone(),
    })
}

/// Plans a sample that the sheet gives no file of, with what the sheet knows of its name.
pub fn known_by_name(name: String, columns: NamedColumns, request: &Request<'_>) -> SamplePlan {
    let row = request.sheet.and_then(|(_, sheet)| sheet.row_of(&name));
    SamplePlan {
        columns,
        normal: row.and_then(|r| normal_of_row(r, request)),
        patient: patient(row, request),
        clinical: row.and_then(|r| clinical_file(r, request)),
        reads: None,
        name,
    }
}

pub fn clinical_file(row: &SheetRow, request: &Request<'_>) -> Option<PathBuf> {
    let (sheet, _) = request.sheet?;
    row.clinical.as_deref().map(|file| beside(sheet, file))
}
