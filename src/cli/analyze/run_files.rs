//! Files of the run beside the summary: made anew at the end of every run, from every sample of the folder.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use rayon::prelude::*;

use crate::cli::output::write_whole;
use hemoclone::report::output::{Output, Place, RunWriter, Writer};
use hemoclone::report::outputs::{Formats, OUTPUTS};
use hemoclone::report::{SummaryLines, file_stem};
use hemoclone::sample::SampleResult;

/// Results that are in memory together: enough for every thread, and few for a folder of thousands.
const AT_ONCE: usize = 64;

/// Which of them are to be written: those that were chosen, and those that were there, for one that no longer fits the summary
/// would mislead.
#[derive(Debug)]
pub struct RunFiles(Vec<&'static Output>);

impl RunFiles {
    /// Looks at what is there.
    pub fn new(folder: &Path, formats: &Formats) -> Self {
        let is_wanted = |output: &&Output| match (output.place, output.writer) {
            (Place::Run(name), Writer::Run(_)) => formats.hold(output) || folder.join(name).exists(),
            _ => false,
        };
        Self(OUTPUTS.iter().filter(is_wanted).collect())
    }

    /// Removes those that are there, for the samples that they hold are about to change.
    pub fn remove(&self, folder: &Path) -> anyhow::Result<()> {
        self.0.iter().try_for_each(|output| {
            let path = folder.join(output.file());
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    Err(error).with_context(|| format!("cannot overwrite {}", path.display()))
                }
                _ => Ok(()),
            }
        })
    }

    /// Writes them from the samples of the summary, each read once.
    pub fn write(&self, folder: &Path, summary: &SummaryLines) -> anyhow::Result<()> {
        if self.0.is_empty() || summary.is_empty() {
            return Ok(());
        }
        let mut writers: Vec<(&Output, Box<dyn RunWriter>)> = Vec::new();
        for output in &self.0 {
            if let Writer::Run(new) = output.writer {
                writers.push((output, new()));
            }
        }
        let samples: Vec<String> = summary.samples().collect();
        for some in samples.chunks(AT_ONCE) {
            let results: Vec<_> = some.par_iter().map(|sample| result_of(folder, sample)).collect();
            for result in results {
                match result {
                    Ok(result) => writers.iter_mut().for_each(|(_, writer)| writer.add(&result)),
                    Err(error) => tracing::warn!("{error:#}; the files of the run leave the sample out"),
                }
            }
        }
        let rows = summary.rows();
        for (output, writer) in &mut writers {
            if writer.is_empty(&rows) {
                continue;
            }
            write_whole(&folder.join(output.file()), |out| Ok(writer.write(&rows, out)?))?;
        }
        Ok(())
    }
}

fn result_of(folder: &Path, sample: &str) -> anyhow::Result<SampleResult> {
    let path = folder.join(format!("{}.json", file_stem(sample)));
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("cannot read {}", path.display()))
}
