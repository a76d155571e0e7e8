//! From a rule as written to a rule that can be matched.

use std::ops::Range;

use toml::Spanned;

use super::model::Rule;
use super::raw::RawRule;
use super::rule_check::{Context, check_fraction, missing_source};
use super::rule_kind::kind;
use super::transcript_facts::TranscriptFact;

/// Checks that a driver rule names its sets, and that a rule for oncogenic mutations names none.
fn check_sets(raw: &RawRule, oncogenic: bool, context: &mut Context<'_>) {
    let span = raw.sets.as_ref().map_or_else(|| raw.id.span(), Spanned::span);
    let named = raw.sets.as_ref().is_some_and(|sets| !sets.get_ref().is_empty());
    let message = match (named, oncogenic) {
        (false, false) => "name at least one set: bick, vlasschaert, niroula, who, ipssm or local",
        (_, true) if raw.sets.is_some() => {
            "a rule of [[gene.oncogenic]] has no sets: it speaks for IPSS-M alone"
        }
        _ => return,
    };
    let id = raw.id.get_ref();
    context
        .problems
        .add(span, format!("{id} sets"), "[]", message.into());
}

/// Reads one driver rule, or one rule for what IPSS-M counts.
pub(super) fn read_rule(
    raw: RawRule,
    oncogenic: bool,
    fact: Option<&TranscriptFact>,
    context: &mut Context<'_>,
) -> Option<Rule> {
    let id = raw.id.get_ref().clone();
    let before = context.problems.list.len();
    check_sets(&raw, oncogenic, context);
    if raw.sources.get_ref().is_empty() {
        let message = "name at least one source key".into();
        context
            .problems
            .add(raw.sources.span(), format!("{id} sources"), "[]", message);
    }
    for key in raw.sources.get_ref() {
        if !context.sources.contains_key(key.get_ref()) {
            missing_source(key, &format!("{id} sources"), context);
        }
    }
    for (field, value) in [("min_vaf", &raw.min_vaf), ("below_vaf", &raw.below_vaf)] {
        if let Some(value) = value {
            check_fraction(value, &format!("{id} {field}"), context);
        }
    }
    check_switches(&raw, context);
    check_fields(&raw, context);
    if context.problems.list.len() > before {
        return None;
    }
    let kind = kind(&raw, fact, context)?;
    Some(Rule {
        id,
        sets: raw.sets.map(Spanned::into_inner).unwrap_or_default(),
        sources: raw
            .sources
            .into_inner()
            .into_iter()
            .map(Spanned::into_inner)
            .collect(),
        kind,
        min_vaf: raw.min_vaf.map(Spanned::into_inner),
        below_vaf: raw.below_vaf.map(Spanned::into_inner),
        min_alt: raw.min_alt,
        germline_exempt: raw.germline_exempt,
        exclude: raw.exclude,
        excluded_as: raw.excluded_as,
        platforms: raw.platforms.into_iter().map(Spanned::into_inner).collect(),
        numbering: raw.numbering,
        note: raw.note,
    })
}

/// Checks that switches of excluding and including rules are not mixed.
fn check_switches(raw: &RawRule, context: &mut Context<'_>) {
    let id = raw.id.get_ref();
    let (field, message) = if raw.below_vaf.is_some() && !raw.exclude {
        (
            "below_vaf",
            "only an excluding rule has it: use min_vaf, or add exclude = true",
        )
    } else if raw.min_vaf.is_some() && raw.exclude {
        ("min_vaf", "only an including rule has it: use below_vaf")
    } else if raw.germline_exempt && raw.exclude {
        (
            "germline_exempt",
            "only an including rule has it: an excluded change is no driver",
        )
    } else if !raw.platforms.is_empty() && !raw.exclude {
        ("platforms", "only an excluding rule has it: add exclude = true")
    } else if raw.excluded_as.is_some() && !raw.exclude {
        ("excluded_as", "only an excluding rule has it: add exclude = true")
    } else {
        return;
    };
    context
        .problems
        .add(raw.id.span(), format!("{id} {field}"), "", message.into());
}

/// Checks that a rule has the fields of its kind and no others.
fn check_fields(raw: &RawRule, context: &mut Context<'_>) {
    let id = raw.id.get_ref();
    let kind = *raw.kind.get_ref();
    let present: [(&str, Option<Range<usize>>); 10] = [
        ("classes", raw.classes.as_ref().map(Spanned::span)),
        ("ranges", raw.ranges.as_ref().map(Spanned::span)),
        ("range", raw.range.as_ref().map(Spanned::span)),
        ("exons", raw.exons.as_ref().map(Spanned::span)),
        ("changes", raw.changes.as_ref().map(Spanned::span)),
        ("residues", raw.residues.as_ref().map(Spanned::span)),
        ("insertions", raw.insertions.as_ref().map(Spanned::span)),
        ("deletions", raw.deletions.as_ref().map(Spanned::span)),
        ("after", raw.after.as_ref().map(Spanned::span)),
        ("events", raw.events.as_ref().map(Spanned::span)),
    ];
    let needed = kind.fields();
    for (field, span) in present {
        let message = match (needed.contains(&field), &span) {
            (true, None) => format!(
                "missing: a rule of kind {} needs {}",
                kind.name(),
                needed.join(", ")
            ),
            (false, Some(_)) => format!(
                "a rule of kind {} has no {field}: it has {}",
                kind.name(),
                needed.join(", ")
            ),
            _ => continue,
        };
        let span = span.unwrap_or_else(|| raw.kind.span());
        context.problems.add(span, format!("{id} {field}"), "", message);
    }
}
