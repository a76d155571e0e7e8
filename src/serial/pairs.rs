//! What the sizes of two clones say of their order: clones that together make up more than all cells share some (the pigeonhole principle), and
//! one that is the larger at a visit does not lie within the other.

use super::clones::Clone;
use super::growth::Noise;
use crate::evidence::{Interval, wilson_95};
use crate::patient::Date;
use crate::sample::over_time::{Assumption, PairRecord, Relation, SightRecord, SightState};

/// Compares each two clones.
pub(super) fn pairs(clones: &[Clone], noise: Noise) -> Vec<PairRecord> {
    let mut pairs = Vec::new();
    for (place, first) in clones.iter().enumerate() {
        for second in &clones[place + 1..] {
            pairs.push(pair(first, second, noise));
        }
    }
    pairs
}

fn pair(first: &Clone, second: &Clone, noise: Noise) -> PairRecord {
    let shares = |clone: &Clone, sight: &SightRecord| share(sight, clone.record.assumption, noise);
    let visits = first.record.sights.iter().zip(&second.record.sights);
    let both = visits.filter_map(|(a, b)| Some((a.date, shares(first, a)?, shares(second, b)?)));
    let both: Vec<(Date, Interval, Interval)> = both.collect();
    let when = |holds: &dyn Fn(&Interval, &Interval) -> bool| {
        both.iter().find(|(_, a, b)| holds(a, b)).map(|(date, ..)| *date)
    };
    let together = when(&|a, b| a.low + b.low > 1.0);
    let first_larger = when(&|a, b| a.low > b.high);
    let second_larger = when(&|a, b| b.low > a.high);
    PairRecord {
        first: first.record.key.clone(),
        second: second.record.key.clone(),
        relation: relation(
            together.is_some(),
            first_larger.is_some(),
            second_larger.is_some(),
        ),
        together,
        first_larger,
        second_larger,
    }
}

/// Returns what the sizes say.
const fn relation(together: bool, first_larger: bool, second_larger: bool) -> Relation {
    match (together, first_larger, second_larger) {
        (true, true, true) => Relation::Contradictory,
        (true, true, false) => Relation::SecondInFirst,
        (true, false, true) => Relation::FirstInSecond,
        (true, false, false) => Relation::ShareCells,
        (false, true, true) => Relation::Separate,
        (false, ..) => Relation::CannotBeTold,
    }
}

/// Returns the share of cells at a visit, as an interval.
fn share(sight: &SightRecord, assumption: Assumption, noise: Noise) -> Option<Interval> {
    let vaf = match sight.state {
        SightState::Seen => widened(sight, noise)?,
        SightState::BelowDetection => Interval {
            low: 0.0,
            high: sight.detection_limit?,
        },
        SightState::NotAssessed => return None,
    };
    let (least, most) = match assumption {
        Assumption::Heterozygous => (2.0, 2.0),
        Assumption::OneCopy => (1.0, 1.0),
        // One copy or both, one X or two.
        Assumption::SexUnknown | Assumption::MoreThanHalf => (1.0, 2.0),
        // The share of copies says little of the share of cells.
        Assumption::ManyCopies => return None,
    };
    Some(Interval {
        low: (vaf.low * least).min(1.0),
        high: (vaf.high * most).min(1.0),
    })
}

/// Returns the interval of a VAF, as if from fewer fragments where visits differ by more than drawing reads.
fn widened(sight: &SightRecord, noise: Noise) -> Option<Interval> {
    let (alt, depth) = (sight.alt_count?, sight.depth?);
    let Some(concentration) = noise.concentration else {
        return sight.interval;
    };
    let inflation = 1.0 + (f64::from(depth) - 1.0) / (concentration + 1.0);
    let fewer = |count: u32| whole(f64::from(count) / inflation);
    wilson_95(fewer(alt), fewer(depth).max(1))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and smaller than a count that is a u32"
)]
fn whole(count: f64) -> u32 {
    count.round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_more_than_all_cells_proves_nesting() {
        for (facts, expected) in [
            ((true, true, false), Relation::SecondInFirst),
            ((true, false, true), Relation::FirstInSecond),
            ((true, false, false), Relation::ShareCells),
            ((true, true, true), Relation::Contradictory),
            ((false, true, true), Relation::Separate),
            // The larger need not hold the smaller.
            ((false, true, false), Relation::CannotBeTold),
            ((false, false, false), Relation::CannotBeTold),
        ] {
            assert_eq!(relation(facts.0, facts.1, facts.2), expected, "{facts:?}");
        }
    }
}
