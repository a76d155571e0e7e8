//! The sentences of steps and figures, English and Japanese.

use super::Sentence;
use super::codes::{RiskCode as Risk, StepCode as Step};

const fn say(en: &'static str, ja: &'static str) -> Sentence {
    Sentence { en, ja }
}

impl Step {
    /// Returns the sentence.
    pub const fn words(self) -> Sentence {
        match self {
            Self::ExcludeOtherDisease
            | Self::UrgentBlasts
            | Self::CountBlood
            | Self::DecideClone
            | Self::ExamineMarrow
            | Self::ExcludeCauses
            | Self::RepeatCounts
            | Self::MarrowIfUnexplained
            | Self::PediatricHematology
            | Self::DecideCmml
            | Self::CompleteValues => open_question(self),
            Self::TestOtherTissue | Self::AskForVexas => of_a_gene(self),
            Self::CountYearly
            | Self::CountHalfYearly
            | Self::ReferChrsHigh
            | Self::CompleteChrs
            | Self::CardiologyFirst
            | Self::CardiologyToo
            | Self::CardiovascularFigures
            | Self::Lifestyle
            | Self::WatchForMpn
            | Self::FollowClonalKaryotype => chip(self),
            Self::FollowCcus
            | Self::FollowIcus
            | Self::CountCcrsLow
            | Self::CountCcrsIntermediate
            | Self::CountCcrsHigh
            | Self::CompleteCcrs
            | Self::CcusChrsHigh
            | Self::RepeatMarrow => ccus(self),
            Self::CmmlExclude
            | Self::CmmlScores
            | Self::CmmlTreatment
            | Self::AmlUrgent
            | Self::AplFound
            | Self::AplExclude
            | Self::ElnGroup
            | Self::AmlInduction
            | Self::AmlLessIntensive
            | Self::Ivosidenib
            | Self::Flt3Inhibitor
            | Self::TestFlt3 => leukemia(self),
            Self::CompleteMdsScores
            | Self::LowerRisk
            | Self::HigherRisk
            | Self::HigherByTp53
            | Self::HigherByBlasts
            | Self::SettleTp53
            | Self::ScoresDiffer
            | Self::AmlEquivalent => mds_risk(self),
            _ => mds(self),
        }
    }
}

/// Steps that a gene asks for, whatever the stage.
const fn of_a_gene(step: Step) -> Sentence {
    match step {
        Step::AskForVexas => say(
            "UBA1 mutated: ask for signs of VEXAS syndrome (inflammation that resists treatment, chondritis, skin lesions, pulmonary infiltrates, \
             thrombosis) and for vacuoles in marrow precursors; without signs the mutation alone is not the disease.",
            "UBA1変異：VEXAS症候群の徴候（治療抵抗性の炎症、軟骨炎、皮膚病変、肺浸潤影、血栓塞栓症）と骨髄前駆細胞の空胞の有無を確認する。徴候がなければ、変異のみで疾患とはいえない。",
        ),
        _ => say(
            "A driver lies in a gene of inherited predisposition, at a VAF that fits an inherited variant: ask for the family history, \
             and confirm in non-hematopoietic tissue (such as cultured skin fibroblasts) before relatives are taken as donors; \
             genetic counseling if it is inherited.",
            "生殖細胞系列素因の遺伝子に、VAFが生殖細胞系列バリアントに合致するドライバー変異がある：家族歴を確認し、血縁者をドナーとする前に非造血組織（培養皮膚線維芽細胞など）で検査する。生殖細胞系列であれば遺伝カウンセリングを行う。",
        ),
    }
}

