//! Samples that differ from the others in depth or quality.

use serde::{Deserialize, Serialize};

use super::member::Member;
use super::names::Names;
use crate::drivers::CallStatus;
use crate::evidence::statistics::median;
use crate::genome::as_count;
use crate::report::table::table;
use crate::report::value::Number;

/// Robust standard deviations from the median from which a sample is named: 3.5 as Iglewicz and Hoaglin recommend (How to Detect and
/// Handle Outliers, ASQC 1993).
const FAR: f64 = 3.5;

/// Scales the median absolute deviation to the standard deviation of a normal distribution: 1 / Φ⁻¹(3/4).
const TO_DEVIATION: f64 = 1.482_602_218_505_602;

/// Samples from which a median says something. A choice of this program.
const FEWEST: usize = 10;

/// What is measured of a sample.
struct Measure {
    name: &'static str,
    of: fn(&Measured) -> Option<f64>,
    /// Smallest deviation that the others are taken to have, so that equal samples do not make a neighbor an outlier. A choice.
    least: f64,
}

const MEASURES: [Measure; 5] = [
    Measure {
        name: "log2_depth_of_target",
        of: |measured| measured.log2_depth(true),
        least: 0.1,
    },
    Measure {
        name: "log2_depth_of_calls",
        of: |measured| measured.log2_depth(false),
        least: 0.1,
    },
    Measure {
        name: "frac_assessed",
        of: |measured| measured.assessed,
        least: 0.01,
    },
    Measure {
        name: "calls",
        of: |measured| Some(f64::from(measured.calls)),
        least: 2.0,
    },
    Measure {
        name: "artifact_suspected",
        of: |measured| Some(f64::from(measured.artifacts)),
        least: 1.0,
    },
];

/// Values of a sample: 32 bytes.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Measured {
    assessed: Option<f64>,
    /// Median depth; zero where it is not known.
    depth: u32,
    depth_of_target: bool,
    calls: u32,
    artifacts: u32,
}

impl Measured {
    fn log2_depth(&self, of_target: bool) -> Option<f64> {
        let known = self.depth > 0 && self.depth_of_target == of_target;
        known.then(|| f64::from(self.depth).log2())
    }
}

/// Values of every sample.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Outliers(Vec<Measured>);

impl Outliers {
    /// Takes the measures of the next sample.
    pub(super) fn add(&mut self, member: &Member) {
        let artifacts = member
            .calls
            .iter()
            .filter(|seen| seen.status == CallStatus::ArtifactSuspected);
        self.0.push(Measured {
            assessed: member.assessed,
            depth: member.depth.unwrap_or_default(),
            depth_of_target: member.depth_of_target,
            calls: as_count(member.calls.len()),
            artifacts: as_count(artifacts.count()),
        });
    }

    /// Returns what is far from the others, by sample; `names` are those of the samples in the order in which they came.
    pub(super) fn rows(&self, names: &Names) -> Vec<OutlierRow> {
        let mut rows = Vec::new();
        for measure in MEASURES {
            let known = || {
                let all = (0_u32..).zip(&self.0);
                all.filter_map(|(sample, measured)| Some((sample, (measure.of)(measured)?)))
            };
            let values: Vec<f64> = known().map(|(_, value)| value).collect();
            let Some((center, deviation)) = center(&values, measure.least) else {
                continue;
            };
            for (sample, value) in known() {
                let far = (value - center) / deviation;
                if far.abs() > FAR {
                    let sample = names.get(sample);
                    rows.push(OutlierRow::new(sample, measure.name, value, center, far));
                }
            }
        }
        rows.sort_by(|a, b| (&a.sample, a.measure).cmp(&(&b.sample, b.measure)));
        rows
    }
}

/// Returns median and robust standard deviation; `None` for too few values.
fn center(values: &[f64], least: f64) -> Option<(f64, f64)> {
    if values.len() < FEWEST {
        return None;
    }
    let middle = median(values.iter().copied())?;
    let distance = median(values.iter().map(|value| (value - middle).abs()))?;
    Some((middle, (distance * TO_DEVIATION).max(least)))
}

fn rounded(value: f64) -> Number {
    Number((value * 1e4).round() / 1e4)
}

table! {
    /// One measure of one sample that is far from the others.
    OutlierRow(sample: &str, measure: &'static str, value: f64, center: f64, far: f64) {
        /// Sample name as in the input.
        sample: String, "S7" => sample.to_owned();
        /// `log2_depth_of_target` (median depth, of alignments), `log2_depth_of_calls` (median depth of the calls, without alignments),
        /// `frac_assessed`, `calls` or `artifact_suspected` (numbers of calls).
        measure: &'static str, "log2_depth_of_target" => measure;
        /// Value of the sample.
        value: Number, "6.1" => rounded(value);
        /// Median over the samples that have one.
        median: Number, "9.7" => rounded(center);
        /// Robust standard deviations from the median (1.4826 times the median absolute deviation); above 3.5 or below -3.5.
        deviations: Number, "-5.2" => rounded(far);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::member;
    use super::*;

    #[test]
    fn names_the_shallow_one_and_none_of_the_others() {
        let (mut outliers, mut names) = (Outliers::default(), Names::default());
        for i in 0..20 {
            let mut sample = member(&format!("S{i:02}"), vec![]);
            names.place(&sample.sample);
            sample.depth = Some(if i == 13 { 60 } else { 780 + 3 * i });
            sample.depth_of_target = true;
            outliers.add(&sample);
        }
        let rows = outliers.rows(&names);
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (rows[0].sample.as_str(), rows[0].measure),
            ("S13", "log2_depth_of_target")
        );
        assert!(rows[0].deviations.0 < -20.0);
    }

    #[test]
    fn few_or_equal_samples_have_no_outlier() {
        let mut outliers = Outliers::default();
        for i in 0..9 {
            let mut sample = member(&format!("S{i}"), vec![]);
            sample.depth = Some(if i == 3 { 10 } else { 800 });
            outliers.add(&sample);
        }
        assert!(outliers.rows(&Names::default()).is_empty());
        assert_eq!(center(&[5.0; 12], 0.1), Some((5.0, 0.1)));
    }
}
