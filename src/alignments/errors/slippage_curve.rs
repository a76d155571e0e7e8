//! Slippage against the number of copies: a curve through what the sample shows, with a prior where it shows little.

use super::repeats::RepeatClass;

/// Weight of the curve against one class, in errors.
pub(crate) const PRIOR_ERRORS: f64 = 4.0;
/// Smallest rate believed.
pub(crate) const LOWEST_RATE: f64 = 1e-6;
/// Share of the prior rate below which no curve is believed; what runs of the very class show is.
const SHARE_OF_PRIOR: f64 = 0.3;

/// What fits of one class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    /// The class.
    pub class: RepeatClass,
    /// Fragments.
    pub exposed: f64,
    /// Errors.
    pub errors: f64,
}

impl Point {
    /// Returns the rate of the class, shrunk towards the curve.
    pub(crate) fn shrunk(self, curve: Curve) -> f64 {
        // Short runs of a sample may not slip at all, and the curve then says the same of long ones.
        let least = SHARE_OF_PRIOR * prior_rate(self.class);
        let expected = curve
            .rate(f64::from(self.class.copies))
            .max(least)
            .max(LOWEST_RATE);
        (self.errors + PRIOR_ERRORS) / (self.exposed + PRIOR_ERRORS / expected)
    }
}

/// A rate that grows exponentially with the copies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Curve {
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
    pub(crate) fn fit(points: &[Point]) -> Self {
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

/// Returns the rate of a class supposed before anything is seen: slippage of a run of one base grows about 1.7-fold with each
/// base from 2 in 10,000 at five, and a step of two units is a tenth as frequent as one of one.
pub(crate) fn prior_rate(class: RepeatClass) -> f64 {
    if class.unit == 0 {
        return 3e-6;
    }
    let bases = f64::from(class.copies) * f64::from(class.unit);
    let one = (1e-4 * 1.7_f64.powf(bases / f64::from(class.unit).sqrt() - 5.0)).clamp(5e-6, 0.1);
    let fewer = i32::try_from(class.units.abs() - 1).unwrap_or(0);
    (one * 0.1_f64.powi(fewer)).max(LOWEST_RATE)
}
