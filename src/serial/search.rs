//! Maxima and crossings of functions of one variable, as the fit of a clone needs them.

/// Share of an interval in which a golden section cuts it.
const GOLDEN: f64 = 0.381_966_011_250_105_1;

/// Steps after which a search ends whatever it has; it never takes a tenth of them.
const MOST_STEPS: usize = 200;

/// Returns where a function is largest between two ends, and its value there: Brent's method (Algorithms for Minimization without
/// Derivatives, 1973, chapter 5), a parabola through three points where that helps and a golden section where not.
pub(super) fn maximum(
    function: impl Fn(f64) -> f64,
    [mut low, mut high]: [f64; 2],
    tolerance: f64,
) -> (f64, f64) {
    let mut best = low + GOLDEN * (high - low);
    let mut value = function(best);
    let (mut second, mut second_value, mut third, mut third_value) = (best, value, best, value);
    let (mut step, mut before) = (0.0_f64, 0.0_f64);
    for _ in 0..MOST_STEPS {
        let middle = f64::midpoint(low, high);
        let least = tolerance + 1e-10 * best.abs();
        if (best - middle).abs() <= 2.0 * least - 0.5 * (high - low) {
            break;
        }
        let parabola = (before.abs() > least)
            .then(|| parabola_step([(best, value), (second, second_value), (third, third_value)]))
            .flatten()
            .filter(|s| s.abs() < 0.5 * before.abs() && (low..high).contains(&(best + s)));
        if let Some(to) = parabola {
            before = step;
            step = to;
        } else {
            before = if best < middle { high - best } else { low - best };
            step = GOLDEN * before;
        }
        let at = best
            + if step.abs() >= least {
                step
            } else {
                least.copysign(step)
            };
        let found = function(at);
        if found >= value {
            if at >= best {
                low = best;
            } else {
                high = best;
            }
            (third, third_value) = (second, second_value);
            (second, second_value) = (best, value);
            (best, value) = (at, found);
        } else {
            if at < best {
                low = at;
            } else {
                high = at;
            }
            if found >= second_value || (second - best).abs() < f64::EPSILON {
                (third, third_value) = (second, second_value);
                (second, second_value) = (at, found);
            } else if found >= third_value {
                (third, third_value) = (at, found);
            }
        }
    }
    (best, value)
}

/// Returns how far from the first point the top of the parabola through three points lies.
fn parabola_step([best, second, third]: [(f64, f64); 3]) -> Option<f64> {
    let (to_second, to_third) = (best.0 - second.0, best.0 - third.0);
    let by_second = to_second * (best.1 - third.1);
    let by_third = to_third * (best.1 - second.1);
    let step = (to_second * by_second - to_third * by_third) / (2.0 * (by_third - by_second));
    step.is_finite().then_some(step)
}

/// Returns where a function that is positive at `inside` falls through zero on the way to `outside`; `None` where it does not.
pub(super) fn crossing(
    function: impl Fn(f64) -> f64,
    inside: f64,
    outside: f64,
    tolerance: f64,
) -> Option<f64> {
    if function(outside) > 0.0 {
        return None;
    }
    let (mut positive, mut negative) = (inside, outside);
    while (positive - negative).abs() > tolerance {
        let middle = f64::midpoint(positive, negative);
        if function(middle) > 0.0 {
            positive = middle;
        } else {
            negative = middle;
        }
    }
    Some(f64::midpoint(positive, negative))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_top_of_smooth_and_of_pointed_functions() {
        let (at, value) = maximum(|x| -(x - 1.25).powi(2), [-40.0, 40.0], 1e-9);
        assert!((at - 1.25).abs() < 1e-7 && value.abs() < 1e-12, "{at} {value}");
        let (at, _) = maximum(|x| -(x + 3.0).abs(), [-40.0, 40.0], 1e-9);
        assert!((at + 3.0).abs() < 1e-6, "{at}");
        // Steep to the left and nearly level to the right, as a likelihood is where a clone fills the blood: -6 - log2(0.001 / ln 2).
        let (at, _) = maximum(
            |x| -(x + 6.0).exp2().recip() - 1e-3 * x.max(0.0),
            [-40.0, 40.0],
            1e-9,
        );
        assert!((at - 3.437_017).abs() < 1e-4, "{at}");
        let (at, _) = maximum(|x| x, [0.0, 1.0], 1e-9);
        assert!(at > 0.999_999, "{at}");
    }

    #[test]
    fn finds_a_crossing_only_where_there_is_one() {
        let at = crossing(|x| 2.0 - x * x, 0.0, -10.0, 1e-12).unwrap();
        assert!((at + std::f64::consts::SQRT_2).abs() < 1e-9);
        assert_eq!(crossing(|_| 1.0, 0.0, 10.0, 1e-9), None);
    }
}
