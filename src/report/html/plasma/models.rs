//! The risk models of the section.

use super::{Book, FactorView, ModelView};
use crate::plasma_cell::{Factor, FactorState, RiskModel};
use crate::report::words::{Bilingual, Languages, clinical_phrases as phrases};

pub(super) fn model(book: &Book<'_>, model: &RiskModel) -> ModelView {
    let languages = book.languages;
    let remark = |when: bool, phrase| when.then(|| languages.say(phrase));
    ModelView {
        name: book.word(&format!("model.{}", model.id)),
        total: match model.total {
            Some(total) => total.to_string(),
            // Stages are no counts.
            None if model.total_max == 0 => "–".to_owned(),
            None => format!("{}–{}", model.total_min, model.total_max),
        },
        groups: model
            .groups_possible
            .iter()
            .map(|g| book.word(&format!("group.{}", g.key())))
            .collect(),
        certain: model.group.is_some(),
        progression: progression(languages, model),
        remarks: [remark(!model.stage_is_certain, phrases::model_if)]
            .into_iter()
            .flatten()
            .collect(),
        factors: model
            .required
            .iter()
            .chain(&model.factors)
            .map(|f| factor(book, f))
            .collect(),
        cites: book.cites(&model.sources),
    }
}

/// Returns the first thing that the figures of a model say.
pub(crate) fn first_figure(languages: &Languages, model: &RiskModel) -> Option<Bilingual> {
    let seen = |figure: Option<f64>| figure.filter(|_| !model.from_memory);
    match (seen(model.progression_percent), model.horizon_years) {
        (Some(percent), Some(years)) => Some(languages.fill(
            phrases::progression_within,
            &[("p", &percent.to_string()), ("n", &years.to_string())],
        )),
        _ => progression(languages, model)
            .into_iter()
            .next()
            .filter(|_| seen(model.survival_percent).is_some()),
    }
}

/// What the figures of a model say of the years to come.
fn progression(languages: &Languages, model: &RiskModel) -> Vec<Bilingual> {
    let years = model.horizon_years.unwrap_or_default().to_string();
    let mut progression = Vec::new();
    // What was not seen in print is no figure for a page.
    let seen = |figure: Option<f64>| figure.filter(|_| !model.from_memory);
    let seen_range = |range: Option<(f64, f64)>| range.filter(|_| !model.from_memory);
    let percent = |point, range| match (seen(point), seen_range(range)) {
        (Some(p), _) => Some(p.to_string()),
        (None, Some((low, high))) => Some(format!("{low}–{high}")),
        (None, None) => None,
    };
    let progressed = percent(model.progression_percent, model.progression_percent_range);
    progression
        .extend(progressed.map(|p| languages.fill(phrases::within_years, &[("p", &p), ("n", &years)])));
    let survived = percent(model.survival_percent, model.survival_percent_range);
    progression.extend(survived.map(|p| languages.fill(phrases::survival, &[("p", &p), ("n", &years)])));
    progression.extend(
        seen(model.progression_percent_competing)
            .map(|p| languages.fill(phrases::competing, &[("p", &p.to_string())])),
    );
    progression.extend(
        seen(model.relative_risk)
            .filter(|r| *r > 1.0)
            .map(|r| languages.fill(phrases::relative, &[("n", &r.to_string())])),
    );
    progression
}

fn factor(book: &Book<'_>, factor: &Factor) -> FactorView {
    let state = match factor.state {
        FactorState::Present => phrases::factor_present,
        FactorState::Absent => phrases::factor_absent,
        FactorState::NotAssessed => phrases::factor_unknown,
    };
    let rule = factor.comparison.zip(factor.limit).map(|(c, limit)| {
        let sign = c.sign().replace(">=", "≥");
        format!("{sign} {limit} {}", factor.unit).trim().to_owned()
    });
    FactorView {
        name: book.word(&format!("factor.{}", factor.id)),
        rule: rule.unwrap_or_default(),
        value: factor
            .value
            .map(|v| super::readable(format!("{v} {}", factor.unit).trim()))
            .unwrap_or_default(),
        state: book.languages.say(state),
        points: factor.points.map(|p| p.to_string()).unwrap_or_default(),
    }
}
