//! Whose sample it is, in two lines.

use super::super::context::{Context, Pair};
use crate::report::words::{Bilingual, first_phrases as phrases, page_phrases};

/// The strip at the top; what is not known is left out.
pub(crate) struct IdentityView {
    /// Of the person.
    pub person: Vec<Pair>,
    /// Of the sample and its way.
    pub sample: Vec<Pair>,
}

impl IdentityView {
    pub(crate) fn new(context: &Context<'_>) -> Self {
        let (result, languages) = (context.result, context.languages);
        let known = &result.report;
        let pair = |name, value: Option<Bilingual>| {
            value.map(|value| Pair {
                name: languages.say(name),
                value,
            })
        };
        let text = |value: &Option<String>| value.as_deref().map(|v| context.name(v));
        let age = result.age.map(|age| {
            languages.text(
                &super::super::format::years(age),
                &format!("{age}{}", page_phrases::years.ja()),
            )
        });
        Self {
            person: [
                pair(phrases::patient_id, text(&known.patient_id)),
                pair(page_phrases::sex, result.sex.map(|sex| context.label(&sex))),
                pair(phrases::birth_date, text(&known.birth_date)),
                pair(page_phrases::age, age),
            ]
            .into_iter()
            .flatten()
            .collect(),
            sample: [
                pair(phrases::specimen, text(&known.specimen)),
                pair(phrases::collected, text(&known.collected)),
                pair(phrases::received, text(&known.received)),
                pair(phrases::reported, text(&known.reported)),
                pair(phrases::laboratory, text(&known.laboratory)),
                pair(phrases::requester, text(&known.requester)),
            ]
            .into_iter()
            .flatten()
            .collect(),
        }
    }
}
