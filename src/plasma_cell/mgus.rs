//! MGUS in its forms (Rajkumar 2014), and the Mayo model of its risk (Rajkumar, Blood 2005;106:812).

use super::case::{Case, Verdict};
use super::mm::EventCode;
use super::risk::{Comparison, Factor, Group, ModelBuilder, Outcome, RiskModel};
use super::{Stage, smm};
use crate::patient::{HeavyChain, PlasmaInput};

/// Lymphoplasmacytic infiltration that ends IgM MGUS, % (Rajkumar 2014).
pub(super) const IGM_MARROW: f64 = 10.0;

/// M protein up to which the marrow may be left alone if IgG and a normal ratio go with it, g/dL (BMJ Best Practice 1173).
pub(super) const MARROW_DEFERRED_M: f64 = 1.5;

/// M protein from which the Mayo model counts a factor, g/dL (Rajkumar 2005: at least 1.5).
pub(super) const MAYO_M: f64 = 1.5;

/// Decides for IgM, whose road leads to Waldenström macroglobulinemia.
pub(crate) fn decide_igm(case: &Case<'_>) -> Option<Verdict> {
    let input = case.input;
    if input.heavy_chain != Some(HeavyChain::IgM) {
        return None;
    }
    let marrow = match (input.lymphoplasmacytic_cells, input.plasma_cells) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    };
    let beyond = |rule| Some(Verdict::open(Stage::IgmBeyondMgus, rule, &[]));
    if case.is_met(EventCode::A) {
        beyond("igm.anemia")
    } else if input.igm_signs == Some(true) {
        beyond("igm.signs")
    } else if input.m_protein.is_some_and(|m| m >= smm::M_PROTEIN) {
        beyond("igm.m_protein")
    } else if marrow.is_some_and(|m| m >= IGM_MARROW) {
        beyond("igm.marrow")
    } else if marrow.is_some() && input.m_protein.is_some() {
        Some(Verdict::of(Stage::IgmMgus, "mgus.igm"))
    } else {
        Some(Verdict::open(
            Stage::Undetermined,
            "undetermined.igm",
            &[Stage::IgmMgus, Stage::IgmBeyondMgus],
        ))
    }
}

/// Decides for what is neither IgM nor myeloma nor smoldering.
pub(crate) fn decide(case: &Case<'_>) -> Option<Verdict> {
    let input = case.input;
    match (input.heavy_chain, input.m_protein) {
        (Some(HeavyChain::None), _) => Some(light_chain_only(case)),
        (None, Some(m)) if m <= 0.0 => Some(Verdict::open(
            Stage::Undetermined,
            "undetermined.immunofixation_missing",
            &[Stage::NoMonoclonalProtein, Stage::LightChainMgus],
        )),
        // Smoldering myeloma has taken every M protein of 3 g/dL and more.
        (Some(_), Some(_)) if case.low_marrow() => Some(Verdict::of(Stage::NonIgmMgus, "mgus.non_igm")),
        (None, Some(_)) if case.low_marrow() => {
            Some(Verdict::of(Stage::MgusTypeNotGiven, "mgus.type_not_given"))
        }
        (Some(HeavyChain::IgG), Some(m)) if m <= MARROW_DEFERRED_M && normal_ratio(input) => {
            Some(Verdict::of(Stage::NonIgmMgus, "mgus.marrow_deferred"))
        }
        _ => None,
    }
}

fn normal_ratio(input: &PlasmaInput) -> bool {
    input.free_light_chains().abnormal == Some(false)
}

