//! Japanese for the short texts that go with a code, a file or a karyotype: in the result they stand once, in English.
//!
//! A pattern holds a place `{}` for each part that differs; the Japanese names them by number, since their order may change.

use super::file_kinds::{EXAMPLES, FILE_KINDS};

/// Returns the Japanese of a text of the result; `None` where it is not known, or the same in both languages.
pub(super) fn in_japanese(text: &str) -> Option<String> {
    let known = |patterns: &[(&str, &str)], text: &str| {
        patterns
            .iter()
            .find_map(|(english, japanese)| Some(filled(japanese, &parts(english, text)?)))
    };
    let several = |text: &str| {
        let parts: Option<Vec<String>> = text.split("; ").map(|part| known(PATTERNS, part)).collect();
        parts.map(|parts| parts.join("；"))
    };
    known(PATTERNS, text).or_else(|| several(text)).or_else(|| {
        // What was odd about a file comes with a count and an example.
        let (kind, japanese) = FILE_KINDS.iter().find(|(kind, _)| text.starts_with(kind))?;
        let rest = &text[kind.len()..];
        let example = known(EXAMPLES, rest).or_else(|| rest.is_empty().then(String::new))?;
        Some(format!("{japanese}{example}"))
    })
}

/// Returns what stands at the places of a pattern; `None` where the text is not of it.
fn parts<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut between = pattern.split("{}");
    let mut rest = text.strip_prefix(between.next()?)?;
    let mut between = between.peekable();
    let mut parts = Vec::new();
    while let Some(literal) = between.next() {
        let end = if between.peek().is_none() {
            rest.strip_suffix(literal)?.len()
        } else {
            rest.find(literal)?
        };
        parts.push(&rest[..end]);
        rest = &rest[end + literal.len()..];
    }
    rest.is_empty().then_some(parts)
}

fn filled(japanese: &str, parts: &[&str]) -> String {
    // Place by place, so that a part with a brace in it stays as it is.
    let mut text = String::new();
    let mut rest = japanese;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((number, behind)) = after.split_once('}') else {
            rest = after;
            break;
        };
        let part = number.parse::<usize>().ok().and_then(|n| parts.get(n));
        text.push_str(part.copied().unwrap_or_default());
        rest = behind;
    }
    text.push_str(rest);
    text
}

