//! How small a clone with a certain allele could have been and still be seen.

use super::detection::DetectionLimits;
use super::indel::indel_limit;
use crate::alignments::calling::call::CalledSample;
use crate::alignments::calling::called_variant::CalledVariant;
use crate::alignments::calling::options::CallingRule;
use crate::alignments::input::reference::Reference;

/// Returns the smallest fraction of an allele that was counted at which it would have been found; `None` where nothing can be said, as
/// beside clipped reads that nothing explains.
pub fn limit_of_allele(
    called: &CalledSample,
    limits: &mut DetectionLimits<'_>,
    reference: &Reference,
    rule: &CallingRule,
    variant: &CalledVariant,
) -> Option<f64> {
    let behind = variant.column + u32::try_from(variant.reference.len()).unwrap_or(1);
    let mut clips = called.unexplained.iter();
    if clips.any(|c| c.void(variant.contig, variant.column, behind)) {
        return None;
    }
    // One base for another.
    if variant.reference.len() == 1 && variant.alternate.len() == 1 {
        let place = (variant.contig, variant.column);
        let column = called
            .depths
            .binary_search_by_key(&place, |d| (d.contig, d.column))
            .ok()?;
        return limits.of_allele(&called.depths[column], &variant.alternate);
    }
    indel_limit(reference, &called.slippage, limits.background(), variant, rule)
}
