//! Words for how a consequence was told, and for alleles that are no sequence.

use super::said::Said;
use crate::genome::WrittenEvent;
use crate::transcript::ConsequenceNote as Note;

impl Said for Note {
    fn said(&self) -> [String; 2] {
        let en = match self {
            Self::NotMoved => {
                "HGVS c. not moved past bases that are not known: a reference sequence would tell".to_owned()
            }
            Self::StartOpen => "whether the start codon is kept hangs on bases before it that are not known: a reference sequence \
                                would tell"
                .to_owned(),
            Self::ReferenceNeeded => {
                "protein change not determined: a reference sequence would tell".to_owned()
            }
            Self::ReferenceMismatch {
                gene,
                place,
                found,
                build,
                expected,
            } => format!(
                "{gene}: REF does not match at {place}: the file has {found}, {build} has {expected}; most likely the file is on \
                 another genome build or the reference is another one"
            ),
            other => other.to_string(),
        };
        [en, in_japanese(self)]
    }
}

fn in_japanese(note: &Note) -> String {
    let fixed = match note {
        Note::SpliceSpared => {
            "最も3′側の位置はスプライス部位にかかるが、等価な位置ではかからないため、後者により判定"
        }
        Note::StartSpared => {
            "最も3′側の位置は開始コドンにかかるが、等価な位置ではかからないため、後者により判定"
        }
        Note::NotMoved => "未知の塩基を越えるHGVS c.の移動は行っていない（参照配列があれば確定できる）",
        Note::StartOpen => "開始コドンが保たれるかは、その前の未知の塩基による（参照配列があれば確定できる）",
        Note::OtherBase => "GRCh37のこの位置の塩基は転写産物・GRCh38と異なり、GRCh37に対して記載",
        Note::OverExonBorder => "エクソン境界にまたがるため、タンパク質の変化は未確定",
        Note::ReferenceNeeded => "タンパク質の変化は未確定（参照配列があれば確定できる）",
        Note::BasesUnknown => "参照配列の塩基が不明のため、タンパク質の変化は未確定",
        Note::AtExonBorder => "エクソン境界の挿入：エクソンの一部として解釈",
        Note::FromFile { source, transcript } => return format!("{source}の{transcript}による記載から"),
        Note::Event { event } => {
            let [_, ja] = event.said();
            return ja;
        }
        Note::ReferenceMismatch {
            gene,
            place,
            found,
            build,
            expected,
        } => {
            return format!(
                "{gene}：{place}でREFが一致しない（ファイル {found}、{build} {expected}）。ゲノムビルドまたは参照配列が異なる可能性がある"
            );
        }
        Note::Elsewhere { problem } => problem,
    };
    fixed.to_owned()
}

impl Said for WrittenEvent {
    fn said(&self) -> [String; 2] {
        let en = self.to_string();
        let ja = match self {
            Self::Overlapped => "*（他のアレルにより欠失）".to_owned(),
            Self::Breakend { alternate } => format!("切断端 {alternate}"),
            Self::Symbolic { alternate, .. } => format!("記号アレル {alternate}{}", self.fields()),
            Self::Unreadable { problem } => problem.clone(),
        };
        [en, ja]
    }
}
