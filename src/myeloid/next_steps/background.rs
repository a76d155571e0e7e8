//! What the lecture teaches about this patient's genes and stage: codes in the result, words on the page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::stage::{Stage, StageResult};
use super::codes::EvidenceLevel;
use super::sources as s;
use crate::words::Phrase;

macro_rules! background {
    ($($(#[$of:meta])* $name:ident = $sources:expr, $level:expr;)*) => {
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
            pub const fn words(self) -> Phrase {
                match self { $(Self::$name => Phrase::new("BackgroundCode", stringify!($name)),)* }
            }

            const fn basis(self) -> (&'static [&'static str], Option<EvidenceLevel>) {
                match self { $(Self::$name => ($sources, $level),)* }
            }
        }
    };
}

background! {
    /// How frequent clonal hematopoiesis is.
    Prevalence = &[s::LECTURE], None;
    /// DNMT3A.
    Dnmt3a = &[s::LECTURE], None;
    /// TET2.
    Tet2 = &[s::LECTURE], None;
    /// Anti-inflammatory therapy in TET2.
    Tet2Canakinumab = &[s::CANTOS], None;
    /// ASXL1.
    Asxl1 = &[s::LECTURE], None;
    /// JAK2.
    Jak2 = &[s::LECTURE], None;
    /// TP53.
    Tp53 = &[s::LECTURE], None;
    /// Genes of the second hit.
    SecondHit = &[s::LECTURE], None;
    /// The lecture's cardiovascular figures.
    LectureCardiovascular = &[s::LECTURE], Some(EvidenceLevel::CohortReview);
    /// No symptoms is not safe.
    NoSymptoms = &[s::LECTURE], None;
    /// Stress.
    Stress = &[s::LECTURE], None;
    /// Smear.
    Smear = &[s::LECTURE], None;
    /// Reticulocytes, LDH, EPO.
    IneffectiveHematopoiesis = &[s::LECTURE], None;
    /// Marrow.
    Marrow = &[s::LECTURE], None;
    /// Sequencing.
    Sequencing = &[s::LECTURE, s::BERNARD_2022], None;
    /// LDH.
    Ldh = &[s::LECTURE], None;
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
