//! How often runs gain and lose units in this sample, and what a site's own allele comes to against that.
//!
//! A site is judged by what the *other* runs show. A variant that counted as slippage of its own run would hide itself: where a
//! panel has one run of eight (ASXL1 c.1934), all that is known of runs of eight would be the patient's variant.

use std::collections::BTreeMap;

use super::repeats::RepeatClass;
use super::slippage_counts::{
    DISPERSION, LARGEST_SLIPPAGE, LEARNED_UNITS, Run, Seen, SlippageCounts, fits, outside,
};
use super::slippage_curve::{Curve, LOWEST_RATE, PRIOR_ERRORS, Point, prior_rate};
use super::tail;

/// Share of the slips of so many units that go one unit farther, beyond the steps that are learned.
const ONE_FARTHER: f64 = 0.3;
/// Times the prior rate that no chemistry reaches: 2 % for a run of eight, the worst seen in amplicons of ASXL1.
const FAR_ABOVE_PRIOR: f64 = 40.0;
/// Rounds of fitting and of leaving out what does not fit.
const ROUNDS: usize = 4;
/// Share of the fragments of a class below which a site without errors changes nothing where it is left out.
const SLIGHT: f64 = 0.1;
/// Steps by which a run shows how much it slips, and by how much at the most that raises what is expected of it.
const NEAR_STEPS: i64 = 2;
const MOST_FACTOR: f64 = 8.0;

impl SlippageCounts {
    /// Learns the rates: of each kind of step a curve over the copies, then each class, shrunk towards it.
    pub(crate) fn learn(mut self) -> SlippageModel {
        let mut kinds: BTreeMap<(u8, i64), Vec<RepeatClass>> = BTreeMap::new();
        for class in self.classes.keys() {
            kinds.entry((class.unit, class.units)).or_default().push(*class);
        }
        self.sort();
        let kinds = kinds
            .into_iter()
            .map(|(kind, classes)| (kind, self.learn_kind(&classes)))
            .collect();
        SlippageModel { kinds, counts: self }
    }

    fn learn_kind(&self, classes: &[RepeatClass]) -> Kind {
        let mut kind = Kind::default();
        for round in 0..ROUNDS {
            let points: Vec<Point> = classes
                .iter()
                .enumerate()
                .map(|(i, class)| {
                    // At first the prior alone can tell that a site holds a variant: a small panel may have one such run.
                    let rate = if round == 0 {
                        FAR_ABOVE_PRIOR * prior_rate(*class)
                    } else {
                        kind.rates[i]
                    };
                    let counts = &self.classes[class];
                    let (exposed, errors) = counts.fitting((class.unit > 0).then_some(rate));
                    Point {
                        class: *class,
                        exposed,
                        errors,
                    }
                })
                .collect();
            let curve = Curve::fit(&points);
            // The last round's rates told which sites fit: they are kept for it.
            kind.limits = std::mem::take(&mut kind.rates);
            kind.rates = points.iter().map(|p| p.shrunk(curve)).collect();
            kind.curve = Some(curve);
            kind.points = points;
        }
        kind
    }
}

/// What was learned of one kind of step: unit and units gained or lost.
#[derive(Clone, Debug, Default, PartialEq)]
struct Kind {
    /// What fits, by class.
    points: Vec<Point>,
    /// Rates by class.
    rates: Vec<f64>,
    /// Rates by class that decided which sites fit.
    limits: Vec<f64>,
    curve: Option<Curve>,
}

/// A rate and the errors behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rate {
    rate: f64,
    errors: f64,
}

impl Rate {
    /// Returns what is supposed of a class of which nothing is known.
    fn supposed(class: RepeatClass) -> Self {
        Self {
            rate: prior_rate(class),
            errors: 0.0,
        }
    }

    /// Returns the squared coefficient of variation of the rates of runs as far as is known of their class: of runs around their
    /// class, and of what is known of the class.
    fn dispersion(self) -> f64 {
        DISPERSION + 1.0 / (self.errors + PRIOR_ERRORS)
    }
}

impl Kind {
    fn place(&self, class: RepeatClass) -> Result<usize, usize> {
        self.points.binary_search_by_key(&class, |p| p.class)
    }

