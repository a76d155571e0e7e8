//! What a stage means and what to do next, in English and Japanese, each sentence with its source.
//!
//! The sentences support a physician's judgment and do not replace it; a report prints [`DISCLAIMER`] with them.

use schemars::JsonSchema;
use serde::Serialize;

use super::stage::{Stage, StageResult};

/// A sentence in both languages with its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Statement {
    /// English.
    pub en: &'static str,
    /// Japanese.
    pub ja: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

/// What every report says beside these sentences.
pub const DISCLAIMER: Statement = Statement {
    en: "Supports medical judgment and does not replace it.",
    ja: "本レポートは診断を確定するものではなく、医師の判断を補助するものです。",
    source: "hemoclone",
};

const LECTURE: &str = "Lecture on pre-malignant conditions of blood (S. Yoshida)";

const fn statement(en: &'static str, ja: &'static str, source: &'static str) -> Statement {
    Statement { en, ja, source }
}

/// Yearly risks of a stage. Sources disagree on CCUS, so both are given.
pub const fn risks(stage: Stage) -> &'static [Statement] {
    match stage {
        Stage::NoCh | Stage::Icus | Stage::Cmml | Stage::Aml => &[],
        Stage::Chip => {
            const {
                &[statement(
                    "Progression to AML or MDS: 0.5-1 % a year.",
                    "AML/MDSへの進展リスク：年率0.5〜1%。",
                    "Dana-Farber newsletter 2024; lecture (S. Yoshida)",
                )]
            }
        }
        Stage::Ccus => {
            const {
                &[
                    statement(
                        "Progression to MDS: 5-10 % a year.",
                        "MDSへの進展リスク：年率5〜10%。",
                        LECTURE,
                    ),
                    statement(
                        "By CCRS a myeloid neoplasm within 2 years in 6.4, 14.1 or 37.2 % (low, intermediate, high).",
                        "CCRSによる2年以内の骨髄系腫瘍発症：低6.4%、中間14.1%、高37.2%。",
                        "Xie, Blood 2024;144:2033 (abstract)",
                    ),
                    statement(
                        "With one low-risk mutation about 55 % progress within 5 years in another series; the figures of series \
                 differ widely.",
                        "別の報告では低リスク変異1個でも5年で約55%が進展。報告による差が大きい。",
                        "HaematologyEtc (haematologyetc.co.uk)",
                    ),
                ]
            }
        }
        Stage::Mds => {
            const {
                &[statement(
                    "Progression to AML: 1-15 % a year by type; about 20-30 % over the whole course, another quantity. Use IPSS-M.",
                    "AMLへの転化：病型により年率1〜15%。全経過では約20〜30%（別の指標）。IPSS-Mで評価する。",
                    LECTURE,
                )]
            }
        }
    }
}

/// Steps of a stage: interval, tests, referral, differential diagnosis, therapy.
pub const fn steps(stage: Stage) -> &'static [Statement] {
    match stage {
        Stage::NoCh => &[],
        Stage::Chip => &CHIP,
        Stage::Icus | Stage::Ccus => &CCUS,
        Stage::Mds => &MDS,
        Stage::Cmml => &CMML,
        Stage::Aml => &AML,
    }
}

const CHIP: [Statement; 4] = [
    statement(
        "Complete blood count once a year; a marrow is usually not needed.",
        "年1回の血算(CBC)で経過観察。骨髄検査は通常不要。",
        LECTURE,
    ),
    statement(
        "Consider cardiology first: control blood pressure, LDL cholesterol, HbA1c and smoking.",
        "まず循環器内科への紹介を検討し、血圧・LDL・HbA1c・喫煙を管理する。",
        "Lecture (S. Yoshida); AHA 2024 statement",
    ),
    statement(
        "Coronary heart disease was 1.9 times as frequent in carriers in one study (Jaiswal 2017) and hazard ratio 1.27 for \
         cardiovascular disease in a larger one (UK Biobank, PMC7008855).",
        "冠動脈疾患は約1.9倍(Jaiswal 2017)、より大規模なUK Biobankでは心血管疾患のハザード比1.27。",
        "Jaiswal, N Engl J Med 2017; UK Biobank, PMC7008855",
    ),
    statement(
        "Lifestyle: moderate aerobic exercise, Mediterranean diet, good sleep.",
        "生活習慣：適度な有酸素運動、地中海食、良質な睡眠。",
        LECTURE,
    ),
];

const CCUS: [Statement; 4] = [
    statement(
        "Refer to hematology; marrow aspirate and biopsy with karyotype.",
        "血液内科へ紹介。骨髄穿刺・生検と染色体分析を行う。",
        LECTURE,
    ),
    statement(
        "Exclude B12 and folate deficiency, hypothyroidism, cirrhosis with hypersplenism, aplastic anemia and PNH.",
        "ビタミンB12・葉酸欠乏、甲状腺機能低下症、肝硬変・脾機能亢進、再生不良性貧血、PNHを除外する。",
        LECTURE,
    ),
    statement(
        "Complete blood count every 3-6 months (a proposal; no published interval), stricter than for CHIP.",
        "3〜6か月ごとの血算(提案。定まった間隔はない)。CHIPより厳重に経過観察する。",
        "hemoclone, after the lecture (S. Yoshida)",
    ),
    statement(
        "New marrow when counts worsen, or blasts or dysplasia appear in the blood.",
        "血球減少の進行、末梢血での芽球や異形成の出現時は骨髄を再検する。",
        LECTURE,
    ),
];

