//! Where a person stands on the road, by the first rule that matches.
//!
//! The order: myeloma; events that no clone explains; amyloidosis; plasmacytoma; IgM; smoldering myeloma; MGUS; and last what
//! cannot be told. Every verdict names its rules, and where values are missing or contradict each other it says so instead of
//! choosing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mm::{self, Event, EventCode, EventState};
use super::{HeavyChain, PlasmaInput, Settings, mgus, plasmacytoma, smm};

/// A stage of the plasma-cell road, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No monoclonal protein in what was given.
    NoMonoclonalProtein,
    /// Non-IgM MGUS.
    NonIgmMgus,
    /// IgM MGUS.
    IgmMgus,
    /// MGUS whose heavy chain was not given.
    MgusTypeNotGiven,
    /// Light-chain MGUS.
    LightChainMgus,
    /// Smoldering multiple myeloma.
    Smm,
    /// Solitary plasmacytoma.
    SolitaryPlasmacytoma,
    /// Solitary plasmacytoma with minimal marrow involvement.
    SolitaryPlasmacytomaMinimalMarrow,
    /// Multiple myeloma.
    Mm,
    /// IgM beyond MGUS: Waldenström macroglobulinemia and its smoldering form lie off this road.
    IgmBeyondMgus,
    /// Signs of AL amyloidosis: MGUS and SMM are excluded by definition.
    AmyloidosisWorkup,
    /// Values are missing without which no stage can be told.
    Undetermined,
    /// The values contradict each other or fit no definition: a person must look.
    Review,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 13] = [
        Self::NoMonoclonalProtein,
        Self::NonIgmMgus,
        Self::IgmMgus,
        Self::MgusTypeNotGiven,
        Self::LightChainMgus,
        Self::Smm,
        Self::SolitaryPlasmacytoma,
        Self::SolitaryPlasmacytomaMinimalMarrow,
        Self::Mm,
        Self::IgmBeyondMgus,
        Self::AmyloidosisWorkup,
        Self::Undetermined,
        Self::Review,
    ];

    /// The name in JSON, tables and words.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoMonoclonalProtein => "no_monoclonal_protein",
            Self::NonIgmMgus => "non_igm_mgus",
            Self::IgmMgus => "igm_mgus",
            Self::MgusTypeNotGiven => "mgus_type_not_given",
            Self::LightChainMgus => "light_chain_mgus",
            Self::Smm => "smm",
            Self::SolitaryPlasmacytoma => "solitary_plasmacytoma",
            Self::SolitaryPlasmacytomaMinimalMarrow => "solitary_plasmacytoma_minimal_marrow",
            Self::Mm => "mm",
            Self::IgmBeyondMgus => "igm_beyond_mgus",
            Self::AmyloidosisWorkup => "amyloidosis_workup",
            Self::Undetermined => "undetermined",
            Self::Review => "review",
        }
    }

    /// Whether it is a form of MGUS.
    pub fn is_mgus(self) -> bool {
        matches!(
            self,
            Self::NonIgmMgus | Self::IgmMgus | Self::MgusTypeNotGiven | Self::LightChainMgus
        )
    }
}

/// The stage and the rules that gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub stage: Stage,
    /// Keys of the rules that matched, the deciding one first.
    pub rules: Vec<&'static str>,
    /// Stages that stay possible where none could be told.
    pub candidates: Vec<Stage>,
}

impl Verdict {
    pub(crate) fn of(stage: Stage, rule: &'static str) -> Self {
        Self {
            stage,
            rules: vec![rule],
            candidates: Vec::new(),
        }
    }

    pub(crate) fn open(stage: Stage, rule: &'static str, candidates: &[Stage]) -> Self {
        Self {
            candidates: candidates.to_vec(),
            ..Self::of(stage, rule)
        }
    }
}

/// An input with its events: what the rules look at.
pub(crate) struct Case<'a> {
    pub input: &'a PlasmaInput,
    pub events: Vec<Event>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(input: &'a PlasmaInput, settings: Settings) -> Self {
        Self {
            input,
            events: mm::events(input, settings),
        }
    }

    pub(crate) fn met(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|e| e.state == EventState::Met)
    }

    pub(crate) fn is_met(&self, code: EventCode) -> bool {
        self.met().any(|e| e.code == code)
    }

    /// Clonal plasma cells are known and below 10 %.
    pub(crate) fn low_marrow(&self) -> bool {
        self.input.plasma_cells.is_some_and(|cells| cells < mm::MARROW)
    }

    /// Anemia as the only event of an IgM disease belongs to its picture; the plasma-cell share decides nothing there.
    pub(crate) fn is_igm_anemia(&self) -> bool {
        self.input.heavy_chain == Some(HeavyChain::IgM) && self.met().all(|e| e.code == EventCode::A)
    }

    pub(crate) fn full_marrow(&self) -> bool {
        self.input.plasma_cells.is_some_and(|cells| cells >= mm::MARROW)
    }
}

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
