//! One score as the page shows it, and what scores say alike.

use super::super::context::Context;
use super::super::sources::Cite;
use crate::report::words::{Bilingual, Label, Phrase, clinical_phrases as phrases};

/// One score.
pub(crate) struct ScoreView {
    pub id: &'static str,
    pub name: &'static str,
    pub full: Bilingual,
    /// The category, or that there is none.
    pub category: Bilingual,
    pub known: bool,
    /// The score with its remark.
    pub score: Vec<Bilingual>,
    /// Where the stage is not certain.
    pub condition: Option<Bilingual>,
    /// Best, mean and worst, each with score and category.
    pub scenarios: Vec<(Bilingual, String, Bilingual)>,
    pub outcome: Vec<Bilingual>,
    pub contributions: Vec<Contribution>,
    /// Header of the column of contributions.
    pub unit: Bilingual,
    pub missing: Vec<(Bilingual, String)>,
    /// Gene columns with value, whether it is known, basis, and what each call of the gene counts for.
    pub columns: Vec<(String, Bilingual, bool, Bilingual, Vec<Bilingual>)>,
    pub cites: Vec<Cite>,
}

/// What one variable adds.
pub(crate) struct Contribution {
    pub variable: Bilingual,
    /// What went in; a point that stands alone would read as a finding.
    pub value: Bilingual,
    pub adds: String,
    /// Where the bar begins and how wide it is, per cent of its track.
    pub bar: Option<(String, String)>,
    pub known: bool,
}

/// A dash where there is nothing to print.
pub(super) const NOTHING: &str = "–";

pub(super) fn label_or_none(context: &Context<'_>, value: Option<&impl Label>) -> Bilingual {
    value.map_or_else(
        || context.languages.say(phrases::not_computed),
        |value| context.label(value),
    )
}

pub(super) fn condition(context: &Context<'_>, certain: bool, phrase: Phrase) -> Option<Bilingual> {
    (!certain).then(|| context.languages.say(phrase))
}

pub(super) fn points(
    context: &Context<'_>,
    name: &impl Label,
    value: Bilingual,
    points: Option<f64>,
    range: [f64; 2],
) -> Contribution {
    Contribution {
        variable: context.label(name),
        value,
        adds: points.map_or_else(|| format!("{} … {}", range[0], range[1]), |p| p.to_string()),
        bar: None,
        known: points.is_some(),
    }
}

/// Returns what variables add that have points from 0 on, each with what went in, its points where they are known, and the most that it
/// can have; and those that are not known, with that most.
pub(super) fn from_zero<'v, V: Label + 'v>(
    context: &Context<'_>,
    variables: impl Iterator<Item = (&'v V, Bilingual, Option<f64>, f64)>,
) -> (Vec<Contribution>, Vec<(Bilingual, String)>) {
    let (mut contributions, mut missing) = (Vec::new(), Vec::new());
    for (name, value, known, most) in variables {
        if known.is_none() {
            missing.push((context.label(name), most.to_string()));
        }
        contributions.push(points(context, name, value, known, [0.0, most]));
    }
    (contributions, missing)
}

/// Returns whether a feature is there.
pub(super) fn answer(context: &Context<'_>, yes: Option<bool>) -> Bilingual {
    match yes {
        Some(true) => context.languages.say(phrases::feature_yes),
        Some(false) => context.languages.say(phrases::feature_no),
        None => context.same(NOTHING),
    }
}
