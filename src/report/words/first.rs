//! The words of the first page: whose sample, the answer, the road, drivers, risk, what to do, what was not assessed.

words! { FirstWords;
    patient_id = "Patient ID", "患者ID";
    birth_date = "Born", "生年月日";
    specimen = "Specimen", "検体種別";
    collected = "Collected", "採取日";
    received = "Received", "受領日";
    reported = "Reported", "報告日";
    laboratory = "Laboratory", "検査施設";
    requester = "Requested by", "依頼者";

    title_aml = "Acute myeloid leukemia", "急性骨髄性白血病";
    title_aml_open = "Acute myeloid leukemia not excluded", "急性骨髄性白血病を否定できず";
    title_mm = "Multiple myeloma", "多発性骨髄腫";
    title_mds = "Myelodysplastic neoplasm", "骨髄異形成腫瘍";
    title_cmml = "Chronic myelomonocytic leukemia", "慢性骨髄単球性白血病";
    title_smm = "Smoldering myeloma", "無症候性骨髄腫";
    title_plasma_other = "Plasma-cell disease beside the road", "形質細胞系の並行する病態";
    title_clone = "Clonal hematopoiesis", "クローン性造血";
    title_cytopenia = "Cytopenia without a clone", "クローンを認めない血球減少";
    title_mgus = "Monoclonal gammopathy", "単クローン性ガンマグロブリン血症";
    title_review = "A person must decide", "要確認";
    title_open = "Stage not certain yet", "病期は未確定";
    title_none = "No driver found", "ドライバー変異なし";
    title_nothing = "No clonal hematopoiesis found", "クローン性造血は認められず";

    two_open = "{list}, not separable yet", "{list}（現時点では区別できず）";
    many_open = "Stage open, still possible: {list}", "病期は未確定、否定できない病期：{list}";
    only_after_exclusion = "{stage} only if another myeloid disease is excluded", "他の骨髄系疾患を除外できれば{stage}";
    no_ch = "no clonal hematopoiesis", "クローン性造血なし";
    no_ch_certain = "No clonal hematopoiesis at the threshold in the {n} panel genes, counts normal", "{n}個のパネル遺伝子に閾値以上のクローン性造血を認めず、血球数は正常";
    or = " or ", "または";
    unstaged_present = "Clonal hematopoiesis, stage not assessed (no blood counts given)", "クローン性造血あり、病期は未評価（血球数の入力なし）";
    unstaged_review = "Possible clonal hematopoiesis, to be decided by a person", "クローン性造血の可能性あり、専門家による確認が必要";
    unstaged_none = "No driver among the calls, stage not assessed (no blood counts given)", "検出された変異にドライバー変異なし、病期は未評価（血球数の入力なし）";
    types = "WHO 2022: {who}; ICC 2022: {icc}", "WHO 2022分類：{who}、ICC 2022分類：{icc}";
    one_clone = "{genes} clone, VAF {vaf}", "{genes}クローン、VAF {vaf}";
    clones = "{genes} clones, largest {vaf}", "{genes}クローン、最大VAF {vaf}";
    and = " and ", "、";
    more_genes = "{n} more genes", "ほか{n}遺伝子";
    one_more_gene = "1 more gene", "ほか1遺伝子";
    one_to_review = "1 call to review", "要確認の変異1個";
    to_review = "{n} calls to review", "要確認の変異{n}個";
    only_review = "{genes} in doubt, largest {vaf}", "{genes}（判定に疑義あり）、最大VAF {vaf}";
    many_clones = "clones in {genes}, largest {vaf}", "{genes}のクローン、最大VAF {vaf}";
    largest_in_doubt = "(the largest is to be reviewed)", "（最大のものは要確認）";
    vaf_not_known = "not known", "不明";
    no_driver = "no driver among the calls", "検出された変異にドライバー変異なし";
    genes_open = "{n} of {of} genes not assessed", "{of}遺伝子中{n}遺伝子は未評価";
    no_proof = "which is no proof of absence", "変異がないことの証明ではない";
    provisional = "provisional: missing values could change it", "暫定：不足する値により変わり得る";
    plasma_open = "plasma-cell stage open, still possible: {list}", "形質細胞系の病期は未確定、否定できない病期：{list}";

    first = "First", "最優先";
    also = "Also", "このほか";
    urgent_other_person = "Another person's DNA seems to be in the sample ({fraction}): settle this before any small clone is believed", "別人のDNAが検体に混在している可能性（{fraction}）：小さなクローンを判断する前に原因を確認する";
    urgent_swap = "The files do not seem to be of one person: check for a swapped sample", "ファイルが同一人物のものでない可能性：検体の取り違えを確認する";
    urgent_quality = "The quality is too low: most of the panel was not assessed", "品質不十分：パネルの大部分が未評価";
    urgent_mm = "Myeloma-defining event: {list}", "骨髄腫診断事象あり：{list}";
    urgent_mpn = "A myeloproliferative neoplasm or another myeloid disease must be excluded first", "骨髄増殖性腫瘍など他の骨髄系疾患の除外が先";
    urgent_germline = "Could be inherited, confirm in other tissue: {list}", "生殖細胞系列の可能性、他組織で確認する：{list}";
    urgent_many = "Very many drivers ({n}): look at the quality of the sample before any is believed", "ドライバー変異が極めて多い（{n}個）：個々の変異を判断する前に検体の品質を確認する";
    urgent_contradiction = "What was given contradicts itself: {text}", "入力された情報に矛盾がある：{text}";
    short_swap = "whose DNA it is", "検体が本人のものかの確認";
    short_quality = "low quality", "品質不十分";
    short_mpn = "another myeloid disease to exclude", "他の骨髄系疾患の除外";
    short_germline = "inheritance to confirm ({list})", "生殖細胞系列の確認（{list}）";
    short_many = "very many drivers", "ドライバー変異が極めて多い";
    short_contradiction = "contradictions in what was given", "入力情報の矛盾";
    short_mm = "myeloma-defining event", "骨髄腫診断事象";

    road = "The road", "現在の位置";
    myeloid_road = "Myeloid", "骨髄系";
    plasma_road = "Plasma cells", "形質細胞系";
    here = "you are here", "現在地";
    somewhere_here = "somewhere here", "この範囲のいずれか";
    here_if_excluded = "here, if another disease is excluded", "他の疾患を除外できればここ";
    off_the_road = "not on this road", "この経路の外";
    not_staged = "Not placed: no blood counts were given.", "血球数の入力がないため、位置は示せません。";
    nowhere = "not told", "判定不能";

    drivers = "Drivers", "ドライバー変異";
    no_drivers = "No call matches a driver rule at the threshold. This is no proof of absence: see what was not assessed.", "閾値以上でドライバー規則に一致した変異はありません。変異がないことの証明ではありません。未評価の遺伝子を確認してください。";
    gene_change = "Gene and change", "遺伝子と変化";
    scale = "VAF on a logarithmic scale", "VAF（対数目盛）";
    vaf_interval = "VAF (95 % interval)", "VAF（95 %信頼区間）";
    reads = "Reads", "リード数";
    status = "Status", "判定";
    sure = "driver", "ドライバー";
    review = "to review", "要確認";
    more_drivers = "{n} more, smaller or of unknown VAF: see the driver calls", "ほか{n}個（より小さいかVAF不明）：ドライバー変異の一覧を参照";
    one_more_driver = "1 more, smaller or of unknown VAF: see the driver calls", "ほか1個（より小さいかVAF不明）：ドライバー変異の一覧を参照";
    scale_note = "Marks: 2 % threshold of CHIP, 10 % large clone, 20 % counted by CHRS. Hollow: to review.", "目盛：2 %はCHIPの閾値、10 %は大きなクローン、20 %はCHRSの算入値。白抜きは要確認。";

    risk = "Risk", "リスク";
    no_score = "No score applies to this stage.", "この病期に適用されるスコアはありません。";
    not_scored = "Not scored: no blood counts or other clinical values were given.", "スコアは算出していません（血球数などの臨床情報の入力なし）。";
    open_category = "open: {best} to {worst}", "未確定：{best}〜{worst}";
    best = "best", "最良";
    worst = "worst", "最悪";
    if_mds = "if MDS", "MDSの場合";
    if_ccus = "if CCUS", "CCUSの場合";
    if_ch = "if CHIP or CCUS", "CHIPまたはCCUSの場合";
    if_aml = "if AML", "AMLの場合";
    if_stage = "if the stage is right", "病期が正しい場合";
    median_survival = "median survival {n}", "生存期間中央値 {n}";
    myeloid_ten_years = "myeloid neoplasm within 10 years: {n} %", "10年以内の骨髄系腫瘍：{n} %";
    myeloid_two_years = "myeloid neoplasm within 2 years: {n} %", "2年以内の骨髄系腫瘍：{n} %";
    group_figures = "Figures are of groups of patients.", "数値は患者集団のものです。";
    cardiovascular = "Heart and vessels: coronary heart disease 1.76 times, heart failure 1.27 times as often as without CHIP", "心血管：CHIPのない人に対し冠動脈疾患1.76倍、心不全1.27倍";

    next = "Do next", "次にすること";
    decide = "What would decide it", "確定に必要な情報";
    plasma_step = "Plasma cells: {text}", "形質細胞系：{text}";
    nothing_open = "Nothing that is missing could change the stage.", "不足情報により病期が変わることはありません。";
    more_steps = "{n} more under “Stage and prognosis”", "ほか{n}件は「病期と予後」を参照";
    one_more_step = "1 more under “Stage and prognosis”", "ほか1件は「病期と予後」を参照";
    count_blood = "Complete blood count with differential, with sex: it tells CHIP from CCUS, and the scores need it.", "血算と白血球分画を行う（性別とともに入力）。CHIPとCCUSの区別とスコアの算出に必要。";
    decide_calls = "Decide on the calls to review; the list of driver calls says what speaks against each.", "要確認の変異を判断する。疑義の内容はドライバー変異の一覧に示す。";
    ask_coverage = "Ask the laboratory which genes were covered at what depth: without it the absence of a call says nothing.", "どの遺伝子がどの深度で解析されたかを検査施設に確認する。カバレッジが不明であれば、変異が検出されないことに意味はない。";
    nothing_to_do = "Nothing follows from the calls of this sample.", "この検体の変異から導かれる方針はありません。";
    decide_counts = "Hemoglobin, neutrophils and platelets, with sex and age", "ヘモグロビン、好中球、血小板（性別・年齢とともに）";
    decide_coverage = "Coverage of the genes not assessed", "未評価の遺伝子のカバレッジ情報";
    decide_review = "A decision on the calls to review", "要確認の変異の判断";

    not_assessed = "Not assessed, and how far the others were looked at", "未評価の遺伝子と、他の遺伝子の評価範囲";
    chips_unknown = "Unknown whether covered", "カバレッジ不明";
    chips_not_targeted = "Not targeted", "標的外";
    chips_part = "Covered in part", "一部のみ評価";
    chips_stated = "Covered as the laboratory states, no driver", "カバレッジは施設の申告による・ドライバー変異なし";
    chips_shown = "Covered as the data show, no driver", "データ上カバレッジあり・ドライバー変異なし";
    chips_limit = "detection limit {n}", "検出限界 {n}";
    not_negative = "A clone in them is not excluded.", "これらの遺伝子のクローンは否定されない。";
    chips_mutated = "Mutated, shown above", "変異あり（上記）";
    not_looked_for = "Not looked for", "検査対象外";
    kmt2a_ptd = "KMT2A-PTD (partial tandem duplication)", "KMT2A-PTD（部分縦列重複）";
    flt3_itd = "FLT3-ITD (only as far as the caller reports long insertions)", "FLT3-ITD（コーラーが長い挿入を報告する範囲のみ）";
    off_panel = "Not on the panel, asked for by scores or types", "パネル外（スコアや病型の判定に必要）";
    unresolved = "Alleles on panel genes that could not be judged: {n}", "判定できなかったパネル遺伝子上のアレル：{n}個";

    reviewed_by = "Reviewed by", "確認者";
    signature = "Signature", "署名";
    date = "Date", "日付";
    contents = "Contents", "目次";
    unfold = "Unfold all details (they are then printed too)", "詳細をすべて表示（印刷にも含まれます）";
    print_hint = "Folded parts are not printed.", "折りたたまれた部分は印刷されません。";
    warnings_count = "Warnings about the input: {n}", "入力に関する警告：{n}件";
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
    fn fills_the_same_places_in_both_languages_and_leaves_none_untranslated() {
        for (name, phrase) in ALL {
            assert_eq!(places(phrase.en), places(phrase.ja), "{name}");
            assert!(!phrase.ja.is_ascii(), "{name}");
        }
    }
}
