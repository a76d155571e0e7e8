//! Runs of one base and short tandem repeats, in which polymerases slip; and how often they did in this sample.

use std::collections::BTreeMap;

use super::indel::Indel;
use super::observation::IndelChange;
use super::tail;

/// Longest repeated unit, in bases.
const LONGEST_UNIT: usize = 4;
/// Fewest copies of a unit of one base that make a run, and of a longer unit.
const FEWEST_OF_ONE: u32 = 4;
const FEWEST_OF_MORE: u32 = 3;
/// Copies above which runs are alike.
const MOST_COPIES: u32 = 24;
/// Units gained or lost that are told apart.
const MOST_UNITS: i64 = 3;

/// The repeat that an indel lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepeatClass {
    /// Bases of the unit; 0 outside of repeats.
    pub unit: u8,
    /// Copies in the reference.
    pub copies: u32,
    /// Units gained (positive) or lost, at most three; outside of repeats 1 for gained and -1 for lost.
    pub units: i64,
}

/// Returns the unit and copies of the repeat that starts right at `bases[at]`, maximal to the right.
pub fn repeat_at(bases: &[u8], at: usize) -> Option<(usize, u32)> {
    (1..=LONGEST_UNIT).find_map(|unit| {
        let motif = bases.get(at..at + unit)?;
        if motif.iter().any(|b| b.count_ones() != 1 || *b > 8) {
            return None;
        }
        let copies = bases[at..].chunks_exact(unit).take_while(|c| *c == motif).count();
        let copies = u32::try_from(copies).unwrap_or(u32::MAX);
        let fewest = if unit == 1 { FEWEST_OF_ONE } else { FEWEST_OF_MORE };
        (copies >= fewest).then_some((unit, copies))
    })
}

/// Returns the class of an indel; `bases` are the reference from the column behind `indel.after`.
pub fn class_of(indel: &Indel, bases: &[u8]) -> RepeatClass {
    let outside = RepeatClass {
        unit: 0,
        copies: 0,
        units: indel.growth().signum(),
    };
    let Some((unit, copies)) = repeat_at(bases, 0) else {
        return outside;
    };
    let size = usize::try_from(indel.growth().unsigned_abs()).unwrap_or(usize::MAX);
    let pure = match &indel.change {
        IndelChange::Insertion(inserted) => inserted.chunks(unit).all(|c| *c == bases[..unit]),
        IndelChange::Deletion(length) => u64::from(*length) <= u64::from(copies) * unit as u64,
        IndelChange::Replacement { .. } => false,
    };
    if !pure || !size.is_multiple_of(unit) {
        return outside;
    }
    let units = i64::try_from(size / unit).unwrap_or(i64::MAX) * indel.growth().signum();
    RepeatClass {
        unit: u8::try_from(unit).unwrap_or(0),
        copies: copies.min(MOST_COPIES),
        units: units.clamp(-MOST_UNITS, MOST_UNITS),
    }
}

/// What the sample shows at the sites of one class.
#[derive(Clone, Debug, Default, PartialEq)]
struct ClassCounts {
    /// Fragments at sites without errors.
    plain: f64,
    /// Fragments and errors of the other sites, each a possible variant.
    sites: Vec<(u32, u32)>,
}

impl ClassCounts {
    fn add(&mut self, exposed: u32, errors: u32) {
        if errors == 0 {
            self.plain += f64::from(exposed);
        } else {
            self.sites.push((exposed, errors));
        }
    }

    /// Returns fragments and errors of the sites that fit a rate; the others hold variants.
    fn fitting(&self, rate: Option<f64>) -> (f64, f64) {
        let fits = |exposed: u32, errors: u32| {
            rate.is_none_or(|r| {
                tail::chance_of_at_least(errors, r * f64::from(exposed), DISPERSION) > OUTLIER
            })
        };
        self.sites
            .iter()
            .filter(|(exposed, errors)| fits(*exposed, *errors))
            .fold((self.plain, 0.0), |(n, k), (exposed, errors)| {
                (n + f64::from(*exposed), k + f64::from(*errors))
            })
    }
}

/// Chance below which a site holds a variant rather than slippage.
const OUTLIER: f64 = 1e-5;
/// Times the prior rate that no chemistry reaches: 2 % for a run of eight, the worst seen in amplicons of ASXL1.
const FAR_ABOVE_PRIOR: f64 = 40.0;
/// Rounds of fitting and of leaving out what does not fit.
const ROUNDS: usize = 4;

/// Sums from which slippage rates are learned.
#[derive(Clone, Debug, Default)]
pub struct SlippageCounts {
    classes: BTreeMap<RepeatClass, ClassCounts>,
}