/// What closes the question where the stage is open.
const fn open_question(step: Step) -> Sentence {
    match step {
        Step::ExcludeOtherDisease => say(
            "Hematology: a myeloproliferative neoplasm or another myeloid disease must be excluded before this stage stands.",
            "血液内科へ紹介する。この病期を確定する前に骨髄増殖性腫瘍など他の骨髄系疾患を除外する。",
        ),
        Step::UrgentBlasts => say(
            "Blasts of 10 % or more and leukemia not excluded: hematology the same day.",
            "芽球10%以上でAMLを否定できない：当日中に血液内科へ紹介する。",
        ),
        Step::CountBlood => say(
            "Complete blood count: without hemoglobin (with the sex), neutrophils and platelets the stage stays open.",
            "血算を行う。ヘモグロビン（性別を含む）、好中球、血小板がそろわなければ病期は確定しない。",
        ),
        Step::DecideClone => say(
            "Settle whether there is a clone: decide on the calls to review, cover the genes that were not assessed, or sequence.",
            "クローンの有無を確定する：要確認の変異を判断し、未評価の遺伝子のカバレッジを補う（未検査なら遺伝子検査を行う）。",
        ),
        Step::ExamineMarrow => say(
            "Refer to hematology; marrow aspirate and biopsy with karyotype: they tell whether it is MDS.",
            "血液内科へ紹介し、骨髄穿刺・生検と染色体分析を行う。これによりMDSか否かが判明する。",
        ),
        Step::ExcludeCauses => say(
            "Exclude iron, B12 and folate deficiency, hypothyroidism, cirrhosis with hypersplenism, aplastic anemia and PNH.",
            "鉄・ビタミンB12・葉酸欠乏、甲状腺機能低下症、肝硬変・脾機能亢進、再生不良性貧血、PNHを除外する。",
        ),
        Step::RepeatCounts => say(
            "Look for earlier counts and repeat them: only a cytopenia that persists counts.",
            "過去の血算を確認し、再検する。持続する血球減少のみが該当する。",
        ),
        Step::MarrowIfUnexplained => say(
            "No clone was found: where the cytopenia lasts and stays unexplained, hematology, with marrow aspirate and biopsy and a karyotype.",
            "クローンは認められない：血球減少が持続し原因が不明であれば、血液内科で骨髄穿刺・生検と染色体分析を行う。",
        ),
        Step::PediatricHematology => say(
            "A child or adolescent: pediatric hematology. Types, scores and treatments of adults do not hold; think of inherited predisposition.",
            "小児・思春期の症例：小児血液専門医へ紹介する。成人の病型・スコア・治療方針は当てはまらない。先天性素因も考慮する。",
        ),
        Step::DecideCmml => say(
            "Monocytosis: repeat the differential count and settle CMML with the marrow; exclude BCR::ABL1 and reactive causes.",
            "単球増加：白血球分画を再検し、骨髄所見とあわせてCMMLか否かを判定する。BCR::ABL1と反応性の原因を除外する。",
        ),
        _ => say(
            "Obtain what is listed as needed; the next step follows from the stage.",
            "「確定に必要な情報」に挙げた項目をそろえる。以後の方針は病期により決まる。",
        ),
    }
}

