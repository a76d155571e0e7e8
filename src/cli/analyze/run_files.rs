//! Files of the run beside the summary: made anew at the end of every run, from every sample of the folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rayon::prelude::*;

use crate::cli::output::{remove_if_there, write_whole};
use hemoclone::report::SummaryLines;
use hemoclone::report::output::{Place, RunWriter, Writer};
use hemoclone::report::outputs::{Formats, OUTPUTS};
use hemoclone::sample::SampleResult;

/// Results that are in memory together: enough for every thread, and few for a folder of thousands.
const AT_ONCE: usize = 64;

/// Makes the writer of a file.
type NewWriter = fn() -> Box<dyn RunWriter>;

/// Which of them are to be written: those that were chosen, and those that were there, for one that no longer fits the summary
/// would mislead.
#[derive(Debug)]
pub(in crate::cli) struct RunFiles {
    folder: PathBuf,
    files: Vec<(PathBuf, NewWriter)>,
}

impl RunFiles {
    /// Looks at what is there.
    pub(in crate::cli) fn new(folder: &Path, formats: &Formats) -> Self {
        let wanted = OUTPUTS
            .iter()
            .filter_map(|output| match (output.place, output.writer) {
                (Place::Run(name), Writer::Run(new)) => {
                    let path = folder.join(name);
                    (formats.hold(output) || path.exists()).then_some((path, new))
                }
                _ => None,
            });
        Self {
            folder: folder.to_owned(),
            files: wanted.collect(),
        }
    }

    /// Returns where they go.
    pub(in crate::cli) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Removes those that are there, for the samples that they hold are about to change.
    pub(in crate::cli) fn remove(&self) -> anyhow::Result<()> {
        self.files.iter().try_for_each(|(path, _)| remove_if_there(path))
    }

    /// Writes them from the samples of the summary, each read once; `path` tells where the result of a sample is.
    pub(in crate::cli) fn write(
        &self,
        summary: &SummaryLines,
        path: &(impl Fn(&str) -> PathBuf + Sync),
    ) -> anyhow::Result<()> {
        if self.files.is_empty() || summary.is_empty() {
            return Ok(());
        }
        let mut writers: Vec<_> = self.files.iter().map(|(path, new)| (path, new())).collect();
        let samples: Vec<String> = summary.samples().collect();
        for some in samples.chunks(AT_ONCE) {
            let results: Vec<_> = some.par_iter().map(|sample| result_of(&path(sample))).collect();
            for result in results {
                match result {
                    Ok(result) => writers.iter_mut().for_each(|(_, writer)| writer.add(&result)),
                    Err(error) => tracing::warn!("{error:#}; the files of the run leave the sample out"),
                }
            }
        }
        let rows = summary.rows();
        for (path, writer) in &mut writers {
            if writer.is_empty(&rows) {
                continue;
            }
            write_whole(path, |out| Ok(writer.write(&rows, out)?))?;
        }
        Ok(())
    }
}

/// Reads the result of a sample.
pub(in crate::cli) fn result_of(path: &Path) -> anyhow::Result<SampleResult> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| {
        format!(
            "{}: is no result of this version of hemoclone; analyze the sample anew",
            path.display()
        )
    })
}
