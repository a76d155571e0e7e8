//! The first page: one screen, one side of A4, with what a reader needs before anything else.

mod answer;
mod balance;
mod clones;
mod coverage;
mod drivers;
mod history;
mod identity;
mod risk;
mod said;
mod steps;
mod tone;
mod urgent;

use super::context::Context;

use answer::AnswerView;
use coverage::CoverageView;
use drivers::DriversView;
use history::HistoryLines;
use identity::IdentityView;
use risk::RisksView;
use steps::StepsView;

/// The blocks of the page, in its order.
pub(super) struct FirstPage {
    pub identity: IdentityView,
    pub answer: AnswerView,
    pub drivers: DriversView,
    pub history: Option<HistoryLines>,
    pub risk: RisksView,
    pub steps: StepsView,
    pub coverage: CoverageView,
    /// The chips of the genes stand in the left column, beneath the steps.
    pub chips_left: bool,
}

impl FirstPage {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let urgent = urgent::urgent(context);
        let drivers = DriversView::new(context);
        let risk = RisksView::new(context);
        let steps = StepsView::new(context, &urgent);
        let history = HistoryLines::new(context);
        Self {
            identity: IdentityView::new(context),
            chips_left: balance::chips_left(&drivers, &risk, &steps, history.as_ref()),
            drivers,
            history,
            risk,
            steps,
            coverage: CoverageView::new(context),
            answer: AnswerView::new(context, urgent),
        }
    }
}
