//! One clone as the page shows it.

use crate::report::html::format::{percent, percent_range};
use crate::report::words::{Bilingual, Label, Languages, Phrase, serial_phrases as phrases};
use crate::sample::over_time::{
    Bounded, CloneRecord, Direction, GrowthRecord, SightRecord, SightState, Since,
};

/// One clone.
pub(crate) struct CloneView {
    pub gene: String,
    pub change: String,
    pub key: String,
    pub assumption: Bilingual,
    pub course: Bilingual,
    pub course_class: &'static str,
    pub unknown: Vec<Bilingual>,
    pub last_vaf: String,
    pub last_interval: String,
    pub growth: Bilingual,
    pub growth_interval: Bilingual,
    pub direction: Option<Bilingual>,
    /// What doubles or halves, and in which time.
    pub time: Option<(Bilingual, Bilingual)>,
    pub arrivals: [Bilingual; 2],
    pub response: Bilingual,
    pub folds: Vec<(String, Bilingual)>,
    pub sights: Vec<SightView>,
}

/// What a visit says of it.
pub(crate) struct SightView {
    pub class: &'static str,
    pub text: Bilingual,
    pub interval: String,
    pub reads: String,
    pub notes: Vec<Bilingual>,
}

impl CloneView {
    pub(crate) fn new(clone: &CloneRecord, languages: &Languages) -> Self {
        let last = clone
            .sights
            .iter()
            .rev()
            .find(|sight| sight.state != SightState::NotAssessed);
        let shown = last.map(|sight| sight_view(sight, languages));
        let growth = clone.growth.as_ref();
        let unknown = [
            (clone.unknown_before, phrases::unknown_before),
            (clone.unknown_after, phrases::unknown_after),
        ];
        Self {
            gene: clone.gene.clone(),
            change: change(clone),
            key: clone.key.clone(),
            assumption: languages.say(clone.assumption.label()),
            course: languages.say(clone.course.label()),
            course_class: clone.course.name(),
            unknown: unknown
                .into_iter()
                .filter(|(is, _)| *is)
                .map(|(_, phrase)| languages.say(phrase))
                .collect(),
            last_vaf: last.and_then(|sight| sight.vaf).map(percent).unwrap_or_default(),
            last_interval: shown.map(|view| view.interval).unwrap_or_default(),
            growth: growth_words(growth, languages),
            growth_interval: growth.map_or_else(Bilingual::default, |g| {
                interval_words(g.per_year, &per_cent, languages)
            }),
            direction: growth.map(|g| languages.say(g.direction.label())),
            time: growth.and_then(|g| time_words(g, languages)),
            arrivals: [0.1, 0.2].map(|vaf| arrival_words(clone, vaf, languages)),
            response: languages.say(clone.response.label()),
            folds: folds(clone, languages),
            sights: clone
                .sights
                .iter()
                .map(|sight| sight_view(sight, languages))
                .collect(),
        }
    }

    /// Returns gene and change.
    pub(crate) fn title(clone: &CloneRecord) -> String {
        format!("{} {}", clone.gene, change(clone)).trim_end().to_owned()
    }
}

fn change(clone: &CloneRecord) -> String {
    let change = clone.hgvs_p.as_ref().or(clone.hgvs_c.as_ref());
    change
        .map(|change| crate::text::beginning(change, 24).into_owned())
        .unwrap_or_default()
}

/// Growth in per cent beyond which no number helps.
const MOST_GROWTH: f64 = 1000.0;

/// Returns a growth in per cent: one decimal below 10 %, none from there on.
pub(crate) fn per_cent(growth: f64) -> String {
    let value = growth * 100.0;
    if value >= MOST_GROWTH {
        return format!(">+{MOST_GROWTH} %");
    }
    let text = if value.abs() < 9.95 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    };
    match text.strip_prefix('-') {
        Some(text) => format!("−{text} %"),
        None => format!("+{text} %"),
    }
}

fn years(value: f64) -> String {
    if value < 9.95 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    }
}

fn times(value: f64) -> String {
    if value < 9.95 {
        format!("×{value:.2}")
    } else {
        format!("×{value:.0}")
    }
}

fn same(languages: &Languages, text: &str) -> Bilingual {
    languages.text(text, text)
}

/// Says an interval whose ends may be open.
fn interval_words(bounded: Bounded, shown: &dyn Fn(f64) -> String, languages: &Languages) -> Bilingual {
    let of = |phrase: Phrase, name: &str, value: f64| languages.fill(phrase, &[(name, &shown(value))]);
    match (bounded.low, bounded.high) {
        (Some(low), Some(high)) => same(languages, &format!("{} – {}", shown(low), shown(high))),
        (Some(low), None) => of(phrases::at_least, "low", low),
        (None, Some(high)) => of(phrases::at_most, "high", high),
        (None, None) => languages.say(phrases::no_bound),
    }
}

