//! Strands. A flag needs both: a difference between the alleles beyond chance (Fisher), and a large one (share or SOR).
//!
//! Fisher alone flags trifles at a depth of thousands; share or SOR alone flags one in four true calls of three fragments,
//! and every call of a one-strand amplicon, whose reference reads lie on one strand too.

use super::FilterInput;
use crate::drivers::flags::{Flag, Weight};
use crate::drivers::{ReasonCode, ReasonValues};
use crate::evidence::statistics::{fisher_exact_two_sided, strand_odds_ratio};
use crate::panel::Filters;

/// The alternative reads lie on the strands otherwise than the reference reads.
pub(super) fn bias(input: &FilterInput<'_>, filters: &Filters) -> Option<Flag> {
    let s = input.evidence.strands?;
    let table = [[s.ref_forward, s.ref_reverse], [s.alt_forward, s.alt_reverse]];
    let (p, sor) = (fisher_exact_two_sided(table), strand_odds_ratio(table));
    let limits = Limits {
        p: filters.strand_fisher,
        share: filters.strand_share,
        sor: filters.strand_sor,
    };
    limits.passed_by(table[1], p, sor).then(|| {
        let [reference, alt] = table;
        let values = ReasonValues::Strands {
            alt,
            reference,
            p,
            sor,
        };
        Flag::new(ReasonCode::StrandBias, Weight::Doubt, values)
    })
}

/// Too few alternative reads on one of the strands.
pub(super) fn support(input: &FilterInput<'_>, filters: &Filters) -> Option<Flag> {
    let (s, least) = (input.evidence.strands?, filters.both_strands?);
    (s.alt_forward.min(s.alt_reverse) < least).then(|| {
        let alt = [s.alt_forward, s.alt_reverse];
        let values = ReasonValues::StrandSupport { alt, least };
        Flag::new(ReasonCode::BothStrands, Weight::Doubt, values)
    })
}

/// When two alleles lie differently in two bins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Chance: p of Fisher's exact test below this.
    pub p: Option<f64>,
    /// Size: share of the alternative fragments in one bin above this.
    pub share: Option<f64>,
    /// Size: symmetric odds ratio above this.
    pub sor: Option<f64>,
}

impl Limits {
    /// Whether the difference is beyond chance and large, by what is switched on of each.
    pub(super) fn passed_by(&self, alternative: [u32; 2], p: f64, sor: f64) -> bool {
        let total = f64::from(alternative[0]) + f64::from(alternative[1]);
        if total == 0.0 {
            return false;
        }
        let share = f64::from(alternative[0].max(alternative[1])) / total;
        let sizes = [
            self.share.map(|limit| share > limit),
            self.sor.map(|limit| sor > limit),
        ];
        let mut sizes = sizes.into_iter().flatten().peekable();
        match (self.p.map(|limit| p < limit), sizes.peek().is_some()) {
            (None, false) => false,
            (chance, false) => chance.unwrap_or(true),
            (chance, true) => chance.unwrap_or(true) && sizes.any(|large| large),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::codes_with;
    use super::*;
    use crate::evidence::{Evidence, StrandCounts};

    fn with(counts: [u32; 4], set: &[&str]) -> Vec<ReasonCode> {
        let [ref_forward, ref_reverse, alt_forward, alt_reverse] = counts;
        let strands = Some(StrandCounts {
            ref_forward,
            ref_reverse,
            alt_forward,
            alt_reverse,
        });
        let evidence = Evidence {
            strands,
            ..Evidence::from_counts(20, 500, "AD")
        };
        codes_with(&evidence, set)
    }

    #[test]
    fn one_strand_is_bias_only_where_the_reference_has_two() {
        assert_eq!(with([240, 240, 20, 0], &[]), [ReasonCode::StrandBias]);
        assert_eq!(with([480, 0, 20, 0], &[]), [], "a one-strand amplicon");
        assert_eq!(
            with([240, 240, 3, 0], &[]),
            [],
            "three reads fall on one strand one time in four"
        );
    }

    #[test]
    fn more_than_nine_tenths_on_one_strand_is_bias() {
        assert_eq!(with([240, 240, 19, 1], &[]), [ReasonCode::StrandBias]);
        assert_eq!(with([240, 240, 16, 4], &[]), [], "p is 0.01");
    }

    #[test]
    fn a_significant_trifle_is_no_bias() {
        // p < 1e-9, but 60 to 40 is no artifact.
        assert_eq!(with([25_000, 25_000, 600, 400], &[]), []);
        assert_eq!(
            with(
                [25_000, 25_000, 600, 400],
                &["strand_share=off", "strand_sor=off"]
            ),
            [ReasonCode::StrandBias]
        );
    }

    #[test]
    fn an_odds_ratio_counts_below_nine_tenths() {
        // 85 % on one strand while the reference lies 20:80 the other way: SOR 3.1.
        assert_eq!(with([100, 400, 85, 15], &[]), [ReasonCode::StrandBias]);
        assert_eq!(with([100, 400, 85, 15], &["strand_sor=off"]), []);
    }

    #[test]
    fn each_is_switched_off_alone() {
        assert_eq!(
            with([240, 240, 3, 0], &["strand_fisher=off"]),
            [ReasonCode::StrandBias]
        );
        let off = ["strand_fisher=off", "strand_share=off", "strand_sor=off"];
        assert_eq!(with([240, 240, 200, 0], &off), []);
        assert_eq!(
            with([240, 240, 3, 0], &["both_strands=1"]),
            [ReasonCode::BothStrands]
        );
        assert_eq!(with([240, 240, 3, 1], &["both_strands=1"]), []);
        assert_eq!(
            with([240, 240, 0, 0], &["strand_fisher=off"]),
            [],
            "no reads, no bias"
        );
    }
}
