//! The picture of a person over time: VAF of the clones on one logarithmic scale, with intervals and detection limits, and the counts of the blood
//! beneath. Every number of it stands in the tables of the page too.

use std::fmt::Write as _;

use crate::patient::Date;
use crate::sample::over_time::{CloneRecord, SightRecord, SightState, VisitRecord};

const WIDTH: f64 = 860.0;
const LEFT: f64 = 62.0;
const RIGHT: f64 = 180.0;
const TOP: f64 = 12.0;
const VAF_HEIGHT: f64 = 260.0;
const DATES: f64 = 30.0;
const COUNT_HEIGHT: f64 = 62.0;

/// Marks of the scale: 2 % the threshold (WHO 2022, ICC 2022), 10 % the large clone, 20 % the cut of the CHRS (Weeks 2023); the others orient the eye.
const MARKS: [(f64, &str, bool); 7] = [
    (0.0001, "0.01 %", false),
    (0.001, "0.1 %", false),
    (0.01, "1 %", false),
    (0.02, "2 %", true),
    (0.1, "10 %", true),
    (0.2, "20 %", true),
    (0.5, "50 %", false),
];

/// Smallest VAF shown where nothing smaller is there.
const LEAST: f64 = 0.002;

/// Distance between labels of dates, and between labels of clones.
const DATE_GAP: f64 = 66.0;
const LABEL_GAP: f64 = 13.0;

/// Kinds of lines; further clones begin anew.
const KINDS: usize = 6;

