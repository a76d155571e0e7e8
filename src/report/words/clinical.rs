words! { ClinicalWords;
    myeloid = "Stage and prognosis: the myeloid road", "病期と予後：骨髄系";
    not_staged = "Not staged: no blood counts or other clinical values were given. A sample sheet or a clinical file gives them.", "病期判定なし：血球数などの臨床情報が入力されていません。検体シートまたは臨床ファイルで入力できます。";
    not_certain = "Not certain: {list}", "確定できず：{list}";
    road_caption = "Where the person stands. The borders are agreed cut-offs on a continuous road. Filled: the stage; dashed: still possible with what is known; the place within a stage follows the group of its score.", "現在の位置。病期の境界は連続した経過上の取り決めです。塗りつぶし：該当する病期、破線：現在の情報では否定できない病期。病期内の位置はスコアの群によります。";
    beside = "beside the road", "並行する病態";
    here = "here", "現在地";
    contradictions = "Contradictions", "矛盾する情報";
    reasons = "Why", "判定理由";
    needed = "What would have to be known", "確定に必要な情報";
    given = "Values given", "入力された値";
    cytopenia_mark = "low", "低値";
    high_mark = "high", "高値";
    classification = "Classification", "分類";
    classification_idle = "The types of MDS and AML apply to a cytopenia or to increased blasts; nothing that was given shows either.", "MDS・AMLの病型分類は血球減少または芽球増加がある場合が対象です。入力された情報にはいずれも認められません。";
    system = "System", "分類体系";
    type_of = "Type", "病型";
    none_matches = "no type matches", "該当する病型なし";
    open_types = "Not certain. By what is known: {known}. Still possible: {list}", "確定できず。既知の情報からは{known}。否定できない病型：{list}";
    open_types_only = "Not certain. Still possible: {list}", "確定できず。否定できない病型：{list}";
    rules_looked_at = "Rules in their order", "適用した規則（順番どおり）";
    rule_yes = "matches", "一致";
    rule_no = "does not match", "不一致";
    rule_unknown = "not known", "不明";
    rule_not_looked_for = "not looked for", "未評価";
    karyotype = "Karyotype", "核型";
    karyotype_group = "Cytogenetic group of IPSS-R", "IPSS-Rの染色体リスク群";
    karyotype_fusions = "Rearrangements", "遺伝子再構成";
    row_of_table = "by the row", "表の該当行";
    changes = "Changes in the largest clone", "最大クローンの異常数";
    clones = "Clones", "クローン";
    normal_clone = "no change", "異常なし";
    cells = "cells", "細胞";
    notes_en = "Remarks of the reader", "読み取り時の注記";
    scores = "Scores", "スコア";
    only_if_mds = "Holds only if the stage is MDS, which is not certain.", "病期がMDSの場合にのみ有効（MDSかどうかは未確定）。";
    only_if_ch = "Holds only if the stage is CHIP or CCUS, which is not certain.", "病期がCHIPまたはCCUSの場合にのみ有効（未確定）。";
    not_mds = "The stage is not MDS; the score was made for MDS.", "病期はMDSではない。このスコアはMDSのためのものです。";
    only_if_ccus = "Holds only if the stage is CCUS, which is not certain.", "病期がCCUSの場合にのみ有効（未確定）。";
    only_if_aml = "Holds only if the stage is AML, which is not certain.", "病期がAMLの場合にのみ有効（未確定）。";
    open_genes = "genes not known to be without a mutation: {list}", "変異の有無が不明な遺伝子：{list}";
    median_survival_months = "median overall survival {n} months after intensive chemotherapy", "強力化学療法後の全生存期間中央値 {n}か月";
    median_survival_not_reached = "median overall survival after intensive chemotherapy not reached", "強力化学療法後の全生存期間中央値 未到達";
    category = "Category", "カテゴリー";
    score = "Score", "スコア";
    not_computed = "cannot be given", "算出できず";
    best = "Best", "最良";
    mean = "Mean", "平均";
    worst = "Worst", "最悪";
    scenario = "If what is missing is at its", "不足する値の仮定";
    without_mutation = "{value} without a mutation of {list}", "{value}（{list}に変異がない場合）";
    outcome_only_without = "holds only without a mutation of {list}", "{list}に変異がない場合のみ";
    range_of = "Possible", "取り得る範囲";
    outcome = "Published outcome of the category", "カテゴリーの公表成績";
    outcome_group = "Published outcome of the group", "群の公表成績";
    contributions = "What each variable adds", "各変数の寄与";
    variable = "Variable", "変数";
    points = "Points", "点数";
    adds = "Adds", "寄与";
    value = "Value", "値";
    missing = "Missing, and how much it could change", "不足する値と、それによる変動幅";
    nothing_missing = "nothing", "なし";
    gene_columns = "Gene columns as they went in", "算入した遺伝子の値";
    basis = "Basis", "根拠";
    age_adjusted = "adjusted for age (IPSS-RA, survival only)", "年齢調整（IPSS-RA、生存のみ）";
    median_survival = "median survival {n} years", "生存期間中央値 {n}年";
    median_survival_range = "median overall survival {n} years (quartiles {a}–{b})", "全生存期間中央値 {n}年（四分位 {a}〜{b}）";
    leukemia_free = "median leukemia-free survival {n} years (quartiles {a}–{b})", "無白血病生存期間中央値 {n}年（四分位 {a}〜{b}）";
    leukemia_at = "AML within 1 / 2 / 4 years: {a} / {b} / {c} %", "1／2／4年以内のAML：{a}／{b}／{c} %";
    quarter_leukemia = "a quarter has AML after {n} years", "4分の1がAMLに至るまで{n}年";
    quarter_not_reached = "a quarter with AML was not reached", "AML 25 %到達せず";
    share = "{n} % of the patients", "患者の{n} %";
    ten_years = "myeloid neoplasm within 10 years in {n} % (standard error {e})", "10年以内の骨髄系腫瘍 {n} %（標準誤差 {e}）";
    two_years = "myeloid neoplasm within 2 years in {n} %", "2年以内の骨髄系腫瘍 {n} %";
    remarks = "Assumptions and what was not looked at", "前提と評価対象外の事項";
    yearly_risk = "Published risk of the stage", "病期の公表リスク";
    next_steps = "What to do next", "今後の方針";
    level = "level", "エビデンスレベル";
    level_proposal = "proposal", "提案";
    levels_note = "Levels of evidence (Oxford scale, as the lecture uses it): 1b a randomized trial, 2a a review of cohort studies, 2b a cohort study, 5 opinion or consensus of experts. No level: the source states none. Proposal: this program's own; nothing published was found.", "エビデンスレベル（講義と同じOxford分類）：1b 無作為化比較試験、2a コホート研究のレビュー、2b コホート研究、5 専門家の意見・合意。レベルの記載がないものは出典に記載なし。提案：本プログラム独自のもので、該当する公表文献なし。";
    background = "Background", "背景知識";
    background_intro = "What the lecture teaches about these genes and this stage, each with its source.", "該当する遺伝子と病期についての講義内容（出典付き）。";
    mds_types_asked = "Do the types of MDS apply?", "MDS病型の適用対象か";
    outside_mds = "no type of MDS", "MDS以外";
    asked_yes = "yes", "対象";
    asked_no = "no", "対象外";
    feature_yes = "yes", "あり";
    feature_no = "no", "なし";
    colon = ": ", "：";
    separator = ", ", "、";
    open_bracket = " (", "（";
    close_bracket = ")", "）";
    full_stop = ".", "。";
    semicolon = "; ", "；";
    source = "Source", "出典";
    groups_note = "Figures describe groups of patients, not one person.", "数値は患者集団についてのものであり、個人の経過を示すものではありません。";

    plasma = "Stage and risk: the plasma-cell road", "病期とリスク：形質細胞系";
    plasma_page = "Plasma-cell report", "形質細胞疾患レポート";
    patients = "Patients", "患者";
    definition = "Definition", "定義";
    certainty = "Certainty", "確実性";
    visits = "Visits", "受診回数";
    date = "Date of the latest values", "最新値の日付";
    events = "Myeloma-defining events (SLiM-CRAB)", "骨髄腫診断事象（SLiM-CRAB）";
    event = "Event", "事象";
    state = "State", "状態";
    rule = "Rule", "基準";
    values = "Values", "値";
    needs = "missing", "不足";
    could_become = "{input} could make it: {list}", "{input}により変わり得る病期：{list}";
    models = "Risk models side by side", "リスクモデルの比較";
    model = "Model", "モデル";
    factors = "Factors / points", "因子数／点数";
    group = "Group", "群";
    progression = "Progression", "進展";
    within_years = "{p} % within {n} years", "{n}年以内 {p} %";
    progression_within = "progression {p} % within {n} years", "{n}年以内の進展 {p} %";
    survival = "{p} % alive after {n} years", "{n}年生存率 {p} %";
    competing = "{p} % with death competing", "死亡を競合リスクとすると{p} %";
    relative = "{n} times the lowest group", "最低リスク群の{n}倍";
    model_if = "holds only if the stage is right", "病期が正しい場合にのみ有効";
    factor_present = "present", "あり";
    factor_absent = "absent", "なし";
    factor_unknown = "not assessed", "未評価";
    stage_progression = "Published progression of the stage", "病期の公表された進展率";
    follow_up = "Follow-up", "経過観察";
    tests = "Tests of a visit", "受診時の検査";
    evidence = "Evidence", "エビデンス";
    serial = "Change over the visits", "経時的変化";
    findings = "Contradictions and cautions", "矛盾と注意";
    sources = "Sources of this section", "この節の出典";
    every_months = "every {a}–{b} months", "{a}〜{b}か月ごと";
    carried_from = "from {date}", "{date}の値";
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
