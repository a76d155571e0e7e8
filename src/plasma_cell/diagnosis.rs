//! Where a person stands on the road, by the first rule that matches.
//!
//! The order: myeloma; events that no clone explains; amyloidosis; plasmacytoma; IgM; smoldering myeloma; MGUS; and last what
//! cannot be told. Every verdict names its rules, and where values are missing or contradict each other it says so instead of
//! choosing.

use super::case::{Case, Verdict};
use super::mm::EventCode;
use super::{Settings, Stage, mgus, plasmacytoma, smm};
use crate::patient::PlasmaInput;

/// Decides.
pub(crate) fn decide(input: &PlasmaInput, settings: Settings) -> Verdict {
    let case = Case::new(input, settings);
    myeloma(&case)
        .or_else(|| event_without_clone(&case))
        .or_else(|| amyloidosis(&case))
        .or_else(|| plasmacytoma::decide(&case))
        .or_else(|| mgus::decide_igm(&case))
        .or_else(|| smm::decide(&case))
        .or_else(|| mgus::decide(&case))
        .unwrap_or_else(|| undetermined(&case))
}

fn myeloma(case: &Case<'_>) -> Option<Verdict> {
    case.met().next()?;
    if case.is_met(EventCode::S) {
        Some(Verdict::of(Stage::Mm, "mm.sixty_percent"))
    } else if case.full_marrow() {
        Some(Verdict::of(Stage::Mm, "mm.marrow_and_event"))
    } else if case.input.has_plasmacytoma() {
        Some(Verdict::of(Stage::Mm, "mm.plasmacytoma_and_event"))
    } else {
        None
    }
}

/// Rajkumar 2014 needs 10 % clonal plasma cells or a plasmacytoma beside an event; without them the event asks a question.
fn event_without_clone(case: &Case<'_>) -> Option<Verdict> {
    case.met().next()?;
    match case.input.plasma_cells {
        _ if case.is_igm_anemia() => None,
        None => Some(Verdict::open(
            Stage::Undetermined,
            "undetermined.event_marrow_missing",
            &[Stage::Mm, Stage::Review],
        )),
        Some(cells) if cells > 0.0 => Some(Verdict::open(
            Stage::Review,
            "review.event_marrow_below_10",
            &[Stage::Mm],
        )),
        Some(_) => Some(Verdict::open(
            Stage::Review,
            "review.event_no_plasma_cells",
            &[Stage::Mm],
        )),
    }
}

fn amyloidosis(case: &Case<'_>) -> Option<Verdict> {
    (case.input.amyloidosis == Some(true))
        .then(|| Verdict::of(Stage::AmyloidosisWorkup, "off_road.amyloidosis"))
}

/// What is left: no rule matched because the values that rules need are not there.
fn undetermined(case: &Case<'_>) -> Verdict {
    let input = case.input;
    if input.m_protein.is_none() && input.heavy_chain.is_none() && input.plasma_cells.is_none() {
        Verdict::open(
            Stage::Undetermined,
            "undetermined.nothing_given",
            &[
                Stage::NoMonoclonalProtein,
                Stage::NonIgmMgus,
                Stage::Smm,
                Stage::Mm,
            ],
        )
    } else if input.plasma_cells.is_none() {
        Verdict::open(
            Stage::Undetermined,
            "undetermined.marrow_missing",
            &[Stage::NonIgmMgus, Stage::Smm, Stage::Mm],
        )
    } else {
        Verdict::open(
            Stage::Undetermined,
            "undetermined.m_protein_missing",
            &[Stage::NonIgmMgus, Stage::Smm],
        )
    }
}
