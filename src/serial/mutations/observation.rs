//! One visit of one mutation, as a table tells it, and what that is worth in the fit.

use std::fmt;

use super::super::likelihood::Sight;
use super::super::sights::depth_of_limit;
use super::super::visits::years_between;
use crate::evidence::{Interval, wilson_95};
use crate::patient::Date;
use crate::sample::detection_limit;
use crate::sample::over_time::SightState;

/// Fragments that a call needs, as in the panels: what a table that gives fractions alone leaves out below.
const LEAST: u32 = 3;

/// When a visit was: all of a table in the same way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Time {
    /// A day.
    Date(Date),
    /// An age, or years from a start that all visits of the person share.
    Years(f64),
}

impl Time {
    /// Returns the years from another time to this one.
    pub(super) fn years_since(self, first: Self) -> f64 {
        match (first, self) {
            (Self::Date(first), Self::Date(date)) => years_between(first, date),
            (Self::Years(first), Self::Years(years)) => years - first,
            // One column says it for all rows.
            _ => 0.0,
        }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => write!(f, "{date}"),
            Self::Years(years) => write!(f, "{years}"),
        }
    }
}

/// A VAF as a cell has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Told {
    /// A fraction above zero.
    Seen(f64),
    /// Looked for and not there; the limit, where the cell says it.
    Below(Option<f64>),
}

/// What a row says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Observation {
    /// 1-based line.
    pub line: u64,
    pub time: Time,
    pub told: Option<Told>,
    pub alt_count: Option<u32>,
    pub depth: Option<u32>,
    pub limit: Option<f64>,
}

/// What holds where a row does not say it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MutationSettings {
    /// Fragments at every visit without a depth, as the mean depth of an assay gives them.
    pub depth: Option<u32>,
    /// Detection limit (VAF, 0 to 1) of visits that are below one and do not say which.
    pub detection_limit: Option<f64>,
}

/// A visit with what it is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct MutationSight {
    /// 1-based line of the table.
    pub line: u64,
    /// When it was.
    pub time: Time,
    /// Years since the first visit of the mutation.
    pub years: f64,
    /// Seen, below detection, or nothing.
    pub state: SightState,
    /// Fragments with the mutation; of a fraction and a depth, rounded.
    pub alt_count: Option<u32>,
    /// All fragments.
    pub depth: Option<u32>,
    /// Whether the depth is the one that was given for all visits.
    pub is_depth_given: bool,
    /// Variant allele fraction, 0 to 1.
    pub vaf: Option<f64>,
    /// Its 95 % interval, by the counts.
    pub interval: Option<Interval>,
    /// Smallest VAF that would have been seen, with 95 % power.
    pub detection_limit: Option<f64>,
    pub(super) sight: Option<Sight>,
}

impl Observation {
    /// Returns what it is worth; `first` is the time of the first visit.
    pub(super) fn sight(&self, first: Time, settings: &MutationSettings) -> MutationSight {
        let depth = self.depth.or(settings.depth);
        let blank = MutationSight {
            line: self.line,
            time: self.time,
            years: self.time.years_since(first),
            state: SightState::NotAssessed,
            alt_count: self.alt_count,
            depth,
            is_depth_given: self.depth.is_none() && depth.is_some(),
            vaf: None,
            interval: None,
            detection_limit: None,
            sight: None,
        };
        let counts = self
            .alt_count
            .zip(depth.filter(|depth| Some(*depth) >= self.alt_count));
        match (counts, self.told) {
            // Counted at a known place: none of so many fragments is less than one.
            (Some((0, depth)), _) => below(blank, Some(depth), 1, None),
            (Some((alt, depth)), _) => seen(&blank, alt, depth),
            (None, Some(Told::Seen(vaf))) => match depth {
                Some(depth) => seen_of(&blank, vaf, depth),
                // Shown, and not used: nothing tells what the fraction is worth.
                None => MutationSight {
                    state: SightState::Seen,
                    vaf: Some(vaf),
                    ..blank
                },
            },
            (None, Some(Told::Below(limit))) => {
                let limit = limit.or(self.limit);
                let given = settings.detection_limit.filter(|_| self.depth.is_none());
                below(blank, depth, LEAST, limit.or(given))
            }
            (None, None) => blank,
        }
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a depth"
)]
fn seen_of(blank: &MutationSight, vaf: f64, depth: u32) -> MutationSight {
    let alt = (vaf * f64::from(depth)).round() as u32;
    let sight = seen(blank, alt.clamp(1, depth), depth);
    MutationSight {
        vaf: Some(vaf),
        ..sight
    }
}

fn seen(blank: &MutationSight, alt: u32, depth: u32) -> MutationSight {
    MutationSight {
        state: SightState::Seen,
        alt_count: Some(alt),
        vaf: Some(f64::from(alt) / f64::from(depth)),
        interval: wilson_95(alt, depth),
        sight: Some(Sight::Counted { alt, depth }),
        ..blank.clone()
    }
}

/// Below a limit, or below so many fragments of a depth; without both nothing is known.
fn below(blank: MutationSight, depth: Option<u32>, least: u32, limit: Option<f64>) -> MutationSight {
    let (limit, worth) = match (limit, depth) {
        (Some(limit), _) => (Some(limit), depth_of_limit(limit, least)),
        (None, Some(depth)) => (
            detection_limit(depth, least).filter(|limit| *limit < 1.0),
            Some(depth),
        ),
        (None, None) => return blank,
    };
    let Some((limit, depth)) = limit.zip(worth) else {
        return blank;
    };
    MutationSight {
        state: SightState::BelowDetection,
        detection_limit: Some(limit),
        sight: Some(Sight::Fewer { least, depth }),
        ..blank
    }
}
