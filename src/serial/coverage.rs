//! Do the 95 % intervals of growth hold the truth in 95 % of clones? Simulated trajectories, the same each time.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers of visits and depths at random, small and not negative"
)]

use rayon::prelude::*;

use super::dispersion;
use super::growth::{Fit, LOSS_95, Noise};
use super::likelihood::{Concentration, Curve, Sight, Sights, logit};
use crate::evidence::random::Random;

/// Fragments of a call, as in the panels.
const LEAST: u32 = 3;

impl Random {
    /// Marsaglia and Tsang (ACM Trans Math Softw 2000;26:363).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * (1.0 - self.share()).powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && (1.0 - self.share()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    fn drawn(&mut self, depth: u32, vaf: f64, concentration: Concentration) -> u32 {
        let vaf = concentration.map_or(vaf, |both| {
            let (a, b) = (self.gamma(vaf * both), self.gamma((1.0 - vaf) * both));
            a / (a + b)
        });
        self.count(depth, vaf)
    }

    /// A clone of 3 to 8 visits over 1 to 8 years, depth 300 to 5,000, growth −30 to +80 % a year, with its curve; at least one visit sees it.
    fn clone(&mut self, first_vaf: [f64; 2], concentration: Concentration) -> (Sights, Curve) {
        loop {
            let visits = 3 + (self.share() * 6.0) as usize;
            let span = self.between(1.0, 8.0);
            let mut times: Vec<f64> = (0..visits).map(|_| self.between(0.0, span)).collect();
            times.sort_by(f64::total_cmp);
            (times[0], times[visits - 1]) = (0.0, span);
            let rate = self.between(-0.3, 0.8).ln_1p();
            let depth = self.scaled(300.0, 5000.0);
            let level = logit(self.scaled(first_vaf[0], first_vaf[1]) / 0.5);
            let curve = Curve {
                level,
                rate,
                ceiling: 0.5,
            };
            let at = |time: f64| {
                let depth = (depth * self.between(0.7, 1.3)) as u32;
                match self.drawn(depth, curve.vaf(time), concentration) {
                    alt if alt < LEAST => (time, Sight::Fewer { least: LEAST, depth }),
                    alt => (time, Sight::Counted { alt, depth }),
                }
            };
            let of: Vec<(f64, Sight)> = times.into_iter().map(at).collect();
            let counted = of
                .iter()
                .filter(|(_, sight)| matches!(sight, Sight::Counted { .. }))
                .count();
            if counted > 0 {
                return (Sights { of, ceiling: 0.5 }, curve);
            }
        }
    }
}

/// What the intervals of many clones come to.
#[derive(Debug, Default)]
struct Tally {
    clones: f64,
    inside: f64,
    /// Estimates above the truth.
    above: f64,
    bounded: f64,
}

impl Tally {
    fn add(&mut self, sights: &Sights, rate: f64, noise: Noise) {
        let estimate = Fit::new(sights, noise).unwrap().rate();
        let reaches =
            estimate.low.is_none_or(|low| low <= rate) && estimate.high.is_none_or(|high| rate <= high);
        self.clones += 1.0;
        self.inside += f64::from(u8::from(reaches));
        self.above += f64::from(u8::from(estimate.value > rate));
        self.bounded += f64::from(u8::from(
            sights.of.iter().any(|(_, s)| matches!(s, Sight::Fewer { .. })),
        ));
    }

    fn coverage(&self) -> f64 {
        self.inside / self.clones
    }
}

const SIZES: [f64; 2] = [0.002, 0.25];

fn known(concentration: Concentration) -> Noise {
    Noise {
        concentration,
        loss: LOSS_95,
    }
}

#[test]
fn intervals_hold_the_truth_in_95_of_100_clones() {
    for (concentration, clones, seed) in [(None, 3000, 1), (Some(500.0), 2000, 2)] {
        let (mut random, mut tally) = (Random(seed), Tally::default());
        for _ in 0..clones {
            let (sights, curve) = random.clone(SIZES, concentration);
            tally.add(&sights, curve.rate, known(concentration));
        }
        assert!(
            (tally.coverage() - 0.95).abs() < 0.015,
            "{concentration:?}: {tally:?}"
        );
        assert!(
            (tally.above / tally.clones - 0.5).abs() < 0.03,
            "{concentration:?}: {tally:?}"
        );
        assert!(tally.bounded > 0.1 * tally.clones, "{tally:?}");
    }
}