const fn chip(step: Step) -> Sentence {
    match step {
        Step::CountYearly => say(
            "CHRS low: complete blood count once a year; a marrow is usually not needed.",
            "CHRS低リスク：年1回の血算（CBC）で経過観察する。骨髄検査は通常不要。",
        ),
        Step::CountHalfYearly => say(
            "CHRS intermediate (myeloid neoplasm within 10 years in 7.83 %): a visit to hematology, and counts every 6 months (a \
             proposal; no interval is published).",
            "CHRS中間リスク（10年以内の骨髄系腫瘍7.83%）：血液内科を一度受診し、血算は6か月ごととする（提案。定まった間隔はない）。",
        ),
        Step::ReferChrsHigh => say(
            "CHRS high (myeloid neoplasm within 10 years in 52.2 %): refer to hematology; a yearly count is not enough. Counts \
             every 3 months and a marrow as soon as one of them falls are a proposal; no interval is published.",
            "CHRS高リスク（10年以内の骨髄系腫瘍52.2%）：血液内科へ紹介する。年1回の血算では不十分である。3か月ごとの血算と、血球減少出現時の速やかな骨髄検査を提案する（定まった間隔はない）。",
        ),
        Step::CompleteChrs => say(
            "CHRS cannot be given yet: complete what its card lists as missing. How often to count follows from its group.",
            "CHRSは未算出：カードに示した不足値を補う。血算の間隔はリスク群により決まる。",
        ),
        Step::CardiologyFirst => say(
            "Cardiology before hematology: judge the cardiovascular risk and control blood pressure, LDL cholesterol, HbA1c and \
             smoking. No treatment aimed at clonal hematopoiesis is proven to lower it.",
            "循環器内科への紹介が先：心血管リスクを評価し、血圧・LDL・HbA1c・喫煙を管理する。クローン性造血そのものを標的として心血管リスクを下げると証明された治療はない。",
        ),
        Step::CardiologyToo => say(
            "Cardiology as well: judge the cardiovascular risk and control blood pressure, LDL cholesterol, HbA1c and smoking. \
             No treatment aimed at clonal hematopoiesis is proven to lower it.",
            "循環器内科にも紹介する：心血管リスクを評価し、血圧・LDL・HbA1c・喫煙を管理する。クローン性造血そのものを標的として心血管リスクを下げると証明された治療はない。",
        ),
        Step::CardiovascularFigures => say(
            "Against people without CHIP (88 studies), hazard ratios with 95 % interval: coronary heart disease 1.76 \
             (1.27-2.44), heart failure 1.27 (1.15-1.41), cardiovascular events 1.40 (1.19-1.65), stroke 1.16 (1.05-1.28).",
            "CHIPのない人に対するハザード比（88研究、括弧内は95%信頼区間）：冠動脈疾患1.76（1.27〜2.44）、心不全1.27（1.15〜1.41）、心血管イベント1.40（1.19〜1.65）、脳卒中1.16（1.05〜1.28）。",
        ),
        Step::FollowClonalKaryotype => say(
            "A clone by its chromosomes alone, without a mutation: hematology, and counts every 3-6 months (a proposal). Neither the \
             scores nor the figures of CHIP were made on such clones.",
            "遺伝子変異を伴わず、染色体異常のみで認められたクローン：血液内科へ紹介し、血算は3〜6か月ごととする（提案）。CHIPのスコアと数値は、このようなクローンに基づくものではない。",
        ),
        Step::WatchForMpn => say(
            "A driver of myeloproliferative neoplasms is mutated (JAK2, CALR or MPL): watch hemoglobin and platelets.",
            "骨髄増殖性腫瘍のドライバー遺伝子（JAK2、CALR、MPL）に変異：骨髄増殖性腫瘍を念頭にヘモグロビンと血小板を確認する。",
        ),
        _ => say(
            "Lifestyle: moderate aerobic exercise, Mediterranean diet, stress management, good sleep.",
            "生活習慣：適度な有酸素運動、地中海食、ストレス管理、良質な睡眠。",
        ),
    }
}

