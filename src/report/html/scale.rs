//! The picture of clone sizes: every driver on one logarithmic scale of VAF.

use super::format::percent;
use crate::drivers::{Call, CallStatus};
use crate::sample::SampleResult;

/// Left end of the scale, a VAF of 0.5 %: well below the threshold, so that an interval around 2 % fits.
const SCALE_LOW: f64 = 0.005;
/// Width of the drawing between the ends of the scale, in user units.
const WIDTH: f64 = 560.0;
/// Left edge of the scale, leaving room for gene and change.
const LEFT: f64 = 170.0;
/// Distance of two drivers, in user units.
const ROW: f64 = 26.0;
/// Drivers drawn; the table lists them all.
const MAX_ROWS: usize = 20;

/// Marks of the scale: 2 % the threshold (WHO 2022, ICC 2022), 10 % the large clone, 20 % the cut of the CHRS (Weeks
/// 2023); the others orient the eye.
const MARKS: [(f64, &str, bool); 6] = [
    (0.005, "0.5 %", false),
    (0.02, "2 %", true),
    (0.1, "10 %", true),
    (0.2, "20 %", true),
    (0.5, "50 %", false),
    (1.0, "100 %", false),
];

/// The drawing, all lengths in user units with one decimal.
pub(super) struct Scale {
    pub width: String,
    pub height: String,
    pub axis: String,
    pub label_y: String,
    pub marks: Vec<Mark>,
    pub rows: Vec<ScaleRow>,
}

pub(super) struct Mark {
    pub x: String,
    pub text: &'static str,
    pub strong: bool,
}

pub(super) struct ScaleRow {
    pub y: String,
    pub text_y: String,
    pub name: String,
    pub vaf: String,
    pub x: String,
    pub whisker: Option<(String, String)>,
    pub hollow: bool,
}

impl Scale {
    /// Returns the drawing; `None` without a driver of known VAF.
    pub fn new(result: &SampleResult) -> Option<Self> {
        let rows: Vec<_> = result
            .calls
            .iter()
            .filter(|call| matches!(call.status, CallStatus::Driver | CallStatus::DriverReview))
            .filter_map(|call| call.evidence.vaf.map(|vaf| (call, vaf)))
            .take(MAX_ROWS)
            .enumerate()
            .map(|(index, (call, vaf))| row(index, call, vaf))
            .collect();
        if rows.is_empty() {
            return None;
        }
        let axis = ROW * rows.len() as f64 + 8.0;
        Some(Self {
            width: unit(LEFT + WIDTH + 30.0),
            height: unit(axis + 24.0),
            axis: unit(axis),
            label_y: unit(axis + 17.0),
            marks: MARKS
                .iter()
                .map(|&(vaf, text, strong)| Mark {
                    x: unit(x(vaf)),
                    text,
                    strong,
                })
                .collect(),
            rows,
        })
    }
}

fn row(index: usize, call: &Call, vaf: f64) -> ScaleRow {
    let y = ROW * (index as f64 + 0.5) + 2.0;
    let consequence = &call.consequence;
    let change = consequence
        .hgvs_p_short
        .as_deref()
        .or(consequence.hgvs_c.as_deref())
        .unwrap_or_default();
    ScaleRow {
        y: unit(y),
        text_y: unit(y + 4.0),
        name: shorten(&format!("{} {change}", consequence.gene)),
        vaf: percent(vaf),
        x: unit(x(vaf)),
        whisker: call.evidence.interval.map(|i| (unit(x(i.low)), unit(x(i.high)))),
        hollow: call.status == CallStatus::DriverReview,
    }
}

/// Characters that fit left of the scale.
const NAME_SHOWN: usize = 24;

fn shorten(name: &str) -> String {
    if name.chars().count() <= NAME_SHOWN {
        return name.trim_end().to_owned();
    }
    name.chars().take(NAME_SHOWN - 1).chain(['…']).collect()
}

fn x(vaf: f64) -> f64 {
    LEFT + WIDTH * (vaf.clamp(SCALE_LOW, 1.0) / SCALE_LOW).ln() / (1.0 / SCALE_LOW).ln()
}

fn unit(length: f64) -> String {
    format!("{length:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_fractions_on_the_scale() {
        assert_eq!(unit(x(SCALE_LOW)), unit(LEFT));
        assert_eq!(unit(x(0.0)), unit(LEFT));
        assert_eq!(unit(x(1.0)), unit(LEFT + WIDTH));
        // ln 4 / ln 200 of the way.
        assert_eq!(unit(x(0.02)), "316.5");
    }
}
