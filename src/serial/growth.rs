//! The growth of a clone: the likeliest logistic curve, and intervals by profile likelihood.

use super::likelihood::{Concentration, Curve, Sight, Sights, logit, sigmoid};
use super::search::{crossing, maximum};

/// Half of the 95 % point of chi-squared with one degree of freedom: what the logarithm of the likelihood may lose at the ends of a 95 % interval.
pub(super) const LOSS_95: f64 = 1.920_729_410_347_062;

/// Logits between which levels are looked for: shares from 1e-26 to all but 1e-26.
const LEVELS: [f64; 2] = [-60.0, 60.0];

/// Logit beyond which a share is nothing, or all.
const MOST_LOGIT: f64 = 30.0;

/// Steps of the first look over rates.
const FIRST_LOOK: i32 = 24;

/// Largest rate that is looked at, per year, where visits lie years apart; more where they lie closer.
const MOST_RATE: f64 = 10.0;

/// Change of the logit over all visits beyond which every count is 0 or all.
const MOST_CHANGE: f64 = 40.0;

const TOLERANCE: f64 = 1e-7;

/// Years ahead beyond which no time is given.
pub(super) const HORIZON_YEARS: f64 = 50.0;

/// What the counts of a person vary by, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Noise {
    /// Spread beyond that of drawing reads.
    pub concentration: Concentration,
    /// What the logarithm of the likelihood may lose at the ends of an interval.
    pub loss: f64,
}

impl Noise {
    /// Drawing reads, and nothing else.
    pub(super) const BINOMIAL: Self = Self {
        concentration: None,
        loss: LOSS_95,
    };
}

/// An estimate with its 95 % interval; an end that the data do not give is `None`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Estimate {
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// The fit of one clone.
#[derive(Clone, Debug)]
pub(super) struct Fit<'a> {
    sights: &'a Sights,
    noise: Noise,
    /// Largest rate that is looked at, per year.
    most: f64,
    /// Level and rate of the likeliest curve.
    pub level: f64,
    pub rate: f64,
    pub log_likelihood: f64,
}

impl<'a> Fit<'a> {
    /// Finds the likeliest curve; `None` where fewer than two visits speak, or none counted it: then there is nothing to fit.
    pub(super) fn new(sights: &'a Sights, noise: Noise) -> Option<Self> {
        let (first, last) = (sights.of.first()?.0, sights.of.last()?.0);
        let counted = |(_, sight): &(f64, Sight)| matches!(sight, Sight::Counted { alt: 1.., .. });
        if last <= first || !sights.of.iter().any(counted) {
            return None;
        }
        let mut fit = Self {
            sights,
            noise,
            most: (MOST_CHANGE / (last - first)).max(MOST_RATE),
            level: 0.0,
            rate: 0.0,
            log_likelihood: f64::NEG_INFINITY,
        };
        fit.climb();
        Some(fit)
    }

    /// Returns the rates of a first look: finely near zero, where most clones are.
    fn looks(&self) -> Vec<f64> {
        let rate = |step: i32| {
            let share = f64::from(step) / f64::from(FIRST_LOOK);
            self.most * share.powi(3)
        };
        (-FIRST_LOOK..=FIRST_LOOK).map(rate).collect()
    }

    /// Returns the rate at which a function is largest, and its value there.
    fn best_rate(&self, function: impl Fn(f64) -> f64) -> (f64, f64) {
        let looks = self.looks();
        let values: Vec<f64> = looks.iter().map(|rate| function(*rate)).collect();
        let best = (0..looks.len())
            .max_by(|a, b| values[*a].total_cmp(&values[*b]))
            .unwrap_or(0);
        let ends = [
            looks[best.saturating_sub(1)],
            looks[(best + 1).min(looks.len() - 1)],
        ];
        maximum(function, ends, TOLERANCE)
    }

    fn climb(&mut self) {
        let (rate, log_likelihood) = self.best_rate(|rate| self.at_rate(rate).1);
        self.level = self.at_rate(rate).0;
        self.rate = rate;
        self.log_likelihood = log_likelihood;
    }

    /// Returns the likeliest level at a rate, and the logarithm of its likelihood.
    fn at_rate(&self, rate: f64) -> (f64, f64) {
        let middle = self.middle();
        let likelihood = |level: f64| {
            self.sights
                .log_likelihood(level - rate * middle, rate, self.noise.concentration)
        };
        let (level, value) = maximum(likelihood, LEVELS, TOLERANCE);
        (level - rate * middle, value)
    }

