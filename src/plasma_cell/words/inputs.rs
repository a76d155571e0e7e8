//! The inputs that a result names: values looked at, missing, or taken from an earlier visit.

pub(super) const WORDS: &[super::Entry] = &[
    ("input.m_protein", "serum M protein", "血清M蛋白"),
    ("input.heavy_chain", "heavy chain", "重鎖"),
    ("input.light_chain", "light chain", "軽鎖"),
    ("input.urine_m_protein", "urine M protein", "尿中M蛋白"),
    ("input.kappa_flc", "free κ light chain", "遊離κ軽鎖"),
    ("input.lambda_flc", "free λ light chain", "遊離λ軽鎖"),
    (
        "input.involved_flc",
        "involved free light chain",
        "腫瘍側遊離軽鎖",
    ),
    (
        "input.involved_flc_ratio",
        "involved/uninvolved light chains",
        "腫瘍側／非腫瘍側遊離軽鎖比",
    ),
    ("input.plasma_cells", "clonal plasma cells", "クローン性形質細胞"),
    (
        "input.lymphoplasmacytic_cells",
        "lymphoplasmacytic infiltration",
        "リンパ形質細胞浸潤",
    ),
    (
        "input.igm_signs",
        "symptoms or signs of the IgM disease",
        "IgM疾患による症状・所見",
    ),
    ("input.calcium", "calcium", "カルシウム"),
    (
        "input.calcium_uln",
        "upper limit of calcium",
        "カルシウムの基準値上限",
    ),
    ("input.creatinine", "creatinine", "クレアチニン"),
    ("input.egfr", "creatinine clearance", "クレアチニンクリアランス"),
    ("input.hb", "hemoglobin", "ヘモグロビン"),
    (
        "input.hb_lln",
        "lower limit of hemoglobin",
        "ヘモグロビンの基準値下限",
    ),
    ("input.ldh_uln", "upper limit of LDH", "LDHの基準値上限"),
    ("input.bone_lesions", "lytic bone lesions", "溶骨性病変"),
    ("input.mri_lesions", "focal lesions on MRI", "MRI局在病変"),
    (
        "input.aberrant_plasma_cells",
        "abnormal plasma cells by flow",
        "異常形質細胞（フローサイトメトリー）",
    ),
    ("input.fish", "FISH", "FISH検査"),
    (
        "input.amyloidosis",
        "signs of AL amyloidosis",
        "ALアミロイドーシスの徴候",
    ),
    (
        "input.plasmacytoma",
        "biopsy-proven plasmacytoma",
        "生検で確認された形質細胞腫",
    ),
];
