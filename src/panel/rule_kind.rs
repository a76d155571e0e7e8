//! What a rule matches, by its kind: each list read and checked.

use toml::Spanned;

use super::model::{RuleKind, VariantClass};
use super::raw::{RawKind, RawRule, SpannedList};
use super::rule_change::{RuleChange, parse_residue, parse_rule_change};
use super::rule_check::{Context, check_changes, check_range, check_residue};
use super::transcript_facts::TranscriptFact;
use crate::transcript::{CdsPosition, CodingChange};

/// Reads what a rule matches; `None` where something is wrong, which the problems name.
pub(super) fn kind(
    raw: &RawRule,
    fact: Option<&TranscriptFact>,
    context: &mut Context<'_>,
) -> Option<RuleKind> {
    let before = context.problems.list.len();
    let id = raw.id.get_ref();
    let kind = match raw.kind.get_ref() {
        RawKind::Anywhere => RuleKind::Anywhere {
            classes: classes(raw, context)?,
        },
        RawKind::Residues => RuleKind::Residues {
            classes: classes(raw, context)?,
            ranges: ranges(raw, fact, context)?,
        },
        RawKind::Exons => RuleKind::Exons {
            classes: classes(raw, context)?,
            exons: exons(raw, fact, context)?,
        },
        RawKind::InframeIn => {
            let range = raw.range.as_ref()?;
            check_range(
                range.span(),
                *range.get_ref(),
                &format!("{id} range"),
                fact,
                context,
            );
            RuleKind::InframeIn {
                range: *range.get_ref(),
                insertions: *raw.insertions.as_ref()?.get_ref(),
                deletions: *raw.deletions.as_ref()?.get_ref(),
            }
        }
        RawKind::CdsInsertions => RuleKind::CdsInsertions {
            after: after(raw, fact, context)?,
            frameshift: raw.frameshift.as_ref().is_some_and(|f| *f.get_ref()),
        },
        RawKind::AnySubstitutionAt => RuleKind::AnySubstitutionAt {
            residues: residues(raw, fact, context)?,
        },
        RawKind::CodingChanges => RuleKind::CodingChanges {
            changes: coding_changes(raw, fact, context)?,
        },
        RawKind::Events => {
            let events = raw.events.as_ref()?;
            if empty(events, id, "events", context) {
                return None;
            }
            RuleKind::Events {
                events: events.get_ref().clone(),
            }
        }
        RawKind::Substitutions | RawKind::InframeList | RawKind::FrameshiftAt | RawKind::StopAt => {
            listed(raw, fact, context)?
        }
    };
    (context.problems.list.len() == before).then_some(kind)
}

/// Reads a list of protein changes, all of the kind that the rule names.
fn listed(raw: &RawRule, fact: Option<&TranscriptFact>, context: &mut Context<'_>) -> Option<RuleKind> {
    let mut read = |fits: fn(&RuleChange) -> bool, wanted: &str| changes(raw, fits, wanted, fact, context);
    Some(match raw.kind.get_ref() {
        RawKind::Substitutions => RuleKind::Substitutions {
            changes: read(RuleChange::is_substitution, "a substitution such as R882H")?,
        },
        RawKind::InframeList => RuleKind::InframeList {
            changes: read(RuleChange::is_inframe, "an in-frame change such as F732del")?,
        },
        RawKind::FrameshiftAt => RuleKind::FrameshiftAt {
            changes: read(RuleChange::is_frameshift, "a frameshift such as W288fs")?,
        },
        _ => RuleKind::StopAt {
            changes: read(RuleChange::is_stop, "a stop such as R603*")?,
        },
    })
}

/// Reports an empty list; returns whether it was.
fn empty<T>(list: &Spanned<Vec<T>>, id: &str, field: &str, context: &mut Context<'_>) -> bool {
    let is_empty = list.get_ref().is_empty();
    if is_empty {
        let message = "the list is empty: a rule that matches nothing is a mistake".into();
        context
            .problems
            .add(list.span(), format!("{id} {field}"), "[]", message);
    }
    is_empty
}

fn classes(raw: &RawRule, context: &mut Context<'_>) -> Option<Vec<VariantClass>> {
    let list = raw.classes.as_ref()?;
    (!empty(list, raw.id.get_ref(), "classes", context)).then(|| list.get_ref().clone())
}

fn ranges(
    raw: &RawRule,
    fact: Option<&TranscriptFact>,
    context: &mut Context<'_>,
) -> Option<Vec<(u32, u32)>> {
    let list = raw.ranges.as_ref()?;
    let id = raw.id.get_ref();
    for range in list.get_ref() {
        check_range(
            range.span(),
            *range.get_ref(),
            &format!("{id} ranges"),
            fact,
            context,
        );
    }
    (!empty(list, id, "ranges", context)).then(|| list.get_ref().iter().map(|r| *r.get_ref()).collect())
}