/// Fraction of a site's fragments above which an indel outside of repeats is no error.
const LARGEST_ERROR_FRACTION: f64 = 0.003;
/// Fraction above which a change of a run is a germline variant, however long the run.
const LARGEST_SLIPPAGE: f64 = 0.25;

impl SlippageCounts {
    /// Adds one run: fragments that span it, and those that gained or lost so many units.
    pub fn add_run(&mut self, unit: usize, copies: u32, exposed: u32, changes: &BTreeMap<i64, u32>) {
        for units in (-MOST_UNITS..=MOST_UNITS).filter(|u| *u != 0) {
            let errors = changes.get(&units).copied().unwrap_or(0);
            if f64::from(errors) > LARGEST_SLIPPAGE * f64::from(exposed) {
                continue;
            }
            let class = RepeatClass {
                unit: u8::try_from(unit).unwrap_or(0),
                copies: copies.min(MOST_COPIES),
                units,
            };
            self.classes.entry(class).or_default().add(exposed, errors);
        }
    }

    /// Adds columns outside of repeats, and the indels seen there that are few enough to be errors.
    pub fn add_outside(&mut self, units: i64, exposed: u64, errors: &[(u32, u32)]) {
        let class = RepeatClass {
            unit: 0,
            copies: 0,
            units,
        };
        let counts = self.classes.entry(class).or_default();
        counts.plain += exposed as f64;
        for (count, depth) in errors {
            if *count <= 2 || f64::from(*count) <= LARGEST_ERROR_FRACTION * f64::from(*depth) {
                // Exposure was added with the columns.
                counts.sites.push((0, *count));
            }
        }
    }

    /// Adds the sums of another part of the sample.
    pub fn merge(&mut self, other: &Self) {
        for (class, theirs) in &other.classes {
            let mine = self.classes.entry(*class).or_default();
            mine.plain += theirs.plain;
            mine.sites.extend_from_slice(&theirs.sites);
        }
    }

    /// Learns the rates: of each kind of step a curve over the copies, then each class, shrunk towards it.
    pub fn learn(&self) -> SlippageModel {
        let mut rates = BTreeMap::new();
        let mut kinds: Vec<(u8, i64)> = self.classes.keys().map(|c| (c.unit, c.units)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for (unit, units) in kinds {
            let of_kind: Vec<(RepeatClass, &ClassCounts)> = self
                .classes
                .iter()
                .filter(|(c, _)| (c.unit, c.units) == (unit, units))
                .map(|(c, counts)| (*c, counts))
                .collect();
            let mut fitted: Option<Vec<f64>> = None;
            for _ in 0..ROUNDS {
                let points: Vec<Point> = of_kind
                    .iter()
                    .enumerate()
                    .map(|(i, (class, counts))| {
                        // At first the prior alone can tell that a site holds a variant: a small panel may have one such run.
                        let rate = match &fitted {
                            Some(fitted) => fitted[i],
                            None => FAR_ABOVE_PRIOR * prior_rate(*class),
                        };
                        let rate = (unit > 0).then_some(rate);
                        let (exposed, errors) = counts.fitting(rate);
                        Point {
                            class: *class,
                            exposed,
                            errors,
                        }
                    })
                    .collect();
                let curve = Curve::fit(&points);
                fitted = Some(points.iter().map(|p| p.shrunk(curve)).collect());
            }
            for ((class, _), rate) in of_kind.iter().zip(fitted.unwrap_or_default()) {
                rates.insert(*class, rate);
            }
        }
        SlippageModel { rates }
    }
}

/// What fits of one class.
#[derive(Clone, Copy, Debug)]
struct Point {
    class: RepeatClass,
    exposed: f64,
    errors: f64,
}

impl Point {
    fn shrunk(self, curve: Curve) -> f64 {
        let expected = curve.rate(f64::from(self.class.copies)).max(LOWEST_RATE);
        (self.errors + PRIOR_ERRORS) / (self.exposed + PRIOR_ERRORS / expected)
    }
}

/// A rate that grows exponentially with the copies.
#[derive(Clone, Copy, Debug)]
struct Curve {
    level: f64,
    slope: f64,
}

/// Weight of the prior at each class, in errors.
const CURVE_PRIOR: f64 = 0.3;

impl Curve {
    fn rate(self, copies: f64) -> f64 {
        (self.level + self.slope * copies).exp().min(0.3)
    }

