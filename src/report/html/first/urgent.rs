//! What goes first: findings that must be settled or acted on before anything else on the page is.

use super::super::context::Context;
use super::said::Said;
use crate::drivers::{Call, CallStatus, ReasonCode};
use crate::myeloid::next_steps::StepCode;
use crate::myeloid::stage::Stage;
use crate::plasma_cell::{EventState, Severity, Stage as PlasmaStage};
use crate::report::words::first_phrases as phrases;
use crate::sample::IdentityCode;

/// One thing that goes first.
pub(super) struct Urgent {
    pub said: Said,
    /// The same in a few words, where another goes before it.
    pub short: Said,
    /// The step that says it, so that the list of steps need not.
    pub step: Option<StepCode>,
}

/// Calls that the line names.
const NAMED: usize = 3;

/// Returns what goes first, the most pressing before the others.
pub(super) fn urgent(context: &Context<'_>) -> Vec<Urgent> {
    let mut list = Vec::new();
    list.extend(identity(context));
    list.extend(leukemia(context));
    list.extend(myeloma(context));
    list.extend(quality(context));
    list.extend(other_disease(context));
    list.extend(many_drivers(context));
    list.extend(germline(context));
    list.extend(contradiction(context));
    list
}

fn identity(context: &Context<'_>) -> Option<Urgent> {
    let hint = context.result.identity.first()?;
    let said = match hint.code {
        IdentityCode::OtherPersonsDna => {
            let fraction = hint.fraction.map_or_else(
                || Said::phrase(phrases::vaf_not_known),
                |f| Said::same(&format!("{:.1} %", f * 100.0)),
            );
            Said::filled(phrases::urgent_other_person, &[("fraction", &fraction)])
        }
        IdentityCode::ReadsDisagree | IdentityCode::NormalDisagrees => Said::phrase(phrases::urgent_swap),
    };
    Some(Urgent {
        said,
        short: Said::phrase(phrases::short_swap),
        step: None,
    })
}

fn step_text(context: &Context<'_>, codes: &[StepCode]) -> Option<(Said, StepCode)> {
    let myeloid = context.result.myeloid.as_ref()?;
    codes.iter().find_map(|code| {
        let step = myeloid.next_steps.iter().find(|s| s.code == *code)?;
        Some((Said::new(step.text.en.clone(), step.text.ja.clone()), step.code))
    })
}

/// Acute leukemia, or blasts near it.
fn leukemia(context: &Context<'_>) -> Option<Urgent> {
    let (said, step) = step_text(
        context,
        &[StepCode::AplFound, StepCode::AmlUrgent, StepCode::UrgentBlasts],
    )?;
    let stage = context.result.myeloid.as_ref().and_then(|m| m.stage.stage);
    let short = if stage == Some(Stage::Aml) {
        phrases::title_aml
    } else {
        phrases::title_aml_open
    };
    Some(Urgent {
        short: Said::phrase(short),
        said,
        step: Some(step),
    })
}

fn myeloma(context: &Context<'_>) -> Option<Urgent> {
    let plasma = context.result.plasma_cell.as_ref()?;
    let met: Vec<Said> = plasma
        .events
        .iter()
        .filter(|e| e.state == EventState::Met)
        .map(|e| {
            let words = crate::plasma_cell::words(&format!("event.{}", e.code.letters()));
            words.map_or_else(Said::default, |w| Said::new(w.en, w.ja))
        })
        .collect();
    // Of a stage that the events do not make, they are told where they stand.
    if met.is_empty() || !matches!(plasma.stage, PlasmaStage::Mm | PlasmaStage::Review) {
        return None;
    }
    let list = Said::joined(&met, ", ", "、");
    Some(Urgent {
        said: Said::filled(phrases::urgent_mm, &[("list", &list)]),
        short: Said::phrase(phrases::short_mm),
        step: None,
    })
}

fn quality(context: &Context<'_>) -> Option<Urgent> {
    let quality = context.result.quality.as_ref()?;
    (quality.verdict.name() == "fail").then(|| Urgent {
        said: Said::phrase(phrases::urgent_quality),
        short: Said::phrase(phrases::short_quality),
        step: None,
    })
}

fn other_disease(context: &Context<'_>) -> Option<Urgent> {
    let myeloid = context.result.myeloid.as_ref()?;
    let (_, step) = step_text(context, &[StepCode::ExcludeOtherDisease])?;
    // Why stands among what is needed.
    let why = myeloid.stage.needed.last();
    let phrase = phrases::urgent_mpn;
    let said = why.map_or_else(
        || Said::phrase(phrase),
        |why| {
            Said::new(
                format!("{}: {}", phrase.en(), why.en),
                format!("{}：{}", phrase.ja(), why.ja),
            )
        },
    );
    Some(Urgent {
        said,
        short: Said::phrase(phrases::short_mpn),
        step: Some(step),
    })
}

fn has(call: &Call, code: ReasonCode) -> bool {
    call.reasons.iter().any(|r| r.code == code)
}

fn many_drivers(context: &Context<'_>) -> Option<Urgent> {
    let calls = &context.result.calls;
    let drivers = super::clones::drivers(context).len();
    calls
        .iter()
        .any(|c| has(c, ReasonCode::ManyDrivers))
        .then(|| Urgent {
            said: Said::filled(phrases::urgent_many, &[("n", &Said::same(&drivers.to_string()))]),
            short: Said::phrase(phrases::short_many),
            step: None,
        })
}

/// Calls of a gene of inherited predisposition whose VAF fits an inherited variant.
fn germline(context: &Context<'_>) -> Option<Urgent> {
    let relevant = |call: &&Call| {
        has(call, ReasonCode::GermlineGene)
            && (call.status.is_driver_or_review() || call.status == CallStatus::GermlineSuspected)
    };
    let calls: Vec<&Call> = context.result.calls.iter().filter(relevant).collect();
    if calls.is_empty() {
        return None;
    }
    let named = calls.iter().take(NAMED).map(|call| {
        let consequence = &call.consequence;
        let change = consequence.change().map_or_else(String::new, |c| {
            format!(" {}", super::super::format::shortened(c))
        });
        let vaf = call
            .evidence
            .vaf
            .map_or_else(String::new, |v| format!(" {}", super::super::format::percent(v)));
        Said::same(&format!("{}{change}{vaf}", consequence.gene))
    });
    let mut list: Vec<Said> = named.collect();
    if calls.len() > NAMED {
        list.push(Said::same(&format!("+ {}", calls.len() - NAMED)));
    }
    let list = Said::joined(&list, ", ", "、");
    Some(Urgent {
        said: Said::filled(phrases::urgent_germline, &[("list", &list)]),
        short: Said::filled(phrases::short_germline, &[("list", &list)]),
        step: Some(StepCode::TestOtherTissue),
    })
}

fn contradiction(context: &Context<'_>) -> Option<Urgent> {
    let result = context.result;
    let myeloid = result.myeloid.as_ref().and_then(|m| m.contradictions.first());
    let text = myeloid
        .map(|t| Said::new(t.en.clone(), t.ja.clone()))
        .or_else(|| {
            let plasma = result.plasma_cell.as_ref()?;
            let finding = plasma
                .findings
                .iter()
                .find(|f| f.severity == Severity::Contradiction)?;
            let words = crate::plasma_cell::words(&format!("finding.{}", finding.code))?;
            Some(Said::new(words.en, words.ja))
        })?;
    Some(Urgent {
        said: Said::filled(phrases::urgent_contradiction, &[("text", &text)]),
        short: Said::phrase(phrases::short_contradiction),
        step: None,
    })
}
