//! Condition → step or figure → source → level of evidence. The words come last, in `words`.
//!
//! The order is that of the page. A row holds where all of its conditions hold.

use super::codes::{EvidenceLevel as Level, RiskCode as Risk, StepCode as Step};
use super::situation::MdsRisk::{Higher, Lower};
use super::situation::{BI_TP53, NEAR_AML, When};
use super::sources as s;
use crate::myeloid::ccrs::CcrsGroup;
use crate::myeloid::chrs::ChrsGroup;
use crate::myeloid::stage::Stage;

/// A row of a table.
pub(super) struct Row<C: 'static> {
    /// All of them must hold.
    pub when: &'static [When],
    /// What follows.
    pub code: C,
    /// Where it comes from.
    pub sources: &'static [&'static str],
    /// Level of evidence.
    pub level: Option<Level>,
}

const fn row<C: Copy>(
    when: &'static [When],
    code: C,
    sources: &'static [&'static str],
    level: Option<Level>,
) -> Row<C> {
    Row {
        when,
        code,
        sources,
        level,
    }
}

const TRIAL: Option<Level> = Some(Level::Trial);
const REVIEW: Option<Level> = Some(Level::CohortReview);
const COHORT: Option<Level> = Some(Level::Cohort);
const CONSENSUS: Option<Level> = Some(Level::Consensus);
const PROPOSAL: Option<Level> = Some(Level::Proposal);

const CHIP: When = When::Stage(Stage::Chip);
const ICUS: When = When::Stage(Stage::Icus);
const CCUS: When = When::Stage(Stage::Ccus);
const MDS: When = When::Stage(Stage::Mds);
const CMML: When = When::Stage(Stage::Cmml);
const AML: When = When::Stage(Stage::Aml);
const LOWER: When = When::Risk(Lower);
const HIGHER: When = When::Risk(Higher);
const APL: When = When::Fusion("PML::RARA");
const NOT_APL: When = When::NoFusion("PML::RARA");