    /// Poisson regression of errors on copies by Newton's method, with a weak prior at each class.
    fn fit(points: &[Point]) -> Self {
        let data: Vec<(f64, f64, f64)> = points
            .iter()
            .map(|p| {
                let prior = prior_rate(p.class);
                (
                    f64::from(p.class.copies),
                    p.exposed + CURVE_PRIOR / prior,
                    p.errors + CURVE_PRIOR,
                )
            })
            .collect();
        let (exposed, errors) = data.iter().fold((0.0, 0.0), |(n, k), d| (n + d.1, k + d.2));
        let mut curve = Self {
            level: (errors / exposed).ln(),
            slope: 0.0,
        };
        let middle = data.iter().map(|d| d.0 * d.2).sum::<f64>() / errors;
        // Centered copies keep level and slope apart.
        for _ in 0..50 {
            let (mut g0, mut g1, mut h00, mut h01, mut h11) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for (copies, n, k) in &data {
                let x = copies - middle;
                let expected = n * (curve.level + curve.slope * x).exp();
                g0 += k - expected;
                g1 += (k - expected) * x;
                h00 += expected;
                h01 += expected * x;
                h11 += expected * x * x;
            }
            let determinant = h00 * h11 - h01 * h01;
            let (step0, step1) = if determinant > 1e-9 {
                (
                    (h11 * g0 - h01 * g1) / determinant,
                    (h00 * g1 - h01 * g0) / determinant,
                )
            } else {
                (g0 / h00.max(1e-9), 0.0)
            };
            curve.level += step0.clamp(-1.0, 1.0);
            curve.slope += step1.clamp(-0.3, 0.3);
            if step0.abs() + step1.abs() < 1e-9 {
                break;
            }
        }
        curve.level -= curve.slope * middle;
        curve
    }
}

/// Weight of the curve against one class, in errors.
const PRIOR_ERRORS: f64 = 4.0;
/// Smallest rate believed.
const LOWEST_RATE: f64 = 1e-6;
/// Squared coefficient of variation of slippage rates between runs of one class.
const DISPERSION: f64 = 0.3;

/// Returns the rate of a class supposed before anything is seen: slippage of a run of one base grows about 1.7-fold with each
/// base from 2 in 10,000 at five, and a step of two units is a tenth as frequent as one of one.
fn prior_rate(class: RepeatClass) -> f64 {
    if class.unit == 0 {
        return 3e-6;
    }
    let bases = f64::from(class.copies) * f64::from(class.unit);
    let one = (1e-4 * 1.7_f64.powf(bases / f64::from(class.unit).sqrt() - 5.0)).clamp(5e-6, 0.1);
    let fewer = i32::try_from(class.units.abs() - 1).unwrap_or(0);
    (one * 0.1_f64.powi(fewer)).max(LOWEST_RATE)
}

/// How often runs lose and gain units in this sample.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SlippageModel {
    rates: BTreeMap<RepeatClass, f64>,
}

impl SlippageModel {
    /// Returns the rate of errors per fragment of a class.
    pub fn rate(&self, class: RepeatClass) -> f64 {
        self.rates
            .get(&class)
            .copied()
            .unwrap_or_else(|| prior_rate(class))
            .max(LOWEST_RATE)
    }

    /// Returns the chance that errors alone show `count` or more of `depth` fragments.
    pub fn chance(&self, class: RepeatClass, count: u32, depth: u32) -> f64 {
        tail::chance_of_at_least(count, self.rate(class) * f64::from(depth), DISPERSION)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learned(runs: &[(u32, u32)]) -> f64 {
        let mut counts = SlippageCounts::default();
        for (exposed, errors) in runs {
            counts.add_run(1, 8, *exposed, &BTreeMap::from([(1, *errors)]));
        }
        let class = RepeatClass {
            unit: 1,
            copies: 8,
            units: 1,
        };
        counts.learn().rate(class)
    }

    /// ASXL1 c.1934dup at 13 % on a panel that has no other run of eight: it was taken for slippage of its own run.
    #[test]
    fn a_variant_in_the_only_run_of_its_length_is_no_slippage() {
        let rate = learned(&[(450, 60)]);
        assert!(rate < 0.002, "{rate}");
    }

    #[test]
    fn slippage_of_many_runs_is_learned() {
        let rate = learned(&[(1000, 31); 12]);
        assert!((rate - 0.031).abs() < 0.003, "{rate}");
    }

    #[test]
    fn one_variant_among_runs_does_not_raise_their_rate() {
        let mut runs = vec![(1000, 2); 12];
        runs.push((1000, 150));
        assert!(learned(&runs) < 0.004);
    }

    #[test]
    fn recognizes_runs_and_repeats() {
        // AAAAAC, ACACACAC, ACG
        assert_eq!(repeat_at(&[1, 1, 1, 1, 1, 2], 0), Some((1, 5)));
        assert_eq!(repeat_at(&[1, 2, 1, 2, 1, 2, 1, 2], 0), Some((2, 4)));
        assert_eq!(repeat_at(&[1, 2, 4], 0), None);
    }
}