const fn ccus(step: Step) -> Sentence {
    match step {
        Step::FollowIcus => say(
            "No clone was found: look again for another cause. Counts every 3-6 months (a proposal; no published interval).",
            "クローンは認められない：他の原因を再度検索する。血算は3〜6か月ごと（提案。定まった間隔はない）。",
        ),
        Step::FollowCcus => say(
            "Follow-up by hematology, stricter than for CHIP.",
            "血液内科でCHIPより厳重に経過観察する。",
        ),
        Step::CountCcrsLow => say(
            "CCRS low (myeloid neoplasm within 2 years in 6.4 %): counts every 3-6 months (a proposal; no interval is published).",
            "CCRS低リスク（2年以内の骨髄系腫瘍6.4%）：血算は3〜6か月ごと（提案。定まった間隔はない）。",
        ),
        Step::CountCcrsIntermediate => say(
            "CCRS intermediate (myeloid neoplasm within 2 years in 14.1 %): counts every 3 months (a proposal; no interval is published).",
            "CCRS中間リスク（2年以内の骨髄系腫瘍14.1%）：血算は3か月ごと（提案。定まった間隔はない）。",
        ),
        Step::CountCcrsHigh => say(
            "CCRS high (myeloid neoplasm within 2 years in 37.2 %): counts every 1-3 months and a low threshold for a new marrow (a \
             proposal; no interval is published); ask for trials.",
            "CCRS高リスク（2年以内の骨髄系腫瘍37.2%）：血算は1〜3か月ごととし、早めに骨髄を再検する（提案。定まった間隔はない）。臨床試験の有無を確認する。",
        ),
        Step::CcusChrsHigh => say(
            "CHRS is high (myeloid neoplasm within 10 years in 52.2 %) where CCRS is not: CHRS weighs the genes, CCRS splicing, platelets and the \
             number of mutations. Follow the closer of them, counts every 1-3 months and a low threshold for a new marrow (a proposal; no \
             interval is published).",
            "CHRSは高リスク（10年以内の骨髄系腫瘍52.2%）だがCCRSは高リスクではない：CHRSは遺伝子を、CCRSはスプライシング変異・血小板・変異数を重視する。より厳しい方に従い、血算は1〜3か月ごととし、早めに骨髄を再検する（提案。定まった間隔はない）。",
        ),
        Step::CompleteCcrs => say(
            "CCRS cannot be given yet: complete what its card lists as missing. How often to count follows from its group.",
            "CCRSは未算出：カードに示した不足値を補う。血算の間隔はリスク群により決まる。",
        ),
        _ => say(
            "New marrow when counts worsen, or blasts or dysplasia appear in the blood.",
            "血球減少の進行、末梢血での芽球や異形成の出現時は骨髄を再検する。",
        ),
    }
}

const fn mds_risk(step: Step) -> Sentence {
    match step {
        Step::CompleteMdsScores => say(
            "Hematology. Lower and higher risk cannot be told apart yet: complete what the cards of IPSS-M and IPSS-R list as \
             missing; treatment and transplantation turn on it.",
            "血液内科で診療する。低リスクか高リスクかは未確定：IPSS-M・IPSS-Rのカードに示した不足値を補う。治療強度と造血幹細胞移植（HSCT）の適応はこれにより決まる。",
        ),
        Step::LowerRisk => say(
            "Lower risk: treatment of the cytopenia by hematology. The line: IPSS-M of 0 at most (Moderate Low; this program's \
             assumption), where it is missing IPSS-R of 3.5 at most.",
            "低リスクMDS：血液内科で血球減少に対する治療を行う。区分：IPSS-M 0以下（Moderate Lowまで。本プログラムの仮定）、IPSS-MがなければIPSS-R 3.5以下。",
        ),
        Step::HigherRisk => say(
            "Higher risk: treatment of the disease by hematology, soon. The line: IPSS-M above 0 (Moderate High; this program's \
             assumption), where it is missing IPSS-R above 3.5.",
            "高リスクMDS：血液内科で速やかに疾患に対する治療を検討する。区分：IPSS-M 0超（Moderate High以上。本プログラムの仮定）、IPSS-MがなければIPSS-R 3.5超。",
        ),
        Step::HigherByTp53 => say(
            "Both alleles of TP53 are hit, or presumed to be: very high risk, taken as higher risk whatever the scores say. Treatment of \
             the disease by hematology, soon.",
            "TP53両アレルの異常（推定を含む）：極めて高リスクであり、スコアによらず高リスクMDSとして扱う。血液内科で速やかに疾患に対する治療を検討する。",
        ),
        Step::HigherByBlasts => say(
            "Blasts of MDS-IB2: taken as higher risk whatever the scores say. Treatment of the disease by hematology, soon.",
            "MDS-IB2に相当する芽球：スコアによらず高リスクMDSとして扱う。血液内科で速やかに疾患に対する治療を検討する。",
        ),
        Step::SettleTp53 => say(
            "One TP53 mutation, and whether the other allele is lost was not looked at: look for loss of 17p, copy-neutral too, before treatment. \
             With it the risk is very high whatever the scores say.",
            "TP53変異1個で、他アレルの欠失は未評価：治療前に17p欠失（コピー中立性を含む）を確認する。欠失があればスコアによらず極めて高リスクである。",
        ),
        Step::AmlEquivalent => say(
            "Near acute leukemia: this type may be regarded as an equivalent of AML for treatment and for trials.",
            "AMLに近い病型：治療方針や臨床試験ではAMLに準じて扱うことがある。",
        ),
        _ => say(
            "IPSS-M and IPSS-R fall on different sides of the line; IPSS-M, which knows the genes, is followed here. Discuss both.",
            "IPSS-MとIPSS-Rで低リスク・高リスクの判定が異なる。ここでは遺伝子を加味したIPSS-Mに従った。両者をふまえて検討する。",
        ),
    }
}

