//! The smallest clone of an indel that would have been called.

use super::site::{chance_below, first_true, smallest};
use crate::alignments::calling::called_variant::CalledVariant;
use crate::alignments::calling::options::CallingRule;
use crate::alignments::counts::indel::Indel;
use crate::alignments::counts::observation::IndelChange;
use crate::alignments::errors::background::Background;
use crate::alignments::errors::prior::INDEL_ODDS;
use crate::alignments::errors::repeats::class_in;
use crate::alignments::errors::slippage::{Expected, RunAllele, SlippageModel};
use crate::alignments::errors::slippage_counts::Run;
use crate::alignments::input::reference::{Reference, code};

/// Returns the fewest fragments of an indel that are called.
pub(super) fn fewest_called(expected: Expected, depth: u32, rule: &CallingRule) -> Option<u32> {
    let fewest = rule.fewest(depth);
    let chance = 10_f64.powf(-rule.min_quality / 10.0) * INDEL_ODDS;
    let passes = |count: u32| expected.chance(count) <= chance;
    if fewest > depth {
        return None;
    }
    if passes(fewest) {
        Some(fewest)
    } else {
        first_true(fewest, depth, &passes)
    }
}

/// Returns the smallest fraction of an indel that is called with 95 % power.
fn limit_of_indel(expected: Expected, depth: u32, rule: &CallingRule) -> Option<f64> {
    let below = fewest_called(expected, depth, rule)?;
    Some(smallest(&|fraction| chance_below(below, depth, fraction)))
}

/// Returns what errors make of an indel in its leftmost form, as if all fragments were the reference's: the limit must not depend
/// on whether the allele is there.
pub(super) fn expected_of(
    reference: &Reference,
    slippage: &SlippageModel,
    background: &Background,
    indel: &Indel,
    depth: u32,
) -> Expected {
    let class = class_in(reference, indel);
    let expected = if class.unit == 0 {
        slippage.outside(class.units, depth)
    } else {
        let run = Run {
            contig: indel.contig,
            start: indel.after + 1,
            unit: class.unit,
            copies: class.copies,
        };
        let alleles = [RunAllele {
            units: 0,
            count: depth,
        }];
        slippage.of_run(&run, class.units, &alleles)
    };
    background.applied_to_indel(indel, expected, depth)
}

/// Returns the same for an indel as it was counted, in its leftmost form.
pub(crate) fn indel_limit(
    reference: &Reference,
    slippage: &SlippageModel,
    background: &Background,
    called: &CalledVariant,
    rule: &CallingRule,
) -> Option<f64> {
    let letters = |text: &str| text.bytes().skip(1).map(code).collect::<Vec<u8>>();
    let (lost, gained) = (letters(&called.reference), letters(&called.alternate));
    let change = match (lost.is_empty(), gained.is_empty()) {
        (true, false) => IndelChange::Insertion(gained),
        (false, true) => IndelChange::Deletion(u32::try_from(lost.len()).ok()?),
        _ => return None,
    };
    let indel = Indel {
        contig: called.contig,
        after: called.column,
        change,
    };
    let expected = expected_of(reference, slippage, background, &indel, called.depth);
    limit_of_indel(expected, called.depth, rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alignments::limits::site::tests::RULE;

    #[test]
    fn an_indel_in_a_run_that_slips_needs_more() {
        let slippage = crate::alignments::errors::slippage_counts::SlippageCounts::default().learn();
        let run = Run {
            contig: 0,
            start: 5,
            unit: 1,
            copies: 9,
        };
        let alleles = [RunAllele {
            units: 0,
            count: 1000,
        }];
        let plain = limit_of_indel(slippage.outside(1, 1000), 1000, &RULE).unwrap();
        let slipping = limit_of_indel(slippage.of_run(&run, 1, &alleles), 1000, &RULE).unwrap();
        assert!(plain < slipping, "{plain} {slipping}");
        assert_eq!(limit_of_indel(slippage.outside(1, 2), 2, &RULE), None);
    }
}
