//! Risk models, their factors and groups.

pub(super) const WORDS: &[super::Entry] = &[
    (
        "model.mayo_mgus_2005",
        "Mayo model of MGUS (2005): M protein >= 1.5 g/dL, not IgG, abnormal free light-chain ratio",
        "MayoのMGUSモデル（2005年）：M蛋白1.5 g/dL以上、IgG以外、遊離軽鎖比異常",
    ),
    (
        "model.kyle_2018_non_igm",
        "MGUS other than IgM over 20 years (Kyle 2018): M protein >= 1.5 g/dL, abnormal free light-chain ratio; the names of the groups are ours",
        "非IgM型MGUSの20年リスク（Kyle 2018）：M蛋白1.5 g/dL以上、遊離軽鎖比異常。群の名称は本プログラムによるものです",
    ),
    (
        "model.kyle_2018_igm",
        "IgM MGUS over 20 years (Kyle 2018): M protein >= 1.5 g/dL, abnormal free light-chain ratio; the names of the groups are ours",
        "IgM型MGUSの20年リスク（Kyle 2018）：M蛋白1.5 g/dL以上、遊離軽鎖比異常。群の名称は本プログラムによるものです",
    ),
    (
        "model.mayo_2008",
        "Mayo 2008: plasma cells >= 10 %, M protein >= 3 g/dL, free light-chain ratio below 0.125 or above 8",
        "Mayo 2008：形質細胞10%以上、M蛋白3 g/dL以上、遊離軽鎖比0.125未満または8超",
    ),
    (
        "model.pethema_2007",
        "PETHEMA 2007: 95 % or more of plasma cells abnormal by flow cytometry, immunoparesis",
        "PETHEMA 2007：フローサイトメトリーで異常形質細胞95%以上、正常免疫グロブリン低下",
    ),
    (
        "model.iss_2005",
        "International Staging System (ISS): β2-microglobulin and albumin",
        "国際病期分類（ISS）：β2ミクログロブリンとアルブミン",
    ),
    (
        "model.r_iss_2015",
        "Revised International Staging System (R-ISS): ISS, high-risk cytogenetics, LDH; survival of patients in trials",
        "改訂国際病期分類（R-ISS）：ISS、高リスク染色体異常、LDH。生存率は臨床試験の患者のもの",
    ),
    (
        "model.r2_iss_2022",
        "Second revision of the International Staging System (R2-ISS): ISS, del(17p), LDH, t(4;14), gain of 1q",
        "国際病期分類第2改訂（R2-ISS）：ISS、del(17p)、LDH、t(4;14)、1q増加",
    ),
    (
        "model.mayo_2018_20_2_20",
        "Mayo 2018 \"20/2/20\": plasma cells > 20 %, M protein > 2 g/dL, free light-chain ratio > 20; high from 2 factors",
        "Mayo 2018「20/2/20」：形質細胞20%超、M蛋白2 g/dL超、遊離軽鎖比20超。2因子以上で高リスク",
    ),
    (
        "model.imwg_2020_20_2_20",
        "IMWG 2020, the same three factors in 1,996 patients",
        "IMWG 2020：同じ3因子（1,996例）",
    ),
    (
        "model.imwg_2020_cytogenetics",
        "IMWG 2020 with high-risk cytogenetics as a fourth factor",
        "IMWG 2020：高リスク染色体異常を第4の因子として加えたもの",
    ),
    ("model.imwg_2020_points", "IMWG 2020 points", "IMWG 2020 点数法"),
    (
        "model.lecture_five_factors",
        "The lecture's list of five: plasma cells >= 20 %, IgG M protein >= 2 g/dL, free light-chain ratio >= 20, a focal lesion on MRI, abnormal flow with immunoparesis; high from 3. It is not the published IMWG 2020 model",
        "講義の5項目：形質細胞20%以上、M蛋白（IgG）2 g/dL以上、遊離軽鎖比20以上、MRI局在病変1か所以上、フローサイトメトリー異常かつ正常免疫グロブリン低下。3項目以上で高リスク。公表されたIMWG 2020モデルとは異なります",
    ),
    (
        "model.aquila_entry",
        "What the AQUILA trial called high risk at entry: plasma cells >= 10 % and any of M protein >= 3 g/dL, IgA, two immunoglobulin classes reduced, ratio 8 to below 100, plasma cells > 50 %",
        "AQUILA試験の登録時の高リスク基準：形質細胞10%以上、かつM蛋白3 g/dL以上・IgA型・2クラス以上の免疫グロブリン低下・遊離軽鎖比8以上100未満・形質細胞50%超のいずれか",
    ),
    (
        "model.ravi_2016",
        "Evolving markers (Ravi 2016): plasma cells >= 20 % at the first visit, evolving M protein, evolving hemoglobin; the names of the groups are ours",
        "経時変化モデル（Ravi 2016）：初回の形質細胞20%以上、M蛋白の増加、ヘモグロビンの低下。群の名称は本プログラムによるものです",
    ),
    ("factor.m_protein", "serum M protein", "血清M蛋白"),
    (
        "factor.m_protein_igg",
        "serum M protein, IgG only",
        "血清M蛋白（IgGのみ）",
    ),
    ("factor.not_igg", "heavy chain other than IgG", "IgG以外の重鎖"),
    (
        "factor.flc_ratio_abnormal",
        "free light-chain ratio outside 0.26-1.65",
        "遊離軽鎖比が0.26〜1.65の範囲外",
    ),
    (
        "factor.plasma_cells",
        "clonal marrow plasma cells",
        "骨髄クローン性形質細胞割合",
    ),
    (
        "factor.plasma_cells_10",
        "clonal marrow plasma cells of 10 % or more (required)",
        "骨髄クローン性形質細胞10%以上（必須）",
    ),
    (
        "factor.involved_flc_ratio",
        "involved/uninvolved free light chains",
        "遊離軽鎖比（腫瘍側／非腫瘍側）",
    ),
    (
        "factor.fish_high_risk",
        "any of t(4;14), t(14;16), gain of 1q, del(13q) or monosomy 13",
        "t(4;14)、t(14;16)、1q増加、del(13q)/13モノソミーのいずれか",
    ),
    (
        "factor.mri_lesions",
        "focal lesion on whole-body MRI",
        "全身MRIの局在性骨髄病変",
    ),
    (
        "factor.flow_aberrant_and_immunoparesis",
        "95 % or more of plasma cells abnormal by flow cytometry, with reduced normal immunoglobulins",
        "フローサイトメトリーで異常形質細胞95%以上、かつ正常免疫グロブリン低下",
    ),
    (
        "factor.aberrant_plasma_cells",
        "plasma cells abnormal by flow cytometry",
        "フローサイトメトリーの異常形質細胞割合",
    ),
    (
        "factor.immunoparesis",
        "reduced normal immunoglobulins",
        "正常免疫グロブリン低下",
    ),
    (
        "factor.beta2_microglobulin",
        "β2-microglobulin (stage III from 5.5 mg/L)",
        "β2ミクログロブリン（5.5 mg/L以上は病期III）",
    ),
    (
        "factor.albumin_low",
        "albumin below 3.5 g/dL",
        "アルブミン3.5 g/dL未満",
    ),
    (
        "factor.fish_r_iss",
        "any of del(17p), t(4;14), t(14;16)",
        "del(17p)、t(4;14)、t(14;16)のいずれか",
    ),
    ("factor.fish_del17p", "del(17p)", "del(17p)（17番短腕欠失）"),
    ("factor.fish_t4_14", "t(4;14)", "t(4;14)転座"),
    (
        "factor.fish_gain_1q",
        "gain or amplification of 1q",
        "1q増加・増幅",
    ),
    (
        "factor.ldh_high",
        "LDH above its upper limit",
        "LDHが基準値上限を超える",
    ),
    ("factor.iga", "IgA", "IgA型"),
    (
        "factor.reduced_isotypes",
        "uninvolved immunoglobulin classes reduced",
        "低下した非腫瘍側免疫グロブリンのクラス数",
    ),
    (
        "factor.evolving_m_protein",
        "evolving M protein",
        "M蛋白の増加傾向",
    ),
    (
        "factor.evolving_hb",
        "evolving hemoglobin",
        "ヘモグロビンの低下傾向",
    ),
    ("group.low", "Low", "低リスク"),
    ("group.low_intermediate", "Low-intermediate", "低中間リスク"),
    ("group.intermediate", "Intermediate", "中間リスク"),
    ("group.high_intermediate", "High-intermediate", "高中間リスク"),
    ("group.high", "High", "高リスク"),
    ("group.stage_i", "Stage I", "病期I"),
    ("group.stage_ii", "Stage II", "病期II"),
    ("group.stage_iii", "Stage III", "病期III"),
    ("group.stage_iv", "Stage IV", "病期IV"),
    ("group.not_high", "Not high", "高リスクに該当せず"),
    (
        "serial.m_protein.yes",
        "The M protein is evolving: it rose by at least 10 % within six months from 3 g/dL or more, or by at least 25 % within twelve, and by at least 0.5 g/dL.",
        "M蛋白は増加傾向です（3 g/dL以上から6か月以内に10%以上、または12か月以内に25%以上、かつ0.5 g/dL以上の増加）。",
    ),
    (
        "serial.m_protein.no",
        "The M protein is not evolving by the definition.",
        "M蛋白は定義上、増加傾向ではありません。",
    ),
    (
        "serial.m_protein.not_assessed",
        "Whether the M protein is evolving was not assessed: no value within twelve months of the first visit, or none at it.",
        "M蛋白の推移は未評価です（初回値、または初回から12か月以内の値がありません）。",
    ),
    (
        "serial.hb.yes",
        "Hemoglobin is evolving: it fell by at least 0.5 g/dL within twelve months.",
        "ヘモグロビンは低下傾向です（12か月以内に0.5 g/dL以上の低下）。",
    ),
    (
        "serial.hb.no",
        "Hemoglobin is not evolving by the definition.",
        "ヘモグロビンは定義上、低下傾向ではありません。",
    ),
    (
        "serial.hb.not_assessed",
        "Whether hemoglobin is evolving was not assessed: no value within twelve months of the first visit, or none at it.",
        "ヘモグロビンの推移は未評価です（初回値、または初回から12か月以内の値がありません）。",
    ),
    (
        "serial.baseline",
        "The first visit is taken as the day of diagnosis.",
        "初回受診日を診断日とみなしています。",
    ),
];