    /// Returns the rate of a class, with what one run added to it taken out.
    fn without(&self, class: RepeatClass, own: Option<Seen>) -> Rate {
        let Some(curve) = self.curve else {
            return Rate::supposed(class);
        };
        let Ok(index) = self.place(class) else {
            // No run of so many copies: the curve knows.
            let point = Point {
                class,
                exposed: 0.0,
                errors: 0.0,
            };
            return Rate {
                rate: point.shrunk(curve),
                errors: 0.0,
            };
        };
        let (exposed, errors) = match own {
            Some(own) if own.errors == 0 || fits(own.exposed, own.errors, self.limits[index]) => {
                (own.exposed, own.errors)
            }
            // It was left out as a variant, or never counted.
            _ => (0, 0),
        };
        let mut point = self.points[index];
        let is_slight = errors == 0 && f64::from(exposed) < SLIGHT * point.exposed;
        point.exposed = (point.exposed - f64::from(exposed)).max(0.0);
        point.errors = (point.errors - f64::from(errors)).max(0.0);
        let curve = if is_slight {
            curve
        } else {
            let mut points = self.points.clone();
            points[index] = point;
            Curve::fit(&points)
        };
        Rate {
            rate: point.shrunk(curve),
            errors: point.errors,
        }
    }
}

/// An allele of a run with the fragments that show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunAllele {
    /// Units more than the reference has.
    pub units: i64,
    /// Fragments.
    pub count: u32,
}

/// How many errors are expected of an allele, and how much that varies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// Fragments.
    pub mean: f64,
    /// Squared coefficient of variation.
    pub dispersion: f64,
}

impl Expected {
    /// Returns the chance of `count` errors or more.
    pub fn chance(self, count: u32) -> f64 {
        tail::chance_of_at_least(count, self.mean, self.dispersion)
    }
}

/// How often runs lose and gain units in this sample.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SlippageModel {
    kinds: BTreeMap<(u8, i64), Kind>,
    counts: SlippageCounts,
}

impl SlippageModel {
    /// Returns what errors make of an indel outside of repeats.
    pub fn outside(&self, units: i64, depth: u32) -> Expected {
        let class = outside(units.signum());
        let learned = self.kinds.get(&(0, class.units)).and_then(|k| k.rates.first());
        let rate = learned.copied().unwrap_or_else(|| prior_rate(class));
        Expected {
            mean: rate.max(LOWEST_RATE) * f64::from(depth),
            dispersion: DISPERSION,
        }
    }

    /// Returns what slippage makes of an allele that has so many units more than the reference.
    ///
    /// It slips from the reference and from every allele of the site; `alleles` are all that the site shows, the reference (0 units)
    /// with them, and the allele itself where it is known. Rates are those of the other runs. Where this run shows more of the other
    /// steps than they let expect, more is expected of this one too.
    pub fn of_run(&self, run: &Run, units: i64, alleles: &[RunAllele]) -> Expected {
        let depth: u32 = alleles.iter().map(|a| a.count).sum();
        let own = alleles.iter().find(|a| a.units == units).map_or(0, |a| a.count);
        let from = |a: &&RunAllele| a.units != units && a.count > own;
        let (mut mean, mut rate) = (
            0.0,
            Rate {
                rate: 0.0,
                errors: 0.0,
            },
        );
        let mut most = 0.0;
        // The reference counts whatever is left of it: of a heterozygous variant half, of a homozygous one nothing.
        let sources = alleles.iter().filter(from);
        for allele in sources {
            let step = self.step(run, allele.units, units - allele.units);
            let errors = step.rate * f64::from(allele.count);
            mean += errors;
            if errors > most {
                (most, rate) = (errors, step);
            }
        }
        Expected {
            mean: (mean * self.factor(run, units, alleles, depth)).max(LOWEST_RATE * f64::from(depth)),
            dispersion: rate.dispersion(),
        }
    }

    /// Returns the rate of a step from an allele of a run, as the other runs show it.
    fn step(&self, run: &Run, gained: i64, units: i64) -> Rate {
        let learned = units.clamp(-LEARNED_UNITS, LEARNED_UNITS);
        let class = run.slipping_from(gained, learned);
        // An allele's own class is that of the reference's copies only.
        let own = (gained == 0).then(|| self.counts.added(class, run)).flatten();
        let mut rate = match self.kinds.get(&(class.unit, class.units)) {
            Some(kind) => kind.without(class, own),
            None => Rate::supposed(class),
        };
        let farther = i32::try_from(units.abs() - learned.abs()).unwrap_or(i32::MAX);
        rate.rate = (rate.rate * ONE_FARTHER.powi(farther)).max(LOWEST_RATE);
        rate
    }

