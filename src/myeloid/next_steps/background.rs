//! What the lecture teaches about this patient's genes and stage: codes in the result, words on the page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::stage::{Stage, StageResult};
use super::Sentence;
use super::codes::EvidenceLevel;
use super::sources as s;

macro_rules! background {
    ($($(#[$of:meta])* $name:ident = $sources:expr, $level:expr, $en:literal, $ja:literal;)*) => {
        /// A statement of background.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum BackgroundCode {
            $($(#[$of])* $name,)*
        }

        impl BackgroundCode {
            /// Every code, in the order of the page.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Returns the sentence.
            pub const fn words(self) -> Sentence {
                match self { $(Self::$name => Sentence { en: $en, ja: $ja },)* }
            }

            const fn basis(self) -> (&'static [&'static str], Option<EvidenceLevel>) {
                match self { $(Self::$name => ($sources, $level),)* }
            }
        }
    };
}

background! {
    /// How frequent clonal hematopoiesis is.
    Prevalence = &[s::LECTURE], None,
        "Clonal hematopoiesis is found in 10-20 % of people over 70; most of them never have a blood cancer.",
        "クローン性造血は70歳超の10〜20%に認められ、多くは生涯血液がんを発症しない。";
    /// DNMT3A.
    Dnmt3a = &[s::LECTURE], None,
        "DNMT3A: about 20-30 % of CHIP. An enzyme that methylates DNA. Cardiovascular risk raised, risk of AML medium; R882 is the change of especially high risk.",
        "DNMT3A：CHIPの約20〜30%。DNAメチル化酵素。心血管リスクが上昇し、AMLリスクは中程度。R882変異は特に高リスク。";
    /// TET2.
    Tet2 = &[s::LECTURE], None,
        "TET2: about 12-20 % of CHIP. Removes DNA methylation; its loss drives IL-1β through the NLRP3 inflammasome, and with it the cardiovascular risk.",
        "TET2：CHIPの約12〜20%。DNA脱メチル化に働く。機能喪失によりNLRP3インフラマソームを介してIL-1βが過剰となり、心血管リスクが上昇する。";
    /// Anti-inflammatory therapy in TET2.
    Tet2Canakinumab = &[s::CANTOS], None,
        "TET2 and IL-1β: in an exploratory analysis of CANTOS (338 of 3,923 with clonal hematopoiesis) carriers of TET2 had numerically fewer events on canakinumab. It is no licensed treatment of clonal hematopoiesis.",
        "TET2とIL-1β：CANTOS試験の探索的解析（3,923例中338例がクローン性造血）では、TET2変異例でカナキヌマブ群のイベントが数値上少なかった。クローン性造血に対する承認された治療ではない。";
    /// ASXL1.
    Asxl1 = &[s::LECTURE], None,
        "ASXL1: about 5-10 % of CHIP. Chromatin remodeling; among the mutations of CHIP with the highest risk of MDS and AML.",
        "ASXL1：CHIPの約5〜10%。クロマチンリモデリングに関与し、CHIPの変異の中でもMDS・AMLのリスクが高い。";
    /// JAK2.
    Jak2 = &[s::LECTURE], None,
        "JAK2 V617F: about 3-5 % of CHIP. JAK-STAT signaling; risk of polycythemia vera, essential thrombocythemia and myelofibrosis.",
        "JAK2 V617F：CHIPの約3〜5%。JAK-STATシグナルの亢進により、真性多血症・本態性血小板血症・骨髄線維症のリスクとなる。";
    /// TP53.
    Tp53 = &[s::LECTURE], None,
        "TP53: about 1-2 % of CHIP. Tumor suppressor; strongly tied to MDS and AML after cytotoxic therapy.",
        "TP53：CHIPの約1〜2%。がん抑制遺伝子で、治療関連MDS・AMLとの関連が強い。";
    /// Genes of the second hit.
    SecondHit = &[s::LECTURE], None,
        "Second hit: FLT3, IDH1/2 and NPM1 are among the mutations that turn a clone into leukemia.",
        "第2の打撃：FLT3、IDH1/2、NPM1などの変異が加わると、クローンは白血病へ進展しうる。";
    /// The lecture's cardiovascular figures.
    LectureCardiovascular = &[s::LECTURE], Some(EvidenceLevel::CohortReview),
        "The lecture gives myocardial infarction 1.9-fold and heart failure 1.7-fold for DNMT3A and TET2; the meta-analysis among the steps is newer and lower.",
        "講義ではDNMT3A・TET2変異で心筋梗塞約1.9倍、心不全約1.7倍とされる。方針欄のメタ解析はより新しく、値はより低い。";
    /// No symptoms is not safe.
    NoSymptoms = &[s::LECTURE], None,
        "“No symptoms” is not “safe”: regular visits find what is not yet felt.",
        "「症状がない」は「安全」ではない。定期的な受診により、自覚症状のない変化を捉える。";
    /// Stress.
    Stress = &[s::LECTURE], None,
        "Stress: cortisol may act on DNA methylation and favor clones with DNMT3A (suggested, not shown).",
        "ストレス：コルチゾールがDNAメチル化に作用し、DNMT3A変異クローンに有利に働く可能性が示唆されている（未確立）。";
    /// Smear.
    Smear = &[s::LECTURE], None,
        "Blood smear: which lineages, macrocytosis, hypersegmented neutrophils, large platelets.",
        "末梢血塗抹標本：異常系統の確認、大球性変化、好中球過分葉、巨大血小板。";
    /// Reticulocytes, LDH, EPO.
    IneffectiveHematopoiesis = &[s::LECTURE], None,
        "Reticulocytes, LDH and EPO: few reticulocytes with a high LDH speak for ineffective hematopoiesis; EPO below 500 IU/L is the guide to ESA.",
        "網赤血球・LDH・EPO：網赤血球低値とLDH高値は無効造血を示唆する。EPO 500 IU/L未満はESA使用の目安。";
    /// Marrow.
    Marrow = &[s::LECTURE], None,
        "Marrow aspirate and biopsy: May-Giemsa, blasts, iron stain (ring sideroblasts), flow cytometry; G-banding for del(5q), -7, complex changes.",
        "骨髄穿刺・生検：メイ・ギムザ染色、芽球、鉄染色（環状鉄芽球）、フローサイトメトリー。G分染法でdel(5q)、-7、複雑核型を確認する。";
    /// Sequencing.
    Sequencing = &[s::LECTURE, s::BERNARD_2022], None,
        "Sequencing: the 31 genes of IPSS-M, with TET2 and JAK2 beside them; which are mutated and the VAF of each. IPSS-M needs it.",
        "NGSパネル：IPSS-Mの31遺伝子にTET2とJAK2を加え、変異とVAFを確認する。IPSS-Mの算出に必要。";
    /// LDH.
    Ldh = &[s::LECTURE], None,
        "LDH rises where many cells multiply and die: a marker of tumor load.",
        "LDHは細胞の増殖と崩壊が盛んなときに上昇し、腫瘍量の指標となる。";
}

/// A statement of background with its sources and level of evidence; its words are kept by code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BackgroundStatement {
    /// What it is.
    pub code: BackgroundCode,
    /// Where it comes from.
    pub sources: Vec<String>,
    /// Level of evidence; `None` where its source states none.
    pub level: Option<EvidenceLevel>,
}

/// Returns the statements that touch these mutated genes and this stage.
pub fn background(genes: &[String], stage: Option<&StageResult>) -> Vec<BackgroundStatement> {
    let case = Case { genes, stage };
    BackgroundCode::ALL
        .iter()
        .filter(|code| case.touches(**code))
        .map(|code| {
            let (sources, level) = code.basis();
            BackgroundStatement {
                code: *code,
                sources: sources.iter().map(|s| (*s).to_owned()).collect(),
                level,
            }
        })
        .collect()
}

struct Case<'a> {
    genes: &'a [String],
    stage: Option<&'a StageResult>,
}

