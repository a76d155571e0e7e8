//! Codes of steps and figures, and the levels of evidence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::words::Phrase;

/// Level of evidence by the scale that the lecture uses (1b, 2a): the Oxford levels, and what has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum EvidenceLevel {
    /// A randomized trial.
    #[serde(rename = "1b")]
    Trial,
    /// A review of cohort studies.
    #[serde(rename = "2a")]
    CohortReview,
    /// A cohort study.
    #[serde(rename = "2b")]
    Cohort,
    /// Opinion or consensus of experts.
    #[serde(rename = "5")]
    Consensus,
    /// This program's proposal: nothing published was found.
    #[serde(rename = "proposal")]
    Proposal,
}

impl EvidenceLevel {
    /// Every level.
    pub const ALL: [Self; 5] = [
        Self::Trial,
        Self::CohortReview,
        Self::Cohort,
        Self::Consensus,
        Self::Proposal,
    ];

    /// Returns the level as it is written; `None` for a proposal, which has none.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Trial => Some("1b"),
            Self::CohortReview => Some("2a"),
            Self::Cohort => Some("2b"),
            Self::Consensus => Some("5"),
            Self::Proposal => None,
        }
    }
}

macro_rules! codes {
    ($(#[$doc:meta])* $type:ident { $($(#[$of:meta])* $name:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $type {
            $($(#[$of])* $name,)*
        }

        impl $type {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Returns the sentence.
            pub const fn words(self) -> Phrase {
                match self { $(Self::$name => Phrase::new(stringify!($type), stringify!($name)),)* }
            }
        }
    };
}

codes! {
    /// A step.
    StepCode {
        /// A child.
        PediatricHematology,
        /// The disease beside the road comes first.
        ExcludeOtherDisease,
        /// Blasts near leukemia while the stage is open.
        UrgentBlasts,
        /// Counts are missing.
        CountBlood,
        /// Whether there is a clone is open.
        DecideClone,
        /// Hematology and a marrow tell CCUS from MDS.
        ExamineMarrow,
        /// Other causes of the cytopenia.
        ExcludeCauses,
        /// How long the cytopenia lasts.
        RepeatCounts,
        /// A marrow where no clone was found and the cytopenia stays unexplained.
        MarrowIfUnexplained,
        /// CMML is possible.
        DecideCmml,
        /// UBA1: signs of VEXAS syndrome.
        AskForVexas,
        /// Something else is open.
        CompleteValues,
        /// CHRS low.
        CountYearly,
        /// CHRS intermediate.
        CountHalfYearly,
        /// CHRS high.
        ReferChrsHigh,
        /// CHRS open.
        CompleteChrs,
        /// Cardiology first.
        CardiologyFirst,
        /// Cardiology beside hematology.
        CardiologyToo,
        /// The figures behind it.
        CardiovascularFigures,
        /// Habits.
        Lifestyle,
        /// JAK2, CALR or MPL in CHIP.
        WatchForMpn,
        /// A clonal karyotype without a mutation and with normal counts.
        FollowClonalKaryotype,
        /// CCUS is followed by hematology.
        FollowCcus,
        /// ICUS.
        FollowIcus,
        /// CCRS low.
        CountCcrsLow,
        /// CCRS intermediate.
        CountCcrsIntermediate,
        /// CCRS high.
        CountCcrsHigh,
        /// CCRS open.
        CompleteCcrs,
        /// CHRS is high where CCRS is not.
        CcusChrsHigh,
        /// When to look at the marrow again.
        RepeatMarrow,
        /// MDS whose risk is open.
        CompleteMdsScores,
        /// MDS of lower risk.
        LowerRisk,
        /// MDS of higher risk.
        HigherRisk,
        /// Higher risk because both alleles of TP53 are hit.
        HigherByTp53,
        /// Higher risk because blasts are increased.
        HigherByBlasts,
        /// Whether the other allele of TP53 is lost is open.
        SettleTp53,
        /// The scores differ.
        ScoresDiffer,
        /// Anemia of lower-risk MDS.
        EsaOrLuspatercept,
        /// The trial behind luspatercept.
        LuspaterceptFigures,
        /// SF3B1 or ring sideroblasts.
        LuspaterceptRingSideroblasts,
        /// del(5q).
        Lenalidomide,
        /// del(5q) is open.
        LookForDel5q,
        /// What is stated of del(5q) and the karyotype are opposites.
        SettleDel5q,
        /// A type that may be treated as acute leukemia is.
        AmlEquivalent,
        /// Hypomethylating agent.
        Azacitidine,
        /// Transplantation.
        TransplantHigherRisk,
        /// Transplantation of some with lower risk.
        TransplantLowerRisk,
        /// Iron.
        IronOverload,
        /// Signs of leukemia.
        SignsOfLeukemia,
        /// A mutation that could be inherited, in a gene of predisposition.
        TestOtherTissue,
        /// CMML: what must be excluded.
        CmmlExclude,
        /// CMML: scores of its own.
        CmmlScores,
        /// CMML: treatment.
        CmmlTreatment,
        /// AML.
        AmlUrgent,
        /// APL found.
        AplFound,
        /// APL not excluded.
        AplExclude,
        /// ELN group.
        ElnGroup,
        /// Intensive treatment.
        AmlInduction,
        /// Less intensive treatment.
        AmlLessIntensive,
        /// The same with IDH1 mutated.
        Ivosidenib,
        /// FLT3 mutated.
        Flt3Inhibitor,
        /// FLT3 open.
        TestFlt3,
    }
}

codes! {
    /// A published figure of a stage.
    RiskCode {
        /// CHIP.
        ChipYearly,
        /// CHIP's yearly figure against CHRS low.
        ChipYearlyAndChrsLow,
        /// The same, CHRS intermediate.
        ChipYearlyAndChrsIntermediate,
        /// The same, CHRS high.
        ChipYearlyAndChrsHigh,
        /// The same, CHRS open.
        ChipYearlyAndChrsOpen,
        /// CCUS.
        CcusYearly,
        /// CCUS by CCRS.
        CcusByCcrs,
        /// CCUS, another series.
        CcusOtherSeries,
        /// MDS.
        MdsYearly,
    }
}
