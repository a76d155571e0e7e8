//! The samples that a run has no report of, by name.

use std::collections::BTreeSet;

use super::ended::{Ended, Failure};
use super::job::Job;
use super::plan::beside;
use crate::report::FailedRow;
use crate::sample::SheetRow;

impl Ended {
    /// Returns the samples that failed: those that the sheet names of a file that failed as a whole, else the file alone.
    pub fn failed_samples(&self, job: &Job) -> Vec<FailedRow> {
        let single: BTreeSet<&str> = self.failures.iter().filter_map(|f| f.sample.as_deref()).collect();
        let rows = |failure: &Failure| {
            let file = failure.file.display().to_string();
            let row = |sample: &str| FailedRow::new(sample, &file, &failure.reason);
            if let Some(sample) = &failure.sample {
                return vec![row(sample)];
            }
            let samples: Vec<FailedRow> = rows_of(failure, job)
                .filter(|sheet_row| !single.contains(sheet_row.sample.as_str()))
                .map(|sheet_row| row(&sheet_row.sample))
                .collect();
            if samples.is_empty() {
                vec![row("")]
            } else {
                samples
            }
        };
        self.failures.iter().flat_map(rows).collect()
    }
}

/// Returns the rows of the sheet whose samples come from the file that failed.
fn rows_of<'j>(failure: &'j Failure, job: &'j Job) -> impl Iterator<Item = &'j SheetRow> {
    let rows = job
        .sheet()
        .into_iter()
        .flat_map(|(path, sheet)| sheet.rows.iter().map(move |row| (path, row)));
    rows.filter(|(path, row)| {
        let file = row.vcf.as_ref().or(row.bam.as_ref());
        file.is_some_and(|file| beside(path, file, &job.files) == failure.file)
    })
    .map(|(_, row)| row)
}
