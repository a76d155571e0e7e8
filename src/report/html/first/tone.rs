//! How grave what was found is, on either road: the title and the color of the answer.

use super::super::context::Context;
use crate::myeloid::stage::Stage;
use crate::plasma_cell::Stage as PlasmaStage;
use crate::report::words::{Phrase, first_phrases as phrases};
use crate::sample::ChState;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    /// Nothing was found in what was looked at.
    Nothing,
    /// A person must decide, or values are missing.
    Open,
    /// A clone, or an early stage.
    Early,
    /// A neoplasm.
    Disease,
    /// To be treated at once, or not excluded.
    Urgent,
}

impl Tone {
    /// Returns the name of the style class.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Nothing => "none",
            Self::Open => "review",
            Self::Early => "present",
            Self::Disease => "disease",
            Self::Urgent => "urgent",
        }
    }
}

/// A finding: how grave, and its title.
pub(super) type Finding = (Tone, Phrase);

/// Returns the titles of the gravest findings of both roads, one or two, and how grave they are.
pub(super) fn gravest(context: &Context<'_>) -> (Tone, Vec<Phrase>) {
    let findings: Vec<Finding> = [Some(myeloid(context)), plasma(context)]
        .into_iter()
        .flatten()
        .collect();
    let gravest = findings.iter().map(|f| f.0).max().unwrap_or(Tone::Open);
    let mut titles: Vec<Phrase> = findings.iter().filter(|f| f.0 == gravest).map(|f| f.1).collect();
    titles.dedup();
    (gravest, titles)
}

/// Returns how grave the finding of the myeloid road is.
pub(super) fn of_myeloid(context: &Context<'_>) -> Tone {
    myeloid(context).0
}

fn myeloid(context: &Context<'_>) -> Finding {
    let result = context.result;
    let Some(myeloid) = &result.myeloid else {
        return match result.ch.state {
            ChState::Present => (Tone::Early, phrases::title_clone),
            ChState::Review => (Tone::Open, phrases::title_review),
            ChState::NotDetected => (Tone::Nothing, phrases::title_none),
            // Genes were not assessed: nothing is known of them.
            ChState::NoneCalled => (Tone::Open, phrases::title_none),
        };
    };
    let stage = &myeloid.stage;
    match stage.stage {
        Some(only) => of_stage(only),
        None if stage.could_be(Stage::Aml) => (Tone::Urgent, phrases::title_aml_open),
        // What is certain is at least the mildest that is possible.
        None => {
            let mildest = stage.possible.iter().map(|s| of_stage(*s).0).min();
            let mildest = mildest.unwrap_or(Tone::Open);
            (mildest.max(Tone::Open), phrases::title_open)
        }
    }
}

const fn of_stage(stage: Stage) -> Finding {
    match stage {
        Stage::NoCh => (Tone::Nothing, phrases::title_nothing),
        Stage::Icus => (Tone::Early, phrases::title_cytopenia),
        Stage::Chip | Stage::Ccus => (Tone::Early, phrases::title_clone),
        Stage::Mds => (Tone::Disease, phrases::title_mds),
        Stage::Cmml => (Tone::Disease, phrases::title_cmml),
        Stage::Aml => (Tone::Urgent, phrases::title_aml),
    }
}

fn plasma(context: &Context<'_>) -> Option<Finding> {
    let result = context.result.plasma_cell.as_ref()?;
    Some(match result.stage {
        // It says less than a driver found or not found does, and stands beneath it.
        PlasmaStage::NoMonoclonalProtein => return None,
        PlasmaStage::NonIgmMgus
        | PlasmaStage::IgmMgus
        | PlasmaStage::MgusTypeNotGiven
        | PlasmaStage::LightChainMgus => (Tone::Early, phrases::title_mgus),
        PlasmaStage::Smm => (Tone::Disease, phrases::title_smm),
        PlasmaStage::Mm => (Tone::Urgent, phrases::title_mm),
        PlasmaStage::SolitaryPlasmacytoma
        | PlasmaStage::SolitaryPlasmacytomaMinimalMarrow
        | PlasmaStage::IgmBeyondMgus
        | PlasmaStage::AmyloidosisWorkup => (Tone::Disease, phrases::title_plasma_other),
        PlasmaStage::Undetermined => (Tone::Open, phrases::title_open),
        PlasmaStage::Review => (Tone::Open, phrases::title_review),
    })
}
