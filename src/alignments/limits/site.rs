//! The smallest clone that would have been called: 95 % power at the depth, the error rates and the calling rule of this sample.
//!
//! A clone of fraction `f` shows in `K_s ~ Binomial(n_s, f)` of the `n_s` fragments that were seen by one read of middle or
//! high quality or by both mates. It is called where the counts pass: quality, fragments, fraction. The chance of that is
//! summed exactly over the counts that do not pass, which are few and small; the limit is the fraction at which it is 95 %.
//! See docs/detection-limit.md.

use crate::alignments::calling::options::CallingRule;
use crate::alignments::counts::column_depth::ColumnDepth;
use crate::alignments::counts::observation::SIGHTS;
use crate::alignments::counts::substitution::Context;
use crate::alignments::errors::background::Background;
use crate::alignments::errors::error_model::ErrorModel;
use crate::alignments::errors::prior::prior_odds;
use crate::alignments::errors::tail::{MANY, Shares, chance_of_as_convincing, chance_of_at_least, ln_chance};
use crate::evidence::statistics::{ln_binomial, ln_factorial};

/// Power that a detection limit promises.
pub const POWER: f64 = 0.95;

impl CallingRule {
    /// Whether counts by sight are called.
    pub fn is_called(&self, seen: [u32; SIGHTS], site: &Site) -> bool {
        let (count, depth) = (seen.iter().sum::<u32>(), site.depth());
        if count < self.fewest(depth) {
            return false;
        }
        let fraction = f64::from(count) / f64::from(depth.max(1));
        let chance = chance_of_as_convincing(
            seen,
            site.means(),
            site.rates,
            fraction.max(self.min_vaf),
            site.dispersion,
        );
        chance <= self.chance(site)
    }

    fn chance(&self, site: &Site) -> f64 {
        10_f64.powf(-self.min_quality / 10.0) * site.odds
    }

    /// Returns the fragments that number and fraction ask for.
    pub fn fewest(&self, depth: u32) -> u32 {
        let mut fewest = self.min_count.max(1);
        // Counted up, not rounded: the comparison of the caller is `count / depth >= fraction`.
        let near = (self.min_vaf * f64::from(depth)).floor().max(0.0);
        let mut by_fraction = count_from(near);
        while f64::from(by_fraction) / f64::from(depth.max(1)) < self.min_vaf && by_fraction <= depth {
            by_fraction += 1;
        }
        fewest = fewest.max(by_fraction);
        fewest
    }
}

/// One allele at one base as far as chance knows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Site {
    /// Fragments by sight.
    pub exposed: [u32; SIGHTS],
    /// Errors per fragment by sight.
    pub rates: [f64; SIGHTS],
    /// Squared coefficient of variation of rates between sites.
    pub dispersion: f64,
    /// How many times likelier than the mean allele this one is a clone.
    pub odds: f64,
}

impl Site {
    /// Returns what the error model and the site's background say of an allele.
    pub fn new(model: &ErrorModel, background: &Background, column: &ColumnDepth, alternate: u8) -> Self {
        let context = Context {
            before: column.before,
            base: column.base,
            behind: column.behind,
        };
        let exposure = &column.exposure;
        let (_, rates) = background.applied(
            (column.contig, column.column, alternate),
            model.expected(context, alternate, exposure, &column.cycles),
            column.depth(),
        );
        Self {
            exposed: std::array::from_fn(|sight| exposure.iter().map(|group| group[sight]).sum()),
            rates,
            dispersion: model.dispersion,
            odds: prior_odds(column.base, alternate),
        }
    }

    fn depth(&self) -> u32 {
        self.exposed.iter().sum()
    }

    fn means(&self) -> [f64; SIGHTS] {
        std::array::from_fn(|s| f64::from(self.exposed[s]) * self.rates[s])
    }

    /// Returns the smallest fraction (0 to 1) that is called with 95 % power; `None` where even a whole sample would not be.
    pub fn limit(&self, rule: &CallingRule) -> Option<f64> {
        let failing = Failing::of(self, rule)?;
        let ways = failing.ways(self);
        Some(smallest(&|fraction| failing.chance(self, &ways, fraction)))
    }
}

/// Errors expected above which the split over sights is no longer told apart: the least convincing split decides.
const HEAVY: f64 = 1.5;
/// Share of the wanted chance that outcomes with more errors may hold and be left out.
const LEFT_OUT: f64 = 1e-4;

