//! How likely an allele that recurs is an error: odds from what its carriers have in common.
//!
//! A clone has another size in every person; an error of the assay has much the same fraction in every sample. The factors are
//! written one by one, so that nobody has to believe their product. docs/cohort.md says what each rests on; those that are choices of this
//! program are named so there and here.

use serde::{Deserialize, Serialize};
use statrs::function::beta::{beta_reg, ln_beta};

/// Correlation of fragments within a sample: the rate of an error differs between samples too. At a rate of 3 % it is a standard
/// deviation of 0.9 %. A choice of this program.
const WITHIN_SAMPLE: f64 = 0.003;

/// Largest rate of an error that recurs. A choice: above, it would be taken for inherited.
const HIGHEST_RATE: f64 = 0.35;

/// Fractions of clones: log-uniform from the first to the second. A choice; published fitness spectra have many small and few large clones.
const CLONES: (f64, f64) = (0.005, 1.0);

/// Odds that an allele is an error before its carriers are looked at. A choice.
const BEFORE: f64 = 0.1;

/// Each further carrier of a change that no rule lists makes chance less likely, by the first factor and up to the second: the same unselected change
/// in two clones of two persons is rare. A choice, by simulation ([`POWER_OF_FRACTIONS`]).
const RECURS: (f64, f64) = (4.5, 100.0);

/// A listed change recurs because it is selected for. A choice.
const LISTED: f64 = 0.02;

/// How often a filter of the sample doubts an error, and how often a true change. Choices.
const DOUBTED: (f64, f64) = (0.6, 0.15);

/// Power to which the factor of the fractions is taken: the rate of an error differs between samples by more or by less than [`WITHIN_SAMPLE`], and small
/// fractions were not called at all, so that what was called is more alike than it was. A choice, by simulation: with it, of those said to be errors
/// with 90 %, about 90 % are (docs/cohort.md).
const POWER_OF_FRACTIONS: f64 = 0.5;

/// So many carriers speak at most in the factor of the filters: they share what the filter looks at.
const SPEAKING: f64 = 3.0;

/// Neither strands nor filters decide alone; what equal or different fractions say in many samples may.
const LARGEST: f64 = 1000.0;
const LARGEST_OF_FRACTIONS: f64 = 1e6;

/// What the carriers of an allele add up to. Sums of whole numbers, so that it does not depend on their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Evidence {
    /// Carriers with counts.
    pub counted: u32,
    /// Alternative fragments, in thousandths of independent ones.
    alternative: u64,
    /// Other fragments, likewise.
    other: u64,
    /// Logarithm of how likely the counts are where each carrier has a clone of its own, in millionths.
    clones: i64,
    /// Fragments by strand: reference forward and reverse, alternative forward and reverse.
    strands: [u64; 4],
}

/// The odds and what they are made of.
#[allow(clippy::struct_field_names, reason = "the odds are the product of the others")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Odds {
    /// Error to true.
    pub odds: f64,
    /// Factor of equal fractions.
    pub fractions: f64,
    /// Factor of the strands.
    pub strands: f64,
    /// Factor of what filters said.
    pub filters: f64,
    /// Factor of recurring, listed or not.
    pub recurs: f64,
}

/// Returns a count of fragments as so many independent ones.
fn independent(count: f64, total: f64) -> f64 {
    count / (1.0 + (total - 1.0).max(0.0) * WITHIN_SAMPLE)
}

/// Returns the logarithm of the integral of `x^a (1 - x)^b` from `low` to `high`, with `a` above −1.
fn ln_integral(a: f64, b: f64, low: f64, high: f64) -> f64 {
    let (a, b) = (a + 1.0, b + 1.0);
    let share = |x: f64| match x {
        x if x <= 0.0 => 0.0,
        x if x >= 1.0 => 1.0,
        x => beta_reg(a, b, x),
    };
    ln_beta(a, b) + (share(high) - share(low)).max(f64::MIN_POSITIVE).ln()
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "thousandths of counts that fit into 32 bits"
)]
fn thousandths(value: f64) -> u64 {
    (value * 1e3).round() as u64
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a logarithm of a likelihood of counts"
)]
fn millionths(value: f64) -> i64 {
    (value * 1e6).round() as i64
}

impl Evidence {
    /// Takes in the counts of a carrier.
    pub(super) fn add(&mut self, alternative: u32, depth: u32, strands: Option<[u32; 4]>) {
        let (count, total) = (f64::from(alternative), f64::from(depth));
        let (count, other) = (independent(count, total), independent(total - count, total));
        self.counted += 1;
        self.alternative += thousandths(count);
        self.other += thousandths(other);
        let (low, high) = CLONES;
        // The density of a log-uniform fraction f is 1 / (f ln(high / low)).
        let own = ln_integral(count - 1.0, other, low, high) - (high / low).ln().ln();
        self.clones += millionths(own);
        for (sum, count) in self.strands.iter_mut().zip(strands.unwrap_or_default()) {
            *sum += u64::from(count);
        }
    }

