//! Smoldering multiple myeloma (Rajkumar 2014) and the models of its risk, side by side.
//!
//! The models look alike and differ at the boundary: 20/2/20 counts more than 20, the list of the lecture counts 20 and more.

use super::case::{Case, Verdict};
use super::risk::{Band, Comparison, Factor, Group, ModelBuilder, Outcome, RiskModel};
use super::{Stage, mm};
use crate::patient::{Fish, HeavyChain, PlasmaInput};

/// Serum M protein (IgG or IgA) that makes it smoldering, g/dL (Rajkumar 2014).
pub(super) const M_PROTEIN: f64 = 3.0;

/// Urine M protein that makes it smoldering, mg/24 h (Rajkumar 2014).
pub(super) const URINE: f64 = 500.0;

/// Clonal plasma cells of 20/2/20: more than this, % (Lakshman 2018; Mateos 2020). The lecture's list: at least.
pub(super) const CELLS: f64 = 20.0;

/// M protein of 20/2/20: more than this, g/dL (Lakshman 2018; Mateos 2020). The lecture's list: at least, IgG.
pub(super) const M: f64 = 2.0;

/// Involved/uninvolved ratio of 20/2/20: more than this (Lakshman 2018; Mateos 2020). The lecture's list: at least.
pub(super) const RATIO: f64 = 20.0;

/// Focal lesions on MRI in the lecture's list; not to be confused with the event, which needs two.
pub(super) const LECTURE_LESIONS: f64 = 1.0;

/// Abnormal among all plasma cells in the lecture's list, %, together with immunoparesis.
pub(super) const LECTURE_ABERRANT: f64 = 95.0;

/// Factors of the lecture's list that make the risk high.
const LECTURE_HIGH: u32 = 3;

/// Decides where no event is met.
pub(crate) fn decide(case: &Case<'_>) -> Option<Verdict> {
    let input = case.input;
    let large = input.m_protein.is_some_and(|m| m >= M_PROTEIN);
    let named = matches!(input.heavy_chain, None | Some(HeavyChain::IgG | HeavyChain::IgA));
    let mut rules = Vec::new();
    if case.full_marrow() {
        rules.push("smm.marrow");
    }
    if large && named {
        rules.push("smm.m_protein");
    }
    if input.urine_m_protein.is_some_and(|u| u >= URINE) {
        rules.push("smm.urine");
    }
    if !rules.is_empty() {
        Some(Verdict {
            stage: Stage::Smm,
            rules,
            candidates: Vec::new(),
        })
    } else if large {
        Some(Verdict::open(
            Stage::Review,
            "review.m_protein_3_not_igg_iga",
            &[Stage::Smm],
        ))
    } else {
        None
    }
}

fn twenty_two_twenty(builder: ModelBuilder, input: &PlasmaInput) -> ModelBuilder {
    let ratio = input.free_light_chains().involved_ratio;
    builder
        .factor(Factor::number(
            "plasma_cells",
            input.plasma_cells,
            "%",
            Comparison::MoreThan,
            CELLS,
        ))
        .factor(Factor::number(
            "m_protein",
            input.m_protein,
            "g/dL",
            Comparison::MoreThan,
            M,
        ))
        .factor(Factor::number(
            "involved_flc_ratio",
            ratio,
            "",
            Comparison::MoreThan,
            RATIO,
        ))
}

/// Median time to progression 110, 68 and 29 months (Lakshman 2018, abstract); the percentages are from memory of the paper. Rajkumar
/// and Kumar, Blood Cancer J 2022 (10.1038/s41408-022-00719-0), Table 2, read, rounds that of the highest group to 50.
const MAYO_2018: [Outcome; 4] = [
    Outcome::new(Group::Low).percent(9.7).median_months(110.0),
    Outcome::new(Group::Intermediate)
        .percent(26.3)
        .median_months(68.0),
    Outcome::new(Group::High).percent(47.4).median_months(29.0),
    Outcome::new(Group::High).percent(47.4).median_months(29.0),
];

const IMWG_2020: [Outcome; 4] = [
    Outcome::new(Group::Low).percent(6.0),
    Outcome::new(Group::Intermediate).percent(18.0),
    Outcome::new(Group::High).percent(44.0),
    Outcome::new(Group::High).percent(44.0),
];

const IMWG_2020_CYTOGENETICS: [Outcome; 5] = [
    Outcome::new(Group::Low).percent(6.0),
    Outcome::new(Group::LowIntermediate).percent(23.0),
    Outcome::new(Group::Intermediate).percent(46.0),
    Outcome::new(Group::High).percent(63.0),
    Outcome::new(Group::High).percent(63.0),
];

const LECTURE: [Outcome; 6] = [
    Outcome::new(Group::NotHigh),
    Outcome::new(Group::NotHigh),
    Outcome::new(Group::NotHigh),
    Outcome::new(Group::High),
    Outcome::new(Group::High),
    Outcome::new(Group::High),
];