fn light_chain_only(case: &Case<'_>) -> Verdict {
    let flc = case.input.free_light_chains();
    let urine = case.input.urine_m_protein.is_some_and(|u| u > 0.0);
    match (flc.abnormal, flc.raised) {
        (None, _) => Verdict::open(
            Stage::Undetermined,
            "undetermined.flc_missing",
            &[Stage::NoMonoclonalProtein, Stage::LightChainMgus],
        ),
        (Some(false), _) if urine => Verdict::open(
            Stage::Review,
            "review.urine_protein_normal_ratio",
            &[Stage::LightChainMgus],
        ),
        (Some(false), _) => Verdict::of(Stage::NoMonoclonalProtein, "none.no_monoclonal_protein"),
        (Some(true), Some(false)) => Verdict::of(Stage::NoMonoclonalProtein, "none.light_chain_not_raised"),
        (Some(true), None) => Verdict::open(
            Stage::Undetermined,
            "undetermined.flc_concentration_missing",
            &[Stage::NoMonoclonalProtein, Stage::LightChainMgus],
        ),
        (Some(true), Some(true)) if case.low_marrow() => {
            Verdict::of(Stage::LightChainMgus, "mgus.light_chain")
        }
        (Some(true), Some(true)) => Verdict::open(
            Stage::Undetermined,
            "undetermined.light_chain_marrow_missing",
            &[Stage::LightChainMgus, Stage::Smm, Stage::Mm],
        ),
    }
}

/// Outcome per number of factors (Rajkumar 2005; both columns as reprinted by Kyle and Rajkumar).
const MAYO: [Outcome; 4] = [
    Outcome::new(Group::Low)
        .percent(5.0)
        .competing(2.0)
        .relative_risk(1.0),
    Outcome::new(Group::LowIntermediate)
        .percent(21.0)
        .competing(10.0)
        .relative_risk(5.4),
    Outcome::new(Group::HighIntermediate)
        .percent(37.0)
        .competing(18.0)
        .relative_risk(10.1),
    Outcome::new(Group::High)
        .percent(58.0)
        .competing(27.0)
        .relative_risk(20.8),
];

/// The Mayo model. It was made from people with a serum M protein, so it says nothing about light-chain MGUS.
pub(crate) fn mayo(input: &PlasmaInput) -> RiskModel {
    let flc = input.free_light_chains();
    let not_igg = input.heavy_chain.map(|h| h != HeavyChain::IgG);
    ModelBuilder::new("mayo_mgus_2005", 20, &["rajkumar_2005", "kyle_rajkumar_reprint"])
        .factor(Factor::number(
            "m_protein",
            input.m_protein,
            "g/dL",
            Comparison::AtLeast,
            MAYO_M,
        ))
        .factor(Factor::yes_no("not_igg", not_igg))
        .factor(Factor::yes_no("flc_ratio_abnormal", flc.abnormal))
        .by_count(&MAYO)
}

/// Outcome per number of factors in people without IgM (Kyle 2018, abstract).
const KYLE_NON_IGM: [Outcome; 3] = [
    Outcome::new(Group::Low).percent(7.0),
    Outcome::new(Group::Intermediate).percent(20.0),
    Outcome::new(Group::High).percent(30.0),
];

/// The same in people with IgM (Kyle 2018, abstract).
const KYLE_IGM: [Outcome; 3] = [
    Outcome::new(Group::Low).percent(19.0),
    Outcome::new(Group::Intermediate).percent(41.0),
    Outcome::new(Group::High).percent(55.0),
];

/// The long-term follow-up, for one type: it counted an M protein of at least 1.5 g/dL and an abnormal ratio of free light chains; the
/// names of the groups are ours.
pub(crate) fn kyle_2018(input: &PlasmaInput, igm: bool) -> RiskModel {
    let (id, outcomes) = if igm {
        ("kyle_2018_igm", &KYLE_IGM)
    } else {
        ("kyle_2018_non_igm", &KYLE_NON_IGM)
    };
    ModelBuilder::new(id, 20, &["kyle_2018"])
        .factor(Factor::number(
            "m_protein",
            input.m_protein,
            "g/dL",
            Comparison::AtLeast,
            MAYO_M,
        ))
        .factor(Factor::yes_no(
            "flc_ratio_abnormal",
            input.free_light_chains().abnormal,
        ))
        .by_count(outcomes)
}