const fn mds(step: Step) -> Sentence {
    match step {
        Step::EsaOrLuspatercept => say(
            "Anemia without del(5q): measure serum EPO. Erythropoiesis-stimulating agent (EPO below 500 IU/L predicts response) or \
             luspatercept.",
            "del(5q)を伴わない貧血：血清EPOを測定する。赤血球造血刺激因子製剤（EPO 500 IU/L未満で反応が期待できる）またはルスパテルセプト。",
        ),
        Step::LuspaterceptFigures => say(
            "Luspatercept against epoetin alfa (dependent on transfusion, EPO below 500 IU/L): free of transfusion for 12 weeks or \
             more with Hb +1.5 g/dL in 58.5 against 31.2 % (interim analysis).",
            "ルスパテルセプト対エポエチンアルファ（輸血依存、EPO 500 IU/L未満）：12週以上の輸血非依存かつHb 1.5 g/dL上昇は58.5%対31.2%（中間解析）。",
        ),
        Step::LuspaterceptRingSideroblasts => say(
            "SF3B1 or ring sideroblasts: luspatercept works best here.",
            "SF3B1変異または環状鉄芽球：ルスパテルセプトが特に有効。",
        ),
        Step::Lenalidomide => say(
            "del(5q) with anemia that needs transfusion: lenalidomide. Isolated del(5q), lower risk: free of transfusion for 182 \
             days or more in 57.4 % on 10 mg against 2.2 % on placebo.",
            "del(5q)で輸血を要する貧血：レナリドミド。低リスクの単独del(5q)では、182日以上の輸血非依存が10 mg群57.4%、プラセボ群2.2%。",
        ),
        Step::LookForDel5q => say(
            "Anemia and no karyotype that tells of del(5q): obtain it. Lenalidomide is for del(5q) only; without it EPO decides on \
             the treatment.",
            "貧血があるがdel(5q)の有無が不明：染色体分析を行う。レナリドミドの対象はdel(5q)のみで、del(5q)がなければEPO値をもとに治療を選ぶ。",
        ),
        Step::SettleDel5q => say(
            "Anemia, and del(5q) is stated in one way and read from the karyotype in the other: settle it with the cytogenetic report or FISH \
             of 5q31 before treatment. Lenalidomide is for del(5q) only; without it EPO decides on the treatment.",
            "貧血があるが、del(5q)の入力値と核型が矛盾する：治療前に染色体検査報告書または5q31のFISHで確認する。レナリドミドの対象はdel(5q)のみで、del(5q)がなければEPO値をもとに治療を選ぶ。",
        ),
        Step::Azacitidine => say(
            "Hypomethylating agent (azacitidine).",
            "低メチル化薬（アザシチジン）。",
        ),
        Step::TransplantHigherRisk => say(
            "Advice of a transplant center close to the diagnosis for all who may be fit for it.",
            "移植適応の可能性があれば、診断後早期に移植施設へ相談する。",
        ),
        Step::TransplantLowerRisk => say(
            "Transplantation only for some with lower risk: poor-risk genetics, deep cytopenias, many transfusions.",
            "低リスクでの移植は一部に限る：予後不良の遺伝子異常、高度の血球減少、頻回の輸血。",
        ),
        Step::IronOverload => say(
            "Repeated transfusion: look for iron overload, consider chelation.",
            "頻回輸血では鉄過剰症を評価し、鉄キレート療法を検討する。",
        ),
        _ => say(
            "Quickly worsening counts, fever or bleeding: look for AML.",
            "血球減少の急速な悪化、発熱、出血傾向ではAML転化を疑う。",
        ),
    }
}

