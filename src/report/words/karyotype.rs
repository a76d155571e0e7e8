//! Japanese for notes on a karyotype.

use super::said::Said;
use crate::karyotype::KaryotypeNote as Note;

impl Said for Note {
    fn said(&self) -> [String; 2] {
        [self.to_string(), at_a_character(self)]
    }
}

fn at_a_character(note: &Note) -> String {
    match note {
        Note::OneOfSeveral { position } => {
            format!(
                "{position}文字目：複数の候補のうちのいずれか：候補ごとに判定し、結果が異なる点は未確定とした"
            )
        }
        Note::ParenthesisTooMany { position } => format!("{position}文字目：余分な括弧がある"),
        Note::BandWithChromosome { position } => {
            format!("{position}文字目：染色体とバンドが同じ括弧内にある")
        }
        Note::ParenthesisMissing { position } => format!("{position}文字目：閉じ括弧がない"),
        Note::TakenAsParenthesis { position } => format!("{position}文字目：「(」として解釈"),
        Note::TakenAsSemicolon { position } => format!("{position}文字目：「;」として解釈"),
        Note::TakenAsPoint { position } => format!("{position}文字目：「.」として解釈"),
        Note::TakenAsComma { position } => format!("{position}文字目：「,」として解釈"),
        Note::TakenAs {
            position,
            written,
            read,
        } => format!("{position}文字目：「{written}」を「{read}」として解釈"),
        Note::TwoSigns { position } => format!("{position}文字目：符号が2つあり、後のものを採用"),
        Note::SlashMissing { position } => format!("{position}文字目：「/」がない"),
        Note::CommaMissing { position } => format!("{position}文字目：「,」がない"),
        Note::BracketMissing { position } => format!("{position}文字目：閉じ括弧「]」がない"),
        Note::SexMissing { position } => format!("{position}文字目：性染色体の記載がない"),
        Note::PloidyBehindSex { position } => format!("{position}文字目：性染色体の後に倍数性の記載がある"),
        Note::SexTwice { position } => format!("{position}文字目：性染色体が2回記載されている"),
        Note::NothingBetweenCommas { position } => format!("{position}文字目：「,」の間に記載がない"),
        Note::TwoNumbers { position } => format!("{position}文字目：2つの染色体数の間に「~」がない"),
        Note::WideCharacters { position } => format!("{position}文字目：全角文字を半角として解釈"),
        Note::Unreadable { position, part } => {
            format!("{position}文字目：「{part}」は解釈できないため、可能な範囲として扱った")
        }
        Note::OtherMethod { position } => {
            format!("{position}文字目以降：FISHまたはアレイの記載のため除外")
        }
        _ => of_the_whole(note),
    }
}

fn of_the_whole(note: &Note) -> String {
    let fixed = match note {
        Note::BandsSeparated => "1本の染色体のバンドが「;」で区切られている",
        Note::NumberMissing => "染色体数の記載なし：記載された異常のみとして扱った",
        Note::TakenAsNormal => "正常核型として扱った",
        Note::Incomplete => "不完全な核型（inc）：記載されていない異常がある",
        Note::UncertainCounted => "不確実な異常（?）も異常数に含めた",
        Note::WithoutMecomBand => {
            "3q26を含まない3q異常：規則の記載どおり不良（Poor）とした。中間（Intermediate）とする施設もある"
        }
        Note::FirstCloneRefers => {
            "最初のクローンが他のクローンを参照しており、その後に記載されたものとして解釈"
        }
        Note::Mosaic => "mos：先天性モザイクのため、異常に数えない",
        Note::MosaicOpen => {
            "mos：先天性モザイクと記載されているが通常は後天性の異常を含むため、異常に数えるかは未確定とした"
        }
        _ => return of_a_change(note),
    };
    fixed.to_owned()
}

fn of_a_change(note: &Note) -> String {
    match note {
        Note::AsElsewhere { written, read } => format!("{written}：他の箇所の記載に従い、{read}として解釈"),
        Note::NothingToLose { change } => format!("{change}：失われるべき異常がないため除外"),
        Note::NumberUnexplained { clone } => {
            format!("{clone}：染色体数が記載された異常では説明できず、不明な異常として数えた")
        }
        Note::NumberMisfit { clone } => format!("{clone}：染色体数が記載された異常と一致しない"),
        Note::OfHealthyPeople { change } => format!("{change}：健常者にもみられる多型のため異常に数えない"),
        Note::LostOtherwise { change } => format!("{change}：5qが欠失しているが、del(5q)には当たらない"),
        Note::Lost { change, arm } => format!("{change}：{arm}が欠失している"),
        Note::MayBeLost { change, arm } => {
            format!("{change}：{arm}が欠失している可能性があり、未確定とした")
        }
        Note::FusionWithoutBands { change, fusion } => {
            format!("{change}：切断点の記載がないが、{fusion}として解釈")
        }
        Note::MayBeRearranged { change, gene } => {
            format!("{change}：{gene}再構成の可能性がある。FISHなど他の方法での確認を要する")
        }
        Note::TooFewCells { change, cells } => {
            format!("{change}：{cells}細胞未満のため、クローン性とみなさない")
        }
        // Said above.
        _ => String::new(),
    }
}