/// Counts that are not called.
#[derive(Debug)]
struct Failing {
    /// Fragments below which no split is called.
    below: u32,
    /// Splits of that many and more that are not.
    splits: Vec<[u32; SIGHTS]>,
    /// Most fragments in a split.
    most: u32,
}

impl Failing {
    fn of(site: &Site, rule: &CallingRule) -> Option<Self> {
        let depth = site.depth();
        let fewest = rule.fewest(depth);
        if fewest > depth {
            return None;
        }
        let worst_passes = |count: u32| rule.is_called(least_convincing(count, site), site);
        let only_number = |below| Self {
            below,
            splits: Vec::new(),
            most: 0,
        };
        if worst_passes(fewest) {
            return Some(only_number(fewest));
        }
        let mean: f64 = site.means().iter().sum();
        if mean > HEAVY || fewest > MANY {
            let below = first_true(fewest, depth, &worst_passes)?;
            return Some(only_number(below));
        }
        let null = Null::of(site, rule.chance(site));
        let mut splits = Vec::new();
        for count in fewest..=depth.min(MANY) {
            let before = splits.len();
            null.failing(count, site, rule, &mut splits);
            if splits.len() == before {
                return Some(Self {
                    below: fewest,
                    splits,
                    most: count,
                });
            }
        }
        let below = first_true(fewest, depth, &worst_passes)?;
        Some(only_number(below))
    }

    /// Returns the logarithms of the ways in which 0, 1, 2 … of the fragments of each sight can be chosen, as far as splits go.
    fn ways(&self, site: &Site) -> [Vec<f64>; SIGHTS] {
        let most = if self.splits.is_empty() { 0 } else { self.most };
        site.exposed.map(|n| {
            (0..=most.min(n))
                .map(|k| ln_binomial(u64::from(n), u64::from(k)))
                .collect()
        })
    }

    /// Returns the chance that a clone of a fraction is not called.
    fn chance(&self, site: &Site, ways: &[Vec<f64>; SIGHTS], fraction: f64) -> f64 {
        let mut sum = chance_below(self.below, site.depth(), fraction);
        if self.splits.is_empty() {
            return sum;
        }
        let by_sight: [Vec<f64>; SIGHTS] = std::array::from_fn(|s| {
            let n = site.exposed[s];
            let mut chances = binomials(&ways[s], n, fraction);
            chances.resize(self.most as usize + 1, 0.0);
            chances
        });
        for split in &self.splits {
            sum += (0..SIGHTS)
                .map(|s| by_sight[s][split[s] as usize])
                .product::<f64>();
        }
        sum
    }
}

/// Returns the split of a count that errors make most easily: all in the sight with the highest rate, as far as it goes.
fn least_convincing(count: u32, site: &Site) -> [u32; SIGHTS] {
    let mut order: [usize; SIGHTS] = std::array::from_fn(|s| s);
    order.sort_by(|a, b| site.rates[*b].total_cmp(&site.rates[*a]));
    let (mut split, mut left) = ([0; SIGHTS], count);
    for sight in order {
        split[sight] = left.min(site.exposed[sight]);
        left -= split[sight];
    }
    split
}

/// Outcomes of errors alone with their chances.
#[derive(Debug)]
struct Null {
    outcomes: Vec<([u32; SIGHTS], f64)>,
    wanted: f64,
}

impl Null {
    fn of(site: &Site, wanted: f64) -> Self {
        let means = site.means();
        let mean: f64 = means.iter().sum();
        let shares = Shares::new(means.map(|m| m / mean));
        let mut outcomes = Vec::new();
        // Without errors there is no such outcome, and each chance is 0.
        let most = if mean > 0.0 { MANY } else { 0 };
        for errors in 1..=most {
            let chance = ln_chance(errors, mean, site.dispersion);
            push_splits(errors, chance, shares, &mut outcomes);
            if chance_of_at_least(errors + 1, mean, site.dispersion) < LEFT_OUT * wanted {
                break;
            }
        }
        Self { outcomes, wanted }
    }