fn exons(raw: &RawRule, fact: Option<&TranscriptFact>, context: &mut Context<'_>) -> Option<Vec<u32>> {
    let list = raw.exons.as_ref()?;
    let id = raw.id.get_ref();
    for exon in list.get_ref() {
        let number = *exon.get_ref();
        let count = fact.map_or(u32::MAX, |f| f.exons);
        if number == 0 || number > count {
            let message = fact.map_or_else(
                || "exons count from 1".to_owned(),
                |f| {
                    format!(
                        "the transcript has {} exons, those of the untranslated regions counted",
                        f.exons
                    )
                },
            );
            context
                .problems
                .add(exon.span(), format!("{id} exons"), number, message);
        }
    }
    (!empty(list, id, "exons", context)).then(|| list.get_ref().iter().map(|e| *e.get_ref()).collect())
}

fn after(raw: &RawRule, fact: Option<&TranscriptFact>, context: &mut Context<'_>) -> Option<Vec<u32>> {
    let list = raw.after.as_ref()?;
    let id = raw.id.get_ref();
    for base in list.get_ref() {
        let number = *base.get_ref();
        if number == 0 || fact.is_some_and(|f| number >= f.cds_length) {
            let message = "no base of the coding sequence has another one behind it here".into();
            context
                .problems
                .add(base.span(), format!("{id} after"), number, message);
        }
    }
    (!empty(list, id, "after", context)).then(|| list.get_ref().iter().map(|b| *b.get_ref()).collect())
}

fn residues(raw: &RawRule, fact: Option<&TranscriptFact>, context: &mut Context<'_>) -> Option<Vec<String>> {
    let list = raw.residues.as_ref()?;
    let field = format!("{} residues", raw.id.get_ref());
    for residue in list.get_ref() {
        if let Some((letter, position)) = parse_residue(residue.get_ref()) {
            check_residue(residue, letter, position, &field, fact, context);
        } else {
            let message = "no residue: write its letter and number, R882".into();
            context
                .problems
                .add(residue.span(), field.clone(), residue.get_ref(), message);
        }
    }
    (!empty(list, raw.id.get_ref(), "residues", context)).then(|| inner(list))
}

fn changes(
    raw: &RawRule,
    fits: fn(&RuleChange) -> bool,
    wanted: &str,
    fact: Option<&TranscriptFact>,
    context: &mut Context<'_>,
) -> Option<Vec<String>> {
    let list = raw.changes.as_ref()?;
    let field = format!("{} changes", raw.id.get_ref());
    check_changes(list.get_ref(), &field, fact, context);
    for change in list.get_ref() {
        if parse_rule_change(change.get_ref()).is_some_and(|c| !fits(&c)) {
            let message = format!(
                "a rule of kind {} lists only changes that are {wanted}",
                raw.kind.get_ref().name()
            );
            context
                .problems
                .add(change.span(), field.clone(), change.get_ref(), message);
        }
    }
    (!empty(list, raw.id.get_ref(), "changes", context)).then(|| inner(list))
}

/// Reads HGVS c. names, and writes them as the program does, so that they can be compared as text.
fn coding_changes(
    raw: &RawRule,
    fact: Option<&TranscriptFact>,
    context: &mut Context<'_>,
) -> Option<Vec<String>> {
    let list = raw.changes.as_ref()?;
    let field = format!("{} changes", raw.id.get_ref());
    let mut names = Vec::new();
    for change in list.get_ref() {
        let problem = match CodingChange::parse(change.get_ref()) {
            Ok(read) if fact.is_none_or(|f| lies_on(&read, f.cds_length)) => {
                names.push(read.to_string());
                continue;
            }
            Ok(_) => "lies behind the coding sequence of the transcript".to_owned(),
            Err(error) => error.to_string(),
        };
        context
            .problems
            .add(change.span(), field.clone(), change.get_ref(), problem);
    }
    (!empty(list, raw.id.get_ref(), "changes", context)).then_some(names)
}

/// Whether the coding bases that a change names, or counts from, are of the coding sequence.
fn lies_on(change: &CodingChange, cds_length: u32) -> bool {
    let on = |p: CdsPosition| p.behind_stop || p.base <= i32::try_from(cds_length).unwrap_or(i32::MAX);
    on(change.start) && on(change.end)
}

fn inner(list: &SpannedList<String>) -> Vec<String> {
    list.get_ref().iter().map(|c| c.get_ref().clone()).collect()
}
