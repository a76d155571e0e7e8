//! The drivers, table and picture in one: every driver on one logarithmic scale of VAF, the largest clone first.

use super::super::context::Context;
use super::super::format::{percent, percent_range, shortened};
use super::clones;
use crate::drivers::{Call, CallStatus};
use crate::report::words::{Bilingual, first_phrases as phrases};

/// Drivers on the first page; the list of driver calls has all.
pub(super) const SHOWN: usize = 8;
/// Left end of the scale, a VAF of 0.5 %: well below the threshold, so that an interval around 2 % fits.
const SCALE_LOW: f64 = 0.005;
/// Share of the width kept free at each end, for the circle of a VAF at the end.
const EDGE: f64 = 0.02;
/// Marks of the scale: 2 % the threshold (WHO 2022, ICC 2022), 10 % the large clone, 20 % the cut of the CHRS (Weeks 2023); 50 %
/// orients the eye.
const MARKS: [(f64, &str, bool); 4] = [
    (0.02, "2", true),
    (0.1, "10", true),
    (0.2, "20", true),
    (0.5, "50 %", false),
];

/// The block.
pub(crate) struct DriversView {
    pub rows: Vec<DriverRow>,
    pub marks: Vec<Mark>,
    /// How many are not shown.
    pub more: Option<Bilingual>,
}

/// A mark of the scale.
pub(crate) struct Mark {
    pub x: String,
    pub text: &'static str,
    pub strong: bool,
}

/// One driver.
pub(crate) struct DriverRow {
    pub gene: String,
    pub change: String,
    pub common_name: String,
    pub vaf: String,
    pub interval: String,
    pub reads: String,
    pub status: Bilingual,
    pub class: &'static str,
    /// Place of the VAF; nothing where it is not known.
    pub x: Option<String>,
    pub whisker: Option<(String, String)>,
    pub hollow: bool,
}

impl DriversView {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let drivers = clones::drivers(context);
        let hidden = drivers.len().saturating_sub(SHOWN);
        Self {
            rows: drivers.iter().take(SHOWN).map(|c| row(context, c)).collect(),
            marks: MARKS
                .iter()
                .map(|&(vaf, text, strong)| Mark {
                    x: place(vaf),
                    text,
                    strong,
                })
                .collect(),
            more: (hidden > 0).then(|| {
                context
                    .languages
                    .fill(phrases::more_drivers, &[("n", &hidden.to_string())])
            }),
        }
    }
}

fn row(context: &Context<'_>, call: &Call) -> DriverRow {
    let consequence = &call.consequence;
    let evidence = &call.evidence;
    let hollow = call.status == CallStatus::DriverReview;
    DriverRow {
        gene: consequence.gene.clone(),
        change: consequence.change().map(shortened).unwrap_or_default(),
        common_name: call.common_name.clone().unwrap_or_default(),
        vaf: evidence.vaf.map(percent).unwrap_or_default(),
        interval: evidence
            .interval
            .map(|i| percent_range(i.low, i.high))
            .unwrap_or_default(),
        reads: super::super::format::reads(evidence.alt_count, evidence.depth),
        status: context
            .languages
            .say(if hollow { phrases::review } else { phrases::sure }),
        class: if hollow { "review" } else { "driver" },
        x: evidence.vaf.map(place),
        whisker: evidence.interval.map(|i| (place(i.low), place(i.high))),
        hollow,
    }
}

/// Returns where a VAF stands on the scale, per cent of its width.
fn place(vaf: f64) -> String {
    let along = (vaf.clamp(SCALE_LOW, 1.0) / SCALE_LOW).ln() / (1.0 / SCALE_LOW).ln();
    format!("{:.1}%", 100.0 * (EDGE + (1.0 - 2.0 * EDGE) * along))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_fractions_on_the_scale() {
        assert_eq!(
            [place(SCALE_LOW), place(0.0), place(1.0)],
            ["2.0%", "2.0%", "98.0%"]
        );
        // ln 4 / ln 200 of the way.
        assert_eq!(place(0.02), "27.1%");
    }
}
