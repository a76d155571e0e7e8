//! What every step of reading a panel file checks: transcripts, sources, fractions, residues against the sequence.

use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;

use super::error::Problems;
use super::model::{NumberingAlias, PanelGene, Source};
use super::raw::RawGene;
use super::rule_change::parse_rule_change;
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
