//! Pictures of a comparison: places in a drawing, computed here and laid out by the template.

use super::evaluate::{ComparedChange, Outcome};
use super::figures::Share;
use super::metrics::{Figures, Stratum};

/// Most dots of a picture; more are one blot.
const DOTS: usize = 2_000;

/// Smallest VAF that is drawn; smaller ones stand at the edge.
const SMALLEST: f64 = 0.001;

/// Place and size of the field of the picture of VAF, in its own units.
const LEFT: f64 = 52.0;
const TOP: f64 = 10.0;
const SIDE: f64 = 320.0;

/// Marks of both axes.
const MARKS: [f64; 7] = [0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5];

/// Observed beside true VAF, both on a logarithmic scale.
pub(super) struct VafPicture {
    pub dots: Vec<Dot>,
    pub marks: Vec<Mark>,
}

/// One change.
pub(super) struct Dot {
    pub x: String,
    pub y: String,
    pub low: String,
    pub high: String,
    pub is_missed: bool,
    pub has_interval: bool,
    /// What it is, for who points at it.
    pub title: String,
}

/// One mark of both axes.
pub(super) struct Mark {
    pub text: String,
    pub x: String,
    pub y: String,
}

fn along(vaf: f64) -> f64 {
    let share = (vaf.max(SMALLEST) / SMALLEST).ln() / (1.0 / SMALLEST).ln();
    share.clamp(0.0, 1.0) * SIDE
}

fn x(vaf: f64) -> String {
    format!("{:.1}", LEFT + along(vaf))
}

fn y(vaf: f64) -> String {
    format!("{:.1}", TOP + SIDE - along(vaf))
}

impl VafPicture {
    /// Draws the changes of the truth whose VAF is known; `None` without any.
    pub(super) fn new(changes: &[ComparedChange]) -> Option<Self> {
        let dot = |change: &ComparedChange| {
            let truth = change.truth_vaf?;
            let is_missed = change.outcome == Outcome::Missed;
            let observed = match change.outcome {
                Outcome::Found => change.observed_vaf?,
                Outcome::Missed => 0.0,
                _ => return None,
            };
            let interval = change.interval.filter(|_| !is_missed);
            let parts = [change.gene.as_deref(), change.name.as_deref()];
            let name: Vec<&str> = parts.into_iter().flatten().collect();
            Some(Dot {
                x: x(truth),
                y: y(observed),
                low: y(interval.map_or(observed, |i| i.low)),
                high: y(interval.map_or(observed, |i| i.high)),
                is_missed,
                has_interval: interval.is_some(),
                title: if name.is_empty() {
                    change.change.key()
                } else {
                    name.join(" ")
                },
            })
        };
        let dots: Vec<Dot> = changes.iter().filter_map(dot).take(DOTS).collect();
        let mark = |vaf: &f64| Mark {
            text: format!("{} %", vaf * 100.0),
            x: x(*vaf),
            y: y(*vaf),
        };
        (!dots.is_empty()).then(|| Self {
            dots,
            marks: MARKS.iter().map(mark).collect(),
        })
    }
}

/// One share with its interval as a bar.
pub(super) struct Bar {
    /// What it is the share of: a type, or fractions from and to.
    pub stratum: Stratum,
    pub count: u32,
    pub total: u32,
    pub at: String,
    pub low: String,
    pub high: String,
}

/// Left end and length of the bars.
const BAR_LEFT: f64 = 10.0;
const BAR_LENGTH: f64 = 300.0;

/// Draws the sensitivity of all, of each type and of each part by VAF; parts without a change of the truth are left out.
pub(super) fn bars(metrics: &[(Stratum, Figures)]) -> Vec<Bar> {
    let is_simple = |s: &Stratum| s.sample.is_none() && (s.kind.is_none() || s.vaf.is_none());
    let shares = metrics
        .iter()
        .filter(|(s, f)| is_simple(s) && f.sensitivity.total > 0);
    shares
        .map(|(stratum, figures)| bar(stratum, figures.sensitivity))
        .collect()
}

fn bar(stratum: &Stratum, share: Share) -> Bar {
    let place = |value: f64| format!("{:.1}", BAR_LEFT + value * BAR_LENGTH);
    Bar {
        stratum: stratum.clone(),
        count: share.count,
        total: share.total,
        at: place(share.value().unwrap_or_default()),
        low: place(share.interval().map_or(0.0, |i| i.low)),
        high: place(share.interval().map_or(1.0, |i| i.high)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_logarithmic_and_hold_everything() {
        assert_eq!((x(0.001).as_str(), x(1.0).as_str()), ("52.0", "372.0"));
        // A third of the way: 0.01 of 0.001 to 1.
        assert_eq!(x(0.01), "158.7");
        assert_eq!((y(0.0), y(1.0)), ("330.0".to_owned(), "10.0".to_owned()));
    }
}
