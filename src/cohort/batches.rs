//! Batches or runs of a cohort: whether one has more drivers, or fewer fragments, than the others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Probability;
use super::member::Member;
use super::multiple::benjamini_hochberg;
use crate::drivers::CallStatus;
use crate::evidence::statistics::fisher_exact_two_sided;
use crate::evidence::wilson_95;
use crate::genome::as_count;
use crate::report::table::table;
use crate::report::value::{Fraction, Number};

/// Share of false findings among those named.
const FALSE_FINDINGS: f64 = 0.05;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Batch {
    samples: u32,
    with_driver: u32,
    failed: u32,
    calls: u32,
    doubted: u32,
    /// Samples by their median depth.
    depths: BTreeMap<u32, u32>,
}

/// Counts by batch; samples without one are in none.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Batches(BTreeMap<String, Batch>);

impl Batches {
    /// Counts a sample.
    pub(super) fn add(&mut self, member: &Member) {
        let Some(name) = &member.batch else { return };
        let batch = self.0.entry(name.clone()).or_default();
        let doubted = member
            .calls
            .iter()
            .filter(|seen| seen.status == CallStatus::ArtifactSuspected);
        batch.samples += 1;
        batch.with_driver += u32::from(member.mutated_genes() > 0);
        batch.failed += u32::from(member.is_failed());
        batch.calls += as_count(member.calls.len());
        batch.doubted += as_count(doubted.count());
        if let Some(depth) = member.depth {
            *batch.depths.entry(depth).or_default() += 1;
        }
    }

    /// Returns the number of samples of each batch.
    pub(super) fn samples(&self) -> BTreeMap<String, u32> {
        self.0
            .iter()
            .map(|(name, batch)| (name.clone(), batch.samples))
            .collect()
    }

    /// Returns the rows, by name.
    pub(super) fn rows(&self) -> Vec<BatchRow> {
        let all = |of: fn(&Batch) -> u32| self.0.values().map(of).sum::<u32>();
        let (samples, with_driver) = (all(|b| b.samples), all(|b| b.with_driver));
        let p: Vec<f64> = self
            .0
            .values()
            .map(|batch| {
                let others = (samples - batch.samples, with_driver - batch.with_driver);
                fisher_exact_two_sided([
                    [batch.with_driver, batch.samples - batch.with_driver],
                    [others.1, others.0 - others.1],
                ])
            })
            .collect();
        let q = if self.0.len() > 1 {
            benjamini_hochberg(&p)
        } else {
            Vec::new()
        };
        let rows = self.0.iter().enumerate();
        rows.map(|(place, (name, batch))| BatchRow::new(name, batch, q.get(place).copied()))
            .collect()
    }
}

/// Returns the lower median of values that are counted.
fn median(depths: &BTreeMap<u32, u32>) -> Option<u32> {
    let all: u64 = depths.values().map(|count| u64::from(*count)).sum();
    let mut left = all.checked_sub(1)? / 2;
    for (depth, count) in depths {
        match left.checked_sub(u64::from(*count)) {
            Some(rest) => left = rest,
            None => return Some(*depth),
        }
    }
    None
}

fn a_sample(count: u32, samples: u32) -> Number {
    Number((f64::from(count) / f64::from(samples.max(1)) * 1e4).round() / 1e4)
}

table! {
    /// One batch.
    BatchRow(name: &str, batch: &Batch, q: Option<f64>) {
        /// Name of the batch or run, as given.
        batch: String, "run17" => name.to_owned();
        /// Samples.
        samples: u32, "48" => batch.samples;
        /// Samples with a driver.
        with_driver: u32, "9" => batch.with_driver;
        /// Their share: of what was found, assessed or not.
        frac_found: Fraction, "0.187500" => Fraction(f64::from(batch.with_driver) / f64::from(batch.samples.max(1)));
        /// Lower end of its 95 % Wilson interval.
        frac_found_low: Option<Fraction>, "0.101900" => wilson_95(batch.with_driver, batch.samples).map(|i| Fraction(i.low));
        /// Upper end of its 95 % Wilson interval.
        frac_found_high: Option<Fraction>, "0.319400" => wilson_95(batch.with_driver, batch.samples).map(|i| Fraction(i.high));
        /// Two-sided p-value of Fisher's exact test of samples with a driver, this batch against all others, held against the number of
        /// batches (Benjamini and Hochberg 1995); empty for one batch.
        q: Option<Probability>, "0.74" => q.map(Probability);
        /// Whether `q` is below 0.05: the batch differs, by its assay or by its persons (age).
        differs: Option<bool>, "false" => q.map(|q| q < FALSE_FINDINGS);
        /// Samples whose reads were good for little (quality `fail`).
        failed: u32, "1" => batch.failed;
        /// Lower median of the samples' median depths.
        median_depth: Option<u32>, "794" => median(&batch.depths);
        /// Calls a sample, of any status.
        calls_a_sample: Number, "11.25" => a_sample(batch.calls, batch.samples);
        /// Suspected artifacts a sample.
        artifacts_a_sample: Number, "0.6" => a_sample(batch.doubted, batch.samples);
    }
}

#[cfg(test)]
mod tests {
    use super::super::member::{Known, State};
    use super::super::tests_support::{gene, member};
    use super::*;

    #[test]
    fn a_batch_full_of_drivers_differs() {
        let mut batches = Batches::default();
        for i in 0..90 {
            let in_second = i % 3 == 0;
            let state = if in_second || i % 10 == 1 {
                State::Driver
            } else {
                State::NotAssessed
            };
            let mut sample = member(&format!("S{i}"), vec![gene(state, Known::No)]);
            sample.batch = Some(if in_second { "b" } else { "a" }.to_owned());
            sample.depth = Some(i);
            batches.add(&sample);
        }
        batches.add(&member("without", vec![]));
        let rows = batches.rows();
        assert_eq!(
            rows.iter().map(|r| r.batch.as_str()).collect::<Vec<_>>(),
            ["a", "b"]
        );
        assert_eq!(
            (rows[1].samples, rows[1].with_driver, rows[1].differs),
            (30, 30, Some(true))
        );
        assert_eq!(rows[1].median_depth, Some(42));
    }
}
