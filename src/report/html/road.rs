//! The picture of a road from health to disease: stretches side by side, the person's place on it.

use crate::report::words::Bilingual;

/// Width of the drawing, in user units.
const WIDTH: f64 = 720.0;
/// Room left at both ends.
const EDGE: f64 = 4.0;
/// Narrowest stretch that holds a label of normal size.
const NARROW: f64 = 90.0;

/// The drawing; the template has its heights.
pub(super) struct RoadView {
    /// Anchor of the caption.
    pub id: String,
    pub stretches: Vec<Stretch>,
    /// Where the person stands.
    pub marker: Option<String>,
    /// What is beside the road.
    pub beside: Vec<Bilingual>,
    pub caption: Bilingual,
}

/// One stretch.
pub(super) struct Stretch {
    pub x: String,
    pub width: String,
    pub middle: String,
    /// `here`, `possible` or nothing.
    pub class: &'static str,
    pub small: bool,
    pub label: Bilingual,
}

/// A stretch before it is drawn: from, to, here, possible, label.
pub(super) type Part = (f64, f64, bool, bool, Bilingual);

impl RoadView {
    pub fn new(
        id: String,
        parts: Vec<Part>,
        position: Option<f64>,
        beside: Vec<Bilingual>,
        caption: Bilingual,
    ) -> Self {
        let place = |at: f64| EDGE + at * (WIDTH - 2.0 * EDGE);
        Self {
            id,
            stretches: parts
                .into_iter()
                .map(|(from, to, here, possible, label)| {
                    let (left, right) = (place(from), place(to));
                    Stretch {
                        x: format!("{:.1}", left + 1.0),
                        width: format!("{:.1}", right - left - 2.0),
                        middle: format!("{:.1}", f64::midpoint(left, right)),
                        class: match (here, possible) {
                            (true, _) => "here",
                            (false, true) => "possible",
                            (false, false) => "",
                        },
                        small: right - left < NARROW,
                        label,
                    }
                })
                .collect(),
            marker: position.map(|at| format!("{:.1}", place(at))),
            beside,
            caption,
        }
    }
}
