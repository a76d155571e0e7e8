//! Words for what must be known of counts, and for what told the genome build.

use super::said::Said;
use crate::evidence::CountsNote as Note;
use crate::genome::{BuildDoubt, BuildSource};

impl Said for Note {
    fn said(&self) -> [String; 2] {
        let ja = match self {
            Self::NoCounts { field } => format!("{field}（リード数なし）"),
            Self::NoDepth { field } => format!("{field}（深度なし）"),
            Self::Incomplete { field } => format!("{field}（不完全）"),
            Self::JointOverCopies { field } => format!("{field}（重複領域の合算）"),
            Self::Impossible { field, alt, depth } => format!("{field}（{depth}中{alt}は不可能）"),
            Self::NoCount { field, value } => format!("{field}（{value:?}は計数でない）"),
            Self::OtherNumber {
                field,
                values,
                alleles,
            } => format!("{field}（{alleles}アレルに対し値が{values}個）"),
            Self::AlleleBeyond {
                field,
                named,
                alleles,
            } => {
                format!("{field}（LAAが{alleles}アレル中の{named}番目を指す）")
            }
            Self::AlleleTwice { field, named } => format!("{field}（LAAがアレル{named}を2回指す）"),
            Self::ReferenceNotCounted { field } => format!("{field}（参照アレルのリードは計数されていない）"),
            Self::OneOfSeveral { field } => format!("{field}（複数のアレルのうちの1つ）"),
            Self::NoFraction { field } => format!("{field}（0から1の値でない）"),
            Self::Fragments => "フラグメント（アラインメント）".to_owned(),
            Self::Reads => "リード（アラインメント）".to_owned(),
            Self::FragmentsOfCopies => "フラグメント（アラインメント）、両方の重複領域".to_owned(),
            Self::JunctionFragments => "接合部のフラグメント".to_owned(),
            Self::JunctionFragmentsAndDepth { ratio } => format!("接合部のフラグメント、深度比{ratio}"),
            Self::OutwardPairs => "外向きのペア".to_owned(),
            Self::DepthAlone { ratio } => format!("深度比{ratio}"),
            Self::ReadsOfCopies => "リード（アラインメント）、両方の重複領域".to_owned(),
        };
        [self.to_string(), ja]
    }
}

impl Said for BuildSource {
    fn said(&self) -> [String; 2] {
        let (en, ja) = match self {
            Self::ContigLength {
                contig,
                length,
                genome,
            } => (
                self.to_string(),
                format!("コンティグ{contig}の長さ{length}が{genome}と一致"),
            ),
            Self::ContigAccession { contig, genome } => {
                (self.to_string(), format!("コンティグ{contig}は{genome}のもの"))
            }
            Self::Named { by, genome } => (self.to_string(), format!("{by}に{genome}の記載")),
            Self::Stated => (
                "genome build as stated".to_owned(),
                "実行時に指定されたゲノムビルド".to_owned(),
            ),
        };
        [en, ja]
    }
}

impl Said for BuildDoubt {
    fn said(&self) -> [String; 2] {
        match self {
            Self::OtherBuild { source, given } => {
                let [en, ja] = source.said();
                [
                    format!("{en}, but build {given} was given"),
                    format!("{ja}、ただしビルド{given}の指定あり"),
                ]
            }
            Self::OtherLengths { given } => [
                format!("the contig lengths are not those of {given}: taken as stated"),
                format!("コンティグの長さは{given}と一致しないが、入力された指定に従った"),
            ],
        }
    }
}