/// The first visit is nearly certain to be below detection by the truth, whatever is drawn: so it is no choice of what came out low.
#[test]
fn first_visits_below_detection_do_not_bend_the_growth() {
    let (mut random, mut tally) = (Random(3), Tally::default());
    while tally.clones < 2000.0 {
        let (sights, curve) = random.clone([0.0001, 0.002], None);
        let (Sight::Counted { depth, .. } | Sight::Fewer { depth, .. }) = sights.of[0].1;
        let below = Sight::Fewer { least: LEAST, depth };
        let counted = sights
            .of
            .iter()
            .filter(|(_, s)| matches!(s, Sight::Counted { .. }))
            .count();
        if counted >= 2 && below.log_probability(curve.vaf(0.0), None) > 0.9_f64.ln() {
            tally.add(&sights, curve.rate, Noise::BINOMIAL);
        }
    }
    assert!((tally.coverage() - 0.95).abs() < 0.02, "{tally:?}");
    assert!((tally.above / tally.clones - 0.5).abs() < 0.03, "{tally:?}");
}

/// Where the spread is taken from the data, of one clone or of three, and whether there is any.
#[test]
fn spread_that_few_counts_tell_is_believed_as_far_as_they_tell_it() {
    for (of, concentration) in [
        (1, None),
        (1, Some(1000.0)),
        (1, Some(300.0)),
        (3, None),
        (3, Some(300.0)),
    ] {
        let (mut random, mut tally) = (Random(4), Tally::default());
        for _ in 0..1500 / of {
            let clones: Vec<(Sights, Curve)> = (0..of).map(|_| random.clone(SIZES, concentration)).collect();
            let sights: Vec<Sights> = clones.iter().map(|(sights, _)| sights.clone()).collect();
            let noise = dispersion::estimate(&sights).noise;
            for (sights, curve) in &clones {
                tally.add(sights, curve.rate, noise);
            }
        }
        // A standard error of 0.6 % is left.
        assert!(
            (0.925..=0.975).contains(&tally.coverage()),
            "{of} {concentration:?}: {tally:?}"
        );
    }
}

/// Clones of a row of the table in docs/serial.md: a standard error of the coverage of 0.2 %.
const OF_A_ROW: usize = 10_000;

/// How often the intervals of simulated people hold the truth, and of clones that two visits alone counted; `of` clones a person, `given` where the
/// spread is known.
fn row(of: usize, concentration: Concentration, given: Option<Noise>, seed: u64) -> (Tally, Tally) {
    let (mut all, mut twice) = (Tally::default(), Tally::default());
    let mut random = Random(seed);
    for _ in 0..OF_A_ROW / of {
        let clones: Vec<(Sights, Curve)> = (0..of).map(|_| random.clone(SIZES, concentration)).collect();
        let sights: Vec<Sights> = clones.iter().map(|(sights, _)| sights.clone()).collect();
        let noise = given.unwrap_or_else(|| dispersion::estimate(&sights).noise);
        for (sights, curve) in &clones {
            all.add(sights, curve.rate, noise);
            let counted = sights
                .of
                .iter()
                .filter(|(_, s)| matches!(s, Sight::Counted { .. }));
            if counted.count() == 2 {
                twice.add(sights, curve.rate, noise);
            }
        }
    }
    (all, twice)
}

/// `cargo test --release --lib serial::coverage -- --ignored --nocapture`
#[test]
#[ignore = "prints the table of docs/serial.md; minutes"]
#[allow(clippy::print_stdout, reason = "this is what it is for")]
fn the_table_of_the_book() {
    let rows = [
        (1, None, Some(known(None))),
        (1, Some(1000.0), Some(known(Some(1000.0)))),
        (1, Some(500.0), Some(known(Some(500.0)))),
        (1, None, None),
        (3, None, None),
        (1, Some(1000.0), None),
        (3, Some(1000.0), None),
        (1, Some(300.0), None),
        (3, Some(300.0), None),
        (1, Some(500.0), Some(known(None))),
    ];
    println!(
        "clones a person, concentration, fitted with, holds the truth, above it; of those that two visits counted"
    );
    let rows: Vec<(usize, Concentration, Option<Noise>)> = rows.into();
    let lines = rows.into_par_iter().map(|(of, concentration, given)| {
        let (all, twice) = row(of, concentration, given, 5);
        let fitted = given.map_or("the data".to_owned(), |noise| {
            format!("{:?}", noise.concentration)
        });
        format!(
            "{of}\t{concentration:?}\t{fitted}\t{:.2} %\t{:.1} %\t{:.2} % of {}",
            100.0 * all.coverage(),
            100.0 * all.above / all.clones,
            100.0 * twice.coverage(),
            twice.clones,
        )
    });
    lines
        .collect::<Vec<_>>()
        .iter()
        .for_each(|line| println!("{line}"));
}
