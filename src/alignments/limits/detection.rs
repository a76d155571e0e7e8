//! Limits of the bases of a sample: sites that differ little are looked up together.

use std::collections::HashMap;

use super::site::{Site, count_from};
use crate::alignments::calling::options::CallingRule;
use crate::alignments::counts::column_depth::ColumnDepth;
use crate::alignments::counts::observation::SIGHTS;
use crate::alignments::errors::background::Background;
use crate::alignments::errors::error_model::ErrorModel;
use crate::alignments::input::reference::code;

/// Steps of an octave in which exposures are rounded down, and rates up, before a limit is looked up: the limit of a base
/// may be a few percent too high, never too low.
const EXPOSURE_STEPS: f64 = 8.0;
const RATE_STEPS: f64 = 3.0;

/// Limits of the bases of a sample.
#[derive(Debug)]
pub struct DetectionLimits<'m> {
    model: &'m ErrorModel,
    background: &'m Background,
    rule: CallingRule,
    known: HashMap<([i32; 2 * SIGHTS], bool), Option<f64>>,
}

impl<'m> DetectionLimits<'m> {
    /// Makes the limits of a sample.
    pub fn new(model: &'m ErrorModel, background: &'m Background, rule: CallingRule) -> Self {
        Self {
            model,
            background,
            rule,
            known: HashMap::new(),
        }
    }

    /// Returns what normals show of single sites.
    pub(crate) fn background(&self) -> &'m Background {
        self.background
    }

    /// Returns the limit of a base: that of the worst of its three substitutions; `None` where nothing would be called.
    pub fn of_column(&mut self, column: &ColumnDepth) -> Option<f64> {
        let alternates = [1, 2, 4, 8].into_iter().filter(|code| *code != column.base);
        let mut worst = 0.0_f64;
        for alternate in alternates {
            let site = Site::new(self.model, self.background, column, alternate);
            worst = worst.max(self.rounded(&site)?);
        }
        Some(worst)
    }

    /// Returns the limit of one substitution, letter as in a VCF record.
    pub fn of_allele(&mut self, column: &ColumnDepth, alternate: &str) -> Option<f64> {
        let alternate = code(*alternate.as_bytes().first()?);
        self.rounded(&Site::new(self.model, self.background, column, alternate))
    }

    fn rounded(&mut self, site: &Site) -> Option<f64> {
        let mut key = [0; 2 * SIGHTS];
        for s in 0..SIGHTS {
            key[s] = step_down(site.exposed[s]);
            key[SIGHTS + s] = if site.exposed[s] == 0 {
                0
            } else {
                step_up(site.rates[s])
            };
        }
        let (rule, dispersion, odds) = (&self.rule, site.dispersion, site.odds);
        *self.known.entry((key, odds > 1.0)).or_insert_with(|| {
            let coarse = Site {
                exposed: std::array::from_fn(|s| value_of(key[s])),
                rates: std::array::from_fn(|s| (f64::from(key[SIGHTS + s]) / RATE_STEPS).exp2()),
                dispersion,
                odds,
            };
            coarse.limit(rule)
        })
    }
}

/// Exposures up to this are looked up as they are.
const EXACT: u32 = 16;

#[allow(clippy::cast_possible_truncation, reason = "a logarithm of a depth")]
fn step_down(exposed: u32) -> i32 {
    if exposed <= EXACT {
        return i32::try_from(exposed).unwrap_or(0);
    }
    // Numbers above stand for steps; rounding must not lift an exposure that is a step itself.
    let step = (f64::from(exposed).log2() * EXPOSURE_STEPS + 1e-9).floor() as i32;
    1000 + step
}

fn value_of(step: i32) -> u32 {
    match u32::try_from(step) {
        Ok(exposed) if exposed <= EXACT => exposed,
        _ => count_from((f64::from(step - 1000) / EXPOSURE_STEPS).exp2().floor()),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "a logarithm of a rate")]
fn step_up(rate: f64) -> i32 {
    (rate.max(f64::MIN_POSITIVE).log2() * RATE_STEPS - 1e-9).ceil() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alignments::limits::site::tests::{RULE, site};

    #[test]
    fn a_limit_looked_up_is_a_little_higher_at_most() {
        let model = crate::alignments::errors::error_model::ErrorCounts::default().learn();
        let none = Background::default();
        let mut limits = DetectionLimits::new(&model, &none, RULE);
        for depth in [20, 90, 250, 777, 3000] {
            let exact = site([depth, depth * 2, depth / 2], [5e-4, 5e-5, 1e-5]);
            let (rounded, exact) = (limits.rounded(&exact).unwrap(), exact.limit(&RULE).unwrap());
            assert!(
                rounded >= exact && rounded < exact * 1.2,
                "{depth}: {rounded} {exact}"
            );
        }
    }
}