/// Steps. Those of an open stage come first: they are what closes the question.
#[rustfmt::skip]
pub(super) const STEPS: &[Row<Step>] = &[
    row(&[When::Child], Step::PediatricHematology, &[s::WHO_2022, s::OWN], None),
    row(&[When::OtherDiseaseFirst], Step::ExcludeOtherDisease, &[s::WHO_2022], None),
    row(&[When::Possible(Stage::Aml), When::ManyBlasts], Step::UrgentBlasts, &[s::ICC_2022, s::LECTURE], None),
    row(&[When::StageOpen, When::CountsOpen], Step::CountBlood, &[s::WHO_2022, s::LECTURE], None),
    row(&[When::StageOpen, When::CloneOpen], Step::DecideClone, &[s::OWN], None),
    row(&[When::Possible(Stage::Mds), When::Cytopenia, When::CloneNotExcluded], Step::ExamineMarrow, &[s::WHO_2022, s::LECTURE], None),
    row(&[When::StageOpen, When::Cytopenia, When::CausesOpen], Step::ExcludeCauses, &[s::WHO_2022, s::LECTURE, s::OWN], None),
    row(&[When::StageOpen, When::Cytopenia, When::DurationOpen], Step::RepeatCounts, &[s::WHO_2022, s::LECTURE], None),
    row(&[When::Possible(Stage::Mds), When::Cytopenia, When::NoClone], Step::MarrowIfUnexplained, &[s::WHO_2022, s::LECTURE], None),
    row(&[When::Possible(Stage::Cmml)], Step::DecideCmml, &[s::WHO_2022], None),
    row(&[When::Mutated("UBA1")], Step::AskForVexas, &[s::VEXAS_2022, s::VEXAS_LETTER, s::VEXAS_2024], None),

    row(&[CHIP, When::Chrs(ChrsGroup::Low)], Step::CountYearly, &[s::LECTURE, s::WEEKS_2023], None),
    row(&[CHIP, When::Chrs(ChrsGroup::Intermediate)], Step::CountHalfYearly, &[s::WEEKS_2023, s::OWN], PROPOSAL),
    row(&[CHIP, When::Chrs(ChrsGroup::High)], Step::ReferChrsHigh, &[s::WEEKS_2023, s::OWN], PROPOSAL),
    row(&[CHIP, When::ChrsOpen], Step::CompleteChrs, &[s::WEEKS_2023], None),
    row(&[CHIP, When::Chrs(ChrsGroup::Low)], Step::CardiologyFirst, &[s::LECTURE, s::AHA_2026], None),
    row(&[CHIP, When::Chrs(ChrsGroup::Intermediate)], Step::CardiologyToo, &[s::LECTURE, s::AHA_2026], None),
    row(&[CHIP, When::Chrs(ChrsGroup::High)], Step::CardiologyToo, &[s::LECTURE, s::AHA_2026], None),
    row(&[CHIP, When::ChrsOpen], Step::CardiologyToo, &[s::LECTURE, s::AHA_2026], None),
    row(&[CHIP, When::MutatedClone], Step::CardiovascularFigures, &[s::CHIP_META_2024], REVIEW),
    row(&[CHIP, When::AnyMutated(&["JAK2", "CALR", "MPL"])], Step::WatchForMpn, &[s::WHO_2022, s::CALR_REVIEW, s::LECTURE], None),
    row(&[CHIP, When::ClonalKaryotypeAlone], Step::FollowClonalKaryotype, &[s::ICC_2022, s::OWN], PROPOSAL),
    row(&[CHIP], Step::Lifestyle, &[s::LECTURE], None),

    row(&[ICUS], Step::FollowIcus, &[s::OWN], PROPOSAL),
    row(&[CCUS], Step::FollowCcus, &[s::XIE_2024, s::LECTURE], None),
    row(&[CCUS, When::Ccrs(CcrsGroup::Low)], Step::CountCcrsLow, &[s::XIE_2024, s::OWN], PROPOSAL),
    row(&[CCUS, When::Ccrs(CcrsGroup::Intermediate)], Step::CountCcrsIntermediate, &[s::XIE_2024, s::OWN], PROPOSAL),
    row(&[CCUS, When::Ccrs(CcrsGroup::High)], Step::CountCcrsHigh, &[s::XIE_2024, s::OWN], PROPOSAL),
    row(&[CCUS, When::CcrsOpen], Step::CompleteCcrs, &[s::XIE_2024], None),
    row(&[CCUS, When::Chrs(ChrsGroup::High), When::CcrsNotHigh], Step::CcusChrsHigh, &[s::WEEKS_2023, s::XIE_2024, s::OWN], PROPOSAL),
    row(&[CCUS], Step::RepeatMarrow, &[s::LECTURE], None),
    row(&[ICUS], Step::RepeatMarrow, &[s::LECTURE], None),

    row(&[MDS, When::RiskOpen], Step::CompleteMdsScores, &[s::BERNARD_2022, s::GREENBERG_2012], None),
    row(&[MDS, LOWER], Step::LowerRisk, &[s::CAZZOLA_2020, s::BERNARD_2022, s::OWN], None),
    row(&[MDS, When::Type(&[BI_TP53])], Step::HigherByTp53, &[s::WHO_2022], None),
    row(&[MDS, When::Type(&["MDS-IB2"])], Step::HigherByBlasts, &[s::WHO_2022, s::LECTURE], None),
    row(&[MDS, When::TypePossible(BI_TP53), When::Mutated("TP53")], Step::SettleTp53, &[s::WHO_2022, s::BERNARD_2022], None),
    row(&[MDS, HIGHER, When::NotType(NEAR_AML)], Step::HigherRisk, &[s::CAZZOLA_2020, s::BERNARD_2022, s::OWN], None),
    row(&[MDS, When::ScoresDiffer, When::NotType(NEAR_AML)], Step::ScoresDiffer, &[s::BERNARD_2022, s::GREENBERG_2012], None),
    row(&[MDS, LOWER, When::Anemia, When::Del5q], Step::Lenalidomide, &[s::LECTURE, s::MDS_004], TRIAL),
    row(&[MDS, LOWER, When::Anemia, When::Del5qOpen], Step::LookForDel5q, &[s::MDS_004, s::LECTURE], None),
    row(&[MDS, LOWER, When::Anemia, When::Del5qDisputed], Step::SettleDel5q, &[s::MDS_004, s::LECTURE], None),
    row(&[MDS, LOWER, When::Anemia, When::NoDel5q], Step::EsaOrLuspatercept, &[s::LECTURE, s::COMMANDS], TRIAL),
    row(&[MDS, LOWER, When::Anemia, When::NoDel5q, When::FewBlasts], Step::LuspaterceptFigures, &[s::COMMANDS], TRIAL),
    row(&[MDS, LOWER, When::Anemia, When::NoDel5q, When::RingSideroblasts], Step::LuspaterceptRingSideroblasts, &[s::LECTURE], TRIAL),
    row(&[MDS, LOWER], Step::TransplantLowerRisk, &[s::TRANSPLANT_MDS_2017, s::TRANSPLANT_MDS_2025], CONSENSUS),
    row(&[MDS, When::Type(NEAR_AML)], Step::AmlEquivalent, &[s::WHO_2022, s::LECTURE], None),
    row(&[MDS, HIGHER], Step::Azacitidine, &[s::LECTURE, s::AZA_001], TRIAL),
    row(&[MDS, HIGHER], Step::TransplantHigherRisk, &[s::TRANSPLANT_MDS_2025, s::HIGHER_RISK_2014], CONSENSUS),
    row(&[MDS, When::Anemia], Step::IronOverload, &[s::LECTURE], None),
    row(&[MDS], Step::SignsOfLeukemia, &[s::LECTURE], None),

    row(&[CMML], Step::CmmlExclude, &[s::WHO_2022], None),
    row(&[CMML], Step::CmmlScores, &[s::ITZYKSON_2018], None),
    row(&[CMML], Step::CmmlTreatment, &[s::ITZYKSON_2018, s::ONIDA_2024], CONSENSUS),

    row(&[AML], Step::AmlUrgent, &[s::ELN_2022, s::LECTURE], None),
    row(&[AML, APL], Step::AplFound, &[s::APL_2009], CONSENSUS),
    row(&[AML, NOT_APL, When::FusionsOpen], Step::AplExclude, &[s::APL_2009], CONSENSUS),
    row(&[AML, NOT_APL], Step::ElnGroup, &[s::ELN_2022], CONSENSUS),
    row(&[AML, NOT_APL], Step::AmlInduction, &[s::ELN_2022, s::LECTURE], None),
    row(&[AML, NOT_APL, When::Mutated("FLT3")], Step::Flt3Inhibitor, &[s::RATIFY, s::QUANTUM_FIRST], TRIAL),
    row(&[AML, NOT_APL, When::GeneOpen("FLT3")], Step::TestFlt3, &[s::FLT3_CONSENSUS], CONSENSUS),
    row(&[AML, NOT_APL], Step::AmlLessIntensive, &[s::VIALE_A], TRIAL),
    row(&[AML, NOT_APL, When::Mutated("IDH1")], Step::Ivosidenib, &[s::ELN_2024], TRIAL),

    row(&[When::MayBeInherited], Step::TestOtherTissue, &[s::GERMLINE_TABLE], None),
];

