//! How much the counts of a person vary beyond drawing reads: preparation of libraries, capture and runs differ between visits.

use statrs::distribution::{ContinuousCDF as _, StudentsT};

use super::growth::{Fit, LOSS_95, Noise};
use super::likelihood::{Sight, Sights};
use crate::genome::as_count;

/// Counts that "drawing reads and nothing else" is worth in the estimate of the variance, before any count is seen; and degrees of freedom that it is
/// worth in Student's t. Choices of this program, by simulation: docs/serial.md has the coverage of the intervals with and without spread. More
/// would hold intervals too narrow where counts do vary, less would leave those of three visits without ends.
const WORTH: f64 = 0.05;
const WORTH_IN_T: f64 = 0.4;

/// Spread that is assumed where no visit tells it. A choice, by simulation: of clones that one or two visits counted, the intervals hold the truth in
/// 95 % where there is no spread, and in 91 % where it is 1,000; with 1,000 assumed it was 94 and 87 %.
const ASSUMED: f64 = 500.0;

/// Bounds of the concentration: at the lower one reads say next to nothing, at the upper one nothing but drawing is left.
const CONCENTRATIONS: [f64; 2] = [10.0, 1e5];

/// What the counts vary by, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Dispersion {
    pub noise: Noise,
    /// Visits of clones beyond the two that a curve takes up.
    pub degrees_of_freedom: u32,
    /// Variance of the counts over that of drawing reads; `None` where no visit is left to tell it.
    pub inflation: Option<f64>,
}

/// Estimates the spread from how far the counts of all clones lie from their curves.
pub(super) fn estimate(clones: &[Sights]) -> Dispersion {
    let (mut squares, mut visits, mut depth, mut freedom) = (0.0, 0.0, 0.0, 0);
    for sights in clones {
        let Some(fit) = Fit::new(sights, Noise::BINOMIAL) else {
            continue;
        };
        let residuals = residuals(sights, &fit);
        let beyond = residuals.len().saturating_sub(2);
        if beyond == 0 {
            continue;
        }
        freedom += as_count(beyond);
        for (square, n) in residuals {
            squares += square;
            depth += n;
            visits += 1.0;
        }
    }
    if freedom == 0 {
        return Dispersion {
            noise: Noise {
                concentration: Some(ASSUMED),
                loss: LOSS_95,
            },
            degrees_of_freedom: 0,
            inflation: None,
        };
    }
    let inflation = (WORTH + squares) / (WORTH + f64::from(freedom));
    Dispersion {
        noise: noise(inflation, depth / visits, loss(WORTH_IN_T + f64::from(freedom))),
        degrees_of_freedom: freedom,
        inflation: Some(inflation),
    }
}

/// Returns what the counts vary by, for a variance of so many times that of drawing reads.
///
/// Counts that lie closer to their curves than drawn reads do have a smaller variance too (quasi-likelihood): were it raised to that of drawing reads,
/// the intervals of the others, which Student's t widens, would hold the truth too often on the whole.
fn noise(inflation: f64, depth: f64, loss: f64) -> Noise {
    let [least, most] = CONCENTRATIONS;
    let concentration = (depth - 1.0) / (inflation - 1.0) - 1.0;
    if inflation <= 1.0 || concentration > most {
        return Noise {
            concentration: None,
            loss: loss * inflation.min(1.0),
        };
    }
    Noise {
        concentration: Some(concentration.max(least)),
        loss,
    }
}

/// Returns the squared residual in units of the variance of drawing reads, and the depth, of each visit that counted a clone.
fn residuals(sights: &Sights, fit: &Fit<'_>) -> Vec<(f64, f64)> {
    let curve = fit.curve();
    let of = |(time, sight): &(f64, Sight)| {
        let Sight::Counted { alt, depth } = *sight else {
            return None;
        };
        let (k, n, p) = (
            f64::from(alt),
            f64::from(depth),
            curve.vaf(*time).clamp(1e-9, 1.0 - 1e-9),
        );
        Some(((k - n * p).powi(2) / (n * p * (1.0 - p)), n))
    };
    sights.of.iter().filter_map(of).collect()
}

/// Returns what an interval may lose where the spread is estimated with so many degrees of freedom: half of the 95 % point of F(1, n), which is
/// the squared point of Student's t.
fn loss(degrees_of_freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, degrees_of_freedom).map_or(LOSS_95, |t| t.inverse_cdf(0.975).powi(2) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_is_that_of_student() {
        // scipy.stats.t.ppf(0.975, [3, 12]) ** 2 / 2
        for (freedom, expected) in [(3.0, 5.063_982), (12.0, 2.373_613)] {
            assert!((loss(freedom) - expected).abs() < 1e-5, "{}", loss(freedom));
        }
        assert!((loss(1000.0) - 1.925_392).abs() < 1e-5);
    }
}
