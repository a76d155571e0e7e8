//! Why a stage was given: one sentence per rule.

pub(super) const WORDS: &[super::Entry] = &[
    (
        "rule.mm.sixty_percent",
        "Clonal plasma cells of 60 % or more define myeloma by themselves.",
        "クローン性形質細胞60%以上は、それだけで多発性骨髄腫と定義されます。",
    ),
    (
        "rule.mm.marrow_and_event",
        "Clonal plasma cells of 10 % or more together with a myeloma-defining event.",
        "クローン性形質細胞10%以上に、骨髄腫診断事象を伴います。",
    ),
    (
        "rule.mm.plasmacytoma_and_event",
        "A biopsy-proven plasmacytoma together with a myeloma-defining event.",
        "生検で証明された形質細胞腫に、骨髄腫診断事象を伴います。",
    ),
    (
        "rule.mm.earlier_visit",
        "An earlier visit met the criteria of myeloma; later values do not undo the diagnosis.",
        "以前の受診時に多発性骨髄腫の基準を満たしており、その後の値によって診断が取り消されることはありません。",
    ),
    (
        "rule.undetermined.event_marrow_missing",
        "A myeloma-defining event is met, but the marrow that the definition asks for was not given.",
        "骨髄腫診断事象を満たしますが、定義に必要な骨髄の値がありません。",
    ),
    (
        "rule.review.event_marrow_below_10",
        "A myeloma-defining event is met with clonal plasma cells below 10 % and no plasmacytoma: neither myeloma nor MGUS is defined so. Another cause of the event, a patchy marrow or a light-chain disease must be considered.",
        "骨髄腫診断事象を満たす一方、クローン性形質細胞は10%未満で形質細胞腫もなく、骨髄腫にもMGUSにも該当しません。事象の他の原因、骨髄病変の偏在、軽鎖関連疾患を検討してください。",
    ),
    (
        "rule.review.event_no_plasma_cells",
        "A myeloma-defining event is met although no clonal plasma cells were found: the values contradict each other.",
        "クローン性形質細胞を認めないのに骨髄腫診断事象を満たしており、値が矛盾しています。",
    ),
    (
        "rule.off_road.amyloidosis",
        "Signs of AL amyloidosis exclude MGUS and SMM by definition.",
        "ALアミロイドーシスの徴候がある場合、定義上MGUSおよびSMMは除外されます。",
    ),
    (
        "rule.plasmacytoma.marrow_missing",
        "A plasmacytoma was proven; the marrow tells whether it is solitary.",
        "形質細胞腫が証明されています。孤立性か否かの判定には骨髄の値が必要です。",
    ),
    (
        "rule.review.plasmacytoma_marrow_10",
        "A plasmacytoma with clonal plasma cells of 10 % or more is not solitary, and without an event it is not myeloma by the letter.",
        "形質細胞腫に加えクローン性形質細胞が10%以上あり孤立性とは言えませんが、事象がないため字義どおりには骨髄腫にも該当しません。",
    ),
    (
        "rule.review.plasmacytoma_second_lesion",
        "A plasmacytoma of soft tissue and a lytic bone lesion: not solitary.",
        "軟部組織の形質細胞腫に溶骨性病変を伴い、孤立性とは言えません。",
    ),
    (
        "rule.plasmacytoma.minimal_marrow",
        "One proven plasmacytoma, clonal plasma cells above 0 and below 10 %, no event.",
        "形質細胞腫が1か所証明され、クローン性形質細胞は10%未満で、診断事象はありません。",
    ),
    (
        "rule.plasmacytoma.solitary",
        "One proven plasmacytoma, no clonal plasma cells in the marrow, no event.",
        "形質細胞腫が1か所証明され、骨髄にクローン性形質細胞はなく、診断事象もありません。",
    ),
    (
        "rule.undetermined.single_bone_lesion",
        "A single lytic lesion and clonal plasma cells below 10 % or unknown: a biopsy of the lesion tells plasmacytoma from other causes.",
        "溶骨性病変が1か所で、クローン性形質細胞は10%未満または不明です。病変の生検により形質細胞腫か他の原因かを区別します。",
    ),
    (
        "rule.igm.anemia",
        "IgM with anemia that counts as an event.",
        "IgM型で、事象に該当する貧血があります。",
    ),
    (
        "rule.igm.signs",
        "IgM with constitutional symptoms, hyperviscosity, or enlarged nodes, liver or spleen.",
        "IgM型で、全身症状・過粘稠・リンパ節腫大・肝脾腫のいずれかがあります。",
    ),
    (
        "rule.igm.m_protein",
        "IgM of 3 g/dL or more.",
        "IgM型M蛋白が3 g/dL以上です。",
    ),
    (
        "rule.igm.marrow",
        "IgM with marrow infiltration of 10 % or more.",
        "IgM型で、骨髄浸潤が10%以上です。",
    ),
    (
        "rule.mgus.igm",
        "IgM below 3 g/dL, marrow infiltration below 10 %, no anemia that counts as an event.",
        "IgM型M蛋白3 g/dL未満、骨髄浸潤10%未満で、事象に該当する貧血はありません。",
    ),
    (
        "rule.undetermined.igm",
        "IgM, but the M protein or the marrow is missing.",
        "IgM型ですが、M蛋白または骨髄の値が不足しています。",
    ),
    (
        "rule.smm.marrow",
        "Clonal plasma cells of 10 to below 60 % without a myeloma-defining event.",
        "クローン性形質細胞10%以上60%未満で、骨髄腫診断事象はありません。",
    ),
    (
        "rule.smm.m_protein",
        "Serum M protein of 3 g/dL or more without a myeloma-defining event.",
        "血清M蛋白3 g/dL以上で、骨髄腫診断事象はありません。",
    ),
    (
        "rule.smm.urine",
        "Urine M protein of 500 mg/24 h or more without a myeloma-defining event.",
        "尿中M蛋白500 mg/24時間以上で、骨髄腫診断事象はありません。",
    ),
    (
        "rule.review.m_protein_3_not_igg_iga",
        "M protein of 3 g/dL or more that is neither IgG nor IgA: too much for MGUS, and the definition of SMM names IgG and IgA only.",
        "M蛋白3 g/dL以上ですがIgGでもIgAでもなく、MGUSには多すぎ、SMMの定義はIgGとIgAのみを挙げています。",
    ),
    (
        "rule.mgus.non_igm",
        "M protein below 3 g/dL, not IgM, clonal plasma cells below 10 %, no event.",
        "M蛋白3 g/dL未満（IgM以外）、クローン性形質細胞10%未満で、診断事象はありません。",
    ),
    (
        "rule.mgus.type_not_given",
        "M protein below 3 g/dL and clonal plasma cells below 10 %; the heavy chain was not given.",
        "M蛋白3 g/dL未満、クローン性形質細胞10%未満ですが、重鎖型の記載がありません。",
    ),
    (
        "rule.mgus.marrow_deferred",
        "IgG of at most 1.5 g/dL with a normal free light-chain ratio: the marrow may be left alone.",
        "IgG型M蛋白1.5 g/dL以下で遊離軽鎖比は正常であり、骨髄検査は省略可能とされています。",
    ),
    (
        "rule.mgus.light_chain",
        "Free light-chain ratio abnormal with the matching chain raised, no heavy chain, clonal plasma cells below 10 %.",
        "遊離軽鎖比の異常と対応する軽鎖の上昇があり、重鎖を認めず、クローン性形質細胞は10%未満です。",
    ),
    (
        "rule.undetermined.immunofixation_missing",
        "No M protein was measured, but immunofixation was not given: a light-chain disease would be missed.",
        "M蛋白は測定上認めませんが、免疫固定法の結果がなく、軽鎖型を見逃す可能性があります。",
    ),
    (
        "rule.undetermined.flc_missing",
        "No heavy chain, and the free light chains were not given.",
        "重鎖を認めず、遊離軽鎖の値もありません。",
    ),
    (
        "rule.undetermined.flc_concentration_missing",
        "The ratio is abnormal; whether the involved chain is raised was not given.",
        "遊離軽鎖比は異常ですが、腫瘍側の軽鎖が上昇しているか不明です。",
    ),
    (
        "rule.undetermined.light_chain_marrow_missing",
        "A light-chain disease whose marrow was not given.",
        "軽鎖型ですが、骨髄の値がありません。",
    ),
    (
        "rule.review.urine_protein_normal_ratio",
        "Urine M protein with a normal free light-chain ratio and no heavy chain.",
        "重鎖を認めず遊離軽鎖比も正常ですが、尿中にM蛋白があります。",
    ),
    (
        "rule.none.no_monoclonal_protein",
        "No heavy chain and a normal free light-chain ratio.",
        "重鎖を認めず、遊離軽鎖比も正常です。",
    ),
    (
        "rule.none.light_chain_not_raised",
        "The ratio is abnormal, but the involved chain is not raised: light-chain MGUS asks for both.",
        "遊離軽鎖比は異常ですが腫瘍側の軽鎖の上昇がなく、軽鎖型MGUSの条件を満たしません。",
    ),
    (
        "rule.undetermined.nothing_given",
        "Neither M protein, heavy chain nor marrow was given.",
        "M蛋白・重鎖型・骨髄のいずれの値もありません。",
    ),
    (
        "rule.undetermined.marrow_missing",
        "The marrow was not given, and it may not be left alone here.",
        "骨髄の値がなく、この場合は骨髄検査を省略できません。",
    ),
    (
        "rule.undetermined.m_protein_missing",
        "The M protein was not given.",
        "M蛋白の値がありません。",
    ),
];
