//! Where the results of a run go.

use std::sync::{Mutex, PoisonError};

use super::plan::FilePlan;
use crate::sample::SampleResult;

/// Takes the results of a run. Samples are handed over from several threads, in any order, each as soon as it is ready.
pub trait Output: Sync {
    /// Is told what will be analyzed, before anything is: the time to refuse what would be overwritten.
    ///
    /// # Errors
    ///
    /// Whatever is returned ends the run.
    fn prepare(&mut self, plans: &[FilePlan]) -> anyhow::Result<()> {
        let _ = plans;
        Ok(())
    }

    /// Takes the result of a sample.
    ///
    /// # Errors
    ///
    /// Whatever is returned is the error of this sample; the others go on.
    fn take(&self, result: &SampleResult) -> anyhow::Result<()>;

    /// Is told that so many more samples are over, well or not.
    fn done(&self, samples: usize) {
        let _ = samples;
    }
}

/// Keeps every result, in memory.
#[derive(Debug, Default)]
pub struct Results(Mutex<Vec<SampleResult>>);

impl Results {
    /// Returns the results by the names of their samples.
    pub fn into_sorted(self) -> Vec<SampleResult> {
        let mut results = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by(|a, b| a.sample.cmp(&b.sample));
        results
    }
}

impl Output for Results {
    fn take(&self, result: &SampleResult) -> anyhow::Result<()> {
        let kept = result.clone();
        let mut results = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        results.push(kept);
        Ok(())
    }
}
