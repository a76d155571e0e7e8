//! Stages: name and definition (Rajkumar 2014).

pub(super) const WORDS: &[super::Entry] = &[
    (
        "stage.no_monoclonal_protein",
        "No monoclonal protein found",
        "M蛋白は検出されず",
    ),
    (
        "stage.non_igm_mgus",
        "Non-IgM MGUS",
        "非IgM型 意義不明の単クローン性ガンマグロブリン血症（MGUS）",
    ),
    (
        "stage.igm_mgus",
        "IgM MGUS",
        "IgM型 意義不明の単クローン性ガンマグロブリン血症（MGUS）",
    ),
    (
        "stage.mgus_type_not_given",
        "MGUS, heavy chain not given",
        "意義不明の単クローン性ガンマグロブリン血症（MGUS）、重鎖型の記載なし",
    ),
    (
        "stage.light_chain_mgus",
        "Light-chain MGUS",
        "軽鎖型 意義不明の単クローン性ガンマグロブリン血症（MGUS）",
    ),
    (
        "stage.smm",
        "Smoldering multiple myeloma (SMM)",
        "無症候性（くすぶり型）多発性骨髄腫（SMM）",
    ),
    (
        "stage.solitary_plasmacytoma",
        "Solitary plasmacytoma",
        "孤立性形質細胞腫",
    ),
    (
        "stage.solitary_plasmacytoma_minimal_marrow",
        "Solitary plasmacytoma with minimal marrow involvement",
        "孤立性形質細胞腫（骨髄へのごく軽度の浸潤を伴う）",
    ),
    ("stage.mm", "Multiple myeloma (MM)", "多発性骨髄腫（MM）"),
    (
        "stage.igm_beyond_mgus",
        "IgM disease beyond MGUS (Waldenström macroglobulinemia and its smoldering form; off this road)",
        "MGUSの範囲を超えるIgM型疾患（ワルデンシュトレームマクログロブリン血症の系列。本スペクトラムの対象外）",
    ),
    (
        "stage.amyloidosis_workup",
        "Signs of AL amyloidosis: to be worked up first",
        "ALアミロイドーシスの徴候あり：まず精査が必要",
    ),
    (
        "stage.undetermined",
        "Cannot be told: values are missing",
        "判定不能（データ不足）",
    ),
    (
        "stage.review",
        "Values contradict each other or fit no definition: to be reviewed by a physician",
        "値が互いに矛盾するか、どの定義にも当てはまらない：医師による確認が必要",
    ),
    (
        "definition.no_monoclonal_protein",
        "The values given show neither an M protein nor a raised free light chain with an abnormal ratio.",
        "入力された値では、M蛋白も、比の異常を伴う遊離軽鎖の上昇も認められません。",
    ),
    (
        "definition.non_igm_mgus",
        "Serum M protein (not IgM) below 3 g/dL, clonal marrow plasma cells below 10 %, no organ damage and no amyloidosis from it.",
        "血清M蛋白（IgM以外）3 g/dL未満、骨髄クローン性形質細胞10%未満で、それによる臓器障害やアミロイドーシスがない状態です。",
    ),
    (
        "definition.igm_mgus",
        "Serum IgM M protein below 3 g/dL, lymphoplasmacytic marrow infiltration below 10 %, and neither anemia, constitutional symptoms, hyperviscosity, nor enlarged nodes, liver or spleen from it.",
        "血清IgM型M蛋白3 g/dL未満、骨髄のリンパ形質細胞浸潤10%未満で、それによる貧血・全身症状・過粘稠・リンパ節腫大・肝脾腫がない状態です。",
    ),
    (
        "definition.mgus_type_not_given",
        "M protein below 3 g/dL and clonal marrow plasma cells below 10 %; whether it is IgM decides which road it may take.",
        "M蛋白3 g/dL未満、骨髄クローン性形質細胞10%未満です。IgM型か否かで、その後の経過の方向が異なります。",
    ),
    (
        "definition.light_chain_mgus",
        "Free light-chain ratio outside 0.26-1.65 with the matching chain raised, no heavy chain on immunofixation, clonal plasma cells below 10 %, urine M protein below 500 mg/24 h, no organ damage.",
        "遊離軽鎖比が0.26〜1.65の範囲外で対応する軽鎖が上昇し、免疫固定法で重鎖を認めず、クローン性形質細胞10%未満、尿中M蛋白500 mg/24時間未満、臓器障害のない状態です。",
    ),
    (
        "definition.smm",
        "Serum M protein (IgG or IgA) of 3 g/dL or more, or urine M protein of 500 mg/24 h or more, and/or clonal marrow plasma cells of 10 to below 60 %, without any myeloma-defining event or amyloidosis.",
        "血清M蛋白（IgGまたはIgA）3 g/dL以上、または尿中M蛋白500 mg/24時間以上、かつ／または骨髄クローン性形質細胞10%以上60%未満で、骨髄腫診断事象やアミロイドーシスがない状態です。",
    ),
    (
        "definition.solitary_plasmacytoma",
        "One biopsy-proven lesion of clonal plasma cells, a normal marrow, no other lesion on imaging and no organ damage.",
        "生検で証明されたクローン性形質細胞の病変が1か所のみで、骨髄は正常、画像で他に病変がなく、臓器障害もない状態です。",
    ),
    (
        "definition.solitary_plasmacytoma_minimal_marrow",
        "As solitary plasmacytoma, with clonal marrow plasma cells above 0 and below 10 %.",
        "孤立性形質細胞腫と同じで、骨髄のクローン性形質細胞が10%未満認められる状態です。",
    ),
    (
        "definition.mm",
        "Clonal marrow plasma cells of 10 % or more, or a biopsy-proven plasmacytoma, and at least one myeloma-defining event.",
        "骨髄クローン性形質細胞10%以上または生検で証明された形質細胞腫に加え、骨髄腫診断事象が1つ以上ある状態です。",
    ),
    (
        "definition.igm_beyond_mgus",
        "IgM of 3 g/dL or more, marrow infiltration of 10 % or more, or anemia or other signs from it: the criteria of Waldenström macroglobulinemia apply.",
        "IgM 3 g/dL以上、骨髄浸潤10%以上、または貧血などの徴候があり、ワルデンシュトレームマクログロブリン血症の基準で評価すべき状態です。",
    ),
    (
        "definition.amyloidosis_workup",
        "MGUS and SMM both require that amyloidosis is absent.",
        "MGUSもSMMも、アミロイドーシスがないことが定義の条件です。",
    ),
    (
        "definition.undetermined",
        "Missing values are listed with the stages that they could lead to.",
        "不足している値と、それによって起こりうる判定を一覧に示します。",
    ),
    (
        "definition.review",
        "See the contradictions listed; no stage is chosen in their place.",
        "矛盾点の一覧をご覧ください。これに代わって病期を決めることはしません。",
    ),
    (
        "certainty.complete",
        "No missing value could change the stage.",
        "不足している値によって病期が変わることはありません。",
    ),
    (
        "certainty.provisional",
        "Provisional: missing values could change the stage.",
        "暫定：不足している値によって病期が変わる可能性があります。",
    ),
    (
        "certainty.none",
        "No stage could be told.",
        "病期を判定できません。",
    ),
];
