//! What earlier reports say, in two lines.

use super::super::context::Context;
use super::super::format::percent;
use super::super::over_time::{CloneView, per_cent, range_of_growth};
use super::said::Said;
use crate::report::words::{Bilingual, serial_phrases as phrases};
use crate::sample::over_time::{CloneRecord, SightRecord, SightState, WarningCode};

/// Clones that are told.
const TOLD: usize = 2;

/// The lines; `None` without earlier reports.
pub(crate) struct HistoryLines {
    pub lines: Vec<Bilingual>,
    /// How many clones are not told.
    pub more: Option<Bilingual>,
}

impl HistoryLines {
    pub(super) fn new(context: &Context<'_>) -> Option<Self> {
        let history = context.result.history.as_ref()?;
        let other_person = history
            .warnings
            .iter()
            .any(|warning| warning.code == WarningCode::GenotypesDiffer);
        if other_person {
            return Some(Self {
                lines: vec![context.languages.say(phrases::history_other_person)],
                more: None,
            });
        }
        if history.clones.is_empty() {
            let n = history.visits.len().to_string();
            let none = Said::filled(phrases::history_none, &[("n", &Said::same(&n))]).capitalized();
            return Some(Self {
                lines: vec![none.on(context)],
                more: None,
            });
        }
        let hidden = history.clones.len().saturating_sub(TOLD);
        let told = history.clones.iter().take(TOLD);
        Some(Self {
            lines: told.map(|clone| line(clone).on(context)).collect(),
            more: (hidden > 0).then(|| {
                context
                    .languages
                    .fill(phrases::history_more, &[("n", &hidden.to_string())])
            }),
        })
    }
}

/// Says a clone at the visit before the last that assessed it, and now.
fn line(clone: &CloneRecord) -> Said {
    let name = Said::same(&CloneView::title(clone));
    let Some((now, earlier)) = clone.sights.split_last() else {
        return name;
    };
    let assessed = |sight: &&SightRecord| sight.state != SightState::NotAssessed;
    let before = earlier.iter().rev().find(assessed).or_else(|| earlier.last());
    let before_date = before.map_or_else(String::new, |sight| sight.date.to_string());
    let (before, now) = (before.map(size).unwrap_or_default(), size(now));
    let date = Said::same(&before_date);
    let mut values = vec![
        ("clone", &name),
        ("before", &before),
        ("date", &date),
        ("now", &now),
    ];
    let growth = clone.growth.as_ref().map(|growth| growth.per_year);
    let known = growth.and_then(|growth| Some((per_cent(growth.value?), range_of_growth(growth)?)));
    let Some((growth, range)) = known else {
        return Said::filled(phrases::history_seen, &values);
    };
    let (growth, range) = (Said::same(&growth), Said::same(&range));
    values.extend([("growth", &growth), ("range", &range)]);
    Said::filled(phrases::history_grown, &values)
}

/// Says the size of a clone at a visit.
fn size(sight: &SightRecord) -> Said {
    match (sight.state, sight.vaf, sight.detection_limit) {
        (SightState::Seen, Some(vaf), _) => Said::same(&percent(vaf)),
        (SightState::BelowDetection, _, Some(limit)) => {
            Said::filled(phrases::below_limit, &[("limit", &Said::same(&percent(limit)))])
        }
        _ => Said::phrase(phrases::not_assessed),
    }
}
