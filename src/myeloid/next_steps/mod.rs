//! What a stage means and what to do next, for this patient: by stage, type, scores, genes and what is still open.
//!
//! [`Situation`] holds what advice looks at, `table` says which step follows from which condition, with its source and level of
//! evidence, and `languages/` says it, last. Where an input that a step rests on is open, the step is what closes
//! the question. The sentences support a physician's judgment and do not replace it; a report prints [`DISCLAIMER`] with them.

mod background;
mod codes;
mod situation;
mod sources;
mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::panel::Text;
use crate::words::{Language, Phrase};

pub use background::{BackgroundCode, BackgroundStatement, background};
pub use codes::{EvidenceLevel, RiskCode, StepCode};
pub use situation::{MdsRisk, ScoresOfSituation, Situation};

/// What every report says beside these sentences.
pub const DISCLAIMER: Phrase = Phrase::new("next_steps", "disclaimer");

const ONLY_WITHOUT: Phrase = Phrase::new("next_steps", "only_without");

const BETWEEN_GENES: Phrase = Phrase::new("next_steps", "between_genes");

/// Where [`DISCLAIMER`] comes from.
pub const DISCLAIMER_SOURCE: &str = sources::OWN;

/// A step, or a figure, with its words, source and level of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Advice<C> {
    /// What it is.
    pub code: C,
    /// The sentence.
    pub text: Text,
    /// Where it comes from.
    pub source: String,
    /// Level of evidence; `None` where its source states none.
    pub level: Option<EvidenceLevel>,
}

/// A step to take.
pub type NextStep = Advice<StepCode>;

/// A published figure of the stage.
pub type StageRisk = Advice<RiskCode>;

impl<C> Advice<C> {
    fn new(code: C, words: Phrase, sources: &[&str], level: Option<EvidenceLevel>) -> Self {
        Self {
            code,
            text: words.into(),
            source: sources.join("; "),
            level,
        }
    }
}

/// Returns the steps that follow from a situation, in the order of the table.
pub fn steps(situation: &Situation) -> Vec<NextStep> {
    let mut steps = chosen(table::STEPS, situation, StepCode::words);
    if situation.is_child() {
        steps.retain(|step| holds_for_a_child(step.code));
    }
    for step in &mut steps {
        step.text = only_without(
            std::mem::take(&mut step.text),
            step_rests_on(step.code, situation),
        );
    }
    // A test of other tissue settles no stage.
    let settles_nothing = steps
        .iter()
        .all(|s| matches!(s.code, StepCode::TestOtherTissue | StepCode::PediatricHematology));
    if settles_nothing && situation.is_open() {
        let code = StepCode::CompleteValues;
        steps.insert(0, Advice::new(code, code.words(), &[sources::OWN], None));
    }
    steps
}

/// Whether a step asks for what is open or urgent at any age; the others are of adults.
const fn holds_for_a_child(step: StepCode) -> bool {
    matches!(
        step,
        StepCode::PediatricHematology
            | StepCode::ExcludeOtherDisease
            | StepCode::UrgentBlasts
            | StepCode::CountBlood
            | StepCode::DecideClone
            | StepCode::ExcludeCauses
            | StepCode::RepeatCounts
            | StepCode::AskForVexas
            | StepCode::AmlUrgent
            | StepCode::AplFound
            | StepCode::AplExclude
            | StepCode::TestOtherTissue
    )
}

/// Returns the published figures that bear on a situation; those of adults say nothing of a child.
pub fn risks(situation: &Situation) -> Vec<StageRisk> {
    if situation.is_child() {
        return Vec::new();
    }
    let mut risks = chosen(table::RISKS, situation, RiskCode::words);
    for risk in &mut risks {
        risk.text = only_without(
            std::mem::take(&mut risk.text),
            risk_rests_on(risk.code, situation),
        );
    }
    risks
}

/// Returns the genes without whose mutation alone the group holds that a step speaks of.
fn step_rests_on(code: StepCode, situation: &Situation) -> &[String] {
    match code {
        StepCode::CountYearly | StepCode::CountHalfYearly | StepCode::ReferChrsHigh => {
            &situation.chrs_without
        }
        StepCode::CountCcrsLow | StepCode::CountCcrsIntermediate | StepCode::CountCcrsHigh => {
            &situation.ccrs_without
        }
        _ => &[],
    }
}

/// The same of a figure.
fn risk_rests_on(code: RiskCode, situation: &Situation) -> &[String] {
    match code {
        RiskCode::ChipYearlyAndChrsLow
        | RiskCode::ChipYearlyAndChrsIntermediate
        | RiskCode::ChipYearlyAndChrsHigh => &situation.chrs_without,
        _ => &[],
    }
}

/// Adds the condition under which a sentence holds.
fn only_without(text: Text, genes: &[String]) -> Text {
    if genes.is_empty() {
        return text;
    }
    let said = |language: Language, text: &str| {
        let genes = genes.join(BETWEEN_GENES.say(language));
        ONLY_WITHOUT.fill(language, &[("text", text), ("genes", &genes)])
    };
    Text::new(
        said(Language::English, &text.en),
        said(Language::Japanese, &text.ja),
    )
}

fn chosen<C: Copy>(rows: &[table::Row<C>], situation: &Situation, words: fn(C) -> Phrase) -> Vec<Advice<C>> {
    rows.iter()
        .filter(|row| row.when.iter().all(|w| w.holds(situation)))
        .map(|row| Advice::new(row.code, words(row.code), row.sources, row.level))
        .collect()
}

#[cfg(test)]
mod tests;