const fn leukemia(step: Step) -> Sentence {
    match step {
        Step::CmmlExclude => say(
            "Hematology; exclude BCR::ABL1, rearrangements of tyrosine kinase genes and causes of a reactive monocytosis.",
            "血液内科へ紹介する。BCR::ABL1、チロシンキナーゼ遺伝子再構成、反応性単球増加の原因を除外する。",
        ),
        Step::CmmlScores => say(
            "CMML has prognostic scores of its own (CPSS-Mol and others); IPSS-R and IPSS-M are scores of MDS.",
            "CMMLには専用の予後スコア（CPSS-Molなど）を用いる。IPSS-R・IPSS-MはMDSのスコアである。",
        ),
        Step::CmmlTreatment => say(
            "From watchful waiting to transplantation, the only cure, by risk; for a candidate, transplantation first without \
             treatment before it is preferred.",
            "リスクに応じ、経過観察から唯一の根治療法である移植まで幅がある。移植候補では、前治療を行わない早期の移植が望ましい。",
        ),
        Step::AmlUrgent => say(
            "Urgent referral to hematology the same day.",
            "当日中に血液内科へ緊急紹介する。",
        ),
        Step::AplFound => say(
            "PML::RARA: acute promyelocytic leukemia. All-trans retinoic acid at once, and blood products against the coagulopathy.",
            "PML::RARA：急性前骨髄球性白血病。全トランス型レチノイン酸（ATRA）を直ちに開始し、凝固異常に対し血液製剤を補充する。",
        ),
        Step::AplExclude => say(
            "PML::RARA was not looked for: exclude acute promyelocytic leukemia today; where it is suspected, all-trans retinoic \
             acid before the result.",
            "PML::RARAは未検索：当日中に急性前骨髄球性白血病を除外する。疑われれば結果を待たず全トランス型レチノイン酸（ATRA）を開始する。",
        ),
        Step::ElnGroup => say(
            "Settle the ELN 2022 risk group: treatment after remission turns on it.",
            "ELN 2022リスク群を確定する。寛解後治療の選択はこれによる。",
        ),
        Step::AmlInduction => say(
            "Fit for it: induction (cytarabine with an anthracycline), then consolidation or transplantation.",
            "強力な治療が可能：寛解導入療法（シタラビン＋アントラサイクリン）、その後地固め療法または造血幹細胞移植。",
        ),
        Step::AmlLessIntensive => say(
            "Not fit for it: azacitidine with venetoclax (median survival 14.7 against 9.6 months with azacitidine alone, hazard \
             ratio 0.66).",
            "強力な治療が困難：アザシチジン＋ベネトクラクス（生存期間中央値14.7か月対アザシチジン単独9.6か月、ハザード比0.66）。",
        ),
        Step::Ivosidenib => say(
            "IDH1 mutated and not fit for it: azacitidine with ivosidenib (median survival 24.0 against 7.9 months with azacitidine alone). \
             Approvals differ by country.",
            "IDH1変異があり強力な治療が困難：アザシチジン＋イボシデニブ（生存期間中央値24.0か月対アザシチジン単独7.9か月）。承認状況は国により異なる。",
        ),
        Step::Flt3Inhibitor => say(
            "FLT3 mutated: a FLT3 inhibitor with the induction. Midostaurin (ITD or TKD): hazard ratio of death 0.78; quizartinib (ITD): \
             median survival 31.9 months against 15.1. Approvals differ by country.",
            "FLT3変異：寛解導入療法にFLT3阻害薬を併用する。ミドスタウリン（ITDまたはTKD）：死亡のハザード比0.78。キザルチニブ（ITD）：生存期間中央値31.9か月対15.1か月。承認状況は国により異なる。",
        ),
        _ => say(
            "FLT3 (ITD and TKD) is not known: test it now, since an inhibitor belongs to the induction of those who carry it.",
            "FLT3（ITD・TKD）が不明：直ちに検査する。変異例では寛解導入療法に阻害薬を併用する。",
        ),
    }
}

