//! Contradictions and cautions.

pub(super) const WORDS: &[super::Entry] = &[
    ("severity.contradiction", "Contradiction", "矛盾"),
    ("severity.caution", "Caution", "注意"),
    (
        "finding.event_no_plasma_cells",
        "A myeloma-defining event is met, yet no clonal plasma cells were found. Check the marrow sample and the cause of the event.",
        "骨髄腫診断事象を満たしますが、クローン性形質細胞が認められません。骨髄検体と事象の原因を確認してください。",
    ),
    (
        "finding.event_marrow_below_10",
        "A myeloma-defining event is met with clonal plasma cells below 10 %. Check other causes, repeat the marrow, think of light-chain disease.",
        "クローン性形質細胞10%未満で骨髄腫診断事象を満たします。他の原因の確認、骨髄再検、軽鎖関連疾患の検討が必要です。",
    ),
    (
        "finding.large_m_protein_no_plasma_cells",
        "A large M protein without clonal plasma cells: the marrow sample is hardly representative.",
        "多量のM蛋白があるのにクローン性形質細胞を認めず、骨髄検体が代表的でない可能性があります。",
    ),
    (
        "finding.other_cause_without_event",
        "A feature is put down to another cause although it is not met.",
        "該当していない項目が「他の原因による」とされています。",
    ),
    (
        "finding.flc_ratio_mismatch",
        "The reported free light-chain ratio does not fit the chains; the chains were used.",
        "報告された遊離軽鎖比が各軽鎖の値と一致しません。各軽鎖の値を用いました。",
    ),
    (
        "finding.involved_flc_mismatch",
        "The reported involved free light chain does not fit the chains; the chains were used.",
        "報告された腫瘍側軽鎖の値が各軽鎖の値と一致しません。各軽鎖の値を用いました。",
    ),
    (
        "finding.light_chain_mismatch",
        "Immunofixation and free light chains point to different chains: two clones, or a mix-up.",
        "免疫固定法と遊離軽鎖が異なる軽鎖型を示しています。2つのクローン、または取り違えの可能性があります。",
    ),
    (
        "finding.flc_ratio_in_renal_range",
        "With this kidney function a kappa/lambda ratio up to about 3.1 can be normal; the usual limit of 1.65 was used.",
        "この腎機能ではκ/λ比3.1程度までは正常範囲のことがあります。判定には通常の上限1.65を用いました。",
    ),
    (
        "finding.large_m_protein_without_heavy_chain",
        "An M protein of 3 g/dL or more without a heavy chain: IgD and IgE must be looked for.",
        "重鎖を認めないM蛋白が3 g/dL以上あります。IgD・IgEの検索が必要です。",
    ),
    (
        "finding.m_protein_without_heavy_chain",
        "A serum M protein without a heavy chain: free light chains, or IgD or IgE not tested.",
        "重鎖を認めない血清M蛋白があります。遊離軽鎖そのもの、またはIgD・IgE未検索の可能性があります。",
    ),
    (
        "finding.igm_myeloma_is_rare",
        "IgM myeloma is rare: Waldenström macroglobulinemia must be excluded.",
        "IgM型骨髄腫はまれであり、ワルデンシュトレームマクログロブリン血症の除外が必要です。",
    ),
    (
        "finding.clonal_cells_without_protein",
        "Clonal plasma cells without an M protein.",
        "M蛋白を伴わないクローン性形質細胞があります。",
    ),
    (
        "finding.bone_plasmacytoma_no_lesion",
        "A plasmacytoma of bone, yet no bone lesion was counted; the plasmacytoma itself belongs to the count.",
        "骨の形質細胞腫があるのに骨病変が0とされています。形質細胞腫自体も数に含めます。",
    ),
    (
        "finding.immunoparesis_mismatch",
        "Immunoparesis and the number of reduced classes contradict each other.",
        "正常免疫グロブリン低下の有無と、低下したクラス数が矛盾しています。",
    ),
    (
        "finding.calcium_not_corrected",
        "Correction of calcium was asked for, but albumin is missing: the measured value was used.",
        "カルシウム補正が指定されましたがアルブミンの値がなく、実測値を用いました。",
    ),
    (
        "finding.amyloidosis_with_myeloma",
        "Signs of AL amyloidosis beside myeloma.",
        "骨髄腫に加え、ALアミロイドーシスの徴候があります。",
    ),
    (
        "finding.single_mri_lesion",
        "One focal lesion on MRI: a factor in the lecture's list, not an event; imaging should be repeated.",
        "MRIの局在病変が1か所あります。講義のリスク因子ですが診断事象ではありません。画像の再検を検討してください。",
    ),
    (
        "finding.event_put_down_to_other_cause",
        "The physician puts this down to another cause; it was not counted. If that is wrong the stage changes.",
        "医師の判断により他の原因によるものとして数えていません。その判断が誤りであれば病期が変わります。",
    ),
    (
        "finding.models_differ",
        "The models disagree on high risk; mostly the boundary (> or >=) or the number of factors needed is why.",
        "高リスクの判定がモデル間で異なります。多くは境界（「超」か「以上」か）や必要な因子数の違いによるものです。",
    ),
    (
        "finding.carried_forward",
        "Values of an earlier visit were used where the latest has none.",
        "直近の受診に値がない項目は、以前の受診の値を用いました。",
    ),
    (
        "finding.earlier_visit_mm",
        "An earlier visit met the criteria of myeloma.",
        "以前の受診時に多発性骨髄腫の基準を満たしています。",
    ),
];