    /// Returns the odds that the allele is an error; `doubted` of `carriers` were doubted by a filter of their sample.
    pub(super) fn odds(&self, carriers: u32, doubted: u32, is_listed: bool) -> Odds {
        let fractions = self.fractions();
        let strands = self.strands();
        let share = f64::from(doubted) / f64::from(carriers.max(1));
        let speaking = SPEAKING.min(f64::from(carriers));
        let (error, real) = DOUBTED;
        let filters = (speaking
            * (share * (error / real).ln() + (1.0 - share) * ((1.0 - error) / (1.0 - real)).ln()))
        .exp();
        let recurs = if is_listed {
            LISTED
        } else {
            let (each, most) = RECURS;
            each.powf(f64::from(carriers.saturating_sub(1).min(9))).min(most)
        };
        let bounded = |factor: f64, largest: f64| factor.clamp(1.0 / largest, largest);
        let fractions = bounded(fractions, LARGEST_OF_FRACTIONS);
        let (strands, filters) = (bounded(strands, LARGEST), bounded(filters, LARGEST));
        Odds {
            odds: BEFORE * fractions * strands * filters * recurs,
            fractions,
            strands,
            filters,
            recurs,
        }
    }

    /// One rate in every sample, against a clone of its own size in each.
    fn fractions(&self) -> f64 {
        if self.counted < 2 {
            return 1.0;
        }
        let (count, other) = (self.alternative as f64 / 1e3, self.other as f64 / 1e3);
        let one_rate = ln_integral(count, other, 0.0, HIGHEST_RATE) - HIGHEST_RATE.ln();
        // At most what is let through below: the exponential would be infinite.
        (POWER_OF_FRACTIONS * (one_rate - self.clones as f64 / 1e6))
            .clamp(-50.0, 50.0)
            .exp()
    }

    /// Strands of their own, in half of the errors, against those of the reference.
    fn strands(&self) -> f64 {
        let [ref_forward, ref_reverse, forward, reverse] = self.strands.map(|n| n as f64);
        if forward + reverse < 1.0 || ref_forward + ref_reverse < 1.0 {
            return 1.0;
        }
        let share = (ref_forward + 1.0) / (ref_forward + ref_reverse + 2.0);
        let (forward, reverse) = (
            independent(forward, forward + reverse),
            independent(reverse, forward + reverse),
        );
        let own = ln_beta(forward + 1.0, reverse + 1.0);
        let of_reference = forward * share.ln() + reverse * (1.0 - share).ln();
        0.5 + 0.5 * (own - of_reference).clamp(-50.0, 50.0).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(carriers: &[(u32, u32)], strands: Option<[u32; 4]>) -> Evidence {
        let mut evidence = Evidence::default();
        for (alternative, depth) in carriers {
            evidence.add(*alternative, *depth, strands);
        }
        evidence
    }

    const EVEN: Option<[u32; 4]> = Some([400, 400, 15, 15]);

    #[test]
    fn equal_small_fractions_are_an_error_and_different_ones_clones() {
        let error = of(
            &[
                (27, 1000),
                (30, 1000),
                (33, 1100),
                (29, 950),
                (31, 1000),
                (28, 1000),
            ],
            EVEN,
        );
        let clones = of(
            &[
                (25, 1000),
                (80, 1000),
                (310, 1100),
                (120, 950),
                (45, 1000),
                (420, 1000),
            ],
            EVEN,
        );
        assert!(
            error.odds(6, 0, false).fractions > 30.0,
            "{:?}",
            error.odds(6, 0, false)
        );
        assert!(
            clones.odds(6, 0, false).fractions < 0.01,
            "{:?}",
            clones.odds(6, 0, false)
        );
        assert!(error.odds(6, 4, false).odds > 100.0);
        assert!(clones.odds(6, 0, true).odds < 1e-3);
    }

    #[test]
    fn a_strand_of_its_own_speaks_for_an_error() {
        let strand = |strands| {
            of(&[(30, 1000), (60, 1000)], Some(strands))
                .odds(2, 0, false)
                .strands
        };
        assert!(strand([400, 400, 30, 0]) > 100.0);
        assert!(strand([400, 400, 15, 15]) < 0.8);
        // An assay that reads one strand alone.
        assert!(strand([970, 0, 30, 0]) < 1.1);
    }

    #[test]
    fn one_carrier_says_nothing_of_its_fraction() {
        let one = of(&[(30, 1000)], None).odds(1, 0, false);
        assert_eq!((one.fractions, one.strands, one.recurs), (1.0, 1.0, 1.0));
    }

    #[test]
    fn nothing_depends_on_the_order() {
        let counts = [(27, 1000), (80, 700), (33, 1100), (420, 950)];
        let mut turned = counts;
        turned.reverse();
        assert_eq!(of(&counts, EVEN), of(&turned, EVEN));
    }

    /// Expanded by powers and summed in rational numbers (Python's `fractions`).
    #[test]
    fn the_integral_is_exact() {
        let actual = ln_integral(3.0, 50.0, 0.01, 0.5).exp();
        assert!(
            (actual / 7.888_325_093_259_258e-7 - 1.0).abs() < 1e-9,
            "{actual:e}"
        );
    }
}
