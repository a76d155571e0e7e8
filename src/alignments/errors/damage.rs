//! Substitutions that a sample's errors have too much of: oxidized or deaminated DNA, a faulty run.

use super::error_model::ErrorModel;
use crate::alignments::counts::observation::Sight;
use crate::alignments::input::reference::letter;

/// A substitution far above the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErrorExcess {
    /// Base of the molecule, as sequenced.
    pub base: char,
    /// Base that was read instead.
    pub alternate: char,
    /// Whether on the second read of the pair; `None` where on both.
    pub second_read: Option<bool>,
    /// Errors per fragment among bases of high quality, the higher of the two reads.
    pub rate: f64,
    /// Median over all substitutions.
    pub usual: f64,
}

/// Times the median from which a rate is an excess, and the rate below which none matters: at 1,000 fragments it makes an
/// error at one base in ten.
const TIMES: f64 = 5.0;
const LEAST: f64 = 1e-4;

/// Every substitution, as codes.
fn substitutions() -> impl Iterator<Item = (u8, u8)> {
    const CODES: [u8; 4] = [1, 2, 4, 8];
    let others = |base| {
        CODES
            .into_iter()
            .filter(move |a| *a != base)
            .map(move |a| (base, a))
    };
    CODES.into_iter().flat_map(others)
}

fn rate(model: &ErrorModel, (base, alternate): (u8, u8), second: bool) -> Option<f64> {
    model.plain_rate(base, alternate, second, Sight::High as usize)
}

/// Returns the errors per fragment of the median substitution, among bases of high quality.
pub fn usual_error_rate(model: &ErrorModel) -> f64 {
    let mut all: Vec<f64> = substitutions()
        .flat_map(|s| [rate(model, s, false), rate(model, s, true)])
        .flatten()
        .collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}

/// Returns the substitutions with an excess, in the order A, C, G, T.
pub fn error_excess(model: &ErrorModel) -> Vec<ErrorExcess> {
    let usual = usual_error_rate(model);
    let is_excess = |rate: f64| rate > TIMES * usual && rate >= LEAST;
    substitutions()
        .filter_map(|(base, alternate)| {
            let pair = (base, alternate);
            let (first, second) = (rate(model, pair, false)?, rate(model, pair, true)?);
            let second_read = match (is_excess(first), is_excess(second)) {
                (true, true) => None,
                (true, false) => Some(false),
                (false, true) => Some(true),
                (false, false) => return None,
            };
            Some(ErrorExcess {
                base: char::from(letter(base)),
                alternate: char::from(letter(alternate)),
                second_read,
                rate: first.max(second),
                usual,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_that_shows_no_errors_has_no_excess() {
        let model = super::super::error_model::ErrorCounts::default().learn();
        assert_eq!(error_excess(&model), []);
    }
}