/// Any of t(4;14), t(14;16), +1q, del(13q) or monosomy 13 (Mateos 2020).
fn high_risk_fish(input: &PlasmaInput) -> Option<bool> {
    input.fish.as_ref().map(|found| {
        found
            .iter()
            .any(|f| matches!(f, Fish::T4_14 | Fish::T14_16 | Fish::Gain1q | Fish::Del13q))
    })
}

/// Mayo 2018.
pub(crate) fn mayo_2018(input: &PlasmaInput) -> RiskModel {
    twenty_two_twenty(
        ModelBuilder::new("mayo_2018_20_2_20", 2, &["lakshman_2018"]).remembered(),
        input,
    )
    .by_count(&MAYO_2018)
}

/// IMWG 2020, three factors.
pub(crate) fn imwg_2020(input: &PlasmaInput) -> RiskModel {
    twenty_two_twenty(ModelBuilder::new("imwg_2020_20_2_20", 2, &["mateos_2020"]), input).by_count(&IMWG_2020)
}

/// IMWG 2020 with cytogenetics as a fourth factor.
pub(crate) fn imwg_2020_cytogenetics(input: &PlasmaInput) -> RiskModel {
    twenty_two_twenty(
        ModelBuilder::new("imwg_2020_cytogenetics", 2, &["mateos_2020"]),
        input,
    )
    .factor(Factor::yes_no("fish_high_risk", high_risk_fish(input)))
    .by_count(&IMWG_2020_CYTOGENETICS)
}

const POINTS_RATIO: &[Band] = &[
    Band::up_to(10.0, 0),
    Band::up_to(25.0, 2),
    Band::up_to(40.0, 3),
    Band::above(5),
];
const POINTS_M: &[Band] = &[Band::up_to(1.5, 0), Band::up_to(3.0, 3), Band::above(4)];
const POINTS_CELLS: &[Band] = &[
    Band::up_to(15.0, 0),
    Band::up_to(20.0, 2),
    Band::up_to(30.0, 3),
    Band::up_to(40.0, 5),
    Band::above(6),
];

/// Points for any high-risk abnormality (Mateos 2020).
const POINTS_FISH: u32 = 2;

/// Largest total of each group and its outcome (Mateos 2020, as printed by the QxMD calculator).
const POINTS_GROUPS: &[(u32, Outcome)] = &[
    (4, Outcome::new(Group::Low).percent(3.8)),
    (8, Outcome::new(Group::LowIntermediate).percent(26.0)),
    (12, Outcome::new(Group::Intermediate).percent(51.0)),
    (u32::MAX, Outcome::new(Group::High).percent(73.0)),
];

/// IMWG 2020 points. The bands are printed as integers (16-20, 1.6-2.9); that they are right-closed between them is an assumption.
pub(crate) fn imwg_2020_points(input: &PlasmaInput) -> RiskModel {
    let ratio = input.free_light_chains().involved_ratio;
    ModelBuilder::new("imwg_2020_points", 2, &["mateos_2020", "qxmd_847"])
        .factor(Factor::banded("involved_flc_ratio", ratio, "", POINTS_RATIO))
        .factor(Factor::banded("m_protein", input.m_protein, "g/dL", POINTS_M))
        .factor(Factor::banded(
            "plasma_cells",
            input.plasma_cells,
            "%",
            POINTS_CELLS,
        ))
        .factor(Factor::yes_no("fish_high_risk", high_risk_fish(input)).worth(POINTS_FISH))
        .by_points(POINTS_GROUPS)
}

/// The list of the lecture, called "2020 revised criteria" there; it is neither published model.
pub(crate) fn lecture(input: &PlasmaInput) -> RiskModel {
    let ratio = input.free_light_chains().involved_ratio;
    let m_protein = match (input.heavy_chain, input.m_protein) {
        // The list says "M protein (IgG)".
        (Some(h), _) if h != HeavyChain::IgG => Factor::yes_no("m_protein_igg", Some(false)),
        (None, Some(m)) if m >= M => Factor::yes_no("m_protein_igg", None),
        (_, m) => Factor::number("m_protein_igg", m, "g/dL", Comparison::AtLeast, M),
    };
    let flow = match (
        input.aberrant_plasma_cells.map(|a| a >= LECTURE_ABERRANT),
        input.immunoparesis,
    ) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    };
    ModelBuilder::new("lecture_five_factors", 2, &["yoshida_lecture"])
        .factor(Factor::number(
            "plasma_cells",
            input.plasma_cells,
            "%",
            Comparison::AtLeast,
            CELLS,
        ))
        .factor(m_protein)
        .factor(Factor::number(
            "involved_flc_ratio",
            ratio,
            "",
            Comparison::AtLeast,
            RATIO,
        ))
        .factor(Factor::number(
            "mri_lesions",
            input.mri_lesions.map(f64::from),
            "",
            Comparison::AtLeast,
            LECTURE_LESIONS,
        ))
        .factor(Factor::yes_no("flow_aberrant_and_immunoparesis", flow))
        .by_count_from(&LECTURE, LECTURE_HIGH)
}