    /// Returns the middle of the visits that counted the clone: there its level depends least on the rate.
    fn middle(&self) -> f64 {
        let counted = |(time, sight): &(f64, Sight)| matches!(sight, Sight::Counted { .. }).then_some(*time);
        let times: Vec<f64> = self.sights.of.iter().filter_map(counted).collect();
        times.iter().sum::<f64>() / times.len().max(1) as f64
    }

    /// Returns the likeliest curve.
    pub(super) const fn curve(&self) -> Curve {
        Curve {
            level: self.level,
            rate: self.rate,
            ceiling: self.sights.ceiling,
        }
    }

    /// Returns how far above the bound of the interval a logarithm of a likelihood lies.
    fn above(&self, log_likelihood: f64) -> f64 {
        log_likelihood - self.log_likelihood + self.noise.loss
    }

    /// Returns the rate per year, on the scale of the logit, with its interval.
    pub(super) fn rate(&self) -> Estimate {
        let above = |rate: f64| self.above(self.at_rate(rate).1);
        Estimate {
            value: self.rate,
            low: crossing(above, self.rate, -self.most, TOLERANCE),
            high: crossing(above, self.rate, self.most, TOLERANCE),
        }
    }

    /// Returns how far above the bound of the interval the likeliest curve through a VAF at a time lies.
    fn through(&self, time: f64, vaf: f64) -> f64 {
        let wanted = logit(vaf / self.sights.ceiling);
        let likelihood = |rate: f64| {
            self.sights
                .log_likelihood(wanted - rate * time, rate, self.noise.concentration)
        };
        self.above(self.best_rate(likelihood).1)
    }

    /// Returns the VAF of the curve at a time with its interval; an end at nothing or at all cells is `None`.
    pub(super) fn vaf_at(&self, time: f64) -> Estimate {
        let share = |logit: f64| self.sights.ceiling * sigmoid(logit);
        let best = (self.level + self.rate * time).clamp(-MOST_LOGIT + 1.0, MOST_LOGIT - 1.0);
        let above = |logit: f64| self.through(time, share(logit));
        Estimate {
            value: share(self.level + self.rate * time),
            low: crossing(above, best, -MOST_LOGIT, 1e-6).map(share),
            high: crossing(above, best, MOST_LOGIT, 1e-6).map(share),
        }
    }

    /// Returns when the curve reaches a VAF, in years from `now` on; `None` where it is there already or cannot get there.
    ///
    /// The interval holds the times at which the likeliest curve through that VAF is not much less likely than the likeliest of all. An end
    /// beyond [`HORIZON_YEARS`] is `None`.
    pub(super) fn reaches(&self, vaf: f64, now: f64) -> Option<Arrival> {
        if vaf >= self.sights.ceiling || self.curve().vaf(now) >= vaf {
            return None;
        }
        let end = now + HORIZON_YEARS;
        let above = |time: f64| self.through(time, vaf);
        let best = (logit(vaf / self.sights.ceiling) - self.level) / self.rate;
        let expected = (self.rate > 0.0 && best <= end).then_some(best);
        // Without a time of its own, the likeliest within the horizon stands for it.
        let inside = expected.or_else(|| Some(end).filter(|end| above(*end) > 0.0));
        let earliest = inside.map(|inside| crossing(above, inside, now, 1e-4).unwrap_or(now));
        let latest = expected.and_then(|inside| crossing(above, inside, end, 1e-4));
        Some(Arrival {
            expected: expected.map(|time| time - now),
            earliest: earliest.map(|time| time - now),
            latest: latest.map(|time| time - now),
        })
    }
}