impl Risk {
    /// Returns the sentence.
    pub const fn words(self) -> Sentence {
        match self {
            Self::ChipYearly => say(
                "Progression to AML or MDS: 0.5-1 % a year.",
                "AML・MDSへの進展リスク：年率0.5〜1%。",
            ),
            Self::ChipYearlyAndChrsLow => say(
                "How this goes with CHRS: the yearly figure is the average of all people with CHIP, and CHRS sorts them; by the \
                 low group it is 0.67 % within 10 years, and this is the figure for this person.",
                "CHRSとの関係：年率はCHIP全体の平均であり、CHRSはこれを層別化する。低リスク群では10年で0.67%であり、個々の患者にはこちらを用いる。",
            ),
            Self::ChipYearlyAndChrsIntermediate => say(
                "How this goes with CHRS: the yearly figure is the average of all people with CHIP, and CHRS sorts them; by the \
                 intermediate group it is 7.83 % within 10 years, and this is the figure for this person.",
                "CHRSとの関係：年率はCHIP全体の平均であり、CHRSはこれを層別化する。中間リスク群では10年で7.83%であり、個々の患者にはこちらを用いる。",
            ),
            Self::ChipYearlyAndChrsHigh => say(
                "How this goes with CHRS: the yearly figure is the average of all people with CHIP, and CHRS sorts them; by the \
                 high group it is 52.2 % within 10 years, and this is the figure for this person.",
                "CHRSとの関係：年率はCHIP全体の平均であり、CHRSはこれを層別化する。高リスク群では10年で52.2%であり、個々の患者にはこちらを用いる。",
            ),
            Self::ChipYearlyAndChrsOpen => say(
                "How this goes with CHRS: the yearly figure is the average of all people with CHIP, and CHRS sorts them into 0.67, \
                 7.83 and 52.2 % within 10 years (low, intermediate, high); the group of this person is open.",
                "CHRSとの関係：年率はCHIP全体の平均であり、CHRSはこれを10年で0.67%、7.83%、52.2%（低・中間・高リスク）に層別化する。本例の群は未確定。",
            ),
            Self::CcusYearly => say(
                "Progression to MDS: 5-10 % a year.",
                "MDSへの進展リスク：年率5〜10%。",
            ),
            Self::CcusByCcrs => say(
                "By CCRS a myeloid neoplasm within 2 years in 6.4, 14.1 or 37.2 % (low, intermediate, high).",
                "CCRSによる2年以内の骨髄系腫瘍発症：低リスク6.4%、中間リスク14.1%、高リスク37.2%。",
            ),
            Self::CcusOtherSeries => say(
                "With one low-risk mutation about 55 % progress within 5 years in another series; the figures of series differ \
                 widely.",
                "別の報告では低リスク変異1個でも5年で約55%が進展。報告による差が大きい。",
            ),
            Self::MdsYearly => say(
                "Progression to AML: 1-15 % a year by type; about 20-30 % over the whole course, another quantity. Use IPSS-M.",
                "AMLへの転化：病型により年率1〜15%。全経過では約20〜30%（別の指標）。IPSS-Mで評価する。",
            ),
        }
    }
}