/// Returns an interval of a growth in per cent; nothing where an end is open.
pub(crate) fn range_of_growth(growth: Bounded) -> Option<String> {
    Some(format!("{} – {}", per_cent(growth.low?), per_cent(growth.high?)))
}

fn growth_words(growth: Option<&GrowthRecord>, languages: &Languages) -> Bilingual {
    match growth {
        None => languages.say(phrases::no_growth),
        Some(growth) => match growth.per_year.value {
            Some(value) => same(languages, &per_cent(value)),
            None => languages.say(phrases::bound_only),
        },
    }
}

/// Says in which time it doubles or halves, where that is shown.
fn time_words(growth: &GrowthRecord, languages: &Languages) -> Option<(Bilingual, Bilingual)> {
    let (phrase, time) = match growth.direction {
        Direction::Growing => (phrases::doubling, growth.doubling_years?),
        Direction::Shrinking => (phrases::halving, growth.halving_years?),
        Direction::NotShown => return None,
    };
    let (low, high) = (time.low.map(years), time.high.map(years));
    let value = match (time.value, low, high) {
        (Some(value), Some(low), Some(high)) => format!("{} ({low}–{high})", years(value)),
        (_, Some(low), Some(high)) => format!("{low}–{high}"),
        (_, None, Some(high)) => format!("≤{high}"),
        _ => return None,
    };
    Some((
        languages.say(phrase),
        languages.fill(phrases::years, &[("n", &value)]),
    ))
}

fn arrival_words(clone: &CloneRecord, vaf: f64, languages: &Languages) -> Bilingual {
    // Without a curve nothing is known of its future.
    let Some(growth) = clone
        .growth
        .as_ref()
        .filter(|growth| growth.per_year.value.is_some())
    else {
        return same(languages, "–");
    };
    let arrival = growth
        .arrivals
        .iter()
        .find(|arrival| (arrival.vaf - vaf).abs() < 1e-9);
    let Some(time) = arrival.map(|arrival| arrival.years) else {
        return languages.say(phrases::reached);
    };
    match (time.value, time.low, time.high) {
        (Some(value), Some(low), Some(high)) => {
            let text = format!("{} ({}–{})", years(value), years(low), years(high));
            languages.fill(phrases::years, &[("n", &text)])
        }
        (_, Some(low), _) => languages.fill(phrases::or_never, &[("low", &years(low))]),
        _ => languages.say(phrases::beyond),
    }
}

fn folds(clone: &CloneRecord, languages: &Languages) -> Vec<(String, Bilingual)> {
    let first = clone
        .folds
        .iter()
        .find(|fold| fold.since == Since::First)
        .map(|fold| fold.from);
    // The peak is often the first visit: said once.
    let is_new = |since: Since, from| since == Since::First || Some(from) != first;
    let shown = clone.folds.iter().filter(|fold| is_new(fold.since, fold.from));
    let view = |fold: &crate::sample::over_time::FoldRecord| {
        let value = fold.fold.value.map(times);
        let range = match (fold.fold.low, fold.fold.high) {
            (Some(low), Some(high)) => format!("{}–{}", times(low), times(high)),
            (Some(low), None) => format!("≥{}", times(low)),
            (None, Some(high)) => format!("≤{}", times(high)),
            (None, None) => "–".to_owned(),
        };
        let text = value.map_or_else(|| range.clone(), |value| format!("{value} ({range})"));
        (text, languages.say(fold.since.label()))
    };
    shown.map(view).collect()
}

fn sight_view(sight: &SightRecord, languages: &Languages) -> SightView {
    let mut notes: Vec<Bilingual> = sight
        .status
        .map(|status| languages.say(status.label()))
        .into_iter()
        .collect();
    notes.extend(sight.limit_from.map(|from| languages.say(from.label())));
    notes.extend(sight.not_assessed.map(|why| languages.say(why.label())));
    let is_unused = sight.state == SightState::Seen && !sight.is_used;
    notes.extend(is_unused.then(|| languages.say(phrases::fraction_only)));
    let text = match (sight.state, sight.vaf, sight.detection_limit) {
        (SightState::Seen, Some(vaf), _) => same(languages, &percent(vaf)),
        (SightState::BelowDetection, _, Some(limit)) => {
            languages.fill(phrases::below_limit, &[("limit", &percent(limit))])
        }
        _ => languages.say(phrases::not_assessed),
    };
    SightView {
        class: sight.state.name(),
        text,
        interval: sight
            .interval
            .map(|i| percent_range(i.low, i.high))
            .unwrap_or_default(),
        reads: match (sight.alt_count, sight.depth) {
            (Some(alt), Some(depth)) => format!("{alt} / {depth}"),
            _ => String::new(),
        },
        notes,
    }
}
