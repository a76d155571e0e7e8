//! From the visits of a person to what is found over them.

use super::changes;
use super::clones::{Clone, clones, rounded};
use super::dispersion::{self, Dispersion};
use super::fold::fold;
use super::growth::{Estimate, Fit, LOSS_95, Noise};
use super::likelihood::{Sight, Sights};
use super::pairs::pairs;
use super::result::{SERIAL_VERSION, SerialResult};
use super::visits::Person;
use crate::genome::as_count;
use crate::sample::Program;
use crate::sample::over_time::{
    ArrivalRecord, Bounded, CurvePoint, Direction, FoldRecord, GrowthRecord, LikelihoodKind, NoiseRecord,
    NoiseSource, Response, SightState, Since,
};

/// VAFs of which the time is told: the large clone of 10 %, and the cut of the Clonal Hematopoiesis Risk Score at 20 % (Weeks 2023).
const TOLD: [f64; 2] = [0.1, 0.2];

/// Points of a curve.
const POINTS: u32 = 12;

/// Decimals of rates and growth, of years, and of VAFs on a curve.
const RATE: i32 = 4;
const YEARS: i32 = 2;
const VAF: i32 = 5;

/// What the user decides.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Settings {
    /// Concentration α + β of the beta-binomial, from technical replicates; `None` takes the spread from the data.
    pub concentration: Option<f64>,
    /// Detection limit (VAF, 0 to 1) for visits whose report shows no depth.
    pub detection_limit: Option<f64>,
}

/// Assesses the visits of a person.
pub fn serial(person: &Person, settings: Settings) -> SerialResult {
    let visits = &person.visits;
    let sex = visits.iter().find_map(|visit| visit.result.sex);
    let mut clones = clones(visits, sex, settings.detection_limit);
    let sights: Vec<_> = clones.iter().map(|clone| clone.sights.clone()).collect();
    let (noise, record) = noise(&sights, settings.concentration);
    for clone in &mut clones {
        assess(clone, noise);
    }
    let records = changes::records(visits);
    SerialResult {
        schema_version: SERIAL_VERSION.to_owned(),
        made_by: Program::this(),
        person: person.name.clone(),
        sex,
        build: person.build,
        noise: record,
        pairs: pairs(&clones, noise),
        clones: clones.into_iter().map(|clone| clone.record).collect(),
        changes: changes::changes(&records),
        visits: records,
        warnings: changes::warnings(visits, &person.left_out),
    }
}

/// Decides what the counts of clones vary by; `concentration` is what the user gives.
pub(super) fn noise(sights: &[Sights], concentration: Option<f64>) -> (Noise, NoiseRecord) {
    let Dispersion {
        noise,
        degrees_of_freedom,
        inflation,
    } = dispersion::estimate(sights);
    let (noise, from) = match concentration {
        Some(given) => (
            Noise {
                concentration: Some(given),
                loss: LOSS_95,
            },
            NoiseSource::Given,
        ),
        None if inflation.is_some() => (noise, NoiseSource::Data),
        None => (noise, NoiseSource::Assumed),
    };
    let record = NoiseRecord {
        likelihood: match noise.concentration {
            Some(_) => LikelihoodKind::BetaBinomial,
            None => LikelihoodKind::Binomial,
        },
        from,
        concentration: noise.concentration.map(|c| rounded(c, 1)),
        inflation: inflation.map(|i| rounded(i, 3)),
        degrees_of_freedom,
    };
    (noise, record)
}

fn assess(clone: &mut Clone, noise: Noise) {
    clone.record.growth = Fit::new(&clone.sights, noise).map(|fit| {
        let mut growth = growth(&clone.sights, &fit);
        if growth.rate.value.is_some() {
            growth.curve = curve(clone, &fit);
        }
        growth
    });
    let marks = Marks::of(clone);
    clone.record.folds = folds(clone, marks.as_ref(), noise);
    clone.record.response = response(clone, marks.as_ref(), noise);
}

