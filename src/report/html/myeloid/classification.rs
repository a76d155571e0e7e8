//! WHO 2022 and ICC 2022 on the page: the type, and every rule that was looked at.

use super::super::context::Context;
use super::super::sources::Cite;
use crate::myeloid::classify::{Classification, RuleTrace, explained};
use crate::myeloid::stage::{Stage, StageResult};
use crate::panel::Text;
use crate::report::words::{Bilingual, Language, clinical_phrases as phrases};

/// One classification.
pub(crate) struct SystemView {
    pub name: &'static str,
    pub cites: Vec<Cite>,
    pub says: Bilingual,
    /// Whether that is one type.
    pub decided: bool,
    pub why: Option<Bilingual>,
    pub notes: Vec<Bilingual>,
    pub rules: Vec<RuleView>,
}

/// One rule that was looked at.
pub(crate) struct RuleView {
    pub name: Bilingual,
    pub class: &'static str,
    pub answer: Bilingual,
    pub why: Bilingual,
}

/// The rule that ends a list of types of MDS without one.
const NOT_MDS: &str = "not MDS";

pub(super) fn system(
    context: &Context<'_>,
    name: &'static str,
    source: &'static str,
    classification: &Classification,
) -> SystemView {
    let languages = context.languages;
    let type_of = |name: &str| languages.panel_text(&explained(name));
    let stage = &context.result.myeloid.as_ref().map(|m| &m.stage);
    let fits = |name: &str| stage.is_none_or(|stage| fits_stage(name, stage));
    let possible: Vec<String> = classification
        .possible
        .iter()
        .filter(|name| fits(name))
        .cloned()
        .collect();
    let known = classification
        .by_what_is_known
        .as_deref()
        .filter(|name| fits(name));
    let says = match &classification.name {
        Some(name) => type_of(name),
        None if possible.is_empty() => languages.say(phrases::none_matches),
        None => open_types(context, known, &possible),
    };
    let decided = classification
        .rules
        .iter()
        .rev()
        .find(|r| r.matched == Some(true));
    SystemView {
        name,
        cites: context.sources.texts(source),
        says,
        decided: classification.name.is_some(),
        why: decided.map(|r| languages.panel_text(&r.why)),
        notes: classification
            .notes
            .iter()
            .map(|n| languages.panel_text(n))
            .collect(),
        rules: classification.rules.iter().map(|r| rule(context, r)).collect(),
    }
}

/// A rule with its answer.
fn rule(context: &Context<'_>, rule: &RuleTrace) -> RuleView {
    let languages = context.languages;
    let (class, answer) = match rule.matched {
        Some(true) => ("mutated", phrases::rule_yes),
        Some(false) if rule.not_looked_for => ("not_assessed", phrases::rule_not_looked_for),
        Some(false) => ("", phrases::rule_no),
        None => ("not_assessed", phrases::rule_unknown),
    };
    // "Not MDS: no" is a double negative: the rule asks whether the types of MDS apply at all.
    let (name, answer) = if rule.name == NOT_MDS {
        let answer = match rule.matched {
            Some(true) => phrases::asked_no,
            Some(false) => phrases::asked_yes,
            None => answer,
        };
        (languages.say(phrases::mds_types_asked), answer)
    } else {
        (languages.panel_text(&explained(&rule.name)), answer)
    };
    RuleView {
        name,
        class,
        answer: languages.say(answer),
        why: languages.panel_text(&rule.why),
    }
}

/// Whether a type is one of the stages that are still possible: what the stage excludes is not possible as a type either.
fn fits_stage(name: &str, stage: &StageResult) -> bool {
    let could_be = |list: &[Stage]| list.iter().any(|s| stage.could_be(*s));
    if name == NOT_MDS {
        stage.possible.iter().any(|s| *s != Stage::Mds)
    } else if name.starts_with("MDS/AML") {
        could_be(&[Stage::Mds, Stage::Aml])
    } else if name.starts_with("MDS") {
        could_be(&[Stage::Mds])
    } else if name.starts_with("CMML") {
        could_be(&[Stage::Cmml])
    } else if name.starts_with("AML") {
        could_be(&[Stage::Aml])
    } else {
        true
    }
}

/// Returns the name of a type that is still possible; "not excluded: not MDS" would be a double negative.
fn open_type(name: &str) -> Text {
    if name == NOT_MDS {
        return Text::new(phrases::outside_mds.en(), phrases::outside_mds.ja());
    }
    explained(name)
}

/// Names the types that are still possible, the one that is likely by what is known first.
fn open_types(context: &Context<'_>, known: Option<&str>, possible: &[String]) -> Bilingual {
    let others = possible.iter().filter(|n| Some(n.as_str()) != known);
    let (en, ja): (Vec<_>, Vec<_>) = others.map(|n| open_type(n)).map(|t| (t.en, t.ja)).unzip();
    let (list_en, list_ja) = (en.join(" / "), ja.join("／"));
    let (phrase, known) = match known {
        Some(known) => (phrases::open_types, explained(known)),
        None => (phrases::open_types_only, crate::panel::Text::default()),
    };
    context.languages.text(
        &phrase.fill(Language::English, &[("known", &known.en), ("list", &list_en)]),
        &phrase.fill(Language::Japanese, &[("known", &known.ja), ("list", &list_ja)]),
    )
}
