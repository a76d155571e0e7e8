//! The first page: one screen, one side of A4, with what a reader needs before anything else.

mod answer;
mod clones;
mod coverage;
mod drivers;
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
use identity::IdentityView;
use risk::RisksView;
use steps::StepsView;

/// The blocks of the page, in its order.
pub(super) struct FirstPage {
    pub identity: IdentityView,
    pub answer: AnswerView,
    pub drivers: DriversView,
    pub risk: RisksView,
    pub steps: StepsView,
    pub coverage: CoverageView,
    /// Few drivers: the chips of the genes fit beneath the steps.
    pub few: bool,
}

/// Drivers beside which the left column has room for the chips of the genes.
const FEW: usize = 4;

impl FirstPage {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let urgent = urgent::urgent(context);
        let few = clones::drivers(context).len() <= FEW;
        Self {
            identity: IdentityView::new(context),
            drivers: DriversView::new(context),
            risk: RisksView::new(context),
            steps: StepsView::new(context, &urgent),
            coverage: CoverageView::new(context),
            few,
            answer: AnswerView::new(context, urgent),
        }
    }
}
