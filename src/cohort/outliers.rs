//! Samples that differ from the others in depth or quality.

use super::member::Member;
use crate::drivers::CallStatus;
use crate::evidence::statistics::median;
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
    of: fn(&Member) -> Option<f64>,
    /// Smallest deviation that the others are taken to have, so that equal samples do not make a neighbor an outlier. A choice.
    least: f64,
}

const MEASURES: [Measure; 5] = [
    Measure {
        name: "log2_depth_of_target",
        of: |member| {
            member
                .depth
                .filter(|d| member.depth_of_target && *d > 0)
                .map(|d| f64::from(d).log2())
        },
        least: 0.1,
    },
    Measure {
        name: "log2_depth_of_calls",
        of: |member| {
            member
                .depth
                .filter(|d| !member.depth_of_target && *d > 0)
                .map(|d| f64::from(d).log2())
        },
        least: 0.1,
    },
    Measure {
        name: "frac_assessed",
        of: |member| member.assessed,
        least: 0.01,
    },
    Measure {
        name: "calls",
        of: |member| Some(member.calls.len() as f64),
        least: 2.0,
    },
    Measure {
        name: "artifact_suspected",
        of: |member| {
            let doubted = member
                .calls
                .iter()
                .filter(|seen| seen.status == CallStatus::ArtifactSuspected);
            Some(doubted.count() as f64)
        },
        least: 1.0,
    },
];

/// Values of every sample; a few bytes each.
#[derive(Clone, Debug, Default)]
pub(super) struct Outliers {
    samples: Vec<(Box<str>, [Option<f64>; MEASURES.len()])>,
}

impl Outliers {
    /// Takes the measures of a sample.
    pub(super) fn add(&mut self, member: &Member) {
        let values = MEASURES.map(|measure| (measure.of)(member));
        self.samples.push((member.sample.as_str().into(), values));
    }

    /// Returns what is far from the others, by sample.
    pub(super) fn rows(&self) -> Vec<OutlierRow> {
        let mut rows = Vec::new();
        for (place, measure) in MEASURES.iter().enumerate() {
            let known: Vec<(&str, f64)> = self
                .samples
                .iter()
                .filter_map(|(sample, values)| Some((&**sample, values[place]?)))
                .collect();
            let Some((center, deviation)) = center(
                &known.iter().map(|(_, value)| *value).collect::<Vec<_>>(),
                measure.least,
            ) else {
                continue;
            };
            for (sample, value) in known {
                let far = (value - center) / deviation;
                if far.abs() > FAR {
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
        let mut outliers = Outliers::default();
        for i in 0..20 {
            let mut sample = member(&format!("S{i:02}"), vec![]);
            sample.depth = Some(if i == 13 { 60 } else { 780 + 3 * i });
            sample.depth_of_target = true;
            outliers.add(&sample);
        }
        let rows = outliers.rows();
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
        assert!(outliers.rows().is_empty());
        assert_eq!(center(&[5.0; 12], 0.1), Some((5.0, 0.1)));
    }
}
