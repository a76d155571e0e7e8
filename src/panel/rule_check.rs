//! From a rule as written to a rule that can be matched: fields by kind, residues against the sequence, sources.

use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;

use super::error::Problems;
use super::model::{NumberingAlias, PanelGene, Rule, Source};
use super::raw::{RawGene, RawRule};
use super::rule_change::parse_rule_change;
use super::rule_kind::kind;
use super::transcript_facts::{TranscriptFact, TranscriptFacts};

/// What reading a panel file needs at every step.
pub(super) struct Context<'a> {
    pub facts: Option<&'a dyn TranscriptFacts>,
    pub sources: &'a IndexMap<String, Source>,
    pub problems: Problems<'a>,
}

/// Returns the transcript of a gene entry.
pub(super) fn transcript(
    raw: &RawGene,
    base: Option<&PanelGene>,
    context: &mut Context<'_>,
) -> Option<String> {
    let symbol = raw.symbol.get_ref();
    let known = context.facts.map(|f| f.accessions(symbol));
    let field = format!("{symbol} transcript");
    match (&raw.transcript, base) {
        (None, Some(base)) => Some(base.transcript.clone()),
        (None, None) => {
            let message = match known.as_deref() {
                Some([first, ..]) => format!("missing: write transcript = {first:?}"),
                _ => "missing: name the RefSeq transcript with version that the rules are stated on".into(),
            };
            context.problems.add(raw.symbol.span(), field, "", message);
            None
        }
        (Some(transcript), Some(base)) if *transcript.get_ref() != base.transcript => {
            let message = format!(
                "the bundled rules of {symbol} are stated on {}: leave the transcript out, or take {symbol} from `genes` and state rules of your own",
                base.transcript
            );
            context
                .problems
                .add(transcript.span(), field, transcript.get_ref(), message);
            None
        }
        (Some(transcript), _) => {
            if let Some(known) = known.filter(|k| !k.contains(transcript.get_ref())) {
                let message = if known.is_empty() {
                    format!("no transcript of a gene {symbol} is known: check the HGNC symbol")
                } else {
                    format!(
                        "unknown transcript; known transcripts of {symbol}: {}",
                        known.join(", ")
                    )
                };
                context
                    .problems
                    .add(transcript.span(), field, transcript.get_ref(), message);
                return None;
            }
            Some(transcript.get_ref().clone())
        }
    }
}

/// Reports a source key that nothing defines.
pub(super) fn missing_source(key: &Spanned<String>, field: &str, context: &mut Context<'_>) {
    let name = key.get_ref();
    let message = format!("no such source: add [sources.{name}] with a citation, or use a bundled key");
    context.problems.add(key.span(), field.into(), name, message);
}

/// Checks that a VAF is a fraction.
pub(super) fn check_fraction(value: &Spanned<f64>, field: &str, context: &mut Context<'_>) {
    if !(0.0..=1.0).contains(value.get_ref()) {
        let message = "a VAF is a fraction from 0 to 1: write 0.02 for 2 %".into();
        context
            .problems
            .add(value.span(), field.into(), value.get_ref(), message);
    }
}

/// Checks that an alias numbers no residue below 1.
pub(super) fn check_alias(alias: &Spanned<NumberingAlias>, symbol: &str, context: &mut Context<'_>) {
    let a = alias.get_ref();
    let field = format!("{symbol} alias");
    if a.first == 0 || a.first > a.last {
        let message = "first must be at least 1 and not above last".into();
        context
            .problems
            .add(alias.span(), field, (a.first, a.last), message);
    } else if i64::from(a.first) + i64::from(a.offset) < 1 {
        let message = "first + offset must be at least 1".into();
        context
            .problems
            .add(alias.span(), field, (a.first, a.offset), message);
    }
}

/// Checks a range of residues.
pub(super) fn check_range(
    span: Range<usize>,
    range: (u32, u32),
    field: &str,
    fact: Option<&TranscriptFact>,
    context: &mut Context<'_>,
) {
    let last = fact.map(TranscriptFact::residues);
    let message = if range.0 == 0 {
        "residues count from 1".into()
    } else if range.0 > range.1 {
        format!("the range is reversed: write [{}, {}]", range.1, range.0)
    } else if let Some(last) = last.filter(|last| range.1 > *last) {
        format!("the protein has {last} residues")
    } else {
        return;
    };
    context.problems.add(span, field.into(), range, message);
}

/// Checks listed changes of any form.
pub(super) fn check_changes(
    changes: &[Spanned<String>],
    field: &str,
    fact: Option<&TranscriptFact>,
    context: &mut Context<'_>,
) {
    for change in changes {
        let Some(parsed) = parse_rule_change(change.get_ref()) else {
            let message = "no protein change: write R882H, F732del, H538_K539delinsL, W288fs or R603*".into();
            context
                .problems
                .add(change.span(), field.into(), change.get_ref(), message);
            continue;
        };
        let p = &parsed.change;
        for (residue, position) in [(p.reference_start, p.start), (p.reference_end, p.end)] {
            if check_residue(change, residue, position, field, fact, context) {
                break;
            }
        }
    }
}

/// Reports a residue that the protein does not have; returns whether it did.
pub(super) fn check_residue(
    written: &Spanned<String>,
    residue: char,
    position: u32,
    field: &str,
    fact: Option<&TranscriptFact>,
    context: &mut Context<'_>,
) -> bool {
    let Some(fact) = fact else { return false };
    let message = if position > fact.residues() {
        format!("the protein has {} residues", fact.residues())
    } else {
        match fact.residue(position) {
            Some(actual) if actual != residue => format!(
                "residue {position} of the transcript is {actual}, not {residue}: is the rule stated on another transcript?"
            ),
            _ => return false,
        }
    };
    context
        .problems
        .add(written.span(), field.into(), written.get_ref(), message);
    true
}

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
pub(super) fn rule(
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
    let present: [(&str, Option<Range<usize>>); 9] = [
        ("classes", raw.classes.as_ref().map(Spanned::span)),
        ("ranges", raw.ranges.as_ref().map(Spanned::span)),
        ("range", raw.range.as_ref().map(Spanned::span)),
        ("exons", raw.exons.as_ref().map(Spanned::span)),
        ("changes", raw.changes.as_ref().map(Spanned::span)),
        ("residues", raw.residues.as_ref().map(Spanned::span)),
        ("insertions", raw.insertions.as_ref().map(Spanned::span)),
        ("deletions", raw.deletions.as_ref().map(Spanned::span)),
        ("after", raw.after.as_ref().map(Spanned::span)),
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