/// Returns what a fit tells of the growth, without its curve.
pub(super) fn growth(sights: &Sights, fit: &Fit<'_>) -> GrowthRecord {
    let sights = &sights.of;
    let rate = fit.rate();
    let is_counted = |sight: &&(f64, Sight)| matches!(sight.1, Sight::Counted { .. });
    let counted = sights.iter().filter(is_counted).count();
    // One count among bounds has no likeliest rate: the steeper, the likelier.
    let rate = Bounded {
        value: Some(rate.value).filter(|_| rate.low.is_some() && rate.high.is_some()),
        low: rate.low,
        high: rate.high,
    };
    let now = sights.last().map_or(0.0, |(time, _)| *time);
    GrowthRecord {
        per_year: mapped(rate, |b| rounded(b.exp_m1(), RATE)),
        direction: direction(rate),
        doubling_years: time_of(rate),
        halving_years: time_of(mirrored(rate)),
        arrivals: arrivals(fit, now, rate),
        curve: Vec::new(),
        counted: as_count(counted),
        bounded: as_count(sights.len() - counted),
        rate: mapped(rate, |b| rounded(b, RATE)),
    }
}

fn mapped(bounded: Bounded, map: impl Fn(f64) -> f64) -> Bounded {
    Bounded {
        value: bounded.value.map(&map),
        low: bounded.low.map(&map),
        high: bounded.high.map(&map),
    }
}

/// Returns the rate of shrinking.
fn mirrored(rate: Bounded) -> Bounded {
    Bounded {
        value: rate.value.map(|b| -b),
        low: rate.high.map(|b| -b),
        high: rate.low.map(|b| -b),
    }
}

fn direction(rate: Bounded) -> Direction {
    match (rate.low, rate.high) {
        (Some(low), _) if low > 0.0 => Direction::Growing,
        (_, Some(high)) if high < 0.0 => Direction::Shrinking,
        _ => Direction::NotShown,
    }
}

/// Returns the years in which a small clone doubles; `None` where the likeliest rate, or the bound that stands for it, is no growth.
fn time_of(rate: Bounded) -> Option<Bounded> {
    let time = |b: f64| rounded(std::f64::consts::LN_2 / b, YEARS);
    let positive = |b: &f64| *b > 0.0;
    if !rate.value.or(rate.low).is_some_and(|b| b > 0.0) {
        return None;
    }
    Some(Bounded {
        value: rate.value.filter(positive).map(time),
        low: rate.high.filter(positive).map(time),
        high: rate.low.filter(positive).map(time),
    })
}

fn arrivals(fit: &Fit<'_>, now: f64, rate: Bounded) -> Vec<ArrivalRecord> {
    let years = |years: Option<f64>| years.map(|years| rounded(years.max(0.0), YEARS));
    let arrival = |vaf: f64| {
        let arrival = fit.reaches(vaf, now)?;
        Some(ArrivalRecord {
            vaf,
            years: Bounded {
                value: years(arrival.expected),
                low: years(arrival.earliest),
                high: years(arrival.latest),
            },
        })
    };
    // Of a clone of which only a bound is known, no time can be told.
    let is_known = rate.value.is_some();
    TOLD.into_iter()
        .filter(|_| is_known)
        .filter_map(arrival)
        .collect()
}

fn curve(clone: &Clone, fit: &Fit<'_>) -> Vec<CurvePoint> {
    let sights = &clone.record.sights;
    let last = sights.last().map_or(0.0, |sight| sight.years);
    let point = |step: u32| {
        let years = last * f64::from(step) / f64::from(POINTS);
        let Estimate { value, low, high } = fit.vaf_at(years);
        CurvePoint {
            years: rounded(years, RATE),
            vaf: rounded(value, VAF),
            low: low.map(|vaf| rounded(vaf, VAF)),
            high: high.map(|vaf| rounded(vaf, VAF)),
        }
    };
    (0..=POINTS).map(point).collect()
}

