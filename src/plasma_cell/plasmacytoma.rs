//! Solitary plasmacytoma, with and without minimal marrow involvement (Rajkumar 2014).

use super::case::{Case, Verdict};
use super::{Stage, mm};
use crate::patient::{Crab, Plasmacytoma};

/// Decides where a plasmacytoma was proven and no event is met.
pub(crate) fn decide(case: &Case<'_>) -> Option<Verdict> {
    let input = case.input;
    if !input.has_plasmacytoma() {
        return single_lesion(case);
    }
    let Some(cells) = input.plasma_cells else {
        return Some(Verdict::open(
            Stage::Undetermined,
            "plasmacytoma.marrow_missing",
            &[
                Stage::SolitaryPlasmacytoma,
                Stage::SolitaryPlasmacytomaMinimalMarrow,
                Stage::Mm,
            ],
        ));
    };
    let elsewhere =
        input.plasmacytoma == Some(Plasmacytoma::SoftTissue) && input.bone_lesions.is_some_and(|n| n > 0);
    Some(if cells >= mm::MARROW {
        // Neither solitary, nor smoldering in the sense of the cohorts behind the risk models.
        Verdict::open(
            Stage::Review,
            "review.plasmacytoma_marrow_10",
            &[Stage::Smm, Stage::Mm],
        )
    } else if elsewhere {
        Verdict::open(Stage::Review, "review.plasmacytoma_second_lesion", &[Stage::Mm])
    } else if cells > 0.0 {
        Verdict::of(
            Stage::SolitaryPlasmacytomaMinimalMarrow,
            "plasmacytoma.minimal_marrow",
        )
    } else {
        Verdict::of(Stage::SolitaryPlasmacytoma, "plasmacytoma.solitary")
    })
}

/// One lytic lesion below 10 % is no event, but MGUS allows none either: a biopsy tells.
fn single_lesion(case: &Case<'_>) -> Option<Verdict> {
    let lesion = case
        .events
        .iter()
        .any(|e| e.rule == "b.single_lesion_low_marrow" || e.rule == "b.marrow_missing");
    let explained = case.input.other_cause.contains(&Crab::B);
    (lesion && !explained).then(|| {
        Verdict::open(
            Stage::Undetermined,
            "undetermined.single_bone_lesion",
            &[
                Stage::SolitaryPlasmacytoma,
                Stage::SolitaryPlasmacytomaMinimalMarrow,
                Stage::Mm,
                Stage::NonIgmMgus,
            ],
        )
    })
}