/// Ratio from which AQUILA counted it, and below which it is not yet an event (Dimopoulos 2024; entry criteria as in Blood 2025;146 Suppl 1:372).
const AQUILA_RATIO: f64 = 8.0;

/// Clonal plasma cells above which AQUILA counted them, %.
const AQUILA_CELLS: f64 = 50.0;

/// Uninvolved classes below normal that AQUILA counted.
const AQUILA_ISOTYPES: f64 = 2.0;

const AQUILA: [Outcome; 6] = [
    Outcome::new(Group::NotHigh),
    Outcome::new(Group::High),
    Outcome::new(Group::High),
    Outcome::new(Group::High),
    Outcome::new(Group::High),
    Outcome::new(Group::High),
];

/// What AQUILA called high risk at entry: 10 % clonal plasma cells and at least one of five.
pub(crate) fn aquila(input: &PlasmaInput) -> RiskModel {
    let flc = input.free_light_chains().involved_ratio;
    // A ratio of 100 is myeloma only with 100 mg/L of the involved chain; the trial admitted neither.
    let ratio = if flc.is_some_and(|r| r >= mm::FLC_RATIO) {
        Factor::yes_no("involved_flc_ratio", Some(false))
    } else {
        Factor::number("involved_flc_ratio", flc, "", Comparison::AtLeast, AQUILA_RATIO)
    };
    let isotypes = input
        .reduced_isotypes
        .or_else(|| (input.immunoparesis == Some(false)).then_some(0));
    let iga = input.heavy_chain.map(|h| h == HeavyChain::IgA);
    ModelBuilder::new("aquila_entry", 0, &["dimopoulos_2024", "aquila_post_hoc_2025"])
        .required(Factor::number(
            "plasma_cells_10",
            input.plasma_cells,
            "%",
            Comparison::AtLeast,
            mm::MARROW,
        ))
        .factor(Factor::number(
            "m_protein",
            input.m_protein,
            "g/dL",
            Comparison::AtLeast,
            M_PROTEIN,
        ))
        .factor(Factor::yes_no("iga", iga))
        .factor(Factor::number(
            "reduced_isotypes",
            isotypes.map(f64::from),
            "",
            Comparison::AtLeast,
            AQUILA_ISOTYPES,
        ))
        .factor(ratio)
        .factor(Factor::number(
            "plasma_cells",
            input.plasma_cells,
            "%",
            Comparison::MoreThan,
            AQUILA_CELLS,
        ))
        .by_count(&AQUILA)
}

/// Ratio of free light chains outside 0.125 to 8: the involved chain more than eight times the other (Dispenzieri 2008).
const MAYO_2008_RATIO: f64 = 8.0;

/// Outcome per number of factors; somebody with none was not in the study (Dispenzieri 2008).
const MAYO_2008: [Outcome; 4] = [
    Outcome::new(Group::Low),
    Outcome::new(Group::Low).percent(25.0).median_months(120.0),
    Outcome::new(Group::Intermediate)
        .percent(51.0)
        .median_months(61.2),
    Outcome::new(Group::High).percent(76.0).median_months(22.8),
];

/// Mayo 2008.
pub(crate) fn mayo_2008(input: &PlasmaInput) -> RiskModel {
    let ratio = input.free_light_chains().involved_ratio;
    ModelBuilder::new("mayo_2008", 5, &["dispenzieri_2008"])
        .factor(Factor::number(
            "plasma_cells",
            input.plasma_cells,
            "%",
            Comparison::AtLeast,
            mm::MARROW,
        ))
        .factor(Factor::number(
            "m_protein",
            input.m_protein,
            "g/dL",
            Comparison::AtLeast,
            M_PROTEIN,
        ))
        .factor(Factor::number(
            "involved_flc_ratio",
            ratio,
            "",
            Comparison::MoreThan,
            MAYO_2008_RATIO,
        ))
        .by_count(&MAYO_2008)
}

/// Outcome per number of factors (Pérez-Persona 2007).
const PETHEMA: [Outcome; 3] = [
    Outcome::new(Group::Low).percent(4.0),
    Outcome::new(Group::Intermediate).percent(46.0),
    Outcome::new(Group::High).percent(72.0),
];

/// PETHEMA 2007: abnormal plasma cells by flow, and immunoparesis.
pub(crate) fn pethema(input: &PlasmaInput) -> RiskModel {
    let reduced = input.reduced_isotypes.map(|n| n > 0);
    ModelBuilder::new("pethema_2007", 5, &["perez_persona_2007"])
        .factor(Factor::number(
            "aberrant_plasma_cells",
            input.aberrant_plasma_cells,
            "%",
            Comparison::AtLeast,
            LECTURE_ABERRANT,
        ))
        .factor(Factor::yes_no("immunoparesis", input.immunoparesis.or(reduced)))
        .by_count(&PETHEMA)
}
