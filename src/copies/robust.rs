//! Centers and spreads that a few outliers do not move.

use crate::evidence::statistics::median;

/// What makes the median absolute deviation that of a normal distribution.
const TO_DEVIATION: f64 = 1.4826;
/// Deviations from which a value weighs less (Huber 1964); 95 % as good as the mean where all is normal.
const HUBER: f64 = 1.345;
/// How much more the variance of Huber's center is than that of the mean.
const HUBER_COST: f64 = 1.0 / 0.95;
/// Steps of the iteration; the change is far below any digit that is shown after ten.
const STEPS: usize = 25;

/// Returns the spread of deviations from a center that is known.
pub(super) fn spread(deviations: impl IntoIterator<Item = f64>) -> Option<f64> {
    median(deviations.into_iter().map(f64::abs)).map(|d| d * TO_DEVIATION)
}

/// A center with its variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Center {
    pub value: f64,
    pub variance: f64,
}

/// Returns Huber's center of values with known variances; `None` of nothing.
pub(super) fn center(values: &[(f64, f64)]) -> Option<Center> {
    let mut value = median(values.iter().map(|(x, _)| *x))?;
    for _ in 0..STEPS {
        let weight = |(x, variance): &(f64, f64)| {
            let off = (x - value).abs() / variance.sqrt();
            if off > HUBER {
                HUBER / (off * variance)
            } else {
                1.0 / variance
            }
        };
        let weights: Vec<f64> = values.iter().map(weight).collect();
        let all: f64 = weights.iter().sum();
        value = values.iter().zip(&weights).map(|((x, _), w)| x * w).sum::<f64>() / all;
    }
    let precision: f64 = values.iter().map(|(_, variance)| 1.0 / variance).sum();
    Some(Center {
        value,
        variance: HUBER_COST / precision,
    })
}

/// Fits a parabola through points, outliers left out by Tukey's weights; `None` where the points do not tell one.
pub(super) fn parabola(points: &[(f64, f64)]) -> Option<[f64; 3]> {
    /// Spreads from which a point has no weight.
    const TUKEY: f64 = 4.685;
    let mut weights = vec![1.0; points.len()];
    let mut fitted = least_squares(points, &weights)?;
    for _ in 0..STEPS {
        let off: Vec<f64> = points.iter().map(|(x, y)| y - at(&fitted, *x)).collect();
        let scale = spread(off.iter().copied())?.max(1e-6);
        for (weight, off) in weights.iter_mut().zip(&off) {
            let share = off / (TUKEY * scale);
            *weight = if share.abs() < 1.0 {
                (1.0 - share * share).powi(2)
            } else {
                0.0
            };
        }
        fitted = least_squares(points, &weights)?;
    }
    Some(fitted)
}

/// Returns the height of a parabola.
pub(super) fn at([a, b, c]: &[f64; 3], x: f64) -> f64 {
    a + b * x + c * x * x
}

/// Solves the normal equations by Cramer's rule.
fn least_squares(points: &[(f64, f64)], weights: &[f64]) -> Option<[f64; 3]> {
    let moment = |power: i32, with_y: bool| -> f64 {
        let term = |((x, y), w): (&(f64, f64), &f64)| w * x.powi(power) * if with_y { *y } else { 1.0 };
        points.iter().zip(weights).map(term).sum()
    };
    let s: Vec<f64> = (0..5).map(|power| moment(power, false)).collect();
    let right = [moment(0, true), moment(1, true), moment(2, true)];
    let rows = [[s[0], s[1], s[2]], [s[1], s[2], s[3]], [s[2], s[3], s[4]]];
    let whole = determinant(&rows);
    if whole.abs() < 1e-12 * s[0].powi(3).max(1.0) {
        return None;
    }
    let solved = |column: usize| {
        let mut with = rows;
        for (row, value) in with.iter_mut().zip(right) {
            row[column] = value;
        }
        determinant(&with) / whole
    };
    Some([solved(0), solved(1), solved(2)])
}

fn determinant([a, b, c]: &[[f64; 3]; 3]) -> f64 {
    a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0])
        + a[2] * (b[0] * c[1] - b[1] * c[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_center_is_not_moved_by_outliers() {
        let values: Vec<(f64, f64)> = [1.0, 1.1, 0.9, 1.05, 0.95, 9.0].map(|x| (x, 0.01)).to_vec();
        let found = center(&values).unwrap();
        assert!((found.value - 1.027).abs() < 0.01, "{found:?}");
        assert!((found.variance - 0.01 / 6.0 / 0.95).abs() < 1e-9);
        assert_eq!(center(&[]), None);
        assert_eq!(median([3.0, 1.0, 2.0, 10.0]), Some(2.5));
    }

    #[test]
    fn a_parabola_is_found_among_outliers() {
        let mut points: Vec<(f64, f64)> = (0..40)
            .map(|i| {
                let x = f64::from(i) / 40.0 - 0.5;
                (x, 0.3 - x + 2.0 * x * x)
            })
            .collect();
        points[3].1 = 5.0;
        points[30].1 = -5.0;
        let fitted = parabola(&points).unwrap();
        for (found, expected) in fitted.iter().zip([0.3, -1.0, 2.0]) {
            assert!((found - expected).abs() < 1e-6, "{fitted:?}");
        }
        assert_eq!(parabola(&[(0.1, 1.0); 50]), None, "one place tells no parabola");
    }
}
