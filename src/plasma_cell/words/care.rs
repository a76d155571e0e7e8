//! Progression, follow-up, tests, evidence and notices.

pub(super) const WORDS: &[super::Entry] = &[
    (
        "notice.support",
        "This report supports a physician's judgement and does not replace it.",
        "本レポートは医師の判断を支援するものであり、診断を確定するもの、また判断に代わるものではありません。",
    ),
    (
        "notice.not_assessed",
        "A value that is missing was not taken for normal.",
        "不足している値を正常とはみなしていません。",
    ),
    (
        "progression.mgus_overall",
        "MGUS as a whole: about 1 % per year.",
        "MGUS全体:年率約1%。",
    ),
    (
        "progression.non_igm_mgus",
        "Non-IgM MGUS: about 0.5 % per year.",
        "非IgM型MGUS:年率約0.5%。",
    ),
    (
        "progression.igm_mgus",
        "IgM MGUS: about 1 % per year.",
        "IgM型MGUS:年率約1%。",
    ),
    (
        "progression.light_chain_mgus",
        "Light-chain MGUS: about 0.3 % per year.",
        "軽鎖型MGUS:年率約0.3%。",
    ),
    (
        "progression.smm",
        "SMM: about 10 % per year for the first 5 years, 3 % per year for the next 5, then 1-2 % per year.",
        "SMM:最初の5年間は年率約10%、次の5年間は年率約3%、その後は年率1〜2%。",
    ),
    (
        "progression.solitary_plasmacytoma",
        "Solitary plasmacytoma: about 10 % within 3 years.",
        "孤立性形質細胞腫:3年以内に約10%。",
    ),
    (
        "progression.solitary_plasmacytoma_minimal_marrow",
        "With minimal marrow involvement: about 60 % (bone) or 20 % (soft tissue) within 3 years.",
        "骨髄へのごく軽度の浸潤を伴う場合:3年以内に骨病変で約60%、軟部組織病変で約20%。",
    ),
    (
        "follow_up.mgus_low.imwg",
        "After 6 months, then every 2 to 3 years.",
        "6か月後、その後は2〜3年ごと。",
    ),
    (
        "follow_up.mgus_other.imwg",
        "After 6 months, then yearly for life.",
        "6か月後、その後は生涯にわたり年1回。",
    ),
    (
        "follow_up.mgus.lecture",
        "Every 6 months to 2 years by risk.",
        "リスクに応じて6か月〜2年ごと。",
    ),
    (
        "follow_up.smm.imwg",
        "2 to 3 months after diagnosis, then every 4 to 6 months for a year, then every 6 to 12 months.",
        "診断の2〜3か月後、その後1年間は4〜6か月ごと、以後は6〜12か月ごと。",
    ),
    (
        "follow_up.smm.lecture",
        "Every 3 to 6 months, whole-body MRI once a year.",
        "3〜6か月ごと、全身MRI(拡散強調像)を年1回。",
    ),
    (
        "follow_up.refer_now",
        "Refer to hematology without delay.",
        "速やかに血液内科へ紹介してください。",
    ),
    (
        "follow_up.complete_values",
        "Obtain the missing values or resolve the contradictions, then judge again.",
        "不足している値の取得または矛盾の解消を行い、再度判定してください。",
    ),
    (
        "follow_up.none",
        "No follow-up of the plasma-cell line follows from these values.",
        "これらの値からは、形質細胞系の経過観察の必要性は生じません。",
    ),
    (
        "test.m_protein",
        "Serum protein electrophoresis (M protein)",
        "血清蛋白電気泳動(M蛋白)",
    ),
    ("test.flc", "Serum free light chains", "血清遊離軽鎖(FLC)"),
    ("test.cbc", "Complete blood count", "血算"),
    ("test.creatinine", "Creatinine", "クレアチニン"),
    (
        "test.whole_body_mri",
        "Whole-body MRI with diffusion weighting, once a year; plain X-ray is not enough",
        "全身MRI(拡散強調像)を年1回。単純X線では不十分です",
    ),
    (
        "test.urine",
        "24-hour urine for Bence Jones protein",
        "24時間蓄尿(ベンスジョーンズ蛋白)",
    ),
    (
        "evidence.aquila",
        "AQUILA (390 patients with high-risk SMM): subcutaneous daratumumab 1,800 mg for up to 36 months against active monitoring; progression-free at 5 years 63.1 against 40.8 %, hazard ratio 0.49 (95 % confidence interval 0.36-0.67); overall survival at 5 years 93.0 against 86.9 %.",
        "AQUILA試験(高リスクSMM 390例):ダラツムマブ皮下注1,800 mg(最長36か月)と積極的経過観察を比較。5年無増悪生存率63.1%対40.8%、ハザード比0.49(95%信頼区間0.36〜0.67)、5年全生存率93.0%対86.9%。",
    ),
    (
        "evidence.aquila_entry",
        "AQUILA's own definition of high risk is neither 20/2/20 nor the lecture's list; a person can be high risk by one and not by another.",
        "AQUILA試験の高リスク基準は、20/2/20とも講義の5項目とも異なります。基準によって高リスクの該当が変わることがあります。",
    ),
    (
        "evidence.fda",
        "The FDA approved subcutaneous daratumumab for high-risk SMM on 6 November 2025.",
        "米国FDAは2025年11月6日、高リスクSMMに対するダラツムマブ皮下注を承認しました。",
    ),
    ("road.none", "no M protein", "M蛋白なし"),
    ("road.mgus", "MGUS", "MGUS"),
    ("road.smm", "SMM", "SMM"),
    ("road.mm", "MM", "MM"),
    ("road.plasmacytoma", "plasmacytoma", "形質細胞腫"),
    ("road.igm", "IgM / Waldenström", "IgM型/ワルデンシュトレーム"),
    ("road.amyloidosis", "AL amyloidosis", "ALアミロイドーシス"),
    (
        "road.continuum",
        "The borders are agreed cut-offs on a continuous road: 9 % plasma cells is not safe, and 10 % is not suddenly dangerous.",
        "病期の境界は連続した過程の上に取り決められた値です。形質細胞9%なら安全、10%で急に危険になるわけではありません。",
    ),
];
