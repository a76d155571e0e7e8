//! The seven myeloma-defining events and the halves of their rules.

pub(super) const WORDS: &[super::Entry] = &[
    ("event.C", "Hypercalcemia", "高カルシウム血症"),
    ("event.R", "Renal insufficiency", "腎障害"),
    ("event.A", "Anemia", "貧血"),
    ("event.B", "Bone lesions", "骨病変（溶骨性病変）"),
    (
        "event.S",
        "Sixty per cent or more clonal plasma cells",
        "クローン性形質細胞60%以上",
    ),
    (
        "event.Li",
        "Involved/uninvolved free light chains of 100 or more",
        "遊離軽鎖比（腫瘍側／非腫瘍側）100以上",
    ),
    (
        "event.M",
        "More than one focal lesion on MRI",
        "MRI局在病変2か所以上",
    ),
    ("state.met", "met", "該当"),
    ("state.not_met", "not met", "非該当"),
    (
        "state.partly_assessed",
        "not met by what is known; not fully assessed",
        "既知の値では非該当（評価は不完全）",
    ),
    ("state.not_assessed", "not assessed", "未評価"),
    (
        "state.other_cause",
        "met by its number, put down to another cause",
        "数値上は該当（他の原因によると判断）",
    ),
    (
        "eventrule.c.absolute",
        "Calcium above 2.75 mmol/L (11 mg/dL).",
        "カルシウム 2.75 mmol/L（11 mg/dL）超。",
    ),
    (
        "eventrule.c.over_uln",
        "Calcium more than 0.25 mmol/L (1 mg/dL) above its upper limit.",
        "カルシウムが基準値上限を0.25 mmol/L（1 mg/dL）を超えて上回ります。",
    ),
    (
        "eventrule.c.uln_missing",
        "Calcium is high, but its upper limit was not given.",
        "カルシウムは高めですが、基準値上限の記載がありません。",
    ),
    (
        "eventrule.c.normal",
        "Calcium within the limits of the rule.",
        "カルシウムは基準の範囲内です。",
    ),
    (
        "eventrule.c.missing",
        "Calcium was not given.",
        "カルシウムの値がありません。",
    ),
    (
        "eventrule.r.clearance",
        "Creatinine clearance below 40 mL/min.",
        "クレアチニンクリアランス 40 mL/分未満。",
    ),
    (
        "eventrule.r.creatinine",
        "Creatinine above 177 µmol/L (2 mg/dL).",
        "クレアチニン 177 µmol/L（2 mg/dL）超。",
    ),
    (
        "eventrule.r.clearance_missing",
        "Creatinine is not above the limit, but the clearance was not given and could be below 40.",
        "クレアチニンは基準以下ですが、クリアランスの記載がなく、40未満の可能性が残ります。",
    ),
    (
        "eventrule.r.creatinine_missing",
        "The clearance is not below 40, but creatinine was not given.",
        "クリアランスは40以上ですが、クレアチニンの値がありません。",
    ),
    (
        "eventrule.r.normal",
        "Kidney function within the limits of the rule.",
        "腎機能は基準の範囲内です。",
    ),
    (
        "eventrule.r.missing",
        "Neither creatinine nor clearance was given.",
        "クレアチニンもクリアランスも値がありません。",
    ),
    (
        "eventrule.a.absolute",
        "Hemoglobin below 10 g/dL.",
        "ヘモグロビン 10 g/dL未満。",
    ),
    (
        "eventrule.a.below_lln",
        "Hemoglobin more than 2 g/dL below its lower limit.",
        "ヘモグロビンが基準値下限を2 g/dLを超えて下回ります。",
    ),
    (
        "eventrule.a.lln_missing",
        "Hemoglobin is 10 g/dL or more, but its lower limit was not given.",
        "ヘモグロビンは10 g/dL以上ですが、基準値下限の記載がありません。",
    ),
    (
        "eventrule.a.normal",
        "Hemoglobin within the limits of the rule.",
        "ヘモグロビンは基準の範囲内です。",
    ),
    (
        "eventrule.a.missing",
        "Hemoglobin was not given.",
        "ヘモグロビンの値がありません。",
    ),
    (
        "eventrule.b.lesions",
        "Two or more osteolytic lesions on X-ray, CT or PET-CT.",
        "X線・CT・PET-CTで溶骨性病変が2か所以上。",
    ),
    (
        "eventrule.b.lesion",
        "An osteolytic lesion with clonal plasma cells of 10 % or more.",
        "クローン性形質細胞10%以上で、溶骨性病変が1か所以上。",
    ),
    (
        "eventrule.b.single_lesion_low_marrow",
        "One osteolytic lesion; below 10 % clonal plasma cells more than one is needed.",
        "溶骨性病変は1か所です。クローン性形質細胞10%未満では2か所以上が必要です。",
    ),
    (
        "eventrule.b.marrow_missing",
        "One osteolytic lesion; whether it suffices depends on the marrow.",
        "溶骨性病変は1か所で、該当するかは骨髄の値によります。",
    ),
    (
        "eventrule.b.none",
        "No osteolytic lesion.",
        "溶骨性病変はありません。",
    ),
    (
        "eventrule.b.missing",
        "Bone imaging was not given.",
        "骨の画像所見がありません。",
    ),
    (
        "eventrule.s.sixty",
        "Clonal plasma cells of 60 % or more.",
        "クローン性形質細胞60%以上。",
    ),
    (
        "eventrule.s.below",
        "Clonal plasma cells below 60 %.",
        "クローン性形質細胞60%未満。",
    ),
    (
        "eventrule.s.missing",
        "The marrow was not given.",
        "骨髄の値がありません。",
    ),
    (
        "eventrule.li.ratio_and_involved",
        "Involved/uninvolved free light chains of 100 or more, the involved chain 100 mg/L or more.",
        "遊離軽鎖比（腫瘍側／非腫瘍側）100以上、かつ腫瘍側軽鎖100 mg/L以上。",
    ),
    (
        "eventrule.li.involved_below_100",
        "The ratio is 100 or more, but the involved chain is below 100 mg/L.",
        "比は100以上ですが、腫瘍側軽鎖が100 mg/L未満です。",
    ),
    (
        "eventrule.li.involved_missing",
        "The ratio is 100 or more; the concentration of the involved chain was not given.",
        "比は100以上ですが、腫瘍側軽鎖の濃度の記載がありません。",
    ),
    (
        "eventrule.li.ratio_missing",
        "The involved chain is 100 mg/L or more; the ratio was not given.",
        "腫瘍側軽鎖は100 mg/L以上ですが、比の記載がありません。",
    ),
    (
        "eventrule.li.below",
        "Free light chains below the rule.",
        "遊離軽鎖は基準に達しません。",
    ),
    (
        "eventrule.li.missing",
        "The free light chains were not given.",
        "遊離軽鎖の値がありません。",
    ),
    (
        "eventrule.m.focal_lesions",
        "Two or more focal lesions of at least 5 mm on MRI.",
        "MRIで5 mm以上の局在病変が2か所以上。",
    ),
    (
        "eventrule.m.at_most_one",
        "At most one focal lesion on MRI.",
        "MRIの局在病変は1か所以下です。",
    ),
    (
        "eventrule.m.missing",
        "MRI was not given.",
        "MRIの所見がありません。",
    ),
];
