//! What the rules of the stages look at, and what they return.

use super::mm::{self, Event, EventCode, EventState};
use super::{Settings, Stage};
use crate::patient::{HeavyChain, PlasmaInput};

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