const MDS: [Statement; 7] = [
    statement(
        "Hematology; compute IPSS-R and IPSS-M, which the choice of treatment and transplantation rests on.",
        "血液内科。治療強度と造血幹細胞移植(HSCT)の適応判断のためIPSS-R・IPSS-Mを算出する。",
        "Bernard, NEJM Evid 2022; Greenberg, Blood 2012",
    ),
    statement(
        "Lower risk with anemia: erythropoiesis-stimulating agent (serum EPO below 500 IU/L predicts response) or luspatercept.",
        "低リスクで貧血：赤血球造血刺激因子製剤(EPO 500 IU/L未満で反応が期待できる)またはルスパテルセプト。",
        LECTURE,
    ),
    statement(
        "Luspatercept against epoetin alfa, transfusion independence of 12 weeks or more with Hb +1.5 g/dL: 58.5 against \
         31.2 % (interim analysis).",
        "ルスパテルセプト対エポエチンアルファ：12週以上の輸血非依存かつHb 1.5 g/dL上昇は58.5%対31.2%(中間解析)。",
        "COMMANDS: Platzbecker, Lancet 2023;402:373",
    ),
    statement(
        "del(5q): lenalidomide works well.",
        "del(5q)：レナリドミドの反応性が高い。",
        LECTURE,
    ),
    statement(
        "Higher risk: hypomethylating agent (azacitidine); transplantation for those fit for it.",
        "高リスク：低メチル化薬(アザシチジン)。適応があれば造血幹細胞移植。",
        LECTURE,
    ),
    statement(
        "Repeated transfusion: look for iron overload, consider chelation.",
        "頻回輸血では鉄過剰症を評価し、鉄キレート療法を検討する。",
        LECTURE,
    ),
    statement(
        "Quickly worsening counts, fever or bleeding: look for AML.",
        "血球減少の急速な悪化、発熱、出血傾向はAML転化を疑う。",
        LECTURE,
    ),
];

const CMML: [Statement; 3] = [
    statement(
        "Hematology; exclude BCR::ABL1, rearrangements of tyrosine kinase genes and causes of a reactive monocytosis.",
        "血液内科。BCR::ABL1、チロシンキナーゼ遺伝子再構成、反応性単球増加の原因を除外する。",
        "Khoury, Leukemia 2022;36:1703, Table 6",
    ),
    statement(
        "Its own prognostic scores (CPSS, CPSS-Mol) apply; they are not computed here. IPSS-R and IPSS-M are scores of MDS.",
        "CMML専用の予後スコア(CPSS、CPSS-Mol)を用いる(本プログラムでは計算しない)。IPSS-R・IPSS-MはMDSのスコアである。",
        "hemoclone (from memory: Elena, Blood 2016;128:1408)",
    ),
    statement(
        "Higher risk: hypomethylating agent; transplantation for those fit for it.",
        "高リスク：低メチル化薬。適応があれば造血幹細胞移植。",
        "hemoclone (from memory), after the lecture's advice for MDS",
    ),
];

const AML: [Statement; 2] = [
    statement(
        "Urgent referral to hematology the same day.",
        "直ちに血液内科へ緊急紹介する。",
        LECTURE,
    ),
    statement(
        "Induction (cytarabine with an anthracycline) for those fit for it, then consolidation or transplantation.",
        "適応があれば寛解導入療法(シタラビン+アントラサイクリン)、その後地固め療法または造血幹細胞移植。",
        LECTURE,
    ),
];

/// Returns the steps of the stage, or of the most advanced stage still possible before MDS where it is not certain.
pub fn steps_for(result: &StageResult) -> &'static [Statement] {
    match (result.stage, result.possible.as_slice()) {
        (Some(stage), _) => steps(stage),
        (None, possible)
            if possible
                .iter()
                .any(|s| matches!(s, Stage::Icus | Stage::Ccus | Stage::Mds)) =>
        {
            steps(Stage::Ccus)
        }
        (None, possible) => possible.last().map_or(&[], |s| steps(*s)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The advice of a case that is not certain is that of the nearest stage which asks for a marrow, else of the most
    /// advanced one.
    #[test]
    fn steps_of_an_uncertain_case_are_those_of_a_stage_that_is_possible() {
        use crate::myeloid::findings::Findings;
        let mut result = crate::myeloid::stage::stage(&Findings::default());
        for (stage, possible, expected) in [
            (Some(Stage::Aml), vec![Stage::Aml], Stage::Aml),
            (None, vec![Stage::NoCh, Stage::Chip], Stage::Chip),
            (None, vec![Stage::Chip, Stage::Cmml], Stage::Cmml),
            (None, vec![Stage::Chip, Stage::Ccus], Stage::Ccus),
            (None, vec![Stage::Icus, Stage::Cmml], Stage::Ccus),
            (None, vec![Stage::NoCh, Stage::Mds, Stage::Cmml], Stage::Ccus),
        ] {
            result.stage = stage;
            result.possible.clone_from(&possible);
            assert_eq!(steps_for(&result), steps(expected), "{possible:?}");
        }
    }

    #[test]
    fn every_sentence_has_both_languages_and_a_source() {
        for stage in Stage::ALL {
            for s in steps(stage).iter().chain(risks(stage)) {
                assert!(!s.en.is_empty() && !s.source.is_empty(), "{s:?}");
                assert!(s.ja.chars().any(|c| c > '\u{3000}'), "{s:?}");
                assert!(!s.en.contains("ChIP"), "{s:?}");
            }
        }
    }
}
