//! Words for copies told by depth and by heterozygous sites.

use super::Phrase;
use super::codes::{Label, labels};
use crate::copies::{CopyGap, CopyRegion, CopyState, DepthBasis, ShiftGap, ShiftKind};

labels! { CopyState {
    Detected, Suspected, NotDetected, NotAssessed
} }

labels! { CopyGap {
    LowDepth, FewExons, Amplicons, FewOfGene, Noise, ReferenceLow, SexUnknown, OneCopy, NoReads
} }

labels! { ShiftGap {
    NoGermlineSites, FewSites, FewReferenceSites, MixedDna, SexUnknown, OneCopy, Noise, Inconclusive
} }

labels! { ShiftKind {
    Loss, CopyNeutral, Gain, Imbalance
} }

labels! { CopyRegion {
    Loss5q, Loss7q, Loss17p, Loss20q, LossX, Gain8
} }

labels! { DepthBasis {
    Normals, Sample
} }

/// The labels of every type.
#[cfg(test)]
pub(super) fn all_labels() -> Vec<Phrase> {
    let states = CopyState::ALL.iter().map(Label::label);
    let gaps = CopyGap::ALL.iter().map(Label::label);
    let regions = CopyRegion::ALL.iter().map(Label::label);
    let bases = [DepthBasis::Normals, DepthBasis::Sample];
    let shift_gaps = ShiftGap::ALL.iter().map(Label::label);
    let kinds = ShiftKind::ALL.iter().map(Label::label);
    states
        .chain(gaps)
        .chain(regions)
        .chain(shift_gaps)
        .chain(kinds)
        .chain(bases.iter().map(Label::label))
        .collect()
}