    /// Returns by how much this run slips more than others, as its other steps show; at least 1.
    ///
    /// Rates of runs are Gamma-distributed around that of their class: so many errors where so many were expected give the mean of
    /// the rate's distribution.
    fn factor(&self, run: &Run, units: i64, alleles: &[RunAllele], depth: u32) -> f64 {
        let (mut expected, mut seen) = (0.0, 0.0);
        for other in (-NEAR_STEPS..=NEAR_STEPS).filter(|o| *o != 0 && *o != units) {
            let Some(counts) = self.counts.classes.get(&run.class(other)) else {
                continue;
            };
            let found = counts.of(run);
            let is_germline =
                |a: &RunAllele| a.units == other && f64::from(a.count) > LARGEST_SLIPPAGE * f64::from(depth);
            if alleles.iter().any(is_germline) {
                continue;
            }
            let errors = found.map_or(0, |s| s.errors);
            let sources = alleles.iter().filter(|a| a.units != other && a.count > errors);
            expected += sources
                .map(|a| self.step(run, a.units, other - a.units).rate * f64::from(a.count))
                .sum::<f64>();
            seen += f64::from(errors);
        }
        ((seen + 1.0 / DISPERSION) / (expected + 1.0 / DISPERSION)).clamp(1.0, MOST_FACTOR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alignments::dice::Dice;

    fn run(start: u32, copies: u32) -> Run {
        Run {
            contig: 0,
            start,
            unit: 1,
            copies,
        }
    }

    /// Fragments over each run of the tests.
    const DEPTH: u32 = 750;
    /// Where the runs stand that are judged.
    const OWN: u32 = 1_000_000;
    const OTHER: u32 = 1_000_100;

    /// A panel of runs of four to eight without errors, and one more of eight that shows units gained by so many fragments.
    fn panel(changes: &[(i64, u32)]) -> SlippageCounts {
        let mut counts = SlippageCounts::default();
        let mut start = 0;
        for (copies, runs) in [(4, 200), (5, 60), (6, 20), (7, 6)] {
            for _ in 0..runs {
                counts.add_run(run(start, copies), DEPTH, &BTreeMap::new());
                start += 100;
            }
        }
        counts.add_run(run(OWN, 8), DEPTH, &changes.iter().copied().collect());
        counts
    }

    fn alleles(changes: &[(i64, u32)]) -> Vec<RunAllele> {
        let seen: u32 = changes.iter().map(|c| c.1).sum();
        let others = changes.iter().map(|(units, count)| RunAllele {
            units: *units,
            count: *count,
        });
        let reference = RunAllele {
            units: 0,
            count: DEPTH - seen,
        };
        std::iter::once(reference).chain(others).collect()
    }

    /// The chance that errors alone make one allele of the panel's run of eight.
    fn chance(changes: &[(i64, u32)], units: i64) -> f64 {
        let model = panel(changes).learn();
        let seen = changes.iter().find(|c| c.0 == units).unwrap().1;
        model.of_run(&run(OWN, 8), units, &alleles(changes)).chance(seen)
    }

    /// ASXL1 c.1934dup, on panels that have no other run of eight: below 12.8 % it was taken for slippage of its own run.
    #[test]
    fn a_variant_in_the_only_run_of_its_length_is_no_slippage() {
        for percent in [2.0, 4.0, 8.0, 10.0, 12.0, 20.0, 45.0] {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
            let count = (percent / 100.0 * f64::from(DEPTH)).round() as u32;
            let chance = chance(&[(1, count)], 1);
            assert!(chance < 1e-6, "{percent} %: {chance}");
        }
    }

    /// What could be seen of a hotspot is the same number whether it is there or not.
    #[test]
    fn what_is_expected_of_a_run_does_not_depend_on_its_own_allele() {
        let reference = [RunAllele {
            units: 0,
            count: DEPTH,
        }];
        let expected = |changes: &[(i64, u32)]| panel(changes).learn().of_run(&run(OWN, 8), 1, &reference);
        let absent = expected(&[]);
        for count in [1, 3, 10, 30, 60, 90, 150, 400] {
            let present = expected(&[(1, count)]);
            let ratio = present.mean / absent.mean;
            assert!((ratio - 1.0).abs() < 0.02, "{count}: {ratio}");
            assert!((present.dispersion - absent.dispersion).abs() < 1e-9);
        }
    }

    /// More fragments span a run than can be told there. What is left of its class without it must not hang on whether it showed an error:
    /// at 3,000 fragments the limit of ASXL1 c.1934dup was 1.05 % without it, and 1.36 % with it.
    #[test]
    fn a_run_without_errors_is_taken_out_to_the_last_fragment() {
        let expected = |errors: u32| {
            let mut counts = panel(&[(1, errors)]);
            counts.add_run(run(OTHER, 8), 12, &BTreeMap::new());
            let told = [RunAllele {
                units: 0,
                count: DEPTH * 2 / 3,
            }];
            counts.learn().of_run(&run(OWN, 8), 1, &told).mean
        };
        let (absent, present) = (expected(0), expected(30));
        assert!((present / absent - 1.0).abs() < 1e-9, "{absent} {present}");
    }

    #[test]
    fn slippage_of_many_runs_is_learned() {
        let mut counts = SlippageCounts::default();
        for i in 0..12 {
            counts.add_run(run(i * 100, 8), 1000, &BTreeMap::from([(1, 31)]));
        }
        let model = counts.learn();
        let reference = [RunAllele {
            units: 0,
            count: 1000,
        }];
        for start in [300, OTHER] {
            let rate = model.of_run(&run(start, 8), 1, &reference).mean / 1000.0;
            assert!((rate - 0.031).abs() < 0.004, "{rate}");
        }
    }

    #[test]
    fn one_variant_among_runs_does_not_raise_their_rate() {
        let mut counts = SlippageCounts::default();
        for i in 0..12 {
            counts.add_run(run(i * 100, 8), 1000, &BTreeMap::from([(1, 2)]));
        }
        counts.add_run(run(OWN, 8), 1000, &BTreeMap::from([(1, 150)]));
        let reference = [RunAllele {
            units: 0,
            count: 1000,
        }];
        let rate = counts.learn().of_run(&run(OTHER, 8), 1, &reference).mean / 1000.0;
        assert!(rate < 0.004, "{rate}");
    }

    /// Three bases gained in a run of C, eleven lost of a run of A, nine units gained in a dinucleotide repeat: steps of three
    /// units and more were one class, learned from these variants alone.
    #[test]
    fn a_large_step_is_no_slippage_of_its_own_repeat() {
        for (unit, copies, units, count) in [(1, 7, 3, 38), (1, 14, -11, 8), (2, 14, 9, 75)] {
            let own = Run {
                unit,
                copies,
                ..run(OWN, 0)
            };
            let mut counts = panel(&[]);
            counts.add_run(own, DEPTH, &BTreeMap::from([(units, count)]));
            let shown = alleles(&[(units, count)]);
            let chance = counts.learn().of_run(&own, units, &shown).chance(count);
            assert!(chance < 1e-6, "{unit} {copies} {units}: {chance}");
        }
    }

    /// Half of the molecules have gained three units: those among them that lose one look like a gain of two.
    #[test]
    fn an_inherited_allele_slips_as_the_reference_does() {
        let own = Run {
            unit: 2,
            copies: 14,
            ..run(OWN, 0)
        };
        let changes = [(3, 360), (2, 12), (-1, 11)];
        let mut counts = panel(&[]);
        for i in 0..4 {
            let other = Run {
                start: OTHER + i * 100,
                ..own
            };
            counts.add_run(other, DEPTH, &BTreeMap::from([(-1, 23), (1, 12)]));
        }
        counts.add_run(own, DEPTH, &changes.into_iter().collect());
        let model = counts.learn();
        for (units, count) in [(2, 12), (-1, 11)] {
            let chance = model.of_run(&own, units, &alleles(&changes)).chance(count);
            assert!(chance > 1e-4, "{units}: {chance}");
        }
        let inherited = model.of_run(&own, 3, &alleles(&changes)).chance(360);
        assert!(inherited < 1e-6);
    }

    /// Panels without variants, of chemistries that slip as published and up to twenty times as much: 1,000 of each. The chance is that of
    /// the default quality of an indel: 55 at odds of 0.316.
    #[test]
    fn slippage_alone_is_never_called() {
        let mut dice = Dice(20_261_129);
        for (scale, growth) in [(0.3, 1.7), (1.0, 1.8), (1.0, 2.1), (4.0, 1.8), (20.0, 1.7)] {
            let mut called = 0;
            for _ in 0..1000 {
                let mut counts = SlippageCounts::default();
                let mut own = BTreeMap::new();
                for (i, copies) in [4_u32, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 6, 6, 7, 8]
                    .into_iter()
                    .enumerate()
                {
                    // Sixteen runs of each, but one of eight.
                    let runs = if copies == 8 { 1 } else { 16 };
                    let factor = dice.factor();
                    let rate = scale * 1e-4 * f64::powi(growth, i32::try_from(copies).unwrap() - 5) * factor;
                    let mut changes = BTreeMap::new();
                    for (units, share) in [(-1, 0.6), (1, 0.4), (-2, 0.06), (2, 0.04)] {
                        changes.insert(units, dice.poisson(rate * share * f64::from(runs * DEPTH)));
                    }
                    let start = u32::try_from(i).unwrap() * 100;
                    if copies == 8 {
                        own.clone_from(&changes);
                        counts.add_run(run(OWN, 8), DEPTH, &changes);
                    } else {
                        counts.add_run(run(start, copies), runs * DEPTH, &changes);
                    }
                }
                let model = counts.learn();
                let shown: Vec<(i64, u32)> = own.into_iter().filter(|c| c.1 > 0).collect();
                for (units, count) in &shown {
                    let expected = model.of_run(&run(OWN, 8), *units, &alleles(&shown));
                    called += u32::from(expected.chance(*count) < 1e-6);
                }
            }
            assert_eq!(called, 0, "{scale} {growth}");
        }
    }
}