    /// Adds the splits of a count that are not called.
    fn failing(&self, count: u32, site: &Site, rule: &CallingRule, splits: &mut Vec<[u32; SIGHTS]>) {
        let fraction = (f64::from(count) / f64::from(site.depth())).max(rule.min_vaf);
        let weights = site.rates.map(|r| (fraction / r.max(f64::MIN_POSITIVE)).ln_1p());
        let score =
            |split: &[u32; SIGHTS]| -> f64 { (0..SIGHTS).map(|s| f64::from(split[s]) * weights[s]).sum() };
        let mut scored: Vec<(f64, f64)> = self.outcomes.iter().map(|(o, p)| (score(o), *p)).collect();
        scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let sums: Vec<f64> = scored
            .iter()
            .scan(0.0, |sum, (_, p)| {
                *sum += p;
                Some(*sum)
            })
            .collect();
        for both in 0..=count {
            for high in 0..=count - both {
                let split = [count - both - high, high, both];
                if (0..SIGHTS).any(|s| split[s] > site.exposed[s]) {
                    continue;
                }
                let own = score(&split) * (1.0 - 1e-9);
                let reached = scored.partition_point(|(s, _)| *s >= own);
                let chance = reached.checked_sub(1).map_or(0.0, |last| sums[last]);
                if chance > self.wanted {
                    splits.push(split);
                }
            }
        }
    }
}

fn push_splits(errors: u32, ln_of_number: f64, shares: Shares, outcomes: &mut Vec<([u32; SIGHTS], f64)>) {
    let all = ln_of_number + ln_factorial(u64::from(errors));
    for both in 0..=errors {
        for high in 0..=errors - both {
            let split = [errors - both - high, high, both];
            let chance = (all + (0..SIGHTS).map(|s| shares.ln(s, split[s])).sum::<f64>()).exp();
            if chance > 0.0 {
                outcomes.push((split, chance));
            }
        }
    }
}

