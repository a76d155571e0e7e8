//! CHRS and CCRS on the page.

use std::iter;

use super::super::context::Context;
use super::score_view::{Contribution, ScoreView, answer, condition, from_zero, label_or_none, points};
use crate::myeloid::assessment::{CcrsSection, ChrsSection, IfNotMutated};
use crate::myeloid::ccrs::CcrsGroup;
use crate::myeloid::chrs::{ChrsGroup, ChrsPoints};
use crate::report::words::{Bilingual, Label, Language, clinical_phrases as phrases};

/// Returns the score, or the range that is still possible; behind it what it is without a mutation of the genes off the panel.
fn score_or_range<G>(
    context: &Context<'_>,
    score: Option<f64>,
    [low, high]: [f64; 2],
    held: Option<&IfNotMutated<G>>,
) -> Vec<Bilingual> {
    let score = score.map_or_else(
        || {
            let name = phrases::range_of;
            let range = format!("{low} – {high}");
            context.languages.text(
                &format!("{}: {range}", name.en()),
                &format!("{}：{range}", name.ja()),
            )
        },
        |s| context.same(&s.to_string()),
    );
    iter::once(score).chain(score_without(context, held)).collect()
}

/// Returns the group; else the one that holds without a mutation of the genes off the panel, with these genes.
fn group_or_none<G: Label>(
    context: &Context<'_>,
    group: Option<&G>,
    held: Option<&IfNotMutated<G>>,
) -> Bilingual {
    match held {
        Some(IfNotMutated {
            genes,
            group: Some(without),
            ..
        }) if group.is_none() => {
            let label = without.label();
            without_mutation(context, label.en(), label.ja(), genes)
        }
        _ => label_or_none(context, group),
    }
}

/// Says the score, or its range, without a mutation of the genes off the panel.
fn score_without<G>(context: &Context<'_>, held: Option<&IfNotMutated<G>>) -> Option<Bilingual> {
    let held = held?;
    let [low, high] = held.possible;
    let value = held
        .score
        .map_or_else(|| format!("{low} – {high}"), |score| score.to_string());
    Some(without_mutation(context, &value, &value, &held.genes))
}

/// Says what holds without a mutation of these genes.
pub(super) fn without_mutation(context: &Context<'_>, en: &str, ja: &str, genes: &[String]) -> Bilingual {
    let (en, ja) = said_without_mutation(en, ja, genes);
    context.languages.text(&en, &ja)
}

/// The same before it is put on the page: English and Japanese.
pub(crate) fn said_without_mutation(en: &str, ja: &str, genes: &[String]) -> (String, String) {
    let phrase = phrases::without_mutation;
    let filled = |language: Language, value: &str, join: &str| {
        phrase.fill(language, &[("value", value), ("list", &genes.join(join))])
    };
    (
        filled(Language::English, en, ", "),
        filled(Language::Japanese, ja, "、"),
    )
}

/// Returns an outcome, behind it that it holds only without a mutation of the genes off the panel where the group does.
fn only_under<G>(
    context: &Context<'_>,
    outcome: Option<Vec<Bilingual>>,
    conditional: bool,
    held: Option<&IfNotMutated<G>>,
) -> Vec<Bilingual> {
    let mut lines = outcome.unwrap_or_default();
    if let Some(held) = held.filter(|_| conditional && !lines.is_empty()) {
        let list = |gap: &str| held.genes.join(gap);
        let phrase = phrases::outcome_only_without;
        lines.push(context.languages.text(
            &phrase.fill(Language::English, &[("list", &list(", "))]),
            &phrase.fill(Language::Japanese, &[("list", &list("、"))]),
        ));
    }
    lines
}

pub(super) fn chrs(context: &Context<'_>, section: &ChrsSection) -> ScoreView {
    let languages = context.languages;
    let result = &section.result;
    let held = section.if_not_mutated.as_ref();
    let group = section.group_as_far_as_seen();
    let outcome = group.map(ChrsGroup::outcome).map(|o| {
        vec![
            languages.fill(
                phrases::ten_years,
                &[
                    ("n", &o.ten_year_myeloid_neoplasm_percent.to_string()),
                    ("e", &o.standard_error.to_string()),
                ],
            ),
            languages.fill(phrases::share, &[("n", &o.share_percent.to_string())]),
        ]
    });
    let outcome = only_under(context, outcome, result.group.is_none(), held);
    let row = |p: &ChrsPoints| -> Contribution {
        // Every feature that does not apply has one point (Weeks 2023, Table 2).
        let yes = p.known.then_some((p.lowest - 1.0).abs() > f64::EPSILON);
        points(
            context,
            &p.feature,
            answer(context, yes),
            p.known.then_some(p.lowest),
            [p.lowest, p.highest],
        )
    };
    ScoreView {
        id: "chrs",
        name: "CHRS",
        full: languages.text("Clonal Hematopoiesis Risk Score", "クローン性造血リスクスコア"),
        category: group_or_none(context, result.group.as_ref(), held),
        known: group.is_some(),
        score: score_or_range(context, result.score, result.possible, held),
        condition: condition(context, section.stage_is_certain, phrases::only_if_ch),
        scenarios: Vec::new(),
        outcome,
        contributions: result.points.iter().map(row).collect(),
        unit: languages.say(phrases::points),
        missing: result
            .points
            .iter()
            .filter(|p| !p.known)
            .map(|p| (context.label(&p.feature), (p.highest - p.lowest).to_string()))
            .collect(),
        columns: Vec::new(),
        cites: context.sources.texts(&section.source),
    }
}

pub(super) fn ccrs(context: &Context<'_>, section: &CcrsSection) -> ScoreView {
    let languages = context.languages;
    let result = &section.result;
    let held = section.if_not_mutated.as_ref();
    let group = section.group_as_far_as_seen();
    let outcome = group
        .map(CcrsGroup::two_year_myeloid_neoplasm_percent)
        .map(|n| vec![languages.fill(phrases::two_years, &[("n", &n.to_string())])]);
    let outcome = only_under(context, outcome, result.group.is_none(), held);
    let features = result.points.iter().map(|p| {
        let value = answer(context, p.points.map(|n| n > 0.0));
        (&p.feature, value, p.points, p.most)
    });
    let (contributions, missing) = from_zero(context, features);
    ScoreView {
        id: "ccrs",
        name: "CCRS",
        full: languages.text("Clonal Cytopenia Risk Score", "クローン性血球減少リスクスコア"),
        category: group_or_none(context, result.group.as_ref(), held),
        known: group.is_some(),
        score: score_or_range(context, result.score, result.possible, held),
        condition: condition(context, section.stage_is_certain, phrases::only_if_ccus),
        scenarios: Vec::new(),
        outcome,
        contributions,
        unit: languages.say(phrases::points),
        missing,
        columns: Vec::new(),
        cites: context.sources.texts(&section.source),
    }
}
