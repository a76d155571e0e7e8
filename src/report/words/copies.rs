//! Words for copies told by depth and by heterozygous sites.

use super::Phrase;
use super::codes::Label;
use crate::copies::{CopyGap, CopyRegion, CopyState, DepthBasis, ShiftGap, ShiftKind};

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
            Self::NoReads => say(
                "no alignments: a file of variants tells no depth of exons",
                "アラインメントなし：バリアントファイルからエクソン深度は得られない",
            ),
        }
    }
}

impl Label for ShiftGap {
    fn label(&self) -> Phrase {
        match self {
            Self::NoGermlineSites => say(
                "next to no inherited heterozygous variants in the input, as in files of somatic calls alone",
                "入力に生殖細胞系列のヘテロ接合バリアントがほとんどない（体細胞変異のみのファイルなど）",
            ),
            Self::FewSites => say(
                "too few heterozygous sites in these genes",
                "対象遺伝子のヘテロ接合部位が不足",
            ),
            Self::FewReferenceSites => say(
                "too few heterozygous sites on other chromosomes to compare with",
                "比較対象となる他の染色体のヘテロ接合部位が不足",
            ),
            Self::MixedDna => say("another person's DNA in the sample", "別人のDNAの混在"),
            Self::SexUnknown => say("the sex is not given", "性別の入力なし"),
            Self::OneCopy => say("one X only", "X染色体は1本のみ"),
            Self::Noise => say(
                "the sites are too few, too shallow or vary too much: not even a large clone would have been seen",
                "部位数や深度の不足、またはばらつきにより、大きなクローンでも検出できない",
            ),
            Self::Inconclusive => say(
                "something is off balance, but not enough to be told from chance, or at one site alone",
                "不均衡の傾向はあるが、偶然と区別できないか、1部位のみ",
            ),
        }
    }
}

impl Label for ShiftKind {
    fn label(&self) -> Phrase {
        match self {
            Self::Loss => say("loss of a copy", "1コピーの欠失"),
            Self::CopyNeutral => say(
                "copy-neutral loss of heterozygosity",
                "コピー数変化のないヘテロ接合性消失",
            ),
            Self::Gain => say("gain of a copy", "1コピーの増加"),
            Self::Imbalance => say("loss or gain, not told apart", "欠失または増加（区別不能）"),
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