/// Returns the first number in a range for which a condition holds that, once it holds, goes on to hold.
pub(crate) fn first_true(low: u32, high: u32, holds: &dyn Fn(u32) -> bool) -> Option<u32> {
    let (mut low, mut step) = (low, 1);
    // Doubling from below: the answer is small, and each question costs more the larger the number.
    let mut end = loop {
        let end = low.saturating_add(step).min(high);
        if holds(end) {
            break end;
        }
        if end == high {
            return None;
        }
        (low, step) = (end, step * 2);
    };
    while low < end {
        let middle = low.midpoint(end);
        if holds(middle) {
            end = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(end)
}

/// Returns the fraction at which the chance to be missed has fallen to 5 %.
pub(crate) fn smallest(missed: &dyn Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if missed(middle) <= 1.0 - POWER {
            high = middle;
        } else {
            low = middle;
        }
        if high - low < high * 1e-5 {
            break;
        }
    }
    high
}

/// Returns the chances of 0, 1, 2 … of `n`, as far as their ways are given.
fn binomials(ways: &[f64], n: u32, fraction: f64) -> Vec<f64> {
    let (ln, ln_rest) = (fraction.ln(), (-fraction).ln_1p());
    let chance = |(k, ways): (u32, &f64)| match (fraction <= 0.0, fraction >= 1.0) {
        (true, _) => f64::from(u8::from(k == 0)),
        (_, true) => f64::from(u8::from(k == n)),
        _ => (ways + f64::from(k) * ln + f64::from(n - k) * ln_rest).exp(),
    };
    (0..).zip(ways).map(chance).collect()
}

/// Returns the chance of fewer than `count` of `depth`.
pub(crate) fn chance_below(count: u32, depth: u32, fraction: f64) -> f64 {
    if fraction >= 1.0 {
        return if count > depth { 1.0 } else { 0.0 };
    }
    let Some(mut k) = count.checked_sub(1) else {
        return 0.0;
    };
    if k >= depth || fraction <= 0.0 {
        return 1.0;
    }
    // Where more are asked for than expected, the other tail is the smaller one: the terms of this one may all be too small for a number.
    if f64::from(count) > f64::from(depth) * fraction {
        return 1.0 - chance_from(count, depth, fraction);
    }
    // Downward from the largest: the terms fall from there on.
    let odds = (1.0 - fraction) / fraction;
    let ln = ln_binomial(u64::from(depth), u64::from(k))
        + f64::from(k) * fraction.ln()
        + f64::from(depth - k) * (-fraction).ln_1p();
    let mut term = ln.exp();
    let mut sum = term;
    while k > 0 {
        term *= f64::from(k) / f64::from(depth - k + 1) * odds;
        k -= 1;
        sum += term;
    }
    sum.min(1.0)
}

/// Returns the chance of `count` or more of `depth`, where fewer are expected.
fn chance_from(count: u32, depth: u32, fraction: f64) -> f64 {
    let odds = fraction / (1.0 - fraction);
    let ln = ln_binomial(u64::from(depth), u64::from(count))
        + f64::from(count) * fraction.ln()
        + f64::from(depth - count) * (-fraction).ln_1p();
    let mut term = ln.exp();
    let mut sum = term;
    for k in count..depth {
        if term < f64::MIN_POSITIVE {
            break;
        }
        term *= f64::from(depth - k) / f64::from(k + 1) * odds;
        sum += term;
    }
    sum.min(1.0)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number from 0 to a depth"
)]
pub(crate) fn count_from(whole: f64) -> u32 {
    whole as u32
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::alignments::dice::Dice;

    pub(crate) const RULE: CallingRule = CallingRule {
        min_quality: 53.0,
        min_count: 3,
        min_vaf: 0.002,
    };

    pub(crate) fn site(exposed: [u32; 3], rates: [f64; 3]) -> Site {
        Site {
            exposed,
            rates,
            dispersion: 0.25,
            odds: 1.0,
        }
    }

    /// Where no error stands in the way three fragments are enough, and the limit is the binomial one:
    /// R: `pbinom(2, 313, 0.02)` is 0.04973.
    #[test]
    fn without_errors_the_limit_is_that_of_three_fragments() {
        let clean = site([0, 0, 313], [1e-6, 1e-6, 1e-7]);
        let actual = clean.limit(&RULE).unwrap();
        assert!((actual - 0.01998).abs() < 2e-5, "{actual}");
    }

    #[test]
    fn more_errors_or_less_depth_never_lower_the_limit() {
        let limits: Vec<f64> = [1e-5, 1e-4, 5e-4, 2e-3]
            .iter()
            .map(|r| {
                site([400, 400, 200], [*r, r / 5.0, r / 20.0])
                    .limit(&RULE)
                    .unwrap()
            })
            .collect();
        assert!(limits.windows(2).all(|w| w[0] <= w[1]), "{limits:?}");
        assert!(limits[3] > 1.5 * limits[0], "{limits:?}");
        let shallow = site([40, 40, 20], [5e-4, 1e-4, 2.5e-5]).limit(&RULE).unwrap();
        assert!(shallow > limits[2] * 3.0);
        assert_eq!(site([1, 1, 0], [1e-4; 3]).limit(&RULE), None);
        assert_eq!(site([0, 0, 0], [1e-4; 3]).limit(&RULE), None);
    }

    /// The promise: of clones at the stated limit 95 % are called, at every depth and error rate, by the rule as the caller
    /// applies it. 4,000 clones each; three standard errors are 1 %.
    #[test]
    fn of_clones_at_the_limit_95_percent_are_called() {
        let mut dice = Dice(20_261_126);
        let sites = [
            site([300, 500, 200], [5e-4, 5e-5, 1e-5]),
            site([100, 150, 50], [5e-4, 5e-5, 1e-5]),
            site([900, 100, 0], [1e-3, 2e-4, 1e-5]),
            site([0, 1000, 1000], [5e-4, 1e-4, 2e-5]),
            site([1500, 2500, 1000], [4e-4, 8e-5, 2e-5]),
            site([30, 40, 10], [2e-3, 5e-4, 1e-4]),
        ];
        for site in sites {
            let limit = site.limit(&RULE).unwrap();
            let called = (0..4000)
                .filter(|_| RULE.is_called(site.exposed.map(|n| dice.binomial(n, limit)), &site))
                .count();
            let share = called as f64 / 4000.0;
            assert!((share - 0.95).abs() < 0.015, "{site:?}: {limit} {share}");
        }
    }

    /// `scipy.stats.binom.cdf(count - 1, depth, fraction)`.
    #[test]
    fn the_chance_of_fewer_holds_far_from_what_is_expected() {
        for (count, depth, fraction, expected) in [
            (4000, 200_000, 1e-4, 1.0),
            (4000, 200_000, 0.0195, 0.945_751_35),
            (4000, 200_000, 0.0205, 0.055_944_23),
            (3, 1000, 1e-4, 0.999_845_78),
            (2, 2, 0.001, 0.999_999),
        ] {
            let chance = chance_below(count, depth, fraction);
            assert!((chance - expected).abs() < 1e-7, "{count} of {depth}: {chance}");
        }
    }
}
