//! Words for warnings about the files of a sample.

use super::said::Said;
use crate::evidence::{FileOddity, SpanOddity, Warning};

impl Said for Warning {
    fn said(&self) -> [String; 2] {
        match self {
            Self::BuildOnTrust { doubt } => {
                let [en, ja] = doubt.said();
                [format!("genome build: {en:?}"), format!("ゲノムビルド：{ja}")]
            }
            Self::BuildStated { doubt } => doubt.said(),
            Self::PrimersLearned { places, length } => [
                format!(
                    "the reads begin at {places} places as those of amplicons do: {length} bases there are taken for primers and not \
                     counted, rules on strands are off"
                ),
                format!(
                    "リードが増幅産物のように{places}か所から始まるため、その{length}塩基をプライマーとみなして計数せず、鎖に関する\
                     規則は適用していない"
                ),
            ],
            other => [other.to_string(), of_variants(other)],
        }
    }
}

fn of_variants(warning: &Warning) -> String {
    match warning {
        Warning::OddFile { oddity, times, first } => {
            let what = in_japanese(*oddity);
            match (times, first) {
                (1, None) => what.to_owned(),
                (1, Some(first)) => format!("{what}：{first:?}"),
                (n, None) => format!("{what}（{n}回）"),
                (n, Some(first)) => format!("{what}（{n}回、最初は{first:?}）"),
            }
        }
        Warning::OddSpans {
            oddity,
            records,
            first,
        } => {
            format!(
                "{}：{records}レコード（最初は{first}）",
                span_in_japanese(*oddity)
            )
        }
        Warning::OffPanel { records, first } => format!(
            "解析対象の染色体上にレコードがない：{records}レコードは他の場所（最初は{first}）。このファイルからパネルについて何もわからない"
        ),
        Warning::UnknownContig {
            contig,
            build,
            records,
            first,
        } => format!(
            "コンティグ{contig:?}は{build}の染色体でない：{records}レコード（最初は{first}）を除外。名前の変更が必要（`bcftools annotate \
             --rename-chrs`）"
        ),
        Warning::BehindContigEnd {
            contig,
            end,
            build,
            records,
            first,
        } => format!(
            "コンティグ{contig:?}は{build}では{end}で終わる：その先の{records}レコード（最初は{first}）を除外。ビルドの確認が必要"
        ),
        Warning::FurtherContigs { build, records } => {
            format!("ほかにも{build}の染色体でないコンティグがある：{records}レコードを除外")
        }
        Warning::Telomeres { records, first } => format!(
            "位置0、または末端の次の位置はテロメアで塩基がない：{records}レコード（最初は{first}）を除外"
        ),
        Warning::ReferenceContradicted {
            records,
            checked,
            first,
        } => {
            format!("参照配列と矛盾するレコード：照合した{checked}件中{records}件、最初は{first}")
        }
        other => of_alignments(other),
    }
}