/// Counts of the blood: name, unit and value.
type Series = (&'static str, fn(&VisitRecord) -> Option<f64>);

const SERIES: [Series; 6] = [
    ("Hb, g/dL", |v| v.counts.hemoglobin),
    ("PLT, 10⁹/L", |v| v.counts.platelets),
    ("ANC, 10⁹/L", |v| v.counts.neutrophils),
    ("WBC, 10⁹/L", |v| v.counts.white_cells),
    ("Mono, 10⁹/L", |v| v.counts.monocytes),
    ("M, g/dL", |v| v.counts.m_protein),
];

/// Clones that are drawn; the tables have all.
pub(super) const DRAWN: usize = 12;

/// Draws the picture as SVG. All text is escaped.
pub(super) fn picture(visits: &[VisitRecord], clones: &[CloneRecord]) -> String {
    let clones = &clones[..clones.len().min(DRAWN)];
    let series: Vec<&Series> = SERIES
        .iter()
        .filter(|(_, value)| visits.iter().any(|v| value(v).is_some()))
        .collect();
    let frame = Frame::new(visits, clones);
    let height = TOP + VAF_HEIGHT + DATES + COUNT_HEIGHT * series.len() as f64 + 8.0;
    let mut svg = format!(
        "<svg class=\"serial\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"h-picture\" xmlns=\"http://www.w3.org/2000/svg\">"
    );
    frame.scale(&mut svg, height);
    frame.dates(&mut svg, visits);
    let mut labels = Vec::new();
    for (place, clone) in clones.iter().enumerate() {
        frame.clone(&mut svg, clone, place % KINDS);
        labels.extend(frame.label(clone, place % KINDS));
    }
    write_labels(&mut svg, labels);
    for (row, (name, value)) in series.into_iter().enumerate() {
        let top = TOP + VAF_HEIGHT + DATES + COUNT_HEIGHT * row as f64;
        frame.counts(&mut svg, top, name, &points(visits, *value));
    }
    svg.push_str("</svg>");
    svg
}

fn points(visits: &[VisitRecord], value: fn(&VisitRecord) -> Option<f64>) -> Vec<(f64, Date, f64)> {
    visits
        .iter()
        .filter_map(|v| Some((v.years, v.date, value(v)?)))
        .collect()
}

/// Text of a clone at its last point.
struct CloneLabel {
    y: f64,
    kind: usize,
    text: String,
}

struct Frame {
    /// Years over the width.
    years: f64,
    /// Logarithm of the smallest VAF.
    least: f64,
}

impl Frame {
    fn new(visits: &[VisitRecord], clones: &[CloneRecord]) -> Self {
        let shown = clones.iter().flat_map(|clone| &clone.sights).flat_map(|sight| {
            let low = sight
                .interval
                .map(|interval| interval.low)
                .filter(|low| *low > 0.0);
            [
                sight.vaf.filter(|vaf| *vaf > 0.0),
                low,
                sight.detection_limit.map(|limit| limit / 2.0),
            ]
        });
        let least = shown.flatten().fold(LEAST, f64::min).max(1e-5);
        Self {
            years: visits.last().map_or(1.0, |visit| visit.years).max(0.01),
            least: (least * 0.8).ln(),
        }
    }

    fn x(&self, years: f64) -> f64 {
        LEFT + 10.0 + (WIDTH - LEFT - RIGHT - 20.0) * years / self.years
    }

    fn y(&self, vaf: f64) -> f64 {
        let share = (vaf.max(1e-6).ln() - self.least) / -self.least;
        TOP + VAF_HEIGHT * (1.0 - share.clamp(0.0, 1.0))
    }

    fn scale(&self, svg: &mut String, height: f64) {
        let right = WIDTH - RIGHT;
        for (vaf, text, strong) in MARKS.into_iter().filter(|(vaf, ..)| vaf.ln() >= self.least) {
            let y = self.y(vaf);
            let class = if strong { "mark" } else { "base" };
            let _ = write!(
                svg,
                "<line class=\"{class}\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/><text class=\"end\" x=\"{:.1}\" y=\"{:.1}\">{text}</text>",
                LEFT - 5.0,
                y + 4.0
            );
        }
        let _ = write!(
            svg,
            "<line class=\"base\" x1=\"{LEFT}\" x2=\"{LEFT}\" y1=\"{TOP}\" y2=\"{:.1}\"/>",
            height - 8.0
        );
        let _ = write!(
            svg,
            "<text class=\"axis\" x=\"14\" y=\"{:.1}\">VAF</text>",
            TOP + 4.0
        );
    }

    fn dates(&self, svg: &mut String, visits: &[VisitRecord]) {
        let bottom = TOP + VAF_HEIGHT;
        let mut free = f64::NEG_INFINITY;
        for visit in visits {
            let x = self.x(visit.years);
            let _ = write!(
                svg,
                "<line class=\"tick\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{TOP}\" y2=\"{:.1}\"/>",
                bottom + 5.0
            );
            if x >= free {
                let _ = write!(
                    svg,
                    "<text class=\"axis\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>",
                    bottom + 18.0,
                    visit.date
                );
                free = x + DATE_GAP;
            }
        }
    }

    fn clone(&self, svg: &mut String, clone: &CloneRecord, kind: usize) {
        let _ = write!(svg, "<g class=\"k{kind}\">");
        if let Some(growth) = clone.growth.as_ref().filter(|growth| !growth.curve.is_empty()) {
            let line: Vec<String> = growth
                .curve
                .iter()
                .map(|p| format!("{:.1},{:.1}", self.x(p.years), self.y(p.vaf)))
                .collect();
            let _ = write!(svg, "<polyline class=\"curve\" points=\"{}\"/>", line.join(" "));
        }
        for sight in &clone.sights {
            self.sight(svg, sight);
        }
        svg.push_str("</g>");
    }

    fn sight(&self, svg: &mut String, sight: &SightRecord) {
        let x = self.x(sight.years);
        match (sight.state, sight.vaf, sight.detection_limit) {
            (SightState::Seen, Some(vaf), _) => {
                if let Some(i) = sight.interval {
                    let (low, high) = (self.y(i.low), self.y(i.high));
                    let _ = write!(
                        svg,
                        "<line class=\"range\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{low:.1}\" y2=\"{high:.1}\"/>"
                    );
                }
                let class = if sight.is_used { "point" } else { "point open" };
                let _ = write!(
                    svg,
                    "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{:.1}\" r=\"4\"/>",
                    self.y(vaf)
                );
            }
            (SightState::BelowDetection, _, Some(limit)) => {
                let y = self.y(limit);
                let _ = write!(
                    svg,
                    "<path class=\"point open\" d=\"M{:.1} {y:.1}h10l-5 9z\"/>",
                    x - 5.0
                );
            }
            // What was not assessed has no place on the scale.
            _ => {}
        }
    }

    fn label(&self, clone: &CloneRecord, kind: usize) -> Option<CloneLabel> {
        let last = clone
            .sights
            .iter()
            .rev()
            .find(|sight| sight.state != SightState::NotAssessed)?;
        let change = clone.hgvs_p.as_ref().or(clone.hgvs_c.as_ref());
        let change = change
            .map(|change| crate::text::beginning(change, 16).into_owned())
            .unwrap_or_default();
        Some(CloneLabel {
            y: self.y(last.vaf.or(last.detection_limit)?),
            kind,
            text: format!("{} {change}", clone.gene),
        })
    }

    fn counts(&self, svg: &mut String, top: f64, name: &str, points: &[(f64, Date, f64)]) {
        let most = points
            .iter()
            .map(|(.., value)| *value)
            .fold(f64::MIN_POSITIVE, f64::max);
        let bottom = top + COUNT_HEIGHT - 8.0;
        let y = |value: f64| bottom - (COUNT_HEIGHT - 22.0) * value / (most * 1.05);
        let right = WIDTH - RIGHT;
        let _ = write!(
            svg,
            "<line class=\"base\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{bottom:.1}\" y2=\"{bottom:.1}\"/><text class=\"end\" x=\"{:.1}\" y=\"{:.1}\">0</text><text x=\"{:.1}\" y=\"{:.1}\">{name}</text><g class=\"blood\">",
            LEFT - 5.0,
            bottom + 3.0,
            right + 8.0,
            bottom - 10.0
        );
        let line: Vec<String> = points
            .iter()
            .map(|(years, _, value)| format!("{:.1},{:.1}", self.x(*years), y(*value)))
            .collect();
        let _ = write!(svg, "<polyline class=\"curve\" points=\"{}\"/>", line.join(" "));
        for (years, _, value) in points {
            let (x, y) = (self.x(*years), y(*value));
            let _ = write!(
                svg,
                "<circle class=\"point\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/><text class=\"axis\" x=\"{x:.1}\" y=\"{:.1}\">{value}</text>",
                y - 6.0
            );
        }
        svg.push_str("</g>");
    }
}

/// Writes the labels of the clones at the right, none over another.
fn write_labels(svg: &mut String, mut labels: Vec<CloneLabel>) {
    labels.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut free = f64::NEG_INFINITY;
    for label in labels {
        let y = (label.y + 4.0).max(free);
        free = y + LABEL_GAP;
        let text = askama::filters::escape(&label.text, askama::filters::Html)
            .map(|text| text.to_string())
            .unwrap_or_default();
        let x = WIDTH - RIGHT + 8.0;
        let _ = write!(
            svg,
            "<g class=\"k{}\"><circle class=\"point\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\"/><text x=\"{:.1}\" y=\"{y:.1}\">{text}</text></g>",
            label.kind,
            x + 2.0,
            y - 4.0,
            x + 10.0
        );
    }
}
