//! The picture of a road from health to disease: stretches side by side, and where the person stands, or may stand.
//!
//! It is a list drawn by style rules, so that its words keep their size on a phone and a screen reader has it for nothing.

use crate::report::words::Bilingual;

/// Places beyond which the words of the pin are aligned to its side, so that they stay within the picture.
const EDGES: [f64; 2] = [0.15, 0.85];

/// The road.
pub(super) struct RoadView {
    pub name: Bilingual,
    pub stretches: Vec<Stretch>,
    /// Where the person stands.
    pub pin: Option<Pin>,
    /// Where the person may stand, where it is not certain.
    pub brackets: Vec<Bracket>,
    /// What is beside the road.
    pub beside: Vec<Bilingual>,
}

/// One stretch.
pub(super) struct Stretch {
    /// Its share of the width.
    pub grow: String,
    /// `here`, `possible` or nothing.
    pub class: &'static str,
    pub label: Bilingual,
}

/// The place of the person.
pub(super) struct Pin {
    pub left: String,
    /// To which side its words are aligned.
    pub align: &'static str,
}

/// A run of stretches that are possible.
pub(super) struct Bracket {
    pub left: String,
    pub width: String,
    /// Words of the first run.
    pub label: Option<Bilingual>,
}

/// A stretch before it is drawn.
pub(super) struct Part {
    pub from: f64,
    pub to: f64,
    pub here: bool,
    pub possible: bool,
    pub label: Bilingual,
}

impl RoadView {
    /// Draws a road; `open` is what a bracket says where the place is not certain.
    pub(super) fn new(name: Bilingual, parts: Vec<Part>, position: Option<f64>, open: Bilingual) -> Self {
        let mut brackets: Vec<(f64, f64)> = Vec::new();
        for part in parts.iter().filter(|p| position.is_none() && p.possible) {
            match brackets.last_mut() {
                Some(run) if (run.1 - part.from).abs() < 1e-9 => run.1 = part.to,
                _ => brackets.push((part.from, part.to)),
            }
        }
        let mut label = Some(open);
        Self {
            name,
            pin: position.map(|at| Pin {
                left: percent(at),
                align: match at {
                    at if at < EDGES[0] => "left",
                    at if at > EDGES[1] => "right",
                    _ => "",
                },
            }),
            brackets: brackets
                .into_iter()
                .map(|(from, to)| Bracket {
                    left: percent(from),
                    width: percent(to - from),
                    label: label.take(),
                })
                .collect(),
            stretches: parts
                .into_iter()
                .map(|part| Stretch {
                    grow: format!("{:.0}", (part.to - part.from) * 100.0),
                    class: match (part.here, part.possible) {
                        (true, _) => "here",
                        (false, true) => "possible",
                        (false, false) => "",
                    },
                    label: part.label,
                })
                .collect(),
            beside: Vec::new(),
        }
    }

    /// Adds what is beside the road.
    #[must_use]
    pub(super) fn beside(self, beside: Vec<Bilingual>) -> Self {
        Self { beside, ..self }
    }
}

fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::words::Languages;

    fn road(possible: [bool; 4], position: Option<f64>) -> RoadView {
        let languages = Languages::default();
        let parts = possible.iter().enumerate().map(|(i, possible)| Part {
            from: i as f64 * 0.25,
            to: (i + 1) as f64 * 0.25,
            here: false,
            possible: *possible,
            label: languages.text("x", "x"),
        });
        RoadView::new(
            languages.text("r", "r"),
            parts.collect(),
            position,
            languages.text("?", "?"),
        )
    }

    #[test]
    fn brackets_hold_runs_of_what_is_possible_and_nothing_between_them() {
        let spans = |possible, position| -> Vec<(String, String, bool)> {
            let view = road(possible, position);
            let of = |b: &Bracket| (b.left.clone(), b.width.clone(), b.label.is_some());
            view.brackets.iter().map(of).collect()
        };
        let span = |left: &str, width: &str, labeled| (left.to_owned(), width.to_owned(), labeled);
        assert_eq!(
            spans([true, true, false, true], None),
            [span("0.0%", "50.0%", true), span("75.0%", "25.0%", false)]
        );
        assert_eq!(spans([true, true, false, true], Some(0.1)), []);
        assert_eq!(spans([false; 4], None), []);
    }
}
