//! Japanese for what can be odd about a variant file.

/// What can be odd about a variant file, as far as it is always said in the same words.
pub(super) const FILE_KINDS: &[(&str, &str)] = &[
    (
        "header lines that cannot be read were skipped",
        "読み取れないヘッダー行を除外",
    ),
    (
        "the first line is not ##fileformat=VCF…",
        "先頭行が##fileformat=VCF…でない",
    ),
    ("two sample columns have the same name", "同名の検体列が2つある"),
    ("contigs without a ##contig line", "##contig行のないコンティグ"),
    (
        "INFO fields that the header does not declare",
        "ヘッダーに定義のないINFO項目",
    ),
    (
        "FORMAT fields that the header does not declare",
        "ヘッダーに定義のないFORMAT項目",
    ),
    (
        "filters that the header does not declare",
        "ヘッダーに定義のないフィルター",
    ),
    ("blank lines were skipped", "空行を除外"),
    (
        "header lines between the records were skipped",
        "レコード間のヘッダー行を除外",
    ),
    (
        "INFO fields that are not UTF-8 were read with replacement characters",
        "UTF-8でないINFO項目を置換文字で読み込み",
    ),
    (
        "the last line has no line end: the file may be cut short",
        "最終行に改行がなく、ファイルが途中で切れている可能性あり",
    ),
    (
        "the index is older than the file, so the whole file was read: index it again",
        "インデックスがファイルより古いため全体を読み込み（再作成を推奨）",
    ),
    (
        "the index could not be used, so the whole file was read: index it again",
        "インデックスを使用できず全体を読み込み（再作成を推奨）",
    ),
    ("genome build", "ゲノムビルド"),
    (
        "symbolic alleles whose end nothing tells (neither INFO END behind POS nor SVLEN): only their first base was looked at",
        "終端の記載がない（POSより後のINFO ENDもSVLENもない）シンボリックアレル：先頭の塩基のみを確認",
    ),
    (
        "symbolic alleles of a kind other than DEL, DUP, INV, CNV and INS without an INFO END behind POS, which alone could tell how far they reach: only their first base was looked at",
        "DEL、DUP、INV、CNV、INS以外の種類で、範囲を示すINFO END（POSより後）のないシンボリックアレル：先頭の塩基のみを確認",
    ),
    (
        "symbolic alleles whose END and SVLEN tell different ends: END was used; correct the records",
        "ENDとSVLENの示す終端が異なるシンボリックアレル：ENDを使用（レコードの修正が必要）",
    ),
    (
        "symbolic alleles or blocks with an END, SVLEN or LEN that is no length: it was not used; correct the records",
        "END、SVLENまたはLENが長さとして読めないシンボリックアレルまたはブロック：使用せず（レコードの修正が必要）",
    ),
    (
        "symbolic alleles or blocks with an END before POS: it was not used; correct the records",
        "ENDがPOSより前にあるシンボリックアレルまたはブロック：使用せず（レコードの修正が必要）",
    ),
    (
        "symbolic alleles or blocks that reach behind the end of their contig: correct END, SVLEN or LEN; is the build right?",
        "コンティグの末端を越えるシンボリックアレルまたはブロック：END、SVLENまたはLENの修正とビルドの確認が必要",
    ),
    (
        "sample cells with more fields than FORMAT names",
        "FORMATより項目の多い検体セル",
    ),
];

/// What follows: how often, and where first.
pub(super) const EXAMPLES: &[(&str, &str)] = &[
    (" ({} times, first {})", "（{0}回、最初は{1}）"),
    (" ({} times)", "（{0}回）"),
    (": {} records (first {})", "：{0}レコード（最初は{1}）"),
    (": 1 record (first {})", "：1レコード（最初は{0}）"),
    (": {}", "：{0}"),
];