/// Figures.
#[rustfmt::skip]
pub(super) const RISKS: &[Row<Risk>] = &[
    row(&[CHIP, When::MutatedClone], Risk::ChipYearly, &[s::DANA_FARBER_2024, s::LECTURE], None),
    row(&[CHIP, When::Chrs(ChrsGroup::Low)], Risk::ChipYearlyAndChrsLow, &[s::WEEKS_2023], COHORT),
    row(&[CHIP, When::Chrs(ChrsGroup::Intermediate)], Risk::ChipYearlyAndChrsIntermediate, &[s::WEEKS_2023], COHORT),
    row(&[CHIP, When::Chrs(ChrsGroup::High)], Risk::ChipYearlyAndChrsHigh, &[s::WEEKS_2023], COHORT),
    row(&[CHIP, When::ChrsOpen], Risk::ChipYearlyAndChrsOpen, &[s::WEEKS_2023], COHORT),
    row(&[CCUS], Risk::CcusYearly, &[s::LECTURE], None),
    row(&[CCUS], Risk::CcusByCcrs, &[s::XIE_2024], COHORT),
    row(&[CCUS], Risk::CcusOtherSeries, &[s::HAEMATOLOGY_ETC], None),
    row(&[MDS], Risk::MdsYearly, &[s::LECTURE], None),
];
