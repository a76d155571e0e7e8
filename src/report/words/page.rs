words! { Words;
    title = "Clonal hematopoiesis report", "クローン性造血レポート";
    sample = "Sample", "検体";
    panel = "Panel", "パネル";
    build = "Genome build", "ゲノムビルド";
    version = "Program", "プログラム";
    rules = "Driver rules", "ドライバー判定規則";
    sex = "Sex", "性別";
    age = "Age", "年齢";
    years = "years", "歳";
    not_given = "not given", "記載なし";
    genes_count = "{n} genes", "{n}遺伝子";

    answer = "Result", "結果";
    answer_present = "Driver mutations at or above the threshold: {n} ({genes}).", "閾値以上のドライバー変異：{n}個（{genes}）。";
    answer_review = "Calls that match a driver rule but are in doubt: {n}. A specialist must look at them.", "ドライバー規則に一致するものの判定に疑義のある変異：{n}個。専門家による確認が必要です。";
    answer_also_review = "Further calls that must be reviewed: {n}.", "このほかに確認を要する変異：{n}個。";
    answer_none = "None of the calls in the input is a driver at the threshold. This is no proof of absence: see what was not assessed.", "入力された変異の中に、閾値以上のドライバー変異はありません。これは変異がないことの証明ではありません。未評価の遺伝子を確認してください。";
    assessed_line = "Panel genes: {total}. Assessed in full: {full}; in part: {part}; without coverage information in the input: {none}. Where the input does not tell coverage, the absence of a call is not a negative finding.", "パネル遺伝子：{total}。全域を評価：{full}、一部のみ評価：{part}、入力にカバレッジ情報なし：{none}。カバレッジ情報のない領域で変異が検出されていないことは、陰性を意味しません。";
    colon = ": ", "：";
    open_bracket = " (", "（";
    close_bracket = ")", "）";
    largest_clone = "Largest clone", "最大クローン";
    largest_to_review = "to be reviewed", "要確認";
    drivers = "Drivers", "ドライバー変異";
    to_review = "To review", "要確認";
    not_assessed = "Not assessed", "未評価";
    genes_unit = "genes", "遺伝子";
    scale_caption = "Variant allele frequency of each driver with its 95 % interval. Marks: 2 % = threshold of CHIP (WHO 2022, ICC 2022); 10 % = large clone; 20 % = counted by the Clonal Hematopoiesis Risk Score (Weeks 2023). Hollow = to be reviewed. Logarithmic scale.", "各ドライバー変異の変異アレル頻度と95 %信頼区間。目盛：2 % = CHIPの閾値（WHO 2022、ICC 2022）、10 % = 大きなクローン、20 % = クローン性造血リスクスコア（Weeks 2023）の算入値。白抜き = 要確認。対数目盛。";
    high_risk = "High-risk features", "高リスク所見";
    high_risk_gene = "Mutation in a gene that the Clonal Hematopoiesis Risk Score counts as high-risk", "クローン性造血リスクスコアで高リスクとされる遺伝子の変異";
    high_risk_count = "Two or more driver mutations", "2個以上のドライバー変異";
    high_risk_vaf = "Variant allele frequency of 20 % or more", "変異アレル頻度20 %以上";
    disclaimer_title = "Please note", "ご注意";
    disclaimer = "This report supports and does not replace a diagnosis. It is not a medical device. Findings must be confirmed and judged by a qualified physician together with blood counts, marrow morphology and history.", "本レポートは診断を確定するものではありません。診断を補助する資料であり、医療機器ではありません。所見は、血球数、骨髄形態、病歴とあわせて、資格を有する医師が確認し判断してください。";

    driver_calls = "Driver calls", "ドライバー変異の一覧";
    driver_calls_caption = "Calls that match a driver rule", "ドライバー規則に一致した変異";
    no_driver_calls = "No call of the input matches a driver rule at the threshold.", "閾値以上でドライバー規則に一致した変異はありません。";
    other_calls = "Other calls", "その他の変異";
    other_calls_intro = "Nothing is dropped silently: every call on a panel gene is listed with the reasons for its status.", "パネル遺伝子上の変異はすべて、判定理由とともに記載しています。";
    no_calls = "No other calls on the panel genes.", "パネル遺伝子上にその他の変異はありません。";
    gene = "Gene", "変異遺伝子";
    change = "Change", "変化";
    status = "Status", "判定";
    vaf = "VAF", "変異アレル頻度";
    interval = "95 % interval", "95 %信頼区間";
    no_interval = "no interval (no counts)", "信頼区間なし（リード数なし）";
    vaf_missing = "not in the file", "ファイルに記載なし";
    reads = "Variant / depth", "変異リード数／深度";
    strands = "strands (forward/reverse)", "鎖別（順／逆）";
    normal = "normal", "正常検体";
    caller_filter = "Caller's FILTER", "コーラーのFILTER";
    no_filter = "none (.)", "記載なし（.）";
    rule_and_sets = "Rule and rule sets", "規則と規則セット";
    against = "not a driver by", "ドライバーとしない規則セット";
    reasons = "Reasons", "判定理由";
    position = "Position", "位置";
    transcript = "Transcript", "転写産物";
    exon = "exon", "エクソン";
    intron = "intron", "イントロン";
    population = "population frequency", "一般集団での頻度";
    protein_unknown = "protein change not determined", "タンパク質の変化は未確定";
    inherited_parts = "Probability of an inherited variant, and its parts", "生殖細胞系列である確率とその内訳";
    unresolved = "Alleles that could not be judged", "判定できなかったアレル";
    unresolved_intro = "The file holds these alleles on panel genes, but not as a sequence, so no driver rule could be applied. They are neither drivers nor negatives: look at them.", "パネル遺伝子上にありますが塩基配列として記載されていないため、ドライバー規則を適用できませんでした。ドライバー変異とも陰性とも判定していません。確認してください。";
    answer_unresolved = "Alleles on panel genes that could not be judged: {n}. See below.", "判定できなかったパネル遺伝子上のアレル：{n}個。下記を確認してください。";
    why = "Why", "理由";
    calls_left_out = "{n} more calls of this status are in the calls table and the JSON.", "同じ判定の変異がさらに{n}個あります。calls.tsvおよびJSONをご覧ください。";
    counts_from = "counts from", "計数の出典フィールド";
    show_all = "show", "表示";

    risk = "What the mutated genes mean", "変異遺伝子の意義";
    risk_intro = "Published findings on groups of people; each names its source. They do not predict the course of a single person.", "集団を対象とした研究の知見であり、それぞれ出典を示します。個々の患者の経過を予測するものではありません。";
    no_risk = "No gene with a driver call.", "ドライバー変異のある遺伝子はありません。";
    no_facts = "No cited fact in this panel.", "本パネルに記載のある知見はありません。";

    genes = "Panel genes", "パネル遺伝子";
    genes_caption = "State of each panel gene", "パネル遺伝子ごとの状態";
    limit_picture = "The picture beside a detection limit has a dashed mark at the threshold: a point left of it means that a clone at the threshold would have been seen.", "検出限界の図の破線は閾値を示します。点が破線より左にあれば、閾値のクローンを検出できたことを意味します。";
    genes_intro = "“Not detected” is used only where the input shows enough depth over the whole target, or the laboratory states that the gene was covered (then marked). “Not assessed” means that the input does not say whether the gene was covered.", "「検出されず」は、標的領域の全域で十分な深度が入力に示されている場合、または施設がカバレッジを申告している場合（その旨を付記）にのみ用います。「未評価」は、その遺伝子がカバーされていたかどうかが入力から分からないことを意味します。";
    state = "State", "状態";
    class = "Function", "機能";
    ipssm = "IPSS-M", "IPSS-M";
    chrs = "CHRS high-risk", "CHRS高リスク";
    coverage = "Bases assessed / target", "評価塩基数／標的塩基数";
    depth_lowest = "Lowest depth", "最低深度";
    detection_limit = "Detection limit (VAF)", "検出限界（VAF）";
    calls = "Drivers / review / other", "ドライバー／要確認／その他";
    largest_vaf = "Largest VAF", "最大VAF";
    coverage_stated = "as the laboratory states", "施設の申告による";
    yes = "yes", "はい";

    methods = "How the numbers were made", "数値の算出方法";
    method_vaf = "VAF: fragments with the variant divided by all fragments counted, from the read counts of the input file. Where the file has a fraction only, that fraction is shown without an interval and marked.", "変異アレル頻度（VAF）：入力ファイルのリード数に基づき、変異を支持するリード数を計数した全リード数で割った値。ファイルに頻度しかない場合は、その値を信頼区間なしで示し、その旨を明記します。";
    method_interval = "95 % interval: Wilson score interval without continuity correction (Wilson 1927; Newcombe 1998). It reflects the number of reads only, not errors of sampling, capture or alignment.", "95 %信頼区間：連続性補正なしのWilsonスコア区間（Wilson 1927、Newcombe 1998）。リード数による不確かさのみを表し、検体採取、濃縮、アラインメントの誤差は含みません。";
    method_threshold = "Threshold: VAF {vaf} or more (WHO 5th edition 2022; ICC 2022), {vaf_x} for X-linked genes in males (WHO 5th edition 2022).", "閾値：VAF {vaf}以上（WHO第5版 2022、ICC 2022）。男性のX連鎖遺伝子では{vaf_x}以上（WHO第5版 2022）。";
    method_depth = "Smallest depth {depth}, at least {alt} fragments with the variant (Vlasschaert 2023), unless a rule says otherwise.", "最低深度{depth}、変異を支持するリード{alt}本以上（Vlasschaert 2023）。規則に別の定めがある場合を除きます。";
    method_rules = "Driver rules: {rules}.", "ドライバー判定規則：{rules}。";
    method_limit = "Detection limit: the smallest VAF that would have been called with 95 % power at the depth the file shows; given only where depth is known over the target.", "検出限界：ファイルに示された深度で95 %の検出力をもって検出できる最小のVAF。標的領域の深度が分かる場合にのみ示します。";

    quality = "Quality of the alignments", "アラインメントの品質";
    quality_verdict = "Verdict", "総合判定";
    quality_intro = "What the reads of this sample could show. The detection limit is the smallest VAF that would have been called with 95 % power at the depth, the error rates and the calling rule of this sample.", "この検体のリードから検出しうる範囲を示します。検出限界は、この検体の深度、エラー率、検出規則のもとで95 %の検出力で検出できる最小のVAFです。";
    quality_reads = "Reads over the panel", "パネル上のリード数";
    quality_depth = "Median depth (fragments)", "深度の中央値（断片数）";
    quality_assessed = "Target assessed at VAF {vaf}", "VAF {vaf}で評価できた標的";
    quality_limits = "Detection limit at half / at 95 % of the target", "検出限界（標的の半分／95 %）";
    quality_sex = "Sex by the depth of the X chromosome (a hint; thresholds follow the sex given)", "X染色体の深度からみた性別（参考。閾値は入力された性別に従う）";
    quality_one_x = "male: depth of X / autosomes {ratio}", "男性：X／常染色体の深度比{ratio}";
    quality_two_x = "female: depth of X / autosomes {ratio}", "女性：X／常染色体の深度比{ratio}";
    quality_unclear_x = "unclear: depth of X / autosomes {ratio}", "判定できず：X／常染色体の深度比{ratio}";
    none_reached = "none", "なし";
    hotspots_title = "Hotspots", "ホットスポット";
    hotspots_intro = "Every allele that the driver rules list one by one was counted. Those with fragments are shown; the table hotspots.tsv has all.", "ドライバー規則に個別に記載されたアレルをすべて計数しました。支持リードのあるものを示します。全件はhotspots.tsvをご覧ください。";
    hotspots_counts = "Alleles counted: {all}. Called: {called}; below the limit: {below}; not detected: {none}; not assessed: {open}.", "計数したアレル：{all}。検出：{called}、検出基準未満：{below}、検出されず：{none}、未評価：{open}。";
    recount = "recounted in the alignments", "アラインメントから再計数";
    detection_limit_95 = "95 % of the target", "標的の95 %";

    inputs = "Input and settings", "入力と設定";
    inputs_caption = "Files that were read", "読み込んだファイル";
    file = "File", "ファイル";
    format = "Format", "形式";
    caller = "Caller", "変異コーラー";
    column = "Sample column", "検体の列";
    normal_column = "Normal column", "正常検体の列";
    panel_records = "Records on panel genes", "パネル遺伝子上のレコード数";
    build_from = "Build recognized from", "ビルドの判定根拠";
    reference = "Reference FASTA", "参照配列（FASTA）";
    targets = "Target regions", "標的領域";
    overrides = "Options set away from their defaults", "既定値から変更された設定";
    none = "none", "なし";
    panel_checksum = "Panel checksum", "パネルのチェックサム";

    identity = "Whose DNA is it?", "検体は本人のものか";
    identity_other = "About {fraction} of the DNA seems to be another person's: {sites} of {of} homozygous variants also show the reference base. Contamination, or chimerism after a transplantation or a transfusion. An inherited variant of the other person looks like a clone whose VAF is this share or half of it: no small clone of this sample can be relied on until this is explained.", "DNAの約{fraction}が別人に由来する可能性があります。ホモ接合性変異{of}個のうち{sites}個で参照塩基も認められます。検体の汚染、または移植・輸血後のキメリズムが考えられます。別人の生殖細胞系列変異は、VAFがこの割合またはその半分のクローンのように見えます。原因が明らかになるまで、この検体の小さなクローンは信頼できません。";
    identity_reads = "Variant file and alignments do not seem to be of one person: {sites} of {of} variants that the file shows at a VAF of 25 % or more are absent from the reads. Check for a swapped sample.", "変異ファイルとアラインメントが同一人物のものでない可能性があります。ファイルでVAF 25 %以上の変異{of}個のうち{sites}個がリードに認められません。検体の取り違えがないか確認してください。";
    identity_normal = "Sample and matched normal do not seem to be of one person: the normal lacks {sites} of {of} variants that the sample shows at a VAF of 30 % or more. Check for a swapped sample; if there is none, a leukemia with very many mutations or a normal of a transplant donor explains it.", "検体と対照正常検体が同一人物のものでない可能性があります。検体でVAF 30 %以上の変異{of}個のうち{sites}個が正常検体に認められません。検体の取り違えがないか確認してください。取り違えでない場合は、変異が極めて多い白血病、または移植ドナー由来の正常検体が考えられます。";

    warnings = "Warnings about the input", "入力に関する警告";
    sources = "Sources", "出典";
    language = "Language", "言語";
    abbreviations = "VAF = variant allele frequency. CHIP = clonal hematopoiesis of indeterminate potential. CHRS = Clonal Hematopoiesis Risk Score. IPSS-M = Molecular International Prognostic Scoring System.", "VAF = 変異アレル頻度。CHIP = クローン性造血（clonal hematopoiesis of indeterminate potential）。CHRS = クローン性造血リスクスコア。IPSS-M = 分子情報付き予後スコア（MDS）。";
}

#[cfg(test)]
mod tests {
    use super::phrases::ALL;

    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<_> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        places.sort_unstable();
        places
    }

    #[test]
    fn fills_the_same_places_in_both_languages() {
        for (name, phrase) in ALL {
            assert_eq!(places(phrase.en), places(phrase.ja), "{name}");
        }
    }

    #[test]
    fn leaves_no_phrase_untranslated() {
        for (name, phrase) in ALL {
            assert!(!phrase.ja.is_ascii() || phrase.en == phrase.ja, "{name}");
        }
    }
}