impl Case<'_> {
    fn mutated(&self, genes: &[&str]) -> bool {
        self.genes.iter().any(|g| genes.contains(&g.as_str()))
    }

    fn is(&self, stages: &[Stage]) -> bool {
        self.stage
            .and_then(|s| s.stage)
            .is_some_and(|s| stages.contains(&s))
    }

    fn touches(&self, code: BackgroundCode) -> bool {
        let chip = self.is(&[Stage::Chip]);
        let cytopenia = self.stage.is_some_and(|s| s.cytopenia.any() == Some(true));
        let leukemia = self.is(&[Stage::Aml]);
        match code {
            BackgroundCode::Prevalence | BackgroundCode::NoSymptoms => chip,
            BackgroundCode::Dnmt3a => self.mutated(&["DNMT3A"]),
            BackgroundCode::Tet2 | BackgroundCode::Tet2Canakinumab => self.mutated(&["TET2"]),
            BackgroundCode::Asxl1 => self.mutated(&["ASXL1"]),
            BackgroundCode::Jak2 => self.mutated(&["JAK2"]),
            BackgroundCode::Tp53 => self.mutated(&["TP53"]),
            BackgroundCode::SecondHit => leukemia || self.mutated(&["FLT3", "IDH1", "IDH2", "NPM1"]),
            BackgroundCode::LectureCardiovascular => chip && self.mutated(&["DNMT3A", "TET2"]),
            BackgroundCode::Stress => chip && self.mutated(&["DNMT3A"]),
            BackgroundCode::Smear
            | BackgroundCode::IneffectiveHematopoiesis
            | BackgroundCode::Marrow
            | BackgroundCode::Sequencing => cytopenia && !leukemia,
            BackgroundCode::Ldh => leukemia,
        }
    }
}
