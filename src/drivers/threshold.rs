//! Is there enough of the variant? VAF, depth and fragments against the panel's thresholds.

use super::{Reason, ReasonCode, ReasonValues};
use crate::evidence::Evidence;
use crate::genome::Sex;
use crate::panel::{PanelGene, Thresholds};

/// What the thresholds say about a call.
#[derive(Clone, Debug, PartialEq)]
pub struct ThresholdVerdict {
    /// The VAF threshold applied, 0 to 1.
    pub vaf_threshold: f64,
    /// Whether the call is below any of them.
    pub below: bool,
    /// Whether the answer hangs on something unknown: the sex, or the fraction itself.
    pub doubtful: bool,
    /// Reasons, also those that only tell which threshold was used.
    pub reasons: Vec<Reason>,
}

/// Compares the evidence of one call with the thresholds.
///
/// `rule_min_alt` lowers the number of fragments for a rule that says so (a hotspot known beforehand).
pub fn check(
    evidence: &Evidence,
    gene: &PanelGene,
    sex: Option<Sex>,
    thresholds: &Thresholds,
    rule_min_alt: Option<u32>,
) -> ThresholdVerdict {
    let x_linked_male = gene.x_linked && sex == Some(Sex::Male);
    let vaf_threshold = if x_linked_male {
        thresholds.min_vaf_x_linked_male
    } else {
        thresholds.min_vaf
    };
    let mut verdict = ThresholdVerdict {
        vaf_threshold,
        below: false,
        doubtful: false,
        reasons: Vec::new(),
    };
    if x_linked_male {
        verdict.reason(
            ReasonCode::XLinkedThreshold,
            ReasonValues::GeneThreshold {
                gene: gene.symbol.clone(),
                threshold: vaf_threshold,
            },
        );
    }
    verdict.weigh_vaf(evidence, gene.x_linked && sex.is_none(), thresholds);
    if evidence.vaf.is_some() && evidence.alt_count.is_none() {
        verdict.reason(ReasonCode::NoReadCounts, ReasonValues::counts_of(evidence));
    }
    let min_alt = rule_min_alt.map_or(thresholds.min_alt, |n| n.min(thresholds.min_alt));
    verdict.weigh_counts(evidence, thresholds.min_depth, min_alt);
    verdict
}

impl ThresholdVerdict {
    fn reason(&mut self, code: ReasonCode, values: ReasonValues) {
        self.reasons.push(Reason::new(code, values));
    }

    /// `sex_decides`: which of the two thresholds holds is not known.
    fn weigh_vaf(&mut self, evidence: &Evidence, sex_decides: bool, thresholds: &Thresholds) {
        let (least, least_x) = (self.vaf_threshold, thresholds.min_vaf_x_linked_male);
        match evidence.vaf {
            None => {
                self.doubtful = true;
                self.reason(ReasonCode::VafUnknown, ReasonValues::counts_of(evidence));
            }
            // Compared as counted, not as printed: 0.0199996 is below 0.02.
            Some(vaf) if vaf < least => {
                self.below = true;
                self.reason(
                    ReasonCode::VafBelowThreshold,
                    ReasonValues::VafBelow {
                        vaf,
                        threshold: least,
                    },
                );
            }
            Some(vaf) if sex_decides && vaf < least_x => {
                self.doubtful = true;
                self.reason(
                    ReasonCode::SexUnknown,
                    ReasonValues::VafBelowInMale {
                        vaf,
                        threshold: least_x,
                    },
                );
            }
            Some(_) => {}
        }
    }

    fn weigh_counts(&mut self, evidence: &Evidence, min_depth: u32, min_alt: u32) {
        if let Some(depth) = evidence.depth.filter(|d| *d < min_depth) {
            self.below = true;
            self.reason(
                ReasonCode::DepthBelowMinimum,
                ReasonValues::CountBelow {
                    count: depth,
                    least: min_depth,
                },
            );
        }
        if let Some(alt) = evidence.alt_count.filter(|n| *n < min_alt) {
            self.below = true;
            self.reason(
                ReasonCode::AltBelowMinimum,
                ReasonValues::CountBelow {
                    count: alt,
                    least: min_alt,
                },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THRESHOLDS: Thresholds = Thresholds {
        min_vaf: 0.02,
        min_vaf_x_linked_male: 0.04,
        min_depth: 20,
        min_alt: 3,
    };

    fn gene(x_linked: bool) -> PanelGene {
        PanelGene {
            x_linked,
            ..PanelGene::of_no_rules("GENE")
        }
    }

    fn verdict(alt: u32, depth: u32, x_linked: bool, sex: Option<Sex>) -> ThresholdVerdict {
        check(
            &Evidence::from_counts(alt, depth, "AD"),
            &gene(x_linked),
            sex,
            &THRESHOLDS,
            None,
        )
    }

    #[test]
    fn two_percent_is_enough_and_less_is_not() {
        assert!(!verdict(20, 1000, false, None).below);
        assert!(verdict(19, 1000, false, None).below);
        assert!(
            verdict(2, 100, false, None).below,
            "two fragments are fewer than three"
        );
        assert!(verdict(10, 19, false, None).below, "depth 19 is less than 20");
    }

    #[test]
    fn x_linked_genes_need_four_percent_in_males() {
        assert!(verdict(39, 1000, true, Some(Sex::Male)).below);
        assert!(!verdict(40, 1000, true, Some(Sex::Male)).below);
        assert!(!verdict(39, 1000, true, Some(Sex::Female)).below);
        let unknown = verdict(39, 1000, true, None);
        assert!(!unknown.below && unknown.doubtful);
        assert!(!verdict(40, 1000, true, None).doubtful);
        assert!(!verdict(39, 1000, false, Some(Sex::Male)).below);
    }

    #[test]
    fn a_missing_fraction_is_doubt_not_zero() {
        let actual = check(&Evidence::default(), &gene(false), None, &THRESHOLDS, None);
        assert!(actual.doubtful && !actual.below);
    }

    #[test]
    fn the_smallest_depth_and_count_are_enough() {
        for (alt, depth, below) in [(3, 20, false), (2, 20, true), (3, 19, true), (10, 20, false)] {
            assert_eq!(verdict(alt, depth, false, None).below, below, "{alt}/{depth}");
        }
    }
}