/// When a clone reaches a VAF, in years from now on; `None` beyond the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Arrival {
    pub expected: Option<f64>,
    pub earliest: Option<f64>,
    pub latest: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn counted(alt: u32, depth: u32) -> Sight {
        Sight::Counted { alt, depth }
    }

    const fn fewer(depth: u32) -> Sight {
        Sight::Fewer { least: 3, depth }
    }

    const STEADY: &[(f64, Sight)] = &[
        (0.0, counted(20, 1000)),
        (1.0, counted(31, 1200)),
        (2.5, counted(52, 1100)),
        (4.0, counted(90, 1300)),
    ];
    const BOUNDED: &[(f64, Sight)] = &[
        (0.0, fewer(800)),
        (1.2, counted(9, 900)),
        (2.0, counted(25, 1000)),
        (3.1, counted(60, 1000)),
    ];
    const SHRINKING: &[(f64, Sight)] = &[
        (0.0, counted(300, 1000)),
        (0.5, counted(90, 1000)),
        (1.0, counted(12, 1500)),
    ];
    const LARGE: &[(f64, Sight)] = &[
        (0.0, counted(380, 1000)),
        (2.0, counted(440, 1000)),
        (4.0, counted(480, 1000)),
    ];

    fn sights(of: &[(f64, Sight)], ceiling: f64) -> Sights {
        Sights {
            of: of.to_vec(),
            ceiling,
        }
    }

    fn noise(concentration: Concentration) -> Noise {
        Noise {
            concentration,
            loss: LOSS_95,
        }
    }

    fn assert_near(actual: [Option<f64>; 3], expected: [f64; 3], tolerance: f64) {
        for (actual, expected) in actual.into_iter().zip(expected) {
            let near = actual.is_some_and(|actual| (actual - expected).abs() < tolerance);
            assert!(near, "{actual:?} {expected}");
        }
    }

    /// The figures of benches/serial/growth_scipy.py (scipy 1.17).
    #[test]
    fn growth_and_its_interval_equal_scipy() {
        for (of, ceiling, concentration, expected) in [
            (STEADY, 0.5, None, [0.345_997, 0.241_920, 0.453_096]),
            (STEADY, 1.0, None, [0.330_036, 0.230_797, 0.432_158]),
            (STEADY, 0.5, Some(800.0), [0.341_099, 0.182_656, 0.508_887]),
            (BOUNDED, 0.5, None, [1.022_508, 0.757_578, 1.318_887]),
            (BOUNDED, 0.5, Some(800.0), [1.034_454, 0.669_730, 1.481_792]),
            (SHRINKING, 0.5, None, [-4.263_075, -4.774_298, -3.789_013]),
            (LARGE, 0.5, None, [0.460_771, 0.243_326, 0.797_581]),
        ] {
            let sights = sights(of, ceiling);
            let rate = Fit::new(&sights, noise(concentration)).unwrap().rate();
            assert_near([Some(rate.value), rate.low, rate.high], expected, 5e-6);
        }
    }

    #[test]
    fn sizes_and_times_equal_scipy() {
        let sights = sights(STEADY, 0.5);
        let fit = Fit::new(&sights, Noise::BINOMIAL).unwrap();
        let vaf = fit.vaf_at(6.0);
        assert_near(
            [Some(vaf.value), vaf.low, vaf.high],
            [0.123_310, 0.090_511, 0.162_615],
            2e-6,
        );
        for (vaf, expected) in [
            (0.1, [1.220_875, 0.503_283, 2.494_317]),
            (0.2, [4.055_668, 2.727_882, 6.493_889]),
        ] {
            let arrival = fit.reaches(vaf, 4.0).unwrap();
            assert_near(
                [arrival.expected, arrival.earliest, arrival.latest],
                expected,
                2e-4,
            );
        }
        assert_eq!(fit.reaches(0.05, 4.0), None, "it is there");
        assert_eq!(fit.reaches(0.6, 4.0), None, "no heterozygous clone gets there");
    }

    #[test]
    fn what_the_visits_do_not_tell_has_no_end() {
        // Seen once, below detection before: it may have come up at any speed above one.
        let once = sights(
            &[(0.0, fewer(500)), (1.5, fewer(600)), (3.0, counted(18, 700))],
            0.5,
        );
        let rate = Fit::new(&once, Noise::BINOMIAL).unwrap().rate();
        assert!(
            rate.low.is_some_and(|low| low > 0.2) && rate.high.is_none(),
            "{rate:?}"
        );
        assert!(Fit::new(&sights(&[(0.0, counted(18, 700))], 0.5), Noise::BINOMIAL).is_none());
        assert!(
            Fit::new(
                &sights(&[(0.0, fewer(800)), (1.0, fewer(800))], 0.5),
                Noise::BINOMIAL
            )
            .is_none()
        );
        // No growth shown: it may never get to 10 %.
        let level = sights(&[(0.0, counted(50, 1000)), (1.0, counted(51, 1000))], 0.5);
        let arrival = Fit::new(&level, Noise::BINOMIAL)
            .unwrap()
            .reaches(0.1, 1.0)
            .unwrap();
        assert!(
            arrival.earliest.is_some_and(|years| years > 0.5) && arrival.latest.is_none(),
            "{arrival:?}"
        );
    }
}
