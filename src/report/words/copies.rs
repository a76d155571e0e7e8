//! Words for copies told by depth.

use super::Phrase;
use super::codes::Label;
use crate::copies::{CopyGap, CopyRegion, CopyState, DepthBasis};

const fn say(en: &'static str, ja: &'static str) -> Phrase {
    Phrase { en, ja }
}

impl Label for CopyState {
    fn label(&self) -> Phrase {
        match self {
            Self::Detected => say("Detected", "検出"),
            Self::Suspected => say("Suspected, to be confirmed", "疑い（要確認）"),
            Self::NotDetected => say("Not seen", "認めず"),
            Self::NotAssessed => say("Not assessed", "未評価"),
        }
    }
}

impl Label for CopyGap {
    fn label(&self) -> Phrase {
        match self {
            Self::LowDepth => say("the depth is too low", "深度不足"),
            Self::FewExons => say(
                "too few exons to know what depth is usual",
                "基準とする深度の算出に必要なエクソンが不足",
            ),
            Self::Amplicons => say(
                "amplicons, without normals of the same assay",
                "アンプリコンライブラリであり、同一アッセイの正常検体がない",
            ),
            Self::FewOfGene => say(
                "none or too few exons of these genes",
                "対象遺伝子のエクソンがないか不足",
            ),
            Self::Noise => say(
                "depth varies too much: not even a change in all cells would have been seen",
                "深度のばらつきが大きく、全細胞の変化でも検出できない",
            ),
            Self::ReferenceLow => say(
                "the exons it is held against are low: another rearrangement may lie in the gene",
                "比較対象のエクソンの深度が低い：遺伝子内の他の再構成の可能性",
            ),
            Self::SexUnknown => say("the sex is not given", "性別の入力なし"),
            Self::OneCopy => say("one X only", "X染色体は1本のみ"),
        }
    }
}

impl Label for CopyRegion {
    fn label(&self) -> Phrase {
        match self {
            Self::Loss5q => say("Loss on 5q", "5q欠失"),
            Self::Loss7q => say("Loss on 7q", "7q欠失"),
            Self::Loss17p => say("Loss on 17p", "17p欠失"),
            Self::Loss20q => say("Loss on 20q", "20q欠失"),
            Self::LossX => say("Loss of an X", "X染色体の欠失"),
            Self::Gain8 => say("Gain of chromosome 8", "8番染色体の増加"),
        }
    }
}

impl Label for DepthBasis {
    fn label(&self) -> Phrase {
        match self {
            Self::Normals => say("normals of the same assay", "同一アッセイの正常検体"),
            Self::Sample => say("the other exons of the sample", "同一検体の他のエクソン"),
        }
    }
}

/// The labels of every type.
#[cfg(test)]
pub(super) fn all_labels() -> Vec<Phrase> {
    let states = CopyState::ALL.iter().map(Label::label);
    let gaps = CopyGap::ALL.iter().map(Label::label);
    let regions = CopyRegion::ALL.iter().map(Label::label);
    let bases = [DepthBasis::Normals, DepthBasis::Sample];
    states
        .chain(gaps)
        .chain(regions)
        .chain(bases.iter().map(Label::label))
        .collect()
}
