//! A report as it goes into a cohort.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::inputs::{Input, page_of};
use hemoclone::cohort::tables::Rows;
use hemoclone::cohort::{Beside, read_batches};
use hemoclone::report::read::{Basis, ReadError, read_json};

/// What is known of the reports before they are read.
pub(super) struct Context {
    pub output: PathBuf,
    batch: Option<String>,
    batches: HashMap<String, String>,
}

impl Context {
    /// Reads the table of batches, where one was given.
    pub(super) fn new(output: &Path, batch: Option<&str>, batches: Option<&Path>) -> anyhow::Result<Self> {
        let batches = match batches {
            None => HashMap::new(),
            Some(path) => {
                let file = File::open(path)
                    .with_context(|| format!("cannot read the batches {}", path.display()))?;
                read_batches(file, &path.display().to_string())?
            }
        };
        let batch = batch.map(str::trim).filter(|name| !name.is_empty());
        Ok(Self {
            output: output.to_owned(),
            batch: batch.map(str::to_owned),
            batches,
        })
    }

    /// Reads a report.
    pub(super) fn read(&self, input: &Input) -> Result<Report, ReadError> {
        let path = input.path();
        let file = path.display().to_string();
        let json = input.bytes().map_err(|problem| ReadError::Unreadable {
            file: file.clone(),
            problem,
        })?;
        let result = read_json(&json, &file)?;
        let batch = self.batches.get(&result.sample).or(self.batch.as_ref());
        let beside = Beside {
            batch: batch.cloned(),
            page: page_of(&path, &self.output),
        };
        Ok(Report {
            basis: Basis::of(&result),
            genes: result.genes.iter().map(|gene| gene.gene.clone()).collect(),
            rows: Rows::new(&result, &json, beside),
            file,
        })
    }
}

/// A report that was read.
pub(super) struct Report {
    pub file: String,
    pub basis: Basis,
    pub genes: Vec<String>,
    pub rows: Rows,
}