fn of_alignments(warning: &Warning) -> String {
    match warning {
        Warning::SeveralSamples { samples } => format!(
            "リードグループに{}検体（{}）の記載あり。{}のリードのみではなく、全リードを1検体として計数",
            samples.len(),
            samples.join(", "),
            samples.first().map_or("", String::as_str)
        ),
        Warning::NoIndex => "インデックスがないため全体を読み込み（`samtools index`で作成可）".to_owned(),
        Warning::NoIndexOfSam => "インデックスがないため全体を読み込み".to_owned(),
        Warning::OldIndex => {
            "インデックスがファイルより古く、使用せず（`samtools index`で再作成可）".to_owned()
        }
        Warning::WrongIndex { problem } => format!(
            "インデックスが壊れているか別のファイルのもので、使用せず（{problem}）。全体を読み込み（`samtools index`で再作成可）"
        ),
        Warning::ContigsMissing { contigs } => format!(
            "ファイルまたは参照配列に{}がなく、その上の遺伝子は未評価",
            contigs.join(", ")
        ),
        Warning::NoReads => "パネル上にフィルターを通過したリードがなく、何も検出し得ない".to_owned(),
        Warning::FalseCopy { gene, place } => format!(
            "{gene}：参照配列にマスクされていない誤った重複配列（{place}）がある。両配列のフラグメントをマッピング品質によらず計数し、合算した"
        ),
        Warning::ClippedReads {
            place,
            clipped,
            reads,
            before,
            bases,
        } => format!(
            "{place}：{reads}リード中{clipped}リードがその{}で同じ配列（{bases}）としてクリップされ、検出された変異では説明できない。長い\
             挿入、重複または再構成の可能性があり、周囲の検出限界は成り立たない。リードの確認、または構造変異の検出ツールの使用を要する",
            if *before { "手前" } else { "直後" }
        ),
        Warning::NoBaseQualities { reads, assumed } => format!(
            "{reads}リードに塩基品質がない（QUALが*）：各塩基の品質を{assumed}とみなした。低頻度の変異とエラーの区別は、品質がある場合に劣る"
        ),
        Warning::PrimersOfOthers { at_primers, reads } => format!(
            "{reads}リード中{at_primers}リードのみが、指定されたプライマーの位置で始まるか終わる：このライブラリとゲノムビルドのプライマーか、\
             確認が必要"
        ),
        // Said above.
        _ => String::new(),
    }
}

const fn span_in_japanese(oddity: SpanOddity) -> &'static str {
    match oddity {
        SpanOddity::NotStated => {
            "終端の記載がない（POSより後のINFO ENDもSVLENもない）シンボリックアレル：先頭の塩基のみを確認"
        }
        SpanOddity::UnknownKind => {
            "DEL、DUP、INV、CNV、INS以外の種類で、範囲を示すINFO END（POSより後）のないシンボリックアレル：先頭の塩基のみを確認"
        }
        SpanOddity::Contradiction => {
            "ENDとSVLENの示す終端が異なるシンボリックアレル：ENDを使用（レコードの修正が必要）"
        }
        SpanOddity::Unreadable => {
            "END、SVLENまたはLENが長さとして読めないシンボリックアレルまたはブロック：使用せず（レコードの修正が必要）"
        }
        SpanOddity::Backwards => {
            "ENDがPOSより前にあるシンボリックアレルまたはブロック：使用せず（レコードの修正が必要）"
        }
        SpanOddity::BehindContig => {
            "コンティグの末端を越えるシンボリックアレルまたはブロック：END、SVLENまたはLENの修正とビルドの確認が必要"
        }
    }
}

const fn in_japanese(oddity: FileOddity) -> &'static str {
    match oddity {
        FileOddity::HeaderLine => "読み取れないヘッダー行を除外",
        FileOddity::NoFileformat => "先頭行が##fileformat=VCF…でない",
        FileOddity::DuplicateSample => "同名の検体列が2つある",
        FileOddity::TrailingTab => "#CHROM行の最後の列より後のタブは検体とみなさない",
        FileOddity::UndeclaredContig => "##contig行のないコンティグ",
        FileOddity::UndeclaredInfo => "ヘッダーに定義のないINFO項目",
        FileOddity::UndeclaredFormat => "ヘッダーに定義のないFORMAT項目",
        FileOddity::UndeclaredFilter => "ヘッダーに定義のないフィルター",
        FileOddity::BlankLine => "空行を除外",
        FileOddity::HeaderInBody => "レコード間のヘッダー行を除外",
        FileOddity::NotUtf8 => "UTF-8でないINFO項目を置換文字で読み込み",
        FileOddity::NoFinalNewline => "最終行に改行がなく、ファイルが途中で切れている可能性あり",
        FileOddity::StaleIndex => "インデックスがファイルより古いため全体を読み込み（再作成を推奨）",
        FileOddity::BadIndex => "インデックスを使用できず全体を読み込み（再作成を推奨）",
        FileOddity::TooFewSampleFields => "FORMATより項目の多い検体セル",
        FileOddity::Quality => "数値でないQUALの値（結果には影響しないが、行が壊れている可能性あり）",
    }
}
