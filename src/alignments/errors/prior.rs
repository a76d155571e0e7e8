//! Which substitutions clones of blood have: what is rare among them needs stronger evidence.

use super::tail::phred;

/// Share of C>T (G>A on the other strand) among the substitutions of clonal hematopoiesis, in which it is the commonest by far
/// (Jaiswal 2014, NEJM 371:2488). Our round figure: the rule is the same for a third or two thirds.
const CYTOSINE_TO_THYMINE: f64 = 0.5;
/// Share of the alleles tested that are C>T: one of the three of every C and G.
const TESTED: f64 = 1.0 / 6.0;

/// Returns how many times likelier than the mean allele a substitution is a clone; bases as codes.
pub(crate) fn prior_odds(base: u8, alternate: u8) -> f64 {
    const A: u8 = 1;
    const C: u8 = 2;
    const G: u8 = 4;
    const T: u8 = 8;
    if matches!((base, alternate), (C, T) | (G, A)) {
        CYTOSINE_TO_THYMINE / TESTED
    } else {
        (1.0 - CYTOSINE_TO_THYMINE) / (1.0 - TESTED)
    }
}

/// The same for an insertion or deletion: half a power of ten. In runs slippage is a chance that differs from run to run, and of 1,000
/// simulated panels without a variant one showed ASXL1 c.1934dup at odds of 1.
pub(crate) const INDEL_ODDS: f64 = 0.316;

/// Returns the quality of a call: the chance that errors look as convincing, over the odds that the allele is a clone, as phred.
pub(crate) fn quality(chance: f64, odds: f64) -> f64 {
    // What errors bring forth in any case is no clone, however common it would be.
    if chance >= 1.0 { 0.0 } else { phred(chance / odds) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_are_one_on_the_mean_of_all_alleles() {
        let codes = [1, 2, 4, 8];
        let pairs = codes.iter().flat_map(|b| codes.iter().map(move |a| (*b, *a)));
        let odds: Vec<f64> = pairs
            .filter(|(b, a)| b != a)
            .map(|(b, a)| prior_odds(b, a))
            .collect();
        assert_eq!(odds.len(), 12);
        assert!((odds.iter().sum::<f64>() / 12.0 - 1.0).abs() < 1e-12);
        assert!((prior_odds(2, 8) - 3.0).abs() < 1e-12 && (prior_odds(4, 1) - 3.0).abs() < 1e-12);
        assert!((prior_odds(8, 2) - 0.6).abs() < 1e-12);
    }

    #[test]
    fn quality_is_a_chance_over_odds() {
        assert!((quality(1e-6, 1.0) - 60.0).abs() < 1e-9);
        assert!((quality(3e-6, 3.0) - 60.0).abs() < 1e-9);
        assert!(quality(0.6, 0.6) < 1e-9 && quality(0.9, 0.6) < 1e-9);
        assert!(quality(1.0, 3.0) < 1e-9);
    }
}
