//! Progression, follow-up, tests, evidence and notices.

pub(super) const WORDS: &[super::Entry] = &[
    (
        "notice.support",
        "This report supports a physician's judgement and does not replace it.",
        "本レポートは医師の判断を支援するものであり、診断を確定するものでも、判断に代わるものでもありません。",
    ),
    (
        "notice.not_assessed",
        "A value that is missing was not taken for normal.",
        "不足している値を正常とはみなしていません。",
    ),
    (
        "progression.mgus_overall",
        "MGUS as a whole: about 1 % per year.",
        "MGUS全体：年率約1%。",
    ),
    (
        "progression.non_igm_mgus",
        "Non-IgM MGUS: about 0.5 % per year.",
        "非IgM型MGUS：年率約0.5%。",
    ),
    (
        "progression.igm_mgus",
        "IgM MGUS: about 1 % per year.",
        "IgM型MGUS：年率約1%。",
    ),
    (
        "progression.light_chain_mgus",
        "Light-chain MGUS: about 0.3 % per year.",
        "軽鎖型MGUS：年率約0.3%。",
    ),
    (
        "progression.smm",
        "SMM: about 10 % per year for the first 5 years, 3 % per year for the next 5, then 1-2 % per year.",
        "SMM：最初の5年間は年率約10%、次の5年間は年率約3%、その後は年率1〜2%。",
    ),
    (
        "progression.solitary_plasmacytoma_by_flow",
        "By flow cytometry of the marrow: with clonal plasma cells 71 % (bone) and 20 % (soft tissue) progressed to myeloma, without them 6 %.",
        "骨髄フローサイトメトリーによる進展率：クローン性形質細胞ありでは骨病変71%、軟部組織病変20%、なしでは6%が多発性骨髄腫へ進展。",
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
        "3〜6か月ごと、全身MRI（拡散強調像）を年1回。",
    ),
    (
        "follow_up.smm.daratumumab",
        "High risk by at least one model: discuss early treatment with daratumumab (approved for high-risk SMM by the EC on 23 July 2025 and the FDA on 6 November 2025) with hematology.",
        "少なくとも1つのモデルで高リスク：ダラツムマブによる早期治療を血液内科で検討します（高リスクSMMに対し欧州委員会2025年7月23日、米国FDA 2025年11月6日承認）。",
    ),
    (
        "follow_up.smm.risk_open",
        "Whether the risk is high is open: M protein, free light chains and the plasma cells of the marrow tell. Early treatment is a question only then.",
        "高リスクかどうかは未確定です。M蛋白、遊離軽鎖、骨髄形質細胞割合により判定します。早期治療の検討はその後です。",
    ),
    (
        "follow_up.smm.light_chain",
        "Light-chain SMM: 20/2/20 counts a serum M protein, which is not there, so that it may put the risk too low; its course was described separately. Follow the urine and the free light chains.",
        "軽鎖型SMM：20/2/20は血清M蛋白を因子に含むため、これを欠く軽鎖型ではリスクを低く見積もる可能性があります（経過は別に報告されています）。尿中M蛋白と遊離軽鎖を追跡してください。",
    ),
    (
        "follow_up.mgrs",
        "The kidney filters little or less than before (eGFR below 60 mL/min or a creatinine that no adult with 60 has, or a fourth less than the best value): monoclonal gammopathy of renal significance (MGRS) must be thought of. Urine protein, nephrology; a kidney biopsy decides.",
        "腎機能の低下があります（eGFR 60 mL/分未満もしくはそれに相当するクレアチニン高値、または最良値から25%以上の低下）。腎障害を伴う単クローン性ガンマグロブリン血症（MGRS）を鑑別に挙げ、尿蛋白を確認して腎臓内科へ紹介してください。診断には腎生検を要します。",
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
        "血清蛋白電気泳動（M蛋白）",
    ),
    ("test.flc", "Serum free light chains", "血清遊離軽鎖（FLC）"),
    ("test.cbc", "Complete blood count", "血算"),
    ("test.calcium", "Calcium", "カルシウム"),
    ("test.creatinine", "Creatinine", "クレアチニン"),
    (
        "test.whole_body_mri",
        "Whole-body MRI with diffusion weighting, once a year; plain X-ray is not enough",
        "全身MRI（拡散強調像）を年1回。単純X線では不十分です",
    ),
    (
        "test.urine",
        "24-hour urine for Bence Jones protein",
        "24時間蓄尿（ベンスジョーンズ蛋白）",
    ),
    (
        "evidence.aquila",
        "AQUILA (390 patients with high-risk SMM): subcutaneous daratumumab 1,800 mg for up to 36 months against active monitoring; progression-free at 5 years 63.1 against 40.8 %, hazard ratio 0.49 (95 % confidence interval 0.36-0.67); overall survival at 5 years 93.0 against 86.9 %.",
        "AQUILA試験（高リスクSMM 390例）：ダラツムマブ皮下注1,800 mg（最長36か月）と積極的経過観察を比較。5年無増悪生存率63.1%対40.8%、ハザード比0.49（95%信頼区間0.36〜0.67）、5年全生存率93.0%対86.9%。",
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
    (
        "evidence.ec",
        "The European Commission approved it on 23 July 2025.",
        "欧州委員会は2025年7月23日に同じ適応を承認しました。",
    ),
    (
        "background.mgus_prevalence",
        "MGUS is found in 3-4 % of people over 50, more with age; most of it stays MGUS for life.",
        "MGUSは50歳超の3〜4%に認められ、加齢とともに増加します。多くは生涯MGUSのまま経過します。",
    ),
    (
        "background.spep",
        "Serum protein electrophoresis with immunofixation finds, measures and types the M protein.",
        "血清蛋白電気泳動（SPEP）と免疫固定法でM蛋白の検出・定量・型判定を行います。",
    ),
    (
        "background.flc",
        "Serum free light chains: κ/λ normal from 0.26 to 1.65.",
        "血清遊離軽鎖（FLC）：κ/λ比の基準は0.26〜1.65。",
    ),
    (
        "background.marrow_flow",
        "Marrow with flow cytometry: share of plasma cells; the abnormal ones are CD138+, CD38+, CD19−, CD56+.",
        "骨髄検査とフローサイトメトリー：形質細胞割合を確認します。異常形質細胞はCD138+、CD38+、CD19−、CD56+。",
    ),
    (
        "background.urine",
        "24-hour urine for Bence Jones protein: needed for light-chain disease and AL amyloidosis; the serum alone may not be enough.",
        "24時間蓄尿のベンスジョーンズ蛋白（BJP）：軽鎖型とALアミロイドーシスの評価に必要で、血清遊離軽鎖のみでは不十分なことがあります。",
    ),
    (
        "background.mri",
        "Whole-body MRI with diffusion weighting finds lesions 2-5 years before X-ray.",
        "全身MRI（拡散強調像）は単純X線より2〜5年早く病変を検出します。",
    ),
    (
        "background.immune_escape",
        "Progression is the failure of immune surveillance (exhausted T cells, more regulatory T cells, fewer NK cells): the reason to think of early treatment.",
        "進展は免疫監視の破綻（T細胞の疲弊、制御性T細胞の増加、NK細胞の減少）によるもので、早期治療を検討する根拠となります。",
    ),
    (
        "background.no_symptoms",
        "“No symptoms” is not “safe”: “come when it hurts” can end in a fracture or paralysis.",
        "「症状がない」は「安全」ではありません。「痛くなってから受診」では骨折や麻痺に至ることがあります。",
    ),
    (
        "background.ldh",
        "LDH rises with the tumor load and is a sign of a bad prognosis.",
        "LDHは腫瘍量とともに上昇し、予後不良の徴候です。",
    ),
    (
        "background.bone",
        "Bone: RANK-RANKL overdrives the osteoclasts; pure lysis, punched-out lesions, collapsed vertebrae.",
        "骨：RANK-RANKL系により破骨細胞が過剰に活性化し、打ち抜き像を呈する溶骨性病変や椎体圧潰を生じます。",
    ),
    ("road.none", "no M protein", "M蛋白なし"),
    ("road.mgus", "MGUS", "MGUS"),
    ("road.smm", "SMM", "SMM"),
    ("road.mm", "MM", "MM"),
    ("road.plasmacytoma", "plasmacytoma", "形質細胞腫"),
    ("road.igm", "IgM / Waldenström", "IgM型／ワルデンシュトレーム"),
    ("road.amyloidosis", "AL amyloidosis", "ALアミロイドーシス"),
    (
        "road.continuum",
        "The borders are agreed cut-offs on a continuous road: 9 % plasma cells is not safe, and 10 % is not suddenly dangerous.",
        "病期の境界は連続した過程の上に取り決められた値です。形質細胞9%なら安全、10%で急に危険になるわけではありません。",
    ),
];