/// Returns the visits that speak, by place.
fn speaking(clone: &Clone) -> Vec<(usize, Sight)> {
    let visits = clone.by_visit.iter().enumerate();
    visits
        .filter_map(|(place, sight)| Some((place, (*sight)?)))
        .collect()
}

/// Returns a VAF to order visits by: below detection counts as less than anything seen.
fn order(sight: Sight) -> f64 {
    match sight {
        Sight::Counted { alt, depth } => f64::from(alt) / f64::from(depth),
        Sight::Fewer { .. } => -1.0,
    }
}

/// The visits that the last one is compared with.
struct Marks {
    first: (usize, Sight),
    peak: (usize, Sight),
    /// The smallest after the peak, where any visit lies between it and the last.
    nadir: Option<(usize, Sight)>,
    last: (usize, Sight),
}

impl Marks {
    /// Finds them; `None` where fewer than two visits speak.
    fn of(clone: &Clone) -> Option<Self> {
        let visits = speaking(clone);
        let (last, before) = visits.split_last()?;
        let by_size = |a: &&(usize, Sight), b: &&(usize, Sight)| order(a.1).total_cmp(&order(b.1));
        // Of equal ones the earlier.
        let peak = *before.iter().rev().max_by(by_size)?;
        Some(Self {
            first: *before.first()?,
            peak,
            nadir: before
                .iter()
                .filter(|visit| visit.0 > peak.0)
                .min_by(by_size)
                .copied(),
            last: *last,
        })
    }
}

fn folds(clone: &Clone, marks: Option<&Marks>, noise: Noise) -> Vec<FoldRecord> {
    let Some(marks) = marks else { return Vec::new() };
    let date = |(place, _): (usize, Sight)| clone.record.sights[place].date;
    let since = [
        (Since::First, Some(marks.first)),
        (Since::Peak, Some(marks.peak)),
        (Since::Nadir, marks.nadir),
    ];
    let record = |(since, earlier): (Since, Option<(usize, Sight)>)| {
        let earlier = earlier?;
        Some(FoldRecord {
            since,
            from: date(earlier),
            to: date(marks.last),
            fold: bounded_fold(earlier.1, marks.last.1, noise)?,
        })
    };
    since.into_iter().filter_map(record).collect()
}

/// Returns the later VAF over the earlier one; `None` where neither visit counted the clone.
pub(super) fn bounded_fold(earlier: Sight, later: Sight, noise: Noise) -> Option<Bounded> {
    let fold = fold(earlier, later, noise)?;
    let known = |value: f64| Some(rounded(value, RATE)).filter(|_| value.is_finite() && value > 0.0);
    Some(Bounded {
        value: known(fold.value),
        low: fold.low.and_then(known),
        high: fold.high.and_then(known),
    })
}

fn response(clone: &Clone, marks: Option<&Marks>, noise: Noise) -> Response {
    let Some(marks) = marks else {
        return Response::NotAssessed;
    };
    let change = |from: (usize, Sight), to: (usize, Sight)| fold(from.1, to.1, noise);
    let fell = |fold: Option<Estimate>| fold.and_then(|f| f.high).is_some_and(|high| high < 1.0);
    let rose = |fold: Option<Estimate>| fold.and_then(|f| f.low).is_some_and(|low| low > 1.0);
    let is_below = clone.record.sights[marks.last.0].state == SightState::BelowDetection;
    let relapsed = |nadir| fell(change(marks.peak, nadir)) && rose(change(nadir, marks.last));
    if marks.nadir.is_some_and(relapsed) {
        Response::Relapse
    } else if fell(change(marks.peak, marks.last)) {
        if is_below {
            Response::Cleared
        } else {
            Response::Fall
        }
    } else if rose(change(marks.first, marks.last)) {
        Response::Rise
    } else {
        Response::NoChange
    }
}