/// The longer before what could hide it.
const PATTERNS: &[(&str, &str)] = &[
    // Karyotypes: what the reader took for granted.
    (
        "character {}: one of several; the first is taken, as uncertain",
        "{0}文字目：複数の候補のうち最初のものを、不確実な異常として採用",
    ),
    (
        "character {}: one parenthesis too many",
        "{0}文字目：余分な括弧がある",
    ),
    (
        "character {}: chromosome and band in the same parentheses",
        "{0}文字目：染色体とバンドが同じ括弧内にある",
    ),
    (
        "character {}: a closing parenthesis is missing",
        "{0}文字目：閉じ括弧がない",
    ),
    ("character {}: taken as ;", "{0}文字目：「;」として解釈"),
    ("character {}: taken as a point", "{0}文字目：「.」として解釈"),
    ("character {}: taken as a comma", "{0}文字目：「,」として解釈"),
    (
        "character {}: {} taken as {}",
        "{0}文字目：「{1}」を「{2}」として解釈",
    ),
    ("character {}: a slash is missing", "{0}文字目：「/」がない"),
    ("character {}: a comma is missing", "{0}文字目：「,」がない"),
    (
        "character {}: no sex chromosomes",
        "{0}文字目：性染色体の記載がない",
    ),
    (
        "character {}: the sex chromosomes stand twice",
        "{0}文字目：性染色体が2回記載されている",
    ),
    (
        "character {}: nothing stands between commas",
        "{0}文字目：「,」の間に記載がない",
    ),
    (
        "from character {} on: in situ hybridization or array, left out",
        "{0}文字目以降：FISHまたはアレイの記載のため除外",
    ),
    (
        "bands of one chromosome were separated by ;",
        "1本の染色体のバンドが「;」で区切られている",
    ),
    (
        "incomplete karyotype (inc): there is more that is not described",
        "不完全な核型（inc）：記載されていない異常がある",
    ),
    (
        "uncertain changes (?) are counted",
        "不確実な異常（?）も異常数に含めた",
    ),
    (
        "3q without 3q26: Poor by the written rule; some laboratories say Intermediate",
        "3q26を含まない3q異常：規則の記載どおり不良（Poor）とした。中間（Intermediate）とする施設もある",
    ),
    (
        "the first clone refers to another one; taken as written after it",
        "最初のクローンが他のクローンを参照しており、その後に記載されたものとして解釈",
    ),
    (
        "{}: no such change to be lost; left out",
        "{0}：失われるべき異常がないため除外",
    ),
    (
        "{}: the number of chromosomes is not explained; counted as unknown changes",
        "{0}：染色体数が記載された異常では説明できず、不明な異常として数えた",
    ),
    (
        "{}: the number of chromosomes does not fit the changes",
        "{0}：染色体数が記載された異常と一致しない",
    ),
    (
        "character {}: full-width characters are read as plain ones",
        "{0}文字目：全角文字を半角として解釈",
    ),
    (
        "character {}: {} cannot be read, and is left open",
        "{0}文字目：「{1}」は解釈できないため、可能な範囲として扱った",
    ),
    (
        "no number of chromosomes: the changes named are taken as all that there are",
        "染色体数の記載なし：記載された異常のみとして扱った",
    ),
    (
        "character {}: a closing bracket is missing",
        "{0}文字目：閉じ括弧「]」がない",
    ),
    ("character {}: taken as (", "{0}文字目：「(」として解釈"),
    (
        "character {}: two signs, the second counts",
        "{0}文字目：符号が2つあり、後のものを採用",
    ),
    (
        "character {}: two numbers of chromosomes without a ~ between them",
        "{0}文字目：2つの染色体数の間に「~」がない",
    ),
    (
        "{}: a variant of healthy people, not counted",
        "{0}：健常者にもみられる多型のため異常に数えない",
    ),
    (
        "mos: a mosaic from birth, its changes are not counted",
        "mos：先天性モザイクのため、異常に数えない",
    ),
    (
        "mos: a mosaic from birth, but with changes that are usually acquired; whether they count is left open",
        "mos：先天性モザイクと記載されているが通常は後天性の異常を含むため、異常に数えるかは未確定とした",
    ),
    (
        "{}: 5q is lost, which is not del(5q)",
        "{0}：5qが欠失しているが、del(5q)には当たらない",
    ),
    ("{}: {} is lost", "{0}：{1}が欠失している"),
    (
        "{}: {} may be lost, which is left open",
        "{0}：{1}が欠失している可能性があり、未確定とした",
    ),
    (
        "{}: taken as {}, though without breakpoints",
        "{0}：切断点の記載がないが、{1}として解釈",
    ),
    (
        "{}: {} may be rearranged, which only another method can show",
        "{0}：{1}再構成の可能性がある。FISHなど他の方法での確認を要する",
    ),
    (
        "{}: seen in fewer than {} cells, not clonal",
        "{0}：{1}細胞未満のため、クローン性とみなさない",
    ),
    // Of covered genes, and the number of TP53 mutations.
    ("all", "すべて"),
    ("2 or more", "2以上"),
    (
        "{}: REF does not match at {}: the file has {}, {} has {}; most likely the file is on another genome build (--build) or the \
         reference is another one",
        "{0}：{1}でREFが一致しない（ファイル {2}、{3} {4}）。ゲノムビルド（--build）または参照配列が異なる可能性がある",
    ),
    // How a protein change was told.
    (
        "the most 3' place touches a splice site, an equal one leaves it whole: consequence by the latter",
        "最も3′側の位置はスプライス部位にかかるが、等価な位置ではかからないため、後者により判定",
    ),
    (
        "HGVS c. not moved past bases that are not known: give --reference",
        "未知の塩基を越えるHGVS c.の移動は行っていない（--referenceで指定可）",
    ),
    (
        "GRCh37 has another base here than the transcript and GRCh38: described against GRCh37",
        "GRCh37のこの位置の塩基は転写産物・GRCh38と異なり、GRCh37に対して記載",
    ),
    (
        "runs over an exon border: protein change not determined",
        "エクソン境界にまたがるため、タンパク質の変化は未確定",
    ),
    (
        "protein change not determined: give --reference",
        "タンパク質の変化は未確定（--referenceで指定可）",
    ),
    (
        "protein change not determined: bases unknown in the reference",
        "参照配列の塩基が不明のため、タンパク質の変化は未確定",
    ),
    (
        "insertion at an exon border: read as part of the exon",
        "エクソン境界の挿入：エクソンの一部として解釈",
    ),
    // Alleles that are no sequence.
    ("* (deleted by another allele)", "*（他のアレルにより欠失）"),
    ("breakend {}", "切断端 {0}"),
    ("symbolic allele {}", "記号アレル {0}"),
    // Files and reads.
    (
        "contig {} has the length {} of {}",
        "コンティグ{0}の長さ{1}が{2}と一致",
    ),
    ("contig {} is of {}", "コンティグ{0}は{1}のもの"),
    ("{} names GRCh37", "{0}にGRCh37の記載"),
    ("{} names GRCh38", "{0}にGRCh38の記載"),
    ("{} (no counts)", "{0}（リード数なし）"),
    ("{} (no depth)", "{0}（深度なし）"),
    ("{} (incomplete)", "{0}（不完全）"),
    ("{} (joint over duplicated regions)", "{0}（重複領域の合算）"),
    ("fragments (alignments)", "フラグメント（アラインメント）"),
    (
        "fragments (alignments), rarest base",
        "フラグメント（アラインメント）、最少の塩基",
    ),
    ("X / autosomes {}", "X／常染色体 {0}"),
    ("--build", "実行時に指定されたゲノムビルド"),
    ("{}, but --build {} was given", "{0}、ただし--build {1}の指定あり"),
    (
        "the contig lengths are not those of {}: taken on the word of --build",
        "コンティグの長さは{0}と一致しないが、--buildの指定に従った",
    ),
    (
        "the read groups name {} samples ({}); all reads were counted as one sample, not those of {} alone",
        "リードグループに{0}検体（{1}）の記載あり。{2}のリードのみではなく、全リードを1検体として計数",
    ),
    (
        "the file or the reference has no {}: genes on it are not assessed",
        "ファイルまたは参照配列に{0}がなく、その上の遺伝子は未評価",
    ),
    (
        "no read passes the filters over the panel: nothing could be seen",
        "パネル上にフィルターを通過したリードがなく、何も検出し得ない",
    ),
    (
        "{}: the reference holds a second, false copy ({}) that is not masked; fragments of both copies were counted, whatever their mapping quality, and summed",
        "{0}：参照配列にマスクされていない誤った重複配列（{1}）がある。両配列のフラグメントをマッピング品質によらず計数し、合算した",
    ),
    (
        "no index: the whole file is read",
        "インデックスがないため全体を読み込み",
    ),
    (
        "no index: the whole file is read; `samtools index` makes one",
        "インデックスがないため全体を読み込み（`samtools index`で作成可）",
    ),
    (
        "the index is older than the file and is not used; `samtools index` makes it anew",
        "インデックスがファイルより古く、使用せず（`samtools index`で再作成可）",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_the_places_in_the_order_of_the_language() {
        for (english, expected) in [
            (
                "character 12: ? taken as del",
                "12文字目：「?」を「del」として解釈",
            ),
            ("character 12: taken as a comma", "12文字目：「,」として解釈"),
            ("blank lines were skipped", "空行を除外"),
            ("blank lines were skipped (3 times)", "空行を除外（3回）"),
            (
                "contigs without a ##contig line (2 times, first \"chr{0}\")",
                "##contig行のないコンティグ（2回、最初は\"chr{0}\"）",
            ),
            ("genome build: \"x\"", "ゲノムビルド：\"x\""),
            ("##reference names GRCh38", "##referenceにGRCh38の記載"),
            ("AF (no counts)", "AF（リード数なし）"),
        ] {
            assert_eq!(in_japanese(english).as_deref(), Some(expected));
        }
        for text in [
            "DNMT3A-list-bick",
            "germline",
            "",
            "VAF 0.4",
            "blank lines were skipped, all",
        ] {
            assert_eq!(in_japanese(text), None, "{text}");
        }
    }

    #[test]
    fn no_pattern_is_hidden_by_one_before_it_and_every_place_is_used() {
        for (index, (english, japanese)) in PATTERNS.iter().enumerate() {
            let places = english.matches("{}").count();
            let text = english.replace("{}", "7");
            let found = PATTERNS.iter().position(|(p, _)| parts(p, &text).is_some());
            assert_eq!(found, Some(index), "{english}");
            for place in 0..places {
                assert!(japanese.contains(&format!("{{{place}}}")), "{english}");
            }
            assert_eq!(japanese.matches('{').count(), places, "{english}");
        }
        for (_, japanese) in PATTERNS.iter().chain(FILE_KINDS) {
            assert!(!japanese.is_ascii(), "{japanese}");
        }
    }
}
